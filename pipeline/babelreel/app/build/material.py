"""Look at everything that there is to build from: film, tracks, recordings, settings, and what was published before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from babelreel.app.access.signed_films import SignedFilms, SignedLanguages, find_signed_films, is_as_long
from babelreel.app.build.choosing.buildable import Buildable, choose_languages, font_file
from babelreel.app.build.choosing.heard_names import find_names
from babelreel.app.build.choosing.logo import read_card_logo, read_logo
from babelreel.app.build.choosing.refused_files import refused_files, refused_languages, refused_voices, wanted_tags
from babelreel.app.build.choosing.whole_pairs import (
    pairs_of_two_films,
    without_pairs,
)
from babelreel.app.build.footage import needed_extras, see_film
from babelreel.app.build.plan_notes import PlanNotes
from babelreel.app.build.request import Request
from babelreel.app.check.build_check import check_for_build
from babelreel.app.check.checked import CheckedProject
from babelreel.app.half_written import refuse_half_written
from babelreel.app.project.master import hear_sound, look_at_film, open_notes, see_shots
from babelreel.app.project.subtitle_files import SubtitleFolder
from babelreel.app.project.tools import usable_chromium, usable_ffmpeg
from babelreel.app.publish.made_from import look_at_origins, unchanged_languages
from babelreel.app.publish.own_files import read_manifest
from babelreel.app.voices.dubbing import choose_music
from babelreel.app.voices.lone_voices import look_at_languages, unrecorded_languages
from babelreel.app.voices.stems import Stems
from babelreel.config.read import CONFIG_NAME
from babelreel.errors import BabelreelError, MachineError
from babelreel.fonts import LATIN, font_path
from babelreel.graph.digests import DigestCache
from babelreel.model.delivery.build_summary import Failure
from babelreel.model.delivery.manifest import MadeFrom, Manifest, Role
from babelreel.model.delivery.pairs import Pair
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.signed import is_signed
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.stages.inputs import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What there is to build from; nothing is planned yet.

    ``apart`` are the pairs that are left out of ``project`` because their languages are of two films. ``before`` is
    what was published earlier. ``closed`` are the languages whose recorded name cannot be read, with the reason.
    """

    project: Project
    apart: tuple[Pair, ...]
    folder: SubtitleFolder
    wanted: frozenset[str]
    before: Manifest | None
    made_from: Mapping[str, MadeFrom | None]
    unchanged: frozenset[str]
    checked: CheckedProject
    buildable: Buildable
    closed: tuple[tuple[str, MachineError], ...]
    signed: SignedFilms
    workshop: Workshop

    @property
    def languages(self) -> tuple[Language, ...]:
        """All languages of the project, refused ones included."""
        built = (file.settings.language for file in self.folder.languages)
        return (*built, *refused_languages(self.folder), *unrecorded_languages(self.project, self.folder))

    @property
    def refusals(self) -> tuple[Failure, ...]:
        """The languages that are refused, because of the names of their files or of what is in them."""
        by_name = (*refused_files(self.project, self.folder), *refused_voices(self.project, self.folder))
        return (*by_name, *self.buildable.refusals)


def look_at_material(
    project: Project, request: Request, digests: DigestCache, lost: Mapping[str, BabelreelError]
) -> Material:
    """Look at the film, at every track and at every recording, and choose the languages that can be built."""
    refuse_half_written(project)
    folder = look_at_languages(project)
    files, wanted = folder.languages, wanted_tags(project, folder, request.languages)
    path, info = look_at_film(project, digests)
    workshop = _workshop(project, request, path, info, digests)
    stems = Stems(project, workshop.ffmpeg.path, digests)
    workshop = replace(workshop, sound=project.sound, music=choose_music(project, stems, digests))
    checked = check_for_build(project, files, film=info, stems=stems)
    apart = pairs_of_two_films(project, checked.films)
    project = without_pairs(project, apart)
    asked = wanted if request.languages else frozenset[str]()
    made_from = look_at_origins(project, path, folder, digests)
    before = read_manifest(project.root / project.output_dir)
    unchanged = unchanged_languages(before, made_from)
    found = choose_languages(project, checked.tracks, asked=asked, digests=digests, lost=lost, unchanged=unchanged)
    spoken = tuple(each.language for each in found.subtitles)
    names, closed = find_names(project, spoken, digests)
    signs = _signed_languages(spoken, tuple(file.settings.language for file in files), before, info)
    signed = find_signed_films(project, workshop.film.info, signs, request.ffmpeg, digests)
    return Material(
        project=project,
        apart=apart,
        folder=folder,
        wanted=wanted,
        before=before,
        made_from=made_from,
        unchanged=unchanged,
        checked=checked,
        buildable=found,
        closed=closed,
        signed=signed,
        workshop=replace(workshop, names=names, signed=signed.films),
    )


def _signed_languages(
    built: tuple[Language, ...], known: tuple[Language, ...], before: Manifest | None, film: MediaInfo
) -> SignedLanguages:
    """Collect which languages may have an interpreter, and which are published with one: beside the film, or in it."""
    files = before.files if before else ()
    return SignedLanguages(
        built=built,
        known=known,
        published=frozenset(
            file.language for file in files if file.role is Role.SIGNED and is_as_long(file.duration_ms, film)
        ),
        pictured=frozenset(file.language for file in files if is_signed(file.rendition)),
    )


def _workshop(project: Project, request: Request, path: Path, info: MediaInfo, digests: DigestCache) -> Workshop:
    ffmpeg = usable_ffmpeg(project, request.ffmpeg, digests, needed_extras(info))
    info = hear_sound(project, path, see_shots(project, path, info, ffmpeg.path))
    return Workshop(
        film=see_film(project, path, info),
        ffmpeg=ffmpeg,
        styles=project.styles,
        latin_font=font_file(font_path(LATIN), digests),
        chromium=usable_chromium(project) if project.delivery.has_leaflets else None,
        sound=project.sound,
        campaign=project.campaign,
        cards=project.cards,
        logo=read_logo(project.root, project.campaign.brand, CONFIG_NAME),
        card_logo=read_card_logo(project.root, project.campaign.brand, project.cards, CONFIG_NAME),
        date=project.delivery.date,
        memory=PlanNotes(open_notes(project)),
    )

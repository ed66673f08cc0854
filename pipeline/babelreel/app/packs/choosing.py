"""Choose the published files that go into a pack. Pure: a manifest in, a list of files out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babelreel.app.packs.packable import packed_path
from babelreel.model.delivery.manifest import Manifest, PublishedFile, Role, Status
from babelreel.model.delivery.packs import FilmChoice, Kind, Missing, Platform
from babelreel.model.delivery.pairs import is_pair
from babelreel.model.film.ladder.default_rungs import is_edition
from babelreel.model.film.ladder.encoding_ladder import Sound, Text, is_for_pages
from babelreel.model.film.ladder.little_data import is_for_little_data
from babelreel.model.film.signed import is_signed

_BYTES_A_MB = 1_000_000

#: What helps where the film that all languages share is missing: some sizes may not have been built.
_A_SIZE = 'Give a size text = "mux" in babelreel.toml, and build again.'
_ALL_SIZES = 'Run “babelreel build” without --only. If the film is still missing, give a size text = "mux".'


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file that a pack should hold: ``path`` is below its folder, ``source`` what it is made of."""

    path: str
    kind: Kind
    language: str
    source: PublishedFile


def choose_files(
    platform: Platform, manifest: Manifest, tags: tuple[str, ...], reference: str
) -> Iterator[Wanted | Missing]:
    """Choose, for each of these languages, the published files that a pack is made of; and say what there is none for.

    ``reference`` is the language that is spoken in the film.
    """
    if platform.choice is FilmChoice.TEXT_FREE:
        yield _shared_film(platform, manifest, reference)
    for tag in tags:
        films = tuple(each for each in _films(platform, manifest) if each.language == tag)
        if platform.choice is FilmChoice.TEXT_FREE and is_pair(tag):
            yield Missing(language=tag, why="viewers choose among the languages, one at a time", is_fault=False)
        elif platform.choice is FilmChoice.TEXT_FREE:
            yield from _beside_shared_film(manifest, films, tag)
        else:
            yield from _film(platform, films, tag, manifest.slug, reference)
        if platform.takes_voice_message and not is_pair(tag):  # its first language has one
            yield _voice_message(films, tag, manifest.slug, reference)


def _films(platform: Platform, manifest: Manifest) -> Iterator[PublishedFile]:
    """Yield all films that apps play; those that were laid out for upright apps only to these."""
    films = (each for each in manifest.files if each.role is Role.VIDEO)
    for each in films:
        if is_for_little_data(each.rendition) or is_signed(each.rendition):
            continue
        if platform.choice is FilmChoice.UPRIGHT or not is_edition(each.rendition):
            yield each


def _film(
    platform: Platform, films: tuple[PublishedFile, ...], tag: str, slug: str, reference: str
) -> Iterator[Wanted | Missing]:
    readable = _readable(films, reference)
    fitting = [each for each in readable if not _why_not(platform, each)]
    if not fitting:
        yield _no_film(platform, tag, readable)
        return
    upright = [each for each in fitting if each.height_px > each.width_px]
    if platform.choice is FilmChoice.UPRIGHT and not upright:
        yield Missing(
            language=tag,
            why=f"no upright film is published: {platform.title} shows this one small, between black bars",
            hint="[renditions.story] enabled = true makes one. “babelreel build” says why a language has none.",
            is_fault=False,
        )
    if platform.choice is FilmChoice.LIGHTEST:
        chosen = min(fitting, key=lambda each: (_pixels(each), each.bytes, each.path))
    else:
        chosen = max(
            (upright or fitting) if platform.choice is FilmChoice.UPRIGHT else fitting,
            key=lambda each: (_pixels(each), each.bytes, each.path),
        )
    kind = Kind.FILM if platform.takes_edit_lists else Kind.FILM_WITHOUT_EDITS
    yield Wanted(path=packed_path(tag, slug, "mp4"), kind=kind, language=tag, source=chosen)


def _readable(films: tuple[PublishedFile, ...], reference: str) -> tuple[PublishedFile, ...]:
    """Find the films that everybody understands who knows the language, in any player.

    They have its text in the picture, or none at all, and it is heard in them; where no film has text, any will do.
    """
    burned = tuple(each for each in films if each.text is Text.BURN_IN)
    bare = tuple(each for each in films if each.text is Text.NONE and not is_for_pages(each.rendition))
    heard = tuple(_spoken(bare, films[0].language, reference)) if films else ()
    has_text = any(each.text is not Text.NONE for each in films)
    return (*burned, *heard) or (() if has_text else films)


def _no_film(platform: Platform, tag: str, films: tuple[PublishedFile, ...]) -> Missing:
    if films:
        return Missing(language=tag, why=_why_not(platform, min(films, key=lambda each: each.bytes)))
    return Missing(
        language=tag,
        why="no film with its text in the picture is published",
        hint='Build a size with text = "burn-in" in babelreel.toml: by default, phone-480p and phone-360p.',
    )


def _why_not(platform: Platform, film: PublishedFile) -> str:
    if film.bytes > platform.most_bytes:
        size, most = film.bytes / _BYTES_A_MB, platform.most_bytes // _BYTES_A_MB
        return f"its smallest film has {size:.1f} MB, and {platform.title} takes {most} MB"
    if film.duration_ms < platform.shortest_ms:
        return _lasts(film, platform, f"{_seconds(platform.shortest_ms)} at least")
    if platform.longest_ms and film.duration_ms > platform.longest_ms:
        return _lasts(film, platform, f"{_seconds(platform.longest_ms)} at most")
    return ""


def _lasts(film: PublishedFile, platform: Platform, bound: str) -> str:
    return f"the film lasts {_seconds(film.duration_ms)}, and {platform.title} takes {bound}"


def _seconds(time_ms: int) -> str:
    minutes, seconds = divmod(round(time_ms / 1000), 60)
    return f"{minutes} min {seconds:02d} s" if minutes else f"{time_ms / 1000:.1f} s"


def _pixels(film: PublishedFile) -> int:
    return film.width_px * film.height_px


def _voice_message(films: tuple[PublishedFile, ...], tag: str, slug: str, reference: str) -> Wanted | Missing:
    spoken = _spoken(films, tag, reference)
    if not spoken:
        why = "there is no voice message, because nothing is spoken in this language"
        return Missing(language=tag, why=why, is_fault=False)
    # the smallest one has one channel, which nothing has to be mixed into
    source = min(spoken, key=lambda each: (_pixels(each), each.path))
    return Wanted(path=packed_path(tag, slug, "ogg"), kind=Kind.VOICE_MESSAGE, language=tag, source=source)


def _spoken(films: tuple[PublishedFile, ...], tag: str, reference: str) -> list[PublishedFile]:
    """Choose the films in which the language is heard: its own recordings, or the film's own sound."""
    return [each for each in films if each.sound == Sound.DUB or (each.sound == Sound.ORIGINAL and tag == reference)]


def _shared_film(platform: Platform, manifest: Manifest, reference: str) -> Wanted | Missing:
    bare = [
        each for each in _films(platform, manifest) if each.text in {Text.MUX, Text.NONE} and each.sound != Sound.DUB
    ]
    own = [each for each in bare if each.language == reference] or bare
    fitting = [each for each in own if not _why_not(platform, each)]
    if not fitting:
        if own:
            return Missing(language="", why=_why_not(platform, min(own, key=lambda each: each.bytes)))
        return Missing(
            language="",
            why="no film without text in its picture and with its own sound is published",
            hint=_ALL_SIZES if manifest.status is Status.PARTIAL else _A_SIZE,
        )
    chosen = max(fitting, key=lambda each: (_pixels(each), each.bytes, each.path))
    return Wanted(path=f"{manifest.slug}.mp4", kind=Kind.FILM, language="", source=chosen)


def _beside_shared_film(manifest: Manifest, films: tuple[PublishedFile, ...], tag: str) -> Iterator[Wanted | Missing]:
    slug = manifest.slug
    captions = next(
        (
            each
            for each in manifest.files
            if each.role is Role.CAPTIONS and each.language == tag and each.path.endswith(".srt")
        ),
        None,
    )
    if captions:
        yield Wanted(path=packed_path(tag, slug, "srt"), kind=Kind.SUBTITLES, language=tag, source=captions)
    else:
        yield Missing(language=tag, why="no subtitles are published", is_fault=False)
    dubbed = [each for each in films if each.sound == Sound.DUB]
    if dubbed:
        best = max(dubbed, key=lambda each: (_pixels(each), each.path))
        yield Wanted(path=packed_path(tag, slug, "m4a"), kind=Kind.SOUND, language=tag, source=best)

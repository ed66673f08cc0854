"""Do check, ``dub takes``, the mix and the loudness report say the same of a language's recordings?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from numpy.typing import NDArray

from babelreel.app.build.planning import plan_project
from babelreel.app.build.request import Request
from babelreel.app.check.check_project import check_project
from babelreel.app.voices.loudness import Listening, report_loudness
from babelreel.app.voices.remember_texts import remember_texts
from babelreel.app.voices.takes import look_at_takes
from babelreel.config.read import read_project
from babelreel.delivery.manifest import render_manifest
from babelreel.media.sound.mix.mixing import MixDub
from babelreel.model.delivery.manifest import Manifest, PublishedFile, Role, Status
from babelreel.model.project import Project
from babelreel.model.sound.recordings import ms_to_samples
from babelreel.report.console.voices.takes import render_takes_json
from support.films import make_film
from support.manifests import published_language
from support.projects import FILES_ONLY, make_project
from support.sounds import RATE, silence, tone, voice, write_wave

LINES = """\
1
00:00:01,000 --> 00:00:07,000
Tu as le droit de demander de l'aide à tout moment.
"""
#: What comes second in time, and needs no voice, stands first in the file.
TWICE = """\
7
00:00:05,000 --> 00:00:06,000
♪ la la ♪

7
00:00:01,000 --> 00:00:02,000
Tu as des droits.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What lies in a project, and what all four must say of it.

    ``found`` are code and path of what check finds in sounds; ``heard`` what is mixed, as path and ms of the film;
    ``table`` gives the take of each line and its dead air, in time; ``unused`` is all the rest.
    """

    text: str = LINES
    sounds: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    settings: str = ""
    peak_dbtp: str = "-1.5"
    found: tuple[tuple[str, str], ...] = ()
    heard: tuple[tuple[str, int], ...] = ()
    table: tuple[tuple[str | None, int | None], ...] = ()
    unused: tuple[str, ...] = ()
    is_loud_as_wanted: bool = True


def whole() -> NDArray[np.float64]:
    spoken = np.concatenate([silence(1), voice()])
    return np.concatenate([spoken, silence(8 - len(spoken) / RATE)])


CASES = {
    "a whole recording beside one silent take is heard": lambda: Case(
        sounds={"fr.wav": whole(), "fr/01.wav": silence(1)},
        found=(("DUB004", "video/stems/fr.wav"),),
        heard=(("video/stems/fr.wav", 0),),
        table=((None, None),),
        unused=("video/stems/fr/01.wav",),
    ),
    "a whole recording beside one take that can be heard is not": lambda: Case(
        sounds={"fr.wav": whole(), "fr/01.wav": tone(5)},
        found=(("DUB004", "video/stems/fr.wav"),),
        heard=(("video/stems/fr/01.wav", 1000),),
        table=(("video/stems/fr/01.wav", 0),),
        unused=("video/stems/fr.wav",),
    ),
    "a number that two lines bear means the first in time": lambda: Case(
        text=TWICE,
        sounds={"fr/07.wav": tone(1)},
        heard=(("video/stems/fr/07.wav", 1000),),
        table=(("video/stems/fr/07.wav", 0), (None, None)),
    ),
    "four seconds of a line of six are no dead air": lambda: Case(
        sounds={"fr/01.wav": tone(4)},
        heard=(("video/stems/fr/01.wav", 1000),),
        table=(("video/stems/fr/01.wav", 0),),
    ),
    "two seconds of a line of six are": lambda: Case(
        sounds={"fr/01.wav": tone(2)},
        found=(("DUB013", "video/stems/fr/01.wav"),),
        heard=(("video/stems/fr/01.wav", 1000),),
        table=(("video/stems/fr/01.wav", 4000),),
    ),
    "unless the project allows so much": lambda: Case(
        sounds={"fr/01.wav": tone(2)},
        settings="[limits]\ndead_air_ms = 4000\n",
        heard=(("video/stems/fr/01.wav", 1000),),
        table=(("video/stems/fr/01.wav", 0),),
    ),
    "a true peak exactly at the target is right": lambda: Case(peak_dbtp="-1.0"),
    "a true peak above it is not": lambda: Case(
        peak_dbtp="-0.99", found=(("DUB019", "output/fr"),), is_loud_as_wanted=False
    ),
    "and is told in the folder that the project publishes to": lambda: Case(
        peak_dbtp="-0.99",
        settings='[paths]\noutput = "for the web"\n',
        found=(("DUB019", "for the web/fr"),),
        is_loud_as_wanted=False,
    ),
}


@cache
def film() -> Path:
    return make_film(Path(mkdtemp(prefix="babelreel-eight-")) / "film.mp4", seconds=8)


def lay_out(root: Path, case: Case) -> Project:
    """Make the project of a case, in which a French film is published whose peak was measured."""
    make_project(root, {"fr.srt": case.text}, film=film(), settings=FILES_ONLY + case.settings)
    for name, samples in case.sounds.items():
        path = root / "video/stems" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_wave(path, samples)
    project = read_project(root)
    published = PublishedFile(
        path="fr/film.fr.web-720p.mp4",
        role=Role.VIDEO,
        language="fr",
        rendition="web-720p",
        sound="original",
        bytes=1,
        sha256="0" * 64,
        duration_ms=8000,
        width_px=320,
        height_px=180,
        mime="video/mp4",
        is_measured=True,
        loudness_lufs=Decimal(-16),
        true_peak_dbtp=Decimal(case.peak_dbtp),
    )
    manifest = Manifest(
        title="film",
        slug="film",
        status=Status.COMPLETE,
        languages=(published_language("fr"),),
        files=(published,),
        tools=(("ffmpeg", "9"),),
    )
    (project.root / project.output_dir).mkdir()
    (project.root / project.output_dir / "manifest.json").write_text(render_manifest(manifest), "utf-8")
    remember_texts(project, ())
    return project


def mixed(project: Project) -> tuple[tuple[str, int], ...]:
    """Give what the plan mixes: each sound with the ms of the film at which its stretch begins."""
    actions = [task.action for task in plan_project(project, Request()).blueprint.tasks]
    voices = [part for action in actions if isinstance(action, MixDub) for part in action.voice]
    return tuple((part.path, part.start * 1000 // ms_to_samples(1000)) for part in voices)


@pytest.mark.parametrize("name", CASES)
def test_check_takes_mix_and_report_agree(name: str, tmp_path: Path) -> None:
    case = CASES[name]()
    project = lay_out(tmp_path / "film", case)
    found = check_project(project, select=("DUB",)).findings
    assert tuple((each.code, each.location.path) for each in found) == case.found
    assert mixed(project) == case.heard
    tables = json.loads(render_takes_json(look_at_takes(project, (), None)))["languages"]
    assert tuple((line["path"], line["dead_air_ms"]) for each in tables for line in each["lines"]) == case.table
    assert tuple(sound["path"] for each in tables for sound in each["unused"]) == case.unused
    assert report_loudness(project, Listening(languages=("fr",))).is_good == case.is_loud_as_wanted

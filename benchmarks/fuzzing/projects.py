"""Groups ``settings``, ``probe`` and ``documents``: what lies in a project beside subtitles, sounds and the film."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fuzzing.bounded import Check
from fuzzing.mutators import (
    JSON_TOKENS,
    TEXTS,
    TOML_TOKENS,
    damage_bytes,
    damage_document,
    write_json,
    write_toml,
)
from fuzzing.promises import call

_FORMATS = (
    "full",
    "concise",
    "grouped",
    "csv",
    "markdown",
    "json",
    "jsonl",
    "github",
    "gitlab",
    "sarif",
    "junit",
    "rdjson",
)
#: Every table of babelreel.toml, and of each kind of value at least one key.
_SETTINGS = """\
title = "Film"
slug = "film"
reference = "fr"
languages = ["fr", "ar"]
[paths]
video = "video"
subtitles = "subtitles"
output = "output"
[film]
picture = 1
sound = "fr"
[style]
color = "#ffffff"
outline = 0.07
margin = 0.1
[sound]
target = "web"
duck_db = 20
[delivery]
address = "https://example.org/film/"
pages = true
streams = true
archive = ["mkv"]
[check]
select = ["TIM", "SYN"]
ignore = ["TIM005"]
fail_on = "error"
audience = "children"
names = ["112"]
ignore_in = { "fr.srt" = ["TIM"] }
[[check.allow]]
rules = ["TIM005"]
file = "fr.srt"
reason = "short"
cue = 1
[[check.allow]]
rules = ["SPC"]
file = "*"
reason = "x"
text = "Tes"
[renditions]
phone-360p = { crf = 24.5, max_bytes = 1000000, text = "burn-in", enabled = true, level = "3.1" }
mine = { long_px = 640, short_px = 360, peak_kbps = 500 }
[limits]
cps_adult = 17
shortest_ms = 800
late_voice_ms = 100
[language]
fr = { title = "Le film", font = "font.ttf", cps_child = 12, direction = "ltr" }
ar = { name = "Arabic", own_name = "العربية", file = "ar.toml", voice_only = false }
"""
#: What reads a ledger, and writes it anew.
_OF_LEDGERS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("status", "--json"),
    ("approve", "fr", "1", "--by", "Amina"),
    ("approve", "fr", "--minor", "--by", "B"),
)
#: For which text a take was recorded.
_TAKES = {f"{line:02}.wav": {"text": "Tes droits.", "start": "00:00:00.200", "sha256": "ab" * 32} for line in (1, 2)}


def _lay_project(root: Path) -> None:
    """Lay a project without a film: its description is enough for ``check``."""
    from support.projects import AR, FR  # noqa: PLC0415 - in the worker

    for name in ("video/stems/fr", "subtitles"):
        (root / name).mkdir(parents=True)
    (root / "subtitles/fr.srt").write_text(FR, "utf-8")
    (root / "subtitles/ar.srt").write_text(AR, "utf-8")
    (root / "babelreel.toml").write_text('title = "Film"\n', "utf-8")


def use_temporary_folder(folder: Path) -> None:
    """Put all temporary files of this worker below a folder of its own."""
    (folder / "tmp").mkdir()
    os.environ["TMPDIR"] = str(folder / "tmp")
    os.environ["BABELREEL_TRACEBACK"] = "1"
    tempfile.tempdir = None


def prepare_settings(folder: Path) -> Check:
    """Give the check that runs verbs with a damaged babelreel.toml."""
    root, settings = folder / "project", tomllib.loads(_SETTINGS)
    use_temporary_folder(folder)
    _lay_project(root)
    _lay_fonts(root)
    verbs = (
        *(("check", "--format", name) for name in _FORMATS),
        *(("check",),) * 8,
        ("check", "--fix", "--diff"),
        ("check", "--statistics"),
        ("plan",),
        ("dub", "script", "fr"),
        ("explain", "TIM005"),
        ("verify",),
        ("withdraw", "fr"),
    )

    def check(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - damage, not a secret
        if chance.random() < 0.15:  # noqa: PLR2004 - some
            data = damage_bytes(_SETTINGS.encode(), chance, TOML_TOKENS)
        else:
            data = write_toml(damage_document(settings, chance, has_null=False), chance)
        (root / "babelreel.toml").write_bytes(data)
        call(root, *chance.choice(verbs))

    call(root, "check")
    return check


def _lay_fonts(root: Path) -> None:
    from support.places import REPOSITORY  # noqa: PLC0415 - in the worker

    fonts = REPOSITORY / "pipeline/babelreel/fonts"
    smallest = min(
        (path for path in fonts.iterdir() if path.suffix in {".ttf", ".otf"}), key=lambda each: each.stat().st_size
    )
    shutil.copyfile(smallest, root / "font.ttf")
    own = (REPOSITORY / "pipeline/babelreel/languages/ar.toml").read_text("utf-8")
    (root / "ar.toml").write_text(re.sub(r"(?m)^place = .*$", "", own), "utf-8")


def prepare_probe(folder: Path) -> Check:
    """Give the check that checks against a damaged description of the film, and of the sounds."""
    from babelreel.app.voices.stems import describe_sounds  # noqa: PLC0415 - in the worker
    from babelreel.config.read import read_project  # noqa: PLC0415 - the same
    from support.places import REPOSITORY  # noqa: PLC0415 - the same
    from support.sounds import tone, write_wave  # noqa: PLC0415 - the same

    root = folder / "project"
    use_temporary_folder(folder)
    _lay_project(root)
    for name in ("fr/01.wav", "fr/02.wav", "ar.wav", "me.wav"):
        write_wave(root / "video/stems" / name, tone(0.7))
    describe_sounds(read_project(root))
    names = ("master.probe.json", "stems.probe.json")
    shutil.copyfile(REPOSITORY / "video" / names[0], root / "video" / names[0])
    documents = {name: json.loads((root / "video" / name).read_text("utf-8")) for name in names}

    def check(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - damage, not a secret
        name = chance.choice((names[0], names[0], names[1]))
        data = write_json(damage_document(documents[name], chance), chance)
        if chance.random() < 0.1:  # noqa: PLR2004 - some
            data = damage_bytes(json.dumps(documents[name]).encode(), chance, JSON_TOKENS)
        _check_with(root, root / "video" / name, data, chance)

    call(root, "check")
    return check


def _check_with(root: Path, path: Path, data: bytes, chance: random.Random) -> None:
    """Check with a file of another content, and put it back."""
    before = path.read_bytes()
    try:
        path.write_bytes(data)
        call(root, "check", "--format", chance.choice(_FORMATS))
        if chance.random() < 0.1:  # noqa: PLR2004 - some
            call(root, "dub", "script", "fr")
    finally:
        path.write_bytes(before)


def prepare_documents(folder: Path) -> Check:
    """Give the check that damages what is kept of takes, a language's own file, a baseline, a font, and a name."""
    root = folder / "project"
    use_temporary_folder(folder)
    _lay_project(root)
    _lay_fonts(root)
    (root / "babelreel.toml").write_text('title="F"\n[language.ar]\nfile="ar.toml"\nfont="font.ttf"\n', "utf-8")
    (root / "video/stems/fr/01.wav").write_bytes(b"RIFF")
    (root / "video/stems/fr/takes.toml").write_text("", "utf-8")
    call(root, "check", "--baseline", "baseline.json", "--write-baseline")
    call(root, "approve", "fr", "--by", "Amina")
    ledger = tomllib.loads((root / "subtitles/fr.review.toml").read_text("utf-8"))
    baseline = json.loads((root / "baseline.json").read_text("utf-8"))
    language = tomllib.loads((root / "ar.toml").read_text("utf-8"))
    font = (root / "font.ttf").read_bytes()

    def with_file(
        name: str, make: Callable[[random.Random], bytes], *arguments: str
    ) -> Callable[[random.Random], None]:
        def damage(chance: random.Random) -> None:
            path, before = root / name, (root / name).read_bytes()
            try:
                path.write_bytes(make(chance))
                call(root, *(arguments or ("check", "--format", chance.choice(_FORMATS))))
            finally:
                path.write_bytes(before)

        return damage

    def toml(document: Any) -> Callable[[random.Random], bytes]:  # noqa: ANN401 - any TOML
        return lambda chance: write_toml(damage_document(document, chance, has_null=False), chance)

    ways: tuple[Callable[[random.Random], None], ...] = (
        with_file("video/stems/fr/takes.toml", toml(_TAKES)),
        *(with_file("subtitles/fr.review.toml", toml(ledger), *verb) for verb in _OF_LEDGERS),
        with_file("ar.toml", toml(language)),
        with_file(
            "baseline.json",
            lambda chance: write_json(damage_document(baseline, chance), chance),
            "check",
            "--baseline",
            "baseline.json",
        ),
        with_file("font.ttf", lambda chance: damage_bytes(font, chance, (b"glyf", b"cmap", b"\0" * 64, b"\xff" * 64))),
        lambda chance: _with_odd_names(root, chance),
    )

    def check(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - damage, not a secret
        chance.choice(ways)(chance)

    return check


def _with_odd_names(root: Path, chance: random.Random) -> None:
    """Put files with odd names beside the others, and ask for an odd language."""
    names = [
        *TEXTS,
        "FR",
        "fr.srt",
        "Fr ",
        "fr.",
        "com¹",
        "con.fr",
        "film.fr",
        "NUL.toml",
        "aux",
        "\udce9t\udce9",
        "zh-Hant",
        "en-x-a",
    ]
    try:
        for _ in range(chance.randint(1, 4)):
            name = chance.choice(names) + chance.choice(
                ("", ".srt", ".vtt", ".wav", ".flac", ".SRT", ".json", "/01.wav", "/Cue 1.wav")
            )
            path = root / chance.choice(("subtitles", "video", "video/stems", "video/stems/fr")) / name
            try:
                if path.exists() or ".." in name or name.startswith("/"):
                    continue
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(b"1\n00:00:00,200 --> 00:00:02,000\nTes droits.\n")
            except (OSError, ValueError):  # no such name can be
                continue
        verb = chance.choice(
            (("check",), ("check", "--format", "json"), ("dub", "script"), ("plan",), ("convert",), ("check", "--"))
        )
        asked = [name for name in (chance.choice(names).replace("\0", ""),) if name and not name.startswith("-")]
        call(root, *verb, *(asked if verb[0] != "plan" and chance.random() < 0.4 else ()))  # noqa: PLR2004 - some
    finally:
        kept = {"fr.srt", "ar.srt", "fr.review.toml"}
        for folder, own in (("subtitles", kept), ("video/stems/fr", {"01.wav", "takes.toml"})):
            _remove_others(root / folder, own)
        _remove_others(root / "video/stems", {"fr"})
        _remove_others(root / "video", {"stems"})
        shutil.rmtree(root / "recording", ignore_errors=True)


def _remove_others(folder: Path, own: set[str]) -> None:
    for path in folder.iterdir():
        if path.name not in own:
            shutil.rmtree(path) if path.is_dir() else path.unlink()

"""Measure what each edition of a film costs beside the phones' own file: processor seconds and bytes.

    PYTHONPATH=pipeline python benchmarks/editions.py FOLDER [--seconds 24] [--languages fr ar]

Takes the beginning of the sample and its tracks. First ``phone-360p`` alone is built, then each edition in a copy of
that project, with all pieces of the first build there: what that build takes is the edition's own cost. Figures go to
standard output.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measuring import Cost, run

from babelreel.languages.find import find_language
from babelreel.media.programs.locate import find_ffmpeg
from babelreel.timedtext.formats.sidecar import render_subrip
from babelreel.timedtext.formats.subrip import read_subrip

REPOSITORY = Path(__file__).parent.parent
PHONE_ONLY = "".join(f"[renditions.{name}]\nenabled = false\n" for name in ("web-1080p", "web-720p", "phone-480p"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition by what asks for it in babelreel.toml; ``delivery`` are lines of that table.

    ``is_signed``: an interpreter is filmed, in the first of the languages.
    """

    name: str
    settings: str = ""
    delivery: str = ""
    is_signed: bool = False


EDITIONS = (
    Edition(name="story", settings="[renditions.story]\nenabled = true\n"),
    Edition(name="post", settings="[renditions.post]\nenabled = true\n"),
    Edition(name="light-av1", settings="[renditions.light-av1]\nenabled = true\n"),
    Edition(
        name="a sign of three seconds",
        settings='[[sign]]\nname = "court"\nfrom = "0:12"\nto = "0:15"\nplace = "top"\n'
        'text = { en = "Family court", fr = "Tribunal de la famille", ar = "محكمة الأسرة" }\n',
    ),
    Edition(name="a pair of languages", delivery='pairs = ["ar+fr"]\n'),
    Edition(
        name="an interpreter in the picture",
        settings="[renditions.signed-720p]\nenabled = true\n",
        is_signed=True,
    ),
)


def lay_out(root: Path, seconds: int, tags: Sequence[str]) -> None:
    """Make a project of the beginning of the sample."""
    (root / "video").mkdir(parents=True)
    (root / "subtitles").mkdir()
    (root / "video/stems").mkdir()
    film = REPOSITORY / "video/master.mp4"
    words = ("-y", "-v", "error", "-i", film, "-t", str(seconds), "-c:v", "libx264", "-crf", "12", "-c:a", "aac")
    run([find_ffmpeg().path, *words, root / "video/film.mp4"], cwd=root)
    for tag in tags:
        language = find_language(tag)
        track = read_subrip((REPOSITORY / f"subtitles/{tag}.srt").read_text("utf-8"), language=tag, path="")
        cues = tuple(each for each in track.cues if each.span.end_ms < seconds * 1000)
        text = render_subrip(type(track)(language=tag, path="", format=track.format, cues=cues), language)
        (root / f"subtitles/{tag}.srt").write_text(text, "utf-8")
    (root / "babelreel.toml").write_text(settings(tags), "utf-8")


def film_interpreter(root: Path, tag: str, seconds: int) -> None:
    """Draw what stands for an interpreter: a moving picture of an upright phone."""
    (root / "video/signed").mkdir()
    source = f"testsrc2=size=720x1280:rate=30:duration={seconds}"
    words = ("-y", "-v", "error", "-f", "lavfi", "-i", source, "-c:v", "libx264", "-pix_fmt", "yuv420p")
    run([find_ffmpeg().path, *words, root / f"video/signed/{tag}.mp4"], cwd=root)


def settings(tags: Sequence[str], edition: Edition | None = None) -> str:
    """Write the babelreel.toml of a project that makes nothing but films."""
    listed = ", ".join(f'"{tag}"' for tag in tags)
    delivery = f"[delivery]\npages = false\nstreams = false\nleaflets = false\n{edition.delivery if edition else ''}"
    return f'title = "Film"\nlanguages = [{listed}]\n{delivery}{PHONE_ONLY}{edition.settings if edition else ""}'


def build(root: Path) -> Cost:
    """Build all of a project."""
    return run([sys.executable, "-m", "babelreel", "-C", root, "build", "--jobs", "1"], cwd=root)


def films(root: Path) -> dict[str, tuple[int, str]]:
    """Give the size and the digest of each published film."""
    files = json.loads((root / "output/manifest.json").read_text("utf-8"))["files"]
    return {each["path"]: (each["bytes"], each["sha256"]) for each in files if each["role"] == "video"}


def main() -> None:
    """Measure the phones' file, then each edition."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=24)
    parser.add_argument("--languages", nargs="+", default=["fr", "ar"])
    parser.add_argument("--only", nargs="+", default=[each.name for each in EDITIONS])
    options = parser.parse_args()
    base = options.folder.resolve() / "phone"
    shutil.rmtree(base, ignore_errors=True)
    lay_out(base, options.seconds, options.languages)
    run([sys.executable, "-m", "babelreel", "-C", base, "probe"], cwd=base)
    phone, before = build(base), films(base)
    weight = sum(size for size, _ in before.values())
    print(
        "| edition | CPU s | of phone-360p | bytes of its films | of phone-360p |\n| --- | ---: | ---: | ---: | ---: |"
    )
    print(f"| phone-360p | {phone.cpu_s:.1f} | | {weight} | |", flush=True)
    for edition in (each for each in EDITIONS if each.name in options.only):
        root = base.with_name(edition.name.replace(" ", "-"))
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(base, root, symlinks=True)
        (root / "babelreel.toml").write_text(settings(options.languages, edition), "utf-8")
        if edition.is_signed:
            film_interpreter(root, options.languages[0], options.seconds)
        cost, made = build(root), films(root)
        size = sum(made[path][0] for path in made if made[path] != before.get(path))
        print(
            f"| {edition.name} | {cost.cpu_s:.1f} | {cost.cpu_s / phone.cpu_s:.0%} | {size} | {size / weight:.0%} |",
            flush=True,
        )


if __name__ == "__main__":
    main()

"""How do tests get a complete publication, and see that what is published is what its manifest says?"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from babelreel.fonts import LATIN, font_path
from support.projects import AR, FR, babelreel, make_project, snapshot
from support.sounds import tone, write_wave

#: Files, streams and an archive file in the smallest size; leaflets would take a browser.
SETTINGS = "[delivery]\nleaflets = false\narchive = ['mkv']\n[renditions.web-720p]\nenabled = false\n"
#: As little as there can be: one size, and no archive file.
LEAST = "[delivery]\nleaflets = false\n" + "".join(
    f"[renditions.{name}]\nenabled = false\n" for name in ("web-1080p", "web-720p")
)
#: The French track after an edit.
EDITED = FR.replace("112", "101")


@cache
def _publication(settings: str) -> Path:
    root = Path(mkdtemp(prefix="babelreel-publication-")) / "film"
    make_project(root, {"fr.srt": FR, "ar.srt": AR}, settings=settings)
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    return root


def copy_publication(target: Path, settings: str = SETTINGS) -> Path:
    """Give a project of two published languages, a copy of one that is built once for all tests of a process."""
    shutil.copytree(_publication(settings), target, symlinks=True)
    return target


#: A publication with each file that a project may have: the settings name a logo and a font.
ALL_FILES = f'[brand]\nlogo = "brand/logo.svg"\n{LEAST}[language.fr]\nfont = "fonts/own.ttf"\n'
LOGO = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>'


@cache
def _publication_of_all_files() -> Path:
    root = Path(mkdtemp(prefix="babelreel-publication-")) / "film"
    make_project(root, {"fr.srt": FR, "ar.srt": AR}, settings=ALL_FILES)
    for folder in ("brand", "fonts", "video/stems/fr"):
        (root / folder).mkdir(parents=True)
    (root / "brand/logo.svg").write_text(LOGO, "utf-8")
    shutil.copy(font_path(LATIN), root / "fonts/own.ttf")
    for line in (1, 2):
        write_wave(root / f"video/stems/fr/{line}.wav", tone(0.6, hz=300 + 50 * line, height=0.3))
    for words in (
        ("dub", "remember", "fr"),
        ("approve", "fr", "--by", "Ann"),
        ("check", "--baseline", "known.json", "--write-baseline"),
        ("build",),
    ):
        result = babelreel(root, *words)
        assert result.code == 0, result.err
    assert "dub" in {file.get("sound") for file in json.loads((root / "output/manifest.json").read_text())["files"]}
    return root


def copy_publication_of_all_files(target: Path) -> Path:
    """Give a project with takes, a ledger, a baseline, a logo and a font, published: a copy, as above."""
    shutil.copytree(_publication_of_all_files(), target, symlinks=True)
    return target


def edit(root: Path) -> None:
    """Change what French viewers read, and take Arabic out."""
    (root / "subtitles/fr.srt").write_text(EDITED, "utf-8")
    (root / "subtitles/ar.srt").unlink()


def make_all_but_publish(root: Path) -> dict[str, bytes]:
    """Edit, and let the next build find every piece made and nothing of it on line; gives what it will put there."""
    before = root.parent / "before"
    shutil.copytree(root / "output", before)
    edit(root)
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    after = snapshot(root / "output")
    for made in (root / "output", root / ".babelreel/earlier"):
        shutil.rmtree(made)
    before.rename(root / "output")
    return after


def manifest_faults(output: Path) -> list[str]:
    """Say which listed files are not as the manifest says; nothing where there is no manifest."""
    try:
        text = (output / "manifest.json").read_bytes()
    except FileNotFoundError:
        return []
    return _faults(output, text)


def _faults(output: Path, text: bytes) -> list[str]:
    try:
        listed = {file["path"]: file["sha256"] for file in json.loads(text)["files"]}
    except (ValueError, KeyError) as error:
        return [f"manifest.json: {error}"]
    return [path for path, digest in listed.items() if _digest(output / path) != digest]


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@contextmanager
def watched_publication(output: Path) -> Iterator[list[str]]:
    """Look at what is published all the time, as a reader would; gives what was ever wrong.

    A file is wrong if the manifest that lists it was there before and after it was looked at.
    """
    wrong: list[str] = []
    is_over = threading.Event()

    def look() -> None:
        while not is_over.wait(0.03):
            before = _sight(output / "manifest.json")
            faults = _faults(output, before[0]) if before else []
            if faults and _sight(output / "manifest.json") == before:
                wrong.extend(faults)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield wrong
    finally:
        is_over.set()
        watcher.join()


def _sight(path: Path) -> tuple[bytes, int, int] | None:
    """Give a file's content, and what tells it from another one of its name."""
    try:
        with path.open("rb") as file:
            content = file.read()
        stat = path.stat()
    except OSError:
        return None
    return content, stat.st_ino, stat.st_mtime_ns

"""Is a language that nobody approved yet marked as a draft wherever it is seen, and not any more once it is?"""

from __future__ import annotations

import subprocess
from pathlib import Path

from support.films import ffmpeg_of_tests
from support.projects import babelreel, make_project

AR = "1\n00:00:00,600 --> 00:00:02,000\nلديك حقوق.\n"
FR = "1\n00:00:00,600 --> 00:00:02,000\nTes droits.\n"
SIZES = "[delivery]\nleaflets = false\nstreams = false\n[renditions.web-1080p]\nenabled = false\n"
PLAIN = f'reference = "fr"\n{SIZES}[renditions.phone-360p]\nenabled = false\n'
MARKED = f"{PLAIN}[publish]\nmark = true\n"


def seen(film: Path, seconds: str, part: str) -> bytes:
    """Give a part of the picture at a time, as grey pixels."""
    done = subprocess.run(
        [
            *(str(ffmpeg_of_tests().path), "-v", "error", "-ss", seconds, "-i", str(film), "-frames:v", "1"),
            *("-vf", f"crop={part},format=gray", "-f", "rawvideo", "-"),
        ],
        capture_output=True,
        check=True,
    )
    return done.stdout


def differing(one: bytes, other: bytes) -> int:
    return sum(abs(each - before) > 60 for each, before in zip(one, other, strict=True))


def films(root: Path) -> dict[str, tuple[bytes, ...]]:
    """Give what is seen above of each film, where no text is shown and where one is, and below, where one is."""
    return {
        path.name: (
            *(seen(path, at, "iw/2:ih/5:iw/4:0") for at in ("0.2", "1.2")),
            seen(path, "1.2", "iw/2:ih/4:iw/4:ih*3/4"),
        )
        for path in (root / "output").rglob("*.mp4")
    }


def test_a_draft_is_marked_in_picture_and_page_and_an_approved_language_is_as_if_nobody_asked(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": FR, "ar.srt": AR}, settings=PLAIN)
    assert babelreel(root, "build").code == 0
    plain = films(root)
    assert {name.split(".")[1] for name in plain} == {"fr", "ar"}

    (root / "babelreel.toml").write_text(MARKED, "utf-8")
    assert babelreel(root, "approve", "fr", "--by", "Amina").code == 0
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    made = films(root)
    assert made.keys() == plain.keys()
    for name, parts in made.items():
        changed = [differing(part, before) for part, before in zip(parts, plain[name], strict=True)]
        if ".fr." in name:
            assert changed == [0, 0, 0], "French is approved, and as it was"
        else:
            assert min(changed[:2]) > 40, f"{name} bears its mark, with its text and where there is none"
            assert changed[2] < 20, f"{name} has its text as before, or none"
    assert "DRAFT: film" in (root / "output/ar/index.html").read_text("utf-8")
    assert "DRAFT" not in (root / "output/fr/index.html").read_text("utf-8")

    assert babelreel(root, "approve", "ar", "--by", "Amina").code == 0
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    made_again = [line.split("] ")[1] for line in result.err.splitlines() if line.startswith("[")]
    assert made_again, "joined films are kept where they are published, and are joined again"
    assert all(name.startswith("file ") for name in made_again), "their pieces were made before anybody asked for marks"
    assert not [path for path in (root / "output").rglob("*.html") if "DRAFT" in path.read_text("utf-8")]

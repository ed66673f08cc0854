"""Does anything of what a film's maker, phone or broadcaster wrote into it reach what is published?"""

from __future__ import annotations

from pathlib import Path

from support.captions import make_captioned
from support.films import run_maker
from support.projects import babelreel, make_project

#: Where it was filmed, by whom, with what and when; the way of Apple's phones, and that of all others.
WRITTEN = {
    "title": "SECRET title",
    "comment": "SECRET comment",
    "artist": "SECRET person",
    "location": "+50.8503+004.3517/",
    "com.apple.quicktime.location.ISO6709": "+50.8503+004.3517+020/",
    "com.apple.quicktime.model": "SECRET phone",
    "com.apple.quicktime.creationdate": "2024-05-06T07:08:09+0200",
    "creation_time": "2024-05-06T05:08:09Z",
}
#: What of it can be found in bytes; the last is how captions begin.
TRACES = (b"SECRET", b"+50.8503", b"2024-05-06", b"GA94")
CHAPTERS = ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\ntitle=SECRET chapter\n"


def make_talkative(path: Path) -> Path:
    """Make a film that tells all of it."""
    captioned, chapters = make_captioned(path.with_name("captioned.mp4")), path.with_name("chapters.txt")
    chapters.write_text(CHAPTERS)
    words = [word for name, value in WRITTEN.items() for word in ("-metadata", f"{name}={value}")]
    words += ["-metadata:s:v", "handler_name=SECRET handler", "-metadata:s:a", "title=SECRET sound"]
    words += ["-timecode", "01:02:03:04", "-movflags", "use_metadata_tags"]
    # kept by no player, but in every frame of some cameras and conferences
    words += ["-bsf:v", "h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+SECRET"]
    sound = ("-f", "lavfi", "-i", "sine=duration=1")
    inputs = ("-i", str(captioned), *sound, "-f", "ffmetadata", "-i", str(chapters))
    run_maker(*inputs, "-map", "0:v", "-map", "1:a", "-map_chapters", "2", "-c:v", "copy", *words, str(path))
    return path


def test_nothing_that_the_film_tells_of_its_maker_is_published(tmp_path: Path) -> None:
    film = make_talkative(tmp_path / "film.mov")
    assert all(trace in film.read_bytes() for trace in TRACES)
    settings = '[delivery]\nleaflets = false\narchive = ["mkv", "mp4"]\n'
    track = "1\n00:00:00,100 --> 00:00:00,960\nTes droits.\n"
    root = make_project(tmp_path / "project", {"fr.srt": track}, film=film, settings=settings)

    done = babelreel(root, "build")

    assert done.code == 0, done.err
    published = [path for path in (root / "output").rglob("*") if path.is_file()]
    assert {".mp4", ".mkv", ".m4s", ".jpg", ".html"} <= {path.suffix for path in published}
    told = [(path.name, trace) for path in published for trace in TRACES if trace in path.read_bytes()]
    assert told == []

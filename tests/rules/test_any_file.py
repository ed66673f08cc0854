"""Do the readers and the rules about bytes and form keep their promises for any file?"""

from __future__ import annotations

import random
import sys
from types import FrameType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.timedtext.read import read_track
from support.damaged import PIECES, SEEDS, damage, damaged_bytes
from support.reader_laws import LANGUAGES, check_file, check_findings, check_fixes, find

#: Each was once, or could be, looked at again and again: from every place in it, or for every cue.
UNITS = (
    *("<", "<i>", "</c>", "<v>", "<1:", "&", "&a", "{", "{\\", "\\N", "-", "-> ", "1:", "0:0-->0:0 ", "a:b ", "X1:1 "),
    *("00:00:01,000 ", " ", "\t", "\u200f", "Ã©", "Ã", "é\u00a0»", "\ufffd", "\x01a", "\0a", "x"),
    *(
        "Ã©\n",
        "\x01\n",
        "a\n\n",
        "1\n",
        "-->\n",
        "0:0-->0:1\n\n",
        "NOTE\n-->\n\n",
        "[x]\n",
        "Style: a\n",
        "x:y\n",
        "\r",
    ),
)

#: Within a text, within a time and within what stands before it.
PLACES = {"a.srt": ("have", "00:03", "0:00:03"), "a.vtt": ("have", "00:03"), "a.ass": ("have", "0:00:03")}

TAGS = st.sampled_from(sorted(LANGUAGES))


@pytest.mark.parametrize("path", SEEDS)
@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=200), tag=TAGS)
@example(data=b"\0\x01 \0", tag="ar")  # without the control character it would be read as UTF-16
@example(data=b"\xff\xfe\x01\0\0\0\xff\xfeA\0", tag="fr")  # and this as UTF-32
@example(data=b" \0\x01\x006\x06-\x06$\x06J\x063\x06$\x06", tag="ps")  # this no more as UTF-16
@example(data=b"\xef\xbb\xbf\xef\xbb\xbfa", tag="vi")  # a mark behind the mark is none until that one is gone
@example(data=b"\x01\xe9\x02\x02A ", tag="de")  # and this in the code page of another system
def test_any_bytes(path: str, data: bytes, tag: str) -> None:
    check_file(data, path=path, tag=tag)


@pytest.mark.parametrize("path", SEEDS)
@settings(deadline=None, max_examples=100)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40), tag=TAGS)
@example(pieces=["\ufeff", "\x00"], tag="ar")  # saved without the mark it would be read as UTF-16
def test_any_pieces(path: str, pieces: list[str], tag: str) -> None:
    check_file("".join(pieces).encode(), path=path, tag=tag)
    check_fixes("".join(pieces), path=path, tag=tag)


@pytest.mark.parametrize("path", SEEDS)
@settings(deadline=None, max_examples=100)
@given(seed=st.integers(0, 2**32), tag=TAGS)
def test_any_damage(path: str, seed: int, tag: str) -> None:
    chance = random.Random(seed)  # noqa: S311 - damage, not a secret
    text = damage(SEEDS[path], chance)
    check_file(damaged_bytes(text, chance), path=path, tag=tag)
    check_fixes(text, path=path, tag=tag)


def calls_made(text: str, path: str) -> int:
    """Count the calls of functions while a file is read and checked: work, which a busy machine does not change."""
    count = 0

    def note(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(note)
    try:
        check_only(text, path)
    finally:
        sys.setprofile(None)
    return count


def check_only(text: str, path: str) -> None:
    find(read_track(text.encode(), language=find_language("fr"), path=path), "fr")


@pytest.mark.parametrize("path", ["a.srt", "a.vtt", "a.ass"])
@pytest.mark.parametrize("unit", UNITS)
def test_four_times_as_much_is_at_most_about_four_times_the_work(unit: str, path: str) -> None:
    check_only(SEEDS[path] + unit, path)  # what is loaded and compiled once
    small, large = (calls_made(SEEDS[path] + unit * count, path) for count in (200, 800))
    assert large < 4.5 * small + 1000


@pytest.mark.timeout(60)  # it takes some seconds
@pytest.mark.parametrize(("path", "place"), [(path, place) for path in PLACES for place in PLACES[path]])
@pytest.mark.parametrize("unit", UNITS)
def test_long_lines_come_to_an_end(unit: str, path: str, place: str) -> None:
    """Patterns make no calls: one that looks back from every place would take an hour here."""
    before, found, after = SEEDS[path].partition(place)
    text = before + found + unit * (60_000 // len(unit)) + after
    track = read_track(text.encode(), language=find_language("fr"), path=path)
    assert track.source.text
    check_findings(track, "fr")

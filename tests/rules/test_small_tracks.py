"""Does every rule hold for tracks of no cue, one or two, with all that a project can know?"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.checking import check_scene
from support.subjects import Scene, Sounds, make_dub, make_known_film, make_sound, make_subject

#: An empty file, a Word document that was renamed, a text without times, cues of nothing, of no time and backwards.
CONTENTS = {
    "nothing": b"",
    "document": b"PK\x03\x04\x14\x00\x06\x00\x08\x00word/document.xml",
    "prose": b"Tu as des droits.\n",
    "one": b"1\n00:00:01,000 --> 00:00:03,000\nTu as des droits.\n",
    "empty cue": b"1\n00:00:01,000 --> 00:00:03,000\n\n",
    "no time": b"1\n00:00:01,000 --> 00:00:01,000\nTu as des droits.\n",
    "backwards": b"1\n00:00:03,000 --> 00:00:01,000\nTu as des droits.\n",
    "two": (
        b"1\n00:00:01,000 --> 00:00:03,000\nTu as des droits.\n\n"
        b"2\n00:00:02,000 --> 00:00:05,000\nAppelle le 116 000.\n"
    ),
}

REFERENCE = "1\n00:00:01,000 --> 00:00:03,000\nYou have rights.\n\n2\n00:00:04,000 --> 00:00:05,000\nCall 116 000.\n"


def scene_of(content: bytes, reference: str, shots: tuple[int, ...], speech: tuple[tuple[int, int], ...]) -> Scene:
    """Put a track beside everything that rules can ask for."""
    whole = make_sound("video/stems/fr.flac", 10_000, speech=speech)
    subject = make_subject(
        content,
        "fr",
        film=make_known_film(10_000, shots=shots, speech=speech),
        reference=reference,
        names=("Child Focus",),
    )
    languages = (subject.language, subject.language_of("en"), subject.language_of("nl"))
    sounds: Sounds = {
        "dub": make_dub({"01.wav": 1500, "02.wav": 2000}, language="fr", whole=whole),
        "music": make_sound("video/stems/me.flac", 10_000),
        "mixed": (),
    }
    return Scene(subject=replace(subject, languages=languages), sounds=sounds)


def test_the_scene_of_this_test_lacks_nothing() -> None:
    assert check_scene(scene_of(CONTENTS["two"], REFERENCE, (0, 50), ((900, 3000),))).not_checked == ()


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("reference", ["", REFERENCE], ids=["empty reference", "reference"])
def test_no_rule_needs_a_cue(content: bytes, reference: str) -> None:
    for shots, speech in product(((), (0,), (0, 25, 50)), ((), ((900, 3000), (4000, 5000)))):
        check_scene(scene_of(content, reference, shots, speech))


def test_a_track_without_a_cue_is_a_finding_of_that_file() -> None:
    found = check_scene(scene_of(b"", REFERENCE, (0, 25), ((900, 3000),))).findings
    assert "empty-track" in [finding.name for finding in found]
    assert {finding.location.path for finding in found if finding.name == "empty-track"} == {"subtitles/fr.srt"}


_TIMES = st.integers(0, 12_000)


@settings(deadline=None, max_examples=60)
@given(
    cues=st.lists(st.tuples(_TIMES, _TIMES, st.sampled_from(["", "Oui.", "Tu as 12 ans ?", "♪", "a\nb"])), max_size=2),
    shots=st.sets(st.integers(0, 300), max_size=3),
    cues_of_reference=st.integers(0, 2),
)
def test_no_rule_stops_at_a_few_cues_wherever_they_lie(
    cues: list[tuple[int, int, str]], shots: set[int], cues_of_reference: int
) -> None:
    content = "\n".join(
        f"{number}\n{_clock(a)} --> {_clock(b)}\n{text}\n" for number, (a, b, text) in enumerate(cues, 1)
    )
    reference = "\n\n".join(REFERENCE.split("\n\n")[:cues_of_reference])
    check_scene(scene_of(content.encode(), reference, tuple(sorted(shots)), ((900, 3000),)))


def _clock(ms: int) -> str:
    return f"00:00:{ms // 1000:02},{ms % 1000:03}"

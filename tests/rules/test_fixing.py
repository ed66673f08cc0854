from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.finding import Edit, Fix, Severity
from babelreel.model.track import Track
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import apply_edits, replacing, retiming
from babelreel.rules.base.rule import Rule, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import CheckResult, check_track
from babelreel.rules.fixing import Repaired, repair
from babelreel.timedtext.read import read_track

TEXT = """\
1
00:00:01,000 --> 00:00:03,000
You  have   rights.

2
00:00:03,000 --> 00:00:05,000
A <i>doctor  is</i> free.
"""


@track_rule(code="ZZZ001", name="two-spaces", severity=Severity.WARNING)
def two_spaces(subject: TrackSubject) -> Iterator[Breach]:
    """Two spaces stand where one is enough; of three the fix takes one."""
    for passage, _ in subject.search(re.compile("  ")):
        yield Breach(message="two spaces", passage=passage, fix=replacing(subject.track, passage, " "))


@track_rule(code="ZZZ002", name="no-gap", severity=Severity.WARNING)
def no_gap(subject: TrackSubject) -> Iterator[Breach]:
    """A cue ends when the next one starts."""
    for cue in subject.track.cues:
        if any(other.span.start_ms == cue.span.end_ms for other in subject.track.cues):
            fix = retiming(subject.track, cue, end_ms=cue.span.end_ms - 80, is_safe=False)
            yield Breach(message="no gap", cue=cue, fix=fix)


@track_rule(code="ZZZ003", name="restless", severity=Severity.WARNING)
def restless(subject: TrackSubject) -> Iterator[Breach]:
    """A full stop becomes an exclamation mark and back again."""
    for passage, match in subject.search(re.compile("[.!]$", re.MULTILINE)):
        other = "!" if match[0] == "." else "."
        yield Breach(message="the other one", passage=passage, fix=replacing(subject.track, passage, other))


@track_rule(code="ZZZ004", name="harmful", severity=Severity.WARNING)
def harmful(subject: TrackSubject) -> Iterator[Breach]:
    """The second cue is put before the first one."""
    for cue in subject.track.cues[1:]:
        spot = cue.start_spot
        fix = Fix(edits=(Edit(start=spot.start, end=spot.end, text="00:00:00,000"),))
        yield Breach(message="earlier", cue=cue, fix=fix)


def repaired(
    data: str | bytes, *rules: Rule, with_unsafe: bool = False, path: str = "subtitles/en.srt", language: str = "en"
) -> Repaired:
    raw = data if isinstance(data, bytes) else data.encode()

    def check(track: Track) -> CheckResult:
        own = next(each for each in builtin_languages() if each.tag == language)
        return check_track(TrackSubject(track=track, language=own, profile=find_language(language).limits), rules)

    return repair(
        raw,
        check,
        read_track(raw, language=find_language(language), path=path),
        language=find_language(language),
        with_unsafe=with_unsafe,
    )


def test_fixes_run_until_nothing_changes_and_touch_nothing_else() -> None:
    done = repaired(TEXT, two_spaces)
    expected = TEXT.replace("You  have   rights", "You have rights").replace("doctor  is", "doctor is")
    assert done.data.decode() == expected
    assert [each.code for each in done.repaired] == ["ZZZ001"] * 4
    assert done.result.findings == ()


def test_a_second_run_changes_nothing() -> None:
    once = repaired(TEXT, two_spaces).data
    again = repaired(once, two_spaces)
    assert (again.data, again.repaired) == (once, ())


def test_an_unsafe_fix_is_made_only_when_asked_for() -> None:
    assert repaired(TEXT, no_gap).data.decode() == TEXT
    done = repaired(TEXT, no_gap, with_unsafe=True)
    assert done.data.decode() == TEXT.replace("--> 00:00:03,000", "--> 00:00:02,920")


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    done = repaired(TEXT, restless)
    assert done.data.decode() in {TEXT, TEXT.replace(".\n", "!\n")}


def test_a_fix_that_moves_a_cue_past_its_neighbour_is_not_made_but_the_others_are() -> None:
    done = repaired(TEXT, harmful, two_spaces)
    assert "00:00:00,000" not in done.data.decode()
    assert "You have rights." in done.data.decode()


@pytest.mark.parametrize(
    ("codec", "mark"), [("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_fix_keeps_the_encoding_the_byte_order_mark_and_the_line_ends(codec: str, mark: bytes, end: str) -> None:
    text = TEXT.replace("\n", end)
    done = repaired(mark + text.encode(codec), two_spaces)
    expected = text.replace("You  have   rights", "You have rights").replace("doctor  is", "doctor is")
    assert done.data == mark + expected.encode(codec)


def test_a_fix_keeps_an_old_code_page() -> None:
    text = TEXT.replace("You  have   rights.", "Имаш  право на преводач.").replace("A <i>doctor  is</i> free.", "Да.")
    done = repaired(text.encode("cp1251"), two_spaces, path="subtitles/bg.srt", language="bg")
    assert done.data == text.replace("Имаш  право", "Имаш право").encode("cp1251")


def test_a_file_with_lost_letters_is_left_alone() -> None:
    data = TEXT.encode().replace(b"free", b"fr\xff\xfe")
    assert repaired(data, two_spaces).data == data


def test_notes_styles_and_settings_of_a_webvtt_file_stay() -> None:
    text = """\
WEBVTT - a  title

STYLE
::cue {  color: white  }

NOTE two  spaces

intro
00:01.000 --> 00:03.000  line:0
You  have <b>two  rights</b> &amp;  more.
"""
    done = repaired(text, two_spaces, path="subtitles/en.vtt")
    expected = text.replace("You  have <b>two  rights</b> &amp;  more", "You have <b>two rights</b> &amp; more")
    assert done.data.decode() == expected


def test_edits_are_made_in_any_order() -> None:
    assert apply_edits("abcdef", [Edit(start=4, end=5, text=""), Edit(start=0, end=1, text="AA")]) == "AAbcdf"


PIECES = st.sampled_from([" ", "  ", "a", "é", "<i>", "</i>", "{\\an8}", "&amp;", "\n", ".", "م", "\u2067"])


@settings(deadline=None)
@given(st.lists(PIECES, max_size=20), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["srt", "vtt", "ass"]))
def test_repairing_any_text_is_idempotent_and_changes_spaces_only(pieces: list[str], end: str, form: str) -> None:
    body = "".join(pieces)
    heads = {
        "srt": f"1\n00:00:01,000 --> 00:00:03,000\n{body}\n",
        "vtt": f"WEBVTT\n\n00:01.000 --> 00:03.000\n{body}\n",
        "ass": "[Events]\nDialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,," + body.replace("\n", "\\N"),
    }
    text = heads[form].replace("\n", end)
    once = repaired(text, two_spaces, path=f"subtitles/en.{form}").data
    assert once.decode().replace(" ", "") == text.replace(" ", "")
    assert repaired(once, two_spaces, path=f"subtitles/en.{form}").data == once

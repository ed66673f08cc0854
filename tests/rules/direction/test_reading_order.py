from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.model.finding import Severity
from babelreel.rules.check import check_track
from support.checking import apply_fix, findings, fixed_in_turn, found
from support.places import SUBTITLES
from support.subjects import make_subject
from support.tracks import srt

SHIPPED = sorted(SUBTITLES.glob("*.srt"))
RIGHT_TO_LEFT = ("ar", "fa", "ps")


def shipped(tag: str) -> str:
    return next(path for path in SHIPPED if path.stem == tag).read_text(encoding="utf-8")


def turned_line_by_line(content: str) -> str:
    """Store the text as it looks: what stands in a file in visual order."""
    return "\n".join(line if line[:1].isascii() else line[::-1] for line in content.split("\n"))


# --- the shipped tracks -----------------------------------------------------------------------------------------------


def test_there_are_thirteen_shipped_tracks() -> None:
    assert len(SHIPPED) == 13


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_shipped_track_has_a_finding_that_should_be_looked_at(path: Path) -> None:
    result = check_track(make_subject(path.read_bytes(), path=f"subtitles/{path.name}"), select=["DIR", "GLY"])
    assert [each for each in result.findings if each.severity is not Severity.INFO] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_shipped_track_has_a_finding_once_its_safe_fixes_are_made(path: Path) -> None:
    name = f"subtitles/{path.name}"
    repaired = fixed_in_turn(path.read_text(encoding="utf-8"), path=name, select=("DIR", "GLY"))
    assert findings(repaired, path=name, select=("DIR", "GLY")) == ()


# --- visual order -----------------------------------------------------------------------------------------------------


def test_a_track_in_visual_order_is_one_error_of_the_whole_file() -> None:
    text = srt(".اكيجلب يف نآلا تنأ", "ةعبارلا ةسردملا ىلإ بهذت نأ كنكمي", "ةيناجم ةدعاسملا هذه")
    # three common words in reverse (يف تنأ نأ), and five words that begin with ة or ى
    assert found(text, "ar", select="DIR") == ["0:0 error DIR001 8 of 8 words"]


@pytest.mark.parametrize("tag", RIGHT_TO_LEFT)
def test_each_shipped_track_turned_line_by_line_is_an_error_that_is_never_repaired(tag: str) -> None:
    turned = turned_line_by_line(shipped(tag))
    (finding,) = findings(turned, path=f"subtitles/{tag}.srt", select=("DIR001",))
    assert finding.severity is Severity.ERROR
    assert finding.location.line == 0
    assert finding.fix is None


def test_the_consequences_of_visual_order_are_not_reported_beside_it() -> None:
    codes = {line.split()[2] for line in found(turned_line_by_line(shipped("ar")), "ar", select="DIR")}
    assert "DIR001" in codes
    assert not codes & {"DIR002", "DIR005"}


@pytest.mark.parametrize("tag", RIGHT_TO_LEFT)
def test_one_cue_in_visual_order_is_a_warning(tag: str) -> None:
    backward = {
        "ar": "ةسردملا ىلإ",
        "fa": "هک تسا نیا",
        "ps": "هپ ېچ ېک",
    }[tag]
    content = shipped(tag) + f"\n99\n00:01:28,000 --> 00:01:30,000\n{backward}\n"
    (line,) = found(content, tag, select=("DIR001",))
    assert line.split()[1:3] == ["warning", "DIR001"]


def test_one_word_alone_proves_nothing() -> None:
    assert found(srt("ةسردم", "يمكنك أن تذهب إلى المدرسة."), "ar", select="DIR") == []


def test_a_cue_with_words_in_both_orders_is_left_alone() -> None:
    assert found(srt("ةسردم ىلإ المدرسة", "يمكنك أن تذهب إلى المدرسة."), "ar", select="DIR") == []


def test_a_track_that_only_says_no_is_in_order() -> None:
    assert found(srt("لا. لا. لا.", "لا! إلا.", "لا، أهلا وسهلا."), "ar", select="DIR") == []


def test_vowelled_text_is_in_order() -> None:
    assert found(srt("مَرْحَبًا. أَنْتَ الآنَ فِي بَلْجِيكَا.", "المُحَامِي مَجَّانِيٌّ."), "ar", select="DIR") == []


def test_a_vowel_sign_that_begins_a_word_shows_visual_order() -> None:
    assert found(srt("ًابحرم َتنأ", "ُلوق", "ٌباتك ٌديج"), "ar", select="DIR") == ["0:0 error DIR001 5 of 5 words"]


def test_final_forms_at_the_beginning_of_words_show_visual_order() -> None:
    # written out as a PDF holds it: final alef, medial beh ... initial meem
    words = "ﺎﺒﺣﺮﻣ ﻪﻟ ﻢﻜﻟ ﺎﻧ"
    assert found(srt(words), "ar", select="DIR") == ["0:0 error DIR001 4 of 4 words"]
    assert found(srt(words[::-1]), "ar", select="DIR") == []


def test_other_languages_are_not_looked_at() -> None:
    assert found(srt("Stop. .ereh tratS", ".Stop (a"), "en", select="DIR") == []


# --- punctuation at the wrong end -------------------------------------------------------------------------------------


def test_a_full_stop_before_the_first_word_is_at_the_wrong_end() -> None:
    text = srt(".المترجم مجاني", "المحامي مجاني.", "هل أنت مريض\n؟أو حزين")
    assert found(text, "ar", select="DIR") == ["3:1 warning DIR002", "12:1 warning DIR002"]


@pytest.mark.parametrize(
    ("line", "repaired"),
    [
        (".المترجم مجاني", "المترجم مجاني."),
        ("؟ هل أنت مريض", "هل أنت مريض؟"),
        ("- !اطلب مترجمًا", "- اطلب مترجمًا!"),
        ("؟!112 ", "112؟! "),
    ],
)
def test_the_mark_is_put_behind_the_last_word_only_when_asked_for(line: str, repaired: str) -> None:
    (finding,) = findings(srt(line), path="subtitles/ar.srt", select=("DIR",))
    assert finding.fix is not None
    assert not finding.fix.is_safe
    assert apply_fix(srt(line), finding) == srt(repaired)
    assert found(srt(repaired), "ar", select="DIR") == []


@pytest.mark.parametrize(
    "text",
    [
        ".المترجم مجاني.",  # a second one ends the line already
        ".المترجم \u2067مجاني\u2069",  # behind which control does it belong?
        "المترجم\n، مجاني",  # it may belong to the first line
        ".<i>المترجم</i> مجاني",  # markup stands in between
    ],
)
def test_nothing_is_moved_where_the_right_place_is_not_known(text: str) -> None:
    seen = findings(srt(text), path="subtitles/ar.srt", select=("DIR002",))
    assert seen
    assert {each.fix for each in seen} == {None}


def test_three_dots_continue_a_sentence_unless_other_marks_stand_at_the_wrong_end() -> None:
    assert found(srt("يمكنك أن تسأل…", "…وأن تنتظر", "...ثم تجيب"), "ar", select="DIR") == []
    assert found(srt("…وأن تنتظر", ".ثم تجيب"), "ar", select="DIR") == ["3:1 warning DIR002", "7:1 warning DIR002"]


@pytest.mark.parametrize("line", ["- مرحبا.", ".5 كيلو", "«مرحبا»", "(مرحبا)", "", "♪ موسيقى ♪", ".be موقع"])
def test_what_may_begin_a_line_is_left_alone(line: str) -> None:
    assert found(srt(line or "مرحبا"), "ar", select=("DIR002",)) == []


# --- brackets ---------------------------------------------------------------------------------------------------------


def test_brackets_that_close_before_they_open_are_mirrored() -> None:
    assert found(srt(")مجاني(", "هذا »مهم« جدا"), "ar", select="DIR") == ["3:1 warning DIR005", "7:5 warning DIR005"]


def test_all_brackets_of_the_cue_are_mirrored_when_asked_for() -> None:
    content = srt("هذا )مهم( جدا\nوهذا ]أيضا[")
    assert fixed_in_turn(content, path="subtitles/ar.srt", select=("DIR",)) == content
    repaired = fixed_in_turn(content, path="subtitles/ar.srt", select=("DIR",), with_unsafe=True)
    assert repaired == srt("هذا (مهم) جدا\nوهذا [أيضا]")


@pytest.mark.parametrize("line", ["(أ) و (ب)", "1) أولا 2) ثانيا", "سعيد :) (جدا)", "«سلام»", "(أ [ب] ج)"])
def test_brackets_that_pair_or_cannot_be_judged_are_left_alone(line: str) -> None:
    assert found(srt(line), "ar", select="DIR") == []


# --- a Latin word first -----------------------------------------------------------------------------------------------


def test_a_line_that_begins_with_a_latin_word_may_be_shown_from_the_left() -> None:
    assert found(srt("- Child Focus تجيبك."), "ar", select="DIR") == ["3:3 info DIR006"]


def test_a_mark_makes_the_line_run_from_the_right() -> None:
    content = srt("- Child Focus تجيبك.")
    assert fixed_in_turn(content, path="subtitles/ar.srt", select=("DIR",)) == srt("\u200f- Child Focus تجيبك.")


@pytest.mark.parametrize(
    "line",
    [
        "\u200fChild Focus تجيبك",
        "\u2067Child Focus تجيبك\u2069",
        "\u202bChild Focus تجيبك\u202c",
        "\u2066Child Focus\u2069 تجيبك",
        "112 Child Focus",
        "Child Focus",
        "112 مجانًا",
        "اتصل Child Focus",
    ],
)
def test_a_line_whose_direction_is_clear_is_left_alone(line: str) -> None:
    assert found(srt(line), "ar", select="DIR") == []


@pytest.mark.parametrize(
    "text",
    [".\u2067المحامي مجاني\u2069", ".\u202bالمحامي مجاني\u202c", ".\u200fالمحامي مجاني", "!\u200f\u2067المحامي\u2069"],
    ids=ascii,
)
def test_a_mark_before_a_control_and_a_word_is_at_the_wrong_end(text: str) -> None:
    assert found(srt(text), "ar", select="DIR002") == ["3:1 warning DIR002"]


def test_a_mark_before_a_mark_of_direction_is_put_behind_the_last_word() -> None:
    (finding,) = findings(srt(".\u200fالمحامي مجاني"), "ar", select="DIR002")
    assert apply_fix(srt(".\u200fالمحامي مجاني"), finding) == srt("\u200fالمحامي مجاني.")


def test_an_enumeration_is_not_turned_round() -> None:
    assert [each.code for each in findings(srt("الأعداد الفردية 1 3 5"), "ar") if each.fix] == []


def test_a_dash_behind_the_sentence_of_a_speaker_is_found() -> None:
    assert found(srt("هل أنت وحدك؟ -\nنعم، دائمًا.-"), "ar", select="DIR011") == [
        "3:14 warning DIR011",
        "4:13 warning DIR011",
    ]


def test_a_dash_in_its_place_and_one_that_interrupts_are_passed_by() -> None:
    assert found(srt("- هل أنت وحدك؟\n- نعم، دائمًا."), "ar", select="DIR011") == []
    assert found(srt("أنا أريد أن -\n- لا!"), "ar", select="DIR011") == []
    assert found(srt("Are you alone? -"), "en", select="DIR011") == []

"""Is no fix offered, or made, that would harm what it touches?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.model.finding import Edit, Finding, Fix, Severity
from babelreel.model.reading_limits import Profile
from babelreel.model.track import Track
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.edits import apply_edits
from babelreel.rules.base.rule import Purpose, Rule, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import CheckResult, check_track
from babelreel.rules.file.encoding import control_character, nul_character
from babelreel.rules.fixing import check_fixes, repair
from babelreel.rules.registry import RULES
from babelreel.timedtext.read import read_track
from support.checking import findings
from support.places import SUBTITLES
from support.subjects import make_subject
from support.tracks import srt

_SHIPPED = {path.stem: path.read_text("utf-8") for path in sorted(SUBTITLES.glob("*.srt"))}


def rewriting(old: str, new: str, *, purpose: Purpose = Purpose.NONE) -> Rule:
    """Make a rule whose fix writes something else for what matches a pattern."""

    @track_rule(code="ZZZ001", name="rewriting", severity=Severity.WARNING, purpose=purpose)
    def rule(subject: TrackSubject) -> Iterator[Breach]:
        """Something else belongs here."""
        for passage, match in subject.search(re.compile(old)):
            edit = Edit(start=passage.spot.start, end=passage.spot.end, text=match.expand(new))
            yield Breach(message="this", passage=passage, fix=Fix(edits=(edit,)))

    return rule


def offers(text: str, rule: Rule, tag: str = "en") -> list[bool]:
    """Tell of each finding of a rule whether it has a fix, while all other rules look on."""
    result = check_track(make_subject(srt(text), tag), (*RULES, rule))
    return [each.fix is not None for each in result.findings if each.code == "ZZZ001"]


# --- letters and digits -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"), [(" free", ""), ("free", "open"), ("112", "12"), ("free", "erfe"), ("112", "1 2")]
)
def test_a_fix_that_takes_a_letter_or_a_digit_is_not_offered(old: str, new: str) -> None:
    assert offers("Call 112, it is free.", rewriting(old, new)) == [False]


def test_a_fix_may_write_other_letters_where_that_is_its_purpose() -> None:
    assert offers("It is frее.", rewriting("ее", "ee", purpose=Purpose.LETTERS)) == [True]


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("It  is free.", "  ", " "),
        ("It is free!!", "!!", "!"),
        ("Café e\u0301t thé.", "e\u0301", "é"),  # another form of the same letter
        ("It is free", "$", "."),
    ],
)
def test_spaces_marks_and_other_forms_of_a_letter_may_change(text: str, old: str, new: str) -> None:
    assert offers(text, rewriting(old, new)) == [True]


def test_a_line_that_fills_with_tatweel_may_lose_it() -> None:
    assert offers("مجـــاني", rewriting("ـ+", ""), "ar") == [True]


# --- order ------------------------------------------------------------------------------------------------------------


def test_a_fix_that_turns_a_number_round_is_not_offered() -> None:
    assert get_display("اتصل 116\u00a0000", base_dir="R") != get_display("اتصل 116 000", base_dir="R").replace(
        " ", "\u00a0"
    )
    assert offers("اتصل 116\u00a0000", rewriting("\u00a0", " "), "ar") == [False]
    assert offers("اتصل 116\u00a0000", rewriting("\u00a0", " ", purpose=Purpose.ORDER), "ar") == [True]


def test_a_fix_that_moves_a_mark_to_the_other_side_is_not_offered() -> None:
    assert offers("قال Hello!\u200e ثم", rewriting("\u200e", ""), "ar") == [False]


def test_a_fix_that_is_seen_in_the_same_order_is_offered() -> None:
    assert offers("قال  Hello!", rewriting("  ", " "), "ar") == [True]
    assert offers("He said  مرحبا (1).", rewriting("  ", " ")) == [True]


# --- cues in doubt ----------------------------------------------------------------------------------------------------


def test_no_fix_touches_a_cue_of_wrong_letters() -> None:
    content = srt("Ã\u00a0 table, c'est  prÃªt.", "C'est  gratuit.", "Tu as des droits.")
    by_cue = {each.location.cue: each for each in findings(content, "fr") if each.code == "SPC001"}
    assert 2 in by_cue
    assert by_cue[2].fix
    assert all(each.fix is None for each in findings(content, "fr") if each.location.cue == 1 and each.code != "ENC005")


def test_the_half_of_a_letter_that_is_a_space_is_not_taken_for_one() -> None:
    content = srt("Il y avait Ã\u00a0  dragons .", "C'est gratuit.", "Tu as des droits.")
    assert [each.code for each in findings(content, "fr") if each.location.cue == 1 and each.fix] == ["ENC005"]


def test_a_persian_text_named_arabic_keeps_its_letters() -> None:
    content = srt(
        "سلام، من یک وکیل رایگان هستم و برای تو اینجا هستم",
        "می‌توانی هر چیزی بپرسی، ما به تو کمک می‌کنیم",
        "چگونه می‌توانم به مدرسه بروم؟ پرسش خوبی است",
    )
    found = findings(content, "ar")
    assert "LNG001" in {each.code for each in found}
    assert [each.code for each in found if each.fix] == []


IN_THREE_FORMATS = {
    "srt": "1\n00:00:01,000 --> 00:00:06,000\n{0}\n\n2\n00:00:05,980 --> 00:00:10,000\n{1}\n",
    "vtt": "WEBVTT\n\n00:01.000 --> 00:06.000\n{0}\n\n00:05.980 --> 00:10.000\n{1}\n",
    "ass": "[Events]\nDialogue: 0,0:00:01.00,0:00:06.00,Default,,0,0,0,,{0}\n"
    "Dialogue: 0,0:00:05.98,0:00:10.00,Default,,0,0,0,,{1}\n",
}


@pytest.mark.parametrize("ending", IN_THREE_FORMATS)
@pytest.mark.parametrize(
    ("first", "is_offered"),
    [
        ("Tu as des droits ici, comme tous.", True),
        ("LÃ\u00a0, câ€™est gratuit, prÃªt.", False),  # mojibake
        ("L'\ufffdcole est gratuite.", False),
        ("Toute ta famille\x0b peut venir.", False),
        ("Du hast das Recht auf einen Dolmetscher, und das ist für dich umsonst.", False),
    ],
)
def test_a_time_of_a_cue_in_doubt_is_not_repaired_even_when_rules_on_times_alone_are_asked(
    ending: str, first: str, *, is_offered: bool
) -> None:
    content = IN_THREE_FORMATS[ending].format(first, "Le médecin est gratuit pour toi.")
    languages = tuple(find_language(tag) for tag in ("fr", "de"))
    for select in (["TIM"], ["TIM003"], []):
        found = findings(content, "fr", path=f"subtitles/fr.{ending}", languages=languages, select=select)
        assert [each.fix is not None for each in found if each.code == "TIM003"] == [is_offered]


def test_no_time_is_repaired_in_a_file_in_another_language_when_rules_on_times_alone_are_asked() -> None:
    content = srt(
        (1000, 6000, "Je hebt recht op een advocaat, altijd en overal."),
        (5980, 11000, "De tolk vertaalt alles wat je zegt, en dat is gratis."),
        (12000, 16000, "Je mag vragen stellen, zoveel als je wilt."),
    )
    assert [each.fix is not None for each in findings(content, "nl", select="TIM003")] == [True]
    assert [each.fix is not None for each in findings(content, "de", select="TIM003")] == [False]


def test_who_makes_an_exception_of_the_doubt_is_offered_the_fixes() -> None:
    content = srt((1000, 6000, "L'\ufffdcole est gratuite."), (5980, 11000, "Le médecin est gratuit."))
    assert [each.fix is None for each in findings(content, "fr", select="TIM003")] == [True]
    subject = make_subject(content, "fr")
    ignored = check_track(subject, select=["TIM003"], ignore=["ENC006"]).findings
    assert [each.fix is None for each in ignored] == [False]


def test_a_lost_letter_keeps_fixes_from_its_own_cue_alone() -> None:
    content = srt("L'\ufffdcole  est gratuite.", "C'est  gratuit.", "Tu as des droits.")
    found = findings(content, "fr", select=["ENC", "SPC"])
    assert [(each.code, each.location.cue, each.fix is not None) for each in found] == [
        ("ENC006", 1, False),
        ("SPC001", 2, True),
    ]


def test_no_fix_touches_a_file_in_another_language() -> None:
    dutch = srt(
        "Je hebt  recht op een advocaat , altijd.",
        "De tolk  vertaalt alles wat je zegt , gratis.",
        "Je mag  vragen stellen !",
    )
    languages = tuple(find_language(tag) for tag in ("nl", "de"))
    found = findings(dutch, "de", languages=languages)
    assert "LNG001" in {each.code for each in found}
    assert [each.code for each in found if each.fix] == []


# --- findings of the reader and of the bytes say which cue they are about ---------------------------------------------


@pytest.mark.parametrize(
    ("code", "content", "cue"),
    [
        ("ENC006", "7\n00:00:01,000 --> 00:00:03,000\nfr\ufffde\n", 7),
        ("ENC008", "7\n00:00:01,000 --> 00:00:03,000\nfr\x0bee\n", 7),
        ("SYN002", "7\n00:00:01.000 --> 00:00:03,000\nfree\n", 7),
        ("SYN006", "7\n00:00:01,000 --> 00:00:03,000\nfree\n\nof charge\n", 7),
        ("SYN007", "stray\n\n7\n00:00:01,000 --> 00:00:03,000\nfree\n", None),
        ("ENC004", "\ufeff7\n00:00:01,000 --> 00:00:03,000\nfree\n", None),
    ],
)
def test_what_is_found_on_a_line_of_a_cue_names_it(code: str, content: str, cue: int | None) -> None:
    assert {each.location.cue for each in findings(content) if each.code == code} == {cue}


# --- nothing new ------------------------------------------------------------------------------------------------------


@track_rule(code="ZZZ002", name="no-question", severity=Severity.WARNING)
def no_question(subject: TrackSubject) -> Iterator[Breach]:
    """There is a question mark."""
    for passage, _ in subject.search(re.compile(r"\?")):
        yield Breach(message="a question", passage=passage)


def repaired_by(content: str, *rules: Rule, profile: Profile | None = None) -> tuple[str, CheckResult]:
    path, language = "subtitles/en.srt", find_language("en")
    track = read_track(content.encode(), language=language, path=path)

    def check(each: Track) -> CheckResult:
        return check_track(TrackSubject(track=each, language=language, profile=profile or language.limits), rules)

    done = repair(content.encode(), check, track, language=language, with_unsafe=True)
    return done.data.decode(), done.result


def test_a_fix_that_brings_a_warning_is_not_made_nor_offered_and_the_others_are() -> None:
    content = srt("It is free!", "It  is yours.", "It is free!")
    text, result = repaired_by(content, rewriting("!", "?"), no_question, rewriting_spaces())
    assert text == srt("It is free!", "It is yours.", "It is free!")
    assert [each.fix for each in result.findings] == [None, None]


def test_a_fix_that_will_be_refused_is_not_offered_by_a_check_that_changes_nothing() -> None:
    content = srt("It is free!", "It  is yours.", "It is free!").encode()
    language = find_language("en")
    track = read_track(content, language=language, path="subtitles/en.srt")
    rules = (rewriting("!", "?"), no_question, rewriting_spaces())
    subject = make_subject(content)

    def check(each: Track) -> CheckResult:
        return check_track(replace(subject, track=each), rules)

    def check_two(each: Track) -> CheckResult:
        return check_track(replace(subject, track=each), (rules[0], rules[2]))

    def offered(result: CheckResult) -> list[tuple[str, bool]]:
        return [(each.code, each.fix is not None) for each in result.findings]

    assert offered(check(track)) == [("ZZZ001", True), ("ZZZ003", True), ("ZZZ001", True)]
    told = check_fixes(content, check, track, language=language)
    assert offered(told) == [("ZZZ001", False), ("ZZZ003", True), ("ZZZ001", False)]
    # what was not asked for judges all the same
    told = check_fixes(content, check_two, track, language=language, judge=check)
    assert offered(told) == [("ZZZ001", False), ("ZZZ003", True), ("ZZZ001", False)]
    assert offered(check_fixes(content, check_two, track, language=language)) == offered(check_two(track))


def test_a_fix_is_offered_only_if_the_file_is_read_as_it_was_when_it_alone_is_made() -> None:
    """Without the control character every second byte is NUL, as in UTF-16: the NULs are to go first, or with it."""
    data = b"\0\x01 \0"
    language = find_language("en")
    track = read_track(data, language=language, path="subtitles/en.vtt")
    subject = replace(make_subject(data), track=track)

    def check(each: Track) -> CheckResult:
        return check_track(replace(subject, track=each), (control_character, nul_character))

    told = check_fixes(data, check, track, language=language).findings
    assert {each.code: each.fix is not None for each in told} == {"ENC008": False, "ENC009": True}
    assert repair(data, check, track, language=language, with_unsafe=False).data == b" "


@track_rule(code="ZZZ004", name="no-question-in-file", severity=Severity.WARNING)
def no_question_in_file(subject: TrackSubject) -> Iterator[Breach]:
    """There is a question mark, and it is told of the file."""
    if "?" in subject.track.source.text:
        yield Breach(message="a question")


def test_a_file_with_hundreds_of_fixes_to_refuse_is_checked_in_no_long_time() -> None:
    content = srt(*["It is free!"] * 300).encode()
    language = find_language("en")
    track = read_track(content, language=language, path="subtitles/en.srt")
    subject, looks = make_subject(content), 0

    def check(each: Track) -> CheckResult:
        nonlocal looks
        looks += 1
        return check_track(replace(subject, track=each), (rewriting("!", "?"), no_question_in_file))

    told = check_fixes(content, check, track, language=language)
    assert looks < 200
    assert all(each.fix is None for finding in told.findings for each in finding.each)


def rewriting_spaces() -> Rule:
    """Make a rule that leaves one space of two."""

    @track_rule(code="ZZZ003", name="double", severity=Severity.WARNING)
    def rule(subject: TrackSubject) -> Iterator[Breach]:
        """Two spaces."""
        for passage, _ in subject.search(re.compile("  ")):
            edit = Edit(start=passage.spot.start, end=passage.spot.end, text=" ")
            yield Breach(message="two spaces", passage=passage, fix=Fix(edits=(edit,)))

    return rule


def test_the_other_fixes_beside_a_harmful_one_are_made() -> None:
    content = srt("It  is free!", "It  is  free.", "It  is yours!")
    text, _ = repaired_by(content, rewriting("!", "?"), no_question, rewriting_spaces())
    assert text == srt("It is free!", "It is free.", "It is yours!")


def test_a_fix_is_made_that_leaves_a_cue_too_fast_for_children_which_was_too_fast_for_adults() -> None:
    text = "Nobody may  take away any of your letters."  # 41 characters in 2 seconds without a space, 42 with it
    content = srt((1000, 3000, text), (4000, 8000, "It is free."))
    limits = replace(find_language("en").limits, cps_adult=Fraction(41, 2), cps_child=Fraction(10), gap_frames=2)
    done, result = repaired_by(content, *RULES, profile=limits)
    before = findings(content, profile=limits)
    assert [each.code for each in before if each.code.startswith("RDG")] == ["RDG001"]
    assert "may take" in done
    assert "RDG002" in {each.code for each in result.findings}


# --- all rules on all that can be wrong -------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        *(
            " ",
            "  ",
            " ,",
            " !",
            "!!",
            "..",
            "...",
            "- ",
            "-",
            "\u00a0",
            "\n",
            "Ã©",
            "Ã\u00a0",
            "\ufffd",
            "\x1a",
            "&amp;",
        ),
        *(
            "<i>",
            "</b>",
            " 1 3 5 ",
            "116 000",
            "+32 2",
            "(a)",
            "\u200f",
            "\u202a",
            "\u2069",
            "«",
            "»",
            ",,",
            "<s> and </s>",
        ),
        *("а", "e\u0301", "ـ", "١٢", "１", "。 ", "x"),
    ]
)
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\\s]")
_ORDERED = {rule.code for rule in RULES if rule.purpose & (Purpose.ORDER | Purpose.BREAKS | Purpose.LETTERS)}
_READING = {rule.code for rule in RULES if Purpose.READING in rule.purpose}


def damaged_text(tag: str, place: int, damage: list[tuple[int, str]], ending: str) -> str:
    """Give a few cues of a shipped track, in a format, with pieces put into the second of them."""
    track = read_track(_SHIPPED[tag].encode(), language=find_language(tag), path=f"subtitles/{tag}.srt")
    texts = [cue.text for cue in (track.cues * 2)[place : place + 3]]
    for index, piece in damage:
        at = index % (len(texts[1]) + 1)
        texts[1] = texts[1][:at] + piece + texts[1][at:]
    if ending == "srt":
        return srt(*texts)
    if ending == "vtt":
        return "WEBVTT\n" + "".join(
            f"\n00:0{n}.000 --> 00:0{n + 2}.900\n{text}\n" for n, text in zip((1, 4, 7), texts, strict=True)
        )
    return "[Events]\n" + "".join(
        f"Dialogue: 0,0:00:0{n}.00,0:00:0{n + 2}.90,Default,,0,0,0,,{text}\n"
        for n, text in zip((1, 4, 7), (each.replace("\n", "\\N") for each in texts), strict=True)
    )


def letters(text: str) -> list[str]:
    return [each for each in text if each.isalnum() and each != "ـ"]


def seen(text: str, tag: str) -> list[str]:
    base = "R" if find_language(tag).is_rtl else "L"
    return ["".join(letters(_CONTROLS.sub("", get_display(line, base_dir=base)))) for line in text.split("\n")]


@settings(deadline=None, max_examples=120)
@given(
    st.sampled_from(sorted(_SHIPPED)),
    st.integers(0, 20),
    st.lists(st.tuples(st.integers(0, 80), _PIECES), max_size=3),
    st.sampled_from(["srt", "vtt", "ass"]),
)
def test_no_fix_of_any_rule_harms_any_cue(tag: str, place: int, damage: list[tuple[int, str]], ending: str) -> None:
    content, path = damaged_text(tag, place, damage, ending), f"subtitles/{tag}.{ending}"
    found = findings(content, tag, path=path)
    in_doubt: set[int | None] = {
        each.location.cue for each in found if each.code.startswith(("ENC", "LNG")) and each.location.cue
    }
    for finding in (each for each in found if each.fix and each.fix.edits):
        check_harmless(finding, content, tag, in_doubt, path)


def check_harmless(finding: Finding, content: str, tag: str, in_doubt: set[int | None], path: str) -> None:
    assert finding.fix
    language = find_language(tag)
    after = read_track(apply_edits(content, finding.fix.edits).encode(), language=language, path=path)
    before = read_track(content.encode(), language=language, path=path)
    if finding.code.startswith("ENC") or finding.code in _READING:
        return
    for old, new in zip(before.cues, after.cues, strict=True):
        assert old.number not in in_doubt or (old.span, old.lines) == (new.span, new.lines), finding
        if finding.code not in _ORDERED:
            assert letters(old.text) == letters(new.text) or "e\u0301" in old.text or "１" in old.text, finding
            assert seen(old.text, tag) == seen(new.text, tag) or letters(old.text) != letters(new.text), finding

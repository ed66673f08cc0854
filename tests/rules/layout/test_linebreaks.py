from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from support.checking import apply_fix, findings, fixed, found
from support.subjects import make_known_film
from support.tracks import srt


def shown(*lines: str, end: str = "\n") -> str:
    return end.join(("1", "00:00:10,000 --> 00:00:17,000", *lines, ""))


def codes(tag: str, *lines: str) -> list[str]:
    return [each.code for each in findings(shown(*lines), tag, select="LBR")]


# --- what is torn -----------------------------------------------------------------------------------------------------


def test_an_article_at_the_end_of_a_line_is_torn_from_its_noun() -> None:
    text = shown("You have the right to live in a", "house with other boys and girls.")
    assert found(text) == ["3:31 info LBR001"]
    assert fixed(text, select="LBR", is_safe=False) == shown(
        "You have the right to live", "in a house with other boys and girls."
    )


@pytest.mark.parametrize(
    ("tag", "above", "below"),
    [
        ("en", "Nobody may take away your letters from", "the people who love you at home."),
        ("en", "There are a lot of other children in", "the house where you will live."),
        ("fr", "Ton tuteur t’explique tout ce que dit la", "loi et parle pour toi au tribunal."),
        ("fr", "Tu peux toujours demander l’aide d’", "un avocat qui ne te coûte rien."),
        ("nl", "Je voogd gaat altijd met je mee naar de", "rechter en legt je alles goed uit."),
        ("nl", "Je woont samen met andere kinderen in", "een huis waar je veilig bent."),
        ("de", "Dein Vormund geht immer mit dir zu einem", "Anwalt und erklärt dir alles gut."),
        ("de", "Dort bekommst du Kleidung, Essen und ein", "Bett, in dem du gut schlafen kannst."),
        ("de", "Du wohnst mit anderen Jugendlichen in", "einem Haus, in dem du sicher bist."),
        ("ro", "Tutorele tău merge mereu cu tine la", "judecător și îți explică totul bine."),
        ("sq", "Kujdestari vjen gjithmonë me ty te", "gjykatësi dhe ta shpjegon gjithçka."),
        ("bg", "Настойникът винаги идва с теб при", "съдията и ти обяснява всичко добре."),
        ("vi", "Người giám hộ luôn luôn đi cùng với", "em và giải thích mọi thứ cho em."),
        ("pcm", "Your guardian go always follow you go di", "court and e go explain everything."),
        ("ar", "يذهب الوصي معك دائمًا ويشرح لك كل شيء في", "المحكمة ويساعدك في الأوراق كلها."),
        ("fa", "سرپرست تو همیشه همراه تو می‌آید و همه چیز را به", "تو توضیح می‌دهد و کمک می‌کند."),
        ("ps", "ستا سرپرست تل درسره ځي او هر څه درته د", "محکمې په اړه تشریح کوي او مرسته کوي."),
    ],
)
def test_articles_and_prepositions_lead_on_in_every_language_with_spaces(tag: str, above: str, below: str) -> None:
    assert codes(tag, above, below) == ["LBR001"]


@pytest.mark.parametrize(
    ("tag", "above", "below"),
    [
        ("en", "If somebody knocks, do not let them in", "before you know who it is."),
        ("en", "Tell your guardian what you wait for", "and what you are afraid of."),
        ("en", "Your body needs a lot of vitamin A", "and a good sleep every night."),
        ("nl", "Zeg aan je voogd waar je bang voor bent", "en hij of zij zal je helpen."),
        ("nl", "Je voogd komt morgen om tien uur aan", "en legt je dan alles rustig uit."),
        ("de", "Der Anwalt ruft dich morgen früh an", "und erklärt dir alles in Ruhe."),
        ("de", "Dein Vormund lädt dich morgen zu sich ein", "und erklärt dir alles in Ruhe."),
        ("fr", "Ton avocat te dit tout ce qu’il sait,", "et il parle pour toi au tribunal."),
        ("en", "The guardian comes and brings you the,", "well, the papers that you need."),
    ],
)
def test_the_same_words_at_the_end_of_a_phrase_are_right(tag: str, above: str, below: str) -> None:
    assert codes(tag, above, below) == []


def test_what_another_voice_says_is_not_torn_off() -> None:
    assert codes("en", "- I am afraid of the", "- Of whom? Who is it, tell me!") == []


def test_half_a_name_is_torn() -> None:
    text = shown("If a child is missing, call Child", "Focus, by day and by night.")
    assert found(text) == ["3:29 info LBR002"]
    assert fixed(text, select="LBR", is_safe=False) == shown(
        "If a child is missing, call", "Child Focus, by day and by night."
    )


@pytest.mark.parametrize(
    ("tag", "above", "below", "expected"),
    [
        ("ar", "إذا اختفى طفل فاتصل في أي وقت بخط Child", "Focus الذي يجيبك ليلًا ونهارًا.", ["LBR002"]),
        ("zh-Hans", "有孩子失踪了，请马上打给Child", "Focus，日夜都有人接电话。", ["LBR002"]),
        ("de", "Wenn du etwas brauchst, sag es dem Anwalt", "Peters, der dir immer helfen wird.", []),
        ("en", "We will be there for you. Child", "Focus answers you by day and by night.", []),
        ("en", "When you need an interpreter, then tell me:", "Anna speaks the language of your parents.", []),
        ("en", "This is what you can always say, and what", "I’m going to say for you in the court.", []),
        ("en", "NOBODY IS ALLOWED TO TAKE AWAY", "YOUR PAPERS OR YOUR TELEPHONE.", []),
    ],
)
def test_names_are_told_by_capitals_inside_a_sentence(tag: str, above: str, below: str, expected: list[str]) -> None:
    assert codes(tag, above, below) == expected


def test_half_a_number_is_a_wrong_number() -> None:
    text = shown("By day and by night you can call 116", "000 for help.")
    assert found(text) == ["3:34 warning LBR003"]
    assert fixed(text, select="LBR", is_safe=False) == shown("By day and by night you can call", "116 000 for help.")


@pytest.mark.parametrize(
    ("tag", "above", "below"),
    [
        ("en", "You are a child as long as you are under 18", "years, wherever you come from."),
        ("fr", "Tu es un enfant tant que tu as moins de 18", "ans, d’où que tu viennes."),
        ("nl", "Je bent een kind zolang je jonger bent dan 18", "jaar, waar je ook vandaan komt."),
        ("de", "Du giltst als Kind, solange du noch keine 18", "Jahre alt bist, woher du auch kommst."),
        ("en", "Nobody may ask you to give them more than 50", "euro, or anything at all."),
        ("zh-Hans", "你是一个孩子，只要你还未满18", "岁，无论你从哪里来到这里。"),
        ("ar", "أنت طفل ما دام عمرك أقل من \u206618\u2069", "عامًا مهما كان البلد الذي أتيت منه."),
        ("fa", "تا وقتی که سن تو کمتر از 18", "سال است کودک هستی، از هر کجا که باشی."),
    ],
)
def test_a_number_belongs_to_its_unit(tag: str, above: str, below: str) -> None:
    assert codes(tag, above, below) == ["LBR003"]


def test_a_number_may_end_a_line_where_no_unit_follows() -> None:
    assert codes("en", "If somebody threatens you, then call 112", "as soon as you can, wherever you are.") == []
    assert codes("en", "If somebody threatens you, call 112,", "16 hours a day and in every language.") == []


def test_a_closing_sign_never_begins_a_line() -> None:
    text = shown("你的监护人会帮助你学习", "，他也会帮你办理证件。")
    assert found(text, path="subtitles/zh-Hans.srt") == ["4:1 warning LBR004"]
    assert fixed(text, "zh-Hans", select="LBR", is_safe=False) == shown(
        "你的监护人会帮助你学习，", "他也会帮你办理证件。"
    )


@pytest.mark.parametrize(
    ("tag", "above", "below", "expected"),
    [
        ("zh-Hans", "你的监护人会告诉你（", "他不是警察）你有什么权利。", ["LBR004"]),
        ("zh-Hans", "你的监护人会帮助你学习", "……他也会帮你办理证件。", []),
        ("zh-Hans", "你的监护人会帮助你学习，", "“他也会帮你办理证件。”", []),
        ("fr", "Tu ne sais pas où tu vas dormir cette nuit", "? Alors appelle-nous tout de suite.", ["LBR004"]),
        ("en", "The lawyer, who costs you nothing at all (", "not one euro), explains the law to you.", ["LBR004"]),
        ("en", "The lawyer explains the law to you and...", "...speaks for you in front of the judge.", []),
        ("ar", "يذهب الوصي معك دائمًا ويشرح لك كل شيء", "، ويساعدك في الأوراق كلها دائمًا", []),
    ],
)
def test_signs_stand_on_the_line_of_their_words(tag: str, above: str, below: str, expected: list[str]) -> None:
    assert codes(tag, above, below) == expected


# --- how many lines, and of which length ------------------------------------------------------------------------------


def test_a_text_that_fits_in_one_line_takes_one() -> None:
    text = shown("You have the right", "to ask questions.")
    assert found(text) == ["2:1 info LBR005 36 characters"]
    assert fixed(text, select="LBR", is_safe=False) == shown("You have the right to ask questions.")


@pytest.mark.parametrize(
    ("tag", "lines", "expected"),
    [
        ("en", ("You have rights.", "The law protects you."), []),  # a sentence ends
        ("en", ("- Is it free?", "- It is."), []),
        ("en", ("- Is it free", "- I mean, for me?"), []),
        ("en", ("You can go to school every", "morning at eight"), []),  # 43 characters in one line
        ("en", ("You can go to school every", "morning at nine"), ["LBR005"]),  # 42
        ("zh-Hans", ("你可以去上学，", "和其他孩子一样。"), ["LBR005"]),  # 15
        ("zh-Hans", ("你可以去上学，", "和这里其他孩子一样。"), []),  # 17
        ("ar", ("من حقك", "أن تنام في مكان آمن."), ["LBR005"]),
    ],
)
def test_a_second_line_needs_a_reason(tag: str, lines: tuple[str, ...], expected: list[str]) -> None:
    assert codes(tag, *lines) == expected


def test_chinese_lines_are_joined_without_a_space() -> None:
    text = shown("你可以去上学，", "和其他孩子一样。")
    assert fixed(text, "zh-Hans", select="LBR", is_safe=False) == shown("你可以去上学，和其他孩子一样。")


def test_a_text_too_wide_for_the_picture_may_take_two_lines() -> None:
    lines = shown("MAMMA AND MUMMY", "WANT TO KNOW MORE NOW")
    assert [each.split()[2] for each in found(lines, select=["LBR"])] == ["LBR005"]
    assert found(lines, film=make_known_film(), select=["LBR"]) == []


def test_a_word_alone_on_its_line_is_a_widow() -> None:
    text = shown("Your guardian never tells your teachers", "anything.")
    assert found(text) == ["2:1 info LBR006 23 percent"]  # 9 of 39
    assert fixed(text, select="LBR", is_safe=False) == shown("Your guardian never tells", "your teachers anything.")


@pytest.mark.parametrize(
    ("tag", "lines"),
    [
        ("de", ("Oder du fragst nach anderen", "Aufenthaltspapieren und Visa.")),
        ("de", ("Du hast auch das Recht auf", "Aufenthaltsgenehmigungen.")),
        ("en", ("You are never alone in this country.", "Welcome.")),
    ],
)
def test_a_word_alone_may_be_long_or_a_sentence(tag: str, lines: tuple[str, ...]) -> None:
    assert codes(tag, *lines) == []


def test_lines_are_of_like_length() -> None:
    text = shown("You can go", "to school like all the other children.")
    assert found(text) == ["2:1 info LBR007 26 percent"]  # 10 of 38
    assert fixed(text, select="LBR", is_safe=False) == shown("You can go to school", "like all the other children.")


def test_lines_of_unlike_length_are_right_where_a_sentence_ends_or_no_break_is_better() -> None:
    assert codes("en", "Really?", "You can go to school like other children.") == []
    assert codes("de", "Neue", "Aufenthaltsgenehmigungsverlängerungsanträge") == []


def test_how_unlike_lines_may_be_is_for_the_project_to_say() -> None:
    text = shown("You can go", "to school like all the other children.")
    profile = replace(find_language("en").limits, balance_percent=20)
    assert found(text, profile=profile) == []


# --- fixes ------------------------------------------------------------------------------------------------------------


def test_a_fix_keeps_the_line_ends_and_the_markup_of_the_file() -> None:
    text = shown("<i>You can go", "to school like <b>all</b> the other children.</i>", end="\r\n")
    assert fixed(text, select="LBR", is_safe=False) == shown(
        "<i>You can go to school", "like <b>all</b> the other children.</i>", end="\r\n"
    )


@pytest.mark.parametrize(
    "lines", [("<i>You have the right</i>", "to ask questions."), ("You have the right", "<i>to ask questions.</i>")]
)
def test_markup_at_the_break_is_left_to_a_person(lines: tuple[str, str]) -> None:
    assert [each.fix for each in findings(shown(*lines), select="LBR")] == [None]


ASS = r"""[Script Info]
ScriptType: v4.00+

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:10.00,0:00:17.00,Default,,0,0,0,,{\i1}You can go\Nto school like all the other children.
"""


def test_a_break_is_moved_in_the_form_of_the_format() -> None:
    expected = ASS.replace(r"go\Nto school like", r"go to school\Nlike")
    assert fixed(ASS, path="subtitles/en.ass", select="LBR", is_safe=False) == expected


WORDS = st.sampled_from(
    [
        "a",
        "the",
        "of",
        "Anna",
        "Child",
        "Focus",
        "go,",
        "see.",
        "You",
        "law",
        "116",
        "years",
        "in",
        "protects",
        "everybody",
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(LINES, LINES)
def test_a_fix_takes_its_finding_away_and_brings_no_other(above: str, below: str) -> None:
    text = shown(above, below)
    before = findings(text, select="LBR")
    fixable = [each for each in before if each.fix]
    assume(fixable)
    for finding in fixable:
        fixed_once = apply_fix(text, finding)
        assert fixed_once.split() == text.split()
        after = {each.code for each in findings(fixed_once, select=["LBR", "RDG"])}
        assert finding.code not in after
        assert {each for each in after if each.startswith("LBR")} <= {each.code for each in before}


def test_two_times_of_the_day_one_below_the_other_are_two_numbers() -> None:
    text = "1\n00:00:01,000 --> 00:00:05,000\nOpen 09:00 - 17:00\n09:00 - 12:00\n"
    assert found(text, select=["LBR003"]) == []


@pytest.mark.parametrize("lines", ["你好\nHello", "Hello\n你好"])
def test_one_sentence_in_two_languages_has_a_line_for_each(lines: str) -> None:
    assert found(srt(lines), "zh-Hans", select=["LBR005"]) == []


def test_a_fix_puts_no_break_behind_a_small_word() -> None:
    text = shown("You can stay", "here with us for as long as you want to stay with us.")
    for finding in findings(text, select="LBR"):
        if finding.fix:
            assert not apply_fix(text, finding).split("\n")[2].endswith((" as", " for", " with", " to"))
    text = shown("It takes as", "long as you want to stay with us here.")
    assert fixed(text, select="LBR007", is_safe=False) == shown("It takes as long as you want", "to stay with us here.")


@pytest.mark.parametrize(
    ("above", "below"), [("It takes ", "time."), ("It takes", " time."), ("It takes time", ", child.")]
)
def test_lines_are_not_joined_where_a_space_would_be_left_over(above: str, below: str) -> None:
    assert [each.fix for each in findings(shown(above, below), select=["LBR005", "LBR006", "LBR007"]) if each.fix] == []

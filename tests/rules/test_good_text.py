"""Do the rules about text keep silent where nothing is wrong, and does a safe fix do no harm?"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from babelreel.languages.find import builtin_languages
from babelreel.model.finding import Finding, Severity
from babelreel.rules.check import check_track
from babelreel.rules.registry import ROOTS
from support.checking import TEXT_FAMILIES, apply_fix, findings
from support.places import SUBTITLES
from support.reader_laws import check_finding
from support.subjects import make_subject
from support.tracks import srt

#: Sentences that a careful editor of each language would leave as they are; each of them holds what a rule looks at.
GOOD = {
    "en": [
        "-Can I ask?\n-Yes, always.",
        "“Don’t go,” she said. (And I didn’t.)",
        "At 12:30, call 116 000 or see www.childfocus.be/en.",
        "Mr. Smith (U.N.) pays $3.50, i.e. nothing…",
        "NGOs and the EU: 1,000 children!",
    ],
    "fr": [
        "- Tu es seul\u202f?\n- Oui, depuis 12:30.",
        "L’avocat dit\u00a0: «\u00a0C’est gratuit\u00a0!\u00a0»",
        "Viens\u00a0; c’est à 12 h, ou à 16:45…",
        "Qu’est-ce que c’est\u202f?! Va-t’en. (Non.)",
    ],
    "nl": [
        "Mag ik iets vragen?\n-Ja, altijd.",
        "'s Avonds, foto's, zo'n 1.000 kinderen: ‘ja’.",
        "Voor- en nadelen; het ijs, de ’s-Gravenbrug…",
    ],
    "de": [
        "-Darf ich fragen?\n-Ja, immer.",
        "„Das ist z.B. kostenlos“, sagt er. »Ja?« – «Ja!»",
        "Vor- und Nachteile; Schüler:innen, 3,5 %, 12.30 Uhr…",
        "Kinder- und Jugend-\noder Vormundschaftsdienst",
    ],
    "ar": [
        "- هل أنت وحدك؟\n- نعم، دائمًا.",
        "قال: «المحامي مجاني؛ لا تخف!» (مجانًا)",
        "عام 1445 هـ، الساعة ١٢:٣٠، د. أحمد…",
        "زر www.childfocus.be أو اتصل بالرقم 112.",
    ],
    "vi": ["- Em hỏi được không?\n- Vâng, luôn luôn.", "“Miễn phí”, anh ấy nói… Gọi 112; TP.HCM."],
    "zh-Hans": [
        "-可以问吗？\n-可以，随时。",
        "他说：“律师是免费的……”（是的！）",
        "请打112，或看《法律》；12:30到3.5米。",
        "Child Focus: 116 000, www.childfocus.be",
    ],
    "sq": ["“Është falas”, tha ai. Ç’është kjo?", "Në orën 12:30; s’ka gjë… (po)"],
    "ro": ["- Pot să întreb?\n- Da, oricând.", "„Este gratuit”, spune el. Într-o zi, «da»; n-ai…"],
    "bg": [
        "Мога ли да питам?\n- Да, винаги.",
        "„Безплатно е“, каза тя. Кажи ѝ! Нали?..",
        "Обади се на Child Focus; 12:30 ч., Wi-Fi-то…",
    ],
    "ps": ["ته یوازې یې؟ نه، زه دلته یم.", "هغه وویل: «وړیا دی؛ مه وېرېږه!» ۱۲:۳۰ یا 112…"],
    "fa": ["تنها هستی؟ نه، من اینجا هستم.", "گفت: «وکیل رایگان است؛ می‌توانی بپرسی!» ساعت ۱۲:۳۰…"],
    "pcm": ["You fit ask? Yes, any time.", "“Na free,” e tok. Make you call 112; no fear…"],
}


@pytest.mark.parametrize("tag", GOOD)
def test_good_sentences_have_no_finding(tag: str) -> None:
    assert [
        (each.code, each.context)
        for each in findings(srt(*GOOD[tag]), path=f"subtitles/{tag}.srt", select=TEXT_FAMILIES)
    ] == []


def test_there_are_good_sentences_of_every_language() -> None:
    assert set(GOOD) == {language.tag for language in builtin_languages()}


@pytest.mark.parametrize("tag", GOOD)
def test_the_shipped_track_has_no_finding(tag: str) -> None:
    content = (SUBTITLES / f"{tag}.srt").read_text(encoding="utf-8")
    found = findings(content, path=f"subtitles/{tag}.srt", select=TEXT_FAMILIES)
    assert [(each.code, each.location.line) for each in found if each.severity is not Severity.INFO] == []


PIECES = {
    "Latn": ["a", "be", "Ill", "it", "is", "FREE", "'", "’", "é", "1", "12", "www.", "be."],
    "Cyrl": ["а", "ти", "Имаш", "права", "й", "a", "прaва", "Child", "1"],
    "Arab": ["ك", "ي", "ک", "ی", "است", "ة", "٤", "۴", "1", "ﻟ", "ﺖ", "ﻟﺴﺖ", "ـ", "\u200c", "؟", "،", "ے", "ه"],
    "Hans": ["你", "好", "吗", "權", "，", "。", "“", "”", "A", "１", "Ａ", "1"],
}
SHARED = [
    *(" ", " ", " ", "  ", "\t", "\u00a0", "\u202f", "\n", "\n", "-", "- ", "–", ".", "..", "...", "…", ",", ";", ":"),
    *("?", "!", "!!", "«", "»", "“", "”", "„", '"', "(", ")", "[", "<i>", "</i>", "<b>", "</em>", "{\\an8}", "{\\i1}"),
    *(" caf&eacute; ", "&amp;", "♪", "#", "/", "@ ", "http: //", "ş", "а"),
]


@st.composite
def tracks(draw: st.DrawFn) -> tuple[str, str]:
    """Give the path and the content of a file of some cues made of what the rules look for."""
    tag = draw(st.sampled_from([*GOOD, "es", "fr-CA", "zh-Hant", "ur"]))
    script = {"ar": "Arab", "fa": "Arab", "ps": "Arab", "ur": "Arab", "bg": "Cyrl"}.get(tag, "Latn")
    pieces = PIECES["Hans" if tag.startswith("zh") else script]
    texts = draw(st.lists(st.lists(st.sampled_from(pieces + SHARED), max_size=8).map("".join), min_size=1, max_size=3))
    return f"subtitles/{tag}.srt", srt(*texts)


@st.composite
def tracks_with_one_fault(draw: st.DrawFn) -> tuple[str, str]:
    """Give the path and the content of a file of good sentences, with a piece put into one of them at any place."""
    tag = draw(st.sampled_from([*GOOD]))
    script = {"ar": "Arab", "fa": "Arab", "ps": "Arab", "bg": "Cyrl", "zh-Hans": "Hans"}.get(tag, "Latn")
    texts = draw(st.lists(st.sampled_from(GOOD[tag]), min_size=1, max_size=3, unique=True))
    place = draw(st.integers(0, len(texts) - 1))
    index = draw(st.integers(0, len(texts[place])))
    fault = draw(st.sampled_from(PIECES[script] + SHARED))
    texts[place] = texts[place][:index] + fault + texts[place][index + draw(st.integers(0, 1)) :]
    return f"subtitles/{tag}.srt", srt(*texts)


def codes(content: str, path: str) -> Counter[str]:
    return Counter(each.code for each in findings(content, path=path, select=TEXT_FAMILIES))


def safely_fixable(content: str, path: str) -> list[Finding]:
    return [each for each in findings(content, path=path, select=TEXT_FAMILIES) if each.fix and each.fix.is_safe]


@settings(max_examples=200)
@given(tracks_with_one_fault())
def test_a_safe_fix_makes_its_finding_go_away_and_no_other_come(track: tuple[str, str]) -> None:
    path, content = track
    before, fixable = codes(content, path), safely_fixable(content, path)
    assume(fixable)
    for finding in fixable:
        fixed = apply_fix(content, finding)
        after = codes(fixed, path)
        assert after[finding.code] < before[finding.code], (finding, fixed)
        assert not after - before, (finding, fixed)


@settings(max_examples=150)
@given(tracks())
def test_safe_fixes_come_to_an_end(track: tuple[str, str]) -> None:
    path, content = track
    assume(safely_fixable(content, path))
    for _ in range(60):
        fixable = safely_fixable(content, path)
        if not fixable:
            return
        content = apply_fix(content, fixable[0])
    pytest.fail(f"there is always something left to fix: {content!r}")


@settings(deadline=None)
@given(st.sampled_from([*GOOD, "es", "th"]), st.sampled_from(["srt", "vtt", "ass"]), st.text(min_size=1, max_size=60))
def test_a_fault_is_found_in_any_text_and_whatever_is_found_lies_in_the_file(tag: str, ending: str, text: str) -> None:
    path, spoiled = f"subtitles/{tag}.{ending}", f"x \tx {text}"  # the tab is for SPC003
    head = {"ass": "Dialogue: 0,0:00:01.00,0:00:03.50,Default,,0,0,0,,", "vtt": "WEBVTT\n\n00:01.000 --> 00:03.000\n"}
    content = head[ending] + spoiled if ending in head else srt(text, spoiled)
    subject = make_subject(content, path=path)
    seen = check_track(subject, select=TEXT_FAMILIES).findings
    for finding in seen:
        check_finding(finding, subject.track)
    # of a text in another language or encoding, that is told and nothing else
    roots = {rule.code for rule in ROOTS} & {each.code for each in check_track(subject).findings}
    assert roots or "SPC003" in {each.code for each in seen}

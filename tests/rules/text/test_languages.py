from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from babelreel.languages.find import builtin_languages, find_language
from babelreel.rules.check import CheckResult, check_track
from support.places import SUBTITLES
from support.subjects import make_subject
from support.tracks import srt

TAGS = tuple(language.tag for language in builtin_languages())


def shipped(tag: str) -> str:
    return (SUBTITLES / f"{tag}.srt").read_text(encoding="utf-8")


def check(content: str, path: str, languages: tuple[str, ...] = TAGS, reference: str = "") -> CheckResult:
    subject = replace(make_subject(content, path=f"subtitles/{path}"), languages=tuple(map(find_language, languages)))
    if reference:
        subject = replace(subject, reference=make_subject(reference).track)
    return check_track(subject, select=["LNG"])


def told(content: str, path: str, languages: tuple[str, ...] = TAGS, reference: str = "") -> list[str]:
    return [
        f"{each.location.line}:{each.location.column} {each.severity} {each.code} {each.message}"
        for each in check(content, path, languages, reference).findings
    ]


def codes(content: str, path: str, languages: tuple[str, ...] = TAGS, reference: str = "") -> list[str]:
    return [line.split()[2] for line in told(content, path, languages, reference)]


@pytest.mark.parametrize("tag", TAGS)
def test_every_shipped_track_is_in_its_language(tag: str) -> None:
    assert told(shipped(tag), f"{tag}.srt") == []


@pytest.mark.parametrize("tag", TAGS)
def test_a_track_saved_under_the_name_of_each_other_language_is_found(tag: str) -> None:
    for name in TAGS:
        if name != tag and {name, tag} != {"en", "pcm"}:
            assert codes(shipped(tag), f"{name}.srt") == ["LNG001"]


def test_the_finding_names_both_languages_and_is_about_the_file() -> None:
    text = srt("Du hast Rechte.", "Das Gesetz schützt dich.", "Du kannst zum Arzt.")
    message = "the file is named nl (Dutch), but its text is in German (de)"
    assert told(text, "nl.srt") == ["0:0 error LNG001 " + message]


def test_another_script_needs_no_other_language_in_the_project() -> None:
    (line,) = told(shipped("en"), "ar.srt", languages=("ar",))
    assert line == "0:0 error LNG001 the file is named ar (Arabic), but its text is in English (en)"


#: Each of these languages is often taken for one of the project's, whose letters it has.
STRANGERS = {
    "ru": ("Каждый человек имеет право на свободу.", "Никто не должен быть в рабстве."),
    "uk": ("Усі люди народжуються вільними.", "Вони повинні діяти у дусі братерства."),
    "ur": ("ہر شخص کو اپنی جان اور آزادی کا حق ہے۔", "کوئی شخص غلام بنا کر نہ رکھا جا سکے گا۔"),
    "hr": ("Sva ljudska bića rađaju se slobodna.", "Nitko ne smije biti držan u ropstvu."),
    "es": ("Todos los seres humanos nacen libres.", "Nadie estará sometido a esclavitud."),
    "tr": ("Bütün insanlar hür doğarlar.", "Hiç kimse kölelik altında bulundurulamaz."),
}


@pytest.mark.parametrize(
    ("text", "name", "language"),
    [
        ("ru", "bg", "Russian (ru)"),
        ("uk", "bg", "Ukrainian (uk)"),
        ("ur", "ar", "Urdu (ur)"),
        ("ur", "fa", "Urdu (ur)"),
        ("ur", "ps", "Urdu (ur)"),
        ("hr", "sq", "(hr)"),
        ("es", "fr", "Spanish (es)"),
        ("tr", "de", "Turkish (tr)"),
    ],
)
def test_a_language_that_is_not_in_the_project_is_found_as_well(text: str, name: str, language: str) -> None:
    (line,) = told(srt(*STRANGERS[text]), f"{name}.srt", languages=(name,))
    assert line.startswith("0:0 error LNG001")
    assert language in line


@pytest.mark.parametrize(
    ("text", "name"), [("fa", "ps"), ("fa", "ar"), ("ar", "ps"), ("ar", "fa"), ("nl", "de"), ("sq", "ro")]
)
def test_a_track_alone_is_held_to_its_language(text: str, name: str) -> None:
    assert codes(shipped(text), f"{name}.srt", languages=(name,)) == ["LNG001"]


def test_the_other_way_to_write_chinese_is_another_language() -> None:
    traditional = srt(
        "你有權得到監護人的幫助。", "翻譯員只會重複你說的話。", "你隨時可以去看醫生,這是免費的。", "律師會為你說話。"
    )
    (line,) = told(traditional, "zh-Hans.srt", languages=("zh-Hans",))
    assert line.endswith("its text is in Chinese (Traditional) (zh-Hant)")
    assert told(traditional, "zh-Hant.srt", languages=("zh-Hant",)) == []


def test_a_file_with_two_languages_in_each_cue_is_in_both() -> None:
    both = srt(
        "你有权\nYou have the right to a guardian",
        "他帮你\nThe guardian will help you always",
        "谢谢\nThank you very much indeed",
    )
    assert codes(both, "zh-Hans.srt") == []


@pytest.mark.parametrize(
    ("text", "name"), [("fa", "fa-AF"), ("ro", "ro-MD"), ("zh-Hans", "zh"), ("nl", "nl-BE"), ("ar", "arz")]
)
def test_varieties_that_no_model_tells_apart_are_right(text: str, name: str) -> None:
    assert codes(shipped(text), f"{name}.srt", languages=(name,)) == []


def test_pidgin_is_never_mistaken_for_english_here_nor_english_for_pidgin() -> None:
    assert told(shipped("pcm"), "en.srt") == []
    assert told(shipped("en"), "pcm.srt") == []


MIXED_NL = srt(
    "Je hebt recht op een veilige slaapplek.",
    "Die Dolmetscherin wiederholt nur, was du sagst.",
    "Je kunt naar de dokter.",
    "Een voogd kost je niets.",
)


def test_a_cue_in_another_language_is_named() -> None:
    assert told(MIXED_NL, "nl.srt") == ["6:1 warning LNG002 this line is in German (de)"]


def test_cues_in_another_language_that_follow_one_another_are_reported_once() -> None:
    text = MIXED_NL.replace("Je kunt naar de dokter.", "Du kannst ins Krankenhaus gehen, wenn du krank bist.")
    assert told(text, "nl.srt") == ["6:1 warning LNG002 this line is in German (de), and so is the next"]


@pytest.mark.parametrize(
    ("path", "cue", "expected"),
    [
        ("fa.srt", "وکیل درته قانون تشریح کوي او ستا له خوا خبرې کوي.", "in Pashto (ps)"),
        ("ps.srt", "وکیل قانون را برایت توضیح می‌دهد و به تو کمک می‌کند.", "in Persian (fa)"),
        ("fa.srt", "من حقك أن يكون لك محامٍ. المحامي مجاني.", "in Arabic (ar)"),
        ("ar.srt", "You have the right to a safe place to sleep.", "in English (en)"),
        ("zh-Hans.srt", "Bạn có quyền có luật sư và luật sư là miễn phí.", "in Vietnamese (vi)"),
        ("fr.srt", "律师给你解释法律，替你说话。", "in Chinese (Simplified) (zh-Hans)"),
        ("en.srt", "Имаш право на адвокат и той е безплатен.", "in Bulgarian (bg)"),
        ("ro.srt", "Ti ke të drejtë për një avokat dhe ai është falas.", "in Albanian (sq)"),
    ],
)
def test_a_cue_from_another_track_of_the_project_is_found(path: str, cue: str, expected: str) -> None:
    track = shipped(path.removesuffix(".srt"))
    assert [line.rsplit("this line is ", 1)[1] for line in told(track + "\n\n" + srt(cue), path)] == [expected]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("ar.srt", "Child Focus, Houba de Strooper 292, Brussels"),
        ("zh-Hans.srt", "Service des Tutelles"),
        ("bg.srt", "Fedasil"),
        ("fa.srt", "https://www.fedasilinfo.be/en/your-rights"),
        ("fr.srt", "Dienst Voogdij"),
        ("en.srt", "Ahlan wa sahlan!"),
        ("nl.srt", "Die is in de war, man."),
        ("de.srt", "Am Ende ist alles gut so."),
    ],
)
def test_names_addresses_and_short_cues_are_passed_by(path: str, name: str) -> None:
    assert told(shipped(path.removesuffix(".srt")) + "\n\n" + srt(name), path) == []


def test_a_cue_in_other_letters_is_named_only_when_its_language_is_sure() -> None:
    russian = shipped("ar") + "\n\n" + srt("Каждый человек имеет право на жизнь и на свободу.")
    assert [line[-20:] for line in told(russian, "ar.srt", ("ar", "bg", "ru"))] == ["e is in Russian (ru)"]
    spanish = shipped("ar") + "\n\n" + srt("Toda persona tiene derecho a la vida y a la libertad de su familia.")
    assert [line[-20:] for line in told(spanish, "ar.srt", ("ar", "fr", "es"))] == ["e is in Spanish (es)"]
    arabic = shipped("fr") + "\n\n" + srt("من حقك أن يكون لك محامٍ. المحامي مجاني.")
    assert [line[-16:] for line in told(arabic, "fr.srt", ("fr", "so", "ar"))] == ["s in Arabic (ar)"]
    persian = shipped("fr") + "\n\n" + srt("وکیل قانون را برایت توضیح می‌دهد و به تو کمک می‌کند.")
    assert [line[-20:] for line in told(persian, "fr.srt", ("fr", "ar"))] == ["e is in Persian (fa)"]


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("fr", "Nadie puede quitarte tus derechos, ni siquiera aquí.", "Spanish (es)"),
        ("de", "Nessuno può toglierti i tuoi diritti, nemmeno qui.", "Italian (it)"),
        ("ro", "Każde dziecko ma prawo do nauki i do opieki.", "Polish (pl)"),
        ("nl", "Her çocuğun okula gitme hakkı vardır.", "Turkish (tr)"),
        ("bg", "Каждый ребёнок имеет право ходить в школу.", "Russian (ru)"),
        ("bg", "Усі діти мають право на освіту й захист.", "Ukrainian (uk)"),
        ("ar", "ہر بچے کو اسکول جانے کا حق حاصل ہے۔", "Urdu (ur)"),
        ("ar", "هر کودکی حق دارد به مدرسه برود و درس بخواند.", "Persian (fa)"),
        ("fa", "لكل طفل الحق في الذهاب إلى المدرسة.", "Arabic (ar)"),
        # in other letters
        ("fr", "Каждый ребёнок имеет право ходить в школу.", "Russian (ru)"),
        ("ar", "Los niños que llegan solos tienen derecho a un tutor.", "Spanish (es)"),
        ("zh-Hans", "Her çocuğun okula gitme hakkı vardır.", "Turkish (tr)"),
        ("en", "すべての子どもには学校に通う権利があります。", "Japanese (ja)"),
    ],
)
def test_a_cue_in_a_language_that_is_not_in_the_project_is_named(name: str, text: str, language: str) -> None:
    content = shipped(name) + "\n\n" + srt(text)
    assert [line.partition("this line is in ")[2] for line in told(content, f"{name}.srt", (name,))] == [language]


def test_a_cue_that_repeats_the_reference_is_reported_as_that_and_not_here() -> None:
    text = MIXED_NL.replace("Die Dolmetscherin wiederholt nur, was du sagst.", "You have the right to a guardian.")
    assert codes(text, "nl.srt") == ["LNG002"]
    assert codes(text, "nl.srt", reference=srt("You have the right to a guardian.")) == []


def test_tracks_in_order_need_no_model() -> None:
    program = """
import sys
from babelreel.cli import main
sys.argv = ["babelreel", "check"]
try:
    main()
except SystemExit as left:
    assert not left.code
print("py3langid" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=SUBTITLES.parent
    )
    assert done.stdout.split()[-1] == "False"

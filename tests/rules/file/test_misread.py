from __future__ import annotations

import pytest

from babelreel.timedtext.encoding.vietnamese_pages import TCVN3, VISCII
from support.checking import findings, fixed, found
from support.tracks import srt, text_of

MEANT = {
    "bg": "Самира ще ти помогне, когато имаш нужда.",
    "ar": "تستطيع سميرة أن تساعدك في كل وقت.",
    "ro": "Toți știu că ai dreptul la un tutore și la școală.",
    "fr": "Tu es déjà à l’école, même près de la forêt.",
    "vi": "Em có quyền được giúp đỡ miễn phí và đi học.",
    "zh-Hans": "你有权得到监护人的帮助。",
}

#: The code page in which a text was written, the one it was read with, and the name that a finding gives the first.
MISREAD = [
    ("bg", "windows-1251", "windows-1252"),
    ("bg", "koi8-r", "windows-1251"),
    ("bg", "koi8-r", "windows-1252"),
    ("bg", "cp866", "windows-1251"),
    ("ar", "windows-1256", "windows-1252"),
    ("ar", "iso-8859-6", "windows-1252"),
    ("ro", "cp852", "windows-1252"),
    ("fr", "mac-roman", "windows-1252"),
    ("fr", "windows-1252", "mac-roman"),
    ("fr", "cp850", "windows-1252"),
    ("zh-Hans", "gb18030", "windows-1252"),
    ("zh-Hans", "gb18030", "iso-8859-1"),
]


def misread(text: str, page: str, read: str) -> str:
    return "".join(bytes((byte,)).decode(read, "ignore") or chr(byte) for byte in text.encode(page))


def written_in(table: str, first: int, text: str) -> str:
    """Write a text in a code page that Python does not know, and read it as Windows-1252."""
    codes = {character: first + index for index, character in enumerate(table)}
    data = bytes(ord(each) if each.isascii() else codes[each] for each in text)
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in data)


@pytest.mark.parametrize(("tag", "page", "read"), MISREAD)
def test_letters_of_another_code_page_are_one_error_and_put_back_when_asked_for(tag: str, page: str, read: str) -> None:
    meant = MEANT[tag].replace("’", "'")
    if page == "cp852":
        meant = meant.translate(str.maketrans("țȚșȘ", "ţŢşŞ"))
    text = srt(misread(meant, page, read))
    (finding,) = findings(text, tag, select=["ENC", "LNG", "LET", "TXT", "SPC", "TYP", "SCR"])
    assert (finding.code, finding.severity) == ("ENC010", "error")
    assert text_of(fixed(text, tag, select="ENC010", is_safe=False)) == meant


@pytest.mark.parametrize(
    ("tag", "shown", "said"),
    [
        (
            "bg",
            "Ñàìèðà ùå òè ïîìîãíå",
            "windows-1251 were read as windows-1252; what was meant is “Самира ще ти помогне”",
        ),
        ("ar", "ÓÊÓÇÚÏß ÓãíÑÉ", "windows-1256 were read as windows-1252; what was meant is “ستساعدك سميرة”"),
        ("ro", "Toþi ºtiu cã ai dreptul", "windows-1250 were read as windows-1252; what was meant is “Toţi ştiu că”"),
        ("fr", "‡ l'Ècole", "windows-1252 were read as mac-roman; what was meant is “à l'école”"),
        ("vi", "TiÕng ViÖt rÊt hay", "TCVN3 were read as windows-1252; what was meant is “Tiếng Việt rất”"),
        ("vi", "Tieáng Vieät cuûa em", "VNI were read as windows-1252; what was meant is “Tiếng Việt của”"),
    ],
)
def test_the_code_page_is_named_and_what_was_meant_is_shown(tag: str, shown: str, said: str) -> None:
    (finding,) = findings(srt(shown), tag, select="ENC")
    assert (finding.code, finding.message) == ("ENC010", f"letters of {said}")


@pytest.mark.parametrize(("table", "first"), [(TCVN3, 0xA0), (VISCII, 0x80)], ids=["TCVN3", "VISCII"])
def test_vietnamese_fonts_and_code_pages_are_put_back(table: str, first: int) -> None:
    text = srt(written_in(table, first, MEANT["vi"]))
    assert text_of(fixed(text, "vi", select="ENC010", is_safe=False)) == MEANT["vi"]


def test_every_tenth_cue_is_found_and_the_others_are_left_alone() -> None:
    texts = [MEANT["bg"]] * 20
    for index in (4, 14):
        texts[index] = misread(texts[index], "cp1251", "cp1252")
    text = srt(*texts)
    assert [each.split()[2] for each in found(text, "bg", select=["ENC", "LNG", "LET", "TXT"])] == ["ENC010"] * 2
    assert fixed(text, "bg", select="ENC010", is_safe=False) == srt(*[MEANT["bg"]] * 20)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("fr", "Zoë Müller, de São Paulo, et Łukasz de Łódź mangent du jalapeño."),
        ("ro", "José Ramón Muñoz, din Niño de São Tomé, și Zoë."),
        ("nl", "Señor Núñez en Łukasz Żak uit Kraków."),
        ("de", "Iñaki, Łukasz, Şükrü und Óscar aus Århus."),
        ("vi", "Zoë, Müller, Łukasz và Jürgen."),
        ("bg", "Самира чете „L’été“ и café, Müller, 5 µm ≠ 3 Å."),
        ("ar", "زر Zoë في café Müller."),
        ("sq", "Zoë, Müller, Łukasz dhe Muñoz."),
    ],
)
def test_names_with_letters_of_other_languages_are_none(tag: str, text: str) -> None:
    assert found(srt(text, text), tag, select=["ENC"]) == []


#: Windows-1252 that was read as MacRoman: "é" and "è" become letters that French has as well, "à" and "ç" do not.
FRENCH = ("Tu es déjà à l'école.", "Nous t'aiderons à déposer ta demande.", "Ça ne coûte rien, à personne.")


def named(content: str, tag: str) -> set[int | None]:
    """Give the numbers of the cues of which ENC010 tells, by the edits that would put them right."""
    spots = [edit.start for each in findings(content, tag, select="ENC010") if each.fix for edit in each.fix.edits]
    return {content[:spot].count("-->") for spot in spots}


@pytest.mark.parametrize("line", ["Appelle une mère.", "École pour tous, été comme hiver."])
def test_a_cue_whose_wrong_letters_are_letters_of_the_language_is_found_beside_others(line: str) -> None:
    texts = [misread(each, "windows-1252", "mac-roman") for each in (*FRENCH, line, "Merci.")]
    assert named(srt(*texts), "fr") == {1, 2, 3, 4}
    assert named(srt(texts[3], texts[4]), "fr") == set()  # alone it proves nothing


def test_a_capital_within_a_word_is_wrong_where_most_of_the_file_is_right() -> None:
    right = ("C'est l'été à l'école.", "À table, les élèves.", "Être né ici, c'est un fait.") * 4
    wrong = [misread(each, "windows-1252", "mac-roman") for each in (*FRENCH, "Des élèves sont là.")]
    assert wrong[3] == "Des ÈlËves sont l‡."
    wrong[3] = wrong[3].replace(" sont l‡", "")
    assert named(srt(*right, *wrong), "fr") == {13, 14, 15, 16}

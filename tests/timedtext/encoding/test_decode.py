"""Is the text of a file found again in every encoding that its language was ever saved in?"""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.model.track import FaultKind
from babelreel.timedtext.encoding.decode import decode, encode_like
from babelreel.timedtext.encoding.legacy_code_pages import alphabet_of

#: Written for this test; the Farsi one with ي for ی, as people wrote who had only windows-1256.
SENTENCES = {
    "fr": "Tu as droit à un tuteur. Il t’aide dès le début : c’est gratuit, même à l’école !",
    "en": "You’ll get a guardian — a safe place to sleep, a doctor and “free” school. Café Müller is open.",
    "nl": "Je krijgt een voogd. Die helpt je bij alles: één dokter, ideeën voor school, coördinatie…",
    "de": "Du hast das Recht auf „Schutz“. Ein Vormund hilft dir überall, auch außerhalb der Schule.",
    "ar": "لك الحق في وصيّ يساعدك، وفي مكان آمن للنوم. هل تحتاج إلى طبيب؟ اتصل بالرقم 112.",
    "vi": "Em có quyền được giúp đỡ miễn phí. Người giám hộ sẽ đưa em đến trường và bệnh viện.",
    "zh-Hans": "你有权得到监护人的帮助。看病、上学、找律师，全部免费。",
    "zh-Hant": "你有權得到監護人的幫助。看病、上學、找律師，全部免費。",
    "sq": "Ti ke të drejtë për një kujdestar. Ai të ndihmon çdo ditë, në shkollë dhe te mjeku.",
    "ro": "Ai dreptul la un tutore. Te ajută în fiecare zi, și la școală, și la medic, fără plată.",
    "bg": "Имаш право на настойник. Той ти помага всеки ден – в училище и при лекаря, безплатно.",
    "ps": "ستا حق دى چې خوندي ځاى ولرې. دا مرسته وړيا ده، او په ښوونځي كې هم شته.",
    "fa": "تو حق داري يك سرپرست داشته باشي. او هر روز به تو كمك مي‌كند، در مدرسه و پيش پزشك.",
    "pcm": "You get right make person help una — “doctor”, school and lawyer, e no dey cost money. Ọmọ",
    "ru": "У тебя есть право на опекуна. Он помогает каждый день, в школе и у врача.",
    "el": "Έχεις δικαίωμα σε κηδεμόνα. Σε βοηθά κάθε μέρα, στο σχολείο και στον γιατρό.",
    "he": "יש לך זכות לאפוטרופוס. הוא עוזר לך כל יום, בבית הספר ואצל הרופא.",
    "pl": "Masz prawo do opiekuna. Pomaga ci codziennie, też w szkole i u lekarza, bezpłatnie. Świętość żółwi.",
    "tr": "Bir vasi hakkın var. Sana her gün yardım eder: okulda, doktorda, ücretsiz. İşin çoğu kolay.",
    "ja": "あなたには後見人の助けを受ける権利があります。学校も医者も無料です。",
    "ko": "너는 후견인의 도움을 받을 권리가 있다. 학교와 병원은 무료이다.",
}


def as_file(sentence: str) -> str:
    return (
        f"1\r\n00:00:01,000 --> 00:00:04,000\r\n{sentence}\r\n\r\n2\r\n00:00:05,000 --> 00:00:07,000\r\n<i>112</i>\r\n"
    )


def storable(text: str, page: str) -> str:
    """Give the text as the code page's users wrote it: tones apart, cedillas, plain quotes; '' if letters are lost."""
    if page == "windows-1258":
        text = "".join(_tones_apart(character) for character in text)
    if page in ("windows-1250", "iso-8859-2", "cp852"):
        text = text.translate(CEDILLAS)
    plain = text.translate({ord("’"): "'", ord("“"): '"', ord("”"): '"', ord("„"): '"', ord("—"): "-", ord("–"): "-"})
    plain = plain.replace("…", "...").replace("\u200c", " ")
    for candidate in (text, plain):
        if candidate.encode(page, errors="ignore").decode(page, errors="ignore") == candidate:
            return candidate
    return ""


def _tones_apart(character: str) -> str:
    for tone in "\u0300\u0301\u0303\u0309\u0323":
        decomposed = unicodedata.normalize("NFD", character)
        if tone in decomposed:
            return unicodedata.normalize("NFC", decomposed.replace(tone, "")) + tone
    return character


#: iso-8859-16 has ș ț on the very bytes where windows-1250 has ş ţ: which of them was meant cannot be known.
CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")

LEGACY = [
    (tag, page, text)
    for tag, sentence in SENTENCES.items()
    for page in alphabet_of(find_language(tag)).pages
    if (text := storable(as_file(sentence), page))
]


def test_every_language_but_two_has_a_code_page_for_its_sentence() -> None:
    """Pashto's own letters, and the dots below of Pidgin, are in no code page."""
    assert set(SENTENCES) - {tag for tag, _, _ in LEGACY} == {"ps", "pcm"}


@pytest.mark.parametrize(("tag", "page", "text"), LEGACY, ids=[f"{tag}-{page}" for tag, page, _ in LEGACY])
def test_a_code_page_of_the_language_is_recognised(tag: str, page: str, text: str) -> None:
    decoded = decode(text.encode(page), find_language(tag))
    assert decoded.text.translate(CEDILLAS) == text.translate(CEDILLAS)
    assert decoded.is_legacy
    assert [(fault.kind, fault.line) for fault in decoded.faults] == [(FaultKind.LEGACY_ENCODING, 1)]
    assert decoded.encoding in decoded.faults[0].detail


@pytest.mark.parametrize("tag", SENTENCES)
@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_and_32_are_read_and_reported_as_legacy(tag: str, codec: str) -> None:
    text = as_file(SENTENCES[tag])
    decoded = decode(text.encode(codec), find_language(tag))
    assert (decoded.text, decoded.encoding, decoded.is_legacy) == (text, codec, True)
    assert [fault.kind for fault in decoded.faults] == [FaultKind.WIDE_ENCODING]


@pytest.mark.parametrize("tag", SENTENCES)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_utf_8_is_no_fault_and_its_bom_is_told(tag: str, codec: str) -> None:
    text = as_file(SENTENCES[tag])
    decoded = decode(text.encode(codec), find_language(tag))
    assert (decoded.text, decoded.encoding, decoded.is_legacy, decoded.faults) == (text, codec, False, ())


@pytest.mark.parametrize("tag", [tag for tag in SENTENCES if tag != "en"])
def test_utf_8_with_a_broken_byte_stays_utf_8(tag: str) -> None:
    whole = as_file(SENTENCES[tag])
    data = whole.encode().replace(b"<i>112", b"<i>1\xff2")
    decoded = decode(data, find_language(tag))
    assert decoded.text == whole.replace("<i>112", "<i>1\ufffd2")
    assert decoded.encoding == "utf-8"
    (fault,) = decoded.faults
    assert (fault.kind, fault.line, fault.column, fault.text) == (FaultKind.UNDECODABLE, 7, 5, "<i>1\ufffd2</i>")


@pytest.mark.parametrize(("declared", "codec"), [("fr", "gb18030"), ("ar", "gb18030"), ("de", "cp932")])
def test_bytes_that_no_code_page_of_the_language_explains_are_undecodable(declared: str, codec: str) -> None:
    decoded = decode(as_file(SENTENCES["ja" if codec == "cp932" else "zh-Hans"]).encode(codec), find_language(declared))
    assert "\ufffd" in decoded.text
    assert [fault.kind for fault in decoded.faults] == [FaultKind.UNDECODABLE]


def test_a_replacement_character_that_the_file_itself_holds_is_no_decoding_fault() -> None:
    assert decode("perdu: \ufffd".encode(), find_language("fr")).faults == ()


def test_capitals_alone_are_read_in_the_usual_code_page() -> None:
    text = as_file(SENTENCES["bg"].upper())
    assert decode(text.encode("windows-1251"), find_language("bg")).text == text


@pytest.mark.parametrize(
    ("tag", "page"),
    [
        ("fa-AF", "windows-1256"),
        ("zh", "gb18030"),
        ("zh-TW", "cp950"),
        ("uk", "windows-1251"),
        ("sw", "windows-1252"),
    ],
)
def test_any_language_has_code_pages(tag: str, page: str) -> None:
    assert alphabet_of(find_language(tag)).pages[0] == page


@settings(deadline=None, max_examples=150)
@given(data=st.binary(max_size=200), language=st.sampled_from([*SENTENCES, "sw"]))
def test_any_bytes_become_text_and_losses_are_reported(data: bytes, language: str) -> None:
    decoded = decode(data, find_language(language))
    lost = decoded.text != data.decode(decoded.encoding, errors="ignore")
    assert lost == any(fault.kind is FaultKind.UNDECODABLE for fault in decoded.faults)


WIDE = [
    *(("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", b""), ("utf-16-be", b"")),
    *(("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)),
    *(("utf-32-le", codecs.BOM_UTF32_LE), ("utf-32-be", codecs.BOM_UTF32_BE)),
]


@pytest.mark.parametrize("tag", SENTENCES)
@pytest.mark.parametrize(("codec", "mark"), WIDE)
def test_a_changed_text_is_written_as_the_file_was(tag: str, codec: str, mark: bytes) -> None:
    text = as_file(SENTENCES[tag])
    data = mark + text.encode(codec)
    assert encode_like(data, text) == data
    assert encode_like(data, text.replace("112", "116 117")) == mark + text.replace("112", "116 117").encode(codec)
    assert encode_like(data, text, to_utf8=True) == text.encode()


@pytest.mark.parametrize(("tag", "page", "text"), LEGACY, ids=[f"{tag}-{page}" for tag, page, _ in LEGACY])
def test_a_changed_text_is_written_in_the_code_page_that_was_read(tag: str, page: str, text: str) -> None:
    data = text.encode(page)
    decoded = decode(data, find_language(tag))
    assert encode_like(data, decoded.text, encoding=decoded.encoding) == data
    assert encode_like(data, decoded.text, encoding=decoded.encoding, to_utf8=True) == decoded.text.encode()
    assert encode_like(data, decoded.text) is None


def test_a_text_that_the_code_page_has_no_letters_for_is_not_written() -> None:
    data = as_file("L'été").encode("windows-1252")
    assert encode_like(data, "Имаш право", encoding="windows-1252") is None
    assert encode_like(data, "Имаш право", encoding="windows-1252", to_utf8=True) == "Имаш право".encode()


def test_bytes_that_were_lost_in_reading_are_never_written_over() -> None:
    data = "L'été \xff".encode("windows-1252").replace(b"\xe9", "é".encode())
    assert decode(data, find_language("fr")).text.endswith("\ufffd")
    assert encode_like(data, decode(data, find_language("fr")).text) is None
    assert encode_like(data, "L'été", to_utf8=True) is None


def test_a_text_that_would_be_read_with_another_mark_is_not_written() -> None:
    assert encode_like(b"abc", "\ufeffabc") is None
    assert encode_like(codecs.BOM_UTF8 + b"abc", "\ufeffabc") == 2 * codecs.BOM_UTF8 + b"abc"


@settings(deadline=None, max_examples=300)
@given(
    data=st.binary(max_size=60),
    language=st.sampled_from([*SENTENCES, "sw"]),
    mark=st.sampled_from([m for _, m in WIDE]),
)
def test_whatever_was_read_without_loss_is_written_back_byte_for_byte(data: bytes, language: str, mark: bytes) -> None:
    decoded = decode(mark + data, find_language(language))
    written = encode_like(mark + data, decoded.text, encoding=decoded.encoding)
    has_losses = any(fault.kind is FaultKind.UNDECODABLE for fault in decoded.faults)
    assert written in ((None,) if has_losses else (mark + data, None))
    if not has_losses and decoded.encoding.startswith(("utf-", "windows-125")) and decoded.encoding != "windows-1258":
        assert written == mark + data

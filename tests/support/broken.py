"""What breaks each rule: the example that explains it, or, where that is told in words, the subject given here."""

from __future__ import annotations

import codecs
import re
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Unpack

from babelreel.languages.find import find_language
from babelreel.model.film.cards import ShownCard
from babelreel.model.film.change.other_film import OtherFilm
from babelreel.model.film.ladder.default_rungs import EDITION_RUNGS
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.signs import Box, Sign
from babelreel.model.ledger.entries import Entry, Ledger, State
from babelreel.model.sound.mix_levels import DubLevels, VoiceOfLine
from babelreel.model.sound.recorded_text import RecordedText
from babelreel.model.sound.recordings import MixedSound, SoundInfo
from babelreel.model.style import LARGEST_SIZE, Look, Style, Styles
from babelreel.model.timecode import Span
from babelreel.model.track import Fault, FaultKind, Format, Track
from babelreel.report.rules_page import SECTIONS
from babelreel.rules.base.recording_subject import (
    DescriptionSubject,
    LostVoiceSubject,
    SettingsSubject,
    StayedSubject,
)
from babelreel.rules.base.rule import Rule
from babelreel.rules.base.subject import TrackSubject
from support.foreign_files import stl_file, stl_text
from support.subjects import Scene, Sounds, make_dub, make_known_film, make_sound, make_subject, paired
from support.tracks import srt

#: Twenty voices with pauses of changing length, so that only one shift of a track fits.
VOICES = tuple((start, start + 2000) for start in (1000 + 3000 * each + 700 * (each * each % 7) for each in range(20)))


def sections(rule: Rule) -> dict[str, str]:
    """Cut an explanation at its headings; what stands before them is under the empty name."""
    parts = re.split(rf"^({'|'.join(SECTIONS)})\b", rule.explanation, flags=re.MULTILINE)
    return dict(zip(["", *parts[1::2]], parts[::2], strict=True))


def example(rule: Rule) -> tuple[str, str] | None:
    """Give the name of the file that a rule's example is in ("Example (in ar.srt):"), and its lines as on disk.

    ``None`` where the example is told in words.
    """
    heading, _, lines = sections(rule)["Example"].partition("\n\n")
    name = re.search(r"[\w-]+\.(srt|vtt|ass|ssa)\b", heading)
    return (name[0] if name else "en.srt", textwrap.dedent(lines)) if "->" in lines else None


def film_of_example(rule: Rule) -> MediaInfo:
    """Give a film of 80 seconds with the cuts and the speech that an example tells of, both in seconds."""
    heading = sections(rule)["Example"].partition("\n\n")[0]
    cuts = re.findall(r"cuts at ([\d.]+)", heading)
    speech = re.findall(r"from ([\d.]+) to ([\d.]+)", heading)
    return make_known_film(
        80_000,
        shots=tuple(int(Fraction(cut) * 25) for cut in cuts) if cuts else None,
        speech=tuple((int(Fraction(start) * 1000), int(Fraction(end) * 1000)) for start, end in speech) or None,
    )


def broken_scene(rule: Rule) -> Scene:
    """Give a track with its sounds in which a rule finds something."""
    shown = example(rule)
    if shown is None:
        broken = BROKEN[rule.code]
        return broken if isinstance(broken, Scene) else Scene(subject=broken)
    return Scene(subject=make_subject(shown[1], path=f"subtitles/{shown[0]}", film=film_of_example(rule)))


BULGARIAN = srt("Имаш право на преводач.")
CALL = srt("Are you under 18?", "Call Child Focus on 116 000.", "See fedasilinfo.be/en")
#: Two lines at 3 and 6 seconds, in a film of 12.
TWO_LINES, FILM = srt("You have rights.", "A doctor is free."), make_known_film(12_000)
LINES = srt(*VOICES)
UPPER_HALF = Box(Fraction(0), Fraction(0), Fraction(1), Fraction(1, 2))
#: What is written over a door.
COURT = Sign(name="court", span=Span(start_ms=9000, end_ms=11_000), is_filmed=False, texts=(("en", "Family court"),))
DUTCH_AND_GERMAN = (find_language("nl"), find_language("de"))
SCRIPT = """\
[Script Info]
ScriptType: v4.00+
PlayResX: 384
PlayResY: 288

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,You have rights.
"""


def _script(old: str, new: str) -> TrackSubject:
    assert old in SCRIPT
    return make_subject(SCRIPT.replace(old, new), path="subtitles/en.ass")


def _voices(*, ratio: Fraction = Fraction(1), by_ms: int = 0) -> tuple[tuple[int, int], ...]:
    return tuple((int(start * ratio) + by_ms, int(end * ratio) + by_ms) for start, end in VOICES)


def _settings(**said: object) -> Scene:
    return _sounds(settings=SettingsSubject(language="en", path="babelreel.toml", **said))  # type: ignore[arg-type] # as it is called


def _sounds(content: str = TWO_LINES, **sounds: Unpack[Sounds]) -> Scene:
    return Scene(subject=make_subject(content, film=FILM), sounds=sounds)


def _takes(first: SoundInfo | int = 2000, second: SoundInfo | int = 2000, **more: SoundInfo | int) -> Scene:
    takes = {"1.wav": first, "2.wav": second, **{name.replace("_", "."): sound for name, sound in more.items()}}
    return _sounds(dub=make_dub(takes))


def _whole(*speech: tuple[int, int], length_ms: int = 12_000, content: str = TWO_LINES) -> Scene:
    dub = make_dub(whole=make_sound("video/stems/en.flac", length_ms, speech=speech))
    film = FILM if content is TWO_LINES else make_known_film(70_000)
    return Scene(subject=make_subject(content, film=film), sounds={"dub": dub})


def _mixed(loudness: str, peak: str = "-1.5", *, language: str = "en") -> MixedSound:
    return MixedSound(
        language=language,
        rendition="web-720p",
        sound="dub",
        loudness_lufs=Decimal(loudness),
        true_peak_dbtp=Decimal(peak),
    )


def _unread(kind: FaultKind, detail: str) -> Track:
    fault = Fault(kind=kind, line=0, column=1, detail=detail)
    return Track(language="en", path="subtitles/en.srt", format=Format.SRT, cues=(), faults=(fault,))


def _tape() -> bytes:
    """Give an EBU STL file of a programme that begins at ten o'clock and does not say so."""
    return stl_file(stl_text((10, 0, 1, 0), (10, 0, 3, 0), b"You have rights."), start=b" " * 8)


def _approved(english: str, french: str) -> TrackSubject:
    """Put a track and its reference beside the words of somebody who approved "Tu as un avocat."."""
    entry = Entry(
        key="00:00:01.000 3f9a",
        state=State.APPROVED,
        by="Amina",
        on="2026-11-30",
        source="You have a lawyer.",
        text="Tu as un avocat.",
    )
    return make_subject(srt(french), "fr", reference=srt(english), ledger=Ledger(entries=(entry,)))


def _recorded(*texts: str, content: str = TWO_LINES) -> Scene:
    """Give takes of lines 1, 2 … that were recorded for these texts, as the lines then began."""
    dub = make_dub({f"{line}.wav": 2000 for line in range(1, len(texts) + 1)})
    takes = (
        replace(take, recorded=RecordedText(text=text, start_ms=3000 * take.line))
        for take, text in zip(dub.takes, texts, strict=True)
    )
    return _sounds(content, dub=replace(dub, takes=tuple(takes)))


BROKEN: Mapping[str, TrackSubject | Scene] = {
    # editions
    "WID004": make_subject(
        srt((1000, 9000, "A guardian is somebody who helps you, who speaks for you\nand who makes sure.")),
        film=FILM,
        rungs=EDITION_RUNGS,
        styles=Styles(whole=Style(size=LARGEST_SIZE)),
    ),
    "WID002": make_subject(
        srt(
            (
                1000,
                8000,
                "A guardian is somebody who helps you and\nspeaks for you, and who makes sure that " + "no " * 9,
            )
        ),
        film=FILM,
        rungs=EDITION_RUNGS,
    ),
    "PAI001": make_subject(
        srt((1000, 4000, "- Who?\n- You.\n- Me?")),
        film=FILM,
        pairs=(paired("en+fr", srt((1000, 4000, "- Qui ?\n- Toi.")), tag="fr"),),
    ),
    "PAI002": make_subject(
        srt((1000, 4000, "Everybody who is here alone is entitled to a guardian.")),
        pairs=(paired("en+fr", srt((1000, 4000, "Chaque enfant seul ici a droit à un tuteur.")), tag="fr"),),
    ),
    "PAI003": make_subject(TWO_LINES, pairs=(paired("en+fr", None, tag="fr"),)),
    "WID003": make_subject(TWO_LINES, film=FILM, rungs=EDITION_RUNGS, title="What you need to know " * 3),
    "STY001": make_subject(TWO_LINES, styles=Styles(whole=Style(outline_color="#ffff00"))),
    "STY002": make_subject(TWO_LINES, styles=Styles(whole=Style(size=Fraction(4, 5)))),
    # words in the picture
    "SGN001": make_subject(TWO_LINES, "fr", signs=(COURT,)),
    "SGN002": make_subject(TWO_LINES, signs=(replace(COURT, span=Span(start_ms=3000, end_ms=3200)),)),
    "SGN003": make_subject(
        TWO_LINES,
        film=FILM,
        signs=(replace(COURT, box=Box(Fraction(4, 5), Fraction(0), Fraction(1, 20), Fraction(1, 20))),),
    ),
    "SGN004": make_subject(
        TWO_LINES.replace("You have", r"{\an8}You have"), signs=(replace(COURT, span=Span(start_ms=3000, end_ms=5000)),)
    ),
    "SGN005": make_subject(TWO_LINES, film=FILM, signs=(replace(COURT, span=Span(start_ms=735_000, end_ms=738_000)),)),
    "SGN006": make_subject(
        TWO_LINES, film=FILM, signs=(replace(COURT, name="door", box=UPPER_HALF), replace(COURT, box=UPPER_HALF))
    ),
    "SGN007": make_subject(
        TWO_LINES,
        film=FILM,
        shown_cards=(
            ShownCard(
                span=Span(start_ms=0, end_ms=2000),
                heading="Your rights",
                numbers=tuple((str(number), "") for number in range(112, 142)),
                ground="#0b5c6b",
                color="#ffffff",
            ),
        ),
    ),
    # bytes and form
    "ENC001": make_subject(BULGARIAN.encode("cp1251"), "bg"),
    "ENC002": make_subject(BULGARIAN.encode().replace("преводач".encode(), b"\xd0\xff\xfe"), "bg"),
    "ENC003": make_subject(codecs.BOM_UTF16_LE + BULGARIAN.encode("utf-16-le"), "bg"),
    "ENC004": make_subject(codecs.BOM_UTF8 + BULGARIAN.encode(), "bg"),
    "ENC005": make_subject(srt("L'Ã©cole est gratuite."), "fr"),
    "ENC006": make_subject(srt("L'\ufffdcole est gratuite."), "fr"),
    "ENC007": make_subject(BULGARIAN.replace("\n", "\r\n", 1), "bg"),
    "ENC008": make_subject(BULGARIAN + "\x1a", "bg"),
    "ENC009": make_subject(BULGARIAN.replace("право", "пра\0во"), "bg"),
    "ENC010": make_subject(srt("Ñàìèðà ùå òè ïîìîãíå."), "bg"),
    "ENC011": make_subject(srt("?????? ?? ??"), "bg"),
    "SYN003": make_subject(b""),
    "SYN009": make_subject(_unread(FaultKind.UNREADABLE_FILE, "Permission denied")),
    "SYN010": make_subject(_tape(), path="subtitles/en.stl"),
    # files that are not read
    "FIL001": make_subject(_unread(FaultKind.MISNAMED_FILE, "rename it to ar.srt")),
    "FIL002": make_subject(_unread(FaultKind.RIVAL_FILE, "fr.srt and fr.vtt are in one language")),
    "FIL003": make_subject(_unread(FaultKind.UNUSED_FILE, "it is a table")),
    "FIL004": _sounds(
        description=DescriptionSubject(
            language="en",
            path="video/master.probe.json",
            other=OtherFilm(before_ms=20_000, film_ms=15_000, last_text_ms=16_000),
        )
    ),
    "FIL005": _sounds(stayed=StayedSubject(language="en", path="video/signed/fr.mp4")),
    "SET001": _settings(near_renditions=(("storry", "story"),)),
    "SET002": _settings(absent_film="video/mater.mp4", films=("master.mp4",)),
    "SET003": _settings(output_fault="“subtitles” is for something else"),
    "SET004": _settings(chapters=(0, 20_000), film=replace(FILM, duration_ms=20_000)),
    "SET005": _settings(unmatched_files=(("fr.vtt", "fr.srt"),)),
    "SET006": _settings(unheard=("ps",)),
    "SET008": _settings(idle=("style: opacity does nothing without a background",)),
    "SET009": _settings(logo_fault="brand/none.png, named by [cards] logo in babelreel.toml: it cannot be read"),
    "SET010": _settings(refused_signers=(("video/signed/fr.mp4", "fr"),)),
    "SET007": _settings(cards_ms=12_000, film=replace(FILM, duration_ms=10_000)),
    "SRT002": make_subject(srt("You have rights.") + "\n5\nIt is free.\n"),
    "ASS001": _script(SCRIPT[: SCRIPT.index("[V4+")], ""),
    "ASS002": _script("Format: Layer, Start, End, Style", "Format: Layer, Start, Style"),
    "ASS003": _script("Default,Arial,20", "Default,Arial"),
    "ASS004": _script("3.00,Default", "3.00,Thoughts"),
    "ASS005": _script("[V4+ Styles]", "[V4+ Style]"),
    "ASS006": _script("PlayResX: 384\nPlayResY: 288\n", ""),
    "ASS007": _script("v4.00+", "v4.00"),
    "ASS008": _script("You have rights.", r"{\p1}m 0 0 l 100 0 100 100"),
    "ASS009": _script("You have rights.", r"You have {\alpha&HFF&}no{\alpha} rights."),
    "ASS011": replace(
        _script("You have rights.", r"{\c&H00FFFF&}You {\c&HFFFFFF&}have rights."),
        styles=Styles(whole=Style(look=Look.OWN)),
    ),
    "ASS010": _script("You have rights.", r"{\pos(192,110)}You have rights."),
    # text
    "SPC002": make_subject(srt("It is free. ")),
    "SPC003": make_subject(srt("It is\tfree.")),
    "SPC007": make_subject(srt("inter\u00adpreter")),
    "LET004": make_subject(srt(*["Ke te drejte te kesh nje avokat."] * 12), "sq"),
    "TYP004": make_subject(srt("Estás solo?"), "es"),
    "SCR004": make_subject(srt("می\u200c روم"), "fa"),
    "DIR001": make_subject(srt("ًابحرم َتنأ", "ُلوق", "ٌباتك ٌديج"), "ar"),
    "DIR004": make_subject(srt("اتصل 000 116."), "ar", reference=srt("Call 116 000.")),
    "DIR005": make_subject(srt("»سلام«"), "fa"),
    "DIR007": make_subject(srt("Call \u202e000 611\u202c.")),
    "DIR008": make_subject(srt("\u2067المحامي\nمجاني.\u2069"), "ar"),
    "GLY002": make_subject(srt("Here \uf3c5")),
    # beside the film
    "FLM007": make_subject(srt(*_voices(by_ms=2000)), film=make_known_film(70_000, speech=VOICES)),
    "FLM008": make_subject(srt(*_voices(ratio=Fraction(25, 24))), film=make_known_film(70_000, speech=VOICES)),
    # beside other languages
    "LNG001": make_subject(
        srt("Du hast Rechte.", "Das Gesetz schützt dich.", "Du kannst zum Arzt."),
        "nl",
        languages=DUTCH_AND_GERMAN,
    ),
    "LNG002": make_subject(
        srt(
            "Je hebt recht op een veilige slaapplek.",
            "Die Dolmetscherin wiederholt nur, was du sagst.",
            "Je kunt naar de dokter.",
        ),
        "nl",
        languages=DUTCH_AND_GERMAN,
    ),
    "PAR001": make_subject(
        srt((1000, 4000), (9000, 12_000), text="De advocaat is gratis."),
        "nl",
        reference=srt((1000, 4000), (5000, 8000), (9000, 12_000), text="The lawyer is free."),
    ),
    "PAR002": make_subject(
        srt((1000, 4000), (5000, 8000), (9000, 12_000), text="De advocaat is gratis."),
        "nl",
        reference=srt((1000, 4000), (9000, 12_000), text="The lawyer is free."),
    ),
    "PAR003": make_subject(srt(*_voices(by_ms=1000), text="Je hebt rechten."), "nl", reference=LINES),
    "PAR004": make_subject(srt("The lawyer is free."), "nl", reference=srt("The lawyer is free.")),
    "PAR005": make_subject(
        srt("Bel 116 000.", "In gevaar? Bel 112."), "nl", reference=srt("Call 112.", "Call 116 000.")
    ),
    "FCT001": make_subject(srt("Ben je jonger dan 16?"), "nl", reference=CALL),
    "FCT002": make_subject(srt("Ben je jonger dan 18?", "Bel Child Focus op 116 006."), "nl", reference=CALL),
    "FCT003": make_subject(
        srt("Ben je jonger dan 18?", "Bel 116 000.", "Kijk op fedasil-info.be/nl."), "nl", reference=CALL
    ),
    "FCT004": make_subject(srt("Под 18 ли си?", "Обади се на 116 000."), "bg", reference=CALL, names=("Child Focus",)),
    "FCT005": make_subject(
        srt("Bel Child Focus.", "Wat is Child Focus?", "Child Fokus is gratis."),
        "nl",
        reference=srt("Call Child Focus.", "What is Child Focus?", "Child Focus is free."),
    ),
    "FCT006": make_subject(srt("In danger? Call 112."), is_reference=True),
    # sounds
    "DUB001": _takes(make_sound("", 0, fault="the file has no bytes")),
    "DUB002": _sounds(dub=make_dub(whole=make_sound("video/stems/en.wav", is_guide=True))),
    "DUB003": _sounds(dub=make_dub({"1.wav": 2000, "2.wav": 2000}, strays=["2 new.wav"])),
    "DUB004": _takes(**{"2_mp3": 2000}),
    "DUB005": _sounds(dub=make_dub({"1.wav": 2000})),
    "DUB006": _takes(make_sound("", heard=(0, 0))),
    "DUB007": _whole((3000, 5500)),
    "DUB008": _whole((3000, 5500), (6000, 8500), (10_000, 11_900)),
    "DUB009": _takes(make_sound("", clipped=1000)),
    "DUB010": _takes(make_sound("", sample_rate_hz=8000)),
    "DUB011": _takes(make_sound("", channels=6)),
    "DUB012": _takes(7500),
    "DUB013": _sounds(srt((1000, 7000)), dub=make_dub({"1.wav": 2000})),
    "DUB014": _whole((3000, 5500), (6000, 8500), (12_500, 13_000), length_ms=14_000),
    "DUB015": _whole((3000, 5500), length_ms=5500),
    "DUB016": _whole(*_voices(by_ms=4000), length_ms=75_000, content=LINES),
    "DUB017": _whole(*_voices(ratio=Fraction(25, 24)), length_ms=75_000, content=LINES),
    "DUB018": _sounds(mixed=(_mixed("-19.2"),)),
    "DUB019": _sounds(mixed=(_mixed("-16.0", "0.3"),)),
    "DUB020": _sounds(mixed=(_mixed("-16.9"), *(_mixed("-15.8", language=each) for each in ("fr", "nl", "de")))),
    "DUB021": _sounds(music=make_sound("video/stems/me.flac", 15_000)),
    "DUB023": _recorded("You have no rights.", "A doctor is free."),
    "DUB024": _recorded("A doctor is free."),
    "DUB025": _sounds(dub=make_dub({"1.wav": 2000, "2.wav": 2000}), is_new=True),
    "DUB026": _sounds(
        mixed=(_mixed("-16.0"),),
        voices=DubLevels(language="en", lines=(VoiceOfLine(line=1, gain_db=Decimal("8.0"), above_db=Decimal("4.0")),)),
    ),
    # beside what people said
    "LDG001": _approved("You have no lawyer.", "Tu as un avocat."),
    "LDG002": _approved("You have a lawyer.", "Tu n’as pas d’avocat."),
    "LDG003": make_subject(srt("Tu as un avocat."), "fr", reference=srt("You have a lawyer."), ledger=Ledger()),
    "LDG004": make_subject(srt("Tu as un avocat."), "fr", ledger_fault="line 3 is a mark of a merge with a conflict"),
    "DUB027": _takes(replace(make_sound(""), speech_lufs=Decimal("-36.0"), noise_lufs=Decimal("-48.0"))),
    "DUB028": _sounds(dub=make_dub({"1.wav": 2000, "2.wav": 2000}), is_agreed=False),
    "DUB022": _sounds(lost=LostVoiceSubject(language="de", path="video/stems/de")),
}

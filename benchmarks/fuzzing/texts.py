"""Groups ``readers`` and ``convert``: subtitle files in every format that is read."""

from __future__ import annotations

import random
from pathlib import Path

from fuzzing.bounded import Check
from fuzzing.mutators import JSON_TOKENS, damage_bytes, damage_document, write_json
from fuzzing.promises import BrokenPromiseError, refuse_control

_SBV = b"0:00:01.000,0:00:03.000\nYou have\nrights.\n\n0:00:04.000,0:00:06.000\nA doctor is free.\n"
_MICRODVD = b"{1}{1}25.000\n{25}{75}{y:i}You have|rights.\n{100}{150}A doctor is free.\n"
_MPL2 = b"[10][30]/You have|rights.\n[40][60]A doctor is free.\n"
_TTML = b"""\
<?xml version="1.0" encoding="UTF-8"?>
<tt xml:lang="fr" xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"
    xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" ttp:tickRate="1000" ttp:cellResolution="32 15">
<head><styling><style xml:id="s" tts:fontStyle="italic"/></styling>
<layout><region xml:id="r" tts:origin="10% 10%" tts:extent="80% 20%" tts:displayAlign="before"/></layout></head>
<body><div begin="0s"><p begin="00:00:01.000" end="00:00:03:12" region="r" style="s">You<br/>
have <span>rights</span></p>
<p begin="4000t" dur="2s">A &amp; doctor &lt;is&gt; free.</p></div></body></tt>
"""
_DAPT = b"""\
<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
    xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:daptm="http://www.w3.org/ns/ttml/profile/dapt#metadata"
    ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/dapt1.0/content" xml:lang="fr" daptm:langSrc="en"
    daptm:scriptRepresents="audio.dialogue" daptm:scriptType="preRecording">
<head><metadata><ttm:title>Film</ttm:title>
<ttm:agent type="character" xml:id="s1"><ttm:name type="alias">Amina</ttm:name></ttm:agent></metadata></head>
<body daptm:represents="audio.dialogue" xml:space="preserve">
<div xml:id="d1" begin="1s" end="3s" ttm:agent="s1"><p xml:lang="fr" daptm:langSrc="en">Tes<br/>droits.</p></div>
</body></tt>
"""
_TRANSCRIPT = {
    "text": "You have rights. A doctor is free.",
    "language": "en",
    "segments": [
        {"id": 0, "start": 1.0, "end": 3.0, "text": " You have", "words": [{"word": " You", "start": 1.0, "end": 1.2}]},
        {"id": 1, "start": 4.0, "end": 6.0, "text": " A doctor is free."},
    ],
}
_XML_TOKENS = tuple(
    token.encode()
    for token in (
        *(
            "<",
            ">",
            "</",
            "/>",
            "<p",
            "<p begin='1s' end='2s'>",
            "<span>",
            "<br/>",
            "<div>",
            "&",
            "&#0;",
            "&#27;",
            "&x;",
        ),
        *(
            "<!DOCTYPE a [<!ENTITY x '",
            "<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
            "]]>",
            "<![CDATA[",
            "<!--",
            "<?x?>",
        ),
        *(
            "begin=''",
            "end='99:99:99:99'",
            "dur='-1s'",
            "ttp:frameRate='0'",
            "ttp:tickRate='0'",
            "ttp:timeBase='smpte'",
        ),
        *("tts:origin='a b'", "ttp:frameRateMultiplier='0 0'", "ttp:cellResolution='0 0'", "tts:fontSize='1e99%'"),
        *(
            "timeContainer='seq'",
            "xml:lang=''",
            "xml:space='preserve'",
            "\0",
            "\x1b",
            "\ufffe",
            "'",
            '"',
            "encoding='utf-16'",
        ),
        *(
            "<div>" * 3000,
            "<p>" * 500,
            "begin='9999999999999999999s'",
            "begin='1e9h'",
            "begin='0.0000001f'",
            "region='r'",
        ),
    )
)
_LINE_TOKENS = tuple(
    token.encode()
    for token in (
        *(
            "{",
            "}",
            "[",
            "]",
            "|",
            "/",
            ",",
            ".",
            ":",
            "\n",
            "\r",
            "\0",
            "\x1b",
            "{1}{1}0",
            "{1}{1}1e9",
            "{y:i}",
            "{0}{}",
        ),
        *(
            "0:00:01.000,0:00:02.000\n",
            "9" * 30,
            "-1",
            "[[",
            "[99999999999][1]",
            "{99999999999999}{1}x\n",
            "\u202e",
            "\ufeff",
        ),
    )
)


def prepare_readers(folder: Path) -> Check:  # noqa: ARG001 - nothing is written
    """Give the check that reads a damaged file, looks for faults, and writes it in our own formats."""
    from support.damaged import PIECES, SEEDS, damage, damaged_bytes  # noqa: PLC0415 - in the worker
    from support.foreign_files import stl_file, stl_text  # noqa: PLC0415 - the same
    from support.reader_laws import LANGUAGES, check_file, check_fixes  # noqa: PLC0415 - the same

    tags = sorted(LANGUAGES)
    block = stl_text((0, 0, 1, 0), (0, 0, 3, 0), b"You have\x8arights.")
    foreign: dict[str, tuple[bytes, tuple[bytes, ...]]] = {
        "a.sbv": (_SBV, _LINE_TOKENS),
        "a.sub": (_MICRODVD, _LINE_TOKENS),
        "a.mpl": (_MPL2, _LINE_TOKENS),
        "a.ttml": (_TTML, _XML_TOKENS),
        "a.dfxp": (_DAPT, _XML_TOKENS),
        "a.json": (b"", JSON_TOKENS),
        "a.stl": (
            stl_file(block, stl_text((0, 0, 4, 0), (0, 0, 6, 0), b"\x80A doctor\x81", number=1)),
            (b"\x8a", b"\x8f"),
        ),
    }
    pieces = tuple(piece.encode("utf-8", "ignore") for piece in PIECES)
    names = (*sorted(SEEDS) * 2, *sorted(foreign), "dapt")

    def check(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - damage, not a secret
        path, tag = chance.choice(names), chance.choice(tags)
        if path in SEEDS and chance.random() < 0.7:  # noqa: PLR2004 - most, as it was before
            text = damage(SEEDS[path], chance)
            check_file(damaged_bytes(text, chance), path=path, tag=tag)
            check_fixes(text, path=path, tag=tag)
            return
        if path in SEEDS:
            others = [other.encode() for other in SEEDS.values()]
            data = damage_bytes(SEEDS[path].encode(), chance, pieces, others)
        elif path == "a.json":
            data = write_json(damage_document(_TRANSCRIPT, chance), chance)
        else:
            data = damage_bytes(
                *((_DAPT, chance, _XML_TOKENS) if path == "dapt" else (foreign[path][0], chance, foreign[path][1]))
            )
        _read_dapt(data) if path == "dapt" else _read(data, path, tag)

    return check


def _read(data: bytes, path: str, tag: str) -> None:
    from babelreel.errors import TrackError  # noqa: PLC0415 - in the worker
    from babelreel.languages.find import find_language  # noqa: PLC0415 - the same
    from babelreel.model.visible_text import visible_track  # noqa: PLC0415 - the same
    from babelreel.timedtext.formats.sidecar import render_subrip, render_webvtt  # noqa: PLC0415 - the same
    from babelreel.timedtext.read import read_track  # noqa: PLC0415 - the same
    from babelreel.timedtext.words.paragraphs import lay_paragraphs  # noqa: PLC0415 - the same
    from support.reader_laws import check_findings  # noqa: PLC0415 - the same

    language = find_language(tag)
    try:
        track = read_track(data, language=language, path=path)
    except TrackError:
        return
    check_findings(track, tag)
    published = visible_track(track)
    refuse_control(render_webvtt(published, language), "WebVTT")
    refuse_control(render_subrip(published, None), "SubRip")
    for paragraph in lay_paragraphs(published.cues, language):
        refuse_control(paragraph.text, "paragraphs")
    again = read_track(render_webvtt(published, language).encode(), language=language, path="a.vtt")
    if again.is_unread:
        raise BrokenPromiseError("what we write is not read again")


def _read_dapt(data: bytes) -> None:
    from babelreel.errors import TrackError  # noqa: PLC0415 - in the worker
    from babelreel.timedtext.formats.dapt import render_dapt  # noqa: PLC0415 - the same
    from babelreel.timedtext.formats.dapt_reader import read_dapt  # noqa: PLC0415 - the same

    try:
        refuse_control(render_dapt(read_dapt(data, "a.ttml")), "DAPT")
    except TrackError:
        return

"""How are subtitle files damaged so that every branch of the readers is reached?"""

from __future__ import annotations

import random

SRT = """\
1
00:00:01,000 --> 00:00:03,000
<i>You</i> have {\\an8}rights.

2
00:00:04,000 --> 00:00:06,000 X1:1 Y1:2
A doctor
is free.
"""
VTT = """\
WEBVTT - our film

NOTE
a note

STYLE
::cue { color: red }

REGION
id:top width:80%

one
00:01.000 --> 00:03.000 region:top line:0
<v Amina>You <c.x>have</c> <00:02.000>rights &amp; more

00:04.000 --> 00:06.000 align:left
<ruby>a<rt>b</rt></ruby> <lang ar>c</lang>
"""
ASS = """\
[Script Info]
ScriptType: v4.00+
PlayResX: 384
PlayResY: 288

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{\\i1}You{\\r} have\\Nrights
Dialogue: 0,0:00:04.00,0:00:06.00,Default,,0,0,0,,{\\p1}m 0 0{\\p0}A\\hdoctor
"""

SEEDS = {"a.srt": SRT, "a.vtt": VTT, "a.ass": ASS, "a.ssa": ASS.replace("V4+", "V4").replace("v4.00+", "v4.00")}

#: Pieces with a meaning for one of the readers, or for the rules about bytes.
PIECES = (
    *(
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        " ",
        "\t",
        "\u00a0",
        "\u200f",
        "\ufeff",
        "\0",
        "\x1a",
        "\x0b",
        "\x85",
        "\u2028",
        "\ufffd",
    ),
    *("1", "2", "7.", "#3", "112", "٣", "1\n", "\n2\n", "\n\n3\n", "Ã©", "Â", "â€™", "Ð˜", "é", "ü “", "😀", "你"),
    *(
        "-->",
        " --> ",
        "->",
        "—>",
        "--",
        ">",
        "<",
        "</",
        "&",
        "&amp;",
        "&#10;",
        "&#27;",
        "&#0;",
        "&#155;",
        "&nbsp;",
        ";",
        "{",
        "}",
        "\\",
        "{\\an8}",
    ),
    *("00:00:01,000", "00:00:01,000 --> 00:00:02,000", "00:01.000 --> 00:02.000", "00:00:01,000 00:00:02,000"),
    *("0:00:01.00", "00:00:01,5", "99:59:59,999", "-00:00:01,000", "00:00:61,000", "1:1", "٠٠:٠٠:٠١,٠٠٠"),
    *("WEBVTT", "NOTE", "STYLE", "REGION", "id:top", "region:top", "line:0", "line:", "align:middle", "size:101%"),
    *("<i>", "</i>", "<c>", "</c>", "<v>", "<v A>", "<rt>", "<ruby>", "<lang x>", "<00:02.000>", "<1:", "<3"),
    *("[Script Info]", "[V4+ Styles]", "[V4 Styles]", "[Events]", "[Fonts]", "[x]", "ScriptType: x", "PlayResX: 0"),
    *("Format: Name", "Format: Start, End, Text", "Style: x", "Dialogue: 0,0:00:01.00,0:00:02.00,x,,0,0,0,,"),
    *("Dialogue:", "Comment:", ",", ",,,,,,,,", "\\N", "\\h", "\\n", "{\\p1}", "{\\r}", "; x", "x"),
)

_CODECS = (*("utf-8",) * 6, "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "windows-1252", "windows-1256", "gb18030")


def damage(text: str, chance: random.Random) -> str:
    """Delete, repeat and insert some stretches of a text."""
    for _ in range(chance.randint(1, 8)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((0, 0, 1, 1, 2, 5, 20, 60)))
        kind = chance.randrange(4)
        if kind == 0:
            text = text[:start] + text[end:]
        elif kind == 1:
            text = text[:end] + text[start:]
        else:
            text = text[:start] + "".join(chance.choices(PIECES, k=chance.randint(1, 3))) + text[end:]
    return text


def damaged_bytes(text: str, chance: random.Random) -> bytes:
    """Save a text in some encoding, and now and then change a few bytes."""
    data = bytearray(text.encode(chance.choice(_CODECS), "ignore"))
    for _ in range(chance.choice((0, 0, 0, 1, 3))):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)

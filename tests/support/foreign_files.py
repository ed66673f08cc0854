"""How do tests get files in formats that are read only?"""

from __future__ import annotations

Time = tuple[int, int, int, int]


def stl_file(*blocks: bytes, rate: bytes = b"STL25.01", start: bytes = b"00000000", letters: bytes = b"00") -> bytes:
    """Make an EBU STL file (Tech 3264): its frame rate, the start of its programme, its table of letters."""
    names = b" " * (6 * 32 + 16)
    counts = b"250101" * 2 + b"00" + b"%05d%05d001" % (len(blocks), len(blocks))
    general = b"850" + rate + b"1" + letters + b"0F" + names + counts + b"40" + b"23" + b"1" + start + start + b"11FRA"
    return general.ljust(1024) + b"".join(blocks)


def stl_text(  # noqa: PLR0913 - what a block says
    begin: Time, end: Time, text: bytes, *, row: int = 20, number: int = 0, is_comment: bool = False, group: int = 0
) -> bytes:
    """Make a block of text; times are hours, minutes, seconds and frames, ``group`` the place in a growing text."""
    head = bytes([0]) + number.to_bytes(2, "little") + bytes([0xFF, group, *begin, *end, row, 2, is_comment])
    return head + text.ljust(112, b"\x8f")


def ttml_file(body: str, *, head: str = "", attributes: str = "") -> bytes:
    """Make a TTML document; tts: and ttp: are its styles and parameters."""
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<tt xml:lang="fr" xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"
    xmlns:ttp="http://www.w3.org/ns/ttml#parameter" {attributes}>
<head>{head}</head>
<body><div>{body}</div></body>
</tt>
""".encode()

"""Which files of a stranger may stand on the pages?"""

from __future__ import annotations

import struct
import zlib

import pytest

from babelreel.delivery.logo import MOST_BYTES, why_no_logo

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def fault(inside: str, head: str = HEAD) -> str:
    return why_no_logo("logo.svg", f"{head}{inside}</svg>".encode())


def png(width_px: int, height_px: int) -> bytes:
    """Write a grey picture of one bit for each pixel, as the PNG specification has it (chunks, each with its CRC)."""
    rows = (b"\0" + bytes(-(-width_px // 8))) * height_px
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width_px, height_px, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    written = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h9v9z"/>',
        '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><rect fill="url(#g)" width="9"/>',
        '<style>.a { fill: url("#g"); font-family: sans-serif }</style><g class="a"/>',
        '<use xlink:href="#a"/><title>Rights &amp; help</title>',
        '<image href="data:image/png;base64,AAAA"/>',
    ],
)
def test_a_drawing_is_taken(inside: str) -> None:
    assert fault(inside) == ""


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<script>alert(1)</script>", "“script”"),
        ("<g>\n<SCRIPT/></g>", "line 2 holds “script”"),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg"/>', "“script”"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>', "“script”"),
        ('<path onload="alert(1)"/>', "“onload”, which runs a script"),
        ("<foreignObject/>", "“foreignobject”"),
        ('<a xlink:href="javascript:alert(1)"/>', "“a”"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "“set”"),
        ('<use href="https://elsewhere.example/x.svg#a"/>', "the address of another file"),
        ('<image xlink:href="/private.png"/>', "the address of another file"),
        ('<image href="data:image/svg+xml,%3Csvg/%3E"/>', "the address of another file"),
        ("<style>@import 'x.css';</style>", "the address of another file"),
        ("<rect style=\"fill: url( 'https://elsewhere.example/')\"/>", "the address of another file"),
        ("<g>", "no SVG drawing"),
    ],
)
def test_a_drawing_that_does_more_is_refused_in_words(inside: str, told: str) -> None:
    assert told in fault(inside)


def test_entities_and_style_sheets_of_others_are_refused_before_they_are_read() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + HEAD
    assert "a document type" in fault("&b;", bomb)
    assert "an instruction" in fault("", '<?xml-stylesheet href="x.css"?>' + HEAD)


def test_another_document_is_no_drawing() -> None:
    assert why_no_logo("logo.svg", b"<html/>") == "it is no SVG drawing"
    assert "no SVG drawing" in why_no_logo("logo.svg", png(64, 64))
    assert "no PNG" in why_no_logo("logo.png", HEAD.encode())


def test_a_picture_is_taken_by_its_size() -> None:
    assert why_no_logo("logo.PNG", png(64, 32)) == ""
    assert "5000×20 pixels" in why_no_logo("logo.png", png(5000, 20))
    assert "no PNG" in why_no_logo("logo.png", png(64, 32)[:-20])
    assert "200 kB are enough" in why_no_logo("logo.png", png(64, 32) + bytes(MOST_BYTES))

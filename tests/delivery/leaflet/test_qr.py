"""Does a phone read what the code says?"""

from __future__ import annotations

import os
import re

import numpy as np
import pytest

from babelreel.delivery.leaflet.qr import render_qr
from babelreel.errors import UsageError

ADDRESS = "https://rights.example/film/zh-Hans/"


def modules(svg: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Draw the code by its path, ten pixels a module: lines to the right, one row below the other."""
    text = svg.decode()
    (side,) = {int(each) for pair in re.findall(r'viewBox="0 0 (\d+) (\d+)"', text) for each in pair}
    drawn = np.full((side, side), 255, dtype=np.uint8)
    (path,) = re.findall(r'stroke="#000" d="([^"]+)"', text)
    x = y = 0.0
    for word, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?", path):
        if word == "h":
            drawn[int(y), int(x) : int(x) + int(first)] = 0
            x += float(first)
        else:
            x, y = (float(first), float(second)) if word == "M" else (x + float(first), y + float(second))
    return drawn.repeat(10, axis=0).repeat(10, axis=1)


def test_another_reader_reads_the_address() -> None:
    try:
        import zxingcpp  # noqa: PLC0415 - may be missing
    except ImportError:
        if os.environ.get("BABELREEL_TESTS_FORBID_SKIPS"):
            raise
        pytest.skip("zxing-cpp is not installed")
    (found,) = zxingcpp.read_barcodes(modules(render_qr(ADDRESS)))
    assert (found.text, found.ec_level) == (ADDRESS, "M")


def test_a_code_is_black_on_white_with_four_modules_of_quiet() -> None:
    drawn = modules(render_qr(ADDRESS))
    dark = np.argwhere(drawn == 0)
    assert (dark.min(), dark.max()) == (40, drawn.shape[0] - 41)
    assert b'fill="#fff"' in render_qr(ADDRESS)


def test_a_code_holds_nothing_but_two_shapes_and_is_the_same_each_time() -> None:
    svg = render_qr(ADDRESS)
    assert re.findall(rb"<(\w+)", svg) == [b"svg", b"path", b"path"]
    assert b"style" not in svg
    assert render_qr(ADDRESS) == svg


def test_an_address_too_long_is_told() -> None:
    with pytest.raises(UsageError, match=r"delivery\.address"):
        render_qr("https://rights.example/" + "a" * 2400)

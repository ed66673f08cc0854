"""Make a text safe for the cell of a spreadsheet."""

from __future__ import annotations

import re

#: Spreadsheet programs take UTF-8 for UTF-8 only when it begins with this.
BYTE_ORDER_MARK = "\ufeff"

#: What a spreadsheet program may take for a formula: at the start of a cell, also after spaces; and behind a semicolon,
#: which parts cells where the comma is the sign for decimals, as in most of Europe. There a quote begins a cell anew.
_FORMULA = re.compile(r"(\A|;)(?=[\s\"]*+[=+\-@＝＋－＠])|\A(?=[\t\r])")


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet program could take for a formula: ``= + - @``, a tab, a CR."""
    return _FORMULA.sub(r"\1'", text)

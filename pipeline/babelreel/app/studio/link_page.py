"""Hand the link of a studio to a browser without other users of the machine seeing the key in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path

from babelreel.system_errors import house_errors

_PAGE = """\
<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={link}">
<title>babelreel studio</title>
<p><a href="{link}">babelreel studio</a></p>
"""


@contextmanager
def page_that_leads_to(link: str, state_dir: Path) -> Iterator[str]:
    """Make a page that only its user can read and that leads to a link; yield its address while it is needed.

    Every user of the machine can list what a browser is started with. Raises ``MachineError`` or ``NoSpaceError``.
    """
    path = state_dir.absolute() / f"studio-{os.getpid()}.html"
    with house_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with open(path, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(_PAGE.format(link=escape(link)))
    try:
        yield path.as_uri()
    finally:
        with suppress(OSError):
            path.unlink()

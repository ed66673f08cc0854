"""Write the one file that comes by mail, in which a translator reads, corrects and approves lines."""

from __future__ import annotations

import json
from base64 import b64encode
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from babelreel.languages.find import find_language
from babelreel.model.exchange.sheets import SentRow, Sheet
from babelreel.model.language import ENGLISH
from babelreel.model.timecode import MS_PER_SECOND, render_clock
from babelreel.report.findings.wording import numbers
from babelreel.report.html_templates import html_template
from babelreel.report.studio_files import STUDIO_FILES

#: The page's style, its script, and those of its words that the studio has not.
PAGE_FILES = Path(__file__).parent / "by_mail"
#: What is said for readers of English of words that no native reader has read.
_DRAFT = "draft translation"


def render_answer_page(sheet: Sheet, answer: str) -> bytes:
    """Write one HTML page, complete in itself: nothing is loaded, and only its own script runs, by its own policy.

    Its words are in the language of the lines, or in English. Every text is escaped, and stands in its own direction.
    ``answer`` is the name of the file that the page makes of what was written in it.
    """
    has_words = sheet.language.sheet is not None
    reader = sheet.language if has_words else find_language(ENGLISH)
    draft = reader.sheet.draft if reader.sheet else ""
    template = html_template(
        "answer.html.j2",
        ("json", _json),
        ("digest", _digest),
        ("picture", lambda jpeg: f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"),
        ("clock", render_clock),
        ("limit", lambda row: str(_characters(row, sheet.cps))),
        ("most", lambda row: str(_characters(row, sheet.cps_error))),
        ("filled", _filled),
        ("numbers", numbers),
    )
    return template.render(
        sheet=sheet,
        answer=answer,
        page=f"babelreel:{sha256(' '.join(str(row.key) for row in sheet.rows).encode()).hexdigest()[:16]}",
        lang=reader.tag,
        dir=reader.direction,
        draft=f"{draft} ({_DRAFT})" if draft else "",
        words=page_words(reader.tag),
        english=page_words(ENGLISH),
        style=(PAGE_FILES / "page.css").read_text("utf-8"),
        script=(PAGE_FILES / "page.js").read_text("utf-8"),
    ).encode()


def page_words(tag: str) -> dict[str, str]:
    """Read the words of the page in a language: the studio's, where it has them."""
    words: dict[str, str] = {}
    for each in dict.fromkeys((ENGLISH, tag)):
        for folder in (STUDIO_FILES, PAGE_FILES):
            path = folder / "words" / f"{each}.json"
            words |= json.loads(path.read_text("utf-8")) if path.exists() else {}
    return words


def _characters(row: SentRow, per_second: Fraction) -> int:
    return int(max(0, row.span.duration_ms) * per_second / MS_PER_SECOND)


def _filled(text: str, name: str, value: object) -> str:
    return text.replace(f"{{{name}}}", str(value)).strip()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()

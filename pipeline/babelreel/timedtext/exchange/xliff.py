"""Write and read lines in an XLIFF file, 1.2 or 2.1, as programs for translators exchange it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET  # to write, and for the tree of the parser that is ours
from xml.sax.saxutils import escape, quoteattr

from babelreel.model.exchange.row_key import parse_key, tidy
from babelreel.model.exchange.sheets import Returned, ReturnedRow, SentRow, Sheet
from babelreel.model.ledger.entries import State
from babelreel.model.timecode import render_clock
from babelreel.timedtext.exchange.archives import read_xml, refuse_file

#: XLIFF 2.1, 4.3.1.10: initial, translated, reviewed, final. What is not finished is initial with a text in it.
_STATES_2 = {State.DRAFT: "initial", State.TRANSLATED: "translated", State.APPROVED: "final"}
#: XLIFF 1.2, 2.3.3: the values of "state" of a target.
_STATES_1 = {State.DRAFT: "needs-translation", State.TRANSLATED: "translated", State.APPROVED: "final"}
#: "initial" and "new" stand where nobody said anything: many programs write them everywhere.
_READ: Mapping[str, State] = {
    "needs-translation": State.DRAFT,
    "needs-adaptation": State.DRAFT,
    "needs-review-translation": State.TRANSLATED,
    "translated": State.TRANSLATED,
    "reviewed": State.APPROVED,
    "signed-off": State.APPROVED,
    "final": State.APPROVED,
}


def write_xliff(sheet: Sheet) -> bytes:
    """Write XLIFF 2.1 (OASIS standard of 2018)."""
    source = sheet.reference or sheet.language
    units = "".join(map(_unit, sheet.rows))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang={quoteattr(source.tag)} '
        f"trgLang={quoteattr(sheet.language.tag)}>\n"
        f'<file id="film" original={quoteattr(sheet.title)}>\n{units}</file>\n</xliff>\n'
    ).encode()


def _unit(row: SentRow) -> str:
    state = _STATES_2.get(row.state) if row.state else None
    notes = [_note("time", _when(row))]
    notes += [_note("before", row.earlier)] if row.earlier else []
    notes += [_note("comment", row.comment)] if row.comment else []
    attribute = f' state="{state}"' if state else ""
    return (
        f'<unit id="{row.key}" xml:space="preserve"><notes>{"".join(notes)}</notes>'
        f"<segment{attribute}><source>{escape(row.source or row.text)}</source>"
        f"<target>{escape(tidy(row.text))}</target></segment></unit>\n"
    )


def _note(category: str, text: str) -> str:
    return f'<note category="{category}">{escape(text)}</note>'


def write_xliff_1(sheet: Sheet) -> bytes:
    """Write XLIFF 1.2, which older programs read."""
    source = sheet.reference or sheet.language
    units = "".join(map(_unit_1, sheet.rows))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n'
        f"<file original={quoteattr(sheet.title)} source-language={quoteattr(source.tag)} "
        f'target-language={quoteattr(sheet.language.tag)} datatype="plaintext">'
        f"<body>\n{units}</body></file>\n</xliff>\n"
    ).encode()


def _unit_1(row: SentRow) -> str:
    state = _STATES_1.get(row.state) if row.state else None
    before = f'<note from="before">{escape(row.earlier)}</note>' if row.earlier else ""
    comment = f'<note from="comment">{escape(row.comment)}</note>' if row.comment else ""
    attribute = f' state="{state}"' if state else ""
    return (
        f'<trans-unit id="{row.key}" xml:space="preserve"><source>{escape(row.source or row.text)}</source>'
        f"<target{attribute}>{escape(tidy(row.text))}</target>"
        f'<note from="time">{escape(_when(row))}</note>{before}{comment}</trans-unit>\n'
    )


def _when(row: SentRow) -> str:
    return f"{_about(row)}, {render_clock(row.span.start_ms)}, {max(0, row.span.duration_ms) / 1000:.2f} s"


def _about(row: SentRow) -> str:
    return "Words in the picture" if row.sign else f"Line {row.number}"


def read_xliff(data: bytes, name: str) -> Returned:
    """Read XLIFF of either kind; raises ``UsageError`` for entities, and for anything else."""
    root = read_xml(data, name)
    if _kind(root) != "xliff":
        refuse_file(name, "it is no XLIFF file", "Export it as .xliff.")
    return Returned(rows=tuple(_rows(root)))


def _rows(root: ET.Element) -> Iterator[ReturnedRow]:
    for unit in root.iter():
        if _kind(unit) not in {"unit", "trans-unit"}:
            continue
        parts = list(unit.iter())
        targets = [each for each in parts if _kind(each) == "target"]
        states = [each.get("state", "") for each in parts if _kind(each) in {"segment", "target"}]
        notes = [each for each in parts if _kind(each) == "note"]
        yield ReturnedRow(
            place=f"unit {unit.get('id', '')[:40]}",
            key=parse_key(unit.get("id", "")),
            text="".join("".join(each.itertext()) for each in targets),
            source="".join("".join(each.itertext()) for each in parts if _kind(each) == "source"),
            state=next((_READ[each] for each in states if each in _READ), None),
            comment=next(
                ("".join(each.itertext()) for each in notes if "comment" in {each.get("category"), each.get("from")}),
                "",
            ),
        )


def _kind(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]

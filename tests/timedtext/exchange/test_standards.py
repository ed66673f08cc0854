"""Do catalogues and XLIFF keep to what gettext and the standards ask, so that other programs take them?

What XLIFF demands is written down here by hand: 1.2 (OASIS, 2008, chapter 3) and 2.1 (OASIS, 2018, chapter 4).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.exchange.sheets import Sheet
from babelreel.timedtext.exchange.forms import Form, write_sheet
from support.sheets import DIFFICULT, sheet_of

TAGS = [language.tag for language in builtin_languages()]
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NMTOKEN = re.compile(r"[\w.:-]+")


@dataclass(frozen=True)
class Element:
    """Attributes that an element must and may have, and its children in their order, as a pattern."""

    must: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    children: str = ""


def element(must: str = "", may: str = "", children: str = "") -> Element:
    return Element(frozenset(must.split()), frozenset(may.replace("xml:space", SPACE).split()), children)


XLIFF_2 = {
    "xliff": element("version srcLang", "trgLang xml:space", "(file )+"),
    "file": element("id", "canResegment original translate srcDir trgDir xml:space", "(notes )?(unit |group )+"),
    "unit": element(
        "id",
        "name canResegment translate srcDir trgDir type xml:space",
        "(notes )?(originalData )?(segment |ignorable )+",
    ),
    "notes": element(children="(note )+"),
    "note": element(may="id appliesTo category priority"),
    "segment": element(may="id canResegment state subState", children="source (target )?"),
    "source": element(may="xml:space"),
    "target": element(may="order xml:space"),
}
XLIFF_1 = {
    "xliff": element("version", "xml:space", "(file )+"),
    "file": element("original source-language datatype", "target-language date xml:space", "(header )?body "),
    "body": element(children="(trans-unit |group |bin-unit )*"),
    "trans-unit": element(
        "id", "approved translate resname xml:space", "source (seg-source )?(target )?(note |alt-trans )*"
    ),
    "source": element(),
    "target": element(may="state state-qualifier"),
    "note": element(may="from priority annotates"),
}
STATES_2 = {"initial", "translated", "reviewed", "final"}
STATES_1 = {
    *("final", "needs-adaptation", "needs-l10n", "needs-review-adaptation", "needs-review-l10n", "new", "translated"),
    *("needs-review-translation", "needs-translation", "signed-off"),
}
KINDS = {
    Form.XLIFF: ("urn:oasis:names:tc:xliff:document:2.0", "2.1", XLIFF_2, STATES_2),
    Form.XLIFF_1: ("urn:oasis:names:tc:xliff:document:1.2", "1.2", XLIFF_1, STATES_1),
}


def breaches(data: bytes, form: Form) -> list[str]:
    """Give what a file has that its standard does not allow."""
    namespace, version, elements, states = KINDS[form]
    root = ET.fromstring(data)  # noqa: S314 - of our own making
    found = [] if (root.tag, root.get("version")) == (f"{{{namespace}}}xliff", version) else ["root"]
    ids: list[str] = []
    for each in root.iter():
        name = each.tag.removeprefix(f"{{{namespace}}}")
        found += _breaches_of(each, name, elements, namespace)
        ids += [each.get("id", "")] if name in {"unit", "trans-unit"} else []
        found += [f"state {each.get('state')}"] if each.get("state", "translated") not in states else []
    found += ["ids are not unique"] if len(set(ids)) < len(ids) else []
    found += [f"id {each}" for each in ids if not NMTOKEN.fullmatch(each)]
    return found


def _breaches_of(each: ET.Element, name: str, elements: Mapping[str, Element], namespace: str) -> Iterator[str]:
    rule = elements.get(name)
    if rule is None:
        yield f"element {name}"
        return
    yield from (f"{name} without {missing}" for missing in rule.must - set(each.keys()))
    yield from (f"{name} with {other}" for other in set(each.keys()) - rule.must - rule.may)
    children = "".join(child.tag.removeprefix(f"{{{namespace}}}") + " " for child in each)
    if not re.fullmatch(rule.children, children):
        yield f"{name} holds {children}"
    if children and (each.text or "").strip():
        yield f"{name} holds text"


def sheet_in(tag: str) -> Sheet:
    return replace(sheet_of((*DIFFICULT, ""), tag), language=find_language(tag))


@pytest.mark.parametrize("form", KINDS)
@pytest.mark.parametrize("tag", TAGS)
def test_an_xliff_file_is_as_its_standard_demands(form: Form, tag: str) -> None:
    assert breaches(write_sheet(sheet_in(tag), form), form) == []


@pytest.mark.parametrize(
    ("form", "old", "new", "breach"),
    [
        (Form.XLIFF, b' srcLang="en"', b"", "xliff without srcLang"),
        (Form.XLIFF, b'state="final"', b'state="approved"', "state approved"),
        (Form.XLIFF, b"<notes>", b"<notes/><notes>", "notes holds "),
        (Form.XLIFF, b"<unit id", b"<unit state='final' id", "unit with state"),
        (Form.XLIFF_1, b' datatype="plaintext"', b"", "file without datatype"),
        (Form.XLIFF_1, b"<source>", b"<target/><source>", "trans-unit holds target source target note note "),
        (Form.XLIFF_1, b'state="final"', b'state="approved"', "state approved"),
    ],
)
def test_a_file_that_breaks_a_rule_is_found_out(form: Form, old: bytes, new: bytes, breach: str) -> None:
    data = write_sheet(sheet_in("ps"), form)
    assert old in data
    assert breach in breaches(data.replace(old, new), form)


@pytest.mark.parametrize("tag", TAGS)
def test_gettext_takes_a_catalogue_without_a_word(tag: str, tmp_path: Path) -> None:
    program = shutil.which("msgfmt")
    assert program, "apt-get install gettext"
    path = tmp_path / "film.po"
    path.write_bytes(write_sheet(sheet_in(tag), Form.PO))
    checked = subprocess.run(
        [program, "--check", "-o", tmp_path / "film.mo", path], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")

"""Keep the catalogues as the code is: a new sentence comes in without a translation, one that is gone goes out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from babelreel.report.reader.catalogue import LANGUAGES, Catalogue, catalogue_file, read_catalogue
from babelreel.report.reader.said import said


def renewed_catalogues(package: Path) -> dict[Path, Catalogue]:
    """Return each catalogue of the package with the sentences that the code says now, and what is known of them."""
    messages = said(package)
    renewed = {}
    for language in LANGUAGES:
        path = catalogue_file(language, package)
        old = read_catalogue(path.read_text("utf-8"))
        known = {(each.english, each.plural): each.forms for each in old.messages}
        now = tuple(replace(each, forms=known.get((each.english, each.plural), ())) for each in messages)
        renewed[path] = replace(old, messages=now)
    return renewed

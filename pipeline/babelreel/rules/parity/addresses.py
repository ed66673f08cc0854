"""Find the web and e-mail addresses of a track, and tell which of them are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from babelreel.rules.base.passage import Passage, TextIndex
from babelreel.timedtext.addresses import ADDRESS, is_certain, without_signs_behind

#: What every address holds and hardly any sentence; a hundred times faster to look for.
_HINT = re.compile(r"\.[a-z0-9]", re.IGNORECASE | re.ASCII)

#: The label of a language in an address: ``/en/``, ``/nl-be/``, ``fr.``.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{2,4})?")


class Address(NamedTuple):
    """An address as it is compared: the ``host`` (or the whole of an e-mail address), and the ``path`` below it.

    The label of a language is left out of both: every language may lead to its own page. One that is not
    ``is_certain`` may be a sentence without its space.
    """

    host: str
    path: tuple[str, ...]
    passage: Passage
    is_certain: bool

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What two addresses have in common that are one."""
        return self.host, self.path


def find_addresses(texts: TextIndex) -> Iterator[Address]:
    """Find the web and e-mail addresses of a track in the order of its text."""
    if not _HINT.search(texts.text):
        return
    for passage, match in texts.search(ADDRESS):
        text = without_signs_behind(match[0])
        place = passage._replace(end=passage.start + len(text))
        bare = re.sub(r"^https?://", "", text.lower())
        host, *labels = re.split("[?#]", bare, maxsplit=1)[0].split("/")
        path = tuple(each for each in labels if each and not _LANGUAGE.fullmatch(each))
        yield Address(_plain_host(host), path, place, is_certain(text))


def _plain_host(host: str) -> str:
    if "@" in host:
        return host
    labels = [label for label in host.split(".") if label]
    while len(labels) > 2 and (labels[0] == "www" or _LANGUAGE.fullmatch(labels[0])):  # noqa: PLR2004 - name and ending
        del labels[0]
    return ".".join(labels)

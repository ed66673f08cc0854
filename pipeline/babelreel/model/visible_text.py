"""Which characters can people see, so that no file, page or script that we write holds another?"""

from __future__ import annotations

import re

#: What no page, XML file, playlist or terminal may hold but as an escape: control codes other than tab and line feed
#: (Unicode 23.1), lone surrogates (23.6), noncharacters of the first plane (23.7), U+FEFF within a text (23.8).
_UNSEEN = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]+")

#: Those that end a line or part words where they mean anything: vertical tab, form feed, the four separators, NEL and
#: the two of Unicode; a carriage return that ends no line of ours.
_SPACES = re.compile("[\x0b-\x0d\x1c-\x1f\x85\u2028\u2029]+")


def visible(text: str) -> str:
    """Leave out the characters that cannot be seen, and put a space for those that part words; tab and LF stay."""
    return _UNSEEN.sub("", _SPACES.sub(" ", text))

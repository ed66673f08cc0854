"""The language in which the program speaks to whoever runs it."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping

from babelreel.model.language import ENGLISH
from babelreel.report.reader.catalogue import LANGUAGES

#: Says the language, whatever the system says.
VARIABLE = "BABELREEL_LANG"
#: What POSIX asks for the language of messages: the first that is not empty holds.
_OF_THE_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")


def reader_language(environment: Mapping[str, str] = os.environ) -> str:
    """Name the language to speak: one that has a catalogue, or English."""
    chosen = environment.get(VARIABLE) or _of_the_system(environment)
    language = chosen.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return language if language in LANGUAGES else ENGLISH


def _of_the_system(environment: Mapping[str, str]) -> str:
    found = next(filter(None, map(environment.get, _OF_THE_SYSTEM)), "")
    return found or (of_windows(locale.getlocale()[0] or "") if sys.platform == "win32" else "")


def of_windows(name: str) -> str:
    """Name a language that Windows calls by its English name, such as ``French_Belgium``."""
    return locale.normalize(name.partition("_")[0].lower())

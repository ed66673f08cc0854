"""Can every letter of the file be read without guessing?"""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.model.track import FaultKind
from babelreel.rules.rule import Breach, Subject, fault_breaches, rule


@rule(code="ENC001", name="legacy-encoding", severity=Severity.WARNING)
def legacy_encoding(subject: Subject) -> Iterator[Breach]:
    """The file is not in UTF-8; it was read in another encoding.

    Why: Most such files do not say how their bytes are to be read. We choose by the letters of the language; a player
    or the next editor may choose otherwise and show wrong letters.

    Limit: UTF-8.

    Source: The WebVTT recommendation allows nothing else; for SubRip it is the proposal of this project.

    For example: A Bulgarian file in Windows-1251, which another program shows as `Çäðàâåé`.

    Mend: Open the file in the encoding that the finding names and look at the text. If it is right, save it as UTF-8
    ("encoding" in the editor's Save dialogue).
    """
    return fault_breaches(subject, FaultKind.LEGACY_ENCODING)


@rule(code="ENC002", name="undecodable", severity=Severity.ERROR)
def undecodable(subject: Subject) -> Iterator[Breach]:
    """The bytes make no text in any encoding in which the language is written.

    Why: Letters are lost, and a box or a question mark stands in their place.

    Limit: Every byte belongs to a letter, in UTF-8 or in an older encoding of the language.

    Source: Proposal of this project.

    For example: A file that was cut off within a letter, that is named for another language, or that is no text at all.

    Mend: Ask the translator for the file as they saved it, and save it as UTF-8. Make sure that its name is that of its
    language.
    """
    return fault_breaches(subject, FaultKind.UNDECODABLE)


RULES = (legacy_encoding, undecodable)

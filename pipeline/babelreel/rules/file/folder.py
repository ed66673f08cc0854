"""Say what becomes of each file in the folder of subtitles.

These rules are about files that are not read: their names are looked at, and no line of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.model.track import FaultKind
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.reader_faults import fault_breaches
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject


@track_rule(code="FIL001", name="misnamed-file", severity=Severity.ERROR)
def misnamed_file(subject: TrackSubject) -> Iterator[Breach]:
    """The name of a subtitle file does not tell its language.

    Why: If babelreel guessed wrong, the text would be drawn with the wrong letters, in the wrong direction, and offered
    to children who cannot read it. `fr.old.srt` would be published as Mochi, whose code is `old`.

    Limit: The name is a language tag, as in `fr.srt`, or ends with one after a full stop, as in `film.fr.srt`. Tags are
    those of BCP 47, and all codes of ISO 639. After the tag may follow `sdh`, `cc` or `hi` for people who are hard of
    hearing, or `simple` for easy language. Words such as old, final or copy never count as a tag. If a name holds two
    tags, neither counts.

    Source: BCP 47; the words are a proposal of this project.

    Example: `Arabic.srt`, `sous-titres FR final v2.srt`, `fr (1).srt`, `fr.old.srt`, `fr.srt.txt`.

    Fix: Look into the file, and give it the name that the finding proposes. Move old copies to another folder.
    """
    return fault_breaches(subject, FaultKind.MISNAMED_FILE)


@track_rule(code="FIL002", name="rival-file", severity=Severity.ERROR)
def rival_file(subject: TrackSubject) -> Iterator[Breach]:
    """Two files are in the same language, and babelreel cannot tell which one to use.

    Why: babelreel might publish the older one. So it leaves the language out until only one file is left.

    Limit: One file for each language. `zh`, `zh-CN` and `zh-Hans` are one language, and so are `fr` and `fr-FR` unless
    babelreel.toml lists both. If a file can be edited, it is used rather than one that can only be read, such as
    `fr.ttml`. `fr.sdh.srt` and `fr.simple.srt` are texts of their own beside `fr.srt`.

    Source: Proposal of this project.

    Example: `fr.srt` and `film.fr.vtt`; `zh.srt` and `zh-Hans.srt`.

    Fix: Keep the right one, and move the other out of the folder.
    """
    return fault_breaches(subject, FaultKind.RIVAL_FILE)


@track_rule(code="FIL003", name="unused-file", severity=Severity.INFO)
def unused_file(subject: TrackSubject) -> Iterator[Breach]:
    """A file in the subtitles folder is not used.

    Why: The person who put it there may expect that language in the film. A translation in a text document is not a
    subtitle file yet.

    Limit: Every file in the folder is used. Files named README, and files whose names begin with a full stop, are
    skipped.

    Source: Proposal of this project.

    Example: `fr.docx` beside `fr.srt`, a list in `sources.xlsx`, or `fr.smi`, a format that babelreel does not read.

    Fix: If the file is a translation, open it in a subtitle editor and save it as `.srt`. If not, move it out of the
    folder. To keep it there without this finding, name it under `[check.ignore_in]` in babelreel.toml.
    """
    return fault_breaches(subject, FaultKind.UNUSED_FILE)


RULES = (misnamed_file, rival_file, unused_file)


#: The rules that say that a file is not used.
UNUSED = frozenset({misnamed_file.code, rival_file.code, unused_file.code})

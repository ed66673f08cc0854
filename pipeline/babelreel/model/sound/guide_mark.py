"""The mark by which a guide track is known, so that nobody publishes it as a dub.

Three short pips sound at every whole multiple of ten seconds, the first of them with the first sample. The word below
stands in the track's title, its comment or its name. Whoever makes guide tracks and whoever looks for them take the
numbers from here; all are this project's own choice.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import PurePosixPath

#: The pitch of a pip: a note (A6) that a small loudspeaker plays, and well above the strong parts of a voice.
PIP_HZ = 1760
#: How long a pip sounds, ramps included.
PIP_MS = 60
#: From the start of a pip to the start of the next one.
PIP_STEP_MS = 120
#: Pips of one mark.
PIPS = 3
#: From the start of a mark to the start of the next one; the first begins at 0.
MARK_EVERY_MS = 10_000
#: The level of the crest of a pip.
PIP_DBFS = Decimal(-12)
#: How long a pip takes to rise, and to fall.
RAMP_MS = 5
#: The word in title, comment or file name.
GUIDE_WORD = "GUIDE"

#: Letters alone make it another word: "fr-GUIDE.wav" and "GUIDE_fr" bear it, "GUIDELINES" and "Guide" do not.
_WORD = re.compile(rf"(?<![^\W\d_]){GUIDE_WORD}(?![^\W\d_])")


def has_guide_word(text: str) -> bool:
    """Tell whether a title, a comment or a name bears the word that marks guide tracks."""
    return _WORD.search(text) is not None


def is_named_guide(path: str) -> bool:
    """Tell whether the name of a sound's file bears that word."""
    return has_guide_word(PurePosixPath(path).name)

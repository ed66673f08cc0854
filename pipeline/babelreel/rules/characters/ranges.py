"""The characters that belong to each script, for the character classes of patterns."""

from __future__ import annotations

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
#: The marks of Chinese, as wide as a Han character.
FULL_WIDTH = "\u3001-\u3011\u3014-\u301b\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"

#: Letters of the Arabic script, the forms of old programs among them; without and with vowel signs and the non-joiner.
ARABIC_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u0671-\u06d3\u06d5\u06fa-\u06fc\u06ff\ufb50-\ufbb1\ufbd3-\ufd3d\ufe70-\ufefc"
)
ARABIC = ARABIC_LETTERS + "\u064b-\u065f\u0670\u200c"

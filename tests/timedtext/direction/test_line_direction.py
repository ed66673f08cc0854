from __future__ import annotations

import sys
import unicodedata

from babelreel.timedtext.direction.line_direction import has_right_to_left


def test_every_character_that_turns_a_line_is_seen_beside_others() -> None:
    turning = {"R", "AL", "AN", "RLE", "RLO", "RLI"}
    wrong = [
        code
        for code in range(sys.maxunicode + 1)
        if has_right_to_left(f"é {chr(code)}") != (unicodedata.bidirectional(chr(code)) in turning)
    ]
    assert not wrong
    assert not has_right_to_left("")

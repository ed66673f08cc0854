"""Show two texts side by side, so that their difference is seen."""

from __future__ import annotations

#: So many words are shown on both sides of what differs.
_BESIDE = 5
#: No more of one text is shown.
_MOST_WORDS = 30


def differing(before: str, after: str) -> tuple[str, str]:
    """Cut out the parts of two texts that differ, with a few words on both sides, each in one line."""
    old, new = before.split(), after.split()
    shortest = min(len(old), len(new))
    start = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    rest = shortest - start
    end = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    first, left = max(0, start - _BESIDE), max(0, end - _BESIDE)
    return _shown(old, first, left), _shown(new, first, left)


def _shown(words: list[str], first: int, left: int) -> str:
    shown = words[first : len(words) - left]
    is_cut = len(shown) > _MOST_WORDS
    text = " ".join(shown[:_MOST_WORDS])
    return f"{'… ' if first else ''}{text}{' …' if left or is_cut else ''}"

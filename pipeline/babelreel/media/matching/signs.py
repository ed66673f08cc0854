"""The fingerprint of a film as rows of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from babelreel.model.film.change.fingerprint import STEP_MS, Fingerprint

#: The tones of a picture lie so far apart at least, in quarters of a step of 255: less is black, white or a fade's end.
_LEAST_CONTRAST = 20
#: Softer sounds, in dB above -100 dBFS, are noise that encoders change as they like.
_LEAST_LEVEL = 38


#: Times in ms, and numbers of frames or steps.
Times = NDArray[np.floating[Any]]
Places = NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Signs:
    """A film's signs; ``is_seen`` tells which frames show something, ``is_heard`` in which steps there is a sound."""

    frame_ms: float
    pictures: NDArray[np.uint64]
    is_seen: NDArray[np.bool_]
    sounds: NDArray[np.uint16]
    is_heard: NDArray[np.bool_]

    @classmethod
    def of(cls, film: Fingerprint) -> Signs:
        """Read the rows of a fingerprint; where there is sound but no picture, there are frames that show nothing."""
        frame_ms = float(1000 / film.rate)
        pictures = np.frombuffer(film.pictures, ">u8").astype(np.uint64)
        seen = np.frombuffer(film.contrasts, np.uint8) >= _LEAST_CONTRAST
        steps = len(film.levels)
        # while the sound goes on, the last picture is held, which says nothing
        held = max(0, round(film.duration_ms / frame_ms) - len(seen))
        pictures, seen = np.pad(pictures, (0, held)), np.pad(seen, (0, held))
        return cls(
            frame_ms=frame_ms,
            pictures=pictures,
            is_seen=seen,
            sounds=np.frombuffer(film.sounds, ">u2").astype(np.uint16)[:steps],
            is_heard=np.frombuffer(film.levels, np.uint8) >= _LEAST_LEVEL,
        )

    def middles_ms(self) -> Times:
        """Compute the middle of each frame."""
        return (np.arange(len(self.pictures)) + 0.5) * self.frame_ms

    def frames_at(self, times_ms: Times) -> Places:
        """Find the frame that is shown at each time; what lies outside of the film has a number outside of it."""
        return np.asarray(np.floor(times_ms / self.frame_ms), np.int64)

    def frame_of_steps(self, count: int) -> Places:
        """Find the frame that is shown at each of the first steps of the sound."""
        return self.frames_at(np.arange(count) * float(STEP_MS))

"""A track whose cues are read when they are asked for: of most languages nothing has changed, and nobody asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from babelreel.model.file_position import Source
from babelreel.model.track import Cue, Fault, Format, Track


class LateTrack(Track):
    """A ``Track`` that was read before as what it is now, and is read again when more than its name is asked for.

    ``identity`` names all that it follows from: two that have the same are the same track. ``cue_count`` is known, and
    so is whether the bundled fonts can draw every character (``is_drawable``). It is never one of which nothing could
    be read. Compared and pickled as what it stands for; safe for several threads.
    """

    __slots__ = ("_make", "_real", "cue_count", "identity", "is_drawable")
    _make: Callable[[], Track]
    _real: Track | None
    identity: str
    cue_count: int
    is_drawable: bool

    def __new__(cls, *, make: Callable[[], Track] | None = None, **known: Any) -> Any:  # noqa: ANN401 -- as it is given
        """Return a plain track for ``dataclasses.replace``, which knows the fields of one only."""
        return super().__new__(cls) if make else Track(**known)

    def __init__(  # noqa: PLR0913 -- what is known of it, each by name
        self,
        *,
        language: str,
        path: str,
        format: Format,  # noqa: A002 -- as the field is called
        identity: str,
        cue_count: int,
        is_drawable: bool,
        make: Callable[[], Track],
    ) -> None:
        told = {"language": language, "path": path, "format": format, "identity": identity, "cue_count": cue_count}
        for name, value in {**told, "is_drawable": is_drawable, "_make": make, "_real": None}.items():
            object.__setattr__(self, name, value)

    @property
    def real(self) -> Track:
        """The track itself, read once."""
        real = self._real
        if real is None:
            real = self._make()
            object.__setattr__(self, "_real", real)
        return real

    def derived(self, how: str, change: Callable[[Track], Track]) -> LateTrack:
        """Return what a change makes of it that keeps each cue, when that is asked for; ``how`` names the change."""
        return LateTrack(
            language=self.language,
            path=self.path,
            format=self.format,
            identity=f"{how} {self.identity}",
            cue_count=self.cue_count,
            is_drawable=self.is_drawable,
            make=lambda: change(self.real),
        )

    @property
    def cues(self) -> tuple[Cue, ...]:
        """The cues."""
        return self.real.cues

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What the reader found wrong."""
        return self.real.faults

    @property
    def encoding(self) -> str:
        """The codec that the bytes were read with."""
        return self.real.encoding

    @property
    def source(self) -> Source:
        """The decoded text."""
        return self.real.source

    @property
    def is_unread(self) -> bool:
        """Tell that the file was read."""
        return False

    def __eq__(self, other: object) -> bool:
        """Compare as what it stands for."""
        if isinstance(other, LateTrack):
            return self.identity == other.identity or self.real == other.real
        return self.real == other

    def __hash__(self) -> int:
        """Hash as what it stands for."""
        return hash(self.real)

    def __repr__(self) -> str:
        """Write what it stands for."""
        return repr(self.real)

    def __reduce__(self) -> tuple[Any, ...]:
        """Be pickled as what it stands for: whoever reads it may not have the file."""
        return _as_it_is, (self.real,)


def _as_it_is(track: Track) -> Track:
    return track

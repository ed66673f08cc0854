"""Name a new take so that it is heard in its line and replaces no other."""

from __future__ import annotations

from itertools import count
from pathlib import PurePosixPath

from babelreel.model.sound.dubbing import Dubbing
from babelreel.model.track import Cue

#: "07" sorts before "10".
FEWEST_DIGITS = 2


class TakeNames:
    """The names of the existing takes, by which new ones are named; ``dubbing`` is ``None`` where there are none.

    ``width`` is how many digits a number has at least.
    """

    def __init__(self, dubbing: Dubbing | None, *, width: int = FEWEST_DIGITS) -> None:
        lines = {each.sound.path: each.cue for each in dubbing.meant if each.cue} if dubbing else {}
        self._width = width
        self._owners: dict[str, set[Cue | None]] = {}
        for sound in dubbing.dub.sounds if dubbing else ():
            self._owners.setdefault(_bare(PurePosixPath(sound.path).stem), set()).add(lines.get(sound.path))

    def name_of(self, cue: Cue) -> str:
        """Return the name of a new take of a line, without its ending: its number, as in ``07``.

        Where another line's take has that name, because it was recorded when its line had this number, a count is
        added: ``07-2``. The line's own take of this name is replaced.
        """
        number = str(cue.number).zfill(self._width)
        if self._is_free(number, cue):
            return number
        return next(name for more in count(2) if self._is_free(name := f"{number}-{more}", cue))

    def _is_free(self, name: str, cue: Cue) -> bool:
        return self._owners.get(_bare(name), set()) <= {cue}


def _bare(name: str) -> str:
    """Return a name without leading zeros: 7 and 07 are takes of one line."""
    return name.lstrip("0")

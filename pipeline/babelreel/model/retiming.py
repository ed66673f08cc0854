"""What becomes of a project's files when the film's time moves, as people see it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from babelreel.model.film.change.time_map import Fate
from babelreel.model.policy import Allowance
from babelreel.model.timecode import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedLine:
    """What became of a line: ``new`` is ``None`` where it is gone from the file.

    ``number`` is that by which people know it, 0 for what stands beside the lines, such as a comment with times.
    ``is_too_short``: it stays for less than its language wants of a line, and did not before.
    """

    number: int
    text: str
    old: Span
    new: Span | None
    fate: Fate
    is_too_short: bool = False

    @property
    def is_moved(self) -> bool:
        """Whether it is shown at another time."""
        return self.new is not None and self.new != self.old


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedTrack:
    """The lines of a language, in the order of its file, and what becomes of each.

    ``is_spoken``: they are the script of a description, and shown to nobody.
    """

    language: str
    path: str
    lines: tuple[MovedLine, ...]
    is_spoken: bool = False

    @property
    def moved(self) -> int:
        """How many lines are shown at another time."""
        return sum(line.is_moved for line in self.lines)

    @property
    def has_gap(self) -> bool:
        """Whether a number is missing between two lines that stay, in a format whose lines have some."""
        stays = [line.new is not None for line in self.lines]
        while stays and not stays[-1]:
            stays.pop()
        return self.path.lower().endswith(".srt") and True in stays and False in stays[stays.index(True) :]

    def count(self, fate: Fate) -> int:
        """Count the lines with a fate."""
        return Counter(line.fate for line in self.lines)[fate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmoved:
    """A file that cannot be moved, and why, in plain words.

    ``is_early``: it could be, by less. ``is_foreign``: it could be, once it is converted. ``is_settings``: it is
    babelreel.toml, and no file of subtitles. ``takes_of``: the language whose takes would be heard in other lines.
    ``is_rival``: another file is in its language.
    """

    path: str
    why: str
    is_early: bool = False
    is_foreign: bool = False
    is_settings: bool = False
    takes_of: str = ""
    is_rival: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlan:
    """What moves: tracks, how many chapters and signs, files that keep what takes were recorded for.

    ``gone_chapters`` are the starts of those that are not in the new film, ``gone_signs`` the names, and
    ``cut_signs`` those of which a part is gone. ``recordings`` are sounds of the whole film, which stay as they are
    and no longer fit, and ``signed`` films of interpreters, of which the same is so; ``fitting`` are those that did
    not fit, and are said to now. ``scripts`` are those of descriptions whose times nobody can write anew, ``unnamed``
    those that stay, with their tags, because only the subtitles of their languages were named. ``told`` is what is
    said first. ``followed`` counts the exceptions of babelreel.toml that get the new number of their line, and
    ``lost`` are those that cannot, since the line is gone, or they are about several files. ``is_overtaken``: others
    take the place of what goes, whose part of the film is not gone.
    """

    tracks: tuple[MovedTrack, ...]
    unmoved: tuple[Unmoved, ...] = ()
    chapters: int = 0
    gone_chapters: tuple[str, ...] = ()
    signs: int = 0
    gone_signs: tuple[str, ...] = ()
    cut_signs: tuple[str, ...] = ()
    followed: int = 0
    lost: tuple[Allowance, ...] = ()
    takes: tuple[str, ...] = ()
    recordings: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    unnamed: tuple[tuple[str, str], ...] = ()
    fitting: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    is_overtaken: bool = False

    @property
    def gone_lines(self) -> int:
        """How many lines would go from their files."""
        return sum(line.new is None for track in self.tracks for line in track.lines)

    @property
    def takes_away(self) -> bool:
        """Whether a text would go from a file."""
        return bool(self.gone_lines or self.gone_chapters or self.gone_signs)

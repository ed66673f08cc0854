"""Leave out the characters that people cannot see, so that no file, page or script that we write holds any."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from babelreel.model.late_track import LateTrack
from babelreel.model.track import Cue, Track

#: What no page, XML file, playlist or terminal may hold but as an escape: control codes other than tab and line feed
#: (Unicode 23.1), lone surrogates (23.6), noncharacters of the first plane (23.7), U+FEFF within a text (23.8).
_UNSEEN = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]+")

#: Those that end a line or separate words where they mean anything: vertical tab, form feed, the four separators, NEL
#: and the two of Unicode; a carriage return that ends no line of ours.
_SPACES = re.compile("[\x0b-\x0d\x1c-\x1f\x85\u2028\u2029]+")


def visible(text: str) -> str:
    """Leave out the characters that cannot be seen, and put a space for those that separate words; tab and LF stay."""
    return _UNSEEN.sub("", _SPACES.sub(" ", text))


def visible_track(track: Track) -> Track:
    """Return a track whose cues hold nothing that cannot be seen: the one form in which a text leaves us.

    Rules look at what is written in the file, everybody else at this. Line ends within a line stay, as line feeds.
    """
    if isinstance(track, LateTrack):
        return track.derived("visible", visible_track)
    return replace(track, cues=visible_cues(track.cues))


def visible_cues(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Do for cues what ``visible_track`` does for a track."""
    seen = ((cue, tuple(map(_visible_line, cue.lines))) for cue in cues)
    return tuple(cue if lines == cue.lines else replace(cue, lines=lines) for cue, lines in seen)


def _visible_line(line: str) -> str:
    return visible(line.replace("\r\n", "\n").replace("\r", "\n"))

"""Choose which picture and which sound of a film are taken, and say why not the others.

For the order of the reasons, and what counts as doubt, see docs/decisions/0019-which-stream.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babelreel.errors import FilmError, TrackError
from babelreel.languages.find import find_language
from babelreel.model.film.streams import FileStream, Reason, StreamKind, StreamWishes, tell_stream

#: Flags of ffmpeg's that say that a stream is a picture beside the film, and no film.
_COVERS = frozenset({"attached_pic", "timed_thumbnails", "still_image"})
#: Flags of streams that go beside the film, and are not the film as everybody sees and hears it: comments, what is made
#: for the blind or the hard of hearing, what is sung to, music without voices, parts of another stream.
_ASIDE = frozenset(
    {
        *("comment", "visual_impaired", "hearing_impaired", "descriptions", "lyrics", "karaoke", "clean_effects"),
        *("non_diegetic", "dependent", "metadata"),
    }
)
#: Nobody reads a longer list of streams in one line.
_MOST_TOLD = 8
_CHOSEN = (StreamKind.PICTURE, StreamKind.SOUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """What is chosen of one kind, ``None`` for nothing; and what became of the others by their index."""

    taken: FileStream | None
    why: Reason
    aside: dict[int, Reason]


def choose_streams(path: Path, found: Sequence[FileStream], wishes: StreamWishes) -> tuple[FileStream, ...]:
    """List all streams of a film, each with whether it is taken and why.

    Raises ``FilmError`` where a wish fits no stream, or nothing says which of several is meant.
    """
    choices = {kind: _choose(path, [each for each in found if each.kind is kind], kind, wishes) for kind in _CHOSEN}
    return tuple(_judged(each, choices.get(each.kind)) for each in found)


def _judged(stream: FileStream, choice: _Choice | None) -> FileStream:
    if choice is None:
        return replace(stream, is_taken=False, why=Reason.UNUSED)
    if stream is choice.taken:
        return replace(stream, is_taken=True, why=choice.why)
    return replace(stream, is_taken=False, why=choice.aside.get(stream.index, Reason.OTHER))


def _choose(path: Path, streams: Sequence[FileStream], kind: StreamKind, wishes: StreamWishes) -> _Choice:
    aside = dict(_set_aside(streams))
    wish = wishes.picture if kind is StreamKind.PICTURE else wishes.sound
    if wish is not None:
        return _Choice(taken=_wished(path, streams, aside, kind, wish), why=Reason.SETTINGS, aside=aside)
    left = _left(streams, aside, kind)
    if len(left) <= 1:
        return _Choice(taken=left[0] if left else None, why=Reason.ONLY, aside=aside)
    defaults = [each for each in left if "default" in each.flags]
    if len(defaults) == 1:
        return _Choice(taken=defaults[0], why=Reason.DEFAULT, aside=aside)
    spoken = [each for each in defaults or left if _is_in(each, wishes.language)]
    if kind is StreamKind.SOUND and len(spoken) == 1:
        return _Choice(taken=spoken[0], why=Reason.LANGUAGE, aside=aside)
    raise _doubt(
        path, streams, kind, f"The film has {len(left)} {kind}s, and nothing says which one is the film's own."
    )


def _set_aside(streams: Sequence[FileStream]) -> Iterator[tuple[int, Reason]]:
    """Yield the index of each stream that is not the film's own, and the reason."""
    most = max((each.packets for each in streams), default=0)
    for each in streams:
        is_single = each.kind is StreamKind.PICTURE and each.packets == 1 < most
        if is_single or _COVERS.intersection(each.flags):
            yield each.index, Reason.COVER
        elif _ASIDE.intersection(each.flags):
            yield each.index, Reason.ASIDE
        elif not each.packets and most:
            yield each.index, Reason.EMPTY
        elif not _is_known(each) and not _is_hidden_default(each, streams):
            yield each.index, Reason.UNKNOWN


def _is_known(stream: FileStream) -> bool:
    return stream.why is not Reason.UNKNOWN


def _is_hidden_default(stream: FileStream, streams: Sequence[FileStream]) -> bool:
    """Tell whether players that know its form would take this one alone: then another is not what the film means."""
    return "default" in stream.flags and not any("default" in each.flags for each in streams if _is_known(each))


def _left(streams: Sequence[FileStream], aside: dict[int, Reason], kind: StreamKind) -> list[FileStream]:
    """List those that may be the film's own; if there is none, those that only a flag sets aside, except covers."""
    left = [each for each in streams if each.index not in aside]
    if left:
        return left
    again = [each for each in streams if kind is StreamKind.SOUND or aside[each.index] is not Reason.COVER]
    return [each for each in again if _is_known(each)] or again


def _wished(
    path: Path, streams: Sequence[FileStream], aside: dict[int, Reason], kind: StreamKind, wish: int | str
) -> FileStream:
    if isinstance(wish, int):
        fitting = [each for each in streams if each.number == wish]
    else:
        spoken = [each for each in streams if _is_in(each, wish)]
        fitting = _left(spoken, aside, kind) if len(spoken) > 1 else spoken
        defaults = [each for each in fitting if "default" in each.flags]
        fitting = defaults if len(fitting) > 1 and len(defaults) == 1 else fitting
    if len(fitting) == 1:
        return fitting[0]
    asked = f"{kind} = {wish}" if isinstance(wish, int) else f'{kind} = "{wish}"'
    number = "several streams" if fitting else "no stream"
    raise _doubt(path, streams, kind, f"babelreel.toml asks for {asked}, and {number} of the film can be meant.")


def _is_in(stream: FileStream, tag: str) -> bool:
    """Tell whether a stream is in a language, whatever the code that its file has for it: fre, fra and fr-BE are fr."""
    try:
        return bool(tag) and find_language(stream.language).primary == find_language(tag).primary
    except TrackError:  # "und", or a word of somebody's own
        return False


def _doubt(path: Path, streams: Sequence[FileStream], kind: StreamKind, what: str) -> FilmError:
    told = "; ".join(map(tell_stream, streams[:_MOST_TOLD])) + (" …" if len(streams) > _MOST_TOLD else "")
    return FilmError(
        what=what,
        where=str(path),
        why=told or f"the film has no {kind}",
        hint=f"Listen or look, and write the number of the right one into babelreel.toml: [film] {kind} = 1",
    )

"""Estimate how many bytes the results of tasks take, before they are made."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from babelreel.graph.plan import Step
from babelreel.graph.task import Task
from babelreel.media.picture.piece import EncodePiece
from babelreel.media.sound.finishing import FinishSound
from babelreel.model.film.ladder.codecs import Codec
from babelreel.model.film.media import MediaInfo

#: Bits of a frame: the first, times its pixels to the power of the second, at the CRF that is named. Of the sample's
#: pieces without text, which were 36.1, 21.4 and 9.1 kbit at 1080p, 720p and 360p, it is wrong by at most a tenth.
_FRAME_BITS, _POWER, _CRF = 12.0, 0.55, 22
#: So much more on CRF halves the bits, about (x264's documentation).
_HALVING_CRF = 6
#: The bits of SVT-AV1 over those of x264 (benchmarks/README.md).
_AV1_SHARE = 0.45
#: A film that is itself coded in fewer bits than this has, as often, less in it than the sample. It may be coded better
#: than we code it, with fewer key frames: the sample's own bits are 0.8 of its pieces'.
_MASTER_SHARE = 1.5
#: What a film may take of what is likely at least: still pictures with a voice, of which nothing is known; and where
#: pieces of the same film are there, for a fifth of the work.
_LEAST_UNKNOWN, _LEAST_KNOWN, _KNOWN_SHARE = 0.2, 0.5, 0.2
#: Lossless sound in two channels, in bytes for a millisecond of film: the sample's mixes have 102.
_MIX_BYTES_A_MS = 100
#: Anything else: a picture or a printed leaflet; a text, or what a file has beside what it is joined from.
_SMALL_BYTES, _TEXT_BYTES = 100_000, 5_000


def likely_sizes(steps: Sequence[Step], film: MediaInfo) -> Mapping[str, float]:
    """Estimate the bytes of each task's result; those that are up to date are known. The tasks are in order."""
    known, _ = _known_richness(steps)
    return _sizes(steps, known or _richness(film), has_all=True)


def least_sizes(steps: Sequence[Step], film: MediaInfo, done: Collection[str]) -> Mapping[str, float]:
    """Estimate what each task's result takes at least, however little there is to see and hear.

    ``done`` names the tasks that were done before: those that may turn out to be unchanged take nothing.
    """
    known, share = _known_richness(steps)
    richness = known * _LEAST_KNOWN if share >= _KNOWN_SHARE else _richness(film) * _LEAST_UNKNOWN
    changed = _changed(steps, done)
    return {name: size if name in changed else 0.0 for name, size in _sizes(steps, richness, has_all=False).items()}


def _changed(steps: Iterable[Step], done: Collection[str]) -> Collection[str]:
    """Find the tasks that run for sure, and those that are up to date; a search may find the CRF of before."""
    changed, moved = set[str](), set[str]()
    for step in steps:
        task = step.task
        if step.entry:
            changed.add(task.name)
        elif step.key or task.name not in done or not moved.isdisjoint(task.needs):
            changed.add(task.name)
            moved |= set() if task.kind == "quality" else {task.name}
    return changed


def _sizes(steps: Iterable[Step], richness: float, *, has_all: bool) -> Mapping[str, float]:
    sizes: dict[str, float] = {}
    for step in steps:
        task = step.task
        if step.entry:
            sizes[task.name] = sum(each.size for each in step.entry.artifacts)
        elif isinstance(task.action, EncodePiece):
            sizes[task.name] = richness * _piece_bytes(task.action)
        else:
            joined = sum(sizes[name] for name in task.needs) if task.is_cheap else 0
            sizes[task.name] = joined + (_other_bytes(task) if has_all else 0)
    return sizes


def _other_bytes(task: Task) -> float:
    if isinstance(task.action, FinishSound):
        return task.action.kbps * task.action.duration_ms / 8
    if task.is_cheap:
        return _TEXT_BYTES
    return task.weight * _MIX_BYTES_A_MS if task.kind in {"mix", "bed"} else _SMALL_BYTES


def _piece_bytes(action: EncodePiece) -> float:
    """Compute what a cell of the sample would take, within the peak of its rung."""
    rung, frame = action.settings.rung, action.settings.frame
    if rung.codec is Codec.H264:
        bits = _frame_bits(frame.width_px * frame.height_px, float(rung.crf))
    else:
        bits = _AV1_SHARE * _frame_bits(frame.width_px * frame.height_px, _CRF)
    return action.footage.cell.frames * min(bits, rung.peak_kbps * 1000 / float(frame.rate)) / 8


def _frame_bits(pixels: int, crf: float) -> float:
    return _FRAME_BITS * math.pow(pixels, _POWER) * math.pow(2, (_CRF - crf) / _HALVING_CRF)


def _known_richness(steps: Sequence[Step]) -> tuple[float, float]:
    """Compare the pieces that are there with what they would be of the sample; and tell their share of all pieces.

    Both are 0 where there are none.
    """
    made = expected = whole = 0.0
    for step in steps:
        if isinstance(step.task.action, EncodePiece):
            whole += (piece := _piece_bytes(step.task.action))
            if step.entry:
                expected += piece
                made += sum(each.size for each in step.entry.artifacts)
    return (made / expected, expected / whole) if expected else (0.0, 0.0)


def _richness(film: MediaInfo) -> float:
    """Compute what a film has over the sample, at most 1, by the bits in which it is coded."""
    if not film.video or not film.duration_ms:
        return 1.0
    frames = float(film.video.rate) * film.duration_ms / 1000
    own = film.bytes * 8 / frames
    return min(1.0, _MASTER_SHARE * own / _frame_bits(film.video.width_px * film.video.height_px, _CRF))

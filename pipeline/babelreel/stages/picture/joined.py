"""Lay out the pieces of a whole picture, and the list by which ffmpeg joins them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from babelreel.graph.task import Input, Literal, Produced
from babelreel.media.argv.inputs import render_pieces
from babelreel.media.picture.piece import PIECE
from babelreel.stages.picture.pieces import Picture

_LIST = "cells.ffconcat"


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedPieces:
    """The pieces of one picture in a work folder: ``inputs`` are the list, called ``list_name``, and the files.

    ``names`` are those of the files, in order.
    """

    list_name: str
    names: tuple[str, ...]
    inputs: tuple[Input, ...]


def join_pieces(picture: Picture) -> JoinedPieces:
    """Lay out the pieces of a picture to be joined by stream copy."""
    names, content = _list(picture.frames, picture.settings.frame.rate)
    pieces = (
        Produced(name=name, task=piece.name, output=PIECE) for name, piece in zip(names, picture.pieces, strict=True)
    )
    return JoinedPieces(list_name=_LIST, names=names, inputs=(Literal(name=_LIST, content=content), *pieces))


@lru_cache(maxsize=16)  # all languages have the same cells
def _list(frames: tuple[int, ...], rate: Fraction) -> tuple[tuple[str, ...], bytes]:
    """Name the files of pieces with so many frames each, and write their list."""
    names = tuple(f"cells/{place:05}.mp4" for place in range(1, 1 + len(frames)))
    return names, render_pieces(names, frames, rate).encode()

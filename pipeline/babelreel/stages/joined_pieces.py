"""Lay out the pieces of a whole picture, and the list by which ffmpeg joins them."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.graph.task import Input, Literal, Produced
from babelreel.media.argv.inputs import render_pieces
from babelreel.media.picture.piece import PIECE
from babelreel.stages.picture import Picture

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
    names = tuple(f"cells/{place:05}.mp4" for place in range(1, 1 + len(picture.pieces)))
    content = render_pieces(names, picture.frames, picture.settings.frame.rate)
    pieces = (
        Produced(name=name, task=piece.name, output=PIECE) for name, piece in zip(names, picture.pieces, strict=True)
    )
    return JoinedPieces(list_name=_LIST, names=names, inputs=(Literal(name=_LIST, content=content.encode()), *pieces))

"""Choose the frames of a film that are shown as single pictures, and their sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil

from babelreel.model.film.composition import Area
from babelreel.model.timecode import Span, frames_to_ms

#: What the posters are called.
WIDE_POSTER, NARROW_POSTER, SHARE_PICTURE = "poster-1280", "poster-640", "share-1200x630"
POST_PICTURE = "share-1080x1080"
#: A larger sheet costs phone users more than it is worth: a picture a second for short films, fewer for long ones.
_MOST_TILES = 100
_SHORTEST_STEP_S = 1
_COLUMNS = 10
_TILE_LONG_PX = 160
#: Frames that are judged for the poster.
_MOST_CANDIDATES = 24
#: Pictures for print: one for each part of the film.
_PICTURES, _CANDIDATES_OF_A_PART, _PICTURE_LONG_PX = 6, 4, 900
#: Openings fade in, ends are credits: shares of the film in which no poster is looked for.
_OPENING, _CLOSING = Fraction(1, 20), Fraction(4, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterSize:
    """A poster: what it is called, and its size in pixels."""

    name: str
    width_px: int
    height_px: int

    @property
    def file_name(self) -> str:
        """The name in a work folder, and the end of the published one."""
        return f"{self.name}.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePicture:
    """A picture with the film's title: what it is called, its size, the still in it, and the band of the title.

    The still is as wide as the picture, and begins at its top.
    """

    name: str
    width_px: int
    height_px: int
    still: PosterSize
    band: Area

    @property
    def file_name(self) -> str:
        """The end of the published name."""
        return f"{self.name}.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A storyboard: the frames, each at the begin of its step, laid out row by row in tiles of one size."""

    frames: tuple[int, ...]
    rate: Fraction
    end_frame: int
    columns: int
    rows: int
    tile_width_px: int
    tile_height_px: int

    @property
    def width_px(self) -> int:
        """The width of the whole sheet."""
        return self.columns * self.tile_width_px

    @property
    def height_px(self) -> int:
        """The height of the whole sheet."""
        return self.rows * self.tile_height_px

    @property
    def tiles(self) -> Iterator[tuple[Span, int, int]]:
        """Yield for each tile the time that it stands for, and its left and upper edge in pixels."""
        for place, (first, end) in enumerate(pairwise((*self.frames, self.end_frame))):
            row, column = divmod(place, self.columns)
            span = Span(start_ms=frames_to_ms(first, self.rate), end_ms=frames_to_ms(end, self.rate))
            yield span, column * self.tile_width_px, row * self.tile_height_px


def poster_sizes(width_px: int, height_px: int) -> tuple[PosterSize, ...]:
    """List the posters of a film of a display size: for a wide and a narrow page as the film is, and for sharing.

    1200 x 630 is what social networks show a link with (Open Graph, 1.91:1).
    """
    long_px, short_px = max(width_px, height_px), min(width_px, height_px)
    sizes = []
    for name, most_px in ((WIDE_POSTER, 1280), (NARROW_POSTER, 640)):
        long = min(most_px, long_px) // 2 * 2
        short = max(2, round(Fraction(short_px * long, 2 * long_px)) * 2)
        wide = (long, short) if width_px >= height_px else (short, long)
        sizes.append(PosterSize(name=name, width_px=wide[0], height_px=wide[1]))
    return (*sizes, PosterSize(name=SHARE_PICTURE, width_px=1200, height_px=630))


def title_pictures(width_px: int, height_px: int) -> tuple[TitlePicture, TitlePicture]:
    """Lay out the pictures with the title of a film of a display size: for link previews, and square, for posts.

    In a preview the title stands over the lowest third of the still. In the square the whole still is above it, where
    it leaves a quarter for the title.
    """
    wide = PosterSize(name=SHARE_PICTURE, width_px=1200, height_px=630)
    side = 1080
    high = min(round(Fraction(height_px * side, 2 * width_px)) * 2, side * 3 // 4)
    square = PosterSize(name="still-1080", width_px=side, height_px=high)
    return (
        TitlePicture(name=SHARE_PICTURE, width_px=1200, height_px=630, still=wide, band=_band(wide.width_px, 630, 420)),
        TitlePicture(name=POST_PICTURE, width_px=side, height_px=side, still=square, band=_band(side, side, high)),
    )


def _band(width_px: int, height_px: int, top_px: int) -> Area:
    return Area(left_px=0, top_px=top_px, width_px=width_px, height_px=height_px - top_px)


def poster_candidates(shots: tuple[int, ...], frames: int) -> tuple[int, ...]:
    """Choose frames for a poster: the middles of the longest shots in the heart of the film, in order.

    In the middle of a shot nothing fades.
    """
    edges = (0, *(shot for shot in shots if 0 < shot < frames), frames)
    middles = [(end - first, (first + end) // 2) for first, end in pairwise(edges)]
    heart = [each for each in middles if _OPENING * frames <= each[1] < _CLOSING * frames] or middles
    longest = sorted(heart, key=lambda each: (-each[0], each[1]))[:_MOST_CANDIDATES]
    return tuple(sorted(middle for _, middle in longest))


def picture_candidates(shots: tuple[int, ...], frames: int) -> tuple[tuple[int, ...], ...]:
    """Choose, for each sixth of a film, frames for a picture of it: the middles of its longest shots.

    In a sixth in which no shot has its middle, three frames are taken, evenly spread; of less than six frames, each.
    """
    edges = (0, *(shot for shot in shots if 0 < shot < frames), frames)
    middles = [(end - first, (first + end) // 2) for first, end in pairwise(edges)]
    count = min(_PICTURES, frames)
    parts = pairwise(frames * part // count for part in range(count + 1))
    return tuple(_best_in(middles, first, end) for first, end in parts)


def picture_size(width_px: int, height_px: int) -> tuple[int, int]:
    """Compute the size of pictures for print of a film of a display size: 900 pixels wide or high, never enlarged.

    On a panel 12 cm wide these are 190 pixels to the inch, which drawn pictures and film stills need on paper.
    """
    long_px = max(width_px, height_px)
    factor = min(Fraction(1), Fraction(_PICTURE_LONG_PX, long_px))
    return max(2, round(width_px * factor / 2) * 2), max(2, round(height_px * factor / 2) * 2)


def _best_in(middles: list[tuple[int, int]], first: int, end: int) -> tuple[int, ...]:
    inside = sorted((each for each in middles if first <= each[1] < end), key=lambda each: (-each[0], each[1]))
    spread = {first + (end - first) * place // 4 for place in (1, 2, 3)}
    return tuple(sorted({middle for _, middle in inside[:_CANDIDATES_OF_A_PART]} or spread))


def lay_sheet(frames: int, rate: Fraction, width_px: int, height_px: int) -> Sheet:
    """Lay out the storyboard of a film: a tile a second, and never more than 100."""
    step = max(_SHORTEST_STEP_S * rate, Fraction(frames, _MOST_TILES))
    count = max(1, ceil(frames / step))
    chosen = tuple(int(place * step) for place in range(count) if int(place * step) < frames)
    columns = min(_COLUMNS, len(chosen))
    factor = Fraction(_TILE_LONG_PX, max(width_px, height_px))
    return Sheet(
        frames=chosen,
        rate=rate,
        end_frame=frames,
        columns=columns,
        rows=ceil(len(chosen) / columns),
        tile_width_px=max(2, round(width_px * factor / 2) * 2),
        tile_height_px=max(2, round(height_px * factor / 2) * 2),
    )

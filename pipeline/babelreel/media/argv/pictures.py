"""Build ffmpeg's arguments for the picture of a film.

Pure: it takes a film and a rung, and returns words. Every input and output is a fixed name in the task's own folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from babelreel.media.argv.command_line import Option, Output, by_name, command_words
from babelreel.media.argv.film_streams import picture_of
from babelreel.media.argv.filter_graph import Stream, stream_of
from babelreel.media.argv.inputs import film_input
from babelreel.media.argv.picture_filters import DrawnText, filter_cell, filter_picture, filter_text
from babelreel.media.argv.repeatable_bytes import BARE_MP4
from babelreel.model.film.cells import Cell, Footage, count_frames, count_own_frames
from babelreel.model.film.composition import Area
from babelreel.model.film.ladder.codecs import Codec
from babelreel.model.film.ladder.encoding_ladder import Frame, Rung
from babelreel.model.film.media import MediaInfo

#: More reference frames than this overflow the decoders of level 3.0 phones at the sizes of the ladder.
_REFERENCE_FRAMES = 3
#: By so much x264 codes key frames finer than what refers to them (its ipratio), but for the first frame of a stream,
#: which is the only key frame that a cell has. A zone of one frame gives it the same (decision 62).
_FIRST_FRAME = "0,0,b=1.4"
#: What SVT-AV1 calls the speeds that a rung names as x264 does.
_AV1_PRESETS = {"veryfast": 10, "faster": 9, "fast": 8, "medium": 6, "slow": 4, "slower": 3, "veryslow": 2}
#: Smaller time scales than this are rare in the wild, and some players round by them.
_SMALLEST_TIMESCALE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One frame, counted from 0, as it goes to the encoder: the files in which it lies with text and without."""

    number: int
    drawn_name: str
    plain_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Another film on the same clock, shown in an ``area`` beside the first: its file, and what a cell shows of it."""

    film: MediaInfo
    input_name: str
    footage: Footage
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One picture that is made of a cell: at a rung, without text, or with one language's text drawn in.

    ``area`` is where the film is shown in the picture of an edition.
    ``sample`` is what the text will be looked for by; it changes nothing in the picture.
    """

    output_name: str
    rung: Rung
    frame: Frame
    area: Area | None = None
    text: DrawnText | None = None
    sample: Sample | None = None


def picture_argv(
    film: MediaInfo,
    *,
    input_name: str,
    branches: Sequence[Branch],
    footage: Footage | None = None,
    beside: Beside | None = None,
) -> tuple[str, ...]:
    """Encode one cell of the picture (``None``: all of it) in MP4, once for each branch.

    The film is decoded once, and scaled once for each size, whatever the number of branches; all have the same rate. No
    sound, no text stream, no metadata of the film gets through. With another film ``beside`` it, all have one size.
    """
    rate = branches[0].frame.rate
    footage = footage or whole_film(film, rate)
    picture = cell_frames(film, rate, footage)
    shapes = list(dict.fromkeys((branch.frame, branch.area) for branch in branches))
    outputs = tuple(
        output
        for (frame, area), copy in zip(shapes, copied(picture, len(shapes)), strict=True)
        for output in _outputs(
            _with_other(filter_picture(copy, film, frame, area), beside, rate),
            [each for each in branches if (each.frame, each.area) == (frame, area)],
            footage,
        )
    )
    inputs = [film_input(input_name, footage.seek_us, film=film)]
    inputs += [film_input(beside.input_name, beside.footage.seek_us, film=beside.film)] if beside else []
    return command_words(inputs=tuple(inputs), outputs=outputs)


def _with_other(picture: Stream, beside: Beside | None, rate: Fraction) -> Stream:
    """Show the same frames of another film beside a picture; where that one ends earlier, its last frame is held."""
    if beside is None:
        return picture
    film, footage, area = beside.film, beside.footage, beside.area
    own = stream_of(picture_of(film, place=1))
    own = filter_cell(own, film, rate, footage, behind=footage.cell.end - count_own_frames(film, rate))
    own = filter_picture(own, film, Frame(width_px=area.width_px, height_px=area.height_px, rate=rate))
    return picture.under(own, x=area.left_px, y=area.top_px, format="yuv420")


def whole_film(film: MediaInfo, rate: Fraction) -> Footage:
    """Return a film as one cell at a rate."""
    return Footage(cell=Cell(first=0, end=count_frames(film, rate)), seek_us=None, digest="")


def cell_frames(film: MediaInfo, rate: Fraction, footage: Footage) -> Stream:
    """Return the frames of a cell at a rate, from the film as the first input."""
    picture = stream_of(picture_of(film))
    return filter_cell(picture, film, rate, footage, behind=footage.cell.end - count_own_frames(film, rate))


def copied(stream: Stream, count: int) -> tuple[Stream, ...]:
    """Return so many copies of a stream, at least one."""
    return stream.split("split", count) if count > 1 else (stream,)


def _outputs(picture: Stream, branches: Sequence[Branch], footage: Footage) -> Iterator[Output]:
    copies = iter(copied(picture, len(branches) + sum(1 for branch in branches if branch.sample)))
    for branch in branches:
        stream = filter_text(next(copies), branch.text) if branch.text else next(copies)
        if branch.sample:
            stream, drawn = stream.split("split", 2)
            yield _one_frame(drawn, branch.sample.number, branch.sample.drawn_name)
            yield _one_frame(next(copies), branch.sample.number, branch.sample.plain_name)
        options = _encoder(branch.rung, branch.frame.rate, footage.cell.frames)
        yield Output(name=branch.output_name, streams=(stream,), options=options)


def _one_frame(stream: Stream, number: int, output_name: str) -> Output:
    options = by_name(
        ("f", "rawvideo"),
        ("fps_mode", "passthrough"),  # else frames are added up to the time at which this one is shown
        ("frames:v", 1),
    )
    return Output(name=output_name, streams=(stream.filter("select", f"eq(n,{number})"),), options=options)


def _encoder(rung: Rung, rate: Fraction, frames: int) -> tuple[Option, ...]:
    return by_name(
        *(_av1(rung, rate) if rung.codec is Codec.AV1 else _h264(rung, rate)),
        ("crf", f"{float(rung.crf):g}"),
        ("colorspace", "bt709"),  # ffmpeg 5 takes the tags from here, ffmpeg 7 from the frames (setparams)
        ("color_primaries", "bt709"),
        ("color_trc", "bt709"),
        ("color_range", "tv"),
        ("video_track_timescale", timescale(rate)),  # a frame is a whole number of ticks at every rate
        ("frames:v", frames),  # fewer frames fail when the result is looked at, more are cut
        *BARE_MP4,
    )


def _h264(rung: Rung, rate: Fraction) -> tuple[Option, ...]:
    return (
        ("c:v", "libx264"),
        ("preset", rung.preset),
        ("profile:v", rung.profile),
        ("level:v", rung.level),
        ("x264-params", _joined(_x264_params(rung, rate))),
        ("threads:v", 1),  # the bytes depend on the number of threads; many encoders run side by side instead
    )


def _av1(rung: Rung, rate: Fraction) -> tuple[Option, ...]:
    settings = {
        "lp": 1,  # one thread, as above: the same bytes from any number of processors
        "keyint": _key_interval(rung, rate) or -1,  # the cell's own key frame, and no other
        "irefresh-type": 2,  # a key frame forgets all before it: after a seek nothing of it may be needed
        "scd": 0,  # what would set key frames at new shots; cells begin there
        "mbr": rung.peak_kbps,  # kept about: what the joined film has at its busiest is measured
    }
    preset = _AV1_PRESETS[rung.preset]
    # what the file tells beforehand is the header that the encoder wrote, and not the one that it announced
    header = ("bsf:v", "extract_extradata")
    return ("c:v", "libsvtav1"), ("preset", preset), ("svtav1-params", _joined(settings)), header


def _key_interval(rung: Rung, rate: Fraction) -> int | None:
    return max(1, int(rung.key_s * rate)) if rung.key_s else None


def _joined(settings: Mapping[str, int | str]) -> str:
    return ":".join(f"{name}={value}" for name, value in settings.items())


def _x264_params(rung: Rung, rate: Fraction) -> Mapping[str, int | str]:
    return {
        # the same bytes from any number of processors of any kind
        "threads": 1,
        "lookahead-threads": 1,
        "cpu-independent": 1,
        # a cell begins with a key frame, and is short enough to need no other but at a new shot
        "keyint": _key_interval(rung, rate) or "infinite",
        "open-gop": 0,  # after a seek nothing of the scene before may be needed
        "stitchable": 1,  # the same parameter sets whatever the pictures: pieces are joined as they are
        "ref": _REFERENCE_FRAMES,
        "bframes": rung.b_frames,
        "vbv-maxrate": rung.peak_kbps,
        "vbv-bufsize": rung.buffer_kbit,
        "force-cfr": 1,  # the rate is constant: the bit rate is kept by counting frames
        "zones": _FIRST_FRAME,
    }


def timescale(rate: Fraction) -> int:
    """Choose the ticks per second of a picture's file at a rate."""
    factor = 1 if rate.numerator >= _SMALLEST_TIMESCALE else _SMALLEST_TIMESCALE
    return rate.numerator * factor

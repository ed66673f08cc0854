"""With which arguments is ffmpeg called for a picture, a sound, the file that joins them, and segments of them?

Pure: a film and a rung in, words out. Every input and output is a fixed name in the task's own folder.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Any

from babelreel.media.argv.filters import (
    SAMPLE_RATE_HZ,
    DrawnText,
    filter_cell,
    filter_level,
    filter_meter,
    filter_mix,
    filter_picture,
    filter_sound,
    filter_text,
)
from babelreel.media.programs.accepted_formats import MAX_PIXELS, OPEN_OPTIONS
from babelreel.model.film.cells import Cell, Footage, count_frames
from babelreel.model.film.encoding_ladder import Frame, Rung
from babelreel.model.film.media import MediaInfo
from babelreel.model.language import Language
from babelreel.model.timecode import frames_to_ms

#: More reference frames than this overflow the decoders of level 3.0 phones at the sizes of the ladder.
_REFERENCE_FRAMES = 3
#: Smaller time scales than this are rare in the wild, and some players round by them.
_SMALLEST_TIMESCALE = 1000
_US_PER_SECOND = 1_000_000
#: What ffmpeg calls the segments of a stream, and what stands once before all of them.
SEGMENT_NAMES, SEGMENT_HEADER = "segment-%05d.m4s", "init.mp4"


def planned_duration_ms(film: MediaInfo, frame: Frame) -> int:
    """Give how long the film is at the rate of a frame; its sound is made exactly as long."""
    return frames_to_ms(count_frames(film.video, frame.rate) if film.video else 0, frame.rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One picture that is made of a cell: at a rung, without text, or with one language's text drawn in."""

    output_name: str
    rung: Rung
    frame: Frame
    text: DrawnText | None = None


def picture_argv(
    film: MediaInfo, *, input_name: str, branches: Sequence[Branch], footage: Footage | None = None
) -> tuple[str, ...]:
    """Encode one cell of the picture (``None``: all of it) to H.264 in MP4, once for each branch.

    The film is decoded once, and scaled once for each size, whatever the number of branches; all have the same rate. No
    sound, no text stream, no metadata of the film gets through.
    """
    rate = branches[0].frame.rate
    frames = count_frames(film.video, rate) if film.video else 0
    footage = footage or Footage(cell=Cell(first=0, end=frames), seek_us=None, digest="")
    picture = film_input(input_name, footage.seek_us)["V:0"]  # the first picture that is not a cover
    picture = filter_cell(picture, film, rate, footage, is_last=footage.cell.end == frames)
    sizes = [(frame, [each for each in branches if each.frame == frame]) for frame in _frames(branches)]
    outputs = [
        output
        for (frame, same), copy in zip(sizes, _copies(picture, len(sizes)), strict=True)
        for output in _outputs(filter_picture(copy, film, frame), same, footage)
    ]
    return words_of(*outputs)


def _frames(branches: Sequence[Branch]) -> tuple[Frame, ...]:
    return tuple(dict.fromkeys(branch.frame for branch in branches))


def _copies(stream: Any, count: int) -> list[Any]:  # noqa: ANN401 - ffmpeg-python has no types
    split = stream.filter_multi_output("split", count) if count > 1 else {0: stream}
    return [split[place] for place in range(count)]


def _outputs(picture: Any, branches: Sequence[Branch], footage: Footage) -> Iterator[Any]:  # noqa: ANN401 - as above
    for branch, copy in zip(branches, _copies(picture, len(branches)), strict=True):
        stream = filter_text(copy, branch.text) if branch.text else copy
        options = _encoder(branch.rung, branch.frame.rate)
        # fewer frames fail when the result is looked at, more are cut
        yield stream.output(f"file:{branch.output_name}", **{**options, "frames:v": footage.cell.frames})


def _encoder(rung: Rung, rate: Fraction) -> dict[str, Any]:
    return {
        "c:v": "libx264",
        "preset": rung.preset,
        "profile:v": rung.profile,
        "level:v": rung.level,
        "crf": f"{float(rung.crf):g}",
        "x264-params": _x264_params(rung),
        "threads:v": 1,  # the bytes depend on the number of threads; many encoders run side by side instead
        "colorspace": "bt709",  # ffmpeg 5 takes the tags from here, ffmpeg 7 from the frames (setparams)
        "color_primaries": "bt709",
        "color_trc": "bt709",
        "color_range": "tv",
        "video_track_timescale": timescale(rate),  # a frame is a whole number of ticks at every rate
        **_bare_file(),
    }


def film_sound_argv(
    film: MediaInfo, *, input_name: str, output_name: str, channels: int, duration_ms: int
) -> tuple[str, ...]:
    """Decode the film's first sound to samples at 48 kHz, from the film's start, exactly ``duration_ms`` long.

    It is measured on the way. The film must have a sound.
    """
    sound = filter_sound(film_input(input_name)["a:0"], film, channels=channels, duration_ms=duration_ms)
    return _measured_samples(sound, output_name)


def mixed_sound_argv(*, input_name: str, output_name: str, channels: int, duration_ms: int) -> tuple[str, ...]:
    """Do with a mix of ours what ``film_sound_argv`` does with a film."""
    sound = filter_mix(_ours(input_name)["a:0"], channels=channels, duration_ms=duration_ms)
    return _measured_samples(sound, output_name)


def aac_argv(  # noqa: PLR0913 - as above
    *,
    input_name: str,
    output_name: str,
    gain_db: Decimal,
    ceiling_dbtp: Decimal | None,
    kbps: int,
    channels: int,
    duration_ms: int,
) -> tuple[str, ...]:
    """Encode samples of ``film_sound_argv`` to AAC-LC in MP4, louder by a gain and, with a ceiling, limited."""
    # the format is told: guessed by its first bytes, a sound that begins in a certain way is none at all
    samples = _library().input(f"file:{input_name}", format="mov")["a:0"]
    sound = filter_level(
        samples,
        gain_db=gain_db,
        ceiling_dbtp=ceiling_dbtp,
        channels=channels,
        duration_ms=duration_ms,
    )
    options = {
        "c:a": "aac",
        "profile:a": "aac_low",  # HE-AAC is not played everywhere
        # the default, "twoloop", made peaks of the sample film 1.5 to 3 dB higher at our rates, and its noise 6 to 8 dB
        # louder against what masks it, in four times as long
        "aac_coder": "fast",
        "b:a": f"{kbps}k",
        "ar": SAMPLE_RATE_HZ,
        "ac": channels,
        **_bare_file(),
    }
    return words_of(sound.output(f"file:{output_name}", **options))


def bed_argv(film: MediaInfo, *, input_name: str, output_name: str, duration_ms: int) -> tuple[str, ...]:
    """Decode the film's first sound to bare stereo samples: 32-bit floats at 48 kHz, little-endian.

    They begin with the film and are exactly ``duration_ms`` long. The film must have a sound.
    """
    sound = filter_sound(film_input(input_name)["a:0"], film, channels=2, duration_ms=duration_ms)
    output = sound.output(f"file:{output_name}", format="f32le", **{"c:a": "pcm_f32le"})
    return ("-cpuflags", "0", *words_of(output))  # decoders and resamplers round otherwise on other processors


def meter_argv(input_name: str) -> tuple[str, ...]:
    """Measure the first sound of a file of ours and write nothing but what the meter found."""
    words: dict[str, Any] = {
        "protocol_whitelist": "file",  # published files lie where anybody may have changed them
        "vn": None,  # the picture is not even decoded
    }
    return words_of(_meter(_library().input(f"file:{input_name}", **words)["a:0"]))


def _measured_samples(sound: Any, output_name: str) -> tuple[str, ...]:  # noqa: ANN401 - ffmpeg-python has no types
    kept, heard = (sound.filter_multi_output("asplit", 2)[place] for place in range(2))
    # mov: bare samples with an index that knows more than 4 GB, their number and the layout of the channels
    samples = kept.output(f"file:{output_name}", format="mov", **{"c:a": "pcm_f32le"})
    return words_of(samples, _meter(heard))


def _meter(sound: Any) -> Any:  # noqa: ANN401 - as above
    return filter_meter(sound).output("-", format="null")


def mux_argv(  # noqa: PLR0913 - as above
    *,
    pieces_name: str,
    sound_name: str | None,
    text_name: str | None,
    language: Language,
    output_name: str,
    title: str,
    sound_language: str = "und",
    sound_handler: str = "Sound",
) -> tuple[str, ...]:
    """Join picture, sound and text into the file that is delivered, copying every stream as it is.

    ``pieces_name`` is a list of ``render_pieces`` beside the pieces of the picture.
    ``text_name`` is a file of ``render_text_track`` (never a subtitle file: ffmpeg would change its text). Languages
    are ISO 639-2/T, three letters: anything else is silently written as "none". ffmpeg switches the text on whatever
    it is told; ``mp4.clear_subtitle_enabled`` must follow.
    """
    streams = [_pieces(pieces_name)["v:0"]]
    names = ["-metadata", f"title={title}", "-metadata:s:v:0", "handler_name=Picture"]
    if sound_name:
        streams.append(_ours(sound_name)["a:0"])
        names += _stream_names("a", f"language={sound_language}", f"handler_name={sound_handler}")
    if text_name:
        streams.append(_ours(text_name)["s:0"])
        own = language.own_name  # some players show the handler's name, others the title
        names += _stream_names("s", f"language={language.iso639_t}", f"handler_name={own}", f"title={own}")
        names += ["-disposition:s:0", "0"]
    options = {
        "c": "copy",
        "movflags": "+faststart",  # the index first: browsers and phones start before all is loaded
        **_bare_file(),
    }
    words = words_of(_library().output(*streams, f"file:{output_name}", **options))
    # put in by hand: ffmpeg-python cannot repeat an option
    return (*words[:-1], *names, words[-1])


def picture_segments_argv(*, pieces_name: str, ends: Sequence[int], timescale: int) -> tuple[str, ...]:
    """Cut joined pieces of a picture into CMAF segments, each up to one of ``ends`` (numbers of frames).

    ``pieces_name`` is a list of ``render_pieces``. Every end but the last must be where a piece begins.
    """
    return _segments_argv(_pieces(pieces_name)["v:0"], ends, f":video_track_timescale={timescale}")


def sound_segments_argv(*, sound_name: str, ends: Sequence[int]) -> tuple[str, ...]:
    """Cut a finished sound into CMAF segments, each up to one of ``ends`` (numbers of AAC frames).

    What the encoder needed to get going is left out, so that the first frame of the first segment is heard at 0.
    """
    # frames before time 0 are copied otherwise, and the whole sound is late by them
    return _segments_argv(_ours(sound_name)["a:0"], ends, "", {"copypriorss": 0})


def _segments_argv(
    stream: Any,  # noqa: ANN401 - as above
    ends: Sequence[int],
    more: str,
    options: Mapping[str, Any] | None = None,
) -> tuple[str, ...]:
    # cmaf: no edit lists, places counted from the fragment; frag_custom: one fragment a segment, whatever key frames
    # it has; negative_cts_offsets: the first picture at 0 without an edit list; skip_trailer: no index behind the last
    flags = "+cmaf+frag_custom+negative_cts_offsets+skip_trailer"
    options = {
        "c": "copy",
        **_bare_file(),
        **(options or {}),
        "format": "segment",
        "segment_format": "mp4",
        "segment_format_options": f"movflags={flags}:fflags=+bitexact{more}",
        # the last one never comes: without any, a film of one cell would be cut every two seconds
        "segment_frames": ",".join(map(str, ends)),
        "segment_start_number": 1,
        "segment_header_filename": f"file:{SEGMENT_HEADER}",  # once, instead of before each segment
        "individual_header_trailer": 0,
    }
    return words_of(_library().output(stream, f"file:{SEGMENT_NAMES}", **options))


def _stream_names(kind: str, *values: str) -> list[str]:
    return [word for value in values for word in (f"-metadata:s:{kind}:0", value)]


def _library() -> Any:  # noqa: ANN401 - ffmpeg-python has no types
    """Load ffmpeg-python when it is first needed: a build with nothing to do never pays for it."""
    return importlib.import_module("ffmpeg")


def film_input(name: str, seek_us: int | None = None) -> Any:  # noqa: ANN401 - ffmpeg-python has no types
    """Open a stranger's film: nothing but accepted containers and codecs, no picture that eats the memory.

    With ``seek_us``, reading begins at the key frame at or before that time of the file's own clock.
    """
    seek: dict[str, Any] = {
        "seek_timestamp": 1,  # the time is the file's, not counted from its first packet
        "noaccurate_seek": None,  # nothing is thrown away: "trim" counts frames, which no rounding can miss
        "ss": f"{max(0, seek_us or 0)}us",
    }
    return _library().input(
        f"file:{name}",  # a name such as "a:b.mp4" would be a protocol, "-x.mp4" an option
        **dict(OPEN_OPTIONS),
        max_pixels=MAX_PIXELS,
        threads=1,  # decoding is never what takes the time; many threads would only take memory
        copyts=None,  # timestamps as in the file, so that picture and sound made apart share one clock
        **(seek if seek_us else {}),
    )


def _ours(name: str) -> Any:  # noqa: ANN401 - as above
    return _library().input(f"file:{name}")


def render_pieces(names: Sequence[str], frames: Sequence[int], rate: Fraction) -> str:
    """List pieces of a picture for ffmpeg's concat demuxer, each with its length.

    The demuxer counts in whole microseconds: lengths which add up to the exact time, rounded once, keep every frame on
    its tick however many pieces there are; ffmpeg's own would drift by half a microsecond a piece at 23.976.
    """
    ends = [round(end * _US_PER_SECOND / rate) for end in accumulate(frames, initial=0)]
    lengths = [after - before for before, after in pairwise(ends)]
    entries = (f"file {name}\nduration {length}us\n" for name, length in zip(names, lengths, strict=True))
    return "ffconcat version 1.0\n" + "".join(entries)


def _pieces(name: str) -> Any:  # noqa: ANN401 - as above
    # auto_convert would write the parameter sets, which are the same in all pieces, again before every key frame
    return _library().input(f"file:{name}", format="concat", auto_convert=0)


def _bare_file() -> dict[str, Any]:
    """Give the options that keep dates, encoder names and the film's own metadata out, so that bytes repeat."""
    return {
        "format": "mp4",
        "map_metadata": -1,
        "map_chapters": -1,
        "dn": None,
        "fflags": "+bitexact",
        "flags": "+bitexact",
    }


def _x264_params(rung: Rung) -> str:
    settings = {
        # the same bytes from any number of processors of any kind
        "threads": 1,
        "lookahead-threads": 1,
        "cpu-independent": 1,
        "keyint": "infinite",  # a cell begins with a key frame, and is short enough to need no other but at a new shot
        "open-gop": 0,  # after a seek nothing of the scene before may be needed
        "stitchable": 1,  # the same parameter sets whatever the pictures: pieces are joined as they are
        "ref": _REFERENCE_FRAMES,
        "bframes": rung.b_frames,
        "vbv-maxrate": rung.peak_kbps,
        "vbv-bufsize": rung.buffer_kbit,
        "force-cfr": 1,  # the rate is constant: the bit rate is kept by counting frames
    }
    return ":".join(f"{name}={value}" for name, value in settings.items())


def timescale(rate: Fraction) -> int:
    """Give the ticks a second of a picture's file at a rate."""
    factor = 1 if rate.numerator >= _SMALLEST_TIMESCALE else _SMALLEST_TIMESCALE
    return rate.numerator * factor


def words_of(*outputs: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """Give the arguments that make these outputs in one run."""
    output = _library().merge_outputs(*outputs) if len(outputs) > 1 else outputs[0]
    return tuple(str(word) for word in _library().get_args(output))

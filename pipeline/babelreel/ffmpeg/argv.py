"""With which arguments is ffmpeg called for a picture, a sound, and the file that joins them?

Pure: a film and a rung in, words out. Every input and output is a fixed name in the task's own folder.
"""

from __future__ import annotations

import importlib
from fractions import Fraction
from typing import Any

from babelreel.ffmpeg.accepted import MAX_PIXELS, OPEN_OPTIONS
from babelreel.ffmpeg.filters import SAMPLE_RATE_HZ, filter_picture, filter_sound
from babelreel.model.ladder import Frame, Rung
from babelreel.model.language import Language
from babelreel.model.media import MediaInfo
from babelreel.model.timecode import MS_PER_SECOND, frames_to_ms

#: A browser seeks to the key frame before: five seconds cost 11 % on still slides, two seconds 71 %.
_KEY_FRAME_S = 5
#: More reference frames than this overflow the decoders of level 3.0 phones at the sizes of the ladder.
_REFERENCE_FRAMES = 3
#: Smaller time scales than this are rare in the wild, and some players round by them.
_SMALLEST_TIMESCALE = 1000


def planned_frames(film: MediaInfo, frame: Frame) -> tuple[int, int]:
    """Give how many frames a film has at the rate of a frame, and by how many that may differ (0).

    It never differs: the filters add copies of the last frame where rounding left one out, and ``-frames:v`` cuts.
    """
    video = film.video
    if video is None:
        return 0, 0
    if video.is_variable_rate:
        exact = Fraction(video.start_ms + video.duration_ms, MS_PER_SECOND) * frame.rate
    else:
        exact = (round(video.start_ms * video.rate / MS_PER_SECOND) + video.frames) * frame.rate / video.rate
    return max(1, (exact + Fraction(1, 2)).__floor__()), 0


def planned_duration_ms(film: MediaInfo, frame: Frame) -> int:
    """Give how long the film is at the rate of a frame; its sound is made exactly as long."""
    return frames_to_ms(planned_frames(film, frame)[0], frame.rate)


def picture_argv(  # noqa: PLR0913 - a call of ffmpeg has these sides
    film: MediaInfo,
    *,
    input_name: str,
    output_name: str,
    rung: Rung,
    frame: Frame,
    ass_name: str | None,
    peak_kbps: int,
) -> tuple[str, ...]:
    """Encode the picture alone to H.264 in MP4, with text drawn into it when ``ass_name`` is given.

    ``peak_kbps`` may be below the rung's own when the file has to fit a size; the buffer shrinks with it. The fonts
    lie in ``fonts/`` of the working folder. No sound, no text stream, no metadata of the film gets through.
    """
    picture = _film(input_name)["V:0"]  # the first picture that is not a cover
    frames, _ = planned_frames(film, frame)
    options = {
        "c:v": "libx264",
        "preset": rung.preset,
        "profile:v": rung.profile,
        "level:v": rung.level,
        "crf": f"{float(rung.crf):g}",
        "x264-params": _x264_params(rung, frame, peak_kbps),
        "threads:v": 1,  # the bytes depend on the number of threads; many tasks run side by side instead
        "frames:v": frames,  # counted beforehand: a film that gives fewer fails in verify, one that gives more is cut
        "colorspace": "bt709",  # ffmpeg 5 takes the tags from here, ffmpeg 7 from the frames (setparams)
        "color_primaries": "bt709",
        "color_trc": "bt709",
        "color_range": "tv",
        "video_track_timescale": _timescale(frame.rate),  # a frame is a whole number of ticks at every rate
        **_bare_file(),
    }
    return _words(filter_picture(picture, film, frame, ass_name).output(f"file:{output_name}", **options))


def sound_argv(  # noqa: PLR0913 - as above
    film: MediaInfo, *, input_name: str, output_name: str, kbps: int, channels: int, duration_ms: int
) -> tuple[str, ...]:
    """Encode the film's first sound to AAC-LC at 48 kHz in MP4, from the film's start, exactly ``duration_ms`` long.

    The film must have a sound.
    """
    sound = filter_sound(_film(input_name)["a:0"], film, channels=channels, duration_ms=duration_ms)
    options = {
        "c:a": "aac",
        "profile:a": "aac_low",  # HE-AAC is not played everywhere
        "b:a": f"{kbps}k",
        "ar": SAMPLE_RATE_HZ,
        "ac": channels,
        **_bare_file(),
    }
    return _words(sound.output(f"file:{output_name}", **options))


def mux_argv(  # noqa: PLR0913 - as above
    *,
    picture_name: str,
    sound_name: str | None,
    text_name: str | None,
    language: Language,
    output_name: str,
    title: str,
    sound_language: str = "und",
    sound_handler: str = "Sound",
) -> tuple[str, ...]:
    """Join picture, sound and text into the file that is delivered, copying every stream as it is.

    ``text_name`` is a file of ``render_text_track`` (never a subtitle file: ffmpeg would change its text). Languages
    are ISO 639-2/T, three letters: anything else is silently written as "none". ffmpeg switches the text on whatever
    it is told; ``mp4.clear_subtitle_enabled`` must follow.
    """
    streams = [_ours(picture_name)["v:0"]]
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
    words = _words(_library().output(*streams, f"file:{output_name}", **options))
    # put in by hand: ffmpeg-python cannot repeat an option
    return (*words[:-1], *names, words[-1])


def _stream_names(kind: str, *values: str) -> list[str]:
    return [word for value in values for word in (f"-metadata:s:{kind}:0", value)]


def _library() -> Any:  # noqa: ANN401 - ffmpeg-python has no types
    """Load ffmpeg-python when it is first needed: a build with nothing to do never pays for it."""
    return importlib.import_module("ffmpeg")


def _film(name: str) -> Any:  # noqa: ANN401 - ffmpeg-python has no types
    """Open a stranger's film: nothing but accepted containers and codecs, no picture that eats the memory."""
    return _library().input(
        f"file:{name}",  # a name such as "a:b.mp4" would be a protocol, "-x.mp4" an option
        **dict(OPEN_OPTIONS),
        max_pixels=MAX_PIXELS,
        threads=1,  # decoding is never what takes the time; many threads would only take memory
        copyts=None,  # timestamps as in the file, so that picture and sound made apart share one clock
    )


def _ours(name: str) -> Any:  # noqa: ANN401 - as above
    return _library().input(f"file:{name}")


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


def _x264_params(rung: Rung, frame: Frame, peak_kbps: int) -> str:
    settings = {
        # the same bytes from any number of processors of any kind
        "threads": 1,
        "lookahead-threads": 1,
        "cpu-independent": 1,
        "keyint": max(1, round(frame.rate * _KEY_FRAME_S)),
        "open-gop": 0,  # after a seek nothing of the scene before may be needed
        "ref": _REFERENCE_FRAMES,
        "bframes": rung.b_frames,
        "vbv-maxrate": peak_kbps,
        "vbv-bufsize": max(1, rung.buffer_kbit * peak_kbps // rung.peak_kbps),
        "force-cfr": 1,  # the rate is constant: the bit rate is kept by counting frames
    }
    return ":".join(f"{name}={value}" for name, value in settings.items())


def _timescale(rate: Fraction) -> int:
    factor = 1 if rate.numerator >= _SMALLEST_TIMESCALE else _SMALLEST_TIMESCALE
    return rate.numerator * factor


def _words(output: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    return tuple(str(word) for word in _library().get_args(output))

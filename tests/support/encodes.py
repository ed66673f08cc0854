"""How do tests encode a film's picture and sound, and read what came out?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from babelreel.media.argv.pictures import Branch, picture_argv
from babelreel.media.argv.sounds import encoded_argv, film_sound_argv
from babelreel.media.probe.film import probe_file, probe_media
from babelreel.model.film.cells import count_frames
from babelreel.model.film.ladder.codecs import SoundCodec
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Frame, Rung, fit_frame
from babelreel.model.film.media import MediaInfo, VideoStream
from babelreel.model.timecode import frames_to_ms
from support.films import Encode

WEB, PHONE = DEFAULT_RUNGS[1], DEFAULT_RUNGS[3]


def fit(film: MediaInfo, rung: Rung) -> Frame:
    assert film.video is not None
    return fit_frame(rung, film.video.display_width_px, film.video.display_height_px, film.video.rate)


def encode_picture(encode: Encode, path: Path, rung: Rung = PHONE) -> tuple[Frame, MediaInfo, VideoStream]:
    """Encode a film's picture; give the frame, the film's info, and what came out."""
    film = probe_media(path, digest="")
    frame = fit(film, rung)
    encode(
        picture_argv(
            film,
            input_name=path.name,
            branches=[Branch(output_name="picture.mp4", rung=rung, frame=frame)],
        )
    )
    made = probe_file(path.with_name("picture.mp4"), digest="").video
    assert made is not None
    return frame, film, made


def encode_sound(
    encode: Encode, path: Path, *, channels: int = 2, duration_ms: int = 0, codec: SoundCodec = SoundCodec.AAC
) -> MediaInfo:
    """Encode a film's sound at the level that it has."""
    film = probe_media(path, digest="")
    assert film.video is not None
    rate = fit(film, PHONE).rate
    length = duration_ms or frames_to_ms(count_frames(film, rate), rate)
    samples = "sound.mov"
    encode(film_sound_argv(film, input_name=path.name, output_name=samples, channels=channels, duration_ms=length))
    encode(
        encoded_argv(
            codec,
            input_name=samples,
            output_name="sound.mp4",
            gain_db=Decimal(0),
            ceiling_dbtp=None,
            kbps=64,
            channels=channels,
            duration_ms=length,
        )
    )
    return probe_file(path.with_name("sound.mp4"), digest="")


def read_luma(path: Path) -> list[float]:
    """Give the mean brightness of each frame."""
    with av.open(str(path)) as container:
        return [float(np.mean(frame.to_ndarray(format="gray"))) for frame in container.decode(video=0)]


def read_sound(path: Path) -> npt.NDArray[Any]:
    """Give the samples of each channel, from time 0 of the file."""
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def side_data(path: Path) -> set[Any]:
    """Give the kinds of what frames carry beside their picture."""
    with av.open(str(path)) as container:
        return {getattr(each, "type", each) for frame in container.decode(video=0) for each in frame.side_data}


def first_loud_s(path: Path) -> float:
    loud = np.flatnonzero(np.abs(read_sound(path)[0]) > 0.1)
    return float(loud[0]) / 48000

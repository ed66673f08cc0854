"""Build ffmpeg's arguments for a sound.

Pure: it takes what is known of a film, and returns words. Every input and output is a fixed name in the task's own
folder.
"""

from __future__ import annotations

from decimal import Decimal

from babelreel.media.argv.command_line import NOTHING, Input, Option, Output, by_name, command_words
from babelreel.media.argv.film_streams import sound_of
from babelreel.media.argv.filter_graph import Stream, stream_of
from babelreel.media.argv.inputs import film_input
from babelreel.media.argv.repeatable_bytes import ANY_PROCESSOR, BARE_FLOATS, BARE_MP4, BARE_WHOLE_NUMBERS
from babelreel.media.argv.sound_filters import filter_level, filter_meter, filter_mix, filter_sound
from babelreel.model.film.ladder.codecs import SoundCodec
from babelreel.model.film.media import MediaInfo
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ

_FIRST = "0:a:0"

_ENCODERS: dict[SoundCodec, tuple[Option, ...]] = {
    SoundCodec.AAC: (
        ("c:a", "aac"),
        ("profile:a", "aac_low"),  # HE-AAC is not played everywhere
        # the default, "twoloop", made peaks of the sample film 1.5 to 3 dB higher at our rates, and its noise 6 to 8 dB
        # louder against what masks it, in four times as long
        ("aac_coder", "fast"),
    ),
    SoundCodec.OPUS: (
        ("c:a", "libopus"),  # ffmpeg's own "opus" is not finished
        ("application", "audio"),  # music lies under the voices
    ),
}


def film_sound_argv(
    film: MediaInfo, *, input_name: str, output_name: str, channels: int, duration_ms: int
) -> tuple[str, ...]:
    """Decode the film's sound to samples at 48 kHz, from the film's start, exactly ``duration_ms`` long.

    It is measured on the way. The film must have a sound.
    """
    sound = filter_sound(stream_of(sound_of(film)), film, channels=channels, duration_ms=duration_ms)
    return command_words(inputs=(film_input(input_name),), outputs=_measured_samples(sound, output_name))


def mixed_sound_argv(*, input_name: str, output_name: str, channels: int, duration_ms: int) -> tuple[str, ...]:
    """Do with a mix of ours what ``film_sound_argv`` does with a film."""
    sound = filter_mix(stream_of(_FIRST), channels=channels, duration_ms=duration_ms)
    return command_words(inputs=(Input(name=input_name),), outputs=_measured_samples(sound, output_name))


def encoded_argv(  # noqa: PLR0913 - a call of ffmpeg has these sides
    codec: SoundCodec,
    *,
    input_name: str,
    output_name: str,
    gain_db: Decimal,
    ceiling_dbtp: Decimal | None,
    kbps: int,
    channels: int,
    duration_ms: int,
) -> tuple[str, ...]:
    """Encode samples of ``film_sound_argv`` in MP4, louder by a gain and, with a ceiling, limited."""
    # the format is named: guessed from its first bytes, a sound that begins in a certain way would not be one
    samples = Input(name=input_name, options=(("f", "mov"),))
    sound = filter_level(
        stream_of(_FIRST),
        gain_db=gain_db,
        ceiling_dbtp=ceiling_dbtp,
        channels=channels,
        duration_ms=duration_ms,
    )
    options = by_name(
        *_ENCODERS[codec],
        ("b:a", f"{kbps}k"),
        ("ar", SAMPLE_RATE_HZ),
        ("ac", channels),
        *BARE_MP4,
    )
    return command_words(inputs=(samples,), outputs=(Output(name=output_name, streams=(sound,), options=options),))


def bed_argv(film: MediaInfo, *, input_name: str, output_name: str, duration_ms: int) -> tuple[str, ...]:
    """Decode the film's sound to bare stereo samples: 32-bit floats at 48 kHz, little-endian.

    They begin with the film and are exactly ``duration_ms`` long. The film must have a sound.
    """
    sound = filter_sound(stream_of(sound_of(film)), film, channels=2, duration_ms=duration_ms)
    return command_words(
        options=(ANY_PROCESSOR,),
        inputs=(film_input(input_name),),
        outputs=(Output(name=output_name, streams=(sound,), options=by_name(*BARE_FLOATS)),),
    )


def peaks_argv(
    film: MediaInfo, *, input_name: str, output_name: str, duration_ms: int, rate_hz: int
) -> tuple[str, ...]:
    """Decode the film's sound to bare samples of one channel: whole numbers of 16 bits, little-endian.

    They begin with the film and are exactly ``duration_ms`` long. The film must have a sound.
    """
    sound = filter_sound(stream_of(sound_of(film)), film, channels=1, duration_ms=duration_ms)
    sound = sound.filter("aresample", rate_hz)
    return command_words(
        options=(ANY_PROCESSOR,),
        inputs=(film_input(input_name),),
        outputs=(Output(name=output_name, streams=(sound,), options=by_name(*BARE_WHOLE_NUMBERS)),),
    )


def meter_argv(input_name: str) -> tuple[str, ...]:
    """Measure the first sound of a file of ours and write nothing but what the meter found."""
    options = (
        ("protocol_whitelist", "file"),  # published files lie where anybody may have changed them
        ("vn", None),  # the picture is not even decoded
    )
    return command_words(inputs=(Input(name=input_name, options=options),), outputs=(_meter(stream_of(_FIRST)),))


def _measured_samples(sound: Stream, output_name: str) -> tuple[Output, Output]:
    kept, heard = sound.split("asplit", 2)
    # mov: bare samples with an index that knows more than 4 GB, their number and the layout of the channels
    options = (("f", "mov"), ("c:a", "pcm_f32le"))
    return Output(name=output_name, streams=(kept,), options=options), _meter(heard)


def _meter(sound: Stream) -> Output:
    return Output(name=NOTHING, streams=(filter_meter(sound),), options=(("f", "null"),))

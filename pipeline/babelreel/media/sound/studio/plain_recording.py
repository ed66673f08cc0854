"""Convert a sound file of any form into a recording as the studio makes them."""

from __future__ import annotations

from pathlib import Path

from babelreel.media.argv.command_line import Option, Output, command_words
from babelreel.media.argv.inputs import heard_recording
from babelreel.media.argv.one_channel import one_channel
from babelreel.media.argv.repeatable_bytes import ANY_PROCESSOR, BIT_EXACT
from babelreel.media.programs.run import run_ffmpeg
from babelreel.media.programs.temporary_folder import temporary_folder
from babelreel.media.sound.heard.readable_sound import readable_sound
from babelreel.model.sound.mono import MonoMix
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ
from babelreel.system_errors import house_errors

_WAV = "recording.wav"


def plain_recording(ffmpeg_path: Path, path: Path, mono: MonoMix, *, duration_ms: int) -> bytes:
    """Convert a sound that was listened to into WAV: one channel, 48 kHz, 24 bit, nothing cut off or made louder.

    ``mono`` is how its channels become one. Raises what ``run_ffmpeg`` raises.
    """
    filters = [
        *one_channel(mono),
        f"aformat=sample_fmts=flt:sample_rates={SAMPLE_RATE_HZ}:channel_layouts=mono",
        "asetpts=N/SR/TB",  # samples are counted as they come, as where a take is placed
    ]
    options: tuple[Option, ...] = (("c:a", "pcm_s24le"), ("map_metadata", -1), *BIT_EXACT, ("f", "wav"))
    with temporary_folder() as folder:
        words = command_words(
            options=(ANY_PROCESSOR,),
            inputs=(heard_recording(readable_sound(path, folder)),),
            outputs=(Output(name=_WAV, streams=("[plain]",), options=options),),
            graph=f"[0:a:0]{','.join(filters)}[plain]",
        )
        run_ffmpeg(
            ffmpeg_path,
            words,
            cwd=folder,
            duration_ms=duration_ms,
            report=lambda _share: None,
            is_cancelled=lambda: False,
        )
        with house_errors(folder):
            return (folder / _WAV).read_bytes()

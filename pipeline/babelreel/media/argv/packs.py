"""Build ffmpeg's arguments for the files of a pack, each made of one published film."""

from __future__ import annotations

from babelreel.media.argv.command_line import Input, Option, Output, by_name, command_words
from babelreel.media.argv.repeatable_bytes import BARE_MP4, BARE_STREAMS
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ

#: 32 kbit/s are 0.49 MB for two minutes. Opus of one channel is good for speech with music from 28 kbit/s on
#: (RFC 6716, section 2.1.1; opus-codec.org, "Recommended Settings").
VOICE_KBPS = 32
#: Fewer, longer frames have less of Ogg around them.
_FRAME_MS = 60


def voice_message_argv(film: str, output: str) -> tuple[str, ...]:
    """Encode the sound of a published film as Opus of one channel, at a constant rate."""
    options: tuple[Option, ...] = by_name(
        ("f", "ogg"),
        ("c:a", "libopus"),
        ("ac", 1),  # WhatsApp plays no other as a voice message
        ("ar", SAMPLE_RATE_HZ),
        ("b:a", f"{VOICE_KBPS}k"),
        ("vbr", "off"),  # the size is known before
        ("application", "audio"),  # music may lie under the voice
        ("frame_duration", _FRAME_MS),
        *BARE_STREAMS,
    )
    return _of_film(film, Output(name=output, streams=("0:a:0",), options=options))


def sound_argv(film: str, output: str) -> tuple[str, ...]:
    """Copy the sound of a published film into an M4A file."""
    options = by_name(("c", "copy"), ("movflags", "+faststart"), *BARE_MP4)
    return _of_film(film, Output(name=output, streams=("0:a:0",), options=options))


def without_edits_argv(film: str, output: str, *, has_sound: bool) -> tuple[str, ...]:
    """Copy picture and sound of a published film into a file that has no edit lists.

    The run-in of the sound is heard as silence then: it is one AAC frame (21 ms) later.
    """
    options = by_name(
        ("c", "copy"),
        ("use_editlist", 0),
        # the index first; and B-frames without an edit list begin at 0 only with times that may be below it
        ("movflags", "+faststart+negative_cts_offsets"),
        *BARE_MP4,
    )
    streams = ("0:v:0", "0:a:0") if has_sound else ("0:v:0",)
    return _of_film(film, Output(name=output, streams=streams, options=options))


def _of_film(film: str, output: Output) -> tuple[str, ...]:
    # published files lie where anybody may have changed them
    return command_words(inputs=(Input(name=film, options=(("protocol_whitelist", "file"),)),), outputs=(output,))

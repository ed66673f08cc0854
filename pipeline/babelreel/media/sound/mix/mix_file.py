"""Write the sum of a mix as a FLAC file, and compare the file with what was added up."""

from __future__ import annotations

from pathlib import Path

from babelreel.errors import ToolError
from babelreel.media.argv.command_line import Input, Option, Output, command_words
from babelreel.media.argv.repeatable_bytes import ANY_PROCESSOR, BIT_EXACT
from babelreel.media.containers.flac_blocks import sound_offset
from babelreel.media.probe.expectation import not_as_planned
from babelreel.media.probe.told_sums import refuse_other_bytes
from babelreel.model.sound.recordings import MIX_BITS, MIX_CHANNELS, SAMPLE_RATE_HZ
from babelreel.system_errors import house_errors

#: What lies under the voices, as bare stereo floats; then, in its place, the sum, as whole numbers.
BED = "bed.raw"
MIX = "mix.flac"


def flac_argv() -> tuple[str, ...]:
    """Encode the sum in ``BED`` as ``MIX``."""
    # bare samples: a WAV file of more than 3 hours would need another format
    samples = Input(name=BED, options=(("f", "s32le"), ("ar", SAMPLE_RATE_HZ), ("ac", MIX_CHANNELS)))
    options: tuple[Option, ...] = (
        ("c:a", "flac"),
        ("sample_fmt", "s32"),
        ("bits_per_raw_sample", MIX_BITS),
        ("threads", 1),  # the same bytes on every machine
        ("map_metadata", -1),  # no date and no name of a program, here and below
        *BIT_EXACT,
        ("f", "flac"),
    )
    return command_words(options=(ANY_PROCESSOR,), inputs=(samples,), outputs=(Output(name=MIX, options=options),))


def check_mix(path: Path, samples: int, digest: bytes) -> None:
    """Compare a FLAC file with what a mix must be, and with the sum of its packets; raises ``ToolError``.

    ``digest`` is the MD5 of its samples, of 24 bits each. The layout of the stream's first block, which comes right
    behind the mark, is that of RFC 9639, section 8.2.
    """
    with house_errors(path), path.open("rb") as file:
        head = file.read(42)
    bits = int.from_bytes(head[18:26])
    found = (head[:4], bits >> 44, (bits >> 41 & 7) + 1, (bits >> 36 & 31) + 1, bits & ((1 << 36) - 1))
    if found != (b"fLaC", SAMPLE_RATE_HZ, MIX_CHANNELS, MIX_BITS, samples):
        raise ToolError(
            what="ffmpeg made something else than was planned.",
            where=path.name,
            why=f"rate, channels, bits and samples of the mix are {found[1:]}, planned was a length of {samples}",
            hint="Run again; if it stays, check the disk, and report it with what babelreel doctor prints.",
        )
    if head[26:42] != digest:
        raise not_as_planned(path, "its samples are not those that were added up")
    refuse_other_bytes(path, head_bytes=sound_offset(path))

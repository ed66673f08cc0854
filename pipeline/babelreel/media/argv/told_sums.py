"""Let ffmpeg report the sum of what it writes, so that a bit that changes on the way to the disk is found.

The words of a task's key stay as they are: a sum beside a file changes no byte of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Ends the name of the file with the sum of what is in the file beside it.
SUM_SUFFIX = ".sum"

#: CRC-32 finds each single bit and each burst of 32, and of other damage all but one in four thousand million; it
#: takes a tenth of the time of SHA-256 in ffmpeg, and there is no forger to guard against here.
_SUM = "[f=hash:hash=crc32]"
#: Options of formats: they belong to the one copy, and not to its sum.
_OF_FORMATS = frozenset({"-f", "-update", "-start_number", "-video_track_timescale"})
#: An encoder whose header beforehand is not the one that it writes: that one is taken out of its first packet.
_EARLY_HEADER = "libsvtav1"
#: Other names would be misread in a list of copies.
_PLAIN = re.compile(r"file:[\w./%-]+")


def telling_sums(argv: Sequence[str], *names: str) -> tuple[str, ...]:
    """Return the words of a call that writes the same files, and beside each of ``names`` the sum of its packets.

    These outputs name their formats and, where there are several, their streams. Raises ``ValueError`` for a name that
    is not plain, or no output's.
    """
    words = tuple(argv)
    for end in sorted((_end(words, f"file:{name}") for name in names), reverse=True):
        # its options stand behind the file before it
        begin = max((place + 1 for place in range(end) if words[place].startswith("file:")), default=0)
        kept, form = _parted(words[begin:end])
        kept = kept if "-map" in kept else ("-map", "0", *kept)  # a list of copies has no streams by itself
        copies = f"[{form}]{words[end]}|{_SUM}{words[end]}{SUM_SUFFIX}"
        words = (*words[:begin], *kept, "-f", "tee", copies, *words[end + 1 :])
    return words


def _end(words: Sequence[str], file: str) -> int:
    """Find where the name of an output stands."""
    ends = [place for place, word in enumerate(words) if word == file and words[place - 1] != "-i"]
    if len(ends) != 1 or not _PLAIN.fullmatch(file):
        raise ValueError(f"{file} is no plain name of one output")
    return ends[0]


def _parted(options: Sequence[str]) -> tuple[Sequence[str], str]:
    """Split the options of an output: its own, and those of its format as a list of copies has them."""
    kept: list[str] = []
    form: list[str] = []
    left = iter(options)
    for word in left:
        if word in _OF_FORMATS:
            form.append(f"{word[1:]}={next(left)}")
        elif word == "-flags" and "mp4" in options and _EARLY_HEADER not in options:
            kept += (word, f"{next(left)}+global_header")  # MP4 asks an encoder for that; a list of copies does not
        else:
            kept.append(word)
    return kept, ":".join(form)

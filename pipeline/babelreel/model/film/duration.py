"""Decide how long a film is whose picture and sound do not end together."""

from __future__ import annotations

#: Up to here the picture alone says how long a film is. Recorders and encoders stop picture and sound at different
#: moments: a whole packet of sound (128 ms of AAC at 8 kHz), or a whole chunk of a file (half a second in QuickTime
#: and MP4). Nothing can be said or read in so short a time: the shortest cue lasts 833 ms.
MOST_UNEVEN_MS = 500

#: A sound may be twice as long as its picture, for a microphone that was left on, and some minutes more, for films that
#: are short. Some kilobytes of FLAC or Opus can be hours of silence, each minute of which takes 40 MB to listen to; and
#: in a film hours of its last frame would be encoded for them.
SPARE_MS = 600_000


def longest_sound_ms(picture_ms: int) -> int:
    """Say how long a sound may be that is heard with a picture of this length."""
    return 2 * picture_ms + SPARE_MS


def decide_duration_ms(*, picture_end_ms: int, sound_end_ms: int | None) -> int:
    """Choose the length of a film: its picture's, or that of a sound longer by over ``MOST_UNEVEN_MS``.

    Then the last frame is held until the sound ends. Where the picture is longer, silence follows the sound.
    """
    if sound_end_ms is None or sound_end_ms - picture_end_ms <= MOST_UNEVEN_MS:
        return picture_end_ms
    return sound_end_ms

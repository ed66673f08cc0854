"""Is the recorded voice of a language fit to be heard in the film, and does the finished sound keep its promises?

An error here does not stop the language, whose subtitles are published with the film's own sound; it keeps the dub from
being used.
"""

from __future__ import annotations

from babelreel.rules import dub_files, dub_length, dub_mix, dub_takes, dub_whole
from babelreel.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    dub_files.unreadable_sound,
    dub_files.guide_as_dub,
    dub_files.stray_take,
    dub_files.doubled_take,
    dub_takes.missing_take,
    dub_files.silent_sound,
    dub_whole.silent_line,
    dub_whole.stray_speech,
    dub_files.clipped_sound,
    dub_files.low_sample_rate,
    dub_files.unusual_channels,
    dub_takes.take_too_long,
    dub_takes.dead_air,
    dub_length.sound_longer_than_film,
    dub_length.early_end,
    dub_whole.shifted_dub,
    dub_whole.drifting_dub,
    dub_mix.loudness_off,
    dub_mix.peak_too_high,
    dub_mix.languages_apart,
    dub_length.other_length_of_music,
    dub_files.dub_without_subtitles,
)

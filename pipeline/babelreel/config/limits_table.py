"""The limits that babelreel.toml may set, for all languages or for one."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from babelreel.config.section import Section

Words = Annotated[int, Field(ge=0, le=1000)]
Time = Annotated[int, Field(ge=0, le=600_000)]


class LimitsTable(Section):
    """Limits for all languages; those of one language go into its own table. "babelreel explain" tells the defaults."""

    cps_child: Annotated[int, Field(ge=1, le=60)] | None = Field(None, description="Reading speed of children.")
    cps_adult: Annotated[int, Field(ge=1, le=60)] | None = Field(None, description="Reading speed of adults.")
    cps_error_percent: Annotated[int, Field(ge=100, le=1000)] | None = Field(
        None, description="Reading speed, in percent of cps_adult: error above it."
    )
    wpm_child: Words | None = Field(None, description="Words a minute for young readers; 0: not counted.")
    wpm_adult: Words | None = Field(None, description="Words a minute for everyone; 0: not counted.")
    cpl: Annotated[int, Field(ge=4, le=200)] | None = Field(None, description="Characters per line.")
    max_lines: Annotated[int, Field(ge=1, le=6)] | None = Field(None, description="Lines of one cue.")
    max_lines_upright: Annotated[int, Field(ge=1, le=6)] | None = Field(
        None, description="Lines of one cue where the film is higher than wide."
    )
    balance_percent: Annotated[int, Field(ge=0, le=100)] | None = Field(
        None, description="Shorter line of a cue as a percentage of the longer one."
    )
    shortest_ms: Annotated[int, Field(ge=1, le=60_000)] | None = Field(
        None, description="Shortest cue: warning below it."
    )
    shortest_error_ms: Annotated[int, Field(ge=1, le=60_000)] | None = Field(
        None, description="Shortest cue: error below it."
    )
    longest_ms: Annotated[int, Field(ge=100, le=600_000)] | None = Field(None, description="Longest cue.")
    gap_frames: Annotated[int, Field(ge=0, le=100)] | None = Field(
        None, description="Smallest gap between two cues, and before a shot change."
    )
    close_gap_ms: Time | None = Field(None, description="A shorter gap between two cues is to be closed.")
    shot_reach_ms: Time | None = Field(None, description="A cue starts or ends with a shot change that is nearer.")
    voice_reach_ms: Time | None = Field(None, description="Farthest that a text may be from its voice.")
    late_start_ms: Time | None = Field(None, description="A cue is late up to here; above it, another one is missing.")
    bare_speech_ms: Time | None = Field(None, description="Speech that needs a text.")
    track_shift_ms: Time | None = Field(None, description="Smallest shift of all cues against the film's voices.")
    track_drift_ms: Annotated[int, Field(ge=1, le=600_000)] | None = Field(
        None, description="Smallest drift from the first cue to the last."
    )
    stretch_ms: Time | None = Field(None, description="Shortest stretch that only one of track and reference has.")
    stretch_error_ms: Time | None = Field(None, description="A missing stretch as long as this is an error.")
    delay_ms: Time | None = Field(None, description="Smallest shift of all cues against the reference: warning.")
    delay_error_ms: Time | None = Field(None, description="Shift of all cues against the reference: error.")
    foreign_words: Annotated[int, Field(ge=1, le=100)] | None = Field(
        None, description="Fewest words of a cue whose language is looked at."
    )
    sure_percent: Annotated[int, Field(ge=1, le=100)] | None = Field(
        None, description="How sure it must be that a text is in another language."
    )
    clipped_ms: Time | None = Field(None, description="Clipped sound in one recording, in all: warning.")
    clipped_error_percent: Annotated[int, Field(ge=1, le=100)] | None = Field(
        None, description="Clipped share of a recording: error above it."
    )
    lowest_rate_hz: Annotated[int, Field(ge=1, le=192_000)] | None = Field(
        None, description="Lowest sample rate of a recording."
    )
    faster_percent: Annotated[int, Field(ge=0, le=100)] | None = Field(
        None, description="A take that has to run faster by more than this, to fit, is told."
    )
    much_faster_percent: Annotated[int, Field(ge=0, le=100)] | None = Field(
        None, description="A take that has to run faster by more than this, to fit: warning."
    )
    dead_air_ms: Time | None = Field(None, description="Silence at the end of a line that is told.")
    late_voice_ms: Time | None = Field(
        None, description="A dub that is later as a whole is an error; up to here it may be meant as voice-over."
    )

"""The limits that babelreel.toml may set, for all languages or for one."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from babelreel.config.tables.section import Section

Words = Annotated[int, Field(ge=0, le=1000)]
Time = Annotated[int, Field(ge=0, le=600_000)]


class LimitsTable(Section):
    """Limits for all languages; those of one language go into its own table. "babelreel explain" shows the defaults."""

    cps_child: Annotated[int, Field(ge=1, le=60)] | None = Field(None, description="Characters a second for children.")
    cps_adult: Annotated[int, Field(ge=1, le=60)] | None = Field(None, description="Characters a second for adults.")
    cps_error_percent: Annotated[int, Field(ge=100, le=1000)] | None = Field(
        None, description="It is an error to be faster than this, in percent of cps_adult."
    )
    wpm_child: Words | None = Field(None, description="Words a minute for children; 0: not counted.")
    wpm_adult: Words | None = Field(None, description="Words a minute for adults; 0: not counted.")
    cpl: Annotated[int, Field(ge=4, le=200)] | None = Field(None, description="Characters in one row of text.")
    max_lines: Annotated[int, Field(ge=1, le=6)] | None = Field(None, description="Rows of text shown at once.")
    max_lines_upright: Annotated[int, Field(ge=1, le=6)] | None = Field(
        None, description="The same, if the film is higher than wide."
    )
    balance_percent: Annotated[int, Field(ge=0, le=100)] | None = Field(
        None, description="Length of the shorter of two rows, in percent of the longer one."
    )
    shortest_ms: Annotated[int, Field(ge=1, le=60_000)] | None = Field(
        None, description="You are warned if a line is shown for less than this."
    )
    shortest_error_ms: Annotated[int, Field(ge=1, le=60_000)] | None = Field(
        None, description="It is an error if a line is shown for less than this."
    )
    longest_ms: Annotated[int, Field(ge=100, le=600_000)] | None = Field(
        None, description="The longest time for one line."
    )
    gap_frames: Annotated[int, Field(ge=0, le=100)] | None = Field(
        None, description="Smallest gap between two lines, and before a shot change."
    )
    close_gap_ms: Time | None = Field(
        None, description="If a gap between two lines is shorter than this, it should be closed."
    )
    shot_reach_ms: Time | None = Field(
        None, description="If a shot change is nearer than this, the line should start or end with it."
    )
    voice_reach_ms: Time | None = Field(None, description="A line may begin this much earlier or later than its voice.")
    late_start_ms: Time | None = Field(
        None, description="If no line begins within this time after a voice, its text counts as missing."
    )
    bare_speech_ms: Time | None = Field(None, description="Speech as long as this needs a line.")
    track_shift_ms: Time | None = Field(
        None, description="If all lines are too early or too late by this much, it is reported."
    )
    track_drift_ms: Annotated[int, Field(ge=1, le=600_000)] | None = Field(
        None, description="If lines get later and later, by this much at the end, it is reported."
    )
    stretch_ms: Time | None = Field(
        None, description="You are warned if text is missing in one language for this long."
    )
    stretch_error_ms: Time | None = Field(
        None, description="It is an error if text is missing in one language for this long."
    )
    delay_ms: Time | None = Field(
        None, description="You are warned if all lines are this far from those of the film's language."
    )
    delay_error_ms: Time | None = Field(
        None, description="It is an error if all lines are this far from those of the film's language."
    )
    foreign_words: Annotated[int, Field(ge=1, le=100)] | None = Field(
        None, description="A line with fewer words is not checked for its language."
    )
    sure_percent: Annotated[int, Field(ge=1, le=100)] | None = Field(
        None, description="How sure babelreel must be that a text is in another language."
    )
    clipped_ms: Time | None = Field(None, description="You are warned if a recording is clipped for this long in all.")
    clipped_error_percent: Annotated[int, Field(ge=1, le=100)] | None = Field(
        None, description="It is an error if more of a recording is clipped, in percent."
    )
    lowest_rate_hz: Annotated[int, Field(ge=1, le=192_000)] | None = Field(
        None, description="Lowest sample rate of a recording."
    )
    faster_percent: Annotated[int, Field(ge=0, le=100)] | None = Field(
        None, description="You are told if a take must be played faster than this."
    )
    much_faster_percent: Annotated[int, Field(ge=0, le=100)] | None = Field(
        None, description="You are warned if a take must be played faster than this."
    )
    dead_air_ms: Time | None = Field(None, description="You are told if a line ends with more silence than this.")
    late_voice_ms: Time | None = Field(
        None,
        description="It is an error if a whole dub is later than this. Less is a warning: some start late on purpose.",
    )

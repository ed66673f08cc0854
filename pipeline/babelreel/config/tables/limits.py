"""The limits that babelreel.toml may set, for all languages or for one."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from babelreel.config.tables.section import Section

Words = Annotated[int, Field(ge=0, le=1000)]
Time = Annotated[int, Field(ge=0, le=600_000)]


class LimitsTable(Section):
    """Limits for all languages; those of one language go into its own table. "babelreel explain" shows the defaults."""

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
    close_gap_ms: Time | None = Field(
        None, description="If a gap between two cues is shorter than this, it should be closed."
    )
    shot_reach_ms: Time | None = Field(
        None, description="If a shot change is nearer than this, the cue should start or end with it."
    )
    voice_reach_ms: Time | None = Field(None, description="A cue may begin at most so far from its voice.")
    late_start_ms: Time | None = Field(None, description="A cue that comes later than this counts as missing.")
    bare_speech_ms: Time | None = Field(None, description="Speech as long as this needs a cue.")
    track_shift_ms: Time | None = Field(
        None, description="If all cues are off from the voices by this much, it is reported."
    )
    track_drift_ms: Annotated[int, Field(ge=1, le=600_000)] | None = Field(
        None, description="If cues drift by this much from first to last, it is reported."
    )
    stretch_ms: Time | None = Field(None, description="How long something may be missing before it is reported.")
    stretch_error_ms: Time | None = Field(None, description="If it is missing for as long as this, it is an error.")
    delay_ms: Time | None = Field(None, description="If all cues are off from the reference by this much: warning.")
    delay_error_ms: Time | None = Field(None, description="If all cues are off from the reference by this much: error.")
    foreign_words: Annotated[int, Field(ge=1, le=100)] | None = Field(
        None, description="A cue with fewer words is not checked for its language."
    )
    sure_percent: Annotated[int, Field(ge=1, le=100)] | None = Field(
        None, description="How sure babelreel must be that a text is in another language."
    )
    clipped_ms: Time | None = Field(None, description="Clipped sound in one recording, in all: warning.")
    clipped_error_percent: Annotated[int, Field(ge=1, le=100)] | None = Field(
        None, description="Clipped share of a recording: error above it."
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
        description="A whole dub later than this: error. Less late: warning, for a voice-over is late on purpose.",
    )

"""A language's name as a short sound, for those who do not read: recorded, or spoken by a synthetic voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babelreel.errors import ToolError
from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.argv.command_line import Input, Option, Output, by_name, command_words
from babelreel.media.argv.inputs import recording_input
from babelreel.media.argv.repeatable_bytes import ANY_PROCESSOR, BARE_MP4
from babelreel.media.programs.espeak import speak
from babelreel.media.programs.run import GLOBAL_FLAGS, run_ffmpeg
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ

#: The output. AAC in MP4 is played everywhere; Opus is not, on phones that are some years old.
SOUND = "name.m4a"
#: A name is said in a second; a recording that goes on is cut.
LONGEST_MS = 4000
_SAMPLES = "name.s16"
_KBPS = 48

#: Silence before and after is cut off, and all names are about as loud as one another.
_FILTERS = (
    "silenceremove=start_periods=1:start_threshold=-45dB,areverse,"
    "silenceremove=start_periods=1:start_threshold=-45dB,areverse,"
    "dynaudnorm=peak=0.7:maxgain=8:framelen=150,afade=t=in:d=0.01"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakName:
    """Has a name spoken by eSpeak NG: an ``Action`` of the task graph."""

    ffmpeg: Program
    espeak: Program
    voice: str
    text: str

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result; the place of the program is no part of it."""
        return {
            **_document(self.ffmpeg, _samples(SAMPLE_RATE_HZ)),
            "espeak": self.espeak.version,
            "voice": self.voice,
            "text": self.text,
        }

    def perform(self, workspace: Workspace) -> None:
        """Speak and encode; raises ``ToolError`` where nothing is heard, and what ``run_ffmpeg`` raises."""
        spoken = speak(workspace.program(self.espeak), self.text, voice=self.voice, room_ms=LONGEST_MS)
        if spoken is None:
            raise ToolError(
                what="eSpeak NG did not say the name of a language.",
                where=self.text,
                why=f"its voice “{self.voice}” gave no sound",
                hint="Record the name, and put the file into video/names.",
            )
        samples = (spoken.samples * 32767).round().astype("<i2").tobytes()
        (workspace.folder / _SAMPLES).write_bytes(samples)
        _encode(self.ffmpeg, _samples(spoken.rate_hz), workspace)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodeName:
    """Makes a recorded name short and small: an ``Action`` of the task graph; ``recording`` is its input."""

    ffmpeg: Program
    recording: str

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the input."""
        return _document(self.ffmpeg, recording_input(self.recording))

    def perform(self, workspace: Workspace) -> None:
        """Encode it; raises what ``run_ffmpeg`` raises."""
        _encode(self.ffmpeg, recording_input(self.recording), workspace)


def _samples(rate_hz: int) -> Input:
    # bare samples do not describe themselves
    return Input(name=_SAMPLES, options=(("f", "s16le"), ("ar", rate_hz), ("ac", 1)))


def _document(ffmpeg: Program, source: Input) -> dict[str, Json]:
    return {"tool": "ffmpeg", "digest": ffmpeg.digest, "argv": [*GLOBAL_FLAGS, *_argv(source)]}


def _argv(source: Input) -> tuple[str, ...]:
    options: tuple[Option, ...] = by_name(
        ("t", f"{LONGEST_MS}ms"),
        ("vn", None),
        ("af", _FILTERS),
        ("c:a", "aac"),
        ("profile:a", "aac_low"),
        ("b:a", f"{_KBPS}k"),
        ("ar", SAMPLE_RATE_HZ),
        ("ac", 1),
        ANY_PROCESSOR,
        *BARE_MP4,
    )
    return command_words(inputs=(source,), outputs=(Output(name=SOUND, options=options),))


def _encode(ffmpeg: Program, source: Input, workspace: Workspace) -> None:
    run_ffmpeg(
        workspace.program(ffmpeg),
        _argv(source),
        cwd=workspace.folder,
        duration_ms=LONGEST_MS,
        report=workspace.report,
        is_cancelled=workspace.is_cancelled,
    )

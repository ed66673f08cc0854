"""What is known of recorded sounds, where they belong in the film, and how loud the result should be.

Times inside of sounds are samples at 48 kHz, the rate of everything that is delivered: a millisecond would be too
coarse to say where a voice begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from babelreel.model.sound.mono import MonoMix
from babelreel.model.sound.recorded_text import RecordedText
from babelreel.model.timecode import MS_PER_SECOND, Span

#: The rate at which samples are counted, and of every sound of ours.
SAMPLE_RATE_HZ = 48_000


#: How much quieter a mix is than the sum of its sounds, until its loudness is set: four sounds at full scale do not
#: clip (12.04 dB), and two are all that there should be at once.
HEADROOM_DB = 12
#: And so it is kept until then.
MIX_BITS = 24
MIX_CHANNELS = 2


def ms_to_samples(time_ms: int) -> int:
    """Convert a time of the film into a sample; exact, for 48 of them make a millisecond."""
    return time_ms * SAMPLE_RATE_HZ // MS_PER_SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a recording in which somebody speaks with no pause of a second, and how loud it is."""

    span: Span
    lufs: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundInfo:
    """A recording as it was found by listening to all of it.

    ``path`` is relative to the project, with ``/``; ``digest`` is the SHA-256 of the file. ``samples`` is its length;
    from ``first`` up to, not including, ``end`` there is something to hear (equal: there is nothing). ``speech`` are
    the stretches in which somebody speaks, ``None`` where that cannot be found out. ``peak_dbfs`` is the largest
    sample, ``loudness_lufs`` the integrated loudness, as heard from two loudspeakers if it is mono; both ``None`` where
    there is nothing to hear, the loudness also where a sound is shorter than can be measured (400 ms). ``mono`` says
    which one channel of it is mixed. In that, ``speech_lufs`` is the level of the voice without its pauses,
    ``passages`` hold that of each passage, and ``noise_lufs`` is that of the room, ``None`` where there is none or it
    cannot be known. ``clipped`` counts samples in runs of three or more at full scale. ``is_guide`` says that the
    sound, its tags or its name bear the mark of a guide track. ``fault`` says in plain words why nothing else is known.
    """

    path: str
    digest: str = ""
    bytes: int = 0
    codec: str = ""
    sample_rate_hz: int = 0
    channels: int = 0
    bit_depth: int = 0
    samples: int = 0
    first: int = 0
    end: int = 0
    speech: tuple[Span, ...] | None = None
    peak_dbfs: Decimal | None = None
    loudness_lufs: Decimal | None = None
    mono: MonoMix = MonoMix.AVERAGE
    speech_lufs: Decimal | None = None
    noise_lufs: Decimal | None = None
    passages: tuple[Passage, ...] = ()
    clipped: int = 0
    is_guide: bool = False
    fault: str = ""

    @property
    def duration_ms(self) -> int:
        """How long it is, rounded."""
        return round(Fraction(self.samples * MS_PER_SECOND, SAMPLE_RATE_HZ))

    @property
    def is_silent(self) -> bool:
        """Tell whether there is nothing to hear in it."""
        return self.first >= self.end

    @property
    def is_absent(self) -> bool:
        """Tell whether its bytes could not be read: it is empty, a link to nowhere, or a note of a file elsewhere."""
        return bool(self.fault) and not self.digest

    @property
    def is_audible(self) -> bool:
        """Tell whether it can be read, and there is something to hear in it."""
        return not self.fault and not self.is_silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A recording of one line: ``line`` is the number in its name, that of the cue in the subtitle file.

    ``recorded`` is the text that it was recorded for, ``None`` where nobody kept it: it is heard for the first time.
    """

    line: int
    sound: SoundInfo
    recorded: RecordedText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dub:
    """What was recorded for one language: one file for the whole film, or a folder of takes.

    ``path`` is that of the file or folder, relative to the project. ``takes`` are in order of lines and may hold a
    line twice, and lines that no cue bears; ``strays`` are sounds whose name is not a number. Nothing is dropped: the
    rules say what is wrong. Both ``whole`` and ``takes`` are there where somebody left both. ``texts_fault`` says in
    plain words why the texts that takes were recorded for cannot be read, ``texts_path`` where, ``are_texts_closed``
    that it is the system which denies access to them.
    """

    language: str
    path: str
    whole: SoundInfo | None = None
    takes: tuple[Take, ...] = ()
    strays: tuple[SoundInfo, ...] = ()
    texts_path: str = ""
    texts_fault: str = ""
    are_texts_closed: bool = False

    @property
    def sounds(self) -> tuple[SoundInfo, ...]:
        """All recordings, in order."""
        return (*((self.whole,) if self.whole else ()), *(take.sound for take in self.takes), *self.strays)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoudnessTarget:
    """How loud a finished sound should be: at most ``tolerance_lu`` from ``lufs``, no true peak above ``peak_dbtp``."""

    name: str
    lufs: Decimal
    tolerance_lu: Decimal
    peak_dbtp: Decimal


#: Web: the common value of platforms. EBU R 128 and AES TD1008 as those papers say.
LOUDNESS_TARGETS: tuple[LoudnessTarget, ...] = (
    LoudnessTarget(name="web", lufs=Decimal(-16), tolerance_lu=Decimal(1), peak_dbtp=Decimal(-1)),
    LoudnessTarget(name="ebu-r128", lufs=Decimal(-23), tolerance_lu=Decimal("0.5"), peak_dbtp=Decimal(-1)),
    LoudnessTarget(name="aes-td1008", lufs=Decimal(-18), tolerance_lu=Decimal(2), peak_dbtp=Decimal(-1)),
)
#: A viewer who changes the language hears a larger difference; proposal of this project.
MOST_APART_LU = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSettings:
    """How sounds are mixed and finished.

    ``target`` is the loudness of every file. ``duck_db`` is how far the film's own sound goes down under a dub,
    ``music_duck_db`` how far music and effects do, where there is a stem of them. ``voice_above_db`` is how far the
    voice of each line is above them at least: where it would not be, they go down further.
    """

    target: LoudnessTarget = LOUDNESS_TARGETS[0]
    duck_db: int = 14
    music_duck_db: int = 3
    voice_above_db: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedSound:
    """The sound of a published file as it was measured: ``language`` and ``rendition`` are the file's.

    ``loudness_lufs`` is ``None`` for a file in which there is nothing to hear.
    """

    language: str
    rendition: str
    sound: str
    loudness_lufs: Decimal | None
    true_peak_dbtp: Decimal | None

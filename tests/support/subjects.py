"""How do tests of rules and reports get a subject, with the film and the sounds that it is held to?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import PurePosixPath
from typing import TypedDict, Unpack

from babelreel.languages.find import find_language
from babelreel.model.delivery.pairs import Pair
from babelreel.model.film.cards import Cards, ShownCard
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.model.film.media import MediaInfo, VideoStream
from babelreel.model.film.signs import Sign
from babelreel.model.language import Language
from babelreel.model.ledger.entries import Ledger
from babelreel.model.reading_limits import Audience, Profile
from babelreel.model.sound.dubbing import decide_dubbing
from babelreel.model.sound.mix_levels import DubLevels
from babelreel.model.sound.recorded_text import RecordedText
from babelreel.model.sound.recordings import (
    LOUDNESS_TARGETS,
    Dub,
    LoudnessTarget,
    MixedSound,
    SoundInfo,
    SoundSettings,
    Take,
    ms_to_samples,
)
from babelreel.model.style import Styles
from babelreel.model.timecode import Span
from babelreel.model.track import Track
from babelreel.rules.base.paired_track import PairedTrack
from babelreel.rules.base.recording_subject import (
    DescriptionSubject,
    LostVoiceSubject,
    MixSubject,
    SettingsSubject,
    StayedSubject,
    VoiceSubject,
)
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.read import read_track


class Surroundings(TypedDict, total=False):
    """What a project has besides a track."""

    film: MediaInfo | None
    languages: tuple[Language, ...]
    names: tuple[str, ...]
    rungs: tuple[Rung, ...]
    styles: Styles
    title: str
    is_reference: bool
    help_numbers: frozenset[str]
    audience: Audience
    ledger: Ledger | None
    ledger_fault: str
    wants_approval: bool
    signs: tuple[Sign, ...]
    shown_cards: tuple[ShownCard, ...]
    cards: Cards
    card_words: tuple[tuple[str, str], ...]
    pairs: tuple[PairedTrack, ...]


class About(Surroundings, total=False):
    """What ``make_subject`` takes, for those who call it."""

    path: str
    profile: Profile | None
    reference: str | Track | None


def make_subject(
    content: str | bytes | Track,
    tag: str = "en",
    *,
    path: str = "",
    profile: Profile | None = None,
    reference: str | Track | None = None,
    **surroundings: Unpack[Surroundings],
) -> TrackSubject:
    """Read a subtitle file as it would lie on disk; its language is ``tag``, or that of its name.

    The reference is in English, and lies on disk too where it is no track.
    """
    path = path or f"subtitles/{tag}.srt"
    language = find_language(PurePosixPath(path).stem)
    return TrackSubject(
        track=_read(content, path),
        language=language,
        profile=profile or language.limits,
        reference=None if reference is None else _read(reference, "subtitles/en.srt"),
        **surroundings,
    )


class Sounds(TypedDict, total=False):
    """What was recorded for a track's language, and what was published.

    Takes were recorded for the text of the line of their number, unless they say otherwise or ``is_new`` does.
    """

    dub: Dub | None
    is_new: bool
    is_agreed: bool | None
    music: SoundInfo | None
    mixed: tuple[MixedSound, ...] | None
    voices: DubLevels
    target: LoudnessTarget
    lost: LostVoiceSubject
    description: DescriptionSubject
    stayed: StayedSubject
    settings: SettingsSubject


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A track, and the sounds that belong to it and to its film."""

    subject: TrackSubject
    sounds: Sounds = field(default_factory=Sounds)

    def held_to(self, profile: Profile) -> Scene:
        """Give the same with other limits."""
        return Scene(subject=replace(self.subject, profile=profile), sounds=self.sounds)


def make_recordings(subject: TrackSubject, **sounds: Unpack[Sounds]) -> tuple[VoiceSubject | MixSubject, ...]:
    """Give what the rules on sound look at in the language of a track."""
    tag, profile, film = subject.language.tag, subject.profile, subject.film
    dub, music, mixed = sounds.get("dub"), sounds.get("music"), sounds.get("mixed")
    found: list[VoiceSubject | MixSubject] = []
    if dub:
        dub = dub if sounds.get("is_new") else remembered(dub, subject.track)
        film_ms = film.duration_ms if film else None
        dubbing = decide_dubbing(dub, subject.track, film_ms=film_ms, profile=profile)
        agreed = sounds.get("is_agreed", True)
        found.append(
            VoiceSubject(language=tag, dubbing=dubbing, profile=profile, film=film, music=music, is_agreed=agreed)
        )
    if mixed is not None:
        target = sounds.get("target", LOUDNESS_TARGETS[0])
        subject_of_mix = MixSubject(language=tag, path=f"output/{tag}", mixed=mixed, target=target)
        found.append(replace(subject_of_mix, dub=sounds.get("voices"), voice_above_db=SoundSettings().voice_above_db))
    return tuple(found)


def remembered(dub: Dub, track: Track) -> Dub:
    """Give a dub whose takes were recorded for the present text of the line of their number."""
    cues = {cue.number: cue for cue in reversed(track.cues)}
    texts = {number: RecordedText(text=cue.text, start_ms=cue.span.start_ms) for number, cue in cues.items()}
    takes = (replace(each, recorded=each.recorded or texts.get(each.line)) for each in dub.takes)
    return replace(dub, takes=tuple(takes))


def _read(content: str | bytes | Track, path: str) -> Track:
    if isinstance(content, Track):
        return content
    data = content.encode() if isinstance(content, str) else content
    return read_track(data, language=find_language(PurePosixPath(path).stem), path=path)


def make_known_film(
    duration_ms: int = 3_600_000,
    rate: Fraction = Fraction(25),
    *,
    shots: tuple[int, ...] | None = None,
    speech: tuple[tuple[int, int], ...] | None = None,
) -> MediaInfo:
    """Give what a probe would tell of a film of this length and rate, with speech as pairs of ms."""
    video = VideoStream(
        codec="h264",
        profile="High",
        level=40,
        pixel_format="yuv420p",
        bit_depth=8,
        width_px=1920,
        height_px=1080,
        display_width_px=1920,
        display_height_px=1080,
        sample_aspect=Fraction(1),
        rotation=0,
        rate=rate,
        is_variable_rate=False,
        frames=int(duration_ms * rate / 1000),
        start_ms=0,
        duration_ms=duration_ms,
    )
    return MediaInfo(
        digest="0" * 64,
        bytes=1,
        container="mp4",
        duration_ms=duration_ms,
        video=video,
        shots=shots,
        speech=None if speech is None else tuple(Span(start_ms=start, end_ms=end) for start, end in speech),
    )


def make_sound(  # noqa: PLR0913 - what can be wrong with a sound
    path: str,
    duration_ms: int = 2000,
    *,
    heard: tuple[int, int] | None = None,
    speech: tuple[tuple[int, int], ...] | None = None,
    clipped: int = 0,
    sample_rate_hz: int = 48_000,
    channels: int = 1,
    is_guide: bool = False,
    fault: str = "",
) -> SoundInfo:
    """Give what listening would tell of a sound; it is heard, as speech in pairs of ms, from end to end if not told."""
    first_ms, end_ms = (0, duration_ms) if heard is None else heard
    return SoundInfo(
        path=path,
        digest="0" * 64,
        bytes=1,
        codec="pcm_s16le",
        sample_rate_hz=sample_rate_hz,
        channels=channels,
        bit_depth=16,
        samples=ms_to_samples(duration_ms),
        first=ms_to_samples(first_ms),
        end=ms_to_samples(end_ms),
        speech=None if speech is None else tuple(Span(start_ms=start, end_ms=end) for start, end in speech),
        clipped=clipped,
        is_guide=is_guide,
        fault=fault,
    )


def make_dub(
    takes: Mapping[str, SoundInfo | int] | None = None,
    *,
    language: str = "en",
    whole: SoundInfo | None = None,
    strays: Iterable[str] = (),
) -> Dub:
    """Give a dub of takes by their names (``07.wav``), each a sound or a length in ms, or one of the whole film."""
    folder = f"video/stems/{language}"
    named = {name: (f"{folder}/{name}", sound) for name, sound in (takes or {}).items()}
    return Dub(
        language=language,
        path=whole.path if whole else folder,
        whole=whole,
        takes=tuple(
            Take(
                line=int(PurePosixPath(name).stem),
                sound=make_sound(path, sound) if isinstance(sound, int) else replace(sound, path=path),
            )
            for name, (path, sound) in named.items()
        ),
        strays=tuple(make_sound(f"{folder}/{name}") for name in strays),
    )


def paired(pair: str, content: str | None, *, tag: str) -> PairedTrack:
    """Give the language ``tag`` of a pair as the other one sees it; without content it has no subtitles."""
    language = find_language(tag)
    return PairedTrack(
        pair=Pair.named(pair),
        language=language,
        profile=language.limits,
        track=None if content is None else read_track(content.encode(), language=language, path=f"subtitles/{tag}.srt"),
    )

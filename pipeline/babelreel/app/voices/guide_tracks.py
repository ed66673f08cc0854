"""Make guide tracks, which show a volunteer the pace of a recording."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from babelreel.app.project.described_film import film_length_ms
from babelreel.app.project.inventory import relative_path
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.app.voices.descriptions import find_spoken, load_spoken
from babelreel.media.programs.espeak import Speech, choose_voice, find_espeak, list_voices, speak
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.media.sound.guide import write_guide
from babelreel.model.project import Project
from babelreel.model.sound.guide import Guide, GuideLine
from babelreel.model.sound.guide_mark import GUIDE_WORD
from babelreel.model.sound.placing import rooms_ms
from babelreel.model.track import Cue

#: The folder, in the project's, of what volunteers record from and into; no part of what is built.
RECORDING = "recording"
#: Behind the last cue where the film's length is not known.
TAIL_MS = 1000
#: A cue that ends later than this has a wrong time; a track of that length would fill the disk.
LONGEST_MS = 12 * 3600 * 1000


def make_guides(
    project: Project,
    tags: Iterable[str] = (),
    *,
    folder: Path | None = None,
    ffmpeg: str | None = None,
    tell: Callable[[Guide], None] = lambda _: None,
) -> tuple[Guide, ...]:
    """Write one guide track for each language that was asked for, and report each to ``tell`` as soon as it is there.

    ``folder`` is where they go (``None``: ``recording`` in the project). A language whose track holds nothing to speak
    is reported as a fault, and the others go on. Raises ``UsageError`` for an unknown tag, and what writing raises.
    """
    files = find_spoken(project, tags)
    ffmpeg_path = locate_ffmpeg(ffmpeg)
    film_ms = film_length_ms(project)
    espeak = find_espeak()
    voices = list_voices(espeak) if espeak else ()
    guides = []
    for file in files:
        voice = choose_voice(file.settings.language, voices)
        speaker = partial(_speak, espeak, voice) if espeak and voice else _beep
        target = (folder or project.root / RECORDING) / f"{project.slug}.{file.tag}.{GUIDE_WORD}.flac"
        guide = _make(project, file, target, ffmpeg_path, film_ms=film_ms, voice=voice, speaker=speaker)
        tell(guide)
        guides.append(guide)
    return tuple(guides)


def has_voices() -> bool:
    """Tell whether there is a program that speaks."""
    return find_espeak() is not None


def plan_lines(cues: Iterable[Cue], duration_ms: int) -> tuple[GuideLine, ...]:
    """Say what is spoken when: cues without text are left out, and cues that begin together are one line.

    The room of a line reaches up to the next line, less a breath, or to the end of the film.
    """
    texts: dict[int, str] = {}
    for cue in sorted(cues, key=lambda each: each.span):
        start, text = max(0, cue.span.start_ms), " ".join(cue.lines)
        if text.strip() and start < duration_ms:
            texts[start] = f"{texts[start]} {text}" if start in texts else text
    starts = tuple(texts)
    rooms = rooms_ms(starts, duration_ms)
    return tuple(
        GuideLine(text=texts[start], start_ms=start, room_ms=room_ms or 0)
        for start, room_ms in zip(starts, rooms, strict=True)
    )


def _make(  # noqa: PLR0913 - a guide has these sides
    project: Project,
    file: TrackFile,
    target: Path,
    ffmpeg_path: Path,
    *,
    film_ms: int | None,
    voice: str,
    speaker: Callable[[GuideLine], Speech | None],
) -> Guide:
    track = load_spoken(project, file)
    cues = tuple(cue for cue in track.cues if cue.text.strip())
    if not cues:
        why = track.faults[0].detail if track.is_unread else "there is no text in it"
        return Guide(language=file.tag, fault=f"{track.path}: {why}")
    duration_ms = film_ms or max(max(cue.span.start_ms, cue.span.end_ms, 0) for cue in cues) + TAIL_MS
    if duration_ms > LONGEST_MS:
        return Guide(language=file.tag, fault=f"{track.path}: a cue is more than 12 hours from the start")
    lines = plan_lines(cues, duration_ms)
    title = f"{GUIDE_WORD} {project.title} {file.tag}: synthetic, not for publication"
    spoken = write_guide(ffmpeg_path, target, lines=lines, duration_ms=duration_ms, title=title, speak=speaker)
    return Guide(
        language=file.tag,
        path=relative_path(project, target),
        voice=voice,
        lines=len(lines),
        beeped=spoken.beeped,
        cut=spoken.cut,
        late=sum(cue.span.start_ms >= duration_ms for cue in cues),
    )


def _speak(espeak: Path, voice: str, line: GuideLine) -> Speech | None:
    return speak(espeak, line.text, voice=voice, room_ms=line.room_ms)


def _beep(_line: GuideLine) -> None:
    return None

"""Write what people need who record the voices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.project.described_film import film_length_ms
from babelreel.app.project.read_tracks import closed_error, load_track
from babelreel.app.project.subtitle_files import look_at_folder
from babelreel.app.voices.descriptions import find_spoken, load_spoken
from babelreel.app.voices.stems import Stems
from babelreel.errors import TrackError
from babelreel.graph.files import write_atomically
from babelreel.languages.find import find_language
from babelreel.model.project import Project
from babelreel.model.sound.dubbing import decide_dubbing
from babelreel.model.sound.recording_script import RecordingScript
from babelreel.model.track import Track
from babelreel.model.visible_text import visible_track
from babelreel.report.recording_script_csv import render_script_csv
from babelreel.report.recording_script_page import render_script_page
from babelreel.timedtext.formats.dapt import ENDING, DaptEvent, DaptScript, DaptText, ScriptType, render_dapt
from babelreel.timedtext.speech.recording_script import Production, make_script

#: The folder of scripts, in the project's.
RECORDING = "recording"

#: Who speaks in a film that one voice is laid over.
NARRATOR = "Narrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenScript:
    """A script, and the files it was written to: page, spreadsheet, DAPT."""

    script: RecordingScript
    paths: tuple[Path, ...]


def write_scripts(project: Project, tags: Iterable[str] = (), folder: Path | None = None) -> Iterator[WrittenScript]:
    """Write the scripts of these languages, or of all, and yield each when it is there; the tracks need be in no order.

    Raises ``UsageError`` for a language without a track before anything is written; ``TrackError``, after the others
    are written, for tracks that cannot be read at all; ``MachineError`` for one that the system refuses to read,
    and where the folder forbids writing.
    """
    wanted = find_spoken(project, tags)
    production = _production(project)
    stems = Stems(project)
    unread: list[Track] = []
    for file in wanted:
        track = load_spoken(project, file)
        if track.is_unread:
            unread.append(track)
            continue
        dub = stems.dub(file.tag)
        profile = file.settings.profile
        dubbing = decide_dubbing(dub, track, film_ms=production.film_ms, profile=profile) if dub else None
        script = make_script(visible_track(track), file.settings.language, production, dubbing)
        yield WrittenScript(script=script, paths=_write(project, script, folder or project.root / RECORDING))
    no_script = "There is no script for subtitles that cannot be read."
    for track in unread:
        if closed := closed_error(track, no_script):
            raise closed
    if unread:
        raise TrackError(
            what=no_script,
            where=", ".join(track.path for track in unread),
            why=unread[0].faults[0].detail,
            hint="Repair or replace the file, then run the same command again.",
        )


def _production(project: Project) -> Production:
    file = look_at_folder(project).reference
    reference = load_track(project, file) if file else None
    return Production(
        title=project.title,
        source=project.settings_of(find_language(project.reference)).language,
        reference=None if reference is None or reference.is_unread else visible_track(reference),
        film_ms=film_length_ms(project),
        stems=project.stems_dir.as_posix(),
    )


def _write(project: Project, script: RecordingScript, folder: Path) -> tuple[Path, ...]:
    stem = f"{project.slug}.{script.language.tag}"
    contents = {
        f"{stem}.script.html": render_script_page(script),
        f"{stem}.script.csv": render_script_csv(script),
        f"{stem}.dapt.{ENDING}": render_dapt(as_dapt(script)),
    }
    for name, content in contents.items():
        write_atomically(folder / name, content.encode())
    return tuple(folder / name for name in contents)


def as_dapt(script: RecordingScript) -> DaptScript:
    """Turn a script into DAPT.

    Its type is "preRecording": the text as adapted to the time there is for it, to be spoken, with the original beside
    it for those who speak. A "translatedTranscript" would still have to be adapted.
    """
    own, source = script.language.tag, script.source.tag
    seen: Counter[int] = Counter()
    events: list[DaptEvent] = []
    for line in script.lines:
        seen[line.number] += 1
        again = f"-{seen[line.number]}" if seen[line.number] > 1 else ""  # two cues may bear one number
        original = (DaptText(language=source, source=source, text=line.source_text),) if line.source_text else ()
        events.append(
            DaptEvent(
                name=f"line-{line.number}{again}",
                start_ms=line.span.start_ms,
                end_ms=line.span.end_ms,
                texts=(*original, DaptText(language=own, source=source, text=line.text)),
                agent=NARRATOR,
                take=line.take,
            )
        )
    return DaptScript(
        title=script.title, type=ScriptType.PRE_RECORDING, language=own, source=source, events=tuple(events)
    )

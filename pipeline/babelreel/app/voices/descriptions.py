"""Find the scripts of descriptions of the picture, which are spoken and never shown: ``fr.ad.srt`` beside the sounds.

They lie in the folder of recordings, and not among the subtitles: nobody reads them, so no rule about reading holds.
"""

from __future__ import annotations

from collections.abc import Iterable

from babelreel.app.project.choose_tracks import select_tracks, usable_tracks
from babelreel.app.project.description_files import DAPT_ENDINGS, description_files
from babelreel.app.project.inventory import relative_path
from babelreel.app.project.read_tracks import load_track
from babelreel.app.project.subtitle_files import TrackFile, look_at_folder
from babelreel.errors import TrackError
from babelreel.languages.find import are_one_language
from babelreel.model.project import Project
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Format, Track
from babelreel.regular_files import read_regular
from babelreel.timedtext.file_size import LIMIT_BYTES
from babelreel.timedtext.formats.dapt import DaptEvent
from babelreel.timedtext.formats.dapt_reader import read_dapt


def find_spoken(project: Project, tags: Iterable[str]) -> tuple[TrackFile, ...]:
    """Find what is spoken in these languages, or in all: their tracks, and scripts of descriptions.

    Raises ``UsageError`` for a language that has neither, and what finding tracks raises.
    """
    folder = look_at_folder(project)
    spoken = (*usable_tracks(project, folder), *description_files(project))
    return select_tracks(spoken, tags, folder)


def load_spoken(project: Project, file: TrackFile) -> Track:
    """Read a track, or the script of a description, which may be a DAPT document; see ``load_track``."""
    if not (file.is_script and file.path.suffix.lower() in DAPT_ENDINGS):
        return load_track(project, file)
    path = relative_path(project, file.path)
    try:
        script = read_dapt(read_regular(file.path, most_bytes=LIMIT_BYTES), path)
    except (TrackError, OSError, ValueError):
        return load_track(project, file)  # other TTML is read there, and what is wrong is said
    cues = (_cue(number, event, file.settings.language.usual_tag) for number, event in enumerate(script.events, 1))
    return Track(language=file.tag, path=path, format=Format.TTML, cues=tuple(each for each in cues if each.text))


def _cue(number: int, event: DaptEvent, tag: str) -> Cue:
    """Turn an event into a line; its text is what is said in a language, else the first one that it bears."""
    texts = [each.text for each in event.texts if are_one_language(each.language, tag)]
    text = next(iter([*texts, *(each.text for each in event.texts)]), "")
    span = Span(start_ms=event.start_ms, end_ms=event.start_ms if event.end_ms is None else event.end_ms)
    return Cue(number=number, span=span, lines=tuple(text.split("\n")))

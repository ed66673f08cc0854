"""Look at the master through the probe, and keep what was seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from babelreel.app.project.inventory import find_film, probe_path
from babelreel.errors import BabelreelError, FilmError
from babelreel.graph.digests import DigestCache
from babelreel.graph.notes import Notes, Topic
from babelreel.media.argv.film_streams import picture_of, sound_of
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.media_json import decode_media, parse_media
from babelreel.model.film.streams import StreamWishes
from babelreel.model.json_codec import decode, parse_json
from babelreel.model.project import Project
from babelreel.model.sound.film_sound import FilmSound
from babelreel.regular_files import read_regular
from babelreel.system_errors import as_house_error, is_machine_fault

#: What probing found in a film, by ``_film_key``.
_FILM = Topic(name="film", version=2, read=decode_media)
#: The same with shots and speech, as far as anybody has looked for them, by ``look_key``.
_LOOK = Topic(name="shots-and-speech", version=1, read=decode_media)
#: What is heard in a film, by its digest and the sound that is taken.
_HEARD = Topic(name="film-sound", version=1, read=lambda document: decode(document, FilmSound))


def open_digests(project: Project) -> DigestCache:
    """Open the project's cache of file digests."""
    return DigestCache(open_notes(project))


def name_among_machines(project: Project, digests: DigestCache) -> str:
    """Make the name by which all machines know a project, wherever it lies: others may have the same slug."""
    try:
        return f"{project.slug}-{digests.digest(find_film(project))[:16]}"
    except BabelreelError:  # the planning says what is wrong with the film
        return project.slug


def open_notes(project: Project) -> Notes:
    """Open what earlier runs found out about the project's files."""
    return Notes(project.notes_dir)


def look_at_film(project: Project, digests: DigestCache) -> tuple[Path, MediaInfo]:
    """Probe the master, or take what an earlier probe of the same bytes said.

    Shots and speech are known here if its ``.probe.json`` has them; looking for them takes some seconds a minute.
    """
    path = find_film(project)
    info = _probe(project, path, digests.digest(path))
    described = known_film(project)
    if described is None or look_key(described) != look_key(info):
        return path, info
    return path, replace(info, shots=described.shots, speech=described.speech, heard=described.heard)


def look_at_other_film(
    project: Project, path: Path, digests: DigestCache, wishes: StreamWishes | None = None
) -> MediaInfo:
    """Probe a film that is not the master; raises ``FilmError``.

    ``wishes`` are those for its streams: none says that it is an earlier version of the master, with the same streams.
    """
    return _probe(project, path, digests.digest(path), wishes)


def _probe(project: Project, path: Path, digest: str, wishes: StreamWishes | None = None) -> MediaInfo:
    notes = open_notes(project)
    key = _film_key(wishes or project.streams, digest)
    info = notes.recall(_FILM, key)
    if info is None:
        # what looks into films takes long to load, and most commands look into none
        from babelreel.media.probe.film import probe_media  # noqa: PLC0415 - see above

        info = probe_media(path, digest=digest, wishes=wishes or project.streams)
        notes.keep(_FILM, key, info)
    return info


def _film_key(wishes: StreamWishes, digest: str) -> str:
    """Make the key of a film's description: of its bytes, and of what is asked for of its streams."""
    return f"{digest} {wishes.picture} {wishes.sound} {wishes.language}"


def look_key(info: MediaInfo) -> str:
    """Make the key of shots and speech: of the streams that are looked at and listened to, and how frames count."""
    rate = info.video.rate if info.video else None
    return f"{info.digest} {picture_of(info)} {sound_of(info)} {rate}"


def see_shots(project: Project, path: Path, info: MediaInfo, ffmpeg_path: Path) -> MediaInfo:
    """Return a film with its shots known: as described, as found before, or by decoding it now.

    So the cells of a film are the same whether or not anybody has run ``probe``.
    """
    if info.shots is not None:
        return info
    shots = seen_before(project, info).shots
    if shots is None:
        from babelreel.media.picture.shots import find_shots  # noqa: PLC0415 - as above

        shots = find_shots(ffmpeg_path, path, info)
        note_shots(project, info, shots)
    return replace(info, shots=shots)


def note_shots(project: Project, info: MediaInfo, shots: tuple[int, ...]) -> None:
    """Keep the shots that were found in a film, beside what else was found in it before."""
    open_notes(project).keep(_LOOK, look_key(info), replace(seen_before(project, info), shots=shots))


def hear_sound(project: Project, path: Path, info: MediaInfo) -> MediaInfo:
    """Return a film with what is heard in it known: as described, as found before, or by listening to it now.

    Raises ``FilmError`` for a sound that is damaged, or goes on in another form than before.
    """
    if info.heard is not None:
        return info
    key, notes = f"{info.digest} {sound_of(info)}", open_notes(project)
    heard = notes.recall(_HEARD, key)
    if heard is None:
        # numpy takes a tenth of a second to load, and most builds listen to nothing
        from babelreel.media.sound.heard.film_sound import hear_film  # noqa: PLC0415 - see above

        heard = hear_film(path, info)
        if heard:
            notes.keep(_HEARD, key, heard)
    return replace(info, heard=heard)


def see_and_hear(project: Project, path: Path, info: MediaInfo, ffmpeg_path: Path) -> MediaInfo:
    """Find shots and speech, or take what was found before; what cannot be found here stays as it is described.

    What is heard in the film must be known (``hear_sound``). Raises what ffmpeg raises.
    """
    seen = seen_before(project, info)
    if seen.shots is None or seen.speech is None:
        from babelreel.media.picture.shots import find_shots  # noqa: PLC0415 - as above
        from babelreel.media.sound.heard.speech import find_speech  # noqa: PLC0415 - as above

        shots = find_shots(ffmpeg_path, path, info) if seen.shots is None else seen.shots
        seen = replace(seen, shots=shots, speech=find_speech(ffmpeg_path, path, info))
        open_notes(project).keep(_LOOK, look_key(info), seen)
    return replace(info, shots=seen.shots, speech=info.speech if seen.speech is None else seen.speech)


def seen_before(project: Project, info: MediaInfo) -> MediaInfo:
    """Return a film with what was found in it before, and nothing else of shots and speech."""
    return open_notes(project).recall(_LOOK, look_key(info)) or replace(info, shots=None, speech=None)


def known_film(project: Project) -> MediaInfo | None:
    """Read what ``master.probe.json`` says, or ``None`` when it is missing or not ours: no film is needed.

    Raises ``MachineError`` where the system does not let it be read: it may say much.
    """
    path = probe_path(project)
    try:
        return parse_media(parse_json(read_regular(path)))
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and is_machine_fault(error):
            raise as_house_error(error, path) from error
        # a missing or foreign description is no fault: the rules that need the film say "not checked"
        return None


def recall_film(project: Project, digests: DigestCache) -> MediaInfo | None:
    """Return what a build saw of the film as it lies there; the film is read for its digest, if a build has seen any.

    Raises ``MachineError`` where the system does not let the film be read, of which nothing else is known.
    """
    notes = open_notes(project)
    if not notes.has_any(_FILM):  # a large file is read for a good reason only
        return None
    try:
        digest = digests.digest(find_film(project))
        digests.save()
    except FilmError:
        return None
    return notes.recall(_FILM, _film_key(project.streams, digest))


def note_film(project: Project, info: MediaInfo) -> None:
    """Note what is known of a film, with its shots and speech, for the time when another one lies in its place."""
    notes = open_notes(project)
    if noted_film(project, info.digest) is None:
        notes.keep(_FILM, _film_key(project.streams, info.digest), replace(info, shots=None, speech=None, heard=None))
    if seen_before(project, info).speech is None:
        notes.keep(_LOOK, look_key(info), info)


def noted_film(project: Project, digest: str) -> MediaInfo | None:
    """Return what an earlier run saw of a film that may be gone, with its shots and speech as far as known."""
    info = open_notes(project).recall(_FILM, _film_key(project.streams, digest))
    return seen_before(project, info) if info else None

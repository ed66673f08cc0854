"""Plan how every file of the project moves that has times of the film in it; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from babelreel.app.project.description_files import files_of_film, find_files_of_film, fixed_scripts, with_unlisted
from babelreel.app.project.inventory import lies_outside, relative_path
from babelreel.app.project.read_tracks import film_rate, read_file
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.app.project.subtitles_film import CHAPTERS, OwnerChange
from babelreel.app.retime.frame_rates import frame_rates
from babelreel.app.retime.numbered_takes import misplaced_takes
from babelreel.app.retime.settings_file.chapters import MovedChapters, move_chapters
from babelreel.app.retime.settings_file.followed_numbers import Followed, Numbers, follow_numbers
from babelreel.app.retime.settings_file.signs import MovedSigns, move_signs
from babelreel.app.retime.settings_file.written_starts import UnwritableError
from babelreel.app.retime.staying import Staying
from babelreel.app.retime.take_starts import moved_take_starts, take_files
from babelreel.app.retime.unmoved import rival_files, unmoved_by
from babelreel.app.voices.recorded_texts import TAKES_FILE
from babelreel.app.voices.stems import list_recordings
from babelreel.model.film.change.time_map import TimeMap
from babelreel.model.project import Project
from babelreel.model.retiming import MovedTrack, MovePlan, Unmoved
from babelreel.model.track import Format, Track
from babelreel.regular_files import read_regular, real_path
from babelreel.system_errors import house_errors
from babelreel.timedtext.read import read_track
from babelreel.timedtext.retiming.layout import UnmovableError
from babelreel.timedtext.retiming.move import MovedFile, move_times

#: Gives how a track moves: all by one map, or by one that fits its own lines.
MapOf = Callable[[Track], TimeMap]
_ELSEWHERE = "it lies outside of the project, where nothing is written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What would be written: for each path what it holds now, and what it will hold; ``plan`` shows it to people.

    ``stayed`` are the files of the film that do not move with the others, by path, each with the part that it is of.
    ``owner`` says of which film the subtitles were and are then, where that changes.
    """

    plan: MovePlan
    contents: dict[Path, tuple[bytes, bytes]]
    stayed: Mapping[str, str] = field(default_factory=dict)
    owner: OwnerChange | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages whose subtitles move."""
        return tuple(track.language for track in self.plan.tracks)


def plan_moves(  # noqa: PLR0913 - what moves, how, and what does not
    project: Project,
    time_map: TimeMap,
    tags: Iterable[str] = (),
    map_of: MapOf | None = None,
    stays: frozenset[str] = frozenset(),
    *,
    old_rate: Fraction | None = None,
    is_last: bool = False,
) -> Moves:
    """Move the tracks of these languages, and what is kept of their takes; without any tag all, and the chapters.

    ``map_of`` returns the map of a single track, where that is not ``time_map``; ``stays`` are languages, or the
    chapters, that do not move with all. ``old_rate`` is that of the frames of the film before, where the caller knows
    it. ``is_last``: no language is of another film afterwards. Nothing is written.
    """
    tags = tuple(tags)
    everything = with_unlisted(project)
    files = [file for file in find_files_of_film(project, tags) if file.tag not in stays]
    moved = _MovedTracks(project=project, old_rate=old_rate, unmoved=list(rival_files(everything, tags)))
    for file in files:
        moved.add(file, time_map, map_of)
    contents, unmoved = moved.contents, moved.unmoved
    moving = frozenset(file.tag for file in files)
    found = _Others(
        project=project, time_map=time_map, own_maps=moved.own_maps, tags=moving, is_all=not tags, stays=stays
    )
    is_any_moved = any(track.moved for track in moved.tracks)
    staying = Staying(project=project, tags=moving, is_all=not tags, stays=stays, is_last=is_last)
    recordings, signed, scripts = (
        dict(each) if is_any_moved else {} for each in (staying.recordings(), staying.signed(), staying.scripts())
    )
    contents |= found.takes(unmoved)
    chapters, signs = found.settings(contents, unmoved)
    allow = _follow(everything, moved.numbers, contents)
    changed = {path: both for path, both in contents.items() if both[0] != both[1]}
    plan = MovePlan(
        tracks=tuple(moved.tracks),
        unmoved=tuple(unmoved),
        chapters=chapters.moved,
        gone_chapters=chapters.gone,
        signs=signs.moved,
        gone_signs=signs.gone,
        cut_signs=signs.cut,
        followed=sum(one != other for one, other in zip(project.check.allow, allow.allow, strict=True)),
        lost=allow.lost,
        takes=tuple(relative_path(project, path) for path in changed if path.name == TAKES_FILE),
        recordings=tuple(recordings),
        signed=tuple(signed),
        scripts=tuple(scripts),
        unnamed=tuple(staying.unnamed()) if is_any_moved else (),
    )
    return Moves(plan=plan, contents=changed, stayed=recordings | signed | scripts)


@dataclass(slots=True, kw_only=True)
class _MovedTracks:
    """What was found of one track after another; ``numbers`` are those of which lines get other ones."""

    project: Project
    old_rate: Fraction | None
    unmoved: list[Unmoved]
    tracks: list[MovedTrack] = field(default_factory=list)
    contents: dict[Path, tuple[bytes, bytes]] = field(default_factory=dict)
    own_maps: dict[str, TimeMap] = field(default_factory=dict)
    numbers: list[Numbers] = field(default_factory=list)

    def add(self, file: TrackFile, time_map: TimeMap, map_of: MapOf | None) -> None:
        """Move a track, or say why it cannot be."""
        path = relative_path(self.project, file.path)
        try:
            before, track = _read(self.project, file)
            self.own_maps[file.tag] = own = map_of(track) if map_of else time_map
            track, moved = self._moved(file, before, track, own)
        except UnmovableError as error:
            self.unmoved.append(unmoved_by(path, error))
            return
        self.contents[real_path(file.path)] = (before, moved.data)
        after = _read_again(self.project, file, moved.data, track)
        if misplaced := misplaced_takes(list_recordings(self.project), track, after):
            why = f"its lines get other numbers, and {misplaced[0].name} is known by one"
            self.unmoved.append(Unmoved(path=path, why=why, takes_of=file.tag))
        if any(old != new for old, new in moved.numbers.items()):
            self.numbers.append(Numbers(path=track.path, new=moved.numbers))
        self.tracks.append(MovedTrack(language=file.tag, path=path, lines=moved.lines, is_spoken=file.is_script))

    def _moved(self, file: TrackFile, data: bytes, track: Track, time_map: TimeMap) -> tuple[Track, MovedFile]:
        rates = None
        if track.format is Format.MICRODVD:
            rates = frame_rates(self.project, file.tag, time_map, self.old_rate)
            track = read_track(data, language=file.settings.language, path=track.path, film_rate=rates.written)
        moved = move_times(
            data,
            track,
            time_map,
            language=file.settings.language,
            shortest_ms=file.settings.profile.shortest_ms,
            film_rate=rates.new if rates else None,
            written_rate=rates.written if rates else None,
        )
        return track, moved


def _follow(project: Project, numbers: Sequence[Numbers], contents: dict[Path, tuple[bytes, bytes]]) -> Followed:
    """Let exceptions that name lines by their numbers follow them, beside what else moves in babelreel.toml."""
    path = real_path(project.config_path) if project.config_path else None
    before, meant = contents.get(path, (None, None)) if path else (None, None)
    tracks = (relative_path(project, each.path) for each in files_of_film(project))
    found = follow_numbers(project, tracks, numbers, meant)
    if path and found.settings:
        contents[path] = (before or found.settings[1], found.settings[2])
    return found


def _read(project: Project, file: TrackFile) -> tuple[bytes, Track]:
    data, track = read_file(project, file)
    if track.is_unread:
        raise UnmovableError(track.faults[0].detail)
    if lies_outside(project, file.path):
        raise UnmovableError(_ELSEWHERE)
    return data, track


def _read_again(project: Project, file: TrackFile, data: bytes, track: Track) -> Track:
    rate = film_rate(project) if track.format is Format.MICRODVD else None
    return read_track(data, language=file.settings.language, path=track.path, film_rate=rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Others:
    """What has times beside the tracks; ``own_maps`` are those of languages whose tracks move by their own."""

    project: Project
    time_map: TimeMap
    own_maps: Mapping[str, TimeMap]
    tags: frozenset[str]
    is_all: bool
    stays: frozenset[str]

    def takes(self, unmoved: list[Unmoved]) -> dict[Path, tuple[bytes, bytes]]:
        """Move what is kept of the takes of the languages, each with the lines that it was recorded for."""
        moved: dict[Path, tuple[bytes, bytes]] = {}
        stays = self.stays.union(file.tag for file in fixed_scripts(self.project))
        for tag, path in take_files(self.project, None if self.is_all else self.tags):
            if tag in stays:
                continue
            try:
                before, after = moved_take_starts(path, [self.own_maps.get(tag, self.time_map)])
            except UnwritableError:
                why = "it is not as “babelreel dub remember” writes it"
                unmoved.append(Unmoved(path=relative_path(self.project, path), why=why))
                continue
            if before != after and lies_outside(self.project, path):
                unmoved.append(Unmoved(path=relative_path(self.project, path), why=_ELSEWHERE))
                continue
            moved[real_path(path)] = (before, after)
        return moved

    def settings(
        self, contents: dict[Path, tuple[bytes, bytes]], unmoved: list[Unmoved]
    ) -> tuple[MovedChapters, MovedSigns]:
        """Move the chapters and the signs, where all languages move; tell what became of both."""
        nothing = MovedChapters(data=b""), MovedSigns(data=b"")
        path = self.project.config_path
        is_meant = self.is_all and CHAPTERS not in self.stays
        if not is_meant or path is None or not self.project.has_own_times:
            return nothing
        with house_errors(path):
            before = read_regular(path)
        chapters = move_chapters(before, self.time_map)
        signs = move_signs(chapters.data, self.time_map)
        is_elsewhere = signs.data != before and lies_outside(self.project, path)
        if why := chapters.fault or signs.fault or (_ELSEWHERE if is_elsewhere else ""):
            is_early = chapters.is_early or signs.is_early
            shown = relative_path(self.project, path)
            unmoved.append(Unmoved(path=shown, why=why, is_early=is_early, is_settings=True))
            return nothing
        contents[real_path(path)] = (before, signs.data)
        return chapters, signs

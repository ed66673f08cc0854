"""Run the rules over the lines of a language, and over one line while somebody edits it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from babelreel.app.check.run_rules import Checker, make_checker
from babelreel.app.project.described_film import film_to_check
from babelreel.app.project.inventory import probe_path, sounds_path
from babelreel.app.studio.lines import OpenLanguage, open_lines
from babelreel.app.studio.one_cue import Wanted, rewrite_cue
from babelreel.app.studio.saving import Base, Outcome, Saved, outcome_of, refuse_closed, write_lines
from babelreel.errors import UsageError
from babelreel.graph.lock import hold_ledgers
from babelreel.model.finding import Finding
from babelreel.model.ledger.entries import text_digest
from babelreel.model.project import Project
from babelreel.model.track import Track
from babelreel.rules.check import CheckResult
from babelreel.rules.fixing import repair
from babelreel.rules.registry import OF_PEOPLE, is_about_sound
from babelreel.timedtext.read import read_track
from babelreel.timedtext.rewritten import Rewritten

#: A line is looked at with so many before and behind it: no rule about one line looks further.
_BESIDE = 6
#: Of the reference, what is shown within so much of these lines.
_AROUND_MS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFinding:
    """What a rule says of the line at a place; ``place`` is ``None`` for the file as a whole."""

    place: int | None
    finding: Finding


class Adviser:
    """Asks the rules, and keeps what they need as long as no file of the project changes.

    One serves all threads of a studio.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[str, Checker, OpenLanguage]] = {}
        self._found: dict[str, tuple[OpenLanguage, tuple[LineFinding, ...]]] = {}

    def state(self) -> str:
        """Name the state in which the files are that lines, rules and people's words come from."""
        return text_digest(*_state(self._project))

    def findings(self, tag: str) -> tuple[str, tuple[LineFinding, ...]]:
        """Run all rules over a language as it lies on the disk; return the version of the file with what they say.

        The answer is the same until anything is changed.
        """
        checker, opened = self._open(tag)
        found = self._found.get(tag)
        if found is None or found[0] is not opened:
            track = opened.language.track
            found = (opened, tuple(_placed(track, checker.check(opened.language.file, track))))
            self._found[tag] = found
        return opened.version, found[1]

    def look(self, tag: str, base: Base, wanted: Wanted) -> tuple[LineFinding, ...] | None:
        """Say what the rules would find in a line as somebody is writing it; nothing is kept.

        ``None`` where the line is not there any more as it was. A text that the file cannot hold raises
        ``UsageError``. Only what stands beside it is looked at, so that the answer comes while she types.
        """
        checker, opened = self._open(tag)
        line = opened.known(base.digest, base.place)
        if line is None:
            return None
        language = opened.language
        written = rewrite_cue(language.data, language.track, line.place, wanted, language.file.settings.language)
        if written is None:
            raise UsageError(what="The file cannot hold the line like this.", hint="Write it in another way.")
        first = max(0, line.place - _BESIDE)
        track = replace(written.track, cues=written.track.cues[first : line.place + _BESIDE + 1])
        found = _placed(track, _beside(checker, track).check(language.file, track), first)
        return tuple(each for each in found if each.place == line.place)

    def fix(self, tag: str, base: Base, code: str, message: str, by: str = "") -> Saved:
        """Make the fix of one finding of a line, as ``check --fix`` does; ``UsageError`` where it would do harm."""
        with hold_ledgers(self._project.state_dir):
            checker, _ = self._open(tag)
            # what is kept may be of before: not every disk tells two writings within two seconds apart
            opened = open_lines(self._project, tag)
            refuse_closed(opened)
            line = opened.known(base.digest, base.place)
            if line is None:
                return Saved(outcome=Outcome.CONFLICT, line=None, now=opened)
            language = opened.language
            chosen = [
                each.finding
                for each in _placed(language.track, checker.check(language.file, language.track))
                if each.place == line.place and (each.finding.code, each.finding.message) == (code, message)
            ]
            made = _made(checker, opened, chosen[:1])
            if made is None:
                raise UsageError(
                    what="babelreel cannot fix this now.",
                    where=f"{language.track.path}, line {line.cue.number}",
                    why="the line was changed, or the fix would bring another fault",
                    hint="Change the line yourself.",
                )
            now = write_lines(self._project, opened, (line.place,), made, by)
            return Saved(
                outcome=outcome_of(opened, now, base),
                line=now.lines[line.place],
                now=now,
                is_utf8_now=made.track.encoding != language.track.encoding,
            )

    def _open(self, tag: str) -> tuple[Checker, OpenLanguage]:
        state = self.state()
        with self._lock:
            kept = self._kept.get(tag)
            if kept is None or kept[0] != state:
                # what was published is looked at by "check"; here it is about the lines
                checker = make_checker(self._project, film_to_check(self._project))
                kept = (state, checker, open_lines(self._project, tag))
                self._kept[tag] = kept
            return kept[1], kept[2]


def _state(project: Project) -> Iterator[str]:
    """Say in which state the files are that rules look at."""
    folder = project.root / project.subtitles_dir
    paths = (*folder.iterdir(), project.config_path, probe_path(project), sounds_path(project))
    for path in sorted(filter(None, paths)):
        try:
            found = path.stat()
        except OSError:
            continue
        # not every disk tells two writings within two seconds apart, but what we write is another file each time
        yield f"{path} {found.st_mtime_ns} {found.st_size} {found.st_ino}"


def _placed(track: Track, result: CheckResult, first: int = 0) -> Iterator[LineFinding]:
    """Yield each finding with the place of its line; sounds have pages of their own, and so has what people said."""
    places = {cue.line: first + place for place, cue in enumerate(track.cues)}
    for found in result.findings:
        for each in found.each:
            if not is_about_sound(each.code) and each.code not in OF_PEOPLE:
                is_of_line = each.location.path == track.path and each.start_ms is not None
                yield LineFinding(place=places.get(each.first_line) if is_of_line else None, finding=each)


def _beside(checker: Checker, track: Track) -> Checker:
    """Make a checker that compares lines with what the reference says at their time."""
    if checker.reference is None or not track.cues:
        return checker
    start = min(cue.span.start_ms for cue in track.cues) - _AROUND_MS
    end = max(cue.span.end_ms for cue in track.cues) + _AROUND_MS
    cues = tuple(cue for cue in checker.reference.cues if cue.span.end_ms > start and cue.span.start_ms < end)
    return replace(checker, reference=replace(checker.reference, cues=cues))


def _made(checker: Checker, opened: OpenLanguage, chosen: Iterable[Finding]) -> Rewritten | None:
    """Make a fix, unless it brings a new error or warning."""
    language, waiting = opened.language, list(chosen)

    def check(_: Track) -> CheckResult:
        return CheckResult(findings=(waiting.pop(),) if waiting else ())

    done = repair(
        language.data,
        check,
        language.track,
        language=language.file.settings.language,
        with_unsafe=True,
        judge=lambda track: checker.check(language.file, track),
    )
    if not done.repaired:
        return None
    after = read_track(done.data, language=language.file.settings.language, path=language.track.path)
    return Rewritten(data=done.data, track=after)

"""Find how far each language of a film is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from babelreel.app.check.checked import CheckedTrack
from babelreel.app.check.run_rules import Checker, make_checker
from babelreel.app.half_written import HOW_TO_GO_BACK, half_written_error
from babelreel.app.project.choose_tracks import find_tracks_of
from babelreel.app.project.described_film import film_to_check
from babelreel.app.publish.own_files import read_manifest
from babelreel.model.finding import Severity
from babelreel.model.ledger.entries import State
from babelreel.model.ledger.status import ChangedLine, FilmStatus, LanguageStatus, VoiceStatus
from babelreel.model.project import Project
from babelreel.model.sound.dubbing import Dubbing, Verdict
from babelreel.rules.ledger.standing import Standing


def film_status(project: Project, tags: Iterable[str] = ()) -> FilmStatus:
    """Look at the languages of a project, or at some; needs what ``check`` needs, and raises what it raises."""
    checker, tags = make_checker(project, film_to_check(project)), tuple(tags)
    files = find_tracks_of(project, tags)
    asked = {file.tag for file in files}
    published = read_manifest(project.root / project.output_dir)
    withdrawn = {each.language for each in published.withdrawn} if published else set()
    return FilmStatus(
        title=project.title,
        reference=project.reference,
        languages=tuple(_status(checker, checker.look(file), withdrawn) for file in files),
        other_film=_told(project, checker),
        stayed=checker.stayed,
        pairs=tuple(pair for pair in project.delivery.pairs if not tags or asked.issuperset(pair.tags)),
    )


def _told(project: Project, checker: Checker) -> str:
    """Say that a move was stopped half-way, else what became of the film; empty where all is as it should be."""
    if stopped := half_written_error(project):
        return f"{stopped.what} {HOW_TO_GO_BACK}"
    return checker.other_film.tell() if checker.other_film else ""


def _status(checker: Checker, checked: CheckedTrack, withdrawn: Collection[str]) -> LanguageStatus:
    ledger, fault = checker.ledgers.get(checked.file.tag) or (None, "")
    standing = checker.standing(checked.file, checked.track)
    lines = standing.lines
    sound = [line for line in lines if not (line.is_stale or line.is_rewritten)]
    said = [line.entry for line in lines if line.entry]
    approvers = Counter(line.entry.by for line in lines if line.entry and line.is_approved)
    return LanguageStatus(
        language=checked.file.settings.language,
        is_reference=checked.file.tag == checker.project.reference,
        lines=len(lines),
        states=tuple((state, sum(line.state is state for line in sound)) for state in State),
        stale=sum(line.is_stale for line in lines),
        rewritten=sum(line.is_rewritten and not line.is_stale for line in lines),
        approvers=tuple(approvers.most_common()),
        last=max((day for each in said for day in (each.on, each.minor.on if each.minor else "")), default=""),
        errors=checked.result.count(Severity.ERROR),
        warnings=checked.result.count(Severity.WARNING),
        voice=_voice(checked.dubbing),
        changed=tuple(_changed(lines)),
        has_ledger=ledger is not None,
        fault=fault,
        is_withdrawn=checked.file.tag in withdrawn,
        shown=len(standing.shown),
        left_shown=tuple(each.words.called for each in standing.unapproved_shown),
    )


def _changed(lines: Iterable[Standing]) -> Iterator[ChangedLine]:
    for line in lines:
        if line.is_stale or line.is_rewritten:
            yield ChangedLine(
                cue=line.cue,
                source_before=line.change.before if line.change else "",
                source_now=line.change.after if line.change else "",
                text_before=line.entry.text if line.entry and line.is_rewritten else "",
            )


def _voice(dubbing: Dubbing | None) -> VoiceStatus:
    if dubbing is None:
        return VoiceStatus()
    return VoiceStatus(
        is_whole=dubbing.is_of_whole,
        takes=sum(line.take is not None for line in dubbing.lines),
        lines=sum(line.is_to_be_spoken for line in dubbing.lines),
        changed=sum(Verdict.OTHER_TEXT in line.verdicts for line in dubbing.lines),
    )

"""Sum up a build when it is done: what was made, what is missing and why, and what else must be known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from babelreel.app.build.choosing.heard_names import tell_unheard
from babelreel.app.build.choosing.logo import tell_card_logo
from babelreel.app.build.planning import Prepared
from babelreel.app.check.recording_subjects import path_of_other
from babelreel.app.publish.left_out import left_out_error, tell_lacking
from babelreel.app.voices.published_sounds import published_sounds
from babelreel.engines.outcome import Outcome
from babelreel.errors import Cause
from babelreel.model.delivery.build_summary import BuildSummary, Failure, Fate, ReplacedFilm, SkippedRendition
from babelreel.model.delivery.manifest import PublishedFile, Role
from babelreel.model.delivery.pairs import is_pair, languages_in
from babelreel.model.delivery.publication import Published
from babelreel.model.delivery.published_paths import language_dir
from babelreel.model.film.change.stayed import tell_stayed
from babelreel.model.film.choices import tell_choices
from babelreel.model.sound.loudness import tell_quiet

#: A file that is missing is worse than an earlier one, that than a voice that is not heard, and that than a name.
_WORSE = (Fate.WITHOUT_NAME, Fate.WITHOUT_SIGN, Fate.WITHOUT_DUB, Fate.EARLIER, Fate.NOT_PUBLISHED)


def sum_up(prepared: Prepared, outcome: Outcome, published: Published | None, seconds: float) -> BuildSummary:
    """Sum up a build that took so many ``seconds``; ``published`` is ``None`` where ``output/`` stayed as it was."""
    files = published.manifest.files if published else ()
    return BuildSummary(
        output=str(prepared.project.output_dir),
        languages=len({file.language for file in files if file.language and not is_pair(file.language)}),
        failures=(
            *(
                _with_taken(each, published)
                for each in _failures(prepared, outcome, {file.path: file.language for file in files})
            ),
            *_left_out(published),
        ),
        skipped=tuple(replace(each, is_kept=any(_is_of(file, each) for file in files)) for each in prepared.skipped),
        choices=(*_notes(prepared), *_quiet(prepared), *_lacking(published)),
        warnings=prepared.checked.warnings,
        made=outcome.ran,
        kept=outcome.up_to_date + outcome.cut_off,
        files=len(files),
        size=sum(file.bytes for file in files),
        written=len(published.written) if published else 0,
        removed=len(published.removed) if published else 0,
        restored=published.restored if published else 0,
        seconds=seconds,
        has_results=_has_results(prepared, outcome, files),
        replaced=_replaced(prepared),
    )


def _is_of(file: PublishedFile, skipped: SkippedRendition) -> bool:
    """Tell whether a published file is an earlier version of what was not made."""
    if file.role is not Role.VIDEO or (skipped.tag and file.language != skipped.tag):
        return False
    return file.rendition == skipped.rendition if skipped.rendition else bool(skipped.tag)


def _notes(prepared: Prepared) -> Iterator[str]:
    """Yield what the volunteer must know of the film: what was chosen for it, and that it was replaced."""
    yield from tell_choices(prepared.workshop.film.info)
    told = {each.tag for each in (*prepared.nameless, *prepared.refusals)}  # with the reason, as a failure
    heard = (each for each in prepared.languages if each.tag not in told)
    yield from tell_unheard(prepared.project, heard, prepared.workshop.names)
    yield from prepared.signed.tell()
    yield from tell_card_logo(prepared.project.campaign.brand, prepared.project.cards)
    refused = {each.error.where for each in prepared.signed.faults}
    yield from (f"{path}: {tell_stayed()}" for path in prepared.checked.stayed if path not in refused)
    other = prepared.checked.other_film
    if other and not other.is_off:
        yield f"{path_of_other(prepared.project, other)}: {other.tell()}"


def _replaced(prepared: Prepared) -> ReplacedFilm | None:
    """Say that the film is not that of the subtitles, where these are probably at the wrong times."""
    other = prepared.checked.other_film
    if other is None or not other.is_off:
        return None
    return ReplacedFilm(told=f"{path_of_other(prepared.project, other)}: {other.tell()}", call=other.call)


def _quiet(prepared: Prepared) -> tuple[str, ...]:
    """Report a film whose sound, as published now, does not reach its target; noise alone is reported elsewhere."""
    heard = prepared.workshop.film.info.heard
    if heard and heard.is_faint:
        return ()
    return tell_quiet(published_sounds(prepared.project) or (), prepared.project.sound.target)


def _has_results(prepared: Prepared, outcome: Outcome, files: Iterable[PublishedFile]) -> bool:
    """Tell whether anything is published but earlier versions of what was asked for, and pages of them."""
    entries = prepared.results(outcome.entries)
    is_made = any(each.task in entries for each in prepared.blueprint.deliverables)
    return is_made or any(not prepared.wanted.issuperset(languages_in(file.language)) for file in files)


def _failures(prepared: Prepared, outcome: Outcome, published: Mapping[str, str]) -> tuple[Failure, ...]:
    """List the languages that are not, or not wholly, published as asked for, in the project's order.

    Each has its first reason. ``published`` holds the language of each published file by its path.
    """
    failures = {failure.tag: _with_fate(failure, published) for failure in prepared.wanted_refusals}
    for deliverable in prepared.blueprint.deliverables:
        error, tag = outcome.failures.get(deliverable.task), deliverable.language
        if error is not None:
            fate = Fate.EARLIER if deliverable.path in published else Fate.NOT_PUBLISHED
            if tag not in failures or _WORSE.index(fate) > _WORSE.index(failures[tag].fate):
                failures[tag] = Failure(tag=tag, error=error, fate=fate)
    tags = [*(language.tag for language in prepared.languages), *(refusal.tag for refusal in prepared.refusals)]
    tags += [*(pair.tag for pair in prepared.project.delivery.pairs), ""]
    return tuple(failures[tag] for tag in dict.fromkeys(tags) if tag in failures)


def _left_out(published: Published | None) -> Iterator[Failure]:
    """Yield, by language, the files that are not published any more because they were damaged."""
    paths: dict[str, list[str]] = {}
    for file in published.left_out if published else ():
        paths.setdefault(file.language, []).append(file.path)
    for tag, lost in paths.items():
        yield Failure(tag=tag, error=left_out_error(lost))


def _lacking(published: Published | None) -> Iterator[str]:
    if published and published.lacking:
        yield tell_lacking(published.lacking)


def _with_fate(refusal: Failure, published: Mapping[str, str]) -> Failure:
    is_refused = refusal.fate is Fate.NOT_PUBLISHED and refusal.error.cause is not Cause.CONTENT
    return replace(refusal, fate=Fate.EARLIER) if is_refused and refusal.tag in published.values() else refusal


def _with_taken(failure: Failure, published: Published | None) -> Failure:
    """Count the files of a folder, of a language or a pair, that were published before, and are not any more."""
    if failure.fate is not Fate.NOT_PUBLISHED or not (published and failure.tag):
        return failure
    return replace(failure, taken=sum(path.startswith(f"{language_dir(failure.tag)}/") for path in published.removed))

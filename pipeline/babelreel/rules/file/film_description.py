"""Check that the description of the film is about the film that is there."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.rules.base.breach import RecordingBreach
from babelreel.rules.base.recording_subject import DescriptionSubject
from babelreel.rules.base.rule import RecordingRule, recording_rule


@recording_rule(of=DescriptionSubject, code="FIL004", name="other-film-described", severity=Severity.WARNING)
def other_film_described(subject: DescriptionSubject) -> Iterator[RecordingBreach]:
    """The film was replaced: its description, or the subtitles, are of another one.

    Why: Texts that fitted the old film come too early or too late in a new cut, all of them or from some scene on.
    Without the film, as in a CI job, they are still checked against the old film's length, shots and voices.

    Limit: The digests in `master.probe.json` and `master.subtitles.json` are that of the film. If a project has
    neither, the film of the last build counts, as long as any track still has the times that it had then. A film that
    Git LFS has not fetched is known by its digest too.

    Source: Proposal of this project.

    Example: a corrected `master.mp4`, five seconds shorter, was copied over the first one.

    Fix: Run the command that the finding names: `babelreel shift`, `stretch`, or `conform`, which moves all languages
    to the new film. If they fit it as they are, run `babelreel shift --by=0s`. Then run `babelreel probe`, which
    describes the new film.
    """
    told = subject.other.tell()
    if subject.other.film_ms is not None and not subject.other.is_settled:
        told = f"{told}. Until then, check --fix moves nothing by it"
    yield RecordingBreach(path=subject.path, message=told)


RULES: tuple[RecordingRule, ...] = (other_film_described,)

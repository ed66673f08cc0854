"""Check that what goes with the film was made for the film that is there."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.film.change.stayed import tell_stayed
from babelreel.model.finding import Severity
from babelreel.rules.base.breach import RecordingBreach
from babelreel.rules.base.recording_subject import DescriptionSubject, StayedSubject
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


@recording_rule(of=StayedSubject, code="FIL005", name="made-for-other-film", severity=Severity.WARNING)
def made_for_other_film(subject: StayedSubject) -> Iterator[RecordingBreach]:
    """A recording, or the film of an interpreter, was made for the film before.

    Why: When the film changes, babelreel moves lines and takes. It cannot move a recording of the whole film, music and
    effects, the film of an interpreter or a DAPT script: they come too early or too late in the new film.

    Limit: `conform`, `shift` or `stretch` moved the subtitles to a new film, and the file is the same as before that.
    `master.subtitles.json` keeps its digest. The film of an interpreter is not published then.

    Source: Proposal of this project.

    Example: two scenes of the film changed places, and the interpreter in `video/signed/fr.mp4` still signs the first
    one first.

    Fix: Ask those who made the file to fit it to the new film, and put the new file in its place. If it fits as it is,
    run `babelreel shift --by=0s`; for the files of one language: `babelreel shift fr --by=0s`.
    """
    yield RecordingBreach(path=subject.path, message=tell_stayed())


RULES: tuple[RecordingRule, ...] = (other_film_described, made_for_other_film)

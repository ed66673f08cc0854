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
    """The film was replaced, but its description or the subtitles belong to the earlier film.

    Why: In a new cut of the film, the old lines come too early or too late: all of them, or all after some scene. Where
    the film itself is missing, as in a CI job, they are still checked against the length, the shots and the voices of
    the old film.

    Limit: `master.probe.json` and `master.subtitles.json` name the digest of the film in `video/`. If a project has
    neither file, the film of the last build counts, as long as one subtitle file still has the times that it had then.
    A film that Git LFS has not fetched yet is known by its digest, too.

    Source: Proposal of this project.

    Example: a corrected `master.mp4`, five seconds shorter, was copied over the first one.

    Fix: Run the command that the finding names: `babelreel shift`, `stretch` or `conform`. It moves all languages to
    the new film. If the subtitles fit the new film as they are, run `babelreel shift --by=0s`. Then run `babelreel
    probe`, which describes the new film.
    """
    told = subject.other.tell()
    if subject.other.film_ms is not None and not subject.other.is_settled:
        told = f"{told}. Until then, check --fix moves no times"
    yield RecordingBreach(path=subject.path, message=told)


@recording_rule(of=StayedSubject, code="FIL005", name="made-for-other-film", severity=Severity.WARNING)
def made_for_other_film(subject: StayedSubject) -> Iterator[RecordingBreach]:
    """A recording, or the film of an interpreter, was made for the earlier film.

    Why: When the film changes, babelreel moves lines and takes. It cannot move a recording of the whole film, music and
    effects, the film of an interpreter or a DAPT script. These come too early or too late in the new film.

    Limit: After `conform`, `shift` or `stretch` has moved the subtitles to a new film, the file changes too. babelreel
    compares its digest with that in `master.subtitles.json`. Until then, the film of an interpreter is not published.

    Source: Proposal of this project.

    Example: two scenes of the film changed places, and the interpreter in `video/signed/fr.mp4` still signs them in the
    old order.

    Fix: Ask the people who made the file for one that fits the new film, and replace it. If it fits as it is, run
    `babelreel shift --by=0s`, or, for the files of one language, `babelreel shift fr --by=0s`.
    """
    yield RecordingBreach(path=subject.path, message=tell_stayed())


RULES: tuple[RecordingRule, ...] = (other_film_described, made_for_other_film)

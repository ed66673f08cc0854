"""Is what is known of the film about the film that lies there?"""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.rules.base.breach import RecordingBreach
from babelreel.rules.base.recording_subject import DescriptionSubject
from babelreel.rules.base.rule import RecordingRule, recording_rule


@recording_rule(of=DescriptionSubject, code="FIL004", name="other-film-described", severity=Severity.WARNING)
def other_film_described(subject: DescriptionSubject) -> Iterator[RecordingBreach]:
    """The description of the film is about another one: the film was replaced.

    Why: Texts that fitted the former film are early or late in a new cut, all of them or from some scene on. Where the
    film is not at hand, as in a CI job, they are checked against the former film's length, shots and voices.

    Limit: The digest in `master.probe.json` is that of the film. A film that Git LFS has not fetched is known by its
    digest too.

    Source: Proposal of this project.

    For example: a corrected `master.mp4`, five seconds shorter, was copied over the first one.

    Mend: Run `babelreel probe`, play the film with the texts, and put those right that no longer fit.
    """
    yield RecordingBreach(path=subject.path, message=f"{subject.other.tell()}: run babelreel probe")


RULES: tuple[RecordingRule, ...] = (other_film_described,)

"""Check that each take still says what its line says.

What a take was recorded for stands in ``takes.toml`` beside it; which line it belongs to is decided in
``babelreel.model.sound.take_lines``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from babelreel.model.finding import Severity
from babelreel.model.sound.dubbing import DubbedLine, Verdict
from babelreel.model.sound.take_names import TakeNames
from babelreel.rules.base.breach import RecordingBreach
from babelreel.rules.base.need import Need
from babelreel.rules.base.recording_subject import VoiceSubject
from babelreel.rules.base.rule import RecordingRule, recording_rule
from babelreel.rules.base.short_texts import quoted, some

DUB = frozenset({Need.DUB})


@recording_rule(of=VoiceSubject, code="DUB023", name="take-of-another-text", severity=Severity.WARNING, needs=DUB)
def take_of_another_text(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """A line was changed after its take was recorded.

    Why: The voice no longer says what the text says. People who cannot read hear what is no longer true.

    Limit: The words of the line are those that the take was recorded for. Line breaks, quotes, commas and capital
    letters are not heard. "babelreel dub remember" keeps the words of each take in takes.toml.

    Source: Proposal of this project.

    Example: 07.wav was recorded for "You have a lawyer.", and line 7 is "You have no lawyer." now.

    Fix: Record the line again, under the name that the finding gives. If the take fits all the same, say so, with
    "babelreel dub remember", the language and "--line 7".
    """
    changed = [line for line in subject.lines if Verdict.OTHER_TEXT in line.verdicts]
    names = TakeNames(subject.dubbing) if changed else None
    for line in changed:
        if names and line.take and line.take.recorded:
            path = PurePosixPath(line.take.sound.path)
            again = path.with_name(f"{names.name_of(line.cue)}{path.suffix}")
            yield RecordingBreach(
                path=str(path),
                cue=line.cue,
                message=f"line {line.cue.number} was {quoted(line.take.recorded.text)} when its take was recorded, and "
                f"is {quoted(line.cue.text)} now: record it again as {again.name}, or run babelreel dub remember "
                f"{subject.language} --line {line.cue.number} if the take fits",
            )


@recording_rule(of=VoiceSubject, code="DUB024", name="moved-take", severity=Severity.INFO, needs=DUB)
def moved_take(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """Takes have other numbers than the lines in which they are heard.

    Why: Lines were added or removed after the takes were recorded. Each take is heard where its words are, so nothing
    is wrong. Only the names may mislead.

    Limit: The number in the name of a take is that of its line. It is reported once for all takes of a language.

    Source: Proposal of this project.

    Example: 07.wav is heard in line 8, because a line was added above it.

    Fix: You need not do anything. You may rename takes to the numbers of their lines: babelreel knows them by their
    sound.
    """
    moved = [line for line in subject.lines if Verdict.MOVED in line.verdicts and line.take]
    if moved and subject.dubbing:
        told = [f"{_name(line)} in line {line.cue.number}" for line in moved]
        placed = (
            "a take is heard where its words are, and not by its number"
            if len(moved) == 1
            else "takes are heard where their words are, and not by their numbers"
        )
        yield RecordingBreach(path=subject.dubbing.dub.path, message=f"{placed}: {some(told)}")


@recording_rule(of=VoiceSubject, code="DUB025", name="unremembered-take", severity=Severity.WARNING, needs=DUB)
def unremembered_take(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """Nobody has noted which text the takes say.

    Why: babelreel then knows takes only by their numbers. If a line is added, every later take speaks the text of
    another line, and nobody notices.

    Limit: The words of every take that is heard stand in takes.toml, in the folder of the takes. It is an error where
    that file is there and cannot be read.

    Source: Proposal of this project.

    Example: video/stems/fr/ holds 01.wav to 19.wav and no takes.toml.

    Fix: Make sure that each take says the text of its line, and run "babelreel dub remember" with the language. If
    takes.toml holds marks of a conflict, edit it and keep the tables of both sides.
    """
    dub = subject.dubbing.dub if subject.dubbing else None
    if dub and dub.texts_fault:
        yield RecordingBreach(
            path=dub.texts_path,
            message=f"the words of the takes cannot be read: {dub.texts_fault}",
            severity=Severity.ERROR,
        )
        return
    new = [str(line.cue.number) for line in subject.lines if line.is_first_heard]
    if dub and new:
        takes = f"the take of line {new[0]}" if len(new) == 1 else f"{len(new)} takes (lines {some(new)})"
        yield RecordingBreach(
            path=dub.path,
            message=f"nobody has noted the words of {takes}. Listen to them; if each says what its line says now, "
            f"run babelreel dub remember {subject.language}",
        )


def _name(line: DubbedLine) -> str:
    return PurePosixPath(line.take.sound.path).name if line.take else ""


RULES: tuple[RecordingRule, ...] = (take_of_another_text, moved_take, unremembered_take)

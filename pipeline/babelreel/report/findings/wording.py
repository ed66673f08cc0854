"""The words for a finding, the same in every format."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babelreel.model.counted import count
from babelreel.model.finding import Finding, Severity
from babelreel.model.timecode import MS_PER_SECOND
from babelreel.report.console.columns import wrapped
from babelreel.report.reader.speaking import in_readers_language
from babelreel.report.safe_text import clipped, legible, printable
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import Rule
from babelreel.rules.check import CheckResult

#: What to say of a rule that could not work, and what to do about it.
MISSING = {
    Need.FILM: "the film is not known; babelreel probe makes it known",
    Need.SHOTS: "the film's shot changes are not known; babelreel probe finds them",
    Need.SPEECH: "it is not known when somebody speaks in the film; babelreel probe finds out",
    Need.REFERENCE: "the language that is spoken in the film has no subtitle file that can be read",
    Need.SAME_FILM: "a language and the original are of two films, since only one of them was moved; "
    "babelreel conform moves the other",
    Need.DUB: "nobody has listened to a recorded voice, and there is no ffmpeg here; babelreel doctor says what to do",
    Need.MUSIC: "nobody has listened to the music, and there is no ffmpeg here; babelreel doctor says what to do",
    Need.VOICE: "it is not known when somebody speaks in a recording; there is no detector of speech for this computer",
}

#: Places of one fault that are named at most.
_PLACES = 40
#: A length of time, as rules measure it; "+240 ms" is a direction, too.
_MILLISECONDS = re.compile(r"(?<![\d.])(\d+) ms\b")
_NO_TIME = "0 s"


def finding_line(finding: Finding) -> str:
    """Write a finding in one line that can be printed anywhere: place, severity, rule, message and numbers."""
    return f"{printable(f'{place(finding)}: {finding.severity} {rule_label(finding)}')}: {told(finding)}"


def told(finding: Finding) -> str:
    """Write message and numbers in the language of the reader, so that they can be printed anywhere."""
    return f"{in_readers_language(legible(clipped(finding.message)))}{told_numbers(finding)}"


def told_numbers(finding: Finding) -> str:
    """Write what was measured and the limit as ``numbers`` does, in the language of the reader."""
    return in_readers_language(legible(clipped(numbers(finding))))


def place(finding: Finding) -> str:
    """Write ``path:line:column``, or the path alone where the finding is about the file as a whole."""
    where = finding.location
    return f"{where.path}:{where.line}:{where.column}" if where.line else where.path


def rule_label(finding: Finding) -> str:
    """Write code and name of the broken rule."""
    return f"{finding.code} {finding.name}"


def other_places(finding: Finding) -> str:
    """Tell in which cues, or on which lines, a fault that runs through a file is, shortly; empty for any other."""
    others = finding.repeated[1:]
    if not others:
        return ""
    cues = [each.location.cue for each in others if each.location.cue is not None]
    numbered = dict.fromkeys(cues or [each.location.line for each in others])
    shown = ", ".join(map(str, list(numbered)[:_PLACES]))
    more = f" and {len(numbered) - _PLACES} more" if len(numbered) > _PLACES else ""
    return f"also {'in lines' if cues else 'in rows'} {shown}{more}"


def numbers(finding: Finding) -> str:
    """Write what was measured and the limit in brackets, after a space; empty where there is neither.

    Times are in seconds, as people say them, with as many decimals as it takes to tell the two apart. What the message
    says itself is left out, and so is a limit of no time at all.
    """
    measured, limit = _in_seconds(finding.measured, finding.limit)
    is_said = _says(finding.message, measured)
    if limit == _NO_TIME or _says(finding.message, limit) or (is_said and limit.isdecimal()):
        limit = ""
    if is_said or (measured == _NO_TIME and not limit):
        measured = ""
    parts = (measured, f"limit {limit}" if limit else "")
    return f" ({told})" if (told := ", ".join(filter(None, parts))) else ""


def _says(message: str, number: str) -> bool:
    """Tell whether a message has a number in its own words, so that nobody has to read it twice."""
    return bool(number) and bool(re.search(rf"(?<![\w.,]){re.escape(number.lstrip('+-'))}(?!\w|[.,]\d)", message))


def _in_seconds(*texts: str) -> Iterator[str]:
    """Write the times in texts with as many decimals as it takes to tell all of them apart."""
    times = {int(each) for text in texts for each in _MILLISECONDS.findall(text)}
    decimals = next((each for each in (1, 2) if _are_told_apart(times, each)), 3)
    for text in texts:
        yield _MILLISECONDS.sub(
            lambda found: f"{int(found[1]) / MS_PER_SECOND:.{decimals if int(found[1]) else 0}f} s", text
        )


def _are_told_apart(times: set[int], decimals: int) -> bool:
    """Tell whether no two times look the same with so many decimals, and none of them like nothing."""
    written = {f"{each / MS_PER_SECOND:.{decimals}f}" for each in {0, *times}}
    return len(written) == len({0, *times})


def closing(result: CheckResult, columns: int | None = None) -> str:
    """Tell which rules could not work and what to do about it, and sum up; for people, below the findings."""
    lines = (*not_checked(result), summary_line(result))
    return "".join(f"{wrapped(line, columns) if columns else in_readers_language(line)}\n" for line in lines)


def not_checked(result: CheckResult) -> Iterator[str]:
    """Tell once of each thing that is missing, with all rules that lack it."""
    reasons = dict.fromkeys(missing(rule, result) for rule in result.not_checked)
    for reason in reasons:
        codes = ", ".join(rule.code for rule in result.not_checked if missing(rule, result) == reason)
        yield f"not checked: {codes} ({reason})"


def missing(rule: Rule, result: CheckResult) -> str:
    """Tell what a rule that was not checked lacked, and what to do about it."""
    return "; ".join(MISSING[need] for need in sorted(rule.needs & result.lacking))


def summary_line(result: CheckResult) -> str:
    """Count what was looked at, and the findings of each severity."""
    return f"{looked_at(result)}: {found(result)}"


def looked_at(result: CheckResult) -> str:
    """Count subtitle files, lines, and voices without text where there are any."""
    told = f"{count(result.tracks, 'subtitle file')}, {count(result.cues, 'line')}"
    return f"{told}, {count(result.voices, 'voice')} without text" if result.voices else told


def found(result: CheckResult) -> str:
    """Count the findings of each severity that occurs."""
    counts = ((result.count(severity), severity.value) for severity in Severity)
    return ", ".join(count(number, noun) for number, noun in counts if number) or "nothing found"


def worst_first(result: CheckResult) -> list[Finding]:
    """Sort the findings by severity, those of one severity by place: for whom only the first ones are shown."""
    return sorted(result.findings, key=lambda finding: finding.severity.rank)

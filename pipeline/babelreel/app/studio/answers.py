"""What the page of a studio gets to know, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from babelreel.app.studio.asking import LineFinding
from babelreel.app.studio.film.routes import frame_ms
from babelreel.app.studio.lines import OpenLanguage, StudioLine
from babelreel.app.studio.people import Person, Role
from babelreel.app.studio.saving import Saved
from babelreel.app.studio.saying import Said
from babelreel.app.studio.voices.recording import RecordedLine
from babelreel.app.voices.keep_take import LONGEST_S, KeptTake
from babelreel.model.film.media import MediaInfo
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.model.sound.dubbing import Verdict
from babelreel.report.findings.wording import numbers

Json = dict[str, Any]


def session_json(
    project: Project, person: Person, languages: Iterable[Language], new: Iterable[Language], film: MediaInfo | None
) -> Json:
    """Say who somebody is for the studio, and what she may do: ``languages`` are open to her, ``new`` can begin."""
    return {
        "title": project.title,
        "name": person.name,
        "may_repair": person.role.includes(Role.REPAIR),
        "may_approve": person.role.includes(Role.APPROVE),
        "frame_ms": frame_ms(film),
        "longest_take_s": LONGEST_S,
        "languages": list(map(_named, languages)),
        "new": list(map(_named, new)),
    }


def _named(language: Language) -> Json:
    return {"tag": language.tag, "name": language.own_name, "is_rtl": language.is_rtl}


def language_json(opened: OpenLanguage) -> Json:
    """Describe a language with all its lines."""
    reference, profile = opened.language.reference, opened.language.file.settings.profile
    return {
        "tag": opened.tag,
        "version": opened.version,
        "path": opened.language.track.path,
        "why_closed": opened.why_closed,
        "original": reference.language if reference else "",
        "shot_reach_ms": profile.shot_reach_ms,
        "gap_frames": profile.gap_frames,
        "lines": list(map(line_json, opened.lines)),
    }


def line_json(line: StudioLine) -> Json:
    """Describe a line, what it was made from, and what was said of it."""
    standing = line.standing
    entry = standing.entry
    return {
        "place": line.place,
        "number": line.cue.number,
        "start_ms": line.cue.span.start_ms,
        "end_ms": line.cue.span.end_ms,
        "text": line.cue.text,
        "align": int(line.cue.align.value),
        "italic": bool(line.cue.italic) and all(line.cue.italic),
        "digest": line.digest,
        "seen": line.seen,
        "source": standing.source.text,
        "state": standing.state.value,
        "is_approved": standing.is_approved,
        "is_rewritten": standing.is_rewritten,
        "change": [standing.change.before, standing.change.after] if standing.change else None,
        "by": entry.by if entry else "",
        "on": entry.on if entry else "",
        "comment": entry.comment if entry else "",
    }


def findings_json(findings: Iterable[LineFinding]) -> list[Json]:
    """List what the rules say, by line; the gravest first."""
    ordered = sorted(findings, key=lambda each: (each.finding.severity.rank, each.finding.sort_key))
    return [
        {
            "place": each.place,
            "code": each.finding.code,
            "severity": each.finding.severity.value,
            "message": each.finding.message,
            "numbers": numbers(each.finding),
            "has_fix": each.finding.fix is not None and each.place is not None,
        }
        for each in ordered
    ]


def saved_json(saved: Saved) -> Json:
    """Say what became of a line, with the language as it is now."""
    return {
        "outcome": saved.outcome.value,
        "place": saved.line.place if saved.line else None,
        "is_utf8_now": saved.is_utf8_now,
        "language": language_json(saved.now),
    }


def saved_lines_json(saved: Sequence[Saved]) -> Json:
    """Say what became of lines, in their order, with the language as it is now."""
    return {
        "lines": [{"outcome": each.outcome.value, "place": each.line.place if each.line else None} for each in saved],
        "is_utf8_now": any(each.is_utf8_now for each in saved),
        "language": language_json(saved[0].now),
    }


def said_json(said: Said) -> Json:
    """Say of how many lines something was kept, with the language as it is now."""
    return {"kept": said.kept, "changed": said.changed, "language": language_json(said.now)}


def takes_json(lines: Iterable[RecordedLine]) -> list[Json]:
    """List the lines that are to be spoken, each with the path of the take that is heard, empty where there is none."""
    return [
        {
            "place": each.place,
            "path": each.line.take.sound.path if each.line.take else "",
            "is_of_other_text": Verdict.OTHER_TEXT in each.line.verdicts,
        }
        for each in lines
    ]


def kept_json(kept: KeptTake) -> Json:
    """Say where a take was put, and what rules say of it."""
    return {
        "path": kept.path,
        "replaced": list(kept.replaced),
        "findings": [
            {"severity": each.severity.value, "message": each.message, "numbers": numbers(each), "code": each.code}
            for each in sorted(kept.findings, key=lambda each: (each.severity.rank, each.sort_key))
        ],
    }

"""What holds for every file, whatever its bytes? Used by the tests and by ``benchmarks/fuzz.py``."""

from __future__ import annotations

import html

from babelreel.errors import TrackError
from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.finding import Edit, Finding
from babelreel.model.track import Cue, FaultKind, Track
from babelreel.rules.base.edits import apply_edits
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import CheckResult, check_track
from babelreel.rules.fixing import check_fixes as check_offered
from babelreel.timedtext.encoding.decode import encode_like
from babelreel.timedtext.read import read_track

LANGUAGES = {language.tag: language for language in builtin_languages()}
FAMILIES = ("ENC", "SYN", "SRT", "VTT", "ASS")

#: What cannot be seen is not read, but it may stand within a number or a tag.
_CHANGING = ("control-character", "nul-character")

#: Fixes are made until nothing changes; each pass may uncover what the next one repairs.
_MOST_PASSES = 10


def check_file(data: bytes, *, path: str, tag: str) -> Track | None:
    """Read and check a file and assert all laws; ``None`` for one that is refused as too large."""
    try:
        track = read_track(data, language=find_language(tag), path=path)
    except TrackError:
        return None
    assert list(track.faults) == sorted(track.faults, key=lambda fault: (fault.line, fault.column))
    for cue in track.cues:
        _check_cue(cue, track.source.text)
    findings = check_findings(track, tag)
    for finding in {each.code: each for each in offered(data, track, tag) if each.fix}.values():
        _check_fix(finding, data, track)
    assert find(read_track(data, language=find_language(tag), path=path), tag) == findings
    _check_encoding(data, track)
    return track


def find(track: Track, tag: str) -> tuple[Finding, ...]:
    """Give what the rules about bytes and form find."""
    return check_track(_subject(track, tag), select=FAMILIES).findings


def _subject(track: Track, tag: str) -> TrackSubject:
    return TrackSubject(track=track, language=LANGUAGES[tag], profile=find_language(tag).limits)


def check_findings(track: Track, tag: str) -> tuple[Finding, ...]:
    """Assert that whatever is found has a place in the file and a fix that can be made there."""
    findings = find(track, tag)
    for finding in findings:
        check_finding(finding, track)
    return findings


def check_fixes(text: str, *, path: str, tag: str) -> None:
    """Assert that safe fixes change neither times nor texts, and come to an end."""
    track = read_track(text.encode("utf-8", "replace"), language=find_language(tag), path=path)
    found = tuple(finding for finding in find(track, tag) if finding.name not in _CHANGING)
    again = read_track(_fix(track.source.text, found).encode(), language=find_language(tag), path=path)
    assert [(cue.span, cue.lines) for cue in again.cues] == [(cue.span, cue.lines) for cue in track.cues]
    for _ in range(_MOST_PASSES):
        track = read_track(text.encode("utf-8", "replace"), language=find_language(tag), path=path)
        text = track.source.text
        fixed = _fix(text, find(track, tag))
        if fixed == text:
            return
        text = fixed
    raise AssertionError(text)


def _fix(text: str, findings: tuple[Finding, ...]) -> str:
    """Make all safe edits, but for fixes that touch what another one has changed."""
    taken: list[tuple[int, int]] = []
    edits: list[Edit] = []
    for fix in (finding.fix for finding in findings if finding.fix and finding.fix.is_safe):
        spots = [(edit.start, edit.end) for edit in fix.edits]
        if not any(
            start <= end_taken and start_taken <= end for start, end in spots for start_taken, end_taken in taken
        ):
            taken += spots
            edits += fix.edits
    return apply_edits(text, edits)


def _check_cue(cue: Cue, text: str) -> None:
    spots = (cue.start_spot, cue.end_spot, cue.body, cue.number_spot)
    assert all(0 <= spot.start <= spot.end <= len(text) for spot in spots), cue
    assert (
        cue.start_spot.start < cue.start_spot.end <= cue.end_spot.start < cue.end_spot.end
        or text[cue.end_spot.start : cue.start_spot.start].count("\n")
        + text[cue.end_spot.start : cue.start_spot.start].count("\r")
        == 0
    ), cue
    for number, line in enumerate(cue.lines):
        for index, character in enumerate(line):
            offset = cue.offset(number, index)
            assert cue.body.start <= offset < cue.body.end, cue
            assert text[offset] == character or _is_escape(text, offset, character), (cue, number, index)


def _is_escape(text: str, offset: int, character: str) -> bool:
    r"""Tell whether a character is written as a reference, as ``&amp;``, whose first character is at the offset.

    Or as an escape, ``\\{``; a bracket stands for the tag of a reading in ruby.
    """
    if text[offset] == "\\":
        return (text[offset : offset + 2], character) in {(r"\h", "\u00a0"), (r"\{", "{"), (r"\}", "}")}
    if text[offset] == "<":
        return character in "()"
    end = text.find(";", offset)
    return text[offset] == "&" and character in html.unescape(text[offset : end + 1]).replace("\r", "\n")


def check_finding(finding: Finding, track: Track) -> None:
    """Assert that a finding has a message, a place in the file, and edits that can be made there."""
    place, source = finding.location, track.source
    assert finding.message
    assert place.path == track.path
    assert 0 <= place.line <= len(source.starts), finding
    if place.line:
        assert 1 <= place.column <= len(source.line(place.line)) + 1, finding
    if place.end_line:
        assert (place.line, place.column) <= (place.end_line, place.end_column), finding
        assert place.end_line <= len(source.starts), finding
        assert place.end_column <= len(source.line(place.end_line)) + 1, finding
    edits = sorted(finding.fix.edits, key=lambda edit: edit.start) if finding.fix else []
    bounds = [0, *(bound for edit in edits for bound in (edit.start, edit.end)), len(source.text)]
    assert bounds == sorted(bounds), finding
    assert all(source.text[edit.start : edit.end] != edit.text for edit in edits), finding


def offered(data: bytes, track: Track, tag: str) -> tuple[Finding, ...]:
    """Give what the rules about bytes and form find, with those fixes that are offered for the file."""

    def check(each: Track) -> CheckResult:
        return check_track(_subject(each, tag), select=FAMILIES)

    return check_offered(data, check, track, language=find_language(tag)).findings


def _check_fix(finding: Finding, data: bytes, track: Track) -> None:
    """Assert that a fix, made alone in the file as it is encoded, makes a text that is read as it was meant."""
    assert finding.fix
    text = apply_edits(track.source.text, finding.fix.edits)
    written = encode_like(data, text, encoding=track.encoding, to_utf8=finding.fix.to_utf8)
    assert written is not None, finding
    again = read_track(written, language=find_language(track.language), path=track.path)
    assert again.source.text == text, (finding, written, again.encoding)


def _check_encoding(data: bytes, track: Track) -> None:
    written = encode_like(data, track.source.text, encoding=track.encoding)
    if any(fault.kind is FaultKind.UNDECODABLE for fault in track.faults):
        assert written is None
    else:
        assert written in (data, None)
        assert written is not None or not track.encoding.startswith("utf-")

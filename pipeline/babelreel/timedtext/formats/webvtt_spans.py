"""Check the markup in the text of a WebVTT cue against the recommendation.

Only what is WebVTT's own: classes, voices, languages, ruby, timestamps and escapes. Whether bold, italics and
underlining are closed is a question of every format.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from babelreel.model.file_position import Source, Spot
from babelreel.model.timecode import Span
from babelreel.model.track import Fault, FaultKind
from babelreel.timedtext.formats.timestamp import WEBVTT, read_time
from babelreel.timedtext.positions import fault_at

# Each alternative stops at the next "<" or "&", and a reference is no longer than 40 characters: linear time.
_TOKEN = re.compile(r"<[^<>]*>|<|&(?:#?[A-Za-z0-9]{1,36};)?")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z]+)(?P<classes>\.[^\s<>&]*)?(?:\s+(?P<annotation>[^<>]*))?>")
STAMP = re.compile(r"<\s*(?=\d+:\d)[\d:.,]++\s*>")
_LOOKS_LIKE_TAG = re.compile(r"</?[A-Za-z]|<(?=[\d:.]\d*[:.][\d:.])[\d:.]++>")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}")

_NAMES = frozenset(("c", "i", "b", "u", "ruby", "rt", "v", "lang"))
_MUST_CLOSE = frozenset(("c", "ruby", "v", "lang"))


def span_faults(text: str, offset: int, span: Span, source: Source) -> Iterator[Fault]:
    """Find the faults of the markup in a cue's text, which stands at an offset and is shown for a span of time."""
    opened: dict[str, list[Spot]] = {name: [] for name in _NAMES}
    last_ms = span.start_ms
    for match in _TOKEN.finditer(text):
        spot = Spot(offset + match.start(), offset + match.end())
        if match[0].startswith("&"):
            if html.unescape(match[0]) == match[0]:
                detail = "& begins no character: write &amp;"
                yield fault_at(
                    source, Spot(spot.start, spot.start + 1), FaultKind.VTT_AMPERSAND, detail, repaired="&amp;"
                )
        elif STAMP.fullmatch(match[0]):
            time = read_time(match[0][1:-1], 0, line=0, form=WEBVTT)
            why = _why_wrong_stamp(match[0][1:-1], time.ms if time else None, last_ms, span)
            if why:
                yield fault_at(source, spot, FaultKind.VTT_CUE_TIMESTAMP, why)
            last_ms = max(last_ms, time.ms if time else 0)
        elif not _LOOKS_LIKE_TAG.match(match[0]) or not match[0].endswith(">"):
            detail = "< begins no tag, and browsers show nothing of what follows it up to the next >: write &lt;"
            yield fault_at(source, Spot(spot.start, spot.start + 1), FaultKind.VTT_LESS_THAN, detail, repaired="&lt;")
        elif (tag := _TAG.fullmatch(match[0])) and tag["name"] in _NAMES:
            why = _why_wrong_tag(tag, opened, spot)
            if why:
                yield fault_at(source, spot, FaultKind.VTT_SPAN, why)
    yield from _unclosed(opened, text, offset, source)


def _why_wrong_stamp(written: str, ms: int | None, last_ms: int, span: Span) -> str | None:
    if ms is None or not WEBVTT.exact.fullmatch(written):
        return f"a timestamp in a text is written <{WEBVTT.shown}>"
    if not span.start_ms < ms < span.end_ms:
        return "this moment is not within the time of the line"
    return "this moment is not later than the one before it" if ms <= last_ms else None


def _why_wrong_tag(tag: re.Match[str], opened: dict[str, list[Spot]], spot: Spot) -> str | None:
    """Tell what is wrong with a known tag, and keep the books about what is open."""
    name, annotation = tag["name"], (tag["annotation"] or "").strip()
    if tag["close"]:
        was_open = bool(opened[name]) or name not in _MUST_CLOSE
        if opened[name]:
            opened[name].pop()
        if not was_open:
            return f"no <{name}> is open here"
        return "an end tag holds nothing but its name" if annotation or tag["classes"] else None
    opened[name].append(spot)
    if tag["classes"] and "" in tag["classes"].split(".")[1:]:
        return "a full stop in a tag must be followed by the name of a class"
    return _why_wrong_annotation(name, annotation, is_in_ruby=bool(opened["ruby"]))


def _why_wrong_annotation(name: str, annotation: str, *, is_in_ruby: bool) -> str | None:
    if name == "v":
        return None if annotation else "a voice has a name: <v Amina>"
    if name == "lang":
        return None if _LANGUAGE.fullmatch(annotation) else "a language is named by its tag: <lang ar>"
    if name == "rt" and not is_in_ruby:
        return "<rt> stands outside of <ruby>"
    return f"<{name}> takes nothing but classes: <{name}.name>" if annotation else None


def _unclosed(opened: dict[str, list[Spot]], text: str, offset: int, source: Source) -> Iterator[Fault]:
    """Report spans left open; a voice that speaks the whole cue need not be closed."""
    first = offset + len(text) - len(text.lstrip())
    for name in sorted(_MUST_CLOSE):
        spots = opened[name]
        if name == "v" and len(spots) == 1 and spots[0].start == first:
            continue
        for spot in spots:
            yield fault_at(source, spot, FaultKind.VTT_SPAN, f"<{name}> is not closed by </{name}>")

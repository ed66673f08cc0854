"""Write a recording script as DAPT, the W3C's format for dubbing scripts.

Dubbing and Audio description Profiles of TTML2, Candidate Recommendation of 2025-12-18, https://www.w3.org/TR/dapt/.
A script here is what that paper calls a DAPT script: events with a time, and in each of them texts in one language or
more. Names of elements and attributes are those of the paper, and so are the rules for times and white space.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from babelreel.model.timecode import MS_PER_SECOND
from babelreel.model.visible_text import visible

TT = "http://www.w3.org/ns/ttml"
TTP = f"{TT}#parameter"
TTM = f"{TT}#metadata"
DAPTM = f"{TT}/profile/dapt#metadata"
CONTENT_PROFILE = f"{TT}/profile/dapt1.0/content"

#: DAPT names no ending of its own; ``ttml`` is that of TTML2's media type, application/ttml+xml.
ENDING = "ttml"

#: Dialogue in the sound of the film: the content descriptor of a dubbing script.
REPRESENTS = "audio.dialogue"

#: What a description of ours says of an event; the paper reserves ``x-`` for such types.
TAKE = "x-take"


class ScriptType(StrEnum):
    """At which stage of the work a script is."""

    ORIGINAL_TRANSCRIPT = "originalTranscript"
    TRANSLATED_TRANSCRIPT = "translatedTranscript"
    PRE_RECORDING = "preRecording"
    AS_RECORDED = "asRecorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class DaptText:
    """What is said in an event, in one language; ``source`` is the language that it was translated from, or its own.

    Lines are parted by newlines.
    """

    language: str
    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DaptEvent:
    """A stretch of the film and its texts: ``name`` is unique in the document, and begins with a letter or ``_``.

    ``end_ms`` is ``None`` where the document does not say it. ``agent`` is the name of who speaks, ``take`` the file of
    the recording; both may be empty.
    """

    name: str
    start_ms: int
    end_ms: int | None
    texts: tuple[DaptText, ...]
    agent: str = ""
    take: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaptScript:
    """A document: its title, the language it is for, and the one that its texts were translated from."""

    title: str
    type: ScriptType
    language: str
    source: str
    events: tuple[DaptEvent, ...]


def render_dapt(script: DaptScript) -> str:
    """Write a DAPT document, to be encoded as UTF-8.

    Characters that XML cannot hold (most controls, lone surrogates, U+FFFE and U+FFFF) are left out; all others are
    kept, spaces at the ends of lines too. A time before the film's start is written as its start.
    """
    return "".join(f"{line}\n" for line in _document(script))


def _document(script: DaptScript) -> Iterator[str]:
    # by hand: ElementTree would set the eight attributes of the root in one line, and add white space to texts
    agents = {name: f"speaker-{place}" for place, name in enumerate(_agents(script), start=1)}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<tt xmlns="{TT}" xmlns:ttp="{TTP}"'
    yield f'    xmlns:ttm="{TTM}" xmlns:daptm="{DAPTM}"'
    yield f'    ttp:contentProfiles="{CONTENT_PROFILE}"'
    yield f"    xml:lang={_quoted(script.language)} daptm:langSrc={_quoted(script.source)}"
    yield f'    daptm:scriptRepresents="{REPRESENTS}" daptm:scriptType="{script.type}">'
    yield "  <head>"
    yield "    <metadata>"
    yield f"      <ttm:title>{_escaped(script.title)}</ttm:title>"
    for name, identifier in agents.items():
        yield f'      <ttm:agent type="character" xml:id="{identifier}">'
        yield f'        <ttm:name type="alias">{_escaped(name)}</ttm:name>'
        yield "      </ttm:agent>"
    yield "    </metadata>"
    yield "  </head>"
    # white space is kept as it is: a reader of TTML would fold it otherwise
    yield f'  <body daptm:represents="{REPRESENTS}" xml:space="preserve">'
    for event in script.events:
        yield from _event(event, agents)
    yield "  </body>"
    yield "</tt>"


def _agents(script: DaptScript) -> tuple[str, ...]:
    return tuple(dict.fromkeys(event.agent for event in script.events if event.agent))


def _event(event: DaptEvent, agents: dict[str, str]) -> Iterator[str]:
    end = "" if event.end_ms is None else f' end="{_time(event.end_ms)}"'
    agent = f' ttm:agent="{agents[event.agent]}"' if event.agent else ""
    yield f'    <div xml:id={_quoted(event.name)} begin="{_time(event.start_ms)}"{end}{agent}>'
    if event.take:
        # a path is in no language
        yield f'      <ttm:desc xml:lang="zxx" daptm:descType="{TAKE}">{_escaped(event.take)}</ttm:desc>'
    for text in event.texts:
        lines = "<br/>".join(_escaped(line) for line in text.text.split("\n"))
        languages = f"xml:lang={_quoted(text.language)} daptm:langSrc={_quoted(text.source)}"
        yield f"      <p {languages}>{lines}</p>"
    yield "    </div>"


def _time(time_ms: int) -> str:
    seconds, ms = divmod(max(0, time_ms), MS_PER_SECOND)
    return f"{seconds}.{ms:03d}s"


def _escaped(text: str) -> str:
    from xml.sax.saxutils import escape  # noqa: PLC0415 - loads urllib and ssl, and every check reads this module

    return escape(visible(text))


def _quoted(text: str) -> str:
    from xml.sax.saxutils import quoteattr  # noqa: PLC0415 - see above

    return quoteattr(text)

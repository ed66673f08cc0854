"""What is a rule, and what does it see?"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from pathlib import Path

from babelreel.model.file_position import Source
from babelreel.model.film.encoding_ladder import DEFAULT_RUNGS, Rung
from babelreel.model.film.media import MediaInfo
from babelreel.model.finding import Edit, Finding, Fix, Location, Severity
from babelreel.model.language import Language
from babelreel.model.policy import Allowance
from babelreel.model.project import Style
from babelreel.model.reading_limits import Profile
from babelreel.model.sound.recordings import Dub, MixedSound, SoundInfo, SoundSettings
from babelreel.model.track import Cue, Fault, FaultKind, Track
from babelreel.rules.base.passage import Passage, TextIndex

#: The rate at which frames are counted while the film is unknown: that of European television.
ASSUMED_RATE = Fraction(25)


#: More is no cue that anybody reads; each finding keeps a copy.
_CONTEXT_LINES, _CONTEXT_LENGTH = 20, 500

#: How much blank space below a cue is looked through for its last line.
_MOST_BLANK = 1000

#: Of one rule in one file. No track has as many cues; what has is no track, and must not take hours.
_MOST_FINDINGS = 10_000


class Need(StrEnum):
    """What a rule cannot work without; a rule whose need is not met is reported as "not checked"."""

    FILM = "film"
    SHOTS = "shots"
    """The film's shot changes."""
    SPEECH = "speech"
    """When somebody speaks in the film."""
    REFERENCE = "reference"
    """The track of the language that is spoken in the film."""
    DUB = "dub"
    """A recorded voice of the language."""
    MUSIC = "music"
    """A stem of music and effects."""
    MIX = "mix"
    """The published sounds, measured."""
    VOICE = "voice"
    """When somebody speaks in a recording of the whole film."""


#: What a project may do without: where there is none, there is nothing to check, and nothing is said of it. Of a sound
#: that is there, and that nobody listened to (``Subject.unheard``), it is said.
OPTIONAL = frozenset({Need.DUB, Need.MUSIC, Need.MIX})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a rule looks at: one track with its language, its limits, and the film if it is known.

    ``reference`` is the track of the language spoken in the film, ``None`` when there is none, or when this is it
    (``is_reference``). ``languages`` are the tags of all the project's tracks. ``rungs``, ``style`` and ``font`` (the
    project's own font file for the language, absolute) say how the text is burned in. ``names`` are those of services
    that every language keeps in Latin letters. ``dub`` is the language's recorded voice, ``music`` the stem of music
    and effects, ``sound`` how they are to be mixed, and ``mixed`` what was measured in all published files, of every
    language (``None``: nothing is published). ``orphans`` are the recorded voices of languages that have no track; one
    track of the project is told of them. ``unheard`` names what is there, and what nobody could listen to: then ``dub``
    or ``music`` is ``None``. ``unused_allowances`` are known when all other rules have been run. ``texts`` is made of
    the track.
    """

    track: Track
    language: Language
    profile: Profile
    film: MediaInfo | None = None
    reference: Track | None = None
    is_reference: bool = False
    languages: tuple[str, ...] = ()
    rungs: tuple[Rung, ...] = DEFAULT_RUNGS
    style: Style = field(default_factory=Style)
    font: Path | None = None
    names: tuple[str, ...] = ()
    dub: Dub | None = None
    music: SoundInfo | None = None
    orphans: tuple[Dub, ...] = ()
    unheard: frozenset[Need] = frozenset()
    sound: SoundSettings = field(default_factory=SoundSettings)
    mixed: tuple[MixedSound, ...] | None = None
    unused_allowances: tuple[Allowance, ...] = ()
    texts: TextIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", TextIndex(self.track.cues))

    def search(self, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Give every match of a pattern in the lines of the cues, markup left out; see ``TextIndex.search``."""
        return self.texts.search(pattern)

    @property
    def primary(self) -> str:
        """The primary language subtag: ``zh`` of ``zh-Hans``."""
        return self.language.tag.split("-", 1)[0].lower()

    @property
    def met_needs(self) -> frozenset[Need]:
        """What is known here of all that a rule may need; the reference needs no other one to be compared with."""
        film = self.film
        known = {
            Need.FILM: film is not None,
            Need.SHOTS: film is not None and film.shots is not None,
            Need.SPEECH: film is not None and film.speech is not None,
            Need.REFERENCE: self.reference is not None or self.is_reference,
            Need.DUB: self.dub is not None,
            Need.MUSIC: self.music is not None,
            Need.MIX: self.mixed is not None,
            Need.VOICE: self.dub is not None and self.dub.is_listened_to,
        }
        return frozenset(need for need, is_met in known.items() if is_met)

    @property
    def other_paths(self) -> frozenset[str]:
        """The paths of all files and folders, besides the track's, that a finding here may be about."""
        dubs = (*((self.dub,) if self.dub else ()), *self.orphans)
        music = (self.music.path,) if self.music else ()
        sounds = (path for dub in dubs for path in (dub.path, *(sound.path for sound in dub.sounds)))
        return frozenset((*sounds, *music, self.output_path))

    @property
    def output_path(self) -> str:
        """The folder of the language's published files, for findings about them."""
        return f"output/{self.language.tag}"

    @property
    def film_rate(self) -> Fraction | None:
        """The film's frame rate; ``None`` while there is no film, or none with a picture."""
        return self.film.video.rate if self.film and self.film.video else None

    @property
    def rate(self) -> Fraction:
        """The rate at which frames are counted: the film's own, or the assumed one."""
        return self.film_rate or ASSUMED_RATE

    @property
    def half_frame_ms(self) -> Fraction:
        """Half a frame, which every limit of time allows: a time cannot be told more finely than the film shows it."""
        return 500 / self.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What a rule found: the engine adds code, name, severity and language to make a ``Finding`` of it.

    The place is ``passage``, or ``line`` and ``column`` (up to ``length`` characters further), or else that of ``cue``;
    with none of them it is the file as a whole. ``path`` is set for a breach in another file than the track's, a sound:
    that file is the place then, and ``cue`` only says what it is about. ``language`` is set where it is not that of the
    track. ``severity`` replaces that of the rule, by a lower one.
    """

    message: str
    cue: Cue | None = None
    passage: Passage | None = None
    line: int = 0
    column: int = 1
    length: int = 0
    measured: str = ""
    limit: str = ""
    severity: Severity | None = None
    fix: Fix | None = None
    path: str = ""
    language: str = ""

    @property
    def about(self) -> Cue | None:
        """The cue that the breach is about, if it is about one."""
        return self.passage.cue if self.passage else self.cue

    def location(self, track: Track) -> Location:
        """Give the place of the breach in the file of a track."""
        cue = self.about
        number = cue.number if cue else None
        if self.path:
            return Location(path=self.path, cue=number)
        if self.passage:
            spot = self.passage.spot
            line, column = track.source.place(spot.start)
            end_line, end_column = track.source.place(spot.end)
        else:
            line, column = (self.line, self.column) if self.line else (cue.line, cue.column) if cue else (0, 0)
            end_line, end_column = (line, column + self.length) if self.length else (0, 0)
        return Location(path=track.path, line=line, column=column, cue=number, end_line=end_line, end_column=end_column)

    def context(self, source: Source) -> str:
        """Give the text that the breach is about: of its cue, else its line, else nothing; no more than 20 lines."""
        lines = self.about.lines if self.about else (source.line(self.line).strip(),)
        return "\n".join(line[:_CONTEXT_LENGTH] for line in lines[:_CONTEXT_LINES])


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a rule holds a track to: numbers of the profile, by the names of their fields.

    What stands in no field is given with its unit by ``show``; ``source`` says where it comes from.
    """

    names: tuple[str, ...] = ()
    show: Callable[[Profile], str] | None = None
    source: str = "proposal of this project"


def limits(*names: str) -> Limit:
    """Name the numbers of a profile that a rule uses; each brings its own unit and source."""
    return Limit(names=names)


Check = Callable[[Subject], Iterator[Breach]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: a code for machines, a name that reads in "allow <name>", and the function that checks.

    ``limit`` is what the rule takes from the profile of a language, ``None`` where one measure holds for all.
    """

    code: str
    name: str
    severity: Severity
    check: Check
    needs: frozenset[Need] = frozenset()
    limit: Limit | None = None

    @property
    def explanation(self) -> str:
        """The docstring of the check, without indentation: the page that ``explain`` prints."""
        return inspect.cleandoc(self.check.__doc__ or "")

    def is_checkable(self, subject: Subject) -> bool:
        """Tell whether everything that the rule needs is known."""
        return self.needs <= subject.met_needs

    def lacks(self, subject: Subject) -> frozenset[Need]:
        """Give what the rule needs and nobody knows, where something is there to be checked; else nothing."""
        unmet = self.needs - subject.met_needs
        if unmet & OPTIONAL - subject.unheard:
            return frozenset()
        return unmet - {Need.VOICE} if Need.DUB in unmet else unmet

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """Run the check and give its breaches as findings, the first ten thousand of them."""
        source = subject.track.source
        shown: tuple[Cue | None, str] = (None, "")
        for breach in islice(self.check(subject), _MOST_FINDINGS):
            location = breach.location(subject.track)
            cue = breach.about
            has_lines = cue is not None and not breach.path
            first, last = _cue_lines(cue, source) if cue and has_lines else (location.line, location.line)
            if cue is None or cue is not shown[0]:  # a cue with many findings has one context, and keeps it once
                shown = (cue, breach.context(source))
            yield Finding(
                code=self.code,
                name=self.name,
                severity=breach.severity or self.severity,
                location=location,
                message=breach.message,
                language=breach.language or subject.language.tag,
                measured=breach.measured,
                limit=breach.limit,
                fix=breach.fix,
                context=shown[1],
                first_line=first,
                last_line=last,
                start_ms=cue.span.start_ms if cue else None,
                end_ms=cue.span.end_ms if cue else None,
            )


def _cue_lines(cue: Cue, source: Source) -> tuple[int, int]:
    """Give the first and the last line of a cue in its file, blank lines after the text left out."""
    start, end = max(cue.body.start, cue.body.end - _MOST_BLANK), cue.body.end
    length = len(source.text[start:end].rstrip())
    return cue.line, max(cue.line, source.place(start + max(0, length - 1))[0])


def rule(
    *,
    code: str,
    name: str,
    severity: Severity,
    needs: frozenset[Need] = frozenset(),
    limit: Limit | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of the function below; its docstring is what ``explain`` prints.

    Nothing is registered by this: a family lists its rules in its own ``RULES``.
    """

    def make(check: Check) -> Rule:
        return Rule(code=code, name=name, severity=severity, check=check, needs=needs, limit=limit)

    return make


def fault_breaches(subject: Subject, kind: FaultKind, severity: Severity | None = None) -> Iterator[Breach]:
    """Give what the reader found of one kind, at the places where it found it, with its way to mend it."""
    source = subject.track.source
    for fault in subject.track.faults:
        if fault.kind is kind:
            rest_of_line = len(source.line(fault.line)) - fault.column + 1
            yield Breach(
                message=f"{fault.detail}: “{fault.text}”" if fault.text else fault.detail,
                line=fault.line,
                column=fault.column,
                length=max(0, min(fault.length, rest_of_line)),
                severity=severity,
                fix=_fault_fix(fault, source),
            )


def _fault_fix(fault: Fault, source: Source) -> Fix | None:
    if fault.mended is None:
        return None
    start = source.start(fault.line - 1) + fault.column - 1
    return Fix(
        edits=(Edit(start=start, end=start + fault.length, text=fault.mended),),
        is_safe=fault.is_evident,
    )

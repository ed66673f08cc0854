"""Make the proof sheet of a language: every line as it is burned in, with all that is known of it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from babelreel.app.project.choose_tracks import find_tracks_of
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.app.project.tools import usable_chromium
from babelreel.app.stills.line_stills import Lines, LineStills, Taken, TakenStill, open_stills
from babelreel.app.studio.asking import Adviser, LineFinding
from babelreel.app.studio.lines import OpenLanguage, StudioLine, open_lines
from babelreel.errors import BabelreelError, MachineError, TrackError, UsageError
from babelreel.graph.event import Listener
from babelreel.graph.files import write_atomically
from babelreel.graph.task import Task
from babelreel.languages.find import find_language
from babelreel.media.picture.line_stills import LIGHT
from babelreel.media.programs.chromium import ENVIRONMENT_NAME, Chromium
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.model.finding import Finding
from babelreel.model.ledger.entries import State
from babelreel.model.project import Project
from babelreel.model.proof import ProofLine, ProofSheet, Said
from babelreel.model.visible_text import visible
from babelreel.regular_files import open_regular
from babelreel.report.proof_page import MARK, render_proof_page
from babelreel.rules.ledger.standing import Standing
from babelreel.stages.inputs import Subtitles
from babelreel.stages.prints.proof import PDF, plan_proof_print

#: Where proof sheets lie, unless the caller says otherwise.
FOLDER = Path("proof")
#: Stands behind the end of every PDF, as a remark, so that no file is written over but one of ours.
_PDF_MARK = b"% babelreel proof\n"
#: A page has its mark within its head, a PDF as its last bytes.
_LOOKED_AT_BYTES = 2000


class Form(StrEnum):
    """What a proof sheet is written as."""

    PAGE = "page"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How proof sheets are wanted: in which form, at which size (empty: the largest), and where."""

    form: Form = Form.PAGE
    rung: str = ""
    folder: Path | None = None
    ffmpeg: str | None = None
    jobs: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A proof sheet that was written."""

    sheet: ProofSheet
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proofed:
    """A language that is proofed: its lines, what the rules say of them, and how it is drawn."""

    opened: OpenLanguage
    findings: tuple[LineFinding, ...]
    text: Subtitles


def make_proofs(
    project: Project, tags: Iterable[str], wish: Wish, *, listener: Listener, stop: threading.Event | None = None
) -> Iterator[Proof]:
    """Write the proof sheets of these languages, or of all, and yield each when it is there.

    Raises ``UsageError`` for a language without a track, a size without text, or a file in the way that is not ours,
    before anything is made; what ``open_stills`` and ``LineStills.take`` raise; and, when the others are written,
    ``TrackError`` for a track that cannot be read and ``ToolError`` for one that could not be printed.
    """
    files = find_tracks_of(project, tags)
    paths = {file.tag: _path(project, file, wish) for file in files}
    for path in paths.values():
        _refuse_foreign(path)
    chromium = _printer(project) if wish.form is Form.PDF else None
    stills = open_stills(project, wish.ffmpeg)
    rung, faults = stills.rung(wish.rung), list[BabelreelError]()
    proofed = tuple(_readable(project, files, stills, faults))
    wanted = [Lines(text=each.text, rung=rung, places=tuple(range(len(each.text.track.cues)))) for each in proofed]
    taken = stills.take(wanted, jobs=wish.jobs, listener=listener, stop=stop)
    sheets = [_sheet(project, each, stills, rung, found) for each, found in zip(proofed, taken, strict=True)]
    contents: Mapping[str, bytes | BabelreelError] = {
        sheet.language.tag: render_proof_page(sheet) for sheet in sheets if not chromium
    }
    if chromium:
        pages = [_print_task(chromium, each, sheet) for each, sheet in zip(proofed, sheets, strict=True)]
        contents = _printed(stills, chromium, pages, wish, listener, stop)
    for sheet in sheets:
        content = contents[sheet.language.tag]
        if isinstance(content, BabelreelError):
            faults.append(content)
            continue
        _refuse_foreign(paths[sheet.language.tag])
        write_atomically(paths[sheet.language.tag], content)
        yield Proof(sheet=sheet, path=paths[sheet.language.tag])
    if faults:
        raise faults[0]


def _path(project: Project, file: TrackFile, wish: Wish) -> Path:
    ending = "html" if wish.form is Form.PAGE else "pdf"
    return (wish.folder or project.root / FOLDER) / f"{project.slug}.{file.tag}.proof.{ending}"


def _refuse_foreign(path: Path) -> None:
    """Raise ``UsageError`` where something lies that is no proof sheet of ours."""
    try:
        with open_regular(path) as file:
            head = file.read(_LOOKED_AT_BYTES)
            file.seek(max(0, path.stat().st_size - _LOOKED_AT_BYTES))
            is_ours = not path.is_symlink() and (MARK in head or file.read().endswith(_PDF_MARK))
    except FileNotFoundError:
        is_ours = not path.is_symlink()
    except OSError:
        is_ours = False
    if not is_ours:
        raise UsageError(
            what="A file is in the way that babelreel did not make.",
            where=str(path),
            why="it may be somebody's own, and is not written over",
            hint="Move it to another place, or choose another folder: --to DIR",
        )


def _printer(project: Project) -> Chromium:
    found = usable_chromium(project)
    if found is None:
        raise MachineError(
            what="A PDF is printed by Chromium, and there is none here.",
            why=f"neither {ENVIRONMENT_NAME} nor the PATH leads to one",
            hint="Install Chromium, or leave --as pdf out: the page can be printed from any browser.",
        )
    return found


def _readable(
    project: Project, files: Sequence[TrackFile], stills: LineStills, faults: list[BabelreelError]
) -> Iterator[_Proofed]:
    adviser = Adviser(project)
    for file in files:
        try:
            opened = open_lines(project, file.tag)
        except TrackError as error:
            faults.append(error)
            continue
        language = opened.language
        yield _Proofed(
            opened=opened,
            findings=adviser.findings(file.tag)[1],
            text=stills.text(language.file, language.track, language.standing),
        )


def _sheet(
    project: Project, proofed: _Proofed, stills: LineStills, rung: Rung, taken: Mapping[int, Taken]
) -> ProofSheet:
    opened, frame = proofed.opened, stills.frame(rung)
    source = project.settings_of(find_language(project.reference)).language
    return ProofSheet(
        title=visible(project.title),
        language=opened.language.file.settings.language,
        source=None if opened.tag == project.reference else source,
        rung=rung.name,
        width_px=frame.width_px,
        height_px=frame.height_px,
        lines=tuple(_line(line, proofed, taken[line.place]) for line in opened.lines),
        findings=_gravest_first(each.finding for each in proofed.findings if each.place is None),
    )


def _line(line: StudioLine, proofed: _Proofed, taken: Taken) -> ProofLine:
    return ProofLine(
        number=line.cue.number,
        span=line.cue.span,
        text=visible(line.cue.text),
        source=visible(line.standing.source.text),
        picture=taken.read(LIGHT) if isinstance(taken, TakenStill) else b"",
        why=() if isinstance(taken, TakenStill) else _sentences(taken),
        findings=_gravest_first(each.finding for each in proofed.findings if each.place == line.place),
        said=_said(line.standing),
    )


def _gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: each.severity.rank))


def _sentences(error: BabelreelError) -> tuple[str, ...]:
    """Say what an error says in whole sentences, for a page."""
    told = (visible(each).rstrip(".") for each in (error.what, error.why) if each)
    return tuple(f"{each[:1].upper()}{each[1:]}." for each in told)


def _said(standing: Standing | None) -> Said:
    entry = standing.entry if standing else None
    if standing is None or entry is None:
        return Said(state=State.UNKNOWN)
    change = standing.change
    return Said(
        state=entry.state,
        by=visible(entry.by),
        on=entry.on,
        comment=visible(entry.comment),
        source_before=visible(change.before) if change else "",
        source_now=visible(change.after) if change else "",
        text_before=visible(entry.text) if standing.is_rewritten else "",
    )


def _print_task(chromium: Chromium, proofed: _Proofed, sheet: ProofSheet) -> Task:
    fonts = proofed.text.font_files
    page = render_proof_page(sheet, [font.name for font in fonts])
    return plan_proof_print(chromium, sheet.language.tag, page, fonts)


def _printed(  # noqa: PLR0913, PLR0917 - what is printed, by what, and who hears of it
    stills: LineStills,
    chromium: Chromium,
    pages: Sequence[Task],
    wish: Wish,
    listener: Listener,
    stop: threading.Event | None,
) -> Mapping[str, bytes | BabelreelError]:
    """Print pages, and return each PDF by its language, or why there is none."""
    programs = {chromium.identity: chromium.path}
    done = stills.run(pages, programs, jobs=wish.jobs, listener=listener, stop=stop)
    return {
        page.language: stills.store.read(done.entries[page.name].digests[PDF]) + _PDF_MARK
        if page.name in done.entries
        else done.failures[page.name]
        for page in pages
    }

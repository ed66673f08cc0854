"""Settings that are legal by themselves and cannot be meant, beside what lies in the project."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.model.timecode import render_clock
from babelreel.rules.base.breach import RecordingBreach
from babelreel.rules.base.need import Need
from babelreel.rules.base.recording_subject import SettingsSubject
from babelreel.rules.base.rule import RecordingRule, recording_rule


@recording_rule(of=SettingsSubject, code="SET001", name="near-rendition", severity=Severity.WARNING)
def near_rendition(subject: SettingsSubject) -> Iterator[RecordingBreach]:
    """A rendition of your own has nearly the same name as one that babelreel knows.

    Why: Any new name makes a new rendition. So a mistyped name does not change the known one, but adds an unwanted file
    to each language.

    Limit: A name that differs by a letter or two from a known one, figures left out.

    Source: Proposal of this project.

    Example: [renditions.storry] with a size of its own, beside the "story" that babelreel knows.

    Fix: Correct the name, or choose one that nobody takes for the other.
    """
    for name, meant in subject.near_renditions:
        yield RecordingBreach(
            path=subject.path, message=f"renditions.{name} is a rendition of its own: did you mean “{meant}”?"
        )


@recording_rule(of=SettingsSubject, code="SET002", name="absent-film", severity=Severity.WARNING)
def absent_film(subject: SettingsSubject) -> Iterator[RecordingBreach]:
    """The film that babelreel.toml names is not there, and neither is a description of it.

    Why: Nothing can be built, and the rules that look at the film say nothing.

    Limit: The file that paths.film names, or its description (.probe.json), which is enough for a check.

    Source: Proposal of this project.

    Example: paths.film = "video/mater.mp4", where the film is video/master.mp4.

    Fix: Correct the name, or delete the line: then babelreel takes the one film in video/.
    """
    if subject.absent_film:
        there = f"; in its folder: {', '.join(subject.films)}" if subject.films else ""
        yield RecordingBreach(path=subject.path, message=f"paths.film: there is no “{subject.absent_film}”{there}")


@recording_rule(of=SettingsSubject, code="SET003", name="unfit-output", severity=Severity.ERROR)
def unfit_output(subject: SettingsSubject) -> Iterator[RecordingBreach]:
    """The output folder holds something else.

    Why: A build removes old files from its output folder, so babelreel publishes nothing there.

    Limit: A folder inside the project. It must not be or hold the project, its film, its subtitles, its store or its
    history.

    Source: Proposal of this project.

    Example: paths.output = "subtitles".

    Fix: Name a folder of its own: paths.output = "output".
    """
    if subject.output_fault:
        yield RecordingBreach(
            path=subject.path, message=f"paths.output: nothing is published there, {subject.output_fault}"
        )


@recording_rule(
    of=SettingsSubject,
    code="SET004",
    name="chapter-beyond-film",
    severity=Severity.WARNING,
    needs=frozenset({Need.FILM}),
)
def chapter_beyond_film(subject: SettingsSubject) -> Iterator[RecordingBreach]:
    """A chapter begins when the film is over.

    Why: It is on the page and in the leaflet, but leads nowhere in the film.

    Limit: The length of the film.

    Source: Proposal of this project.

    Example: start = "4:20" in a film of 2 minutes and 40 seconds.

    Fix: Correct its start, or delete the chapter.
    """
    film_ms = subject.film.duration_ms if subject.film else 0
    for start_ms in subject.chapters:
        if start_ms >= film_ms:
            yield RecordingBreach(
                path=subject.path,
                message=f"a chapter begins at {render_clock(start_ms)}, and the film ends at {render_clock(film_ms)}",
            )


@recording_rule(of=SettingsSubject, code="SET005", name="allowance-without-file", severity=Severity.WARNING)
def allowance_without_file(subject: SettingsSubject) -> Iterator[RecordingBreach]:
    """An exception in babelreel.toml is about a file that is not there.

    Why: It allows nothing, and `check` goes on reporting what it should allow.

    Limit: The files of the folders of film and subtitles, by name or by path; * and ? are wildcards.

    Source: Proposal of this project.

    Example: file = "fr.vtt" in [[check.allow]], where the subtitles are fr.srt.

    Fix: Correct the name, or delete the exception.
    """
    for pattern, meant in subject.unmatched_files:
        hint = f": did you mean “{meant}”?" if meant else ""
        yield RecordingBreach(path=subject.path, message=f"check.allow: no file is called “{pattern}”{hint}")


@recording_rule(of=SettingsSubject, code="SET006", name="text-nobody-hears", severity=Severity.WARNING)
def text_nobody_hears(subject: SettingsSubject) -> Iterator[RecordingBreach]:
    """A language should have no text in its films, and nothing is recorded for it.

    Why: Without text and without a voice in their language, viewers would understand nothing, so the text stays.

    Limit: A recording in video/stems, or the language that the film speaks.

    Source: Proposal of this project.

    Example: [language.ps] text = false, and no video/stems/ps.flac.

    Fix: Record a voice, or delete the line.
    """
    for tag in subject.unheard:
        yield RecordingBreach(
            path=subject.path, message=f"language.{tag}: text = false does nothing while no voice is recorded"
        )


@recording_rule(
    of=SettingsSubject, code="SET007", name="cards-that-meet", severity=Severity.WARNING, needs=frozenset({Need.FILM})
)
def cards_that_meet(subject: SettingsSubject) -> Iterator[RecordingBreach]:
    """The title card is still shown when the end card begins.

    Why: One is drawn over the other, and nothing of the film is seen.

    Limit: Both together are no longer than the film.

    Source: Proposal of this project.

    Example: [cards] with title = 4 and end = 8, in a film of ten seconds.

    Fix: Show them for fewer seconds, or one of them alone.
    """
    film_ms = subject.film.duration_ms if subject.film else 0
    if subject.film and subject.cards_ms > film_ms:
        yield RecordingBreach(
            path=subject.path,
            message=f"cards: together, the title card and the end card take {render_clock(subject.cards_ms)}, "
            f"but the film ends at {render_clock(film_ms)}",
        )


@recording_rule(of=SettingsSubject, code="SET008", name="idle-setting", severity=Severity.WARNING)
def idle_setting(subject: SettingsSubject) -> Iterator[RecordingBreach]:
    """A setting in babelreel.toml does nothing.

    Why: Whoever wrote it waits for something that never happens.

    Limit: `opacity` needs a box. A style needs a language or size that is built and has text in its picture, and so do
    films of two languages. The table of a language is used only if "languages" lists that language.

    Source: Proposal of this project.

    Example: [style] opacity = 0.5 without a background; [delivery] pairs while each size has text = "mux".

    Fix: Do what the finding says, or delete the line.
    """
    for told in subject.idle:
        yield RecordingBreach(path=subject.path, message=told)


@recording_rule(of=SettingsSubject, code="SET009", name="unfit-logo", severity=Severity.ERROR)
def unfit_logo(subject: SettingsSubject) -> Iterator[RecordingBreach]:
    """A logo that babelreel.toml names is not there, or cannot be published.

    Why: Without the logo no build begins, in any language.

    Limit: A plain SVG drawing or a whole PNG picture of at most 200 kB.

    Source: Proposal of this project.

    Example: [cards] logo = "brand/none.png", where there is no such file.

    Fix: Correct the name, use another picture, or delete the line.
    """
    if subject.logo_fault:
        yield RecordingBreach(path=subject.path, message=subject.logo_fault)


@recording_rule(of=SettingsSubject, code="SET010", name="refused-signer", severity=Severity.WARNING)
def refused_signer(subject: SettingsSubject) -> Iterator[RecordingBreach]:
    """There is a film of an interpreter who has not agreed that it is published.

    Why: It shows a person's face. The film is not published, and the next build removes what was published of it.

    Limit: ``signer`` in the language's ``[consent]`` table is false, and there is a film of an interpreter.

    Source: Regulation (EU) 2016/679 (GDPR), article 7(3): consent can be withdrawn at any time.

    Example: video/signed/fr.mp4 is there, and [consent.fr] says signer = false.

    Fix: Remove the film, or set ``signer = true`` once the interpreter has agreed.
    """
    for path, tag in subject.refused_signers:
        message = f"{path} is not published: its interpreter has not agreed ([consent.{tag}] signer = false)"
        yield RecordingBreach(path=subject.path, message=message)


RULES: tuple[RecordingRule, ...] = (
    near_rendition,
    absent_film,
    unfit_output,
    chapter_beyond_film,
    allowance_without_file,
    text_nobody_hears,
    cards_that_meet,
    idle_setting,
    unfit_logo,
    refused_signer,
)

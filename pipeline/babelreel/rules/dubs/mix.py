"""Check that the published files are as loud as they should be, and as one another.

They were measured when they were made. The next build makes them anew from the same recordings, so no finding here
keeps a dub from being used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from statistics import median

from babelreel.model.finding import Severity
from babelreel.model.sound.loudness import LoudnessFault, judge_loudness
from babelreel.model.sound.recordings import MOST_APART_LU, MixedSound
from babelreel.rules.base.breach import RecordingBreach
from babelreel.rules.base.need import Need
from babelreel.rules.base.recording_subject import MixSubject
from babelreel.rules.base.rule import Limit, RecordingRule, recording_rule

MIX = frozenset({Need.MIX})

_LOUDNESS_FAULTS = {
    LoudnessFault.SILENT_DUB: "there is nothing to hear in the dub",
    LoudnessFault.TOO_LOUD: "the sound is too loud",
    LoudnessFault.TOO_QUIET: "the sound is too soft",
}


@recording_rule(of=MixSubject, code="DUB018", name="loudness-off", severity=Severity.WARNING, needs=MIX)
def loudness_off(subject: MixSubject) -> Iterator[RecordingBreach]:
    """A published file is louder or softer than it should be.

    Why: People who watch several films, or two languages, have to turn the volume each time.

    Limit: What `[sound] target` in babelreel.toml says: -16 LUFS ± 1 for the web, -23 ± 0.5 for broadcast (EBU R 128),
    -18 ± 2 (AES TD1008). There is something to hear in every dub.

    Source: EBU R 128 and AES TD1008; -16 is the common value of web platforms.

    Example: -19.2 LUFS in the files for phones, because one word of the recording is far louder than all others.

    Fix: Record the words that are far louder than the rest again, or even them out in a sound editor. Then build.
    """
    target = subject.target
    limit = f"{target.lufs} ± {target.tolerance_lu} LUFS"
    for (loudness, fault), mixes in _faulty(subject, "loudness_lufs").items():
        message, measured = _LOUDNESS_FAULTS.get(fault, ""), "" if loudness is None else f"{loudness} LUFS"
        if message:
            yield RecordingBreach(
                path=subject.path, message=f"{message}: {_names(mixes)}", measured=measured, limit=limit
            )


@recording_rule(of=MixSubject, code="DUB019", name="peak-too-high", severity=Severity.WARNING, needs=MIX)
def peak_too_high(subject: MixSubject) -> Iterator[RecordingBreach]:
    """The peaks of a published file are too high to be played without crackling.

    Why: Phones and browsers turn the samples into a wave that goes higher than the samples do; what is above full scale
    is cut off, and crackles.

    Limit: A true peak of -1 dBTP.

    Source: EBU R 128; AES TD1008.

    Example: +0.3 dBTP in a file for phones, where AAC at a low rate made the peaks higher.

    Fix: Give the rendition more kbit/s for its sound in babelreel.toml, and build again.
    """
    for (peak, fault), mixes in _faulty(subject, "true_peak_dbtp").items():
        if fault is LoudnessFault.PEAK_TOO_HIGH:
            yield RecordingBreach(
                path=subject.path,
                message=f"the peaks of the sound are too high: {_names(mixes)}",
                measured=f"{peak} dBTP",
                limit=f"{subject.target.peak_dbtp} dBTP",
            )


@recording_rule(
    of=MixSubject,
    code="DUB020",
    name="languages-apart",
    severity=Severity.WARNING,
    needs=MIX,
    limit=Limit(show=lambda _: f"{MOST_APART_LU} LU"),
)
def languages_apart(subject: MixSubject) -> Iterator[RecordingBreach]:
    """A language is louder or softer than the others.

    Why: A viewer who changes the language hears it, and the softer one seems to be the lesser one.

    Limit: One LU between the loudest and the softest language, each by the median of its files. If they are further
    apart, every language is reported that is at least half of that away from the median of all.

    Source: Proposal of this project.

    Example: -16.2 LUFS in twelve languages, and -17.6 in the one whose dub is spoken by a soft voice.

    Fix: Build that language again. If it stays apart, its recording has a few words that are far louder than the rest.
    """
    medians = _medians(subject.mixed)
    own = medians.get(subject.language)
    if own is None or max(medians.values()) - min(medians.values()) <= MOST_APART_LU:
        return
    middle = median(medians.values())
    if abs(own - middle) > MOST_APART_LU / 2:
        yield RecordingBreach(
            path=subject.path,
            message=f"this language is {'louder' if own > middle else 'softer'} than the others, which are at "
            f"{middle} LUFS",
            measured=f"{own} LUFS",
            limit=f"{MOST_APART_LU} LU apart",
        )


@recording_rule(of=MixSubject, code="DUB026", name="drowned-voice", severity=Severity.WARNING, needs=MIX)
def drowned_voice(subject: MixSubject) -> Iterator[RecordingBreach]:
    """A voice is too soft beside the film that is heard under it.

    Why: People who listen for the meaning, in a language that they learn, lose the words in the music or in the voice
    of the original.

    Limit: The voice of each line is louder than the film under it by what `[sound] voice_above_db` in babelreel.toml
    says, usually 10 dB. Both are measured in the published mix. The film is made softer for it, by up to 24 dB.

    Source: Proposal of this project.

    Example: the take of line 7 was recorded across a noisy room, so that it could not be made louder, and is 4 dB
    above the music.

    Fix: Record the line again, near the microphone and in a quiet room, and build. "babelreel dub report" shows all
    lines.
    """
    for each in subject.dub.drowned(subject.voice_above_db) if subject.dub else ():
        yield RecordingBreach(
            path=subject.path,
            message=f"line {each.line} is hard to understand over the film: record it again, louder and nearer",
            measured=f"{each.above_db:.1f} dB",
            limit=f"{subject.voice_above_db} dB",
        )


def _faulty(subject: MixSubject, name: str) -> dict[tuple[Decimal | None, LoudnessFault], list[MixedSound]]:
    """Group the language's files by their faults and what was measured: files with the same sound are named once."""
    files: dict[tuple[Decimal | None, LoudnessFault], list[MixedSound]] = {}
    for mix in subject.mixed:
        if mix.language == subject.language:
            for fault in judge_loudness(mix, subject.target):
                files.setdefault((getattr(mix, name), fault), []).append(mix)
    return files


def _medians(mixed: Iterable[MixedSound]) -> dict[str, Decimal]:
    known: dict[str, list[Decimal]] = {}
    for mix in mixed:
        if mix.loudness_lufs is not None:
            known.setdefault(mix.language, []).append(mix.loudness_lufs)
    return {language: median(values) for language, values in known.items()}


def _names(mixes: Iterable[MixedSound]) -> str:
    return ", ".join(dict.fromkeys(mix.rendition or "all sizes" for mix in mixes))


RULES: tuple[RecordingRule, ...] = (loudness_off, peak_too_high, languages_apart, drowned_voice)

"""Check that everyone who is heard agreed that their voice is published."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.rules.base.breach import RecordingBreach
from babelreel.rules.base.need import Need
from babelreel.rules.base.recording_subject import VoiceSubject
from babelreel.rules.base.rule import RecordingRule, recording_rule

DUB = frozenset({Need.DUB})


@recording_rule(of=VoiceSubject, code="DUB028", name="refused-voice", severity=Severity.WARNING, needs=DUB)
def refused_voice(subject: VoiceSubject) -> Iterator[RecordingBreach]:
    """There is a recording whose speaker has not agreed that it is published.

    Why: People are recognised by their voice. The recording is not published, and the next build removes what was
    published of it. It calls that language incomplete until the recording or the refusal is gone.

    Limit: ``voice`` in the language's ``[consent]`` table is false, and there is a recording of the language.

    Source: Regulation (EU) 2016/679 (GDPR), article 7(3): consent can be withdrawn at any time.

    Example: video/stems/fr/01.wav is there, and [consent.fr] says voice = false.

    Fix: Remove the recording, or set ``voice = true`` once the speaker has agreed.
    """
    if subject.dubbing and subject.dubbing.meant and subject.is_agreed is False:
        message = "this voice is not published: its speaker has not agreed"
        yield RecordingBreach(path=subject.dubbing.dub.path, message=f"{message} ([consent.{subject.language}])")


RULES: tuple[RecordingRule, ...] = (refused_voice,)

"""Check that the numbers that the film asks viewers to call can be called with one tap."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.campaign import digits_of
from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.words.phone_numbers import find_phone_numbers


@track_rule(code="FCT006", name="unlisted-help-number", severity=Severity.INFO)
def unlisted_help_number(subject: TrackSubject) -> Iterator[Breach]:
    """A telephone number of the original has no button to call it.

    Why: A child in danger does not write a number down. Pages and leaflets show large buttons to call, for the numbers
    that babelreel.toml lists and for no others: a translation with a wrong digit must not make a button.

    Limit: Numbers in the subtitle file of the film's own language that have the form of one that is dialled (112, 116
    000, eight to eleven digits after a zero, a country code), each reported once.

    Source: Proposal of this project.

    Example, without ``[[help]]`` in babelreel.toml:

        Are you in danger? Call 112. It is free.

    Fix: Call the number to make sure that it is right, then add it to babelreel.toml: ``[[help]]`` and ``number =
    "112"`` below it.
    """
    if not subject.is_reference:
        return
    told = set(subject.help_numbers)
    for match in find_phone_numbers(subject.texts.text):
        digits = digits_of(match.group())
        if digits not in told:
            told.add(digits)
            message = f"no page has a button to call {match.group()}: [[help]] of babelreel.toml does not list it"
            yield Breach(passage=subject.texts.passage(*match.span()), message=message)


RULES = (unlisted_help_number,)

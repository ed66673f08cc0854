"""Check that a track has the numbers, addresses and names that the reference has.

Readers of a track act on these, and no reviewer of the text notices a wrong digit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from textwrap import shorten

from babelreel.model.finding import Severity
from babelreel.model.track import Track
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.passage import TextIndex
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.parity.addresses import Address, find_addresses
from babelreel.rules.parity.figures import Figure
from babelreel.rules.parity.number_differences import Difference
from babelreel.rules.parity.number_facts import LAST_SHORT_WORD, in_figures_on_both_sides, number_differences, value_of
from babelreel.rules.parity.parallel import NOWHERE, Places

REFERENCE = frozenset({Need.REFERENCE})

#: Of the letters of two names, so many stand in the same order.
_MUCH_LIKE = 0.7

#: How many of the addresses that are missing may be the one that stands there with a mistake: the next ones.
_NEXT = 50


@track_rule(
    code="FCT001",
    name="different-number",
    severity=Severity.WARNING,
    needs=REFERENCE | {Need.SAME_FILM},
)
def different_number(subject: TrackSubject) -> Iterator[Breach]:
    """A number of the original is different here, or is missing.

    Why: An age, a date or a delay that is wrong by one digit is wrong advice.

    Limit: The digits of all scripts count as the same, with or without separators; "5 p.m." is 17, "4 billion" is 4 000
    000 000, "XVII" is 17. A number may be up to ten seconds earlier or later, so that sentences can change places, and
    half a minute where a translation lags. Skipped are numbers that the other side may say in words, numbers in
    formulas, and whole files in which hardly any number agrees. A number that only one side has is reported if the
    other can hardly say it in a word: from 13 on where it is missing, from three digits on where it is extra and no
    whole hundred.

    Source: Proposal of this project. Many style guides write the numbers to ten or twelve as words.

    Example, the original, and the subtitle file beside it:

        Are you under 18?        Heb je jonger dan 16 jaar?

    Fix: Write the number of the original. If the original is wrong, correct it in every language.
    """
    differences = [each for each in number_differences(subject) if not _is_about_phones(each)]
    places = Places.of(subject) if differences else NOWHERE
    for theirs, ours in in_figures_on_both_sides(subject, differences):
        if theirs and ours:
            message = f"the original says {_quoted(theirs)} here, not {_quoted(ours)}"
            yield Breach(passage=ours.passage, message=message)
        elif theirs and _is_rarely_a_word(theirs) and not places.is_missing(theirs.at_ms):
            message = f"the number {_quoted(theirs)} of the original is missing"
            yield Breach(cue=places.cue_at(theirs.at_ms), message=message)
        elif ours and _is_never_a_word(ours) and not places.is_extra(ours.passage.cue):
            message = f"the original does not have the number {_quoted(ours)}"
            yield Breach(passage=ours.passage, message=message)


@track_rule(code="FCT002", name="different-phone-number", severity=Severity.ERROR, needs=REFERENCE)
def different_phone_number(subject: TrackSubject) -> Iterator[Breach]:
    """A phone number of the original is different here, or is missing.

    Why: A child in danger dials what it reads.

    Limit: Every digit must agree, in any script and with any separators; +32 and a leading zero are the same. A phone
    number looks like one (112, 116 000, eight to eleven digits after a zero, a country code) or follows a word such as
    "call". A different or shortened number is an error. So is a missing one that looks like a phone number, even if the
    whole sentence is missing. Any other missing number, or one that only this file has, is a warning.

    Source: Proposal of this project.

    Example, the original, and the subtitle file beside it:

        Call Child Focus on 116 000.        Bel Child Focus op 116 006.

    Fix: Call the number, or look for it on the web site of the service, before you change anything.
    """
    differences = [each for each in number_differences(subject) if _is_about_phones(each)]
    places = Places.of(subject) if differences else NOWHERE
    for theirs, ours in differences:
        if theirs and ours:
            message = f"the original gives the phone number {_quoted(theirs)}, not {_quoted(ours)}"
            yield Breach(passage=ours.passage, message=message)
        elif theirs and (theirs.is_phone_like or not places.is_missing(theirs.at_ms)):
            message = f"the phone number {_quoted(theirs)} of the original is missing"
            severity = Severity.ERROR if theirs.is_phone_like else Severity.WARNING
            yield Breach(cue=places.cue_at(theirs.at_ms), message=message, severity=severity)
        elif ours:
            message = f"the original does not have the phone number {_quoted(ours)}"
            yield Breach(passage=ours.passage, message=message, severity=Severity.WARNING)


@track_rule(code="FCT003", name="different-address", severity=Severity.ERROR, needs=REFERENCE)
def different_address(subject: TrackSubject) -> Iterator[Breach]:
    """A web or e-mail address of the original is different here, or is missing.

    Why: One letter makes it the address of somebody else.

    Limit: Host and path count; case, "https://", "www." and the label of a language (/en/, nl.) make no difference. A
    name in small letters with any ending counts as an address (refugee.help). Another site or mailbox is an error.
    Another page of the same site is a warning, since each language may have its own; so is an address that is missing
    or that only this file has, unless the other side names the site ("Audible" for audible.com) or has no page where
    this one has.

    Source: Proposal of this project.

    Example, the original, and the subtitle file beside it:

        See fedasilinfo.be/en        Kijk op fedasil-info.be/nl

    Fix: Open the address in a browser before you change anything.
    """
    if subject.reference is None:
        return
    theirs = {each.key: each for each in find_addresses(TextIndex(subject.reference.cues))}
    ours = {each.key: each for each in find_addresses(subject.texts)}
    lacking = [each for key, each in theirs.items() if key not in ours]
    places = Places.of(subject) if lacking else NOWHERE
    for key, extra in ours.items():
        if key in theirs or not (extra.is_certain or _stands_for(extra, lacking)):
            continue
        if not _is_told(extra, subject.reference, theirs.values(), lacking):
            yield _address_breach(extra, lacking)
    for each in lacking:
        start = each.passage.cue.span.start_ms
        if not (places.is_missing(start) or any(each.host == own.host for own in ours.values())):
            message = f"the address {_quoted(each)} of the original is missing"
            yield Breach(cue=places.cue_at(start), message=message, severity=Severity.WARNING)


@track_rule(code="FCT004", name="missing-name", severity=Severity.WARNING, needs=REFERENCE)
def missing_name(subject: TrackSubject) -> Iterator[Breach]:
    """The name of a service is in the original, and nowhere in this subtitle file.

    Why: A child looks for the name on a door, a poster or a phone, where it stands in Latin letters.

    Limit: The names that babelreel.toml lists, for example ``[check] names = ["Child Focus", "Fedasil"]``. Endings that
    a language adds to a name are allowed.

    Source: The list is the project's own.

    Example, the original, and the subtitle file beside it, where "Child Focus" is listed:

        Call Child Focus on 116 000.        Обади се на 116 000.

    Fix: Write the name in Latin letters, beside its translation where that helps.
    """
    reference = subject.reference
    if reference is None or not subject.names:
        return
    for name in subject.names:
        pattern = _name_pattern(name)
        mention = next((cue for cue in reference.cues if pattern.search(cue.text)), None)
        if mention and not any(pattern.search(cue.text) for cue in subject.track.cues):
            places, start = Places.of(subject), mention.span.start_ms
            if not places.is_missing(start):
                message = f"“{name}” is in the original, but nowhere in this subtitle file"
                yield Breach(cue=places.cue_at(start), message=message)


def _is_about_phones(difference: Difference) -> bool:
    theirs, ours = difference
    return bool((theirs and theirs.is_dialled) or (ours and ours.is_dialled))


def _is_rarely_a_word(figure: Figure) -> bool:
    return len(figure.digits) > 2 or value_of(figure) > LAST_SHORT_WORD  # noqa: PLR2004 - from 100 on


def _is_never_a_word(figure: Figure) -> bool:
    return len(figure.digits) > 2 and not figure.digits.endswith("00")  # noqa: PLR2004 - "two thousand"


def _stands_for(extra: Address, lacking: list[Address]) -> bool:
    """Tell whether what may be a sentence without its space is much like an address that is missing."""
    return any(SequenceMatcher(None, extra.host, each.host).ratio() > _MUCH_LIKE for each in lacking[:_NEXT])


def _address_breach(extra: Address, lacking: list[Address]) -> Breach:
    """Say what an address that the reference lacks stands for, and cross that out."""
    page = next((each for each in lacking[:_NEXT] if each.host == extra.host), None)
    other = page or next((each for each in lacking[:_NEXT] if ("@" in each.host) == ("@" in extra.host)), None)
    text = _quoted(extra)
    if other is None:
        message = f"the original does not have the address {text}"
        return Breach(passage=extra.passage, message=message, severity=Severity.WARNING)
    lacking.remove(other)
    message = f"the original gives the address {_quoted(other)}, not {text}"
    return Breach(passage=extra.passage, message=message, severity=Severity.WARNING if page else Severity.ERROR)


def _is_told(extra: Address, reference: Track, others: Collection[Address], lacking: Sequence[Address]) -> bool:
    """Tell whether the reference has the site of an address without a page, or names it in the text.

    As long as an address of the original is missing, this one may stand there in its place.
    """
    if any(other.host == extra.host and not other.path for other in others):
        return True
    name = "".join(extra.host.split(".")[-2:-1])
    if lacking or not name or "@" in extra.host:
        return False
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    return any(pattern.search(cue.text) for cue in reference.cues)


def _quoted(given: Figure | Address) -> str:
    return shorten(given.passage.text, 80, placeholder="…")


def _name_pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<![A-Za-z]){words}", re.IGNORECASE)


RULES = (different_number, different_phone_number, different_address, missing_name)

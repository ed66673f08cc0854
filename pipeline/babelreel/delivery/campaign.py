"""What pages and leaflets say of a campaign to the readers of one language: words, numbers to call, people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from babelreel.languages.find import find_language
from babelreel.model.campaign import Campaign, HelpKind, HelpNumber, text_in
from babelreel.model.credits import Credit, Work
from babelreel.model.language import ENGLISH, Language
from babelreel.model.language_words import CampaignWords


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """A number to call, as one language's readers see it.

    ``digits`` are dialled. ``who`` says who answers, in the language ``who_tag``; it is empty where nothing is known.
    """

    number: str
    digits: str
    who: str
    who_tag: str
    who_direction: str
    hours: str
    is_emergency: bool


def campaign_words_for(language: Language) -> CampaignWords:
    """Choose the words for help, sending and taking along: a language's own, or English ones."""
    return language.campaign or _english()


def credit_lines(people: Iterable[Credit], language: Language) -> tuple[tuple[str, str], ...]:
    """List what somebody did, in a language's words or English ones, and who."""
    words = campaign_words_for(language)
    roles = {Work.TRANSLATION: words.translation, Work.VOICE: words.voice, Work.REVIEW: words.review}
    return tuple((roles[each.role], each.name) for each in people)


def help_lines(campaign: Campaign, language: Language, reference: str) -> tuple[HelpLine, ...]:
    """List the numbers in the project's order, each with its label in the language, else its kind's words.

    Where there is neither, the label of the reference stands there, which says of itself what language it is in.
    """
    return tuple(_help_line(each, language, reference) for each in campaign.help)


def card_numbers(campaign: Campaign, language: Language, reference: str) -> tuple[tuple[str, str], ...]:
    """List the numbers as an end card shows them, each with who answers and when."""
    lines = help_lines(campaign, language, reference)
    return tuple((each.number, " ".join(filter(None, (each.who, each.hours)))) for each in lines)


def card_address(page: str) -> str:
    """Write the address of a page as an end card shows it."""
    return page.removeprefix("https://").removeprefix("http://").rstrip("/")


def _help_line(number: HelpNumber, language: Language, reference: str) -> HelpLine:
    words = campaign_words_for(language)
    if own := text_in(number.labels, language.tag):
        who, tag, direction = own, language.tag, language.direction.value
    elif number.kind:
        who, tag, direction = _of_kind(words, number.kind), words.tag, words.direction
    else:
        who, tag = _any_label(number, reference)
        direction = find_language(tag).direction.value
    return HelpLine(
        number=number.number,
        digits=number.digits,
        who=who,
        who_tag=tag,
        who_direction=direction,
        hours=number.hours,
        is_emergency=number.kind is HelpKind.EMERGENCY,
    )


def _of_kind(words: CampaignWords, kind: HelpKind) -> str:
    word: str = getattr(words, kind.value.replace("-", "_"))
    return word


def _any_label(number: HelpNumber, reference: str) -> tuple[str, str]:
    """Choose a label and its language: the reference's, else the first, else none."""
    tag = reference if text_in(number.labels, reference) else next((tag for tag, _ in number.labels), reference)
    return text_in(number.labels, tag), tag


@cache
def _english() -> CampaignWords:
    words = find_language(ENGLISH).campaign
    assert words is not None, "English has a file"  # noqa: S101 - for mypy
    return words

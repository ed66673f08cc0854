"""Find what a language shows in the picture: words in it, and what stands on cards."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.delivery.campaign import card_address, card_numbers
from babelreel.languages.find import find_language
from babelreel.languages.same_language import signs_for
from babelreel.model.delivery.published_paths import language_address
from babelreel.model.film.signs import signs_in
from babelreel.model.ledger.entries import PictureText
from babelreel.model.project import Project


def picture_texts(project: Project, tag: str) -> tuple[PictureText, ...]:
    """List the texts that a language shows in the picture, each beside what it says in the film's own language."""
    if tag == project.reference:
        return tuple(_cards(project, tag)) + tuple(_signs(project, tag))
    sources = {each.name: each.text for each in _cards(project, project.reference)}
    cards = (
        PictureText(name=each.name, called=each.called, text=each.text, source=sources.get(each.name, ""))
        for each in _cards(project, tag)
    )
    return (*cards, *_signs(project, tag))


def _signs(project: Project, tag: str) -> Iterator[PictureText]:
    theirs = {each.name: each.text_in(project.reference) for each in signs_for(project.signs, project.reference)}
    for shown in signs_in(signs_for(project.signs, tag), tag, is_reference=project.is_spoken(tag)):
        name = shown.sign.name
        yield PictureText(
            name=f"sign {name}",
            called=f"the words in the picture “{name}”",
            text="\n".join(shown.lines),
            source="" if tag == project.reference else theirs[name],
        )


def _cards(project: Project, tag: str) -> Iterator[PictureText]:
    language, cards, campaign = find_language(tag), project.cards, project.campaign
    heading = (project.settings_of(language).title or project.title, campaign.brand.organisation)
    if cards.title_ms:
        yield PictureText(name="title card", called="the title card", text="\n".join(filter(None, heading)))
    if cards.end_ms:
        numbers = (" ".join(filter(None, each)) for each in card_numbers(campaign, language, project.reference))
        address = project.delivery.address
        page = card_address(f"{address}{language_address(tag)}") if address else ""
        below = tuple(filter(None, (*numbers, page))) or heading[1:]  # whose film it is stands where there is room
        text = "\n".join(filter(None, (heading[0], *below)))
        yield PictureText(name="end card", called="the end card", text=text)

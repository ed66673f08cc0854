"""The three files that most readers want, and all others, which a page folds away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from babelreel.delivery.site.choices_and_downloads import Download
from babelreel.model.language_words import CampaignWords

_PRINTED = (".leaflet.pdf", ".leaflet.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloads:
    """``chosen`` are up to three, each with what it is for as its label; ``more`` are the others."""

    chosen: tuple[tuple[str, Download], ...]
    more: tuple[Download, ...]


def choose_three(files: Sequence[Download], light: str, best: str, words: CampaignWords) -> Downloads:
    """Choose a film to send (``light``), the ``best`` picture, and the leaflet, as far as they are there."""
    chosen = tuple(_choose(files, light, best, words))
    taken = {each.path for _, each in chosen}
    return Downloads(chosen=chosen, more=tuple(each for each in files if each.path not in taken))


def _choose(files: Sequence[Download], light: str, best: str, words: CampaignWords) -> Iterator[tuple[str, Download]]:
    by_path = {each.path: each for each in files}
    if light in by_path:
        yield "send", replace(by_path[light], label=words.messengers)
    if best in by_path and best != light:
        yield "picture", replace(by_path[best], label=words.best_picture)
    printed = (each for ending in _PRINTED for each in files if each.path.endswith(ending))
    if leaflet := next(printed, None):
        yield "print", replace(leaflet, label=words.to_print)

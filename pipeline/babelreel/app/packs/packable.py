"""List what a pack can be made of: the published languages, and the pairs of them that have a film."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from babelreel.languages.find import find_language
from babelreel.model.delivery.manifest import Manifest, PublishedLanguage, Role
from babelreel.model.delivery.pairs import JOINED, languages_in
from babelreel.model.delivery.published_paths import language_dir


def packable(manifest: Manifest) -> Mapping[str, PublishedLanguage]:
    """List languages by their tags, and pairs behind them; a pair says of the film what its first language says.

    What has no film of its own is none of them: a text for the deaf is chosen in its language's player.
    """
    languages = {each.tag: each for each in manifest.languages}
    filmed = {file.language for file in manifest.files if file.role is Role.VIDEO}
    pairs = {
        each.tag: replace(languages[each.languages[0]], tag=each.tag, dir=each.dir, page=each.page)
        for each in manifest.pairs
        if each.tag in filmed and each.languages[0] in languages
    }
    return {tag: each for tag, each in languages.items() if tag in filmed} | pairs


def meant_by(tag: str) -> str:
    """Return the canonical tag of a language or of a pair; raises ``TrackError`` for one that means no language."""
    return JOINED.join(find_language(part.strip()).tag for part in languages_in(tag) or (tag,))


def packed_path(tag: str, slug: str, ending: str) -> str:
    """Return where a file of a language or pair lies in a pack."""
    folder = language_dir(tag)
    return f"{folder}/{slug}.{folder}.{ending}"

"""List the sounds in which a page's film can be heard, without going to another page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babelreel.delivery.site.films import Films, films_of
from babelreel.delivery.site.site_content import Site, SiteLanguage
from babelreel.languages.find import find_language
from babelreel.model.language import Language
from babelreel.model.variant import Variant


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardFilm:
    """A film in a sound: the language that is heard, and where its files are.

    ``light`` and ``little`` are empty where there is no such file. The page's own films name their version; of
    others a page knows nothing that an edit there could change.
    """

    language: Language
    is_dub: bool
    film: str
    light: str
    little: str = ""

    @property
    def is_described(self) -> bool:
        """Tell whether a voice says what is seen, too."""
        return self.language.variant is Variant.DESCRIBED

    @property
    def name(self) -> str:
        """The own name of the language that is heard."""
        return self.language.own_name


def list_sounds(site: Site, language: SiteLanguage, films: Films) -> Iterator[HeardFilm]:
    """Yield the page's own film first, then one in the original sound, then those of other languages with a voice."""
    little = films.little.address if films.little else ""
    yield _heard(site, language, films.main.address, films.light.address if films.light else "", little)
    others = [each for each in site.languages if each.tag != language.tag]
    originals = [each for each in others if not each.is_dubbed]
    originals.sort(key=lambda each: each.tag != site.reference)
    for each in (*(originals[:1] if language.is_dubbed else ()), *(each for each in others if each.is_dubbed)):
        there = films_of(site, each)
        if there and not there.is_burned:  # another language's text in the picture would be shown with it
            little = there.little.path if there.little else ""
            yield _heard(site, each, there.main.path, there.light.path if there.light else "", little)


def _heard(site: Site, language: SiteLanguage, film: str, light: str, little: str) -> HeardFilm:
    return HeardFilm(
        language=language.language if language.is_dubbed else find_language(site.reference),
        is_dub=language.is_dubbed,
        film=film,
        light=light,
        little=little,
    )

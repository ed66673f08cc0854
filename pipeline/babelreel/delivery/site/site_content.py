"""What the pages show, and the files that come of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from babelreel.model.campaign import Campaign
from babelreel.model.credits import Credit
from babelreel.model.delivery.manifest import FileLabel, PublishedFile, Role
from babelreel.model.delivery.pairs import Pair
from babelreel.model.delivery.published_paths import HLS_MASTER, PublishedPaths
from babelreel.model.film.ladder.default_rungs import is_edition
from babelreel.model.film.ladder.encoding_ladder import Sound, Text, is_for_pages
from babelreel.model.film.ladder.little_data import is_for_little_data
from babelreel.model.film.signed import is_signed
from babelreel.model.language import Language
from babelreel.model.track import Cue
from babelreel.model.variant import Variant


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLanguage:
    """One language as it is published: its files, pages not included, and the cues of its WebVTT file, by time.

    ``title`` is the film's title, in the language ``title_tag``; ``credits`` are the people who may be named.
    """

    language: Language
    title: str
    title_tag: str
    cues: tuple[Cue, ...]
    files: tuple[PublishedFile, ...]
    credits: tuple[Credit, ...] = ()

    @property
    def tag(self) -> str:
        """Its BCP 47 tag, which is also the name of its folder."""
        return self.language.tag

    @property
    def videos(self) -> tuple[PublishedFile, ...]:
        """Its films in their own shape that every browser plays, the largest picture first."""
        special = (is_edition, is_for_little_data, is_signed)
        return tuple(file for file in self._films if not any(is_one(file.rendition) for is_one in special))

    @property
    def little(self) -> PublishedFile | None:
        """Its film of little data, for browsers that play it smoothly."""
        return next((file for file in self._films if is_for_little_data(file.rendition)), None)

    @property
    def editions(self) -> tuple[PublishedFile, ...]:
        """Its films in another shape, for apps: a page offers them, and plays none."""
        return tuple(file for file in self._films if is_edition(file.rendition) or is_signed(file.rendition))

    @property
    def _films(self) -> list[PublishedFile]:
        films = (file for file in self.files if file.role is Role.VIDEO)
        return sorted(films, key=lambda file: (-file.width_px * file.height_px, file.path))

    @property
    def vtt(self) -> str:
        """The path of its WebVTT file, empty if there is none."""
        return next((file.path for file in self.files if file.role is Role.CAPTIONS and file.path.endswith(".vtt")), "")

    @property
    def has_text(self) -> bool:
        """Tell whether it is more than a voice."""
        return bool(self.vtt)

    @property
    def is_for_the_deaf(self) -> bool:
        """Tell whether sounds and speakers are written in its text."""
        return self.language.variant is Variant.DEAF

    @property
    def is_described(self) -> bool:
        """Tell whether a voice says in its film what is seen."""
        return self.language.variant is Variant.DESCRIBED

    @property
    def heard_tag(self) -> str:
        """The tag of the language that is spoken in its film where it has a voice of its own."""
        return self.language.usual_tag

    @property
    def signed(self) -> PublishedFile | None:
        """The film of its interpreter, who signs; ``None`` if there is none."""
        return next((file for file in self.files if file.role is Role.SIGNED), None)

    @property
    def heard_name(self) -> str:
        """The path of the sound that says its name, empty if there is none."""
        return next((file.path for file in self.files if file.role is Role.NAME), "")

    @property
    def is_dubbed(self) -> bool:
        """Tell whether its film speaks this language although the master speaks another."""
        return any(file.sound == "dub" for file in self.videos)

    @property
    def known_elsewhere(self) -> SiteLanguage:
        """What pages of other languages may know of it: no text, and of its files which are there.

        Nothing else of a file shows what is in it: of its size, only which of them are heavier. Its part of the stream
        is named in the playlist of all languages alone.
        """
        files = [file for file in self.files if file.role is not Role.STREAM]
        ranks = {size: rank for rank, size in enumerate(sorted({file.bytes for file in files}))}
        known = (replace(_without_content(file), bytes=ranks[file.bytes]) for file in files)
        return replace(self, cues=(), files=tuple(known))


def _without_content(file: PublishedFile) -> PublishedFile:
    """Leave out what an edit of a language's text could change in the description of one of its files."""
    bare = replace(file, sha256="", state="", peak_kbps=0)
    return replace(bare, is_measured=False, loudness_lufs=None, true_peak_dbtp=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePair:
    """Two languages that are also shown at once, both with text; ``files`` are those of the pair itself."""

    pair: Pair
    first: SiteLanguage
    second: SiteLanguage
    files: tuple[PublishedFile, ...]

    @property
    def tag(self) -> str:
        """What it is called, as a language is by its tag."""
        return self.pair.tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """From when on a place of the storyboard shows the film: ``text`` names file and place, as its track does."""

    start_ms: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that is published, less the pages.

    ``reference`` is the tag of the language that is spoken in the master. ``address`` is where the pages will be, with
    ``/`` at its end, or empty. ``date`` is the day of publication, like 2026-11-30, empty where nobody gave one.
    ``more_texts`` are languages that are texts for other pages, and have none of their own.
    ``shared`` are the files of no language; ``tiles`` are what the storyboard among them says, for a page from a disk,
    where no browser loads its track.
    """

    title: str
    slug: str
    reference: str
    address: str
    languages: tuple[SiteLanguage, ...]
    shared: tuple[PublishedFile, ...]
    date: str = ""
    campaign: Campaign = field(default_factory=Campaign)
    tiles: tuple[Tile, ...] = ()
    pairs: tuple[SitePair, ...] = ()
    more_texts: tuple[SiteLanguage, ...] = ()

    @property
    def texts(self) -> tuple[SiteLanguage, ...]:
        """The texts of every page's film: a language's own, then its variants, which have no page."""
        pages = {each.tag for each in self.languages}
        lone = (each for each in self.more_texts if each.language.usual_tag not in pages)
        beside = ((each, *self._variants_of(each.tag)) for each in self.languages)
        return tuple(each for each in (*chain.from_iterable(beside), *lone) if each.vtt)

    def _variants_of(self, tag: str) -> Iterator[SiteLanguage]:
        return (each for each in self.more_texts if each.language.usual_tag == tag)

    @property
    def views(self) -> Iterator[tuple[SiteLanguage, Site]]:
        """Each language, and what its pages may know of the site: its own texts and files, and little of all others."""
        others = tuple(each.known_elsewhere for each in self.languages)
        stream = (file for file in self.shared if file.path == HLS_MASTER)  # a page says that there is one
        shared = replace(
            self,
            shared=(
                *(file for file in self.shared if file.role is not Role.STREAM),
                *(replace(_without_content(file), bytes=0) for file in stream),
            ),
            pairs=(),
            more_texts=tuple(each.known_elsewhere for each in self.more_texts),
        )
        for place, language in enumerate(self.languages):
            yield language, replace(shared, languages=(*others[:place], language, *others[place + 1 :]))

    @property
    def logo(self) -> str:
        """The path of the campaign's logo, empty if there is none."""
        return next((file.path for file in self.shared if file.role is Role.BRAND), "")

    @property
    def leading(self) -> SiteLanguage:
        """The language of the first page: the reference, or the first one where that is not published."""
        return next((each for each in self.languages if each.tag == self.reference), self.languages[0])

    @property
    def paths(self) -> PublishedPaths:
        """Where its files are published."""
        return PublishedPaths(slug=self.slug)

    def signed_for(self, language: SiteLanguage) -> PublishedFile | None:
        """Find the interpreter's film for the page of a language: its own, or that of its usual text."""
        usual = (each for each in self.languages if each.tag == language.language.usual_tag)
        return language.signed or next((each.signed for each in usual), None)

    def described_for(self, language: SiteLanguage) -> SiteLanguage | None:
        """Find the film in which a voice says in a language what is seen; ``None`` if there is none."""
        usual = language.language.usual_tag
        return next((each for each in self.languages if each.is_described and each.language.usual_tag == usual), None)

    def is_burned(self, file: PublishedFile, language: SiteLanguage) -> bool:
        """Tell whether a film of a language has its text in the picture."""
        return language.has_text and file.text is Text.BURN_IN

    def is_page_only(self, file: PublishedFile, language: SiteLanguage) -> bool:
        """Tell whether a film of a language lacks its text, so that nothing but a page, which draws it, shows it.

        One in which the language is heard is for everybody, if it was not made for pages.
        """
        is_heard = file.sound == Sound.DUB or (file.sound == Sound.ORIGINAL and file.language == self.reference)
        is_for_people = is_heard and not (is_for_pages(file.rendition) or is_for_little_data(file.rendition))
        return language.has_text and file.text is Text.NONE and not is_for_people

    def shared_path(self, path: str) -> str:
        """Return the path of a file of no language if it is published, and an empty one if it is not."""
        return path if any(file.path == path for file in self.shared) else ""

    def still_path(self, name: str) -> str:
        """Return the path of a still by its name, empty if it is not published."""
        return self.shared_path(self.paths.still(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile(FileLabel):
    """One page, or something that pages need, with its content."""

    content: bytes

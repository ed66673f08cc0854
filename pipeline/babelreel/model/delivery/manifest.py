"""What the web team finds in ``output/``, and how it is described."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from babelreel.model.credits import Credit
from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.model.sound.mix_levels import DubLevels

#: Counts up when a reader of an older manifest would misread a newer one.
SCHEMA_VERSION = 2
#: How pages name the version of a file: so many characters of its digest, 32 bits. Two versions of one file have the
#: same ones once in four thousand million times.
VERSION_KEY, VERSION_CHARS = "v", 8


class Role(StrEnum):
    """What a published file is for; a reader skips the roles that it does not know."""

    VIDEO = "video"
    CAPTIONS = "captions"
    TRANSCRIPT = "transcript"
    POSTER = "poster"
    STORYBOARD = "storyboard"
    PAGE = "page"
    LEAFLET = "leaflet"
    STREAM = "stream"
    ARCHIVE = "archive"
    OFFLINE = "offline"
    BRAND = "brand"
    NAME = "name"
    CHAPTERS = "chapters"
    SIGNED = "signed"


class Status(StrEnum):
    """Whether everything that the project asks for is there."""

    COMPLETE = "complete"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLabel:
    """What is said of a published file before anybody looks into it: ``path`` is below ``output/``.

    ``language`` is empty for what all languages share. ``sound`` is "original" or "dub", empty for files without sound;
    ``mime`` is without codecs. ``text`` says how a film's text reaches the viewer, ``None`` for what is no film.
    ``width_px`` and ``height_px`` are 0 for what has no size, and for films, which say it themselves.
    """

    path: str
    role: Role
    language: str
    mime: str
    rendition: str = ""
    sound: str = ""
    text: Text | None = None
    width_px: int = 0
    height_px: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable(FileLabel):
    """One file to publish, and the task output that becomes it.

    ``facts`` names the output of the same task that describes the file (JSON), empty where none does.
    """

    task: str
    output: str
    facts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile(FileLabel):
    """One entry of the manifest.

    ``duration_ms``, ``width_px``, ``height_px`` and ``peak_kbps`` (the picture's rate in its busiest second) are 0 for
    files that have none; ``mime`` holds the codecs of RFC 6381 where there are any. ``is_measured`` says that it is
    known how loud the sound is; ``loudness_lufs`` and ``true_peak_dbtp`` are ``None`` then where nothing is heard.
    ``state`` is empty for a file of the manifest's own state, else that of the inputs from which it was made.
    """

    bytes: int
    sha256: str
    duration_ms: int = 0
    peak_kbps: int = 0
    is_measured: bool = False
    loudness_lufs: Decimal | None = None
    true_peak_dbtp: Decimal | None = None
    state: str = ""

    @property
    def address(self) -> str:
        """What a page asks for, below ``output/``: the path, and which version of the file is meant.

        A cache may keep that for ever, and never puts parts of two versions together.
        """
        return f"{self.path}?{VERSION_KEY}={self.sha256[:VERSION_CHARS]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLanguage:
    """One language of the manifest: ``name`` is its own name, ``dir`` its folder below ``output/``.

    ``title`` is the film's title, in the language ``title_language``; ``description`` is how its text begins, or the
    title where there is none. ``page`` is the path of its page, empty where pages are not wanted. ``credits`` are the
    people behind it who may be named.
    """

    tag: str
    name: str
    english_name: str
    direction: str
    dir: str
    title: str
    title_language: str
    description: str
    page: str
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPair:
    """Two languages that are published at once, besides each by itself: ``tag`` is what their files call them.

    ``languages`` are their tags, the child's first; ``dir`` and ``page`` are as for a language.
    """

    tag: str
    languages: tuple[str, ...]
    dir: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A language that somebody took back: ``text`` is the SHA-256 of its subtitle file then, empty if none was there.

    A build passes it by until the file is another, or the language is asked for by name.
    """

    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFrom:
    """What a published language was made from, each as a SHA-256: its subtitle file, and its recordings together.

    Both are empty where there are none. ``rules`` is that of what it was held to: settings, film, reference.
    """

    language: str
    subtitles: str
    recordings: str
    rules: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All that was published, sorted by language as the project lists them, then by path.

    ``state`` names the state of the project's inputs that it was made from (``graph/recipe.py``), empty in manifests of
    earlier versions. ``dubs`` say how each line of a published dub is heard. ``date`` is the day of publication as
    somebody gave it, like 2026-11-30, empty where nobody did. ``made_from`` has the languages of which it is known.
    """

    title: str
    slug: str
    status: Status
    languages: tuple[PublishedLanguage, ...]
    files: tuple[PublishedFile, ...]
    tools: tuple[tuple[str, str], ...]
    state: str = ""
    withdrawn: tuple[Withdrawal, ...] = ()
    dubs: tuple[DubLevels, ...] = ()
    date: str = ""
    made_from: tuple[MadeFrom, ...] = ()
    pairs: tuple[PublishedPair, ...] = ()

    @property
    def tags(self) -> frozenset[str]:
        """The languages of its files."""
        return frozenset(file.language for file in self.files if file.language)

"""Are pages and ZIPs the same whether or not they are remembered, and which of them are made again after an edit?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from babelreel.app.build.plan_notes import PlanNotes
from babelreel.app.build.results import site_files
from babelreel.app.build.results.site_files import Made, MadeBefore, make_site_files
from babelreel.config.read import read_project
from babelreel.delivery.site.pages import render_bundle, render_language
from babelreel.delivery.site.site_content import Site, SiteFile, SiteLanguage
from babelreel.graph.notes import Notes
from babelreel.languages.find import find_language
from babelreel.model.delivery.manifest import PublishedFile, Role
from babelreel.model.delivery.published_paths import HLS_MASTER
from babelreel.model.project import Project
from support.projects import make_project
from support.sites import make_site, published, site_language


@dataclass
class Publication:
    """What is published of a site, and a memory of how it was made."""

    project: Project
    digests: dict[str, str] = field(default_factory=dict)

    def make(self, site: Site) -> Sequence[Made]:
        """Make the files of a site as a build does, and publish them."""
        notes = PlanNotes(Notes(self.project.notes_dir))  # another one for each build
        before = MadeBefore(memory=notes, is_published=lambda file: self.digests.get(file.path) == file.sha256)
        made = list(make_site_files(self.project, site, self.read, before))
        self.digests = {file.path: file.sha256 for file, _ in made}
        return made

    def make_without_memory(self, site: Site) -> Sequence[PublishedFile]:
        """Make the files of a site as a first build does."""
        return described(make_site_files(self.project, site, self.read))

    def read(self, path: str) -> bytes:
        """Return what stands for the content of a film or a subtitle file."""
        return path.encode()


@pytest.fixture
def publication(tmp_path: Path) -> Publication:
    """Make a project of which nothing is published."""
    project = read_project(make_project(tmp_path / "project"))
    project.state_dir.mkdir(exist_ok=True)
    return Publication(project)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the languages whose pages are rendered."""
    tags: list[str] = []

    def noting(seen: Site, language: SiteLanguage) -> tuple[SiteFile, ...]:
        tags.append(language.tag)
        return render_language(seen, language)

    monkeypatch.setattr(site_files, "render_language", noting)
    return tags


def described(made: Iterable[Made]) -> list[PublishedFile]:
    """Sort what is said of files."""
    return sorted((file for file, _ in made), key=lambda file: file.path)


def site() -> Site:
    """Make a site of three languages, one of them with a voice, a stream and a poster."""
    stream = published(f"{'fr'}/stream/1.vtt", Role.STREAM, "fr")
    fr = site_language("fr")
    languages = (site_language("en"), replace(fr, files=(*fr.files, stream)), site_language("ar", sound="dub"))
    shared = (
        published("film.poster.jpg", Role.POSTER, "", mime="image/jpeg"),
        published(HLS_MASTER, Role.STREAM, ""),
        published("stream/picture/1.mp4", Role.STREAM, ""),
    )
    return make_site(*languages, shared=shared)


def with_language(before: Site, tag: str, change: Callable[[SiteLanguage], SiteLanguage]) -> Site:
    """Change one language of a site."""
    return replace(before, languages=tuple(change(each) if each.tag == tag else each for each in before.languages))


def edited(language: SiteLanguage) -> SiteLanguage:
    """Change the text of a language, and so every file in which it is."""
    cues = (replace(language.cues[0], lines=("Trois.",)), *language.cues[1:])
    files = (
        replace(file, sha256=hashlib.sha256(file.path.encode()).hexdigest(), bytes=file.bytes + 7, state="")
        for file in language.files
    )
    return replace(language, cues=cues, files=tuple(files))


def with_light_film_heavier(language: SiteLanguage) -> SiteLanguage:
    """Make the film for small screens larger than the other one: no page plays it then."""
    files = (replace(file, bytes=9_000_000) if "no-text" in file.path else file for file in language.files)
    return replace(language, files=tuple(files))


def with_own_words(language: SiteLanguage) -> SiteLanguage:
    """Give a language the words of a file of the user's, as a project reads it."""
    words = replace(language.language.later(), pages=find_language("nl").pages)
    return replace(language, language=replace(language.language, later=partial(lambda later: later, words)))


CHANGES: dict[str, Callable[[Site], Site]] = {
    "nothing": lambda before: before,
    "a text": lambda before: with_language(before, "fr", edited),
    "the text of the original": lambda before: with_language(before, "en", edited),
    "the text of a dub": lambda before: with_language(before, "ar", edited),
    "another light film": lambda before: with_language(before, "ar", with_light_film_heavier),
    "another language is dubbed": lambda before: with_language(
        before, "fr", lambda _: site_language("fr", sound="dub")
    ),
    "no film of a language": lambda before: with_language(
        before,
        "ar",
        lambda each: replace(each, files=tuple(file for file in each.files if file.role is not Role.VIDEO)),
    ),
    "a language less": lambda before: replace(before, languages=before.languages[:2]),
    "a language more": lambda before: replace(before, languages=(*before.languages, site_language("ps"))),
    "another order": lambda before: replace(before, languages=before.languages[::-1]),
    "a title": lambda before: with_language(before, "fr", lambda each: replace(each, title="Mes droits")),
    "the words of a language's own file": lambda before: with_language(before, "fr", with_own_words),
    "an address": lambda before: replace(before, address="https://example.org/film/"),
    "a logo": lambda before: replace(before, shared=(*before.shared, published("logo.svg", Role.BRAND, ""))),
    "another poster": lambda before: replace(
        before, shared=tuple(replace(file, sha256="1" * 64) for file in before.shared)
    ),
    "no stream": lambda before: replace(before, shared=before.shared[:1]),
    "a text for the deaf": lambda before: replace(before, more_texts=(site_language("fr-x-sdh"),)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_remembered_is_what_would_be_made(publication: Publication, change: Callable[[Site], Site]) -> None:
    publication.make(site())
    changed = change(site())
    assert described(publication.make(changed)) == publication.make_without_memory(changed)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_pages_may_know_of_a_site_is_all_that_they_tell(change: Callable[[Site], Site]) -> None:
    changed = change(site())
    for language, seen in changed.views:
        assert render_language(seen, language) == render_language(changed, language)
        assert render_bundle(seen, language) == render_bundle(changed, language)


@pytest.mark.parametrize("tag", ["en", "fr", "ar"])
def test_an_edited_text_renders_the_pages_of_its_own_language_alone(
    publication: Publication, rendered: list[str], tag: str
) -> None:
    publication.make(site())
    rendered.clear()
    made = publication.make(with_language(site(), tag, edited))
    assert rendered == [tag]
    assert {file.language for file, source in made if source is None} == {"en", "fr", "ar"} - {tag}


def test_a_new_segment_of_the_stream_renders_no_page_of_another_language(
    publication: Publication, rendered: list[str]
) -> None:
    publication.make(site())
    rendered.clear()
    again = with_language(
        site(),
        "fr",
        lambda each: replace(
            each,
            files=tuple(
                replace(file, path="fr/stream/2.vtt") if file.role is Role.STREAM else file for file in each.files
            ),
        ),
    )
    publication.make(
        replace(
            again,
            shared=tuple(replace(file, sha256="2" * 64) if file.role is Role.STREAM else file for file in again.shared),
        )
    )
    assert set(rendered) <= {"fr"}


def test_a_page_that_is_not_published_as_it_was_is_made_again(publication: Publication, rendered: list[str]) -> None:
    publication.make(site())
    rendered.clear()
    publication.digests["fr/index.html"] = "0" * 64
    made = {file.path: source for file, source in publication.make(site())}
    assert rendered == ["fr"]
    assert made["fr/index.html"] is not None
    assert made["en/index.html"] is None


def test_pages_of_files_from_an_earlier_state_are_always_made(publication: Publication, rendered: list[str]) -> None:
    def old(language: SiteLanguage) -> SiteLanguage:
        return replace(language, files=tuple(replace(file, state="before") for file in language.files))

    earlier = with_language(site(), "fr", old)
    publication.make(earlier)
    rendered.clear()
    publication.make(earlier)
    assert rendered == ["fr"]


def test_a_zip_is_written_as_it_was_described(publication: Publication) -> None:
    (found,) = [each for each in publication.make(site()) if each[0].role is Role.OFFLINE and each[0].language == "fr"]
    file, write = found
    assert callable(write)
    target = BytesIO()
    write(target)
    assert (len(target.getvalue()), hashlib.sha256(target.getvalue()).hexdigest()) == (file.bytes, file.sha256)


@pytest.mark.parametrize(
    "line", ["", "[]", '["fr/index.html", "nothing", "text/html", 1, "0"]', '{"a": 1}', "[1, 2, 3, 4, 5]"]
)
def test_a_memory_of_something_else_is_none(publication: Publication, line: str) -> None:
    memory = PlanNotes(Notes(publication.project.notes_dir))
    before = MadeBefore(memory=memory, is_published=lambda _: True)
    language, seen = next(iter(site().views))
    looked_at = before.look_at(seen, language)
    memory.keep("pages.en", looked_at, [line])
    assert before.find("en", looked_at) == ()

"""Plan what a pack holds: which published files, and which text to paste."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.packs.choosing import Wanted, choose_files
from babelreel.app.packs.pack_list import said_of
from babelreel.app.packs.packable import meant_by, packable, packed_path
from babelreel.app.publish.own_files import is_still_there, read_manifest, refuse_later
from babelreel.delivery.campaign import help_lines
from babelreel.delivery.pack_text import Post, render_post, units, whole_sentences
from babelreel.errors import UsageError
from babelreel.graph.digests import DigestCache
from babelreel.languages.find import find_language
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.delivery.manifest import Manifest, PublishedLanguage
from babelreel.model.delivery.packs import PLATFORMS, Missing, Platform
from babelreel.model.delivery.pairs import languages_in
from babelreel.model.delivery.published_paths import language_address
from babelreel.model.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where packs are made: the project, what it published, and what makes files of it."""

    project: Project
    manifest: Manifest
    output: Path
    digests: DigestCache
    ffmpeg: Ffmpeg


@dataclass(frozen=True, slots=True, kw_only=True)
class PackText:
    """A text to paste."""

    path: str
    language: str
    content: bytes
    made_of: str


Planned = Wanted | PackText | Missing


def platform_named(name: str) -> Platform:
    """Find a platform by its name; raises ``UsageError`` for an unknown one."""
    for platform in PLATFORMS:
        if platform.name == name:
            return platform
    raise UsageError(
        what=f"There is no pack “{name}”.", hint=f"The packs are {', '.join(each.name for each in PLATFORMS)}."
    )


def read_published(output: Path) -> Manifest:
    """Read what is published; raises ``UsageError`` where nothing is, or where a later version published."""
    refuse_later(output)
    manifest = read_manifest(output)
    if manifest is None or not manifest.languages:
        raise UsageError(
            what="Nothing is published that could be packed.",
            where=str(output),
            hint="Run “babelreel build” first.",
        )
    return manifest


def choose_languages(manifest: Manifest, tags: Iterable[str]) -> tuple[PublishedLanguage, ...]:
    """Choose the published languages and pairs that were asked for, or all.

    Raises ``UsageError`` for one that is not published.
    """
    published = packable(manifest)
    wanted = tuple(dict.fromkeys(map(meant_by, tags))) or tuple(published)
    for tag in wanted:
        if tag not in published:
            raise UsageError(
                what=f"{tag} is not published.",
                why=f"these are: {', '.join(published)}",
                hint=f"Run “babelreel build {' '.join(languages_in(tag))}” first, and read what it says of {tag}.",
            )
    return tuple(published[tag] for tag in wanted)


def plan_pack(desk: Desk, platform: Platform, languages: Sequence[PublishedLanguage]) -> tuple[Planned, ...]:
    """Plan what a pack holds; raises ``UsageError`` for a published file that was changed since."""
    tags = tuple(each.tag for each in languages)
    reference = find_language(desk.project.reference).tag
    files = tuple(choose_files(platform, desk.manifest, tags, reference))
    for each in files:
        if isinstance(each, Wanted) and not is_still_there(desk.output, each.source, desk.digests):
            raise UsageError(
                what="A published file was changed or removed since.",
                where=str(desk.output / each.source.path),
                hint="Run “babelreel build”, which publishes it again.",
            )
    return (*files, *(plan_text(desk.project, desk.manifest.slug, platform, each) for each in languages))


def plan_text(project: Project, slug: str, platform: Platform, published: PublishedLanguage) -> PackText | Missing:
    """Write the text to paste for one published language, with the numbers of ``[[help]]`` as the project has them."""
    language = project.settings_of(find_language(languages_in(published.tag)[0])).language
    address = project.delivery.address
    post = Post(
        tag=published.tag,
        is_rtl=language.is_rtl,
        title=published.title,
        description=whole_sentences(published.description) if published.description != published.title else "",
        help=help_lines(project.campaign, language, project.reference),
        address=f"{address}{language_address(published.tag)}" if address and published.page else "",
    )
    text = render_post(post, platform)
    if text is None:
        return Missing(
            language=published.tag,
            why=f"its text is longer than the {platform.most_text} characters of a post",
        )
    if platform.most_title and units(published.title) > platform.most_title:
        return Missing(
            language=published.tag,
            why=f"its title is longer than the {platform.most_title} characters of {platform.title}",
            hint=f'Give it a shorter one: [language.{languages_in(published.tag)[0]}] title = "…".',
        )
    return PackText(
        path=packed_path(published.tag, slug, "txt"),
        language=published.tag,
        content=text.encode(),
        made_of=said_of(published),
    )

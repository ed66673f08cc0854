"""Publish the pages over several films in the campaign's output, once the films are published."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from hashlib import sha256

import babelreel
from babelreel.app.build.choosing.logo import read_logo
from babelreel.app.publish.own_files import read_manifest, refuse_later
from babelreel.app.publish.publish import publish
from babelreel.app.publish.swap import recover
from babelreel.config.slug import slug_of
from babelreel.delivery.published_file import describe_content
from babelreel.delivery.site.campaign_pages import PublishedFilm, render_campaign
from babelreel.delivery.site.site_content import SiteFile
from babelreel.errors import UsageError
from babelreel.graph.digests import DigestCache
from babelreel.graph.lock import hold_project
from babelreel.graph.notes import Notes
from babelreel.model.delivery.manifest import Manifest, Role, Status
from babelreel.model.delivery.publication import Published
from babelreel.model.delivery.published_paths import MANIFEST, asset
from babelreel.model.film_campaign import FilmCampaign
from babelreel.regular_files import read_regular
from babelreel.stages.stills.logo import mime_of_logo


@contextmanager
def hold_campaign(campaign: FilmCampaign) -> Iterator[None]:
    """Hold a campaign for one run; what a run began that was killed is finished or undone first.

    Raises ``LockedError``, and ``UsageError`` where a later version published.
    """
    with hold_project(campaign.state_dir):
        recover(campaign.output)
        refuse_later(campaign.output)
        yield


def publish_front(campaign: FilmCampaign, current: Collection[str]) -> Published:
    """Publish the pages over the films as they lie below the campaign's output; ``current`` were built just now.

    A film that is not current is shown as it was published before, and one that never was is not shown. The caller
    holds the campaign. Raises ``UsageError`` where no film was ever published, and what ``publish`` raises.
    """
    films = list(_published_films(campaign, current))
    if not films:
        raise UsageError(
            what="No film of this campaign is published, so there is nothing to show.",
            where=str(campaign.config_path),
            hint="Read what is said of each film above, then run the same command again.",
        )
    pages = {file.path: file for file in render_campaign(campaign, films, _logo(campaign))}
    manifest = Manifest(
        title=campaign.title,
        slug=slug_of(campaign.title),
        status=Status.COMPLETE if len(current) == len(campaign.films) else Status.PARTIAL,
        languages=(),
        files=tuple(describe_content(page, page.content) for page in pages.values()),
        tools=(("babelreel", babelreel.__version__),),
    )
    digests = DigestCache(Notes(campaign.notes_dir))
    return publish(campaign.output, manifest, {path: page.content for path, page in pages.items()}, digests)


def _published_films(campaign: FilmCampaign, current: Collection[str]) -> Iterator[PublishedFilm]:
    for film in campaign.films:
        folder = campaign.output / film.name
        manifest = read_manifest(folder)
        if manifest and manifest.languages:
            digest = sha256(read_regular(folder / MANIFEST)).hexdigest()
            yield PublishedFilm(name=film.name, manifest=manifest, sha256=digest, is_current=film.name in current)


def _logo(campaign: FilmCampaign) -> SiteFile | None:
    logo = read_logo(campaign.root, campaign.campaign.brand, campaign.config_path.name)
    if logo is None:
        return None
    return SiteFile(path=asset(logo.name), role=Role.BRAND, language="", mime=mime_of_logo(logo), content=logo.content)

"""How is a campaign sent to where the web finds it: each film to a folder of its own, then the pages over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from babelreel.app.publish.own_files import read_manifest
from babelreel.app.publish.places import Place, open_place
from babelreel.app.publish.sending import send
from babelreel.errors import UsageError
from babelreel.graph.bucket_address import folder_of, is_bucket
from babelreel.graph.lock import hold_project
from babelreel.model.delivery.publication import Sent
from babelreel.model.delivery.published_paths import MANIFEST
from babelreel.model.film_campaign import FilmCampaign
from babelreel.model.project import STATE
from babelreel.regular_files import real_path

#: The name of the place of the pages over the films: no film has it.
_FRONT = ""


def open_places(campaign: FilmCampaign, address: str) -> Mapping[str, Place]:
    """Make ready to send to an address and to a folder in it for each film, by its name.

    Raises ``UsageError`` or ``MachineError`` for one that does not fit, or that may not be looked at.
    """
    if not is_bucket(address):
        _refuse_own_folder(campaign, address)
    base = address.rstrip("/")
    places = {film.name: open_place(f"{base}/{film.name}", root=campaign.root) for film in campaign.films}
    places[_FRONT] = open_place(address, root=campaign.root)
    places[_FRONT].read(MANIFEST)  # a place that refuses even a look says so before a build, not after it
    return places


def _refuse_own_folder(campaign: FilmCampaign, address: str) -> None:
    """Raise ``UsageError`` for a folder that is, holds or lies in that of a film, or holds the campaign itself."""
    folder = folder_of(address, campaign.root)
    real = real_path(folder)
    holds = campaign.root.is_relative_to(real)
    if holds or any(real.is_relative_to(film.root) or film.root.is_relative_to(real) for film in campaign.films):
        raise UsageError(
            what="The campaign's own films lie in this folder, or it lies in one of theirs.",
            where=str(folder),
            hint="Choose another one for --publish.",
        )


def send_campaign(campaign: FilmCampaign, places: Mapping[str, Place]) -> Iterator[Sent]:
    """Send each film that is published, while no other run changes it, and what is published above them last.

    The caller holds the campaign. Raises what ``send`` does, and ``LockedError``.
    """
    for film in campaign.films:
        folder = campaign.output / film.name
        if read_manifest(folder):
            with hold_project(film.root / STATE):
                yield send(folder, places[film.name])
    yield send(campaign.output, places[_FRONT])

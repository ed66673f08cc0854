"""How do tests get the pages over several films without building any?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from babelreel.delivery.site.campaign_pages import PublishedFilm, render_campaign
from babelreel.delivery.site.site_content import SiteFile
from babelreel.model.campaign import Brand, Campaign, HelpNumber
from babelreel.model.delivery.manifest import FileLabel, PublishedFile, PublishedLanguage, Role
from babelreel.model.film_campaign import CampaignFilm, FilmCampaign
from support.manifests import manifest_of

NAMES = {"fr": "Français", "en": "English", "ar": "العربية", "nl": "Nederlands"}
#: The films of the campaign, with the title of each in its languages.
TITLES = {
    "rights": {"fr": "Tes droits", "ar": "حقوقك", "en": "Your rights"},
    "health": {"fr": "Ta santé", "nl": "Je gezondheid"},
}


def a_campaign(**changes: object) -> FilmCampaign:
    """Give a campaign of two films, with a brand and a number to call."""
    root = Path("/campaign")
    plain = FilmCampaign(
        root=root,
        config_path=root / "campaign.toml",
        title="Know your rights",
        titles=(("fr", "Connais tes droits"), ("ar", "اعرف حقوقك")),
        films=tuple(CampaignFilm(name=name, root=root / "films" / name) for name in TITLES),
        campaign=Campaign(brand=Brand(organisation="Children’s Office"), help=(HelpNumber(number="116 000"),)),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # names of its fields


def a_film(name: str, titles: dict[str, str], *, is_current: bool = True, page: bool = True) -> PublishedFilm:
    """Give a film that is published in some languages, each with one video of 88 s, and two posters."""
    files = [_file(f"shared/film.poster-{width}.jpg", Role.POSTER, "", "image/jpeg", width) for width in (640, 1280)]
    files += [_file(f"{tag}/film.{tag}.phone.mp4", Role.VIDEO, tag, "video/mp4", 640) for tag in titles]
    languages = tuple(
        PublishedLanguage(
            tag=tag,
            name=NAMES[tag],
            english_name=tag,
            direction="rtl" if tag == "ar" else "ltr",
            dir=tag,
            title=title,
            title_language=tag,
            description=title,
            page=f"{tag}/index.html" if page else "",
        )
        for tag, title in titles.items()
    )
    manifest = replace(manifest_of(*files), languages=languages)
    return PublishedFilm(name=name, manifest=manifest, sha256="0" * 64, is_current=is_current)


def _file(path: str, role: Role, tag: str, mime: str, width: int) -> PublishedFile:
    label = FileLabel(path=path, role=role, language=tag, mime=mime, width_px=width, height_px=width * 9 // 16)
    named = {each: getattr(label, each) for each in FileLabel.__dataclass_fields__}
    return PublishedFile(**named, bytes=1, sha256="0" * 64, duration_ms=88_000 if role is Role.VIDEO else 0)


def campaign_files(campaign: FilmCampaign, *films: PublishedFilm) -> dict[str, SiteFile]:
    """Give what stands over films, by path."""
    return {file.path: file for file in render_campaign(campaign, films, None)}


def all_films() -> tuple[PublishedFilm, ...]:
    """Give the films of ``TITLES``."""
    return tuple(a_film(name, titles) for name, titles in TITLES.items())

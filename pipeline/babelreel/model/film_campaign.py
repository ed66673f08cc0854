"""The values of campaign.toml: a campaign of several films."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from babelreel.model.campaign import Campaign, Texts, text_in
from babelreel.model.language import ENGLISH
from babelreel.model.project import NOTES, STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFilm:
    """One film: the ``name`` of its folder below the campaign's output, and the project's folder, absolute."""

    name: str
    root: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmCampaign:
    """Films in the order in which pages show them, and what is said above them.

    ``root`` is the folder of ``config_path``, absolute; ``output_dir`` is relative to it. ``titles`` are those of the
    campaign by language; where there is none, ``title`` stands there, which is in the language ``reference``.
    """

    root: Path
    config_path: Path
    title: str
    films: tuple[CampaignFilm, ...]
    titles: Texts = ()
    reference: str = ENGLISH
    output_dir: Path = field(default=Path("output"))
    campaign: Campaign = field(default_factory=Campaign)

    @property
    def output(self) -> Path:
        """The folder for the web server, with a folder for each film in it."""
        return self.root / self.output_dir

    @property
    def state_dir(self) -> Path:
        """The folder of its lock and caches; safe to delete."""
        return self.root / STATE

    @property
    def notes_dir(self) -> Path:
        """The folder of what earlier runs found out, in ``state_dir``."""
        return self.state_dir / NOTES

    def title_in(self, tag: str) -> tuple[str, str]:
        """Return the campaign's title for readers of a language, and the language that it is in."""
        own = text_in(self.titles, tag)
        return (own, tag) if own else (self.title, self.reference)

"""What a volunteer writes in campaign.toml, and what is said of a mistake in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.config.campaign_file import read_film_campaign
from babelreel.errors import ConfigError
from babelreel.model.film_campaign import FilmCampaign

TWO = 'title = "Your rights"\nfilms = ["films/Tes droits", "films/health"]\n'


@pytest.fixture(autouse=True)
def folders(tmp_path: Path) -> None:
    for name in ("films/Tes droits", "films/health", "films/assets", "other/health"):
        (tmp_path / name).mkdir(parents=True)


def campaign(folder: Path, toml: str) -> FilmCampaign:
    (folder / "campaign.toml").write_text(toml, encoding="utf-8")
    return read_film_campaign(folder / "campaign.toml")


def test_films_have_folders_that_an_address_can_hold_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = campaign(tmp_path, TWO)
    assert [(film.name, film.root) for film in found.films] == [
        ("tes-droits", tmp_path / "films/Tes droits"),
        ("health", tmp_path / "films/health"),
    ]
    assert (found.output, found.state_dir) == (tmp_path / "output", tmp_path / ".babelreel")


def test_a_title_is_that_of_the_language_or_else_says_which_language_it_is_in(tmp_path: Path) -> None:
    found = campaign(tmp_path, 'reference = "nl"\n' + TWO + '[titles]\nar = "حقوقك"\n[brand]\ncolour = "#0B5C6B"\n')
    assert (found.title_in("ar"), found.title_in("fr")) == (("حقوقك", "ar"), ("Your rights", "nl"))
    assert found.campaign.brand.colour == "#0b5c6b"


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ('titel = "x"\n' + TWO, "titel: no such key, did you mean “title”?"),
        ('films = ["films/health"]\n', "title: this key is missing"),
        ('title = "x"\nfilms = []\n', "films: name the folder of one film at least"),
        ('title = "x"\nfilms = ["films/none"]\n', "films: there is no folder “films/none”"),
        ('title = "x"\nfilms = ["."]\n', "films: “.” does not lie below the folder of campaign.toml"),
        ('title = "x"\nfilms = ["../films"]\n', "films: “../films” does not lie below the folder of campaign.toml"),
        (
            'title = "x"\nfilms = ["films/assets"]\n',
            "films: “films/assets” would lie where the pages' own files are; give the folder another name",
        ),
        (
            'title = "x"\nfilms = ["films/health", "other/health"]\n',
            "films: 2 folders would be “health” in the output folder; give one another name",
        ),
        (TWO + 'output = "."\n', "output: “.” does not lie below the folder of campaign.toml"),
        (TWO + 'output = "../web"\n', "output: “../web” does not lie below the folder of campaign.toml"),
        (TWO + 'output = "films"\n', "output: “films” and the film in “films/Tes droits” lie in one another"),
        (TWO + '[titles]\nxq = "x"\n', "titles.xq: "),
        (TWO + '[brand]\ncolor = "#000000"\n', "brand.color: no such key, did you mean “colour”?"),
        (TWO + 'reference = "fr\\u202e"\n', "reference: "),
        ("title = x\n", ""),
    ],
)
def test_a_mistake_is_told_in_words(tmp_path: Path, toml: str, fault: str) -> None:
    with pytest.raises(ConfigError) as caught:
        campaign(tmp_path, toml)
    (found,) = caught.value.faults
    assert found.startswith(fault)
    assert "campaign.toml has one fault" in str(caught.value)
    assert "docs/campaign.md" in caught.value.hint
    assert len(caught.value.lines()) == 4


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        campaign(tmp_path, 'title = "x"\nfilms = ["films/none", "/"]\noutput = ".."\n')
    assert len(caught.value.faults) == 3


def test_a_file_that_is_not_there_is_told_with_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_film_campaign(tmp_path / "campaign.toml")

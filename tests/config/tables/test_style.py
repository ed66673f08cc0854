from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.config.read import read_project
from babelreel.errors import ConfigError
from babelreel.model.style import Position, Style


def style(folder: Path, toml: str, tag: str = "ar", rung: str = "phone-360p") -> Style:
    (folder / "babelreel.toml").write_text(toml, encoding="utf-8")
    return read_project(folder).styles.of(tag, rung)


def test_project_language_and_rendition_have_a_style_each(tmp_path: Path) -> None:
    toml = """
[style]
background = "#000000"
opacity = 0.5
bold = true
[language.ar.style]
size = 1.2
position = "top"
[renditions.phone-360p.style]
size = 1
side_margin = 0.1
"""
    both = Style(background="#000000", opacity=0.5, bold=True, position=Position.TOP, side_margin=0.1)
    assert style(tmp_path, toml) == both
    assert style(tmp_path, toml, rung="phone-480p").size == Fraction(6, 5)
    assert style(tmp_path, toml, tag="fr", rung="phone-480p") == Style(background="#000000", opacity=0.5, bold=True)


def test_a_language_is_meant_however_its_tag_is_written(tmp_path: Path) -> None:
    assert style(tmp_path, '[language."ZH-hans".style]\nsize = 0.9', tag="zh-Hans").size == Fraction(9, 10)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("size = 0.5", "write 0.8 or more, not 0.5"),
        ("size = 2", "write 1.6 or less, not 2"),
        ("colour = 1", "no such key, did you mean “color”?"),
        ('background = "black"', 'write a colour such as "#0b5c6b"'),
        ('position = "topp"', "write “top”, not “topp”"),
        ("opacity = 75", "write 1 or less, not 75"),
        ('bold = "yes"', "write true or false, without quotes"),
    ],
)
@pytest.mark.parametrize("table", ["style", "language.fr.style", "renditions.phone-360p.style"])
def test_a_wrong_value_is_told_wherever_it_stands(table: str, line: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        style(tmp_path, f"[{table}]\n{line}")
    (fault,) = caught.value.faults
    assert fault.startswith(f"{table}.{line.split(maxsplit=1)[0]}: {said}")


def test_a_table_of_languages_is_told_how_it_is_called(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        style(tmp_path, "[languages.ar.style]\nsize = 1.2\n")
    assert caught.value.faults == ("languages: write [language.ar] for the settings of one language, without the s",)

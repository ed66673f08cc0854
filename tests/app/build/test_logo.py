"""Is a logo that cannot be used told before anything is built?"""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.build.logo import read_logo
from babelreel.config.read import read_project
from babelreel.errors import ConfigError
from babelreel.graph.task import Literal

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>'


def read(root: Path, content: str | None, name: str = "logo.SVG") -> Literal | None:
    (root / "babelreel.toml").write_text(f'[brand]\nlogo = "brand/{name}"\n', "utf-8")
    (root / "brand").mkdir()
    if content is not None:
        (root / "brand" / name).write_text(content, "utf-8")
    return read_logo(root, read_project(root).campaign.brand, "babelreel.toml")


def test_a_logo_has_the_name_that_pages_give_it(tmp_path: Path) -> None:
    assert read(tmp_path, DRAWING) == Literal(name="logo.svg", content=DRAWING.encode())


def test_without_a_logo_there_is_none(tmp_path: Path) -> None:
    assert read_logo(tmp_path, read_project(tmp_path).campaign.brand, "babelreel.toml") is None


@pytest.mark.parametrize(
    ("content", "why"), [(None, "cannot be read: No such file"), (f"{DRAWING[:-6]}<script/></svg>", "“script”")]
)
def test_one_that_cannot_be_used_is_told_in_four_lines(tmp_path: Path, content: str | None, why: str) -> None:
    with pytest.raises(ConfigError, match=r"brand/logo\.SVG") as caught:
        read(tmp_path, content)
    assert len(caught.value.lines()) <= 4
    assert why in str(caught.value)

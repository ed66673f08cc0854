"""A small film in two languages, published once for all recipes."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.projects import AR, FR, babelreel, make_project


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = (
        '[delivery]\nleaflets = false\naddress = "https://example.org/film/"\n[language.fr]\ntitle = "Tes <droits>"\n'
    )
    tracks = {"fr.srt": FR, "ar.srt": AR}
    root = make_project(tmp_path_factory.mktemp("recipes") / "film", tracks, settings=settings)
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    return root / "output"

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from babelreel.graph.actions import Keep
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.plan import make_plan
from babelreel.graph.recipe import recipes_of, state_of
from babelreel.graph.task import Literal, Produced, SourceFile, Task

FILM = SourceFile(name="master.mp4", path=Path("/a/master.mp4"), digest="1" * 64)
PICTURE = Task(name="picture", kind="picture", action=Keep(), inputs=(FILM,), outputs=("picture.mp4",))
MUXED = Task(
    name="film fr",
    kind="film",
    action=Keep(),
    inputs=(
        Produced(name="in.mp4", task="picture", output="picture.mp4"),
        Literal(name="fr.vtt", content=b"WEBVTT\n\nAppelle 112\n"),
    ),
    outputs=("film.mp4",),
)
PATHS = (("fr/film.mp4", "film fr", "film.mp4"),)


def state(tasks: Sequence[Task], published: Sequence[tuple[str, str, str]]) -> str:
    return state_of(recipes_of(tasks), published)


def test_the_same_inputs_are_one_state_whatever_lies_where() -> None:
    elsewhere = replace(PICTURE, inputs=(replace(FILM, path=Path("/b/master.mp4")),), weight=9)
    assert state((PICTURE, MUXED), PATHS) == state((elsewhere, MUXED), PATHS)


def test_an_input_of_a_task_before_makes_another_state() -> None:
    other = replace(PICTURE, inputs=(replace(FILM, digest="2" * 64),))
    assert state((PICTURE, MUXED), PATHS) != state((other, MUXED), PATHS)


def test_another_text_makes_another_state() -> None:
    text = Literal(name="fr.vtt", content=b"WEBVTT\n\nAppelle 101\n")
    assert state((PICTURE, MUXED), PATHS) != state((PICTURE, replace(MUXED, inputs=(MUXED.inputs[0], text))), PATHS)


def test_another_file_or_another_place_makes_another_state() -> None:
    assert state((PICTURE, MUXED), PATHS) != state((PICTURE, MUXED), (*PATHS, ("p.mp4", "picture", "picture.mp4")))
    assert state((PICTURE, MUXED), PATHS) != state((PICTURE, MUXED), (("nl/film.mp4", *PATHS[0][1:]),))


def test_the_recipe_of_a_task_that_needs_no_other_is_its_key(tmp_path: Path) -> None:
    recipes = recipes_of((PICTURE, MUXED))
    asked, told = (make_plan((PICTURE, MUXED), FolderStore(tmp_path), each) for each in ({}, recipes))
    assert asked == told
    assert asked.steps[0].key == recipes["picture"]
    assert asked.steps[1].key is None

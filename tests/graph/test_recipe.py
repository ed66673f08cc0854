from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from babelreel.graph.actions import Keep
from babelreel.graph.recipe import state_of
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


def test_the_same_inputs_are_one_state_whatever_lies_where() -> None:
    elsewhere = replace(PICTURE, inputs=(replace(FILM, path=Path("/b/master.mp4")),), weight=9)
    assert state_of((PICTURE, MUXED), PATHS) == state_of((elsewhere, MUXED), PATHS)


def test_an_input_of_a_task_before_makes_another_state() -> None:
    other = replace(PICTURE, inputs=(replace(FILM, digest="2" * 64),))
    assert state_of((PICTURE, MUXED), PATHS) != state_of((other, MUXED), PATHS)


def test_another_text_makes_another_state() -> None:
    text = Literal(name="fr.vtt", content=b"WEBVTT\n\nAppelle 101\n")
    assert state_of((PICTURE, MUXED), PATHS) != state_of(
        (PICTURE, replace(MUXED, inputs=(MUXED.inputs[0], text))), PATHS
    )


def test_another_file_or_another_place_makes_another_state() -> None:
    assert state_of((PICTURE, MUXED), PATHS) != state_of(
        (PICTURE, MUXED), (*PATHS, ("p.mp4", "picture", "picture.mp4"))
    )
    assert state_of((PICTURE, MUXED), PATHS) != state_of((PICTURE, MUXED), (("nl/film.mp4", *PATHS[0][1:]),))

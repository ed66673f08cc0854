"""A worker that would make other bytes, or put them elsewhere, is refused in words that name both sides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from babelreel.engines.handshake import own_facts, read_facts, refusal
from babelreel.graph.task import Program
from babelreel.media.programs.libraries import own_libraries

_FFMPEG = Program(name="ffmpeg", version="9.0.2", digest="c3d4" * 16)
_OWN = own_facts(machine="birch", store="s3://films", store_id="ab" * 8, slots=2, memory_bytes=10**9, ffmpeg=_FFMPEG)


def _refusal(**other: object) -> str:
    return refusal(replace(_OWN, **other), store="s3://films", store_id="ab" * 8, programs=[_FFMPEG])  # type: ignore[arg-type]


def test_a_worker_of_the_same_kind_takes_part_and_what_it_says_of_itself_travels() -> None:
    assert not _refusal()
    assert read_facts(_OWN.document()) == _OWN


def test_another_library_is_told_with_both_versions_and_none_that_is_the_same() -> None:
    libraries = [each.split(" ", 1)[0] for each in own_libraries().split(", ")]
    assert {"PyAV", "numpy", "ffmpeg-python"} <= set(libraries)
    for name in libraries:
        own = next(each for each in own_libraries().split(", ") if each.startswith(f"{name} "))
        told = _refusal(libraries=own_libraries().replace(own, f"{name} 0.1"))
        assert told == f"it has {name} 0.1, this build {own}"


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"version": "0.0.9"}, ("it has babelreel 0.0.9", "this build")),
        ({"sources": "0" * 64}, ("(00000000)", "this build babelreel")),
        ({"python": "3.1"}, ("it has Python 3.1", "this build Python 3.")),
        (
            {"ffmpeg": replace(_FFMPEG, version="7.1", digest="a1b2" * 16)},
            ("ffmpeg 7.1 (a1b2a1b2)", "9.0.2 (c3d4c3d4)"),
        ),
        ({"store": "s3://others", "store_id": "cd" * 8}, ("s3://others (cdcdcdcd)", "s3://films (abababab)")),
        ({"store_id": "cd" * 8}, ("s3://films (cdcdcdcd)", "s3://films (abababab)", "another one")),
    ],
)
def test_what_differs_is_told_on_both_sides(other: dict[str, object], words: tuple[str, ...]) -> None:
    told = _refusal(**other)
    assert all(each in told for each in words), told


def test_one_store_by_another_name_is_the_same() -> None:
    assert not _refusal(store="/mnt/films")


def test_what_says_other_things_of_itself_is_no_worker_of_ours() -> None:
    for document in (None, "a", {}, {**_OWN.document(), "new": 1}):
        assert read_facts(document) is None
    assert "no worker of babelreel" in refusal(None, store="", store_id="", programs=[])

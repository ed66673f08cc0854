from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.graph.key import key_of
from babelreel.graph.reason import explain_change
from babelreel.graph.task import Json

CUES: list[list[Json]] = [
    [16, 100, 150, ["Tu as droit à un tuteur."]],
    [17, 160, 210, ["Appelle le 112."]],
    [18, 220, 270, ["C'est gratuit."]],
]


def document(
    facts: dict[str, Json] | None = None, action: dict[str, Json] | None = None, inputs: dict[str, Json] | None = None
) -> dict[str, Json]:
    return {"schema": 1, "kind": "k", "facts": facts or {}, "action": action or {}, "inputs": inputs or {}}


def cues(*items: Json) -> dict[str, Json]:
    return document({"cues": list(items)})


@pytest.mark.parametrize(
    ("new", "reasons"),
    [
        ([CUES[0], [17, 160, 210, ["Appelle le", "112."]], CUES[2]], ("cue 17 text",)),
        ([CUES[0], [17, 161, 210, ["Appelle le 112."]], CUES[2]], ("cue 17 time",)),
        ([CUES[0], [17, 161, 211, ["Appelle !"]], CUES[2]], ("cue 17 time and text",)),
        ([*CUES, [19, 300, 350, ["Fin."]]], ("cue 19 added",)),
        (CUES[:2], ("cue 18 removed",)),
        ([CUES[1], CUES[2]], ("cue 16 removed",)),
        ([[1, 0, 9, ["Début"]], [2, *CUES[0][1:]], [3, *CUES[1][1:]], [4, *CUES[2][1:]]], ("cue 1 added",)),
        ([[1, *CUES[0][1:]], [2, *CUES[1][1:]], [3, *CUES[2][1:]]], ("cues renumbered",)),
        ([CUES[0], [17, 160, 210, ["Appelle le 112."], {"place": 8}], CUES[2]], ("cue 17 changed",)),
        ([], ("cue 16 removed", "cue 17 removed", "cue 18 removed")),
    ],
)
def test_changed_cues_are_named(new: list[Json], reasons: tuple[str, ...]) -> None:
    assert explain_change(cues(*CUES), cues(*new)) == reasons


def test_many_changed_cues_are_counted() -> None:
    old, new = (cues(*[[number, number * 10, number * 10 + 5, [text]] for number in range(1, 21)]) for text in "ab")
    assert explain_change(old, new) == ("cue 1 text", "cue 2 text", "cue 3 text", "cue 4 text", "16 more cues")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ({"settings": {"crf": 23}}, {"settings": {"crf": 21}}, "crf 23 -> 21"),
        ({"settings": {"crf": 23}}, {"settings": {}}, "crf removed"),
        ({"settings": {"video": {"crf": 23}}}, {"settings": {"video": {"crf": 21}}}, "video crf 23 -> 21"),
        ({"settings": {"faststart": False}}, {"settings": {"faststart": True}}, "faststart no -> yes"),
        ({"settings": {"tune": None}}, {"settings": {"tune": "film"}}, "tune none -> film"),
        ({"font": "1" * 64}, {"font": "2" * 64}, "font changed"),
        ({}, {"font": "2" * 64}, "font added"),
        ({"ladder": ["a", "b"]}, {"ladder": ["a"]}, "ladder changed"),
        ({"style": 1}, {"style": True}, "style 1 -> yes"),
    ],
)
def test_changed_fact_is_told_in_plain_words(old: dict[str, Json], new: dict[str, Json], reason: str) -> None:
    assert explain_change(document(old), document(new)) == (reason,)


def test_changed_master_and_ffmpeg_are_named() -> None:
    old = document(action={"ffmpeg": "1" * 64, "argv": ["-crf", "23"]}, inputs={"master.mp4": "1" * 64})
    new = document(action={"ffmpeg": "2" * 64, "argv": ["-crf", "23"]}, inputs={"master.mp4": "2" * 64})
    assert explain_change(old, new) == ("ffmpeg changed", "master.mp4 changed")


def test_what_the_plan_derived_is_told_only_when_nothing_else_explains() -> None:
    old = document({"settings": {"crf": 23}}, {"argv": ["-crf", "23"]}, {"fr.ass": "1" * 64})
    new = document({"settings": {"crf": 21}}, {"argv": ["-crf", "21"]}, {"fr.ass": "2" * 64})
    assert explain_change(old, new, derived=frozenset({"fr.ass"})) == ("crf 23 -> 21",)
    bare = document({"settings": {"crf": 21}}, {"argv": ["-crf", "23"]}, {"fr.ass": "1" * 64})
    assert explain_change(bare, new, derived=frozenset({"fr.ass"})) == ("fr.ass changed", "argv changed")


FACTS = st.dictionaries(
    st.sampled_from(["cues", "settings", "font"]),
    st.recursive(
        st.none() | st.booleans() | st.integers(0, 3) | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
        max_leaves=10,
    ),
)


@settings(deadline=None)
@given(FACTS, FACTS)
def test_every_change_has_a_reason_and_no_change_has_none(old: dict[str, Json], new: dict[str, Json]) -> None:
    one, other = document(old), document(new)
    assert bool(explain_change(one, other)) == (key_of(one) != key_of(other))


def facts(*cues: tuple[object, ...]) -> dict[str, object]:
    return {"facts": {"cues": cues}}


def test_items_without_numbers_are_called_what_the_user_calls_them_now() -> None:
    old, new = facts((0, 25, "a"), (30, 40, "b")), facts((0, 25, "a"), (30, 41, "c"))
    assert explain_change(old, new, numbers={"cues": (16, 17)}) == ("cue 17 time and text",)  # type: ignore[arg-type]
    assert explain_change(old, facts((0, 25, "a")), numbers={"cues": (16,)}) == ("a cue removed",)  # type: ignore[arg-type]
    more = facts((0, 25, "a"), (26, 28, "new"), (30, 40, "b"))
    assert explain_change(old, more, numbers={"cues": (16, 17, 18)}) == ("cue 17 added",)  # type: ignore[arg-type]


def test_an_input_whose_digest_is_a_fact_is_told_once() -> None:
    old, new = (
        document(facts={"takes": [[{"sha256": digest}]]}, inputs={"takes/1.wav": digest, "film.mp4": digest[::-1]})
        for digest in ("1" * 63 + "a", "2" * 63 + "b")
    )
    assert explain_change(old, new, numbers={"takes": (7,)}) == ("take 7 changed", "film.mp4 changed")


def test_numbers_of_what_did_not_change_are_not_told() -> None:
    old, new = (document(facts={"takes": [["one"], ["two"]], "settings": {"ducking_db": db}}) for db in (14, 12))
    assert explain_change(old, new, numbers={"takes": (1, 2)}) == ("ducking_db 14 -> 12",)

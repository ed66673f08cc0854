from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from babelreel.graph.key import canonical_json, key_document, key_of
from babelreel.graph.task import Json, Literal, SourceFile, Task, Workspace

JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """An action that is only described."""

    words: Json

    def document(self) -> Mapping[str, Json]:
        return {"words": self.words}

    def perform(self, workspace: Workspace) -> None:
        raise NotImplementedError(workspace)


TASK = Task(
    name="picture phone-480p fr",
    kind="picture",
    action=Described(words=["-crf", 23]),
    inputs=(SourceFile(name="master.mp4", path=Path("/a/master.mp4"), digest="1" * 64),),
    outputs=("picture.mp4", "log.txt"),
    facts=(("cues", [[1, 0, 25, ["Bonjour"]]]), ("settings", {"crf": 23})),
)


def key(task: Task) -> str:
    return key_of(key_document(task, {each.name: each.digest for each in task.inputs if not hasattr(each, "task")}))


def test_canonical_json_sorts_keys_and_spares_spaces() -> None:
    value: Json = {"b": [1, True, None], "a": {"ش": "naïve", "": ""}}
    assert canonical_json(value) == '{"a":{"":"","ش":"naïve"},"b":[1,true,null]}'.encode()


def test_canonical_json_takes_any_mapping_and_sequence() -> None:
    assert canonical_json(MappingProxyType({"a": (1, 2)})) == b'{"a":[1,2]}'


def test_file_name_that_is_not_utf_8_survives() -> None:
    name = b"film\xff.mp4".decode("utf-8", "surrogateescape")
    assert json.loads(canonical_json([name])) == [name]


@pytest.mark.parametrize("value", [1.5, [0.0], {"a": {1.0}}, {1: "a"}, b"bytes", Path("a")])
def test_what_has_no_exact_form_is_refused(value: Json) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


@settings(deadline=None, max_examples=60)
@given(JSON)
def test_canonical_json_reads_back(value: Json) -> None:
    assert json.loads(canonical_json(value)) == value


@settings(deadline=None, max_examples=60)
@given(JSON)
def test_canonical_json_is_the_shortest_that_json_writes(value: Json) -> None:
    written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical_json(value) == written.encode("utf-8", "surrogatepass")


def test_what_is_equal_in_python_and_not_in_json_is_written_as_it_is() -> None:
    for same in (1, True):
        for words in (("-an",) * 9 + (same,), ("-an",) * 10):  # as long as a command line, which is written once
            assert json.loads(canonical_json(words)) == list(words)
            assert canonical_json(words).count(b"true") == (words[-1] is True)
        settings = {**{str(place): "a" for place in range(9)}, "b": same}
        assert canonical_json(settings).count(b"true") == (same is True)


@settings(deadline=None, max_examples=60)
@given(JSON, JSON)
def test_different_values_have_different_texts(one: Json, other: Json) -> None:
    # equal in Python, yet not the same JSON: True and 1
    assume(repr(one) != repr(other) and json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True))
    assert canonical_json(one) != canonical_json(other)


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.text(max_size=4), JSON, min_size=2, max_size=5), st.data())
def test_order_of_keys_changes_nothing(value: dict[str, Json], data: st.DataObject) -> None:
    assert key_of(dict(data.draw(st.permutations(list(value.items()))))) == key_of(value)


@pytest.mark.parametrize(
    "changed",
    [
        replace(TASK, kind="sound"),
        replace(TASK, action=Described(words=["-crf", 22])),
        replace(TASK, inputs=(SourceFile(name="master.mp4", path=Path("/a/master.mp4"), digest="2" * 64),)),
        replace(TASK, inputs=(SourceFile(name="film.mp4", path=Path("/a/master.mp4"), digest="1" * 64),)),
        replace(TASK, inputs=(*TASK.inputs, Literal(name="a.ass", content=b""))),
        replace(TASK, inputs=()),
        replace(TASK, outputs=("picture.mp4",)),
        replace(TASK, outputs=("picture.mp4", "log.csv")),
        replace(TASK, facts=(("cues", [[1, 0, 26, ["Bonjour"]]]), ("settings", {"crf": 23}))),
        replace(TASK, facts=(("cues", [[1, 0, 25, ["Bonjour"]]]), ("settings", {"crf": "23"}))),
        replace(TASK, facts=()),
    ],
)
def test_each_field_that_can_change_a_byte_changes_the_key(changed: Task) -> None:
    assert key(changed) != key(TASK)


@pytest.mark.parametrize(
    "same",
    [
        replace(TASK, name="another name"),
        replace(TASK, language="fr", rendition="phone-480p"),
        replace(TASK, weight=7),
        replace(TASK, inputs=(SourceFile(name="master.mp4", path=Path("/b/other.mp4"), digest="1" * 64),)),
        replace(TASK, outputs=TASK.outputs[::-1], facts=TASK.facts[::-1]),
    ],
)
def test_labels_places_and_order_do_not_change_the_key(same: Task) -> None:
    assert key(same) == key(TASK)


@settings(deadline=None, max_examples=60)
@given(JSON, JSON)
def test_key_follows_the_action_and_nothing_else(one: Json, other: Json) -> None:
    keys = {key(replace(TASK, action=Described(words=words))) for words in (one, other)}
    assert len(keys) == len({canonical_json(one), canonical_json(other)})


def test_key_stays_the_same_between_versions_of_python() -> None:
    # printf '{"a":1}' | sha256sum
    assert key_of({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"

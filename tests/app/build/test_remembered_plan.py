"""Is a plan that remembers earlier ones the same as one that does not, whatever was edited in between?"""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.app.build import material
from babelreel.app.build.planning import Prepared, plan_project
from babelreel.app.build.request import Request
from babelreel.config.read import read_project
from babelreel.delivery.leaflet.sheet import Leaflet, render_leaflet
from babelreel.fonts import ARABIC, LATIN, font_path
from babelreel.graph.key import key_of
from babelreel.graph.plan import task_document
from babelreel.graph.task import Literal
from babelreel.stages.picture import burned as burned_picture
from babelreel.stages.picture.pieces import lay_language
from babelreel.stages.prints import leaflet as leaflet_stage
from support.projects import FR, make_project

AR = FR.replace("Tes droits.", "لديك حقوق.").replace("Appelle 112", "اتصل 112")
#: One that keeps the colours of its author.
EN = """\
[Script Info]
ScriptType: v4.00+
PlayResX: 640
PlayResY: 360

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Alignment
Style: Default,Arial,20,&H00FFFFFF,2

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.20,0:00:02.00,Default,,0,0,0,,{\\c&H0000FF&}Call 112
"""
#: What a language's own file says of it that is read where it is needed.
WORDS = """\
[campaign]
translation = "ترجمها"
[pages]
transcript = "النص"
"""
SETTINGS = """\
title = "Tes droits"
reference = "fr"
languages = ["fr", "ar", "en"]
[delivery]
streams = false
address = "https://example.org/film/"
[language.fr]
font = "fr.ttf"
[language.ar]
file = "ar.toml"
[credits.ar]
translation = ["Amina"]
[consent.ar]
named = ["Amina"]
[style]
look = "own"
[renditions.post]
enabled = true
[publish]
mark = false
[cards]
title = 1
[[sign]]
name = "court"
from = "0:00.4"
to = "0:01.5"
filmed = false
text = { fr = "Tribunal", ar = "محكمة", en = "Court" }
"""
#: What a volunteer may edit: the file, what stands there, and what may take its place.
EDITS = (
    ("subtitles/fr.srt", "Tes droits.", ("Tes  droits.", "Voici tes droits, ici et maintenant.", "<i>Tes droits.</i>")),
    ("subtitles/fr.srt", "00:00:01,040", ("00:00:01,000", "00:00:01,600")),
    ("subtitles/ar.srt", "لديك حقوق.", ("لديك", "لديك حقوق كثيرة.")),
    ("subtitles/en.ass", "&H0000FF&", ("&H00FF00&", "&HFF0000&")),
    ("subtitles/en.ass", "Default,,0,0,0,,", ("Default,,0,0,0,,{\\an8}",)),
    ("ar.toml", "ترجمها", ("مترجم",)),
    ("babelreel.toml", 'title = "Tes droits"', ('title = "Mes droits"',)),
    ("babelreel.toml", 'look = "own"', ('look = "ours"', "bold = true", 'background = "#204060"')),
    ("babelreel.toml", "mark = false", ("mark = true",)),
    ("babelreel.toml", "org/film/", ("org/",)),
    ("babelreel.toml", "[publish]", ('[brand]\norganisation = "Us"\n[publish]',)),
    ("babelreel.toml", "[style]", ('[[help]]\nnumber = "112"\n[style]',)),
    ("babelreel.toml", "title = 1", ("title = 2",)),
    ("babelreel.toml", 'ar = "محكمة"', ('ar = "المحكمة"',)),
    ("babelreel.toml", "[renditions.post]", ("[renditions.phone-360p]\ncrf = 30\n[renditions.post]",)),
    ("babelreel.toml", '[language.fr]\nfont = "fr.ttf"', ('[language.fr]\ntitle = "Droits"', "[language.fr]")),
)
FONTS = (LATIN, ARABIC)


def write(root: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (root / name).write_text(text, "utf-8")


def whole() -> dict[str, str]:
    return {
        "subtitles/fr.srt": FR,
        "subtitles/ar.srt": AR,
        "subtitles/en.ass": EN,
        "ar.toml": WORDS,
        "babelreel.toml": SETTINGS,
    }


def edited(places: Sequence[tuple[int, int]]) -> dict[str, str]:
    """Make edits, each named by its place in ``EDITS`` and among what may take that place."""
    texts = whole()
    for place, choice in places:
        name, old, new = EDITS[place]
        texts[name] = texts[name].replace(old, new[choice % len(new)])
    return texts


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("remembered") / "film", {})
    (root / "fr.ttf").write_bytes(font_path(LATIN).read_bytes())
    write(root, whole())
    return root


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages whose text was laid out, once for each rung."""
    tags: list[str] = []

    def lay(film: object, styles: object, subtitles: Any, *given: Any, **named: Any) -> object:  # noqa: ANN401 - as given
        tags.append(subtitles.language.tag)
        return lay_language(film, styles, subtitles, *given, **named)  # type: ignore[arg-type] # as they are given

    monkeypatch.setattr(burned_picture, "lay_language", lay)
    return tags


def plan(root: Path) -> Prepared:
    return plan_project(read_project(root), Request())


def plan_anew(root: Path) -> Prepared:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(material, "PlanNotes", lambda _: None)
        return plan(root)


def told(prepared: Prepared) -> list[object]:
    """Tell all of a plan: each task with its key, what becomes of it, and why."""
    return [replace(step, task=replace(step.task, recipe="")) for step in prepared.plan.steps]


@settings(max_examples=6)
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, len(EDITS) - 1), st.integers(0, 2)), max_size=2, unique_by=lambda each: each[0]
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(FONTS),
)
def test_a_plan_that_remembers_is_the_same_as_one_that_does_not(root: Path, edits: Any, font: Any) -> None:  # noqa: ANN401
    copy = root / "other.ttf"
    copy.write_bytes(font_path(font).read_bytes())
    copy.replace(root / "fr.ttf")  # as editors do: what is open in this process stays what it was
    for places in edits:
        write(root, edited(places))
        assert told(plan(root)) == told(plan_anew(root))


def test_of_an_edited_line_its_own_language_is_laid_out_alone(root: Path, laid: list[str]) -> None:
    write(root, whole())
    plan(root)
    laid.clear()
    plan(root)
    assert laid == []
    write(root, edited([(2, 1)]))
    plan(root)
    assert laid == ["ar"] * len(laid)
    assert len(laid) == 2, "once for the phone and once for the post"


OF_LEAFLETS = tuple(place for place, (_, old, _) in enumerate(EDITS) if old in {"org/film/", "[publish]", "[style]"})


@pytest.mark.parametrize("place", OF_LEAFLETS)
def test_what_a_leaflet_says_beside_its_text_is_no_older_than_the_settings(root: Path, place: int) -> None:
    write(root, whole())
    before = leaflets(plan(root))
    assert set(before) >= {"leaflet fr", "leaflet ar"}
    assert leaflets(plan(root)) == before
    write(root, edited([(place, 0)]))
    after = leaflets(plan(root))
    assert all(after[name] != before[name] for name in ("leaflet fr", "leaflet ar"))
    assert after == leaflets(plan_anew(root))


def test_a_leaflet_says_what_the_own_file_of_its_language_says_now(root: Path) -> None:
    write(root, whole())
    before = leaflets(plan(root))
    write(root, whole() | {"ar.toml": WORDS.replace("ترجمها", "مترجم")})
    after = leaflets(plan(root))
    assert after["leaflet ar"] != before["leaflet ar"]
    assert after == leaflets(plan_anew(root))


def test_of_an_edited_line_its_own_leaflet_is_drawn_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, whole())
    plan(root)
    drawn: list[str] = []

    def render(leaflet: Leaflet, *given: Any, **named: Any) -> bytes:  # noqa: ANN401 - as given
        drawn.append(leaflet.language.tag)
        return render_leaflet(leaflet, *given, **named)

    monkeypatch.setattr(leaflet_stage, "render_leaflet", render)
    plan(root)
    assert drawn == []
    write(root, edited([(2, 1)]))
    prepared = plan(root)
    assert set(drawn) == {"ar"}
    (task,) = (step.task for step in prepared.plan.steps if step.task.name == "leaflet fr")
    assert "Tes droits." in next(each.content for each in task.inputs if isinstance(each, Literal)).decode()


def leaflets(prepared: Prepared) -> Mapping[str, Sequence[str]]:
    """Digest what goes into each leaflet, by the name of its task."""
    tasks = [step.task for step in prepared.plan.steps if step.task.kind == "leaflet"]
    return {task.name: [each.digest for each in task.inputs if isinstance(each, Literal)] for task in tasks}


def test_of_what_is_remembered_each_document_is_there_for_who_asks(root: Path) -> None:
    write(root, whole())
    plan(root)
    tasks = [step.task for step in plan(root).plan.steps if step.task.recipe]
    assert {task.language for task in tasks} == {"fr", "ar", "en"}
    for task in tasks:
        assert key_of(task_document(task, {})) == task.recipe
        travelled = pickle.loads(pickle.dumps(task))  # noqa: S301 - our own
        assert task_document(travelled, {}) == task_document(task, {})
        assert travelled.numbers == task.numbers


def test_a_damaged_note_is_no_memory(root: Path, laid: list[str]) -> None:
    write(root, whole())
    before = told(plan(root))
    laid.clear()
    for note in (root / ".babelreel/notes/planned").iterdir():
        content = bytearray(note.read_bytes())
        content[len(content) // 2] ^= 1
        note.write_bytes(content)
    assert told(plan(root)) == before
    assert set(laid) == {"fr", "ar", "en"}

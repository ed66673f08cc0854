"""Which languages may keep their earlier version, and whose word lets none of them stay?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from babelreel.app.build.planning import Prepared, plan_project
from babelreel.app.build.request import Request
from babelreel.app.build.results.earlier_files import Earlier
from babelreel.app.project.master import open_digests
from babelreel.app.project.subtitle_files import look_at_folder
from babelreel.app.publish.made_from import keeping_its_earlier_version, look_at_origins, without_new_refusals
from babelreel.config.read import read_project
from babelreel.engines.outcome import Outcome
from babelreel.errors import Cause, RefusedError, StricterRuleError, WithheldError
from babelreel.graph.actions import Keep
from babelreel.graph.task import Task
from babelreel.model.delivery.build_summary import Fate, SkippedRendition
from babelreel.model.delivery.manifest import MadeFrom, PublishedFile, Role
from babelreel.model.project import Project
from support.projects import AR, FR, make_project
from support.publications import copy_publication_of_all_files

NOT_AGREED = "\n[consent.fr]\nvoice = false\n"
#: The tasks of languages, of pairs, and of all.
PAIRED = ("fr", "fr+ar", "ar+fr", "")
TURKISH = 'name = "Turkish"\n'


def plan(root: Path) -> Prepared:
    return plan_project(read_project(root), Request())


def lead_nowhere(path: Path) -> None:
    """Put a link in the place of a file or folder, as where its disk is not connected."""
    if path.exists():
        path.rename(path.with_name(f".{path.name}.away"))
    path.symlink_to("/nowhere/at/all")


def without_music(root: Path) -> None:
    lead_nowhere(root / "video/stems/me.wav")


def without_texts_of_takes(root: Path) -> None:
    lead_nowhere(root / "video/stems/fr/takes.toml")


def without_recordings(root: Path) -> None:
    lead_nowhere(root / "video/stems/fr")


def without_one_recording(root: Path) -> None:
    lead_nowhere(root / "video/stems/fr/1.wav")


def without_reference(root: Path) -> None:
    settings = root / "babelreel.toml"
    settings.write_text('reference = "ar"\n' + settings.read_text("utf-8"), "utf-8")
    lead_nowhere(root / "subtitles/ar.srt")


@pytest.mark.parametrize(
    "lose",
    [without_music, without_texts_of_takes, without_recordings, without_one_recording, without_reference],
)
def test_a_voice_does_not_stay_against_its_speakers_word_whatever_cannot_be_read(
    tmp_path: Path, lose: Callable[[Path], None]
) -> None:
    root = copy_publication_of_all_files(tmp_path / "film")
    with (root / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write(NOT_AGREED)
    lose(root)

    prepared = plan(root)

    (silenced,) = prepared.silenced
    assert (silenced.tag, silenced.fate) == ("fr", Fate.WITHOUT_DUB)
    assert "its speaker has not agreed" in silenced.error.what
    assert "fr" not in {each.tag for each in prepared.refusals}
    assert "fr" in {each.language for each in prepared.blueprint.deliverables}, "it is made anew, without the voice"


def without_subtitles(root: Path) -> None:
    lead_nowhere(root / "subtitles/fr.srt")


def without_approval(root: Path) -> None:
    with (root / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write('[publish]\nonly = "approved"\n')
    (root / "subtitles/fr.srt").write_text(FR.replace("112", "113"), "utf-8")


def without_words_in_the_picture(root: Path) -> None:
    with (root / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write('[[sign]]\nname = "court"\nfrom = "0:00"\nto = "0:01"\ntext = { en = "Court", ar = "محكمة" }\n')


@pytest.mark.parametrize("lose", [without_subtitles, without_approval, without_words_in_the_picture])
def test_a_language_whose_earlier_version_has_a_voice_that_nobody_may_hear_goes_where_it_cannot_be_made_anew(
    tmp_path: Path, lose: Callable[[Path], None]
) -> None:
    root = copy_publication_of_all_files(tmp_path / "film")
    lose(root)
    before = [each.error.cause for each in plan(root).refusals if each.tag == "fr"]
    assert before in ([Cause.MACHINE], [Cause.APPROVAL]), "its earlier version stays"
    with (root / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write(NOT_AGREED)

    (error,) = (each.error for each in plan(root).refusals if each.tag == "fr")

    assert isinstance(error, WithheldError)
    assert error.why, "it says what keeps it from being made anew"


def ask_for_pairs(root: Path) -> None:
    settings = root / "babelreel.toml"
    pairs = '[delivery]\npairs = ["fr+ar", "ar+fr"]\n'
    settings.write_text(settings.read_text("utf-8").replace("[delivery]\n", pairs), "utf-8")


def staying(prepared: Prepared, *films: tuple[str, str]) -> set[str]:
    """Find which films of pairs would stay, each given with its sound, that were published and are not made now."""
    files = {
        f"{pair}/x.mp4": PublishedFile(
            path=f"{pair}/x.mp4",
            language=pair,
            sound=sound,
            role=Role.VIDEO,
            rendition="phone-360p",
            bytes=1,
            sha256="0",
            mime="",
        )
        for pair, sound in films
    }
    nothing = Outcome(entries={}, failures={}, ran=0, up_to_date=0, cut_off=0)
    kept = Earlier(files=files, lost={}, is_stream_whole=True, prepared=prepared, outcome=nothing).kept()
    return {file.language for file in kept.values()}


def test_a_pair_does_not_stay_with_a_voice_that_nobody_may_hear(tmp_path: Path) -> None:
    root = copy_publication_of_all_files(tmp_path / "film")
    ask_for_pairs(root)
    lead_nowhere(root / "subtitles/ar.srt")
    films = (("fr+ar", "dub"), ("ar+fr", "original"))
    assert staying(plan(root), *films) == {"fr+ar", "ar+fr"}
    with (root / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write(NOT_AGREED)
    assert staying(plan(root), *films) == {"ar+fr"}


def left_out(prepared: Prepared, *, tag: str, is_of_machine: bool = False) -> Prepared:
    """Plan as a version of babelreel, or a machine, that does not make this size of it."""
    skipped = SkippedRendition(name="", why="", hint="", rendition="phone-360p", tag=tag, is_of_machine=is_of_machine)
    return replace(prepared, blueprint=replace(prepared.blueprint, skipped=(skipped,)))


def test_a_pair_of_which_nothing_changed_stays_where_another_version_has_no_room_for_it(tmp_path: Path) -> None:
    root = copy_publication_of_all_files(tmp_path / "film")
    ask_for_pairs(root)
    assert staying(left_out(plan(root), tag="fr+ar"), ("fr+ar", "original")) == {"fr+ar"}
    assert staying(left_out(plan(root), tag="ar+fr"), ("fr+ar", "original")) == set(), "it is another one's room"
    assert staying(left_out(plan(root), tag="", is_of_machine=True), ("fr+ar", "original")) == {"fr+ar"}
    assert staying(left_out(plan(root), tag=""), ("fr+ar", "original")) == set(), "the film cannot have this size"
    (root / "subtitles/ar.srt").write_text(AR.replace("116", "117"), "utf-8")
    assert staying(left_out(plan(root), tag="fr+ar"), ("fr+ar", "original")) == set(), "its own text says more now"


def test_a_pair_keeps_its_voice_with_the_language_whose_voice_it_is() -> None:
    tasks = [Task(name=tag, kind="file", language=tag, action=Keep(), inputs=(), outputs=("a",)) for tag in PAIRED]
    error = RefusedError(what="the mix is too loud")
    outcome = Outcome(entries={}, failures=dict.fromkeys(PAIRED, error), ran=0, up_to_date=0, cut_off=0)
    told = without_new_refusals(outcome, tasks, frozenset({"fr"})).failures
    assert {name: type(each) for name, each in told.items()} == {
        "fr": StricterRuleError,
        "fr+ar": StricterRuleError,
        "ar+fr": RefusedError,
        "": RefusedError,
    }
    assert "check fr”" in told["fr+ar"].hint, "no file is called fr+ar"


def test_an_edited_file_is_not_called_the_same_while_the_reference_cannot_be_read(tmp_path: Path) -> None:
    root = copy_publication_of_all_files(tmp_path / "film")
    settings = root / "babelreel.toml"
    settings.write_text('reference = "fr"\n' + settings.read_text("utf-8"), "utf-8")
    (root / "subtitles/ar.srt").write_text(AR.replace("00:00:01,040", "00:00:00,100"), "utf-8")  # over before it begins
    lead_nowhere(root / "subtitles/fr.srt")

    refused = {each.tag: each.error for each in plan(root).refusals}

    assert "ar is not published: its subtitles have" in refused["ar"].what
    assert refused["ar"].cause is Cause.CONTENT
    assert refused["fr"].cause is Cause.MACHINE, "of it nobody knows, so it stays"


def test_a_persons_word_is_never_a_fault_that_earlier_versions_let_pass() -> None:
    word, fault = WithheldError(what="withdrawn"), RefusedError(what="a rule is broken")
    assert keeping_its_earlier_version("fr", word) is word
    assert isinstance(keeping_its_earlier_version("fr", fault), StricterRuleError)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "film", {"fr.srt": FR, "ar.srt": AR}, settings='reference = "ar"\n')
    (root / "tr.toml").write_text(TURKISH, "utf-8")
    return root


def origins(project: Project) -> dict[str, MadeFrom | None]:
    film = project.root / "video/master.mp4"
    return dict(look_at_origins(project, film, look_at_folder(project), open_digests(project)))


def test_another_picture_or_sound_of_the_film_is_something_else_that_languages_are_held_to(root: Path) -> None:
    project = read_project(root)
    before = origins(project)
    for streams in (replace(project.streams, picture=1), replace(project.streams, sound=1)):
        assert origins(replace(project, streams=streams))["fr"] != before["fr"]


def test_a_language_of_the_same_letters_that_babelreel_does_not_know_is_looked_at(root: Path) -> None:
    """Beside it nothing is plainly French, and the model is asked, which may say that it is none."""
    before = origins(read_project(root))
    (root / "subtitles/de.srt").write_text(FR, "utf-8")
    (root / "subtitles/am.srt").write_text(FR, "utf-8")
    assert origins(read_project(root))["fr"] == before["fr"], (
        "German counts in every project, Amharic has other letters"
    )
    (root / "subtitles/tr.srt").write_text(FR, "utf-8")
    with_turkish = origins(read_project(root))
    assert with_turkish["fr"] != before["fr"]
    assert with_turkish["ar"] == before["ar"]

    with (root / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write('[language.tr]\nfile = "tr.toml"\n')
    with_file = origins(read_project(root))
    assert with_file["fr"] != with_turkish["fr"]
    (root / "tr.toml").write_text(TURKISH + 'own_name = "Türkçe"\n', "utf-8")
    assert origins(read_project(root))["fr"] != with_file["fr"]


def test_what_the_project_says_of_the_references_language_is_looked_at(root: Path) -> None:
    before = origins(read_project(root))
    (root / "ar.toml").write_text('name = "Arabic"\n', "utf-8")
    with (root / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write('[language.ar]\nfile = "ar.toml"\n')
    assert origins(read_project(root))["fr"] != before["fr"]


def test_what_was_never_published_has_no_earlier_version_to_keep(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": FR}, settings='[publish]\nonly = "approved"\n')
    (error,) = (each.error for each in plan(root).refusals)
    assert error.what == "fr is not published yet: 2 of 2 lines are not approved."
    (root / "babelreel.toml").write_text("", "utf-8")
    without_words_in_the_picture(root)
    (error,) = (each.error for each in plan(root).refusals)
    assert error.what == "fr is not published yet: 1 text in the picture has no translation."

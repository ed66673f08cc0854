"""Does an approval hold what stands in the picture and on cards, and does a change of that go unnoticed?"""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.check.check_project import check_project
from babelreel.app.kept_versions import undo
from babelreel.app.ledger.approve import approve, open_language
from babelreel.app.ledger.ledger_file import open_ledger
from babelreel.app.ledger.status import film_status
from babelreel.config.read import read_project
from babelreel.errors import UsageError
from babelreel.model.ledger.entries import State
from babelreel.model.project import Project
from support.projects import babelreel, make_project
from support.tracks import srt

ENGLISH = ("You have rights.", "Call somebody.")
FRENCH = ("Tu as des droits.", "Appelle quelqu'un.")
SETTINGS = """
title = "Your rights"
slug = "film"
reference = "en"

[language.fr]
title = "Tes droits"

[cards]
title = 1
end = 1

[[help]]
number = "0800 11 22"
label = { en = "Guardians", fr = "Tuteurs" }

[[sign]]
name = "court"
from = "0:00.5"
to = "0:01.5"
text = { en = "Family court", fr = "Tribunal de la famille" }
"""


def write(root: Path, settings: str) -> Project:
    (root / "babelreel.toml").write_text(settings, "utf-8")
    return read_project(root)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "subtitles").mkdir()
    for tag, texts in (("en", ENGLISH), ("fr", FRENCH)):
        (tmp_path / "subtitles" / f"{tag}.srt").write_text(srt(*texts), "utf-8")
    return write(tmp_path, SETTINGS)


def found(project: Project) -> list[tuple[str, str, str]]:
    """Check French; list code, severity and message of what is said of approvals."""
    findings = check_project(project, ["fr"], select=("LDG",)).findings
    return [(each.code, str(each.severity), each.message) for each in findings]


def test_who_approves_all_lines_approves_what_stands_in_the_picture(project: Project) -> None:
    done = approve(project, "fr", by="Amina")
    assert (done.said, done.said_shown, done.left_shown) == (2, 3, ())
    ledger = open_ledger(project, "fr")
    assert ledger is not None
    assert {each.key: (each.state, each.by, each.source, each.text) for each in ledger.shown} == {
        "title card": (State.APPROVED, "Amina", "Your rights", "Tes droits"),
        "end card": (
            State.APPROVED, "Amina", "Your rights\n0800 11 22 Guardians", "Tes droits\n0800 11 22 Tuteurs",
        ),
        "sign court": (State.APPROVED, "Amina", "Family court", "Tribunal de la famille"),
    }  # fmt: skip
    assert found(project) == []
    assert open_language(project, "fr").standing.is_approved


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("0800 11 22", "0800 11 23", "the end card: Amina approved “Tes droits 0800 11 22 Tuteurs”"),
        ("Tuteurs", "Tutelle", "the end card: Amina approved"),
        ("Tribunal de la famille", "Tribunal", "the words in the picture “court”: Amina approved"),
        ("Tes droits", "Vos droits", "the title card: Amina approved “Tes”, and now “Vos” is there"),
    ],
)
def test_what_changed_there_since_is_told_and_is_not_approved(project: Project, old: str, new: str, told: str) -> None:
    approve(project, "fr", by="Amina")
    changed = write(project.root, SETTINGS.replace(old, new))
    messages = [message for code, severity, message in found(changed) if (code, severity) == ("LDG002", "warning")]
    assert any(message.startswith(told.partition(" approved")[0]) for message in messages)
    assert not open_language(changed, "fr").standing.is_approved
    (status,) = film_status(changed, ["fr"]).languages
    assert not status.is_approved
    assert status.left_shown


def test_what_the_film_s_own_language_says_there_now_is_told(project: Project) -> None:
    approve(project, "fr", by="Amina")
    changed = write(project.root, SETTINGS.replace("Family court", "Youth court"))
    ((code, severity, message), *rest) = found(changed)
    assert (code, severity) == ("LDG001", "warning")
    assert message.startswith("the words in the picture “court”")
    assert "said “Family court” there when this was approved, and says “Youth court” now" in message
    assert [code for code, _, _ in rest] == ["LDG003"]


def test_a_sign_that_came_later_is_not_approved(project: Project) -> None:
    write(project.root, SETTINGS[: SETTINGS.index("[[sign]]")])
    approve(read_project(project.root), "fr", by="Amina")
    later = write(project.root, SETTINGS)
    assert found(later) == [("LDG003", "info", "not approved in the picture: the words in the picture “court”")]


def test_lines_alone_or_the_picture_alone_may_be_approved(project: Project) -> None:
    done = approve(project, "fr", [1], by="Amina")
    assert (done.said, done.said_shown, len(done.left_shown)) == (1, 0, 3)
    done = approve(project, "fr", by="Zoé", is_picture=True)
    assert (done.said, done.said_shown, done.left_shown, done.approved, done.left) == (0, 3, (), 1, (2,))
    ledger = open_ledger(project, "fr")
    assert ledger is not None
    assert [each.by for each in ledger.entries if each.state is State.APPROVED] == ["Amina"]
    assert {each.by for each in ledger.shown} == {"Zoé"}
    undo(project)
    assert len(open_language(project, "fr").standing.unapproved_shown) == 3


def test_a_film_without_words_in_its_picture_has_none_to_approve(project: Project) -> None:
    bare = write(project.root, SETTINGS[: SETTINGS.index("[cards]")])
    with pytest.raises(UsageError, match="fr shows no words in the picture, and no cards"):
        approve(bare, "fr", by="Amina", is_picture=True)
    assert open_ledger(bare, "fr") is None


def test_a_minor_change_keeps_who_approved(project: Project) -> None:
    approve(project, "fr", by="Amina")
    changed = write(project.root, SETTINGS.replace("Tribunal de la famille", "Tribunal de la Famille"))
    approve(changed, "fr", by="Zoé", state=None)
    ledger = open_ledger(changed, "fr")
    assert ledger is not None
    entry = ledger.of_picture("sign court")
    assert entry is not None
    assert entry.minor is not None
    assert (entry.by, entry.minor.by) == ("Amina", "Zoé")
    assert open_language(changed, "fr").standing.is_approved


def test_an_old_ledger_is_read_and_its_lines_stay_approved(project: Project) -> None:
    approve(project, "fr", by="Amina")
    path = project.root / "subtitles" / "fr.review.toml"
    tables = path.read_text("utf-8").split("\n[")
    path.write_text("\n[".join(each for each in tables if not each.startswith('"picture: ')), "utf-8")
    standing = open_language(project, "fr").standing
    assert standing.unapproved == ()
    assert [each.entry for each in standing.shown] == [None, None, None]
    approve(project, "fr", [1], by="Zoé")  # nothing is said of the picture by that
    assert '"picture: ' not in path.read_text("utf-8")


def test_what_people_say_of_lines_keeps_what_was_said_of_the_picture(project: Project) -> None:
    approve(project, "fr", by="Amina")
    before = open_ledger(project, "fr")
    approve(project, "fr", [2], by="Zoé", state=State.DRAFT)
    after = open_ledger(project, "fr")
    assert before is not None
    assert after is not None
    assert after.shown == before.shown
    assert after.entries != before.entries


def test_the_film_s_own_language_shows_no_sign_that_was_filmed(project: Project) -> None:
    done = approve(project, "en", by="Amina")
    assert done.said_shown == 2
    ledger = open_ledger(project, "en")
    assert ledger is not None
    assert {(each.key, each.source) for each in ledger.shown} == {("title card", ""), ("end card", "")}


def test_only_approved_words_in_the_picture_are_published(tmp_path: Path) -> None:
    settings = SETTINGS + '[publish]\nonly = "approved"\n[delivery]\nstreams = false\nleaflets = false\n'
    tracks = {
        "en.srt": srt((0, 900, "Yes."), (1000, 1900, "No.")),
        "fr.srt": srt((0, 900, "Oui."), (1000, 1900, "Non.")),
    }
    root = make_project(tmp_path / "film", tracks, settings=settings)
    for tag in ("en", "fr"):
        assert babelreel(root, "approve", tag, "--by", "Amina").code == 0
    assert babelreel(root, "build", "--only", "phone-360p").code == 0
    text = (root / "babelreel.toml").read_text("utf-8").replace("0800 11 22", "0800 11 23")
    (root / "babelreel.toml").write_text(text, "utf-8")
    assert babelreel(root, "approve", "en", "--picture", "--by", "Zoé").code == 0
    held = babelreel(root, "build", "--only", "phone-360p")
    assert held.code == 3
    assert "fr keeps its earlier version: 1 of 3 texts in the picture are not approved." in held.err
    assert "babelreel approve fr --picture --by NAME" in " ".join(held.err.split())
    done = babelreel(root, "approve", "fr", "--picture", "--by", "Zoé")
    assert done.err.splitlines() == [
        "fr: 3 texts in the picture noted as approved",
        "2 of 2 lines in this language approved",
    ]
    assert babelreel(root, "build", "--only", "phone-360p").code == 0

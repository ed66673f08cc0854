"""Where several lines say the same, does each get its own text, and none that of another?"""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.exchange.send import send
from babelreel.app.ledger.approve import approve
from babelreel.config.read import read_project
from babelreel.model.project import Project
from babelreel.timedtext.exchange.forms import Form
from support.exchanges import edited, french, received, typed
from support.tracks import srt

_YES = ((1000, 3000, "Oui."), (4000, 6000, "Oui."), (7000, 9000, "Non."))


@pytest.fixture(params=[False, True], ids=["nothing kept", "approved"])
def yes(tmp_path: Path, request: pytest.FixtureRequest) -> Project:
    """Two lines of the film say the same."""
    (tmp_path / "subtitles").mkdir()
    project = read_project(tmp_path)
    (project.root / "subtitles" / "en.srt").write_text(
        srt((1000, 3000, "Yes."), (4000, 6000, "Yes."), (7000, 9000, "No."))
    )
    (project.root / "subtitles" / "fr.srt").write_text(srt(*_YES))
    if request.param:
        approve(project, "fr", by="Amina")
    return project


def test_a_file_that_is_received_twice_changes_nothing_the_second_time(yes: Project) -> None:
    path = edited(send(yes, "fr", Form.XLSX).path, typed(3, "Oui, toi aussi."))
    received(yes, path)
    after = french(yes)
    assert after == srt(_YES[0], (4000, 6000, "Oui, toi aussi."), _YES[2])
    receipt = received(yes, path)
    assert (receipt.is_clean, receipt.paths, french(yes)) == (True, (), after)


def test_the_text_of_a_line_that_is_gone_is_put_into_no_other_that_said_the_same(yes: Project) -> None:
    path = edited(send(yes, "fr", Form.XLSX).path, typed(2, "Oui, toi."))
    (yes.root / "subtitles" / "fr.srt").write_text(srt(*_YES[1:]))
    before = french(yes)
    assert not received(yes, path).is_clean
    assert french(yes) == before


def test_where_a_line_that_says_the_same_was_put_in_none_gets_the_text_of_another(yes: Project) -> None:
    path = edited(send(yes, "fr", Form.XLSX).path, typed(3, "Oui, toi aussi."))
    (yes.root / "subtitles" / "fr.srt").write_text(srt((100, 900, "Oui."), *_YES))
    for _ in range(2):
        received(yes, path)
        changed = [line for line in french(yes).split("\n\n") if "toi aussi" in line]
        assert all("00:00:04,000" in line for line in changed)

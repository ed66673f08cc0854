"""Does the page that goes by mail say what rules find in a line, where that line is?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from babelreel.app.exchange.send import send
from babelreel.config.read import read_project
from babelreel.timedtext.exchange.forms import Form
from support.tracks import srt

ENGLISH = ("You have rights.", "Call 112.", "Ask for help.")


def lines_of(root: Path, *french: str) -> list[str]:
    """Send a language of a film that is not there, and give what stands on the page for each line."""
    (root / "subtitles").mkdir()
    (root / "babelreel.toml").write_text('reference = "en"\n', "utf-8")
    (root / "subtitles" / "en.srt").write_text(srt(*ENGLISH), "utf-8")
    (root / "subtitles" / "fr.srt").write_text(srt(*french), "utf-8")
    page = send(read_project(root), "fr", Form.PAGE, root).path.read_text("utf-8")
    return re.findall(r'<li class="line".*?</li>\s*(?=<li class="line"|</ol>\s*</main>)', page, re.DOTALL)


def found(line: str) -> list[tuple[str, str]]:
    """Give the findings of a line: how grave each is, and what it says."""
    told = re.findall(r'<li class="(\w+)"><b>[^<]+</b> <span lang="en" dir="ltr">([^<]*)</span>', line)
    return [(severity, text) for severity, text in told]


def test_what_is_wrong_with_a_line_stands_at_that_line_and_is_read_with_it(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, "Tu as  des droits.", "Appelle le 112.", "Demande de l'aide.")
    assert len(lines) == 3
    assert any("space" in text for _, text in found(lines[0])), found(lines[0])
    assert not any("space" in text for line in lines[1:] for _, text in found(line))
    assert 'id="found-1"' in lines[0]
    assert "count-1 found-1 state-1" in lines[0], "a screen reader says it with the field"


def test_the_gravest_comes_first(tmp_path: Path) -> None:
    much = "Tu as  le droit de demander de l'aide à tout moment, et personne ne peut te le refuser, jamais, nulle part."
    (line, *_) = lines_of(tmp_path, much, "Appelle le 112.", "Demande.")
    order = [("error", "warning", "info").index(severity) for severity, _ in found(line)]
    assert len(order) > 1
    assert order == sorted(order)


@pytest.mark.parametrize("text", ["<b>Tu  as</b>", "Tu  as & moi"])
def test_a_finding_stays_text(tmp_path: Path, text: str) -> None:
    lines = lines_of(tmp_path, text, "Appelle le 112.", "Demande.")
    assert not re.search(r'class="found".*<b>Tu', lines[0])

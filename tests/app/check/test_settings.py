"""What `check` says of settings that are legal by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.check.check_project import check_project
from babelreel.app.project.described_film import film_length_ms
from babelreel.config.read import read_project
from babelreel.model.finding import Severity
from support.projects import make_project


def told(root: Path, toml: str) -> list[str]:
    (root / "babelreel.toml").write_text(toml, encoding="utf-8")
    found = check_project(read_project(root), select=("SET",)).findings
    assert all(each.location.path == "babelreel.toml" for each in found)
    return [f"{each.code} {each.message}" for each in found]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path / "film")


def test_settings_that_fit_are_not_spoken_of(root: Path) -> None:
    toml = """
[paths]
film = "video/master.mp4"
[renditions.web-480p]
long_px = 854
short_px = 480
[[check.allow]]
rules = ["RDG"]
file = "fr.*"
reason = "spoken as fast"
"""
    assert told(root, toml) == []


def test_a_rendition_called_nearly_as_a_known_one_is_questioned(root: Path) -> None:
    assert told(root, "[renditions.storry]\nlong_px = 480\nshort_px = 270\n") == [
        "SET001 renditions.storry is a rendition of its own: did you mean “story”?"
    ]


def test_a_film_that_is_not_there_is_told_with_those_that_are(root: Path) -> None:
    assert told(root, '[paths]\nfilm = "video/mater.mp4"\n') == [
        "SET002 paths.film: there is no “video/mater.mp4”; in its folder: master.mp4"
    ]


def test_a_film_that_is_described_need_not_be_at_hand(root: Path) -> None:
    (root / "video/mater.probe.json").write_text("{}", encoding="utf-8")
    assert told(root, '[paths]\nfilm = "video/mater.mp4"\n') == []


@pytest.mark.parametrize("table", ["[cards]\nend = 2\n", "[brand]\n"])
def test_a_logo_with_which_no_build_begins_is_told(root: Path, table: str) -> None:
    named = table.partition("\n")[0]
    (found,) = told(root, f'{table}logo = "brand/none.png"\n')
    assert found.startswith(f"SET009 brand/none.png, named by {named} logo in babelreel.toml: it cannot be ")
    (root / "brand").mkdir()
    (root / "brand/none.png").write_bytes(b"no picture")
    (found,) = told(root, f'{table}logo = "brand/none.png"\n')
    assert "it is no PNG picture" in found


def test_a_folder_that_holds_something_else_is_no_output(root: Path) -> None:
    assert told(root, '[paths]\noutput = "subtitles"\n') == [
        "SET003 paths.output: nothing is published there, it is your folder of subtitles"
    ]
    (finding,) = check_project(read_project(root), select=("SET",)).findings
    assert finding.severity is Severity.ERROR


def test_a_chapter_after_the_end_of_the_film_is_told(root: Path) -> None:
    toml = '[[chapter]]\nstart = "0:01"\ntitle = { fr = "A" }\n[[chapter]]\nstart = "4:20"\ntitle = { fr = "B" }\n'
    (root / "babelreel.toml").write_text(toml, encoding="utf-8")
    assert film_length_ms(read_project(root)), "nobody knows the film before it was looked at"
    (message,) = told(root, toml)
    assert message.startswith("SET004 a chapter begins at 4:20, and the film ends at 0:02")


def test_cards_that_leave_nothing_of_a_short_film_are_told(root: Path) -> None:
    assert film_length_ms(read_project(root)), "nobody knows the film before it was looked at"
    assert told(root, "[cards]\ntitle = 2\n") == told(root, "[cards]\nend = 8\n") == []  # the film has two seconds
    assert told(root, "[cards]\ntitle = 4\nend = 8\n") == [
        "SET007 cards: together, the title card and the end card take 0:12, but the film ends at 0:02"
    ]


def test_an_exception_for_no_file_is_told_with_the_one_that_was_meant(root: Path) -> None:
    toml = '[[check.allow]]\nrules = ["RDG"]\nfile = "fr.vtt"\nreason = "fast"\n'
    assert told(root, toml) == ["SET005 check.allow: no file is called “fr.vtt”: did you mean “fr.srt”?"]


def test_text_that_nobody_hears_stays_and_that_is_told(root: Path) -> None:
    toml = "[language.fr]\ntext = false\n[language.en]\ntext = false\n"  # the film speaks English
    assert told(root, toml) == ["SET006 language.fr: text = false does nothing while no voice is recorded"]
    (root / "video/stems").mkdir()
    (root / "video/stems/fr.flac").touch()
    assert told(root, toml) == []


def test_a_check_of_one_file_says_nothing_of_settings(root: Path) -> None:
    (root / "babelreel.toml").write_text('[paths]\noutput = "subtitles"\n', encoding="utf-8")
    assert check_project(read_project(root), ["fr"], select=("SET",)).findings == ()


def test_the_film_of_an_interpreter_who_has_not_agreed_is_told(root: Path) -> None:
    (root / "video" / "signed").mkdir()
    (root / "video/signed/fr.mp4").write_bytes(b"a film")
    assert told(root, "") == []
    assert told(root, "[consent.fr]\nsigner = true\n") == []
    assert told(root, "[consent.ar]\nsigner = false\n") == []
    assert told(root, "[consent.fr]\nsigner = false\n") == [
        "SET010 video/signed/fr.mp4 is not published: its interpreter has not agreed ([consent.fr] signer = false)"
    ]


def test_a_logo_that_cards_cannot_draw_is_told(root: Path) -> None:
    (root / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>')
    (found,) = told(root, '[brand]\nlogo = "logo.svg"\n[cards]\nend = 1\n')
    assert found.startswith("SET008 cards: logo.svg is not drawn on them, since only PNG pictures can be")


BARE = "".join(f'[renditions.{name}]\ntext = "mux"\n' for name in ("phone-480p", "phone-360p"))
NO_BOX = "opacity does nothing without a background, the colour of a box behind the text"


@pytest.mark.parametrize(
    ("toml", "finding"),
    [
        ("[style]\nopacity = 0.5\n", f"style: {NO_BOX}"),
        ("[language.fr.style]\nopacity = 0.5\n", f"language.fr.style: {NO_BOX}"),
        ("[renditions.phone-360p.style]\nopacity = 0.5\n", f"renditions.phone-360p.style: {NO_BOX}"),
        (
            "[renditions.web-720p.style]\nbold = true\n",
            "renditions.web-720p.style: web-720p has no text drawn into its picture, so no text looks like this",
        ),
        (f"[style]\nbold = true\n{BARE}", "style: no size has text drawn into its picture, so no text looks like this"),
        (
            f'[delivery]\npairs = ["fr+nl"]\n{BARE}',
            "delivery.pairs: no size has its text in the picture, so no film is made of 1 pair",
        ),
        (
            'languages = ["fr"]\n[language.nl]\ncpl = 40\n[language.ar]\ncpl = 40\n',
            "language.nl: “languages” does not list nl, ar, so what is set there is not used",
        ),
    ],
)
def test_a_setting_that_does_nothing_is_told(root: Path, toml: str, finding: str) -> None:
    assert told(root, toml) == [f"SET008 {finding}"]


def test_settings_that_do_something_somewhere_are_not_spoken_of(root: Path) -> None:
    box = '[language.fr.style]\nbackground = "#000000"\n'
    assert told(root, f"[style]\nopacity = 0.5\n{box}") == []
    assert told(root, f"[renditions.phone-360p.style]\nopacity = 0.5\n{box}") == []

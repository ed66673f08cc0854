"""Does the program speak its reader's language, and English to programs?"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from babelreel.cli import main
from support.projects import Result, babelreel, make_project

#: It stays for half a second, and the second line begins before it ends.
HASTY = """\
1
00:00:00,200 --> 00:00:00,700
Tu as des droits, et tu peux appeler.

2
00:00:00,600 --> 00:00:02,000
Appelle 112
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("films") / "film", {"fr.srt": HASTY})


class Speaker:
    """Calls the program in this process, which is ten times as fast as one of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capfd = capfd

    def __call__(self, root: Path, language: str, *call: str) -> Result:
        self._monkeypatch.chdir(root)
        self._monkeypatch.setenv("BABELREEL_LANG", language)
        self._monkeypatch.setattr(sys, "argv", ["babelreel", *call])
        self._monkeypatch.setattr("babelreel.cli._refuse_interrupts", lambda: None)
        self._capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        told = self._capfd.readouterr()
        return Result(code=int(end.value.code or 0), out=told.out, err=told.err.replace("\u00a0", " "))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Speaker:
    return Speaker(monkeypatch, capfd)


@pytest.mark.parametrize(
    "call",
    [
        ("check", "--format", "json"),
        ("check", "--format", "sarif"),
        ("check", "--format", "github"),
        ("status", "--json"),
        ("verify", "--json"),
        ("plan", "--json"),
        ("explain", "TIM003"),
    ],
    ids="-".join,
)
def test_programs_read_the_same_in_every_language(root: Path, said: Speaker, call: tuple[str, ...]) -> None:
    english, french = (said(root, language, *call) for language in ("en", "fr"))
    assert (french.code, french.out) == (english.code, english.out)


def test_a_second_check_speaks_french_as_the_first_did(tmp_path: Path, said: Speaker) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": HASTY})
    first, second, english = (said(root, language, "check") for language in ("fr", "fr", "en"))
    assert first == second
    assert first.code == english.code == 1
    places = [[line.split(": ")[:2] for line in each.out.splitlines()[:3]] for each in (first, english)]
    assert places[0] == places[1], "places, severities, codes and names stay"
    assert first.out.splitlines()[2].endswith("la réplique commence 0,1 s avant que réplique 1 (à 0:00) soit finie")


def test_the_language_of_the_system_is_spoken(tmp_path: Path) -> None:
    # letters are those of LANG: the machine may not have Dutch, and Python would then know ASCII alone
    system = {"BABELREEL_LANG": "", "LC_ALL": "", "LC_MESSAGES": "nl_BE.UTF-8", "LANG": "C.UTF-8"}
    told = babelreel(tmp_path, "check", "--help", env=system)
    assert (told.code, "Gebruik: " in told.out, "Toon deze hulp en stop." in told.out) == (0, True, True)
    assert "Zoek fouten in de ondertitels en opnamen" in told.out
    assert "[standaard: auto]" in told.out


@pytest.mark.parametrize(
    ("call", "what", "hint"),
    [
        (("chek",), "There is no command “chek”.", "Did you mean “babelreel check”?"),
        (("dub", "scrpt"), "There is no command “scrpt”.", "Did you mean “babelreel dub script”?"),
        (("pack", "watsapp"), "“watsapp” is not possible here.", "Did you mean “whatsapp”?"),
        (("check", "--fixx"), "There is no option “--fixx”.", "Did you mean “--fix”?"),
        (
            ("approve", "ar", "--line", "9"),
            "There is no option “--line”.",
            "Write it without “--line”: “babelreel approve LANG LINE --by NAME”.",
        ),
        (("shift", "ar"), "“--by” is missing.", "Write it like this: “babelreel shift --by TIME”."),
        (("explain",), "“CODE” is missing.", "Write it like this: “babelreel explain CODE”."),
        (("build", "-j", "0"), "“0” is out of range.", "Write 1 or more."),
        (("build", "-j", "x"), "“x” is not a whole number.", "“babelreel build --help” shows how it is called."),
        (
            ("-C", "no such", "check"),
            "There is no folder “no such”.",
            "Write the folder of your project after -C: the one with video/ and subtitles/ in it.",
        ),
        (
            ("build", "--only"),
            "“--only” needs a value.",
            "Write one of these after it: web-1080p, web-720p, phone-480p, phone-360p.",
        ),
        (("shift", "--by"), "“--by” needs a value.", "Write it like this: “--by TIME”."),
        (("build", "--quiet=x"), "“--quiet” takes no value.", "“babelreel build --help” shows how it is called."),
        (
            ("probe", "fr"),
            "This command takes no “fr”.",
            "“babelreel probe --help” shows how it is called.",
        ),
        (("conform", "fr"), "“fr” is no film.", "“babelreel conform --lang fr” moves this language alone."),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_call_is_told_as_other_errors_are(
    tmp_path: Path, said: Speaker, call: tuple[str, ...], what: str, hint: str
) -> None:
    told = said(tmp_path, "en", *call)
    lines = told.err.splitlines()
    assert (told.code, told.out) == (2, "")
    assert (lines[0], lines[-1]) == (f"babelreel: {what}", f"  hint: {hint}")


def test_a_file_that_is_named_where_a_folder_is_meant_is_told(tmp_path: Path, said: Speaker) -> None:
    (tmp_path / "film.mp4").touch()
    told = said(tmp_path, "en", "init", "film.mp4")
    assert (told.code, told.err.splitlines()[0]) == (2, "babelreel: “film.mp4” is a file.")
    assert "Name a folder here." in told.err


def test_a_folder_that_is_nearly_called_so_is_named(tmp_path: Path, said: Speaker) -> None:
    (tmp_path / "Été à Gand").mkdir()
    told = said(tmp_path, "en", "-C", "Eté a Gand", "check")
    assert told.err.splitlines()[-1] == "  hint: Did you mean “Été à Gand”?"


@pytest.mark.parametrize("written", [("fr", "ar"), ("fr,ar",), ("fr, ar",), ("fr,", "ar")])
def test_languages_may_be_written_with_commas(tmp_path: Path, said: Speaker, written: tuple[str, ...]) -> None:
    (tmp_path / "subtitles").mkdir()
    for tag in ("ar", "fr", "nl"):
        (tmp_path / "subtitles" / f"{tag}.srt").write_text("1\n00:00:00,000 --> 00:00:02,000\n112\n", "utf-8")
    (film,) = json.loads(said(tmp_path, "en", "status", "--json", *written).out)["films"]
    assert sorted(each["tag"] for each in film["languages"]) == ["ar", "fr"]


def test_a_wrong_call_is_told_in_french(tmp_path: Path, said: Speaker) -> None:
    told = said(tmp_path, "fr", "chek")
    assert told.err.splitlines() == [
        "babelreel: Il n'y a pas de commande « chek ».",
        "  conseil : Vouliez-vous dire « babelreel check » ?",
    ]


def test_a_table_is_in_columns_in_every_language(root: Path, said: Speaker) -> None:
    heads, row = said(root, "nl", "status").out.splitlines()[1:3]
    assert heads.split() == ["taal", "regels", "goedgekeurd", "niet", "nagelezen", "fouten", "stem"]
    assert row.split() == ["fr", "2", "0", "2", "2", "geen"]
    assert heads.index("stem") == row.index("geen")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "les pages de explain sont en anglais\n"),
        ("nl", "de pagina's van explain zijn in het Engels\n"),
        ("en", ""),
    ],
)
def test_explain_says_that_its_pages_are_in_english(root: Path, said: Speaker, language: str, told: str) -> None:
    assert said(root, language, "explain", "TIM003").err == told


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (("explain", "XYZ1"), "babelreel: Il n'y a pas de règle « XYZ1 »."),
        (("send", "xx"), "babelreel: « xx » n'est pas un code de langue."),
    ],
    ids=["rule", "language"],
)
def test_what_languages_and_rules_refuse_is_told_in_french(
    root: Path, said: Speaker, call: tuple[str, ...], what: str
) -> None:
    assert said(root, "fr", *call).err.splitlines()[0] == what

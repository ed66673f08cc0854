"""Does ``babelreel check`` do what its options say, as a person or a CI job calls it?"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from babelreel.cli.subtitles.check import check
from babelreel.config.policy import FAIL_ON
from babelreel.config.schema import CheckTable
from support.places import REPOSITORY
from support.projects import babelreel, snapshot

ROOT = REPOSITORY

#: One error (short-cue) and one warning with a safe fix (two spaces).
FAULTY = """\
1
00:00:01,000 --> 00:00:01,400
A  B

2
00:00:03,000 --> 00:00:05,000
Appelle le 112.
"""
CLEAN = FAULTY.replace("01,400", "02,500").replace("  ", " ")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "mon été (1)"
    (folder / "subtitles").mkdir(parents=True)
    (folder / "subtitles/fr.srt").write_text(FAULTY, "utf-8")
    return folder


def codes(out: str) -> set[str]:
    return set(re.findall(r"\b[A-Z]{3}\d{3}\b", out))


def found(root: Path, *arguments: str) -> set[str]:
    document = babelreel(root, "check", "--format", "json", *arguments).document
    return {each["code"] for each in document["findings"]}


def test_the_severities_that_the_help_names_are_those_of_the_project_file() -> None:
    schema = CheckTable.model_json_schema()["properties"]["fail_on"]["anyOf"][0]["enum"]
    assert list(FAIL_ON) == schema


def test_an_error_fails_and_a_clean_track_does_not(root: Path) -> None:
    assert babelreel(root, "check").code == 1
    (root / "subtitles/fr.srt").write_text(CLEAN, "utf-8")
    result = babelreel(root, "check")
    assert (result.code, codes(result.out) - codes_not_checked(result.out)) == (0, set())


def codes_not_checked(out: str) -> set[str]:
    return codes("\n".join(line for line in out.splitlines() if line.startswith("not checked")))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--select", "SPC"), 0),
        (("--select", "SPC", "--fail-on", "warning"), 1),
        (("--fail-on", "never"), 0),
        (("--exit-zero",), 0),
        (("--ignore", "short-cue"), 0),
        (("--ignore", "short-cue", "--fail-on", "info"), 1),
    ],
)
def test_what_fails_is_chosen(root: Path, arguments: tuple[str, ...], code: int) -> None:
    assert babelreel(root, "check", *arguments).code == code


def test_rules_are_chosen_by_the_call_and_by_the_project(root: Path) -> None:
    (root / "babelreel.toml").write_text('[check]\nselect = ["TIM"]\nfail_on = "never"\n', "utf-8")
    assert found(root) == {"TIM005"}
    assert found(root, "--select", "SPC") == {"SPC001"}
    assert babelreel(root, "check").code == 0
    assert babelreel(root, "check", "--fail-on", "error").code == 1


def test_rules_are_ignored_in_a_file_and_allowed_in_a_cue(root: Path) -> None:
    table = '[check.ignore_in]\n"fr.srt" = ["SPC"]\n[[check.allow]]\nrules = ["short-cue"]\nfile = "fr.srt"\ncue = 1\n'
    (root / "babelreel.toml").write_text(f'{table}reason = "a sign"\n', "utf-8")
    assert found(root) == set()


def test_a_misspelt_rule_of_the_project_is_told_in_four_lines(root: Path) -> None:
    (root / "babelreel.toml").write_text('[check]\nignore = ["shrot-cue"]\n', "utf-8")
    result = babelreel(root, "check")
    assert result.code == 2
    assert len(result.err.splitlines()) <= 4
    assert "babelreel.toml" in result.err
    assert "Did you mean short-cue?" in result.err


def test_several_files_are_written_at_once_each_in_its_format(root: Path) -> None:
    result = babelreel(
        root, "check", "--format", "concise", "--output-file", "sarif=a.json", "--output-file", "b.csv", "--exit-zero"
    )
    assert "TIM005" in result.out
    assert json.loads((root / "a.json").read_text("utf-8"))["version"] == "2.1.0"
    assert "TIM005" in (root / "b.csv").read_text("utf-8-sig")


def test_a_file_whose_format_is_not_clear_is_refused_before_anything_is_checked(root: Path) -> None:
    result = babelreel(root, "check", "--output-file", "findings")
    assert result.code == 2
    assert "Name the format" in result.err
    assert not (root / "findings").exists()


def test_a_baseline_hides_what_is_known_and_is_pruned_of_what_is_repaired(root: Path) -> None:
    assert babelreel(root, "check", "--baseline", "known.json", "--write-baseline").code == 0
    result = babelreel(root, "check", "--baseline", "known.json")
    assert result.code == 0
    assert "of the baseline are not shown" in result.err or "of the baseline is not shown" in result.err
    (root / "subtitles/fr.srt").write_text(CLEAN, "utf-8")
    assert "--prune-baseline" in babelreel(root, "check", "--baseline", "known.json").err
    babelreel(root, "check", "--baseline", "known.json", "--prune-baseline")
    assert json.loads((root / "known.json").read_text("utf-8"))["findings"] == []


def test_writing_a_baseline_without_naming_it_is_a_fault_of_the_call(root: Path) -> None:
    assert babelreel(root, "check", "--write-baseline").code == 2


def test_a_safe_fix_is_made_and_what_a_person_must_decide_is_left(root: Path) -> None:
    result = babelreel(root, "check", "--fix")
    assert (root / "subtitles/fr.srt").read_text("utf-8") == FAULTY.replace("  ", " ")
    assert "repaired" in result.err
    assert result.code == 1
    assert "TIM005" in result.out


MOJIBAKE = """\
1
00:00:01,000 --> 00:00:06,000
LÃ\u00a0, câ€™est gratuit, prÃªt.

2
00:00:05,980 --> 00:00:10,000
Appelle le 112.
"""


def test_a_time_of_a_cue_with_wrong_letters_stays_whatever_rules_are_chosen(root: Path) -> None:
    def is_fixable() -> list[bool]:
        found = babelreel(root, "check", "--select", "TIM", "--format", "json").document["findings"]
        return [each["fixable"] for each in found if each["code"] == "TIM003"]

    track = root / "subtitles/fr.srt"
    track.write_text(MOJIBAKE, "utf-8")
    assert is_fixable() == [False]
    babelreel(root, "check", "--select", "TIM", "--fix", "--unsafe-fixes")
    assert track.read_text("utf-8") == MOJIBAKE
    track.write_text(MOJIBAKE.replace("LÃ\u00a0, câ€™est gratuit, prÃªt.", "Là, c’est gratuit, prêt."), "utf-8")
    assert is_fixable() == [True]


def test_a_diff_shows_what_would_change_and_changes_nothing(root: Path) -> None:
    before = snapshot(root)
    result = babelreel(root, "check", "--diff")
    assert "-A  B\n+A B\n" in result.out
    assert (result.code, snapshot(root)) == (1, before)
    assert result.err == "nothing was written: “babelreel check --fix” repairs 1 finding in 1 file like this\n"
    assert babelreel(root, "check", "--diff", "--quiet").err == ""
    (root / "subtitles/fr.srt").write_text(CLEAN, "utf-8")
    again = babelreel(root, "check", "--diff")
    assert (again.code, again.out, again.err) == (0, "", "there is nothing that --fix can repair\n")


def test_a_link_to_a_track_stays_a_link_when_it_is_repaired(root: Path) -> None:
    kept = root / "kept.srt"
    (root / "subtitles/fr.srt").rename(kept)
    (root / "subtitles/fr.srt").symlink_to(kept)
    babelreel(root, "check", "--fix")
    assert (root / "subtitles/fr.srt").is_symlink()
    assert kept.read_text("utf-8") == FAULTY.replace("  ", " ")


def test_no_fix_is_written_through_a_link_out_of_the_project(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "a stranger's" / "de.srt"
    outside.parent.mkdir()
    outside.write_text(FAULTY, "utf-8")
    (root / "subtitles/de.srt").symlink_to(outside)
    result = babelreel(root, "check", "--fix")
    assert outside.read_text("utf-8") == FAULTY
    assert "nothing is fixed in subtitles/de.srt, a link out of the project" in result.err
    assert "  " not in (root / "subtitles/fr.srt").read_text("utf-8").replace("\n", "")
    # who names the file itself means it
    babelreel(root, "check", "--fix", str(outside))
    assert "A B" in outside.read_text("utf-8")


def test_a_fix_is_written_through_a_link_within_the_project_and_keeps_the_mode(root: Path) -> None:
    (root / "from the translator").mkdir()
    kept = root / "from the translator/fr.srt"
    (root / "subtitles/fr.srt").replace(kept)
    kept.chmod(0o664)
    (root / "subtitles/fr.srt").symlink_to("../from the translator/fr.srt")
    babelreel(root, "check", "--fix")
    assert (root / "subtitles/fr.srt").is_symlink()
    assert "A B" in kept.read_text("utf-8")
    assert kept.stat().st_mode & 0o777 == 0o664


def test_unsafe_fixes_alone_are_a_fault_of_the_call(root: Path) -> None:
    assert babelreel(root, "check", "--unsafe-fixes").code == 2


def test_statistics_count_the_findings_of_each_rule(root: Path) -> None:
    out = babelreel(root, "check", "--statistics").out
    assert re.search(r"^ *1 .*TIM005.*short-cue", out, re.MULTILINE)
    assert "fr.srt:" not in out


def test_quiet_prints_findings_only(root: Path) -> None:
    lines = babelreel(root, "check", "--quiet", "--format", "concise").out.splitlines()
    assert lines
    assert all("subtitles/fr.srt:" in line for line in lines)


def test_every_command_line_in_the_pages_for_ci_uses_options_that_exist() -> None:
    known = {option for parameter in check.params for option in parameter.opts}
    pages = (ROOT / "docs/ci.md", ROOT / "docs/volunteer.md", ROOT / "README.md", ROOT / "action.yml")
    lines = [line for page in pages for line in page.read_text("utf-8").splitlines() if "babelreel check" in line]
    assert lines
    used = {option for line in lines for option in re.findall(r"(?<![\w-])--[a-z-]+", line.split("babelreel check")[1])}
    assert used <= known


def test_the_shipped_subtitles_are_clean() -> None:
    result = babelreel(ROOT, "check", "--format", "json", "--fail-on", "info")
    assert result.document["findings"] == []
    assert result.document["summary"]["not_checked"] == []
    assert result.code == 0


def make_too_large(path: Path) -> None:
    """Make a file of 65 MiB that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)


def test_a_file_that_cannot_be_read_is_told_and_hides_nothing_of_the_others(root: Path) -> None:
    make_too_large(root / "subtitles/ar.srt")
    result = babelreel(root, "check", "--select", "short-cue")
    assert result.code == 1
    assert result.out.splitlines()[:2] == [
        "subtitles/ar.srt: error SYN009 unreadable-file: the file cannot be read: it has 65 MiB, the limit is 64 MiB",
        "subtitles/fr.srt:2:1: error TIM005 short-cue: the line is gone before it can be read (0.4 s, limit 0.8 s)",
    ]


def test_a_file_that_the_system_does_not_give_is_a_fault_of_the_machine_and_hides_nothing(root: Path) -> None:
    (root / "subtitles/ar.srt").symlink_to("ar.srt")  # no system opens a link that leads to itself
    for words in (("check",), ("check", "--fix", "--exit-zero")):
        result = babelreel(root, *words, "--select", "short-cue")
        assert "subtitles/ar.srt: error SYN009 unreadable-file: the file cannot be read: " in result.out
        assert "subtitles/fr.srt:2:1: error TIM005 short-cue" in result.out
        assert (result.code, result.err.splitlines()[0]) == (
            4,
            "babelreel: 1 subtitle file cannot be read: nothing in it was checked.",
        )
        assert "where: subtitles/ar.srt" in result.err


def test_a_reference_that_cannot_be_read_leaves_the_other_tracks_checkable(root: Path) -> None:
    make_too_large(root / "subtitles/en.srt")
    assert found(root) == {"SYN009", "TIM005", "SPC001"}


def test_a_file_that_cannot_be_read_is_not_repaired_and_the_others_are(root: Path) -> None:
    make_too_large(root / "subtitles/ar.srt")
    result = babelreel(root, "check", "--fix")
    assert "repaired 1 finding in 1 file" in result.err
    assert (root / "subtitles/ar.srt").stat().st_size == 65 * 1024 * 1024


def test_what_the_baseline_knows_of_a_file_that_cannot_be_read_now_is_kept(root: Path) -> None:
    baseline = root / "known.json"
    babelreel(root, "check", "--baseline", str(baseline), "--write-baseline")
    before = baseline.read_bytes()
    (root / "subtitles/fr.srt").unlink()
    make_too_large(root / "subtitles/fr.srt")
    babelreel(root, "check", "--baseline", str(baseline), "--prune-baseline")
    assert baseline.read_bytes() == before


def test_writing_the_baseline_for_one_language_keeps_what_it_knows_of_the_others(root: Path) -> None:
    (root / "subtitles/nl.srt").write_text(FAULTY.replace("Appelle le", "Bel"), "utf-8")
    babelreel(root, "check", "--baseline", "known.json", "--write-baseline")
    before = (root / "known.json").read_bytes()
    babelreel(root, "check", "fr", "--baseline", "known.json", "--write-baseline")
    assert (root / "known.json").read_bytes() == before


def test_a_baseline_never_hides_that_a_file_cannot_be_read(root: Path) -> None:
    make_too_large(root / "subtitles/ar.srt")
    babelreel(root, "check", "--baseline", "known.json", "--write-baseline")
    assert found(root, "--baseline", "known.json") == {"SYN009"}


def test_several_rules_can_be_named_in_one_option(root: Path) -> None:
    assert found(root, "--select", "TIM005,SPC") == {"TIM005", "SPC001"}
    assert found(root, "--ignore", "TIM,double-space") == set()


def test_a_folder_without_subtitles_is_not_found_to_be_right(root: Path) -> None:
    done = babelreel(root, "check", ".")  # there is babelreel.toml, and subtitles/ is a folder further down
    assert (done.code, done.out) == (2, "")
    assert "There are no subtitle files in this folder" in done.err


def test_a_folder_stands_for_the_subtitles_in_it(root: Path) -> None:
    assert found(root, "subtitles/") == found(root, "subtitles") == {"TIM005", "SPC001"}
    (root / "empty").mkdir()
    result = babelreel(root, "check", "empty")
    assert result.code == 2
    assert "no subtitle files in this folder" in result.err


def test_what_is_no_language_is_told_as_such(root: Path) -> None:
    result = babelreel(root, "check", "klingonish")
    assert result.code == 2
    assert "hint: Name a language by its tag" in result.err


@pytest.mark.parametrize("value", ["json=", "json=.", "csv=/"])
def test_an_output_file_without_a_name_is_a_fault_of_the_call(root: Path, value: str) -> None:
    result = babelreel(root, "check", "--output-file", value)
    assert result.code == 2
    assert "does not name a file" in result.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_output_that_finds_no_room_is_a_full_disk_and_no_bug(root: Path) -> None:
    command = [sys.executable, "-m", "babelreel", "check"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=root, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 6
    assert done.stderr.decode().startswith("babelreel: The disk is full.\n  where: the output")


def test_an_output_file_gets_the_format_that_its_name_says(root: Path) -> None:
    asked = ("--output-file", "findings.json", "--output-file", "csv=table.txt")
    result = babelreel(root, "check", "--format", "concise", *asked)
    assert "TIM005" in result.out
    assert {"TIM005"} <= {each["code"] for each in json.loads((root / "findings.json").read_text("utf-8"))["findings"]}
    assert "TIM005" in (root / "table.txt").read_text("utf-8")
    unknown = babelreel(root, "check", "--output-file", "findings")
    assert (unknown.code, "--output-file json=findings" in unknown.err) == (2, True)


def test_where_nothing_can_be_repaired_that_is_told(root: Path) -> None:
    assert "repaired 1 finding in 1 file" in babelreel(root, "check", "--fix").err
    assert "nothing was repaired" in babelreel(root, "check", "--fix").err
    assert "repaired" not in babelreel(root, "check").err


def test_a_file_that_is_not_there_is_not_taken_for_a_language(root: Path) -> None:
    for verb in ("check", "convert"):
        missing = babelreel(root, verb, "film.txt")
        assert (missing.code, missing.err.splitlines()[0]) == (2, "babelreel: There is no such subtitle file.")
    near = babelreel(root, "check", "fr.srt").err.splitlines()[-1]
    assert near == f"  hint: Did you mean “{Path('subtitles') / 'fr.srt'}”?"


def test_an_empty_subtitle_file_is_one_finding_that_names_it(root: Path) -> None:
    (root / "subtitles/nl.srt").write_bytes(b"")
    document = babelreel(root, "check", "nl", "--format", "json").document
    (finding,) = [each for each in document["findings"] if each["severity"] == "error"]
    assert finding["path"] == "subtitles/nl.srt"
    assert finding["message"]

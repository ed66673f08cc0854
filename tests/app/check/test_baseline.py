from __future__ import annotations

import json
from pathlib import Path

import pytest

from babelreel.app.check.baseline import compare, prune_baseline, read_baseline, write_baseline
from babelreel.errors import UsageError
from babelreel.rules.check import CheckResult, check_track
from support.checking import check_sounds
from support.subjects import make_dub, make_sound, make_subject

OLD = """\
1
00:00:01,000 --> 00:00:01,500
Exit

2
00:00:03,000 --> 00:00:03,500
Free
"""
#: The same faults further down, behind a cue that was put in, and a new one.
NEW = """\
1
00:00:00,000 --> 00:00:00,900
Hello

2
00:00:01,000 --> 00:00:01,500
Exit

3
00:00:03,000 --> 00:00:03,500
Free

4
00:00:05,000 --> 00:00:05,500
Free
"""


def result(text: str) -> CheckResult:
    return check_track(make_subject(text), select=["short-cue"])


def test_known_findings_are_not_shown_again_when_cues_were_added_before_them(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, result(OLD).findings)
    compared = compare(result(NEW), read_baseline(path))
    assert [each.location.line for each in compared.result.findings] == [14]  # the second "Free"
    assert (compared.known, compared.stale) == (2, ())


def test_what_was_repaired_makes_the_baseline_stale_and_pruning_takes_only_that_out(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, result(OLD).findings)
    repaired = OLD.replace("00:00:01,500", "00:00:02,500")
    compared = compare(result(repaired), read_baseline(path))
    assert [(each.code, each.cue) for each in compared.stale] == [("TIM005", 1)]
    prune_baseline(path, compared)
    assert [each["cue"] for each in json.loads(path.read_text("utf-8"))["findings"]] == [2]


def test_an_entry_of_a_file_that_was_not_checked_is_not_stale(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, result(OLD).findings)
    other = check_track(make_subject("1\n00:00:01,000 --> 00:00:03,000\nLibre\n", path="subtitles/fr.srt"))
    assert compare(other, read_baseline(path)).stale == ()


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}']
)
def test_a_file_that_is_no_baseline_is_refused_in_four_lines(tmp_path: Path, content: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError) as caught:
        read_baseline(path)
    assert len(caught.value.lines()) <= 4
    assert "--write-baseline" in caught.value.hint


def test_a_baseline_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_baseline(tmp_path / "none.json")


def dubbed(*names: str, text: str = OLD) -> CheckResult:
    low = make_sound("", sample_rate_hz=8000)
    return check_sounds(make_subject(text), dub=make_dub(dict.fromkeys(names, low)), select=["DUB010"])


def test_findings_in_sounds_are_known_and_go_stale_like_others(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, dubbed("01.wav", "02.wav").findings)
    compared = compare(dubbed("01.wav", "02.wav"), read_baseline(path))
    assert (compared.result.findings, compared.known, compared.stale) == ((), 2, ())
    # the second take was recorded anew, under another name
    compared = compare(dubbed("01.wav"), read_baseline(path))
    assert [each.path for each in compared.stale] == ["video/stems/en/02.wav"]


def test_sounds_of_a_language_that_was_not_checked_do_not_go_stale(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, dubbed("01.wav").findings)
    other = check_sounds(make_subject(OLD, path="subtitles/fr.srt"), dub=make_dub({"01.wav": 2000}, language="fr"))
    assert compare(other, read_baseline(path)).stale == ()

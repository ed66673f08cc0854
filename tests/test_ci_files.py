"""Are the files that a CI service reads of a form that it can read, and do they hand on what they get?"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from babelreel.timedtext.read import TRACK_ENDINGS
from support.places import REPOSITORY

ROOT = REPOSITORY


def read(name: str) -> Any:  # noqa: ANN401 - any YAML
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def test_the_hook_is_run_for_every_kind_of_subtitle_file_and_no_other() -> None:
    (hook,) = read(".pre-commit-hooks.yaml")
    assert set(hook) == {"id", "name", "description", "entry", "language", "files", "require_serial"}
    assert (hook["id"], hook["entry"], hook["language"]) == ("babelreel-check", "babelreel check --", "python")
    for ending in (each.removeprefix(".") for each in TRACK_ENDINGS - {".xml", ".json"}):  # which are seldom subtitles
        assert re.search(hook["files"], f"subtitles/fr.{ending}")
    assert re.search(hook["files"], "subtitles/FR.SRT")
    assert not re.search(hook["files"], "subtitles/README.md")
    assert not re.search(hook["files"], "srt.py")


def test_the_action_hands_its_inputs_to_its_scripts_as_variables_only() -> None:
    action = read("action.yml")
    assert set(action["inputs"]) == {"path", "args", "python"}
    assert action["runs"]["using"] == "composite"
    for step in action["runs"]["steps"]:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
    written = str(action["runs"]["steps"])
    assert all(f"inputs.{name}" in written for name in action["inputs"])


def run_step(tmp_path: Path, **inputs: str) -> list[str]:
    """Run the action's last step as a runner would, and give the arguments that the program got."""
    step = read("action.yml")["runs"]["steps"][-1]
    program = tmp_path / "babelreel" / "bin" / "python"  # and "babelreel" beside it, which is an argument here
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nprintf "%s\\0" "$@" > "$RUNNER_TEMP/arguments"\nexit 1\n')
    program.chmod(0o755)
    runner = {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "out"), "GITHUB_STEP_SUMMARY": "/s.md"}
    environment = {"PATH": os.environ["PATH"], **runner, **inputs}
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
    assert subprocess.run(command, env=environment, cwd=tmp_path, check=False).returncode == 1
    assert (tmp_path / "out").read_text() == f"sarif={tmp_path}/babelreel.sarif\n"
    return (tmp_path / "arguments").read_text().split("\0")[:-1]


def expected(tmp_path: Path, project: str, *more: str) -> list[str]:
    outputs = ["--output-file", f"sarif={tmp_path}/babelreel.sarif", "--output-file", "markdown=/s.md"]
    return ["-I", f"{tmp_path}/babelreel/bin/babelreel", "-C", project, "check", "--format", "github", *outputs, *more]


def test_the_action_runs_the_check_without_more_arguments(tmp_path: Path) -> None:
    assert run_step(tmp_path, PROJECT=".", ARGUMENTS="") == expected(tmp_path, ".")


@pytest.mark.parametrize("arguments", ["--fail-on warning fr", "--fail-on\nwarning\n\n  fr\n"])
def test_the_action_parts_arguments_at_spaces_and_line_ends(tmp_path: Path, arguments: str) -> None:
    more = ("--fail-on", "warning", "fr")
    assert run_step(tmp_path, PROJECT="mon été", ARGUMENTS=arguments) == expected(tmp_path, "mon été", *more)


def test_the_action_runs_nothing_that_an_input_holds(tmp_path: Path) -> None:
    evil = '$(touch owned) ; touch owned ` touch owned ` * "'
    project = '"; touch owned; $(touch owned)'
    assert run_step(tmp_path, PROJECT=project, ARGUMENTS=evil) == expected(tmp_path, project, *evil.split())
    assert not (tmp_path / "owned").exists()


def test_the_action_runs_no_module_of_the_checkout(tmp_path: Path) -> None:
    """A pull request may hold a ``pip.py``. Without an index the step ends once pip has begun."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    for module in ("venv", "ensurepip", "pip", "babelreel", "json", "subprocess"):
        (checkout / f"{module}.py").write_text("open('owned', 'w')\n")
    (step, _) = read("action.yml")["runs"]["steps"]
    environment = {"PATH": "/usr/bin:/bin", "PYTHON": sys.executable, "ACTION": str(ROOT), "RUNNER_TEMP": str(tmp_path)}
    script = step["run"].replace("--quiet", "--no-index --no-build-isolation")
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(command, env=environment, cwd=checkout, check=False, capture_output=True, encoding="utf-8")
    assert "No matching distribution found for setuptools" in done.stderr
    assert not (checkout / "owned").exists()


def requirements(name: str) -> dict[str, str]:
    """Package and version of each line of a file for pip."""
    lines = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\n]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[._-]+", "-", package).lower(): version for package, version in lines}


def test_the_action_installs_the_versions_that_the_checks_passed_with_by_their_hashes() -> None:
    pinned, hashed = requirements("constraints.txt"), requirements(".ci/hashes.txt")
    assert hashed == {package: pinned[package] for package in hashed}
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {re.split(r"[\[>;]", each)[0] for each in wanted} <= set(hashed)
    assert set(requirements(".ci/hashes-build.txt")) == {"setuptools"}
    for name in (".ci/hashes.txt", ".ci/hashes-build.txt"):
        blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8"))[1:]
        assert all("--hash=sha256:" in block for block in blocks)


def recipes() -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_an_auditor_of_workflows_finds_nothing_in_the_action_and_the_recipe(tmp_path: Path) -> None:
    workflow = tmp_path / ".github" / "workflows" / "subtitles.yml"
    workflow.parent.mkdir(parents=True)
    commit = "0123456789012345678901234567890123456789"  # the recipe says to name one
    workflow.write_text(recipes()[0].replace("babelreel@main", f"babelreel@{commit}"), "utf-8")
    zizmor = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--no-progress", "--format=plain"]
    zizmor.append("--color=never")  # a terminal or FORCE_COLOR would have it paint its words
    done = subprocess.run(
        [*zizmor, str(ROOT / "action.yml"), str(workflow)], check=False, capture_output=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout.splitlines()[0][:23]) == (0, "No findings to report. ")


def test_the_recipes_are_yaml() -> None:
    github, gitlab, hooks = (yaml.safe_load(recipe) for recipe in recipes())
    used = [step.get("with", {}) for step in github["jobs"]["check"]["steps"] if "babelreel@" in step["uses"]]
    assert used
    assert set(used[0]) <= set(read("action.yml")["inputs"])
    assert set(gitlab["subtitles"]["artifacts"]["reports"]) == {"codequality", "junit"}
    assert hooks["repos"][0]["hooks"][0]["entry"].endswith(" --")
    assert hooks["repos"][0]["hooks"][0]["id"] == read(".pre-commit-hooks.yaml")[0]["id"]


def commands_that_make_an_environment(page: str) -> list[str]:
    return re.findall(r"^ +(python3 -m venv .*)$", (ROOT / page).read_text("utf-8"), re.MULTILINE)


def test_the_readme_s_two_commands_are_those_that_the_other_pages_tell() -> None:
    build, tests = commands_that_make_an_environment("README.md")
    assert build.endswith(" && babelreel build")
    assert tests.endswith(" && python3 -m pytest")
    assert commands_that_make_an_environment("CONTRIBUTING.md") == [build, tests]
    assert commands_that_make_an_environment("docs/install.md") == [build.removesuffix(" && babelreel build")]


def test_the_check_script_finds_the_readme_s_two_commands() -> None:
    (search,) = re.findall(r"^mapfile -t commands < <\((.*?)\)  #", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE)
    found = subprocess.run(["bash", "-c", search], cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout
    assert found.splitlines() == commands_that_make_an_environment("README.md")


def test_every_file_of_the_package_is_installed_with_it() -> None:
    package = ROOT / "pipeline" / "babelreel"
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"][
        "babelreel"
    ]
    installed = {path for pattern in patterns for path in package.glob(pattern)} | {*package.rglob("*.py")}
    assert [
        each for each in package.rglob("*") if each.is_file() and each.suffix != ".pyc" and each not in installed
    ] == []


def test_contributing_names_the_packages_that_the_check_script_installs() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    (listed,) = re.findall(r"^packages=\((.*?)^\)", script, re.MULTILINE | re.DOTALL)
    bare = re.sub(r"#.*", "", listed)
    installed = subprocess.run(
        ["bash", "-c", f"printf '%s\\n' {' '.join(bare.split())}"], capture_output=True, text=True, check=True
    )
    (told,) = re.findall(r"sudo apt install (.*)", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert set(told.split()) == set(installed.stdout.split())

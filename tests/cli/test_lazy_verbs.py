"""Is every verb in the help, and is nothing loaded that a call does not need?"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import babelreel
from babelreel.cli import verbs
from babelreel.cli.calling.lazy_group import LazyGroup
from babelreel.cli.dub import dub

PACKAGE = Path(babelreel.__file__).parent
#: Each has its reason beside it; a reader should find what a module needs at its top.
MOST_IMPORTS_INSIDE = 71
HEAVY = ("numpy", "av", "pydantic", "rich", "jinja2", "asyncio")


def loaded_by(*arguments: str) -> frozenset[str]:
    """Give the modules that a call of the command line loads."""
    program = (
        f"import sys\nfrom babelreel.cli import main\nsys.argv[1:] = {arguments!r}\n"
        "try: main()\nexcept SystemExit: print(*sys.modules, file=sys.stderr)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return frozenset(result.stderr.split())


def test_the_help_loads_no_verb_and_nothing_heavy() -> None:
    loaded = loaded_by("--help")
    assert "babelreel.cli.verbs" in loaded
    assert not loaded & {*HEAVY, "babelreel.cli.build.build", "babelreel.app"}


def test_the_help_of_one_verb_loads_no_other() -> None:
    loaded = loaded_by("dub", "script", "--help")
    assert "babelreel.cli.dub.script" in loaded
    assert not {name for name in loaded if name.startswith("babelreel.cli.")} & {
        "babelreel.cli.build.build",
        "babelreel.cli.subtitles.check",
        "babelreel.cli.dub.report",
    }


def test_the_rules_are_read_without_anything_that_only_films_and_pages_need() -> None:
    loaded = loaded_by("explain", "TIM004")
    assert "babelreel.rules.registry" in loaded
    assert not loaded & {"numpy", "av", "ffmpeg", "rich", "jinja2", "fontTools", "starlette", "babelreel.stages"}


def test_a_check_without_recordings_loads_nothing_that_looks_into_films_draws_or_repairs(tmp_path: Path) -> None:
    (tmp_path / "subtitles").mkdir()
    (tmp_path / "subtitles" / "fr.srt").write_text("1\n00:00:01,000 --> 00:00:03,000\nBonjour.\n", "utf-8")
    loaded = loaded_by("-C", str(tmp_path), "check")
    assert "babelreel.rules.registry" in loaded
    assert not loaded & {"numpy", "av", "ffmpeg", "jinja2", "asyncio", "pysubs2", "fontTools", "langcodes", "ssl"}
    assert not loaded & {
        "babelreel.media.programs.run",
        "babelreel.media.probe.film",
        "babelreel.media.picture.shots",
        "babelreel.engines.engine",
        "babelreel.stages",
        "babelreel.timedtext.burnin.drawing",
        "babelreel.app.check.fixed_tracks",
    }


def test_planning_loads_nothing_that_reckons_with_samples_or_opens_addresses() -> None:
    program = "import sys, babelreel.app.build.planning\nprint(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(result.stdout.split())
    assert "babelreel.stages" in loaded
    assert not loaded & {"numpy", "av", "ffmpeg", "segno", "ssl", "email", "urllib.request"}


def test_python_looks_for_garbage_once_a_verb_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "subtitles").mkdir()
    program = (
        f"import gc, sys\nfrom babelreel.cli import main\nsys.argv[1:] = ['-C', {str(tmp_path)!r}, 'check']\n"
        "try: main()\nexcept SystemExit: print(gc.isenabled(), gc.get_freeze_count() > 10_000)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "True True"


@pytest.mark.parametrize("group", [verbs.babelreel, dub.dub])
def test_every_verb_of_the_help_is_there_under_its_name(group: LazyGroup) -> None:
    context = group.make_context("babelreel", [], resilient_parsing=True)
    listed = group.get_help(context)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        assert (command.name, command.callback and command.callback.__name__) == (name, name)
        assert f"  {name}" in listed


def test_every_module_with_a_verb_is_in_the_help() -> None:
    folders = {**verbs.FOLDERS, "dub": {**verbs.FOLDERS["dub"], **dub.VERBS}}
    named = {f"{folder}/{verb}" for folder, listed in folders.items() for verb in listed}
    modules = [
        path
        for path in (PACKAGE / "cli").rglob("*.py")
        if re.search(r"@click\.(command|group)\(", path.read_text("utf-8"))
    ]
    assert {f"{path.parent.name}/{path.stem}" for path in modules} == named | {"cli/verbs"}


def test_a_verb_that_there_is_not_is_a_mistake_of_the_call() -> None:
    result = subprocess.run([sys.executable, "-m", "babelreel", "fly"], capture_output=True, text=True, check=False)
    assert (result.returncode, "There is no command “fly”." in result.stderr) == (2, True)


def test_few_imports_stand_inside_of_functions_each_with_its_reason() -> None:
    found = [each for path in sorted(PACKAGE.rglob("*.py")) for each in imports_inside(path)]
    assert len(found) <= MOST_IMPORTS_INSIDE, "\n".join(found)
    assert [each for each in found if "PLC0415 -" not in each] == []


def imports_inside(path: Path) -> Iterator[str]:
    """Give the lines of the imports that stand inside of functions."""
    text = path.read_text("utf-8")
    lines = text.splitlines()
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    inside = {
        node.lineno for each in functions for node in ast.walk(each) if isinstance(node, ast.Import | ast.ImportFrom)
    }
    yield from (f"{path.name}:{number}: {lines[number - 1].strip()}" for number in sorted(inside))

"""What errors say is written in one way: docs/style.md.

Every text that reaches an error as ``what`` or ``hint`` is held, whichever way it takes: by name, by place, through a
variable, a constant, a function that returns it or one that hands it on.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

PACKAGE = Path(__file__).parent.parent / "pipeline" / "babelreel"
#: Names that begin with a small letter wherever they stand.
NAMES = ("babelreel", "ffmpeg", "eSpeak", "tcp://")
SAID = frozenset({"what", "hint"})
_VALUE = "\0"
#: A text is handed on no more often than this.
_DEPTH = 6

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class Text(NamedTuple):
    """A text of an error: what is filled in is one sign."""

    place: str
    kind: str
    text: str


class Scope(NamedTuple):
    """A module, and the function in it that an expression stands in."""

    path: Path
    tree: ast.Module
    function: Function | None = None


class Package:
    """Every module of the package, with its functions and all calls of them by their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.functions: dict[str, list[tuple[Scope, Function]]] = defaultdict(list)
        self.calls: dict[str, list[tuple[Scope, ast.Call]]] = defaultdict(list)
        for path in sorted(folder.rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            self._read(Scope(path, tree), tree)

    def _read(self, scope: Scope, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            inner = scope
            if isinstance(child, Function):
                self.functions[child.name].append((scope, child))
                inner = scope._replace(function=child)
            if isinstance(child, ast.Call):
                self.calls[called(child)].append((scope, child))
            self._read(inner, child)

    def texts(self) -> Iterator[Text]:
        """Yield all that errors say."""
        for scope, call in (each for calls in self.calls.values() for each in calls):
            yield from self._said(scope, call)

    def _said(self, scope: Scope, call: ast.Call) -> Iterator[Text]:
        for keyword in call.keywords:
            if keyword.arg in SAID:
                for text in filter(None, self.resolved(keyword.value, scope)):
                    place = f"{scope.path.relative_to(self._folder)}:{keyword.value.lineno}"
                    yield Text(place, str(keyword.arg), text)

    def resolved(self, node: ast.expr, scope: Scope, depth: int = _DEPTH) -> Iterator[str]:
        """Yield what an expression may say."""
        if not depth:
            return
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(each.value) if isinstance(each, ast.Constant) else _VALUE for each in node.values)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            sides = [list(self.resolved(each, scope, depth)) or [_VALUE] for each in (node.left, node.right)]
            yield from ("".join(each) for each in product(*sides))
        else:
            for each, place in self._origins(node, scope):
                yield from self.resolved(each, place, depth - 1)

    def _origins(self, node: ast.expr, scope: Scope) -> Iterator[tuple[ast.expr, Scope]]:
        """Find the expressions that the value of one comes from."""
        if isinstance(node, ast.IfExp):
            yield from ((each, scope) for each in (node.body, node.orelse))
        elif isinstance(node, ast.BoolOp):
            yield from ((each, scope) for each in node.values)
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            for each, place in self._assigned(node.value.id, scope):
                yield from ((value, place) for value in (each.values if isinstance(each, ast.Dict) else ()))
        elif isinstance(node, ast.Call):
            yield from self._returned(called(node), scope)
        elif isinstance(node, ast.Name):
            yield from self._assigned(node.id, scope)
            yield from self._handed(node.id, scope)

    def _assigned(self, name: str, scope: Scope) -> Iterator[tuple[ast.expr, Scope]]:
        """Find what is assigned to a name in its function, or, if nothing is, in the module."""
        for nodes in (ast.walk(scope.function) if scope.function else (), scope.tree.body):
            found = [each for node in nodes for each in assigned(node, name)]
            yield from ((each, scope) for each in found)
            if found:
                return

    def _returned(self, name: str, scope: Scope) -> Iterator[tuple[ast.expr, Scope]]:
        for home, function in self.functions[name]:
            if home.path == scope.path:
                for node in ast.walk(function):
                    if isinstance(node, ast.Return) and node.value:
                        yield node.value, home._replace(function=function)

    def _handed(self, name: str, scope: Scope) -> Iterator[tuple[ast.expr, Scope]]:
        """Find what is handed to a function as one of its parameters."""
        function = scope.function
        if function is None:
            return
        places = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
        places = [each for each in places if each not in {"self", "cls"}]
        if name not in {*places, *(each.arg for each in function.args.kwonlyargs)}:
            return
        defaults = zip(reversed(function.args.args), reversed(function.args.defaults), strict=False)
        yield from ((each, scope) for parameter, each in defaults if parameter.arg == name)
        for home, call in self.calls[function.name]:
            if function.name.startswith("_") and home.path != scope.path:
                continue  # another one of that name
            yield from ((each.value, home) for each in call.keywords if each.arg == name)
            if name in places and places.index(name) < len(call.args):
                yield call.args[places.index(name)], home


def called(call: ast.Call) -> str:
    """Return the last word of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def assigned(node: ast.AST, name: str) -> Iterator[ast.expr]:
    """Yield what a statement assigns to a name, also as one of several."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from parted(target, node.value, name)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        yield from parted(node.target, node.value, name)


def parted(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, other in zip(target.elts, value.elts, strict=False):
            yield from parted(one, other, name)


def begins_well(text: str) -> bool:
    return not re.match(r"[a-z]", text) or text.startswith(NAMES) or bool(re.match(r"[a-z]+\.", text))


def ends_well(text: str) -> bool:
    """Tell whether a text ends as a sentence does, or with a list or an example after a colon."""
    return text.endswith((".", "?", "!", _VALUE)) or bool(re.search(r": ([-\[{“\"\d]|[\w\0]+ = ).*$", text))


def test_errors_begin_with_a_capital_letter_and_end_as_sentences_do() -> None:
    found = set(Package(PACKAGE).texts())
    assert len(found) > 600, "the errors are found"
    assert sorted(each for each in found if not (begins_well(each.text) and ends_well(each.text))) == []


@pytest.mark.parametrize("text", ["there is no film", "There is no film", "no: it"])
def test_a_text_in_another_style_is_seen(text: str) -> None:
    assert not (begins_well(text) and ends_well(text))


WAYS = """
_HINT = "a constant"
_HINTS = {1: "of a table"}

def refuse(path, told, advice):
    raise UsageError(what=told, where=path, hint=advice)

def handed_on(path):
    refuse(path, "by place", advice="by name")

def of_variables(found):
    told, hint = ("in a row", "of two") if found else ("never", "seen")
    what, hint = "first of two", "second of two"
    raise UsageError(what=what or "or this", hint=hint)

def returned(found):
    raise UsageError(what=advice(found), hint=_HINT if found else _HINTS[1])

def advice(found):
    return "added " + f"to {found}"
"""


def test_a_text_is_found_whichever_way_it_takes(tmp_path: Path) -> None:
    (tmp_path / "ways.py").write_text(WAYS, "utf-8")
    assert {each.text for each in Package(tmp_path).texts()} == {
        *("by place", "by name", "first of two", "second of two", "or this"),
        *("a constant", "of a table", f"added to {_VALUE}"),
    }

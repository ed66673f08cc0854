"""Find every sentence that the program can say, in its own code.

A sentence is a text of two words or more that stands in the code: with an f-string, each value in it becomes a
``{name}``; a text that is one of two (``a if b else c``) makes two sentences. Texts for programs, for files and for the
pages stand in modules of their own, which are left out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from babelreel.report.reader.catalogue import Message
from babelreel.report.reader.speaking import IN_TABLES, paragraphs

#: Modules and folders, below the package, that say nothing to the person at the terminal: they write pages, files and
#: what other programs read.
_SILENT = (
    "cli/generated.py", "config/template.py", "delivery/", "fonts/", "languages/meant_language.py", "media/argv/",
    "model/json_codec.py", "model/language_facts.py", "model/reading_limits.py",
    "report/answer_page.py", "report/by_mail/", "report/findings/csv.py", "report/findings/github.py",
    "report/findings/gitlab.py", "report/findings/json.py", "report/findings/junit.py", "report/findings/markdown.py",
    "report/findings/rdjson.py", "report/findings/sarif.py", "report/proof_page.py", "report/reader/",
    "report/recording_script_csv.py", "report/recording_script_page.py", "report/rules_page.py",
    "report/status_page.py", "report/web_team_tables.py",
)  # fmt: skip
#: Calls whose texts are for programs, or for whoever mends a bug of ours.
_DEAF = re.compile(
    r"re\.\w+|(Value|Type|Assertion|Runtime|NotImplemented|OS)Error|av\.\w+|\w*\.(glob|rglob|filter|iter|find|startswith"
    r"|endswith|split|rpartition|partition|removeprefix|strip|encode|get|count)|cast|partial|Header|struct\.\w+|frozenset"
    r"|Thread|threading\.\w+|context\.Process|import_module|any|Field|mangled|_family|Rule|PlainTextResponse"
)
_DEAF_KEYWORDS = frozenset({"description", "pattern", "mime", "own_name", "media_type", "header", "metavar", "source"})
#: Two words beside one another, or a word beside a value.
_WORDS = re.compile(r"(?<![\w/.<-])[A-Za-z’']{2,}[,;:.”)]* (?:[“(]*(?:[a-z]+|\{\w+\}))|\{\w+\}”? [a-z]{2,}|^Write --")
#: A number with its unit, types of the web, keys of settings and of HTTP.
_NOT_WORDS = re.compile(
    r"^\{\w+\} (ms|px|kB|MB|cps|wpm|dB|kbit/s|bit/s|fps|min|min \{\w+\} s)$|^[a-z-]+/[a-z][\w.+-]*(;|$)|charset=|'none'"
    r"|^<|^#|\n\[|^\[?\"|--[a-z]+=\{\w+\}\{?$|^max-age|^public, "
)
#: Words that stand alone, and what click says in a help page.
_ALONE = (
    "where", "why", "hint", "help", "note", "Usage", "Options", "Commands", "Show this message and exit.",
    "Show the version and exit.", "default", "required", "error", "failed", "limit",
)  # fmt: skip
#: Words that tables have.
_IN_TABLES = (
    "language", "lines", "approved", "translated", "draft", "not reviewed", "original changed", "text changed",
    "errors", "voice", "by", "none", "reference", "picture", "sound", "length", "note", "holds", "shots", "speech",
    "written", "stem", "one", "file", "warnings", "info", "moved", "shortened", "cut in two", "gone", "line", "starts",
    "room s", "spoken", "speed", "fit s", "take", "text", "unusable", "no take", "no need", "rendition", "off",
    "gain dB", "above dB", "alone", "silent", "old film", "new film", "moved by", "known by", "removed",
    "picture and sound", "neither", "sounds", "pictures", "posters", "leaflets", "films",
)  # fmt: skip
#: Names of languages, as languages/ has them: they are values of sentences ("the translation is not in Arabic").
_LANGUAGES = (
    "Arabic", "Bulgarian", "German", "English", "Persian", "French", "Dutch", "Nigerian Pidgin", "Pashto", "Romanian",
    "Albanian", "Vietnamese", "Chinese (Simplified)", "Dari",
)  # fmt: skip
_MOST_VARIANTS = 8
_NUMBER = "number"


def said(package: Path) -> tuple[Message, ...]:
    """List all sentences of the package, each once, in the order of the modules."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package).as_posix()
        if not place.startswith(_SILENT):
            for sentence in _of_module(ast.parse(path.read_text("utf-8")), is_verb=place.startswith("cli/")):
                places = found.setdefault(sentence, [])
                if place not in places:
                    places.append(place)
    found |= {(word, ""): [] for word in (*_ALONE, *_LANGUAGES, *(f"{IN_TABLES}{word}" for word in _IN_TABLES))}
    known = {plural for _, plural in found if plural} | {english for english, plural in found if plural}
    return tuple(
        Message(english=english, plural=plural, places=tuple(places))
        for (english, plural), places in found.items()
        if plural or english not in known
    )


def _of_module(tree: ast.Module, *, is_verb: bool) -> Iterator[tuple[str, str]]:
    docstrings = {id(each): each for each in _docstrings(tree)}
    finder = _Finder(frozenset(docstrings))
    finder.visit(tree)
    yield from finder.found
    if is_verb:
        yield from ((paragraph, "") for text in _helps(tree) for paragraph in paragraphs(text))


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _helps(tree: ast.Module) -> Iterator[str]:
    """Find the docstrings of the verbs, which are their help."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and any("click." in ast.unparse(each) for each in node.decorator_list):
            yield ast.get_docstring(node) or ""


class _Finder(ast.NodeVisitor):
    """Goes through a module; ``found`` are its sentences, each with its plural or an empty text."""

    def __init__(self, docstrings: frozenset[int]) -> None:
        self._docstrings = docstrings
        self.found: list[tuple[str, str]] = []

    def visit_Call(self, node: ast.Call) -> None:
        """Leave out what is said to programs, and take the nouns of numbers."""
        name = ast.unparse(node.func)
        if name == "count" and len(node.args) > 1:
            self._noun(node)
            for each in (node.args[0], *(noun for noun in node.args[1:] if not isinstance(noun, ast.Constant))):
                self.visit(each)
            return
        if re.fullmatch(_DEAF, name):
            return
        for keyword in node.keywords:
            if keyword.arg not in _DEAF_KEYWORDS:
                self.visit(keyword.value)
        for each in (node.func, *node.args):
            self.visit(each)

    def _noun(self, node: ast.Call) -> None:
        nouns = [each.value for each in node.args[1:] if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if nouns:
            one, many = nouns[0], nouns[1] if len(nouns) > 1 else f"{nouns[0]}s"
            self.found.append((f"{{{_NUMBER}}} {one}", f"{{{_NUMBER}}} {many}"))

    def visit_Constant(self, node: ast.Constant) -> None:
        """Take a text that is no docstring."""
        if isinstance(node.value, str) and id(node) not in self._docstrings:
            self._take(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Take a text with values, and look into the values."""
        self._take(node)
        for each in node.values:
            if isinstance(each, ast.FormattedValue):
                self.visit(each.value)

    def _take(self, node: ast.Constant | ast.JoinedStr) -> None:
        for text in _variants(node):
            bare = " ".join(text.split(" ")).strip()
            for line in bare.split("\n"):
                if _WORDS.search(line) and not _NOT_WORDS.search(line):
                    self.found.append((line.strip(), ""))


def _variants(node: ast.Constant | ast.JoinedStr) -> Iterator[str]:
    """Write out what a text can be, its values as ``{names}``."""
    if isinstance(node, ast.Constant):
        yield _literal(f"{node.value!s}")
        return
    choices = [_choices(each) for each in node.values]
    if len(list(product(*choices))) > _MOST_VARIANTS:
        choices = [each[:1] if isinstance(each[0], str) else [each[-1]] for each in choices]
    for parts in product(*choices):
        yield _joined(parts)


def _choices(part: ast.expr) -> list[str | ast.expr]:
    """List what a part of a text can be: words of ours, or an expression."""
    if isinstance(part, ast.Constant):
        return [_literal(str(part.value))]
    value = part.value if isinstance(part, ast.FormattedValue) else part
    leaves = list(_leaves(value))
    if len(leaves) > 1 and all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in leaves):
        return [_literal(str(each.value)) for each in leaves if isinstance(each, ast.Constant)]
    return [value]


def _leaves(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _leaves(node.body)
        yield from _leaves(node.orelse)
    else:
        yield node


def _joined(parts: tuple[str | ast.expr, ...]) -> str:
    """Put words and values together; values of one name are numbered."""
    names: list[str] = []
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        name = _name(part)
        names.append(name)
        number = names.count(name)
        text += f"{{{name if number == 1 else f'{name}{number}'}}}"
    return text


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _name(value: ast.expr) -> str:
    """Name a value by the last word of what it is made of."""
    found = re.sub(r"\W", "_", _word(value)).strip("_")
    return found.lower() if re.match(r"[A-Za-z]", found) else f"value{found}"


#: Calls that change the form of a value only.
_ASIDE = frozenset({
    "printable", "clipped", "len", "str", "round", "repr", "sorted", "readable", "isolated", "shown", "max", "min",
    "set", "abs", "map", "join", "as_posix", "strip", "lower", "format", "Path", "int", "float", "sum", "list", "tuple",
})  # fmt: skip


def _word(value: ast.expr) -> str:  # noqa: PLR0911 - one for each kind of expression
    if isinstance(value, ast.Name):
        return value.id
    if isinstance(value, ast.Attribute):
        return _word(value.value) if value.attr in {"value", "name", "parent"} else value.attr
    if isinstance(value, ast.Call):
        return _of_call(value)
    if isinstance(value, ast.BinOp):
        return _word(value.left) if not isinstance(value.left, ast.Constant) else _word(value.right)
    if isinstance(value, ast.Subscript | ast.Starred):
        return _word(value.value)
    if isinstance(value, ast.GeneratorExp | ast.ListComp):
        return _word(value.generators[0].iter)
    return "value"


def _of_call(call: ast.Call) -> str:
    name = _word(call.func).rpartition(".")[2]
    if name == "count" and len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
        return f"{str(call.args[1].value).split()[-1]}s"
    if name in _ASIDE and call.args:
        return _word(call.args[-1])
    return name.removeprefix("render_").removeprefix("_")

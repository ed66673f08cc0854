"""Help pages in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from babelreel.report.reader.speaking import in_readers_language, labelled, paragraphs

#: What stands behind the help of an option: its default, or that it must be given.
_EXTRA = re.compile(r"(.*?)((?:  )?)\[([^\[\]]+)\]", re.DOTALL)


class HelpPage(click.HelpFormatter):
    """Writes what click writes, and puts each piece of it into the language of the reader first."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a verb is called."""
        super().write_usage(prog, args, prefix or labelled("Usage", ""))

    def write_text(self, text: str) -> None:
        """Write the text of a verb, paragraph by paragraph."""
        super().write_text("\n\n".join(map(in_readers_language, paragraphs(text))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or verbs, each with its help."""
        super().write_dl([(term, _translated(told)) for term, told in rows], col_max, col_spacing)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a heading, and what is written meanwhile below it."""
        with super().section(in_readers_language(name)):
            yield


class HelpContext(click.Context):
    """A call whose help is a ``HelpPage``, and which its errors know."""

    formatter_class = HelpPage

    @contextmanager
    def scope(self, cleanup: bool = True) -> Iterator[click.Context]:  # noqa: FBT001, FBT002 - click's own
        """Add the call to an error of it; click leaves it out where an option has no value."""
        try:
            with super().scope(cleanup) as context:
                yield context
        except click.UsageError as error:
            error.ctx = error.ctx or self
            raise


def _translated(told: str) -> str:
    whole = in_readers_language(told)
    found = _EXTRA.fullmatch(told)
    if whole != told or not found:
        return whole
    first, mark, rest = found[3].partition(": ")
    extra = labelled(first, in_readers_language(rest)) if mark else in_readers_language(first)
    return f"{in_readers_language(found[1])}{found[2]}[{extra}]"

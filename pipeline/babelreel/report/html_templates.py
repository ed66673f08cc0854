"""Templates of pages that are complete in themselves, to be sent and printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import jinja2

#: Makes a text of a value in a template.
Filter = Callable[..., str]


@cache
def html_template(name: str, *filters: tuple[str, Filter]) -> jinja2.Template:
    """Load a template of this package by its file's name; every value in it is escaped, and none may be missing."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("babelreel.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(filters)
    return environment.get_template(name)

"""The logo that babelreel.toml names, read and looked at before anything is built."""

from __future__ import annotations

from babelreel.delivery.logo import MOST_BYTES, why_no_logo
from babelreel.errors import ConfigError
from babelreel.graph.task import Literal
from babelreel.model.project import Project
from babelreel.regular_files import read_regular


def read_logo(project: Project) -> Literal | None:
    """Give the logo under the name that pages give it, ``None`` where the project has none.

    Raises ``ConfigError`` for a file that is missing, too large, no picture, or more than one.
    """
    path = project.campaign.brand.logo
    if path is None:
        return None
    try:
        content = read_regular(project.root / path, most_bytes=10 * MOST_BYTES)
    except (OSError, ValueError) as error:
        raise _refused(path.as_posix(), f"it cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if why := why_no_logo(path.name, content):
        raise _refused(path.as_posix(), why)
    return Literal(name=f"logo{path.suffix.lower()}", content=content)


def _refused(path: str, why: str) -> ConfigError:
    return ConfigError(
        what="the logo cannot be published",
        where=f"{path}, named by [brand] logo in babelreel.toml",
        why=why,
        hint="give a plain SVG drawing (save it as “plain SVG”) or a PNG picture; without “logo”, pages show none",
    )

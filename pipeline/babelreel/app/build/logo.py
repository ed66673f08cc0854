"""The logo that settings name, read and looked at before anything is built."""

from __future__ import annotations

from pathlib import Path

from babelreel.delivery.logo import MOST_BYTES, why_no_logo
from babelreel.errors import ConfigError
from babelreel.graph.task import Literal
from babelreel.model.campaign import Brand
from babelreel.regular_files import read_regular
from babelreel.system_errors import as_house_error, is_machine_fault


def read_logo(root: Path, brand: Brand, settings: str) -> Literal | None:
    """Read the logo under the name that pages give it, ``None`` where the brand has none.

    ``root`` is where its path begins, ``settings`` the name of the file that names it.

    Raises ``ConfigError`` for a file that is missing, too large, no picture, or more than one, and ``MachineError``
    where the system does not let it be read.
    """
    path = brand.logo
    if path is None:
        return None
    try:
        content = read_regular(root / path, most_bytes=10 * MOST_BYTES)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and is_machine_fault(error):
            raise as_house_error(error, root / path) from error
        raise _refused(path, settings, f"it cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if why := why_no_logo(path.name, content):
        raise _refused(path, settings, why)
    return Literal(name=f"logo{path.suffix.lower()}", content=content)


def _refused(path: Path, settings: str, why: str) -> ConfigError:
    return ConfigError(
        what="The logo cannot be published.",
        where=f"{path.as_posix()}, named by [brand] logo in {settings}",
        why=why,
        hint="Give a plain SVG drawing (save it as “plain SVG”) or a PNG picture. Without “logo”, pages show none.",
    )

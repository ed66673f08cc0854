"""The logo that settings name, read and looked at before anything is built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babelreel.delivery.logo import MOST_BYTES, why_no_logo
from babelreel.errors import ConfigError
from babelreel.graph.task import Literal
from babelreel.media.picture.bitmap import read_png
from babelreel.model.campaign import Brand
from babelreel.model.film.bitmap import Bitmap
from babelreel.model.film.cards import Cards
from babelreel.regular_files import read_regular
from babelreel.system_errors import as_house_error, is_machine_fault

_PNG = ".png"


def read_logo(root: Path, brand: Brand, settings: str) -> Literal | None:
    """Read the logo under the name that pages give it, ``None`` where the brand has none.

    ``root`` is where its path begins, ``settings`` the name of the file that names it.

    Raises ``ConfigError`` for a file that is missing, too large, no picture, or more than one, and ``MachineError``
    where the system does not let it be read.
    """
    if brand.logo is None:
        return None
    content = _read(root, brand.logo, f"[brand] logo in {settings}")
    return Literal(name=f"logo{brand.logo.suffix.lower()}", content=content)


def read_card_logo(root: Path, brand: Brand, cards: Cards, settings: str) -> Bitmap | None:
    """Read the logo that is drawn on cards: their own, or the brand's; ``None`` without cards, and without a PNG.

    Raises what ``read_logo`` raises, and ``ConfigError`` for a PNG whose pixels cannot be read.
    """
    path = cards.logo or brand.logo
    if not cards or path is None or path.suffix.lower() != _PNG:
        return None
    named = f"{'[cards]' if cards.logo else '[brand]'} logo in {settings}"
    try:
        return read_png(_read(root, path, named))
    except ValueError as error:
        raise _refused(path, named, str(error)) from None


def find_logo_fault(root: Path, brand: Brand, cards: Cards, settings: str) -> str:
    """Say why the logos that settings name end a build; empty where they do not."""
    try:
        read_logo(root, brand, settings)
        read_card_logo(root, brand, cards, settings)
    except ConfigError as error:
        return f"{error.where}: {error.why}"
    return ""


def tell_unseen_logo(root: Path, brand: Brand, cards: Cards, settings: str) -> Iterator[str]:
    """Tell of a logo of which nothing is drawn on cards: all of it is clear. One that is faulty is told elsewhere."""
    try:
        logo = read_card_logo(root, brand, cards, settings)
    except ConfigError:
        return
    if logo and logo.is_clear:
        path = cards.logo or brand.logo or Path()
        yield f"cards: all of {path.as_posix()} is transparent, so they show no logo"


def tell_card_logo(brand: Brand, cards: Cards) -> Iterator[str]:
    """Tell of a logo that pages show and cards cannot."""
    if cards and brand.logo and brand.logo.suffix.lower() != _PNG and not cards.logo:
        yield (
            f"cards: {brand.logo.as_posix()} is not drawn on them, since only PNG pictures can be; open it in Inkscape "
            "or a browser, save it as a PNG of about 600 pixels, and name that with “logo” in [cards]"
        )


def _read(root: Path, path: Path, named: str) -> bytes:
    try:
        content = read_regular(root / path, most_bytes=10 * MOST_BYTES)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and is_machine_fault(error):
            raise as_house_error(error, root / path) from error
        raise _refused(path, named, f"it cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if why := why_no_logo(path.name, content):
        raise _refused(path, named, why)
    return content


def _refused(path: Path, named: str, why: str) -> ConfigError:
    return ConfigError(
        what="The logo cannot be published.",
        where=f"{path.as_posix()}, named by {named}",
        why=why,
        hint="Give a plain SVG drawing (save it as “plain SVG”) or a PNG picture. Without “logo”, pages show none.",
    )

"""Draw an address as a code that a phone’s camera reads; ``leaflet.css`` says how large it is printed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from babelreel.errors import UsageError

if TYPE_CHECKING:
    import segno


def render_qr(address: str) -> bytes:
    """Draw an address as a QR code: SVG, black on white, with its quiet zone, without styles or scripts.

    Raises ``UsageError`` for an address that is too long for a code (2331 bytes).
    """
    drawing = BytesIO()
    # four modules of quiet around it, as ISO/IEC 18004 asks; a viewBox instead of a size, so that it fills its place
    _code(address).save(
        drawing, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return drawing.getvalue()


def qr_squares(address: str) -> tuple[tuple[bool, ...], ...]:
    """Give the squares of the same code row by row, without its quiet zone; dark ones are true."""
    return tuple(tuple(map(bool, row)) for row in _code(address).matrix)


def _code(address: str) -> segno.QRCode:
    import segno  # noqa: PLC0415 - loads ssl and email, and most builds draw no new code

    try:
        # M: a sheet of paper gets creases and stains, and 15 % of the code may be lost; never Micro QR, which phones
        # do not read
        return segno.make_qr(address, error="m", boost_error=False)
    except segno.DataOverflowError as fault:
        raise UsageError(
            what="The address is too long for a QR code.",
            where="babelreel.toml, delivery.address",
            why=f"{len(address.encode())} bytes, and a code holds 2331",
            hint="Give a shorter address.",
        ) from fault

"""Numbers that must not be rounded on their way."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator


def _exact(value: object) -> object:
    """Take 23 where 23.5 may stand: TOML tells whole numbers from fractions, a volunteer need not."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Exact = Annotated[Decimal, BeforeValidator(_exact)]

"""Convert a gain in decibels into a factor."""

from __future__ import annotations

from decimal import Decimal


def ratio_of_db(gain_db: Decimal | int) -> float:
    """Compute the factor of a gain in dB; the decimal logarithm is computed in software, the same everywhere."""
    return float(Decimal(10) ** (Decimal(gain_db) / 20))

"""Which factor is a gain in decibels?"""

from __future__ import annotations

from decimal import Decimal


def ratio_of_db(gain_db: Decimal | int) -> float:
    """Give the factor that a gain in dB is; the decimal logarithm is worked out in software, the same everywhere."""
    return float(Decimal(10) ** (Decimal(gain_db) / 20))

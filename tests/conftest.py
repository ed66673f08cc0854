"""What holds for all tests?"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# The time of one example tells of the machine and its other work, not of the code; pytest-timeout finds what hangs.
# What a test is about may be rare (a fault with a safe fix, a cell within an overlap): then fewer examples are left,
# and luck decides nothing.
settings.register_profile(
    "babelreel", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
settings.load_profile("babelreel")

# The program speaks English here, whatever the language of the machine is.
os.environ["BABELREEL_LANG"] = "en"

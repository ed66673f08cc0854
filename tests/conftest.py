"""What holds for all tests?"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# the time of one example tells of the machine and its other work, not of the code; pytest-timeout finds what hangs
settings.register_profile("babelreel", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("babelreel")

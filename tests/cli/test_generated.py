from __future__ import annotations

from babelreel.cli.generated import outdated
from support.places import REPOSITORY


def test_what_is_made_from_the_code_says_what_the_code_says() -> None:
    assert outdated(REPOSITORY) == ()

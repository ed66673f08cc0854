from __future__ import annotations

from pathlib import Path

from babelreel.cli.generated import outdated

REPOSITORY = Path(__file__).parents[2]


def test_what_is_made_from_the_code_says_what_the_code_says() -> None:
    assert outdated(REPOSITORY) == ()

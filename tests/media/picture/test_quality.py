from __future__ import annotations

import pytest

from babelreel.media.picture.quality import steps_needed


@pytest.mark.parametrize(
    ("size", "limit", "steps"),
    # half a CRF is 6 %: twelve halve a picture, as six whole ones do
    [(101, 100, 1), (106, 100, 1), (107, 100, 2), (112, 100, 2), (200, 100, 12), (400, 100, 24)],
)
def test_a_picture_is_made_coarser_by_what_is_too_much(size: int, limit: int, steps: int) -> None:
    assert steps_needed(size, limit) == steps

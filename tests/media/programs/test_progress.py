from __future__ import annotations

from babelreel.media.programs.progress import Progress

BLOCK = """\
frame=0
out_time_ms=N/A
total_size=48
progress=continue
frame=25
out_time_ms=1000000
out_time=00:00:01.000000
progress=end
"""


def test_out_time_is_in_microseconds_despite_its_name() -> None:
    progress = Progress()

    progress.read(BLOCK.splitlines())

    assert progress.share(4000) == 0.25


def test_the_share_never_passes_one_and_is_zero_without_a_length() -> None:
    progress = Progress(done_us=5_000_000)

    assert progress.share(1000) == 1.0
    assert progress.share(0) == 0.0


def test_a_time_before_the_start_is_no_progress() -> None:
    progress = Progress()

    progress.take("out_time_ms", "-9223372036854775807")

    assert progress.done_us == 0


def test_only_values_that_grow_count_as_movement() -> None:
    progress = Progress(moved_at=0.0)

    progress.take("progress", "continue")
    progress.take("speed", "1.2x")
    assert progress.moved_at == 0.0

    progress.take("frame", "1")
    moved = progress.moved_at
    assert moved > 0.0

    progress.moved_at = 0.0
    progress.take("frame", "1")
    assert progress.moved_at == 0.0

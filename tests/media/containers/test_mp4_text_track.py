from __future__ import annotations

from pathlib import Path

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.errors import TrackError
from babelreel.media.containers.mp4_text_track import TextSample, count_texts, plan_text_samples, render_text_track
from babelreel.model.timecode import Span


def texts(*cues: tuple[int, int, str]) -> tuple[tuple[int, str], ...]:
    samples = plan_text_samples((Span(start_ms=start, end_ms=end), text) for start, end, text in cues)
    return tuple((sample.duration_ms, sample.text) for sample in samples)


def read_texts(path: Path) -> list[tuple[int, str]]:
    """Read the samples back with another reader: time in milliseconds and text."""
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(container.streams.subtitles[0]) if packet.size]
        return [
            (round((packet.pts or 0) * packet.time_base * 1000), bytes(packet)[2:].decode("utf-8"))
            for packet in packets
        ]


def test_pauses_are_laid_between_texts() -> None:
    assert texts((1000, 2000, "one"), (2500, 3000, "two")) == ((1000, ""), (1000, "one"), (500, ""), (500, "two"))


def test_texts_that_overlap_are_shown_one_above_the_other() -> None:
    assert texts((0, 1000, "one"), (600, 1500, "two")) == ((600, "one"), (400, "one\ntwo"), (500, "two"))


def test_what_shows_nothing_is_left_out() -> None:
    assert texts((500, 500, "zero"), (900, 100, "backwards"), (-900, -100, "before"), (0, 100, "")) == ()


def test_a_text_from_before_the_start_begins_at_the_start() -> None:
    assert texts((-500, 500, "early")) == ((500, "early"),)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.tuples(st.integers(-50, 500), st.integers(-50, 500), st.text(max_size=3)),
        max_size=12,
    )
)
def test_at_every_moment_exactly_the_right_texts_are_shown(cues: list[tuple[int, int, str]]) -> None:
    samples = plan_text_samples((Span(start_ms=start, end_ms=end), text) for start, end, text in cues)

    at = 0
    for sample in samples:
        expected = [text for start, end, text in cues if max(start, 0) <= at < end and text]
        assert sorted("\n".join(expected)) == sorted(sample.text)
        assert sample.duration_ms > 0
        at += sample.duration_ms
    assert at == max((end for start, end, text in cues if end > max(start, 0) and text), default=0)


@pytest.mark.parametrize(
    "text",
    [r"{\an8}top \N C:\new\h", "<b>bold</b> & &amp; &lt;", "خوش آمدید.\n116 000", "你好。", "🙂", "-->"],
)
def test_every_letter_arrives(tmp_path: Path, text: str) -> None:
    path = tmp_path / "text.mp4"
    samples = plan_text_samples([(Span(start_ms=200, end_ms=700), text)])

    path.write_bytes(render_text_track(samples))

    assert read_texts(path) == [(0, ""), (200, text)]
    assert count_texts(samples) == 1


def test_a_text_that_mp4_cannot_hold_is_told() -> None:
    with pytest.raises(TrackError, match="too long"):
        render_text_track((TextSample(duration_ms=1, text="x" * 65536),))

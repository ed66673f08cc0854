"""Is the time left, as a build goes on, close to the time that it takes? No real clock takes part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from babelreel.graph.actions import Keep
from babelreel.graph.task import Literal, Task
from babelreel.report.console.build.time_left import TimeLeft, expected_seconds

#: A film of a minute and a half in thirteen languages: 20 cells of 108 frames, in sizes of 1080, 720, 480 and 360 rows.
CELLS, LANGUAGES, FRAMES, FILM_MS = 20, 13, 108, 88_000
WEB_PX, PHONE_PX = (1920 * 1080, 1280 * 720), (854 * 480, 640 * 360)


class Clock:
    """Stands still until it is set."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def task(name: str, kind: str, weight: int = 0, *, batch: str = "", inputs: int = 0) -> Task:
    literals = tuple(Literal(name=f"in/{place}", content=b"") for place in range(inputs))
    return Task(name=name, kind=kind, action=Keep(), inputs=literals, outputs=(), weight=weight, batch=batch)


def cell(number: int, sizes: Sequence[int], name: str) -> tuple[Task, ...]:
    return tuple(
        task(f"{name} {number} {place}", "picture", FRAMES * pixels, batch=f"{name} {number}")
        for place, pixels in enumerate(sizes)
    )


def files(kind: str, count: int, name: str) -> Iterator[tuple[Task, ...]]:
    return ((task(f"{name} {number}", kind, inputs=CELLS + 2),) for number in range(count))


def a_build() -> Iterator[tuple[Task, ...]]:
    """Yield what is done together, in the order in which it begins: what can be watched first, leaflets last."""
    yield from (cell(number, WEB_PX, "web") for number in range(CELLS))
    yield from ((task(f"sound {number}", "sound", FILM_MS),) for number in range(16))
    yield from ((task(f"poster {number}", "poster", FILM_MS),) for number in range(2))
    yield from files("file", 3 * LANGUAGES, "web file")
    yield from (cell(number, PHONE_PX * LANGUAGES, "phone") for number in range(CELLS))
    yield from files("file", 2 * LANGUAGES, "phone file")
    yield from files("stream", 26, "stream")
    yield from ((task(f"leaflet {number}", "leaflet pdf"),) for number in range(LANGUAGES))


def estimates(work: Sequence[tuple[Task, ...]], slower: dict[str, float], *, slots: int) -> list[tuple[float, float]]:
    """Do the work on a clock that is set by hand; give each estimate with the seconds that were really left."""
    clock = Clock()
    left = TimeLeft(clock)
    left.plan([each for tasks in work for each in tasks])
    waiting, running = list(work), list[tuple[float, float, tuple[Task, ...]]]()
    seen: list[tuple[float, float | None]] = []
    while waiting or running:
        while waiting and len(running) < slots:
            tasks = waiting.pop(0)
            for each in tasks:
                left.start(each)
            took = sum(map(expected_seconds, tasks)) * slower[tasks[0].kind]
            hard = 1.3 if len(waiting) % 3 else 0.7  # scenes differ
            running.append((clock.now_s + took * hard, clock.now_s, tasks))
        running.sort(key=lambda each: each[0])
        end, _, tasks = running[0]
        if clock.now_s + 1 < end:
            clock.now_s += 1
            for until, since, under_way in running:
                for each in under_way:
                    left.progress(each, (clock.now_s - since) / (until - since))
        else:
            clock.now_s = end
            del running[0]
            for each in tasks:
                left.finish(each)
        seen.append((clock.now_s, left.seconds()))
    return [(told, clock.now_s - now) for now, told in seen if told is not None and now >= clock.now_s / 5]


USUAL = dict.fromkeys(("picture", "sound", "poster", "file", "stream", "leaflet pdf"), 1.0)


@pytest.mark.parametrize(
    ("slower", "slots"),
    [
        (USUAL, 1),
        (dict.fromkeys(USUAL, 3.0), 2),
        (USUAL | {"picture": 0.8, "sound": 0.7, "file": 0.6, "leaflet pdf": 0.9}, 4),
        (USUAL | {"picture": 2.0, "sound": 1.5, "file": 3.0, "leaflet pdf": 2.0}, 2),  # a slow disk
    ],
)
def test_from_a_fifth_of_the_way_on_the_time_left_is_right_to_a_fifth(slower: dict[str, float], slots: int) -> None:
    found = estimates(tuple(a_build()), slower, slots=slots)
    whole = found[0][1] / 0.8
    off = [(told, real) for told, real in found if abs(told - real) > max(0.2 * real, 0.02 * whole)]
    assert not off
    assert len(found) > 50


def test_the_time_left_goes_down_to_the_end() -> None:
    found = [told for told, _ in estimates(tuple(a_build()), USUAL, slots=2)]
    assert all(after < before + 0.05 * found[0] for before, after in pairwise(found))
    assert found[-1] == pytest.approx(0, abs=0.01)


def test_leaflets_that_are_still_to_be_printed_take_time_although_they_do_not_grow_with_the_film() -> None:
    clock = Clock()
    left = TimeLeft(clock)
    sound, leaflets = task("sound", "sound", FILM_MS), [task(f"leaflet {k}", "leaflet pdf") for k in range(13)]
    left.plan([sound, *leaflets])
    left.start(sound)
    clock.now_s = expected_seconds(sound)
    left.finish(sound)
    seconds = left.seconds()
    assert seconds is not None
    assert seconds > len(leaflets), "Chromium takes a second or two for each"


def test_work_that_need_not_be_done_after_all_is_no_work() -> None:
    clock = Clock()
    left = TimeLeft(clock)
    first, second, third = (task(name, "sound", FILM_MS) for name in ("first", "second", "third"))
    left.plan([first, second, third])
    left.start(first)
    clock.now_s = 10
    left.finish(first)
    assert left.seconds() == pytest.approx(20)
    left.finish(second, ran=False)
    assert left.seconds() == pytest.approx(10)
    assert left.share() == pytest.approx(1 / 2)


def test_nothing_is_told_before_there_is_something_to_go_by() -> None:
    clock = Clock()
    left = TimeLeft(clock)
    assert left.share() == 0
    left.plan([one := task("one", "sound", FILM_MS)])
    left.start(one)
    clock.now_s = 1.5
    left.progress(one, 0.25)
    assert left.seconds() is None
    clock.now_s = 3
    left.progress(one, 0.5)
    assert left.seconds() == pytest.approx(3)

"""Connect filters into a graph.

ffmpeg-python writes the graph: it numbers the links and escapes the values of filters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ffmpeg


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of an input, or what filters have made of it."""

    edge: ffmpeg.Stream

    def filter(self, name: str, *values: str | int, **options: str | int) -> Stream:
        """Send it through a filter; raises ``ValueError`` for a value with an equals sign.

        The library escapes it, and some filters (``pan=stereo|c0=c0``) then read something else.
        """
        for value in (*values, *options.values()):
            if "=" in str(value):
                raise ValueError(f"the filter {name} is told {value}")
        return Stream(self.edge.filter(name, *values, **options))

    def under(self, other: Stream, **options: str | int) -> Stream:
        """Lay another picture over this one."""
        return Stream(self.edge.overlay(other.edge, **options))

    def split(self, name: str, count: int) -> tuple[Stream, ...]:
        """Copy it ``count`` times (``name`` is "split" or "asplit"); every copy must be used."""
        copies = self.edge.filter_multi_output(name, count)
        return tuple(Stream(copies[place]) for place in range(count))


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A graph as ``-filter_complex`` takes it, and the links that come out of it, as ``-map`` takes them."""

    text: str
    links: tuple[str, ...]


def stream_of(specifier: str) -> Stream:
    """Return a stream to be filtered: the number of an input and what is taken of it (``0:V:0``)."""
    import ffmpeg  # noqa: PLC0415 - a third of a second, which probing and a build with nothing to do never pay for

    number, _, kind = specifier.partition(":")
    return Stream(ffmpeg.input(number)[kind])


def render_graph(streams: Sequence[Stream]) -> Graph:
    """Write the filters that make some streams, whose links are in the same order.

    Raises ``ValueError`` where the first of the streams does not come from the first input, and so on: the library
    numbers inputs as it meets them.
    """
    first, *others = (stream.edge.output(str(place)) for place, stream in enumerate(streams))
    words = first.merge_outputs(*others).get_args()  # -i 0 ... -filter_complex GRAPH -map LINK 0 -map LINK 1 ...
    place = words.index("-filter_complex")
    numbers = words[1:place:2]
    if numbers != [str(number) for number in range(len(numbers))]:
        raise ValueError(f"filters meet the inputs in the order {', '.join(numbers)}")
    return Graph(text=words[place + 1], links=tuple(words[place + 3 :: 3]))

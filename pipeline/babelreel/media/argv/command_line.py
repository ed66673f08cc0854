"""Turn one call of ffmpeg into a list of words.

Every option belongs to one file and may be given only once: of two, ffmpeg silently takes one. Words
stand in the order given, because they are part of a task's key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babelreel.media.argv.filter_graph import Graph, Stream, render_graph

#: The name of an option without its dash, and its value; ``None`` for one that has none.
Option = tuple[str, str | int | None]

#: The output of what is only measured; with the format "null".
NOTHING = "-"

#: An input with this option is not a file: its name is the graph that makes it.
GENERATED: Option = ("f", "lavfi")
#: Options that ffmpeg knows by two names.
_LONG_NAMES = {"vf": "filter:v", "af": "filter:a", "vcodec": "c:v", "acodec": "c:a", "scodec": "c:s", "codec": "c"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file to be read, with the options that say how. Raises ``ValueError`` for an option that is given twice."""

    name: str
    options: tuple[Option, ...] = ()

    def __post_init__(self) -> None:
        _refuse_twice(self.options, self.name)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that stand for it in the call."""
        return (*_words(self.options), "-i", self.name if GENERATED in self.options else _file(self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A file to be written, with the options that say how. Raises ``ValueError`` for an option that is given twice.

    ``streams`` are what it holds: filtered ones, or words as ``-map`` takes them (``0:v:0``, or ``[name]`` from a graph
    that is given as text). Without any, ffmpeg takes what it thinks best.
    """

    name: str
    streams: tuple[Stream | str, ...] = ()
    options: tuple[Option, ...] = ()

    def __post_init__(self) -> None:
        _refuse_twice(self.options, self.name)

    def words(self, links: Iterator[str]) -> Iterator[str]:
        """Yield the words that stand for it in the call; ``links`` yields the names of its filtered streams."""
        for stream in self.streams:
            yield from ("-map", stream if isinstance(stream, str) else next(links))
        yield from _words(self.options)
        yield self.name if self.name == NOTHING else _file(self.name)


def command_words(
    *, inputs: tuple[Input, ...], outputs: tuple[Output, ...], options: tuple[Option, ...] = (), graph: str = ""
) -> tuple[str, ...]:
    """Return the words that ffmpeg is called with, without the program.

    ``options`` hold for the whole call. ``graph`` is a filter graph as text, for outputs that name its links. Raises
    ``ValueError`` for an option that is given twice, and for two graphs: ffmpeg would number their links alike.
    """
    _refuse_twice(options, "the whole call")
    filtered = [stream for output in outputs for stream in output.streams if isinstance(stream, Stream)]
    if filtered and graph:
        raise ValueError("two filter graphs")
    made = render_graph(filtered) if filtered else Graph(text=graph, links=())
    links = iter(made.links)
    return (
        *_words(options),
        *(word for each in inputs for word in each.words),
        *(("-filter_complex", made.text) if made.text else ()),
        *(word for each in outputs for word in each.words(links)),
    )


def by_name(*options: Option) -> tuple[Option, ...]:
    """Sort options from several places into one order: the format, then the others by their names."""
    return tuple(sorted(options, key=lambda option: (option[0] != "f", option[0])))


def metadata(key: str, value: str, *, of: str = "") -> Option:
    """Return the option that writes a text into a file, or into one of its streams (``of``: "a:0")."""
    return (f"metadata:s:{of}" if of else "metadata", f"{key}={value}")


def _refuse_twice(options: Iterable[Option], where: str) -> None:
    seen = set()
    for option in options:
        setting = _setting(option)
        if setting in seen:
            raise ValueError(f"the option -{option[0]} is given twice for {where}")
        seen.add(setting)


def _setting(option: Option) -> tuple[str, str]:
    """Name what an option sets: texts for one stream are as many settings as they have keys."""
    name, value = option
    is_text = name == "metadata" or name.startswith("metadata:")
    return _LONG_NAMES.get(name, name), str(value).partition("=")[0] if is_text else ""


def _words(options: Iterable[Option]) -> Iterator[str]:
    for name, value in options:
        yield f"-{name}"
        if value is not None:
            yield str(value)


def _file(name: str) -> str:
    """Write a name that ffmpeg would misread: "a:b.mp4" would be a protocol, "-x.mp4" an option."""
    return f"file:{name}"

"""Read which pairs of languages babelreel.toml asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from babelreel.languages.find import are_one_language
from babelreel.languages.same_language import meant_tag
from babelreel.model.delivery.pairs import Pair

_KEY = "delivery.pairs"


def read_pairs(
    written: Sequence[str],
    read_tag: Callable[[str, str], str],
    own_tags: Iterable[str],
    listed: Sequence[str],
    faults: list[str],
) -> tuple[Pair, ...]:
    """Read pairs like ``ps+nl``; ``read_tag`` returns the tag meant by a written one, and takes the key for its faults.

    ``own_tags`` are how the project calls its languages: its ``zh-Hans`` is meant by ``zh``. ``listed`` are the only
    languages of the project, empty where it has whatever lies in its folder.
    """
    pairs: list[Pair] = []
    for text in written:
        try:
            told = Pair.named(text)
        except ValueError:
            faults.append(f'{_KEY}: write two languages with a + between them, such as "ps+nl", not “{text}”')
            continue
        before = len(faults)
        first, second = (read_tag(each, _KEY) for each in (told.first, told.second))
        pair = Pair(first=meant_tag(first, own_tags) or first, second=meant_tag(second, own_tags) or second)
        if len(faults) == before:
            faults.extend(f"{_KEY}: {fault}" for fault in _faults(pair, pairs, listed))
        pairs.append(pair)
    return tuple(pairs)


def _faults(pair: Pair, before: Sequence[Pair], listed: Sequence[str]) -> Iterator[str]:
    if are_one_language(*pair.tags):
        yield f"{pair.tag} is one language twice; name two"
    if pair in before:
        yield f"{pair.tag} stands there twice"
    if listed:
        yield from (f"{tag} of {pair.tag} is not in “languages”" for tag in pair.tags if tag not in listed)

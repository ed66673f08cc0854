"""Read the language of a file from the tag in its name."""

from __future__ import annotations

import re
from functools import cache

from babelreel.errors import TrackError
from babelreel.languages.find import are_one_language, builtin_languages, find_language
from babelreel.model.delivery.published_paths import is_device
from babelreel.model.language import primary_subtag
from babelreel.model.variant import Variant, split_variant, tag_of_variant

#: What people write behind a name; some are codes of languages too: ``old`` is Mochi, ``sdh`` Southern Kurdish.
_WORDS = frozenset(
    """
    all alt ass bak ban big bis cap cc copy cut dub edit end eps err fix fixed forced full hoh new old ocr ori orig out
    raw ref rev sdh srt std sub subs syn sync ted the tmp trad tst txt ver vf vo vod vost vtt web
    """.split()  # noqa: SIM905 - reads easier
)
#: Of these, those of an older state of a file.
_BACKUP = frozenset({"old", "bak", "backup", "orig", "original", "previous"})
#: For the hard of hearing, as media servers have it behind the tag: Hindi where no tag stands before it.
_FOR_THE_DEAF = frozenset({"sdh", "cc", "hi"})


def is_backup_name(stem: str) -> bool:
    """Tell whether a name says that the file is an older state of another one."""
    return not _BACKUP.isdisjoint(re.findall(r"[^\W\d_]+", stem.lower()))


def tag_of_name(stem: str) -> str | None:
    """Return the canonical tag of the language that a file is named by, without its ending; ``None`` if it says none.

    The tag is the whole name, or stands behind its last full stop. A word is not a tag, and neither is one that follows
    another language's tag. ``fr.simple`` is the easy text of French, as ``fr-simple`` is; ``fr.sdh`` says French,
    and ``is_for_the_deaf`` the rest.
    """
    parts = _without_variant(stem.split("."))
    tag, before = _tag(parts[-1]), _tag(parts[-2]) if len(parts) > 1 else None
    if tag is None or (is_usual(before) and not are_one_language(str(before), tag)):
        return None
    return tag


def is_for_the_deaf(stem: str) -> bool:
    """Tell whether a name with a tag says that sounds and speakers are written too: ``fr.sdh``, ``fr-sdh``."""
    parts = stem.split(".")
    return _without_variant(parts) == parts[:-1] or split_variant(parts[-1])[1] is Variant.DEAF


def _without_variant(parts: list[str]) -> list[str]:
    """Let the last part be the tag of a language, where a word for its readers stands behind that."""
    if len(parts) > 1 and is_usual(_tag(parts[-2])):
        if parts[-1].lower() in _FOR_THE_DEAF:
            return parts[:-1]
        if parts[-1].lower() == Variant.EASY.value:
            return [*parts[:-2], tag_of_variant(parts[-2], Variant.EASY)]
    return parts


def _tag(written: str) -> str | None:
    """Return the canonical tag of what may be one; ``None`` for a word, and for a rare code with a usual one behind it.

    ``doc-fr`` would be Northern Dong as it is spoken in France. ``con`` alone is not one either: its files would lie in
    a folder that Windows cannot make; ``con-Latn`` is one.
    """
    if is_device(written) or primary_subtag(written.replace("_", "-")) in _WORDS:
        return None
    try:
        tag = find_language(written).tag
    except TrackError:
        return None
    _, *others = tag.split("-")
    is_odd = not is_usual(tag) and any(is_usual(_tag(each)) for each in others if len(each) < 4)  # noqa: PLR2004 - a script has four letters
    return None if is_odd else tag


def is_usual(tag: str | None) -> bool:
    """Tell whether a language has a code of two letters, or a file of its own: others' codes are words more often."""
    return tag is not None and (len(primary_subtag(tag)) == 2 or primary_subtag(tag) in _own())  # noqa: PLR2004 - as ISO 639-1


@cache
def _own() -> frozenset[str]:
    return frozenset(language.primary for language in builtin_languages())

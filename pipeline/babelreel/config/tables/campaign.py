"""What the tables ``[brand]``, ``[[help]]`` and ``[[chapter]]`` of babelreel.toml mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

from babelreel.config.tables.campaign_tables import BrandTable, ChapterTable, HelpTable
from babelreel.model.campaign import KNOWN_NUMBERS, Brand, Campaign, Chapter, HelpNumber, Texts, digits_of
from babelreel.model.timecode import MS_PER_SECOND

#: Gives the canonical form of a tag that stands at a key, and tells where it is none.
TagReader = Callable[[str, str], str]


def read_campaign(
    brand: BrandTable, numbers: list[HelpTable], chapters: list[ChapterTable], tag: TagReader, faults: list[str]
) -> Campaign:
    """Read what the tables say; what contradicts itself is added to the faults."""
    found = Campaign(
        brand=_brand(brand, tag),
        help=tuple(_number(each, place, tag) for place, each in enumerate(numbers, 1)),
        chapters=tuple(
            sorted(
                (_chapter(each, place, tag) for place, each in enumerate(chapters, 1)), key=lambda each: each.start_ms
            )
        ),
    )
    dialled = Counter(each.digits for each in found.help)
    faults.extend(f"help: {digits} is listed {count} times" for digits, count in dialled.items() if count > 1)
    starts = Counter(each.start_ms for each in found.chapters)
    faults.extend(
        f"chapter: {count} chapters begin at {start_ms / MS_PER_SECOND:g} s"
        for start_ms, count in starts.items()
        if count > 1
    )
    return found


def _brand(table: BrandTable, tag: TagReader) -> Brand:
    return Brand(
        organisation=table.organisation or "",
        logo=Path(table.logo) if table.logo else None,
        colour=(table.colour or "").lower(),
        sentences=_texts(table.sentence, "brand.sentence", tag),
        privacy=table.privacy or "",
        contact=table.contact or "",
    )


def _number(table: HelpTable, place: int, tag: TagReader) -> HelpNumber:
    return HelpNumber(
        number=" ".join(table.number.split()),
        labels=_texts(table.label, f"help.{place}.label", tag),
        hours=table.hours or "",
        kind=table.kind or KNOWN_NUMBERS.get(digits_of(table.number)),
    )


def _chapter(table: ChapterTable, place: int, tag: TagReader) -> Chapter:
    return Chapter(start_ms=start_ms_of(table.start), titles=_texts(table.title, f"chapter.{place}.title", tag))


def start_ms_of(written: str) -> int:
    """Read when a chapter begins: ``0:49``, ``1:02:03.5``."""
    *larger, seconds = written.split(":")
    start = Fraction(seconds)
    for power, part in enumerate(reversed(larger), 1):
        start += int(part) * 60**power
    return int(start * MS_PER_SECOND)


def _texts(table: Mapping[str, str], key: str, tag: TagReader) -> Texts:
    return tuple((tag(written, f"{key}.{written}"), text) for written, text in table.items())

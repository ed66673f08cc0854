from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from babelreel.graph.task import Literal, Produced, SourceFile, Task
from babelreel.languages.find import find_language
from babelreel.model.campaign import Campaign, HelpNumber
from babelreel.model.delivery.manifest import Role
from babelreel.model.delivery.pairs import Pair
from babelreel.model.film.cards import Cards
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS, EDITION_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Rung, Text
from babelreel.model.film.signs import ShownSign, Sign, SignStyle
from babelreel.model.project import Delivery
from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue
from babelreel.stages.deliverables import Blueprint, plan_deliverables
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.timedtext.burnin.typeface import choose_font
from support.tracks import cue, track
from support.workshops import make_workshop

PHONE = DEFAULT_RUNGS[-1]
WEB = DEFAULT_RUNGS[1]
MINUTE_MS = 60_000


def subtitles(tag: str, *cues: Cue) -> Subtitles:
    language, font = find_language(tag), choose_font(find_language(tag), None)
    files = (SourceFile(name=f"fonts/{font.path.name}", path=font.path, digest="12" * 32),)
    return Subtitles(
        language=language,
        track=track(*(cues or (cue(0, 1000, "112"),)), path=f"subtitles/{tag}.srt"),
        font=font,
        font_files=files,
    )


def planned(
    *languages: Subtitles,
    pairs: tuple[str, ...] = (),
    rungs: tuple[Rung, ...] = (WEB, PHONE),
    within: Workshop | None = None,
) -> Blueprint:
    delivery = Delivery(
        has_pages=False, has_streams=False, has_leaflets=False, pairs=tuple(Pair.named(pair) for pair in pairs)
    )
    return plan_deliverables(within or make_workshop(has_sound=False), languages, rungs, "film", delivery)


def tasks_of(blueprint: Blueprint) -> dict[str, Task]:
    return {task.name: task for task in blueprint.tasks}


def pieces(blueprint: Blueprint, file: str) -> list[Task]:
    tasks = tasks_of(blueprint)
    return [tasks[each.task] for each in tasks[file].inputs if isinstance(each, Produced)]


def documents(task: Task) -> list[str]:
    return [each.content.decode() for each in task.inputs if isinstance(each, Literal)]


def test_a_pair_gets_a_film_for_each_size_with_text_in_its_picture() -> None:
    found = planned(subtitles("ar"), subtitles("fr"), pairs=("ar+fr",))
    (film,) = [each for each in found.deliverables if each.language == "ar+fr"]
    assert (film.path, film.rendition, film.text) == ("ar_fr/film.ar_fr.phone-360p.mp4", "phone-360p", Text.BURN_IN)


def test_what_is_made_without_pairs_stays_as_it_is() -> None:
    languages = (subtitles("ar"), subtitles("fr"))
    without, beside = planned(*languages), planned(*languages, pairs=("ar+fr",))
    tasks = tasks_of(beside)
    assert all(tasks[name] == task for name, task in tasks_of(without).items())
    assert {"ar+fr"} == {task.language for name, task in tasks.items() if name not in tasks_of(without)}


@pytest.mark.parametrize("bounded", [EDITION_RUNGS[0], PHONE], ids=["story", "phone-360p"])
def test_a_bound_is_kept_by_a_search_with_the_text_of_two_languages(bounded: Rung) -> None:
    languages = (subtitles("ar"), subtitles("fr"))
    rungs = (*({PHONE} - {bounded}), replace(bounded, max_bytes=4_000_000))
    without, beside = planned(*languages, rungs=rungs), planned(*languages, pairs=("ar+fr",), rungs=rungs)
    one = f"quality {bounded.name}"
    assert one in tasks_of(without)
    assert all(tasks_of(beside)[name] == task for name, task in tasks_of(without).items())
    first, *rest = pieces(beside, f"file {bounded.name} ar+fr")
    for piece in (first, *rest):
        assert {each.task for each in piece.inputs if isinstance(each, Produced)} == {f"{one} of pairs"}
    tried, single = documents(tasks_of(beside)[f"{one} of pairs"]), documents(tasks_of(without)[one])
    assert (len(tried), len(single)) == (2, 1), "what is tried has both texts, as the films have"
    assert [each.name for each in rest] == [
        f"picture {bounded.name} part {place} pairs" for place in range(2, len(rest) + 2)
    ]


def test_a_cell_without_text_is_that_of_all_languages() -> None:
    found = planned(subtitles("ar"), subtitles("fr"), pairs=("ar+fr",))
    first, *rest = pieces(found, "file phone-360p ar+fr")
    assert first.name == "picture phone-360p part 1 ar+fr"
    assert len(documents(first)) == 2
    assert rest == pieces(found, "file phone-360p ar")[1:]


def test_an_edited_cue_of_either_language_costs_its_cells_only() -> None:
    texts = {tag: [cue(0, 1000, "1"), cue(30_000, 31_000, "2", number=2)] for tag in ("ps", "nl")}

    def made(edited: str) -> list[Task]:
        languages = [
            subtitles(tag, cues[0], replace(cues[1], lines=("3",)) if tag == edited else cues[1])
            for tag, cues in texts.items()
        ]
        return pieces(planned(*languages, pairs=("ps+nl",), rungs=(PHONE, *EDITION_RUNGS)), f"file {rung} ps+nl")

    for rung in ("phone-360p", "story", "post"):
        before = made("")
        for tag in texts:
            changed = [place for place, (one, other) in enumerate(zip(before, made(tag), strict=True)) if one != other]
            # 60 s are ten cells, and 30 s is where the sixth begins
            assert changed == [5], (rung, tag)


@pytest.mark.parametrize("rung", EDITION_RUNGS, ids=lambda rung: rung.name)
def test_pairs_share_the_cells_of_an_edition_that_show_no_text(rung: Rung) -> None:
    found = planned(subtitles("ar"), subtitles("fr"), subtitles("nl"), pairs=("ar+fr", "nl+fr"), rungs=(WEB, rung))
    one, other = (pieces(found, f"file {rung.name} {tag}")[1:] for tag in ("ar+fr", "nl+fr"))
    assert one == other
    assert one[0].name == f"picture {rung.name} part 2 pairs"


def test_a_pair_that_does_not_fit_is_left_out_and_told() -> None:
    long = subtitles("fr", cue(0, 1000, "- Un", "- Deux", "- Trois"))
    other = subtitles("ar", cue(0, 1000, "- 1", "- 2"))
    found = planned(long, other, pairs=("ar+fr",))
    assert not [each for each in found.deliverables if each.language == "ar+fr"]
    (skipped,) = found.skipped
    assert skipped.name == "phone-360p in ar+fr"
    assert "5 lines, and four fit" in skipped.why
    assert "fr/film.fr.phone-360p.mp4" in {each.path for each in found.deliverables}


@pytest.mark.parametrize(("count", "left_out"), [(4, set()), (10, {"ar+fr"}), (40, {"ar", "ar+fr", "fr"})])
def test_a_size_that_would_lose_a_number_to_call_is_left_out_and_told(count: int, left_out: set[str]) -> None:
    """A line of the second language is shown during the card of the first."""
    numbers = tuple(HelpNumber(number=str(number), hours="24/7") for number in range(112, 112 + count))
    with_cards = replace(make_workshop(has_sound=False), cards=Cards(end_ms=6000), campaign=Campaign(help=numbers))
    languages = (subtitles("ar"), subtitles("fr", cue(MINUTE_MS - 2000, MINUTE_MS, "112", "113")))
    found = planned(*languages, pairs=("ar+fr",), within=with_cards)
    assert {each.tag for each in found.skipped} == left_out
    assert all("has no room on the end card" in each.why for each in found.skipped)
    made = {each.language for each in found.deliverables if each.rendition == "phone-360p"}
    assert made == {"ar", "fr", "ar+fr"} - left_out
    assert {each.language for each in found.deliverables if each.rendition == "web-720p"} == {"ar", "fr"}


@pytest.mark.parametrize("languages", [("ar",), ("ar", "fr")])
def test_a_pair_without_the_text_of_both_is_left_out_and_told(languages: tuple[str, ...]) -> None:
    found = planned(*(replace(subtitles(tag), has_text=tag == "ar") for tag in languages), pairs=("ar+fr",))
    assert not [each for each in found.deliverables if each.language == "ar+fr"]
    assert [each.name for each in found.skipped] == ["the pair ar+fr"]
    assert "fr" in found.skipped[0].why


def test_a_draft_in_either_language_marks_every_cell() -> None:
    for draft in ("ar", "fr"):
        languages = [replace(subtitles(tag), is_draft=tag == draft) for tag in ("ar", "fr")]
        found = planned(*languages, pairs=("ar+fr",))
        assert all("DRAFT" in documents(piece)[0] for piece in pieces(found, "file phone-360p ar+fr"))


def test_words_in_the_picture_make_room_for_the_mark_of_a_draft_in_either_language() -> None:
    sign = Sign(name="tel", span=Span(start_ms=0, end_ms=1000), style=SignStyle.TITLE, place=Align.TOP)
    places: dict[str, str] = {}
    for draft in ("", "ar", "fr"):
        languages = [replace(subtitles(tag), is_draft=tag == draft) for tag in ("ar", "fr")]
        first = replace(languages[0], signs=(ShownSign(sign=sign, text="116 000"),))
        found = planned(first, languages[1], pairs=("ar+fr",))
        document = documents(pieces(found, "file phone-360p ar+fr")[0])[0]
        places[draft] = next(line for line in document.splitlines() if "116" in line)
    assert places["ar"] == places["fr"] != places[""]


def test_fonts_that_are_called_alike_are_both_there() -> None:
    own = SourceFile(name="fonts/own.ttf", path=Path("a/own.ttf"), digest="34" * 32)
    languages = (
        replace(subtitles("ar"), font_files=(own,)),
        replace(subtitles("fr"), font_files=(replace(own, path=Path("b/own.ttf"), digest="56" * 32),)),
    )
    (first, *_) = pieces(planned(*languages, pairs=("ar+fr",)), "file phone-360p ar+fr")
    fonts = {each.name: each.digest for each in first.inputs if isinstance(each, SourceFile) and "fonts" in each.name}
    assert sorted(fonts.values()) == ["34" * 32, "56" * 32]


def test_the_names_of_pairs_are_read_and_written() -> None:
    assert Pair.named("ps + nl").tag == "ps+nl"
    for wrong in ("ps", "ps+", "+nl", "ps+nl+fr", ""):
        with pytest.raises(ValueError, match="no pair"):
            Pair.named(wrong)


def test_a_pair_has_a_leaflet_of_its_own_and_changes_no_other() -> None:
    languages = (subtitles("ar"), subtitles("fr"))

    def made(*pairs: Pair) -> Blueprint:
        delivery = Delivery(has_pages=False, has_streams=False, address="https://example.org/f/", pairs=pairs)
        return plan_deliverables(make_workshop(has_sound=False), languages, (WEB, PHONE), "film", delivery)

    alone, beside = made(), made(Pair(first="ar", second="fr"))
    leaflets = {each.path for each in beside.deliverables if each.role is Role.LEAFLET}
    before = {each.path for each in alone.deliverables if each.role is Role.LEAFLET}
    # there is no Chromium here that could print it
    new = {"ar_fr/film.ar_fr.leaflet.html", "ar_fr/film.ar_fr.qr.svg", "assets/leaflet-pair.css"}
    assert leaflets - before == new
    assert all(tasks_of(beside)[name] == task for name, task in tasks_of(alone).items())
    (page, _) = documents(tasks_of(beside)["leaflet ar+fr"])
    assert 'href="../assets/leaflet-pair.css"' in page
    assert "https://example.org/f/ar_fr/" in page

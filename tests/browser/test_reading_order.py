"""Is text from right to left seen in the order in which a browser shows it, wherever we put it?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape

import pytest
from playwright.sync_api import Browser, Page

from babelreel.languages.find import find_language
from babelreel.timedtext.direction.isolates import isolate_left_to_right, isolate_line, isolate_within
from babelreel.timedtext.direction.line_direction import runs_from_right
from babelreel.timedtext.direction.visual_pieces import visual_pieces
from support.leaflets import sheet
from support.mixed_lines import RTL, MixedLine, mixed_lines
from support.sites import make_site, site_language, text_of

LINES = mixed_lines()
#: For each element the places of its characters, from left to right.
ORDER = """elements => elements.map(element => {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = document.createRange(), found = [];
  let before = 0;
  for (let text = texts.nextNode(); text; before += text.data.length, text = texts.nextNode()) {
    for (let place = 0; place < text.data.length; place++) {
      range.setStart(text, place); range.setEnd(text, place + 1);
      const box = range.getClientRects()[0];
      if (box && box.width > 0) found.push([box.left + box.width / 2, before + place]);
    }
  }
  return found.sort((one, other) => one[0] - other[0]).map(each => each[1]);
})"""


def is_seen(character: str) -> bool:
    """Tell whether a character has a place of its own: no space, mark or invisible control."""
    return unicodedata.category(character) not in {"Mn", "Me", "Cf", "Zs"}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    yield page
    page.close()


def browser_orders(page: Page, lines: Iterable[tuple[str, str]]) -> list[str]:
    """Show texts, each with the attributes of its element; gives what is seen of each from left to right."""
    texts = [(attributes, text) for attributes, text in lines]
    body = "".join(f"<p {attributes}>{escape(text)}</p>" for attributes, text in texts)
    page.set_content(f"<style>p {{ white-space: pre; font: 24px sans-serif; width: 1500px }}</style>{body}")
    places = page.eval_on_selector_all("p", ORDER)
    return [
        "".join(character for place in order if is_seen(character := text[place]))
        for (_, text), order in zip(texts, places, strict=True)
    ]


def drawn_order(line: MixedLine) -> str:
    """Give what is seen of a burned-in line from left to right, brackets as they were before they were mirrored."""
    pieces = visual_pieces(isolate_left_to_right(line.text), is_rtl=line.is_rtl)
    return "".join(
        each for piece in pieces for each in (piece.text[::-1] if piece.is_rtl else piece.text) if is_seen(each)
    )


def unmirrored(text: str) -> str:
    """Make brackets and comparisons that may be mirrored one and the same."""
    return text.translate(str.maketrans("()[]{}<>«»", "(([[{{<<««"))


def wrong(expected: Sequence[str], found: Sequence[str]) -> list[tuple[str, str, str, str]]:
    return [
        (line.tag, line.text, one, other)
        for line, one, other in zip(LINES, expected, found, strict=True)
        if unmirrored(one) != unmirrored(other)
    ]


@pytest.fixture(scope="module")
def expected(page: Page) -> list[str]:
    """Give what a browser shows of each line when it is told the line's direction, and its numbers are isolated."""
    directions = {True: "dir=rtl", False: "dir=ltr"}
    return browser_orders(page, [(directions[line.is_rtl], isolate_left_to_right(line.text)) for line in LINES])


def test_there_are_hundreds_of_lines_in_every_language() -> None:
    assert len(LINES) > 400
    assert {line.tag for line in LINES} == {"fr", "bg", "vi", "zh-Hans", *RTL}


def test_each_line_runs_in_the_direction_that_the_table_says() -> None:
    assert [
        line for line in LINES if runs_from_right(line.text, is_rtl=find_language(line.tag).is_rtl) != line.is_rtl
    ] == []


def test_burned_in_letters_come_in_the_order_of_the_browser(expected: list[str]) -> None:
    assert wrong(expected, [drawn_order(line) for line in LINES]) == []


def test_a_sidecar_is_seen_in_the_same_order_by_players_that_find_the_direction(
    page: Page, expected: list[str]
) -> None:
    texts = (isolate_line(line.text, is_rtl=line.tag in RTL) for line in LINES)
    found = browser_orders(page, (('style="unicode-bidi: plaintext"', text) for text in texts))
    assert wrong(expected, found) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_sidecar_in_a_right_to_left_language_needs_no_player_that_finds_it(
    page: Page, expected: list[str], direction: str
) -> None:
    texts = [isolate_line(line.text, is_rtl=line.tag in RTL) for line in LINES]
    found = browser_orders(page, ((f"dir={direction}", text) for text in texts))
    assert [each for each in wrong(expected, found) if each[0] in RTL] == []


def test_pages_show_the_same_order(page: Page, expected: list[str]) -> None:
    texts = (
        ("dir=rtl" if line.tag in RTL else "dir=ltr", isolate_within(line.text, is_rtl=line.tag in RTL))
        for line in LINES
    )
    assert wrong(expected, browser_orders(page, texts)) == []


def seen_paragraphs(page: Page, html: str, text: str) -> list[str]:
    """Show a whole page; gives what is seen of each paragraph of its text from left to right."""
    page.set_content(f"<style>p {{ white-space: pre; font: 24px sans-serif; width: 1500px }}</style>{html}")
    found = page.eval_on_selector_all(
        text, f"elements => [elements.map(each => each.textContent), ({ORDER})(elements)]"
    )
    return [
        "".join(shown[place] for place in order if is_seen(shown[place])) for shown, order in zip(*found, strict=True)
    ]


@pytest.mark.parametrize("tag", ["fr", *RTL])
def test_transcripts_and_leaflets_show_the_same_order(page: Page, expected: list[str], tag: str) -> None:
    found = []
    lines = [(line, order) for line, order in zip(LINES, expected, strict=True) if line.tag == tag]
    for line, order in lines[:: len(lines) // 40]:  # each is a page of its own
        transcript = text_of(make_site(site_language(tag, [line.text])), f"{tag}/film.{tag}.transcript.html")
        for html, text in ((transcript, "section p"), (sheet(tag, line.text), "article p")):
            shown = seen_paragraphs(page, html, text)
            if unmirrored(order) not in map(unmirrored, shown):
                found.append((text, line.text, order, shown))
    assert found == []


def test_no_number_or_address_is_taken_apart(expected: list[str]) -> None:
    for line, seen in zip(LINES, expected, strict=True):
        for number in ("116 000", "+32 2 555 12 34", "08:30-17:00", "https://example.org/", "54-56", "١١٦ ٠٠٠"):
            if number in line.text:
                assert number.replace(" ", "") in seen, line

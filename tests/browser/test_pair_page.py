"""Does the page of two languages show both texts over its film, in Chromium, Firefox and WebKit?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browsers import Tab, film, open_film, seek, wait_for_film
from support.browsing import Open
from support.projects import babelreel
from support.site_server import serve_site

#: All that is drawn over the film, from above.
DRAWN = "Array.from(document.querySelectorAll('.drawn p'), line => [line.lang, line.dir, line.textContent])"
ARABIC, FRENCH = "اتصل بالرقم 112", "Appelle 112"


@pytest.fixture(scope="module")
def address(output: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the film of 3 s for a pair, too: all else of it is in its store."""
    root = tmp_path_factory.mktemp("pair") / "film"
    shutil.copytree(output.parent, root)
    settings = root / "babelreel.toml"
    pair = '[delivery]\npairs = ["ar+fr"]\n'
    titles = '[language.ar]\ntitle = "حقوقك"\n[language.fr]\ntitle = "Tes droits"\n'
    settings.write_text(settings.read_text("utf-8").replace("[delivery]\n", pair) + titles, "utf-8")
    done = babelreel(root, "build", "ar+fr")
    assert done.code == 0, done.err
    with serve_site(root / "output") as address:
        yield address


def wait_for_texts(tab: Tab, *texts: tuple[str, str, str]) -> None:
    """Wait until just these texts are drawn, each with its language and its direction."""
    same = " && ".join(
        f"shown[{place}][0] === {tag!r} && shown[{place}][1] === {direction!r} && shown[{place}][2].includes({text!r})"
        for place, (tag, direction, text) in enumerate(texts)
    )
    wait_for_film(tab, f"(shown => shown.length === {len(texts)}{' && ' + same if same else ''})({DRAWN})")


def choose(tab: Tab, tag: str) -> None:
    film(
        tab,
        "const select = document.getElementById('subtitles');"
        f"select.value = {tag!r}; select.dispatchEvent(new Event('change'));",
    )


def test_both_texts_are_drawn_and_either_can_be_chosen_alone(tab: Tab, address: str) -> None:
    both = (("fr", "ltr", FRENCH), ("ar", "rtl", ARABIC))
    open_film(tab, f"{address}ar_fr/")
    seek(tab, 1.5)
    wait_for_texts(tab, *both)
    size = "Number.parseFloat(getComputedStyle(document.querySelectorAll('.drawn p')[{}]).fontSize)"
    assert film(tab, f"return {size.format(0)} < {size.format(1)};"), "the second language is smaller"
    assert film(tab, "return document.getElementById('subtitles').selectedOptions[0].textContent;") == (
        "العربية + Français"
    )

    seek(tab, 2.5)  # the French line has changed, the Arabic one has not
    wait_for_texts(tab, ("fr", "ltr", "Un tuteur."), both[1])
    seek(tab, 0.1)
    wait_for_texts(tab)

    seek(tab, 1.5)
    choose(tab, "fr")
    wait_for_texts(tab, both[0])
    choose(tab, "")
    wait_for_texts(tab)
    choose(tab, "ar")
    wait_for_texts(tab, *both)
    film(tab, "film.load();")  # as when another file of the film is taken
    seek(tab, 1.5)
    wait_for_texts(tab, *both)
    assert film(tab, "return complaints;") == []


def test_a_frame_on_another_page_shows_both(tab: Tab, address: str) -> None:
    open_film(tab, f"{address}ar_fr/embed/")
    seek(tab, 1.5)
    wait_for_texts(tab, ("fr", "ltr", FRENCH), ("ar", "rtl", ARABIC))


@pytest.mark.parametrize("look", ["light", "dark"])
def test_both_titles_can_be_read(visit: Open, address: str, axe: str, look: str) -> None:
    page = visit(f"{address}ar_fr/", color_scheme=look).page
    assert page.text_content(".pair-titles p") == "Tes droits"
    page.evaluate(axe)
    found = page.evaluate("axe.run({ runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa'] } })")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]] == []
    told = (node["html"] for each in found["passes"] if each["id"] == "color-contrast" for node in each["nodes"])
    assert any("Tes droits</p>" in html for html in told), "axe has measured the title"

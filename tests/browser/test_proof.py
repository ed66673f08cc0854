"""Is a proof sheet read by everybody, on a phone too, with nothing loaded and nothing run?"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from support.projects import babelreel, make_project
from support.tracks import srt

EN = srt((200, 1000, "You have rights."), (1100, 1900, "Call 112."))
AR = srt((200, 1000, "لديك حقوق."), (1100, 1900, "<img src=x onerror=document.title='run'> اتصل بالرقم 112."))


def test_a_sheet_on_a_phone_shuts_nobody_out_and_its_own_policy_finds_nothing(
    browser: Browser, axe: str, tmp_path: Path
) -> None:
    root = make_project(tmp_path / "film", {"en.srt": EN, "ar.srt": AR})
    assert babelreel(root, "proof", "ar", "--quiet").code == 0
    address = (root / "proof" / "film.ar.proof.html").as_uri()
    context = browser.new_context(viewport={"width": 360, "height": 700})
    page = context.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth === 320)")
    assert page.evaluate("document.images.length") == 2
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.title() == "film: lines as burned in, Arabic"
    assert complaints == []
    assert [each for each in requests if not each.startswith("data:image/jpeg;base64,")] == [address]
    context.close()
    looked_at = browser.new_context(viewport={"width": 360, "height": 700}, bypass_csp=True)
    page = looked_at.new_page()
    page.goto(address)
    page.evaluate(axe)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    assert [each["id"] for each in found["violations"]] == []
    looked_at.close()

"""Do we know which times of WebVTT a browser reads, so that a cue that nobody will see is an error?"""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from babelreel.model.track import FaultKind
from babelreel.timedtext.formats.webvtt import read_webvtt

TIMES = (
    "00:00:01.000 --> 00:00:02.000",
    "00:01.000 --> 00:02.000",
    "00:00:01,000 --> 00:00:02,000",
    "00:00:01.000 --> 00:00:02,000",
    "00:00:01.00 --> 00:00:02.00",
    "00:00:01 --> 00:00:02",
    "00:00:01.0000 --> 00:00:02.0000",
    "0:00:01.000 --> 0:00:02.000",
    "100:00:01.000 --> 100:00:02.000",
    "0:01.000 --> 0:02.000",
    "00:00:1.000 --> 00:00:2.000",
    "00:00:01.000-->00:00:02.000",
    "00:00:01.000\t-->\t00:00:02.000",
    "00:00:01.000 -> 00:00:02.000",
    " 00:00:01.000  -->  00:00:02.000",
    "00:00:61.000 --> 00:01:02.000",
    "75:01.000 --> 76:02.000",
    "00:00:01.000 --> 00:00:02.000 X1:2",
)

COUNT_CUES = """(address) => new Promise((resolve) => {
  const video = document.body.appendChild(document.createElement("video"));
  const track = video.appendChild(document.createElement("track"));
  track.onload = () => resolve(track.track.cues.length);
  track.src = address;
  track.track.mode = "showing";
})"""


@pytest.mark.parametrize("times", TIMES)
def test_a_cue_is_told_to_be_unshown_where_chromium_does_not_show_it(browser: Browser, times: str) -> None:
    text = f"WEBVTT\n\n{times}\nYou have rights.\n"
    page = browser.new_page()
    shown = page.evaluate(COUNT_CUES, f"data:text/vtt;charset=utf-8,{quote(text)}")
    page.close()
    kinds = {fault.kind for fault in read_webvtt(text, language="en", path="subtitles/en.vtt").faults}
    assert (FaultKind.VTT_TIMESTAMP not in kinds) is (shown == 1)

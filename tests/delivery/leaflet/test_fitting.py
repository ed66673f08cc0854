"""Is the type of a leaflet as large as its sheet allows?"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from babelreel.config.read import read_project
from babelreel.delivery.leaflet.fitting import choose_type_size_pt
from babelreel.languages.find import find_language
from babelreel.model.campaign import chapters_in
from babelreel.timedtext.burnin.line_width import find_shaper
from babelreel.timedtext.burnin.typeface import choose_font
from babelreel.timedtext.formats.subrip import read_subrip
from babelreel.timedtext.words.paragraphs import lay_paragraphs

ROOT = Path(__file__).parents[3]
#: The largest sizes at which Chromium printed the sample's leaflets on one sheet, with pictures of 900 × 506.
PRINTED_PT = MappingProxyType({"fr": 14, "de": 14, "ar": 14, "ps": 14, "fa": 14, "zh-Hans": 15, "ro": 15, "vi": 14})


@pytest.mark.parametrize("tag", sorted(PRINTED_PT))
def test_a_text_with_chapters_is_never_larger_than_its_sheet_and_one_size_smaller_at_most(tag: str) -> None:
    project, language = read_project(ROOT), find_language(tag)
    cues = read_subrip((ROOT / f"subtitles/{tag}.srt").read_text("utf-8"), language=tag, path="").cues
    texts: list[str] = []
    headings = {}
    titles = [*chapters_in(project.campaign.chapters, tag)]
    for (start, title), end in zip(titles, [*(each for each, _ in titles[1:]), 10**9], strict=True):
        headings[len(texts)] = title
        spoken = [cue for cue in cues if start <= cue.span.start_ms < end]
        texts += [paragraph.text for paragraph in lay_paragraphs(spoken, language)]
    shaper = find_shaper(choose_font(language, None), language)
    size = choose_type_size_pt(texts, language, shaper, 900, 506, headings=headings)
    assert PRINTED_PT[tag] - 1 <= size <= PRINTED_PT[tag]
    assert choose_type_size_pt(texts, language, shaper, 900, 506) >= size, "headings take room"

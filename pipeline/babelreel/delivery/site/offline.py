"""Bring cues to a page that was opened by double click, where no ``<track>`` is loaded.

A script for each language registers its cues as plain text.
"""

from __future__ import annotations

from babelreel.delivery.site.films import films_of
from babelreel.delivery.site.page_text import Line, render_script_json
from babelreel.delivery.site.site_content import Site, SiteLanguage
from babelreel.delivery.site.words import bar_words, player_words_for, words_for
from babelreel.model.track import Align, Cue

_TOP = frozenset({Align.TOP_LEFT, Align.TOP, Align.TOP_RIGHT})


def render_cues_script(site: Site, language: SiteLanguage, lines: tuple[Line, ...]) -> str:
    """Write what the page shows of one language: its film, its words, its cues, its lines."""
    words, player, films = words_for(language.language), player_words_for(language.language), films_of(site, language)
    return "babelreelCues({});\n".format(
        render_script_json(
            {
                "tag": language.tag,
                "name": language.language.own_name,
                "dir": language.language.direction.value,
                "title": language.title,
                "titleTag": language.title_tag,
                "film": films.main.path if films else "",
                "burned": films is not None and films.is_burned,
                "words": {
                    "tag": words.tag,
                    "dir": words.direction,
                    "language": words.language,
                    "transcript": words.transcript,
                    "jump": words.jump,
                    "accessibility": words.accessibility,
                    "note": words.accessibility_note,
                    "noSubtitles": words.no_subtitles,
                    "textSize": player.text_size,
                    "speed": player.speed,
                    "player": bar_words(language.language),
                },
                "cues": [_cue(cue) for cue in language.cues],
                "lines": [[line.start_ms, line.end_ms, line.text] for line in lines],
            }
        )
    )


def _cue(cue: Cue) -> list[int | str]:
    """Write a cue: start and end in milliseconds, text, 1 if it stands at the top."""
    text = "\n".join(cue.lines)
    return [max(0, cue.span.start_ms), max(0, cue.span.end_ms), text, int(cue.align in _TOP)]

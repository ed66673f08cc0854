"""What a language's file carries at a rung: which text, and whose voice."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.film.ladder.encoding_ladder import Rung, Sound, Text
from babelreel.model.variant import split_variant
from babelreel.stages.inputs import Film, Subtitles


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The text and the sound of one file."""

    text: Text
    sound: Sound


def choose_content(film: Film, subtitles: Subtitles, rung: Rung) -> Content:
    """Decide what a file carries: text is left out where the language is heard, a voice where it is read.

    So no file has neither, whatever was asked for. The voice of a language that has no text is always heard.
    """
    has_voice = subtitles.voice is not None and (rung.has_voice or not subtitles.has_text)
    is_heard = has_voice or (_is_spoken(film, subtitles) and bool(film.info.audio))
    wants_text = rung.shows_text and subtitles.shows_text
    has_text = subtitles.has_text and (wants_text or not is_heard)
    return Content(
        text=rung.text if has_text else Text.NONE,
        sound=Sound.DUB if has_voice else Sound.ORIGINAL,
    )


def _is_spoken(film: Film, subtitles: Subtitles) -> bool:
    base, _ = split_variant(subtitles.language.tag)
    return base == film.language.tag

"""Propose a name for a subtitle file that does not say in which language it is.

The module, and what it needs of names and of texts, is loaded when there is such a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from babelreel.errors import TrackError
from babelreel.languages.file_names import tag_of_name
from babelreel.languages.find import builtin_languages, find_language, is_tag
from babelreel.languages.meant_language import tags_meant_by
from babelreel.model.language import ENGLISH, Language
from babelreel.model.track import FaultKind
from babelreel.regular_files import read_regular
from babelreel.timedtext.file_size import LIMIT_BYTES
from babelreel.timedtext.read import TRACK_ENDINGS, read_track
from babelreel.timedtext.words.identify_language import are_kin, identify, known_codes
from babelreel.timedtext.words.writing_systems import main_script, parts_of

#: Shorter texts are in no language for sure.
_FEWEST_LETTERS = 40
_SURE_PERCENT = 90
#: The language of a text shows in its beginning; more would only take longer.
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The name that a file should have, the tag and the name of its language, and what all are known from.

    ``is_by_name``: only its own name says so, in words.

    ``ending`` is what stands behind the name where nothing else is wrong with it, as in ``fr.srt.txt``; else empty.
    """

    name: str
    tag: str
    language: str
    why: str
    is_by_name: bool = False
    ending: str = ""


def propose_name(path: Path) -> Proposal | None:
    """Propose a name by what the file's own says in words, or else by its text; ``None`` where neither is clear."""
    stem, suffix = _parted(path)
    tag = tag_of_name(stem)
    meant = (tag,) if tag else tags_meant_by(stem)
    if len(meant) == 1:
        language = find_language(meant[0])
        return Proposal(
            name=f"{language.tag}{suffix}",
            tag=language.tag,
            language=language.name,
            why=f"its name says {language.name}",
            is_by_name=True,
            ending=path.suffix if tag and path.suffix.lower() not in TRACK_ENDINGS else "",
        )
    found = _language_of(path, suffix)
    if found is None:
        return None
    return Proposal(name=f"{found.tag}{suffix}", tag=found.tag, language=found.name, why=f"its text is in {found.name}")


def _parted(path: Path) -> tuple[str, str]:
    """Split a name into its stem, and the ending it should have: ``.srt`` for ``fr.srt.txt`` and ``fr.txt``."""
    if path.suffix.lower() in TRACK_ENDINGS:
        return path.stem, path.suffix.lower()
    inner = Path(path.stem)
    return (inner.stem, inner.suffix.lower()) if inner.suffix.lower() in TRACK_ENDINGS else (path.stem, ".srt")


def _language_of(path: Path, suffix: str) -> Language | None:
    """Tell in which language the text of a file surely is.

    Of two that the model cannot tell apart, such as Croatian and Bosnian, only one with a file here is named.
    """
    text = _text(path, suffix)
    if sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
        return None
    own = [each for each in builtin_languages() if main_script(text) in parts_of(each.script)]
    codes = {each.identification.model_code or each.primary for each in own}
    others = [find_language(code) for code in sorted(known_codes() - codes) if is_tag(code)]  # not “zxx”
    guess = identify(text, (*own, *others))
    if guess is None or guess.percent < _SURE_PERCENT:
        return None
    is_one_of_many = any(are_kin(each, guess.language) for each in others if each != guess.language)
    return None if guess.language in others and is_one_of_many else guess.language


def _text(path: Path, suffix: str) -> str:
    english = find_language(ENGLISH)  # whatever the language: bytes that are not UTF-8 are not guessed at
    try:
        data = read_regular(path, LIMIT_BYTES)
        track = read_track(data, language=english, path=f"{path.stem}{suffix}")
    except (OSError, ValueError, TrackError):
        return ""
    is_guessed = any(fault.kind is FaultKind.LEGACY_ENCODING for fault in track.faults)
    return "" if is_guessed else "\n".join(cue.text for cue in track.cues)[:_SAMPLE]

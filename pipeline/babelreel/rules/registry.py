"""All the rules, and those that a selector means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import ModuleType

from babelreel.errors import UsageError
from babelreel.rules.base.recording_subject import DescriptionSubject, SettingsSubject, StayedSubject
from babelreel.rules.base.rule import RecordingRule, Rule, TrackRule
from babelreel.rules.characters import (
    arabic_script,
    chinese_script,
    combining_marks,
    glyphs,
    letters,
    look_alike_digits,
    script_punctuation,
)
from babelreel.rules.direction import controls, numbers, reading_order
from babelreel.rules.dubs import (
    consent,
    files,
    mix,
    recorded_texts,
    recording_length,
    sound_quality,
    takes,
    whole_recording,
)
from babelreel.rules.file import (
    allowances,
    encoding,
    film_description,
    folder,
    lost_letters,
    misread,
    mojibake,
    settings,
    subrip,
    substation,
    syntax,
    webvtt_blocks,
    webvtt_cues,
)
from babelreel.rules.layout import cards, covered_signs, editions, linebreaks, pairs, signs, style, width
from babelreel.rules.ledger import what_was_said
from babelreel.rules.parity import exchanged, facts, help_numbers, names, parity
from babelreel.rules.text import (
    cue_language,
    file_language,
    foreign_markup,
    invisible_characters,
    punctuation,
    slips,
    spacing,
    tags,
    typography,
    unmatched_pairs,
    words,
)
from babelreel.rules.timing import durations, film_voices, gaps_and_overlaps, reading_speed, shots, whole_track


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The rules about one subject, by code; their codes are ``prefix`` and three digits."""

    prefix: str
    title: str
    rules: tuple[Rule, ...]


def _family(prefix: str, title: str, *modules: ModuleType) -> Family:
    """Gather the ``RULES`` of the modules that make up a family."""
    rules: Iterable[Rule] = (each for module in modules for each in module.RULES)
    return Family(prefix=prefix, title=title, rules=tuple(sorted(rules, key=lambda each: each.code)))


#: In the order in which a file is looked at: its bytes, its form, its times, its text, what it is compared with, and
#: how it is spoken.
FAMILIES = (
    _family("FIL", "Files", folder, film_description),
    _family("ENC", "Encoding", encoding, mojibake, misread, lost_letters),
    _family("SYN", "Syntax", syntax),
    _family("SRT", "SubRip", subrip),
    _family("VTT", "WebVTT", webvtt_blocks, webvtt_cues),
    _family("ASS", "ASS and SSA", substation),
    _family("TIM", "Timing", durations, gaps_and_overlaps),
    _family("RDG", "Reading", reading_speed),
    _family("LBR", "Line breaks", linebreaks),
    _family("WID", "Width", width, editions),
    _family("STY", "Style", style),
    _family("PAI", "Two languages at once", pairs),
    _family("SGN", "Words in the picture", signs, covered_signs, cards),
    _family("MRK", "Markup", tags, foreign_markup),
    _family("SPC", "Spacing", spacing, invisible_characters),
    _family("TXT", "Text", punctuation, words, unmatched_pairs, slips),
    _family("LET", "Letters", letters),
    _family("TYP", "Typography", typography),
    _family("SCR", "Arabic and Chinese script", script_punctuation, arabic_script, chinese_script),
    _family("DIR", "Direction", reading_order, numbers, controls),
    _family("GLY", "Glyphs", glyphs, combining_marks, look_alike_digits),
    _family("FLM", "Film", shots, film_voices, whole_track),
    _family("LNG", "Language", file_language, cue_language),
    _family("PAR", "Parity", parity, exchanged),
    _family("FCT", "Facts", facts, names, help_numbers),
    _family("LDG", "What people said", what_was_said),
    _family(
        "DUB", "Dubs", files, sound_quality, takes, recorded_texts, whole_recording, recording_length, mix, consent
    ),
    _family("SET", "Settings", settings),
    _family("ALW", "Allowances", allowances),
)

_FAMILIES_OF_TEXT = frozenset(
    ("RDG", "LBR", "WID", "MRK", "SPC", "TXT", "LET", "TYP", "SCR", "DIR", "GLY", "LNG", "FCT")
)

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.rules)

#: The rules about exceptions can only be run when all others have been.
LAST = frozenset(allowances.RULES)

#: What they find makes a text worthless to the rules about text, and to those of them that come later.
ROOTS: tuple[TrackRule, ...] = (
    encoding.undecodable,
    mojibake.mojibake,
    misread.misread_letters,
    lost_letters.letters_lost,
    encoding.replacement_character,
    file_language.wrong_language,
    cue_language.foreign_cue,
)

#: What they find makes it doubtful that a text is what was written: the roots, and then all others of their families.
DOUBTS: tuple[TrackRule, ...] = (
    *ROOTS,
    *(
        rule
        for family in FAMILIES
        if family.prefix in {"ENC", "LNG"}
        for rule in family.rules
        if isinstance(rule, TrackRule) and rule not in ROOTS
    ),
)

#: The rules that judge a text as one of its language.
OF_TEXT = frozenset(
    (
        *(
            rule
            for family in FAMILIES
            for rule in family.rules
            # a note that was left in is none in any language, lorem ipsum not even for those who read Latin
            if family.prefix in _FAMILIES_OF_TEXT and rule is not slips.left_over_note
        ),
        *ROOTS,
        encoding.control_character,
        parity.untranslated_cue,
    )
)

#: All that can be said of a file that was not read; the first is reported whatever rules are chosen.
UNREAD = (syntax.unreadable_file, *folder.RULES)


_NO_SOUNDS = (DescriptionSubject, StayedSubject, SettingsSubject)

#: The codes of the rules whose errors stop the dub of a language, and not the language.
_ON_SOUND = frozenset(each.code for each in RULES if isinstance(each, RecordingRule) and each.of not in _NO_SOUNDS)


#: What a person has to say again when a line is changed, even by a fix: the fix is not to blame for it.
OF_PEOPLE = frozenset(each.code for each in what_was_said.RULES)


def is_about_sound(code: str) -> bool:
    """Tell whether a rule is about recorded or finished sound: its errors stop the dub, not the language."""
    return code in _ON_SOUND


def find_rules(selector: str, rules: Sequence[Rule] = RULES) -> tuple[Rule, ...]:
    """Find the rules that a code (``TIM003``), the beginning of one (``TIM``) or a name (``short-gap``) means.

    Case does not matter. Raises ``UsageError``, with the nearest code or name as its hint, when there is none.
    """
    wanted = selector.strip().upper()
    found = tuple(each for each in rules if wanted and (each.code.startswith(wanted) or each.name.upper() == wanted))
    if not found:
        raise UsageError(what=f"There is no rule “{selector}”.", hint=_hint(wanted, rules))
    return found


def choose_rules(
    rules: Sequence[Rule] = RULES, *, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> tuple[Rule, ...]:
    """Choose the rules that ``select`` names (none named: all) without those that ``ignore`` names.

    A rule that both name is left out. Raises ``UsageError`` for a selector that means no rule.
    """
    selected = {each for selector in select for each in find_rules(selector, rules)} or set(rules)
    ignored = {each for selector in ignore for each in find_rules(selector, rules)}
    return tuple(each for each in rules if each in selected - ignored)


def _hint(wanted: str, rules: Sequence[Rule]) -> str:
    known = {label.upper(): label for each in rules for label in (each.code, each.name)}
    near = difflib.get_close_matches(wanted, known, n=1)
    if near:
        return f"Did you mean {known[near[0]]}?"
    return "All rules are in docs/rules.md."

"""What is known of a language's writing and speech, beyond its names and codes.

Each class is a table of a language's file in ``languages/``; what a file leaves out has the default that stands here.
A text of words may be written in a file as one text with spaces between them, or as a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated, NewType

from babelreel.model.language_words import CampaignWords, LeafletWords, PageWords, PlayerWords, SheetWords

#: A regular expression of Python's ``re``.
Pattern = NewType("Pattern", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Which form a text must have, as a regular expression and in words."""

    pattern: str
    words: str


TenFigures = Annotated[str, Form(pattern="[0-9]{10}", words="ten figures, the syllables of 0 to 9")]
Brackets = Annotated[str, Form(pattern=r"\[\]|\(\)|（）|【】|〔〕|［］", words="two brackets, such as [] or 【】")]
Iso639Code = Annotated[str, Form(pattern="[a-z]{3}", words="three small letters, as in “tur”")]
ScriptCode = Annotated[str, Form(pattern="[A-Z][a-z]{3}", words="four letters, as in “Latn”")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Which letters and digits a language writes, and which of other languages are taken for them.

    ``wrong`` holds letters of other languages, and what was meant by each; an empty text where the letter alone does
    not say. ``digits`` are its own ten beside 0 to 9. One of the ``telling`` letters occurs by chance in all but one
    of 10 000 texts of ``telling_within`` letters. ``lone`` are letters that are not words, and the word that was meant.
    ``other_ye`` are forms of the Arabic ye that the language does not have.
    """

    wrong: Mapping[str, str] = field(default_factory=dict)
    digits: str = ""
    telling: str = ""
    telling_within: int = 0
    lone: Mapping[str, str] = field(default_factory=dict)
    other_ye: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantNames:
    """How a language calls what is made for some readers.

    ``simple`` and ``sdh`` stand behind its own name where a text is easy to read, or for who hears little or nothing;
    ``described`` does where a voice says what is seen; ``signed`` names sign language.
    """

    simple: str = "easy read"
    sdh: str = "SDH"
    signed: str = "Sign language"
    described: str = "audio description"


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How files were saved before UTF-8.

    ``letters`` are those beyond ASCII by which a text is recognised, the small ones (capitals follow), with those of
    neighbours where names and loans are common. ``code_pages`` are Python codecs, the likeliest first. What is empty
    is that of the script.
    """

    letters: str = ""
    code_pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerDash:
    """How two speakers in a cue are marked: both lines or only the second, and whether a space follows the dash."""

    marks_both: bool
    has_space: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Punctuation:
    """How marks are set.

    ``low_quote_end`` closes what „ opens; empty where nobody knows. ``has_turned_guillemets``: »so« and «so» are both
    right. ``spaced_marks`` want a no-break space before them, ``unspaced_too`` are those of them that may do without.
    ``has_curved_apostrophe``: the straight one is never right. ``opening_marks`` begin a question or an exclamation.
    ``on_screen`` are the two brackets around what stands in the picture, where it is read as text.
    ``has_colon_in_words``: a colon may join the parts of a word. ``quotes`` are the two marks that belong around a
    quotation where the English “ ” do not; empty where these are right or common.
    """

    ellipsis: str = "…"
    low_quote_end: str = ""
    quotes: str = ""
    on_screen: Brackets = "[]"
    has_turned_guillemets: bool = False
    spaced_marks: str = ""
    unspaced_too: str = ""
    has_curved_apostrophe: bool = False
    opening_marks: str = ""
    has_colon_in_words: bool = False
    speaker_dash: SpeakerDash | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Which words belong so closely to the next one that no line should end between them.

    These are closed classes: articles, possessives and prepositions (in Pashto, the first parts of those that go around
    a word), without what stands at the end of a phrase as often. ``leading`` words lead to the next one; ``doubtful``
    ones do so only before one of the ``determiners``: elsewhere they may belong to a verb ("come in").
    ``before_capital`` are articles only before a noun. No phrase goes on over one of the ``joints``. ``units`` follow a
    number. ``after_hyphen``: these begin a line though a hyphen ends the one above, and no word is cut: the hyphen
    stands for the rest of a word ("Vor- oder Nachteile") or belongs there ("allez-vous"). ``calls`` go before a number
    that is dialled; a ``*`` stands for more letters. ``has_telling_capitals``: a capital letter inside a sentence tells
    a name.
    """

    leading: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    before_capital: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    after_hyphen: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    has_telling_capitals: bool = False
    never_doubled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """How numbers are said in words.

    ``words`` holds by number, in figures, the words that mean it or that a word for it holds, each in small letters:
    those from 1 to 12, the tens, the hundred and what is above, and whatever is not put together from these. A word of
    a power of ten stands behind figures too ("4 billion"). ``afternoon`` words make 17 of 5 o'clock.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    afternoon: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOrder:
    """How words look in their reading order, where text may be stored backwards.

    ``final`` letters never begin a word but often end it; ``common`` words mean nothing in reverse. ``starts`` and
    ``ends`` are other beginnings and endings of words; reversed, a beginning proves nothing (Arabic ``ال`` becomes
    ``لا``, which is "no").
    """

    final: str = ""
    common: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    @property
    def backward_starts(self) -> tuple[str, ...]:
        """What words begin with whose endings are reversed."""
        return tuple(each[::-1] for each in self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """What distinguishes a text of a language from others.

    ``function_words`` are its small words: articles, pronouns, prepositions. ``model_code`` is the name that the model
    of py3langid has for it, where that is not the tag. ``counts_as`` names a language that no short text tells from
    this one. ``has_several_scripts``: only a tag that names the script tells which one is written.
    """

    function_words: frozenset[str] = frozenset()
    model_code: str = ""
    counts_as: str = ""
    has_several_scripts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """The syllables of a language's numerals; where nobody counted them, two for each digit.

    ``digits`` holds those of 0 to 9, one figure each. ``ten``, ``hundred`` and ``thousand`` are what is said besides
    the digit: the "teen" or "ty" of "eighteen" and "eighty".
    """

    digits: TenFigures = "2222222222"
    ten: int = 1
    hundred: int = 2
    thousand: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a language is read aloud: syllables a second between pauses, and where the number is from.

    The default is (6.19 + 7.18 + 5.97 + 6.99 + 7.84 + 5.18 + 7.82 + 5.22) / 8, to a hundredth.
    """

    rate: Fraction = Fraction("6.55")
    source: str = "the mean of the eight languages of Pellegrino 2011"


@dataclass(frozen=True, slots=True, kw_only=True)
class Syllables:
    """How the syllables of a word in small letters are counted; what is empty is as in any language of the script.

    Each match of ``vowels`` is one, after what ``silent`` matches was taken out. A word of more than one loses one
    where ``mute`` matches and ``spoken`` does not. ``per_letter`` is for scripts that do not write all vowels.
    """

    vowels: Pattern = Pattern("")
    silent: Pattern = Pattern("")
    mute: Pattern = Pattern("")
    spoken: Pattern = Pattern("")
    per_letter: Fraction = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How a language is spoken; ``voices`` are those of eSpeak NG that are better than the one of its own name.

    ``name`` is the language's name as a voice needs it; empty: as it is written.
    """

    name: str = ""
    voices: tuple[str, ...] = ()
    pace: Pace = field(default_factory=Pace)
    numerals: Numerals = field(default_factory=Numerals)
    syllables: Syllables = field(default_factory=Syllables)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A line with the letters that go missing first, and the name of its script for the reader of ``doctor``."""

    script: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterFacts:
    """What is read when it is first asked for, since only some commands need it.

    ``pages``, ``campaign``, ``player`` and ``sheet`` are ``None`` where readers get English words, ``sample`` where
    another language shows the script.
    """

    speech: Speech = field(default_factory=Speech)
    pages: PageWords | None = None
    campaign: CampaignWords | None = None
    player: PlayerWords | None = None
    sheet: SheetWords | None = None
    leaflet: LeafletWords = field(default_factory=LeafletWords)
    sample: Sample | None = None

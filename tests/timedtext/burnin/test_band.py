"""Which lines do texts take in an edition, and are they drawn into their band alone, in every script?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from babelreel.languages.find import find_language
from babelreel.model.film.cells import Cell
from babelreel.model.film.composition import Area, compose
from babelreel.model.film.ladder.default_rungs import EDITION_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Frame, Rung, fit_frame
from babelreel.model.style import Style
from babelreel.model.track import Align, Cue
from babelreel.timedtext.burnin.band import band_lines, find_misfits, sized_layouts
from babelreel.timedtext.burnin.cell_cues import cut_drawing
from babelreel.timedtext.burnin.drawing import Drawing, lay_burnin, render_drawing
from babelreel.timedtext.burnin.typeface import choose_font
from support.burned import draw
from support.tracks import cue, track

STORY, POST = EDITION_RUNGS
#: What the film says in each language, and its title: two full lines.
TEXTS = {
    "fr": (
        "Tes droits en Belgique",
        "Si tu es en danger, appelle Child Focus",
        "au 116 000, jour et nuit, c’est gratuit.",
    ),
    "en": (
        "Your rights in Belgium",
        "If you are in danger, call Child Focus",
        "on 116 000, day and night, it is free.",
    ),
    "nl": (
        "Jouw rechten in België",
        "Ben je in gevaar? Bel dan Child Focus",
        "op 116 000, dag en nacht, het is gratis.",
    ),
    "de": (
        "Deine Rechte in Belgien",
        "Bist du in Gefahr, dann ruf Child Focus",
        "unter 116 000 an, Tag und Nacht, gratis.",
    ),
    "ar": ("حقوقك في بلجيكا", "إذا كنت في خطر فاتصل بـ Child Focus", "على الرقم 116 000 ليلًا ونهارًا، مجانًا."),
    "vi": ("Quyền của em ở Bỉ", "Nếu em gặp nguy hiểm, hãy gọi Child Focus", "theo số 116 000, ngày và đêm, miễn phí."),
    "zh-Hans": ("你在比利时的权利", "遇到危险时，请打116 000，", "找儿童热线，日夜免费。"),
    "sq": (
        "Të drejtat e tua në Belgjikë",
        "Nëse je në rrezik, telefono Child Focus",
        "në 116 000, ditë e natë, është falas.",
    ),
    "ro": (
        "Drepturile tale în Belgia",
        "Dacă ești în pericol, sună la Child Focus",
        "la 116 000, zi și noapte, este gratuit.",
    ),
    "bg": (
        "Твоите права в Белгия",
        "Ако си в опасност, обади се на 116 000,",
        "денем и нощем, безплатно, Child Focus.",
    ),
    "ps": ("په بلجیم کې ستا حقونه", "که په خطر کې یې، Child Focus ته زنګ ووهه", "116 000 ته، شپه او ورځ، وړیا دی."),
    "fa": ("حقوق تو در بلژیک", "اگر در خطری، به Child Focus زنگ بزن،", "116 000، شب و روز، رایگان است."),
    "pcm": ("Your rights for Belgium", "If you dey danger, call Child Focus", "for 116 000, day and night, e free."),
}


def laid(  # noqa: PLR0913 - a drawing has these sides
    tag: str,
    *cues: Cue,
    rung: Rung = STORY,
    title: str = "",
    mark: str = "",
    size: tuple[int, int] = (1920, 1080),
    style: Style | None = None,
) -> Drawing:
    language = find_language(tag)
    return lay_burnin(
        track(*cues, path=f"subtitles/{tag}.srt"),
        language=language,
        frame=fit_frame(rung, *size, Fraction(25)),
        type_size=rung.type_size,
        style=style or Style(),
        font=choose_font(language, None),
        composition=compose(rung, *size),
        title=title,
        mark=mark,
    )


def lines(tag: str, *texts: str, rung: Rung = STORY) -> list[str]:
    shown = cue(0, 1000, *texts)
    return [line.text for line in band_lines(laid(tag, shown, rung=rung).layout, shown)]


def misfits(tag: str, *cues: Cue, rung: Rung = STORY) -> list[tuple[int, int]]:
    return [(each.cue.number, each.lines) for each in find_misfits(laid(tag, rung=rung).layout, cues)]


LARGE = Style(size=Fraction(12, 10))


def drawn_sizes(tag: str, *cues: Cue) -> list[Fraction]:
    """Say in which size of the style each text of a story is drawn, where a fifth more than usual is asked for."""
    layout = laid(tag, style=LARGE).layout
    assert not list(find_misfits(layout, cues)), "no style costs an edition"
    return [each.style.size for each in sized_layouts(layout, cues)]


def test_text_is_as_large_as_its_style_asks_for_where_it_fits_and_else_as_large_as_it_fits() -> None:
    # the Arabic font is the tallest: the band has room for two of its lines in that size, and for three as usual
    two = ("لديك حقوق هنا", "وهذه الخدمة مجانية")
    assert drawn_sizes("ar", cue(0, 1000, *two), cue(1000, 2000, *two, "ليلًا ونهارًا")) == [LARGE.size, 1]
    wide = cue(
        0,
        1000,
        "You have a right to a lawyer who speaks for you in court,",
        "and to an interpreter for everything that is said",
    )
    assert drawn_sizes("en", wide, cue(1000, 2000, "It is free.")) == [1, LARGE.size]


def test_texts_that_are_shown_together_share_the_room() -> None:
    alone, first, second = cue(0, 1000, "لديك حقوق"), cue(2000, 4000, "لديك حقوق"), cue(3000, 5000, "هنا", "مجانية")
    assert drawn_sizes("ar", alone, first, second) == [LARGE.size, 1, 1]


def test_larger_text_stays_in_the_band_and_is_larger(tmp_path: Path) -> None:
    two, three = ("لديك حقوق هنا", "وهذه مجانية"), ("لديك حقوق هنا", "وهذه مجانية", "ليلًا ونهارًا")
    cues = cue(0, 40, *two, number=1), cue(40, 80, *three, number=2)

    def rows(style: Style) -> list[tuple[int, int]]:
        """Find the first and the last row with ink, of two lines and of three."""
        drawing = laid("ar", *cues, style=style)
        ink = draw(render_drawing(drawing), tmp_path, drawing.layout.frame, 2).max(axis=2) > 0.2
        return [(int(found[0]), int(found[-1])) for found in map(np.flatnonzero, ink)]

    composition = compose(STORY, 1920, 1080)
    assert composition
    band, usual, large = composition.text, rows(Style()), rows(LARGE)
    assert all(band.top_px <= first and last < band.bottom_px for first, last in (*usual, *large))
    (few_before, _), (few, _) = ([last - first for first, last in each] for each in (usual, large))
    assert few > 1.15 * few_before, "two lines have room"
    assert large[1] == usual[1], "three have none"


def test_lines_of_up_to_25_characters_stay_as_they_are() -> None:
    assert lines("en", "You are under eighteen.", "You have rights here.") == [
        "You are under eighteen.",
        "You have rights here.",
    ]


def test_a_longer_line_is_broken_by_itself_while_three_lines_hold_it() -> None:
    assert lines("fr", "Tu as moins de 18 ans", "et tu es ici sans tes parents") == [
        "Tu as moins de 18 ans",
        "et tu es ici",
        "sans tes parents",
    ]


def test_lines_are_joined_and_broken_evenly_where_three_would_not_hold_each() -> None:
    broken = lines("en", "A guardian is a grown-up who", "helps you with all questions")
    assert len(broken) == 3
    assert max(map(len, broken)) <= 25
    assert " ".join(broken) == "A guardian is a grown-up who helps you with all questions"


def test_lines_are_wider_than_25_characters_where_three_would_not_hold_the_text() -> None:
    broken = lines("en", "You have a right to a lawyer who speaks for", "you, and to an interpreter if you need one")
    assert len(broken) == 3
    assert max(map(len, broken)) > 25
    assert not misfits("en", cue(0, 1000, *broken))


def test_in_a_square_lines_are_as_wide_as_the_band() -> None:
    texts = "Everybody under eighteen years of age", "has a right to a guardian here."
    assert lines("en", *texts, rung=POST) == list(texts)
    assert len(lines("en", *texts, rung=STORY)) == 3


def test_a_number_to_call_is_never_broken() -> None:
    for tag, (_, *texts) in TEXTS.items():
        for rung in EDITION_RUNGS:
            assert any("116\u00a0000" in line.replace(" ", "\u00a0") for line in lines(tag, *texts, rung=rung)), tag
    assert "02\u00a0555\u00a012\u00a034" in lines("en", "Call this number now: 02 555 12 34")[-1]


def test_speakers_keep_their_lines() -> None:
    assert lines("en", "- Are you here without your parents?", "- Yes.") == [
        "- Are you here",
        "without your parents?",
        "- Yes.",
    ]


def test_chinese_is_broken_where_chinese_may_be_and_only_if_it_is_wider_than_the_band() -> None:
    assert lines("zh-Hans", "你有权得到一位监护人。") == ["你有权得到一位监护人。"]
    broken = lines("zh-Hans", "你有权得到一位监护人，他会免费帮助你和保护你。")
    assert broken == ["你有权得到一位监护人，", "他会免费帮助你和保护你。"]


def test_a_text_of_more_than_three_lines_does_not_fit() -> None:
    long = (
        "A guardian is somebody who helps you, who speaks for you and who makes sure that nobody decides without you."
    )
    assert misfits("en", cue(0, 1000, long), cue(1000, 2000, "Yes.", number=2)) == [(1, 4)]
    assert misfits("en", cue(0, 1000, long), rung=POST) == []  # its band is wider


def test_texts_that_are_shown_together_share_the_band() -> None:
    one, two = cue(0, 2000, "One.", "Two."), cue(1000, 3000, "Three.", "Four.", number=2)
    assert misfits("en", one, two) == [(2, 4)]
    assert misfits("en", one, cue(2000, 3000, "Three.", "Four.", number=2)) == []


def test_a_phrase_of_thai_that_is_wider_than_the_band_does_not_fit() -> None:
    assert misfits("th", cue(0, 1000, "สิทธิได้รับความช่วยเหลือโดยไม่เสียค่าใช้จ่าย" * 2))
    assert misfits("th", cue(0, 1000, "สิทธิได้รับ ความช่วยเหลือ")) == []


def ink_in(folder: Path, drawing: Drawing, frame: Frame) -> Area:
    """Draw a frame of an edition, and give the part of it where anything is drawn."""
    (text,) = cut_drawing(drawing, [Cell(first=0, end=1)])
    assert text
    ink = draw(text.document, folder, frame, 1)[0]
    rows, columns = (np.flatnonzero(ink.max(axis=axis) > 0.1) for axis in (1, 0))
    return Area(
        left_px=int(columns[0]),
        top_px=int(rows[0]),
        width_px=int(columns[-1] - columns[0] + 1),
        height_px=int(rows[-1] - rows[0] + 1),
    )


def is_within(inner: Area, outer: Area) -> bool:
    beside = outer.left_px <= inner.left_px and inner.left_px + inner.width_px <= outer.left_px + outer.width_px
    return beside and outer.top_px <= inner.top_px and inner.bottom_px <= outer.bottom_px


@pytest.mark.parametrize("tag", TEXTS)
def test_text_and_title_are_drawn_into_their_own_areas_in_every_script(tag: str, tmp_path: Path) -> None:
    title, *texts = TEXTS[tag]
    for rung in EDITION_RUNGS if tag in {"ar", "zh-Hans"} else (STORY,):
        drawing = laid(tag, cue(0, 40, *texts), rung=rung)
        composition, frame = drawing.layout.composition, drawing.layout.frame
        assert composition
        assert composition.title
        assert is_within(ink_in(tmp_path, drawing, frame), composition.text)
        assert is_within(ink_in(tmp_path, laid(tag, rung=rung, title=title), frame), composition.title)


def test_a_cue_for_the_top_stands_in_the_band_as_all_others(tmp_path: Path) -> None:
    placed = laid("en", cue(0, 40, "Down here.", align=Align.TOP_RIGHT))
    plain = laid("en", cue(0, 40, "Down here."))
    assert ink_in(tmp_path, placed, placed.layout.frame) == ink_in(tmp_path, plain, plain.layout.frame)


def test_over_an_upright_film_text_ends_where_apps_begin(tmp_path: Path) -> None:
    drawing = laid("en", cue(0, 40, "You have rights.", "A doctor is free."), size=(1080, 1920))
    composition = drawing.layout.composition
    assert composition
    assert is_within(ink_in(tmp_path, drawing, drawing.layout.frame), composition.text)


def test_a_title_stays_while_cues_come_and_go_and_a_long_one_is_left_out() -> None:
    drawing = laid("en", cue(1000, 2000, "It is free."), title="Your rights")
    texts = list(cut_drawing(drawing, [Cell(first=0, end=25), Cell(first=25, end=50), Cell(first=50, end=75)]))
    assert [each and each.document.count("Your rights") for each in texts] == [1, 1, 1]
    assert [each and each.document.count("It is free.") for each in texts] == [0, 1, 0]
    assert laid("en", title="What everybody under eighteen in Belgium should know").title == ""
    assert laid("en", title="Your rights \U0001f642").title == ""


def test_a_draft_is_marked_where_there_is_no_title_to_say_so() -> None:
    assert "DRAFT" in laid("en", title="DRAFT: Your rights", mark="DRAFT").title
    assert "DRAFT" in laid("en", title="DRAFT: Your rights", mark="DRAFT", size=(768, 576)).title
    assert laid("en", title="Your rights", size=(768, 576)).title == ""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from babelreel.errors import FilmError
from babelreel.media.probe.choose_streams import choose_streams
from babelreel.model.film.streams import FileStream, Reason, StreamKind, StreamWishes

ENGLISH = StreamWishes(language="en")


def stream(kind: StreamKind, language: str = "", *flags: str, packets: int = 100, codec: str = "x") -> FileStream:
    return FileStream(
        index=0,
        kind=kind,
        number=1,
        codec=codec,
        language=language,
        title="",
        flags=flags,
        packets=packets,
        is_taken=False,
        why=Reason.OTHER if codec else Reason.UNKNOWN,
    )


def picture(*flags: str, packets: int = 100, codec: str = "x") -> FileStream:
    return stream(StreamKind.PICTURE, "", *flags, packets=packets, codec=codec)


def sound(language: str = "", *flags: str, packets: int = 100, codec: str = "x") -> FileStream:
    return stream(StreamKind.SOUND, language, *flags, packets=packets, codec=codec)


def chosen(streams: Sequence[FileStream], wishes: StreamWishes = ENGLISH) -> tuple[FileStream, ...]:
    """Number streams as a file would, and choose."""
    counts = dict.fromkeys(StreamKind, 0)
    numbered = []
    for index, each in enumerate(streams):
        counts[each.kind] += 1
        numbered.append(replace(each, index=index, number=counts[each.kind]))
    return choose_streams(Path("film.mkv"), numbered, wishes)


def taken(streams: Sequence[FileStream], wishes: StreamWishes = ENGLISH) -> list[tuple[int, Reason]]:
    return [(each.index, each.why) for each in chosen(streams, wishes) if each.is_taken]


@pytest.mark.parametrize("flag", ["default", "comment", "visual_impaired", "hearing_impaired", "dub", "forced"])
def test_a_single_sound_is_taken_whatever_its_flags_say(flag: str) -> None:
    assert taken([sound("fre", flag)]) == [(0, Reason.ONLY)]
    assert taken([sound()]) == [(0, Reason.ONLY)]


def test_the_one_that_players_begin_with_is_taken() -> None:
    assert taken([sound("eng"), sound("fre", "default")]) == [(1, Reason.DEFAULT)]
    assert taken([picture(), picture("default")]) == [(1, Reason.DEFAULT)]


@pytest.mark.parametrize("flag", ["comment", "visual_impaired", "hearing_impaired", "descriptions", "clean_effects"])
def test_what_goes_beside_the_film_is_passed_over_even_as_the_default(flag: str) -> None:
    found = chosen([sound("eng", flag, "default"), sound("eng")])
    assert [(each.is_taken, each.why) for each in found] == [(False, Reason.ASIDE), (True, Reason.ONLY)]


@pytest.mark.parametrize("cover", [picture("attached_pic"), picture("default", packets=1), picture("still_image")])
def test_a_cover_is_no_picture_of_the_film(cover: FileStream) -> None:
    found = chosen([cover, picture()])
    assert [(each.is_taken, each.why) for each in found] == [(False, Reason.COVER), (True, Reason.ONLY)]


def test_a_film_of_one_picture_is_a_film() -> None:
    assert taken([picture(packets=1), sound()]) == [(0, Reason.ONLY), (1, Reason.ONLY)]


def test_a_cover_alone_makes_no_film() -> None:
    assert taken([picture("attached_pic", packets=1), sound()]) == [(1, Reason.ONLY)]


def test_a_sound_that_holds_nothing_is_passed_over() -> None:
    assert taken([sound(packets=0), sound()]) == [(1, Reason.ONLY)]
    assert taken([sound(packets=0)]) == [(0, Reason.ONLY)]


def test_a_sound_in_an_unknown_form_is_passed_over_unless_players_begin_with_it_alone() -> None:
    assert taken([sound(codec=""), sound()]) == [(1, Reason.ONLY)]
    assert taken([sound("", "default", codec=""), sound("", "default")]) == [(1, Reason.ONLY)]
    assert taken([sound("", "default", codec=""), sound()]) == [
        (0, Reason.DEFAULT)
    ]  # it will be refused: see the probe


@pytest.mark.parametrize("flags", [(), ("default",)])
def test_where_flags_do_not_tell_the_language_of_the_film_does(flags: tuple[str, ...]) -> None:
    pair = [sound("ger", *flags), sound("eng", *flags)]
    assert taken(pair) == [(1, Reason.LANGUAGE)]
    assert taken(pair, StreamWishes(language="de")) == [(0, Reason.LANGUAGE)]


@pytest.mark.parametrize(
    "pair",
    [
        [sound(), sound()],
        [sound("", "default"), sound("", "default")],
        [sound("eng"), sound("eng")],
        [sound("eng", "default"), sound("eng", "default"), sound("fre")],
        [sound("ger"), sound("fre")],
        [sound("und"), sound("spa")],
        [sound("eng", "comment"), sound("eng", "comment")],
        [picture(), picture()],
        [picture("default"), picture("default")],
    ],
)
def test_doubt_is_told_with_the_list(pair: list[FileStream]) -> None:
    with pytest.raises(FilmError) as refused:
        chosen(pair)
    lines = refused.value.lines()
    kind = pair[0].kind
    assert len(lines) == 4
    assert "nothing says which one is the film's own" in lines[0]
    assert f"{kind} 1: x" in lines[2]
    assert f"{kind} 2: x" in lines[2]
    assert f"[film] {kind} = " in lines[3]


def test_babelreel_toml_decides_by_number_whatever_the_flags_say() -> None:
    sounds = [picture(), sound("eng", "default"), sound("eng", "comment")]
    assert taken(sounds, StreamWishes(sound=2)) == [(0, Reason.ONLY), (2, Reason.SETTINGS)]
    assert taken([picture("attached_pic"), picture()], StreamWishes(picture=1)) == [(0, Reason.SETTINGS)]


@pytest.mark.parametrize("code", ["fre", "fra", "fr", "fr-BE"])
def test_babelreel_toml_decides_by_language_whatever_the_code(code: str) -> None:
    assert taken([sound("eng", "default"), sound(code)], StreamWishes(sound="fr")) == [(1, Reason.SETTINGS)]


def test_of_two_sounds_in_a_language_the_film_s_own_is_meant() -> None:
    sounds = [sound("eng"), sound("fre", "visual_impaired"), sound("fre")]
    assert taken(sounds, StreamWishes(sound="fr")) == [(2, Reason.SETTINGS)]


@pytest.mark.parametrize(("wish", "told"), [(3, "sound = 3, and no stream"), ("es", 'sound = "es", and no stream')])
def test_a_wish_that_nothing_fits_is_refused_with_the_list(wish: int | str, told: str) -> None:
    with pytest.raises(FilmError, match=told) as refused:
        chosen([sound("eng"), sound("fre")], StreamWishes(sound=wish))
    assert "sound 1: x, eng; sound 2: x, fre" in refused.value.why


def test_texts_data_and_attachments_are_listed_and_never_taken() -> None:
    others = [stream(kind) for kind in (StreamKind.TEXT, StreamKind.DATA, StreamKind.ATTACHMENT)]
    assert {(each.is_taken, each.why) for each in chosen(others)} == {(False, Reason.UNUSED)}

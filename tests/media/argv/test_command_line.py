"""Does a call of ffmpeg say each thing once, in the place where ffmpeg takes it from?"""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from babelreel.media.argv.command_line import NOTHING, Input, Option, Output, by_name, command_words, metadata
from babelreel.media.argv.filter_graph import stream_of
from support.films import Encode, make_film

FILM = Input(name="film.mp4")


@pytest.mark.parametrize(
    "options",
    [
        (("c:v", "libx264"), ("crf", 22), ("c:v", "copy")),
        (("vf", "hflip"), ("filter:v", "vflip")),  # ffmpeg's two names for one thing
        (metadata("title", "One", of="a:0"), metadata("title", "Two", of="a:0")),
    ],
)
def test_an_option_given_twice_is_refused(options: tuple[Option, ...]) -> None:
    with pytest.raises(ValueError, match="twice for out"):
        Output(name="out.mp4", options=options)
    with pytest.raises(ValueError, match="twice for film"):
        Input(name="film.mp4", options=options)
    with pytest.raises(ValueError, match="twice for the whole call"):
        command_words(inputs=(FILM,), outputs=(Output(name="out.mp4"),), options=options)


def test_every_stream_of_a_file_may_have_its_own_texts(tmp_path: Path, encode: Encode) -> None:
    make_film(tmp_path / "film.mp4")
    texts = (
        metadata("title", "The film = all of it"),
        metadata("comment", "a comment"),
        metadata("handler_name", "Images", of="v:0"),
        metadata("handler_name", "Ton", of="a:0"),
        metadata("language", "deu", of="a:0"),
    )

    output = Output(name="out.mp4", streams=("0:v:0", "0:a:0"), options=(("c", "copy"), *texts))
    encode(command_words(inputs=(FILM,), outputs=(output,)))

    with av.open(str(tmp_path / "out.mp4")) as made:
        assert (made.metadata["title"], made.metadata["comment"]) == ("The film = all of it", "a comment")
        picture, sound = made.streams.video[0].metadata, made.streams.audio[0].metadata
    assert (picture["handler_name"], sound["handler_name"], sound["language"]) == ("Images", "Ton", "deu")


def test_two_files_may_have_the_same_option() -> None:
    raw: tuple[Option, ...] = (("f", "rawvideo"),)

    words = command_words(
        inputs=(Input(name="a", options=raw), Input(name="b", options=raw)), outputs=(Output(name="c", options=raw),)
    )

    assert " ".join(words) == "-f rawvideo -i file:a -f rawvideo -i file:b -f rawvideo file:c"


@pytest.mark.parametrize("name", ["-y.mp4", "data:film.mp4", "a b=c'.mp4"])
def test_any_name_is_a_file(tmp_path: Path, encode: Encode, name: str) -> None:
    make_film(tmp_path / "film.mp4").rename(tmp_path / name)

    encode(command_words(inputs=(Input(name=name),), outputs=(Output(name=f"out{name}", options=(("c", "copy"),)),)))

    assert (tmp_path / f"out{name}").stat().st_size > 0


def test_filters_are_numbered_as_their_outputs_need_them(tmp_path: Path, encode: Encode) -> None:
    make_film(tmp_path / "film.mp4", size="320x180")
    wide, narrow = stream_of("0:V:0").split("split", 2)
    outputs = (
        Output(name="wide.mp4", streams=(wide.filter("scale", 64, 32), "0:a:0"), options=(("c:a", "copy"),)),
        Output(name="narrow.mp4", streams=(narrow.filter("scale", 16, 32),)),
        Output(name=NOTHING, streams=("0:a:0",), options=(("f", "null"),)),
    )

    encode(command_words(inputs=(FILM,), outputs=outputs))

    sizes = {}
    for name in ("wide", "narrow"):
        with av.open(str(tmp_path / f"{name}.mp4")) as made:
            sizes[name] = (made.streams.video[0].width, len(made.streams.audio))
    assert sizes == {"wide": (64, 1), "narrow": (16, 0)}


def test_filters_of_two_inputs_take_each_from_its_own() -> None:
    def words(*numbers: int) -> tuple[str, ...]:
        outputs = tuple(
            Output(name=f"{each}.mp4", streams=(stream_of(f"{each}:v").filter("null"),)) for each in numbers
        )
        return command_words(inputs=(FILM, Input(name="other.mp4")), outputs=outputs)

    graph = words(0, 1)[words(0, 1).index("-filter_complex") + 1]
    assert graph == "[0:v]null[s0];[1:v]null[s1]"
    # the library numbers inputs as it meets them: this would filter the wrong film
    with pytest.raises(ValueError, match="order"):
        words(1, 0)


def test_a_graph_as_text_and_filters_cannot_be_mixed() -> None:
    output = Output(name="out.mp4", streams=(stream_of("0:v").filter("null"),))
    with pytest.raises(ValueError, match="two filter graphs"):
        command_words(inputs=(FILM,), outputs=(output,), graph="[0:a]anull[a]")


def test_a_value_that_would_be_escaped_wrongly_is_refused() -> None:
    with pytest.raises(ValueError, match="pan"):
        stream_of("0:a").filter("pan", "stereo|c0=c0")


def test_options_of_several_places_have_one_order() -> None:
    one: tuple[Option, ...] = (("crf", 22), ("f", "mp4"), ("c:v", "libx264"))

    assert by_name(*one) == by_name(*reversed(one)) == (("f", "mp4"), ("c:v", "libx264"), ("crf", 22))

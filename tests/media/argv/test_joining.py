"""Does a joined file hold picture, sound and text as they were, and are they named right?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import pytest

from babelreel.languages.find import builtin_languages
from babelreel.media.argv.inputs import render_pieces
from babelreel.media.argv.joining import mux_argv
from babelreel.media.containers.mp4 import clear_subtitle_enabled, is_faststart, read_tracks
from babelreel.media.containers.mp4_text_track import plan_text_samples, render_text_track
from babelreel.media.probe.film import probe_file
from babelreel.model.timecode import Span
from support.encodes import WEB, encode_picture, encode_sound
from support.films import Encode, make_film

PASHTO = next(language for language in builtin_languages() if language.tag == "ps")


def list_one_piece(folder: Path, frames: int, rate: Fraction) -> None:
    (folder / "pieces.ffconcat").write_text(render_pieces(["picture.mp4"], [frames], rate))


HOSTILE = r"{\an8}<b>top</b> &amp; \N C:\new"


@pytest.mark.parametrize("rate", ["25", "24000/1001"])
def test_a_muxed_file_holds_picture_sound_and_text_as_they_were(tmp_path: Path, encode: Encode, rate: str) -> None:
    path = make_film(tmp_path / "film.mp4", rate=rate)
    encode_picture(encode, path, WEB)
    list_one_piece(tmp_path, round(Fraction(rate)), Fraction(rate))
    encode_sound(encode, path)
    samples = plan_text_samples([(Span(start_ms=100, end_ms=600), HOSTILE), (Span(start_ms=700, end_ms=900), "سلام")])
    (tmp_path / "text.mp4").write_bytes(render_text_track(samples))

    encode(
        mux_argv(
            pieces_name="pieces.ffconcat",
            sound_name="sound.mp4",
            text_name="text.mp4",
            language=PASHTO,
            output_name="out.mp4",
            title="It's: a [film]",
            sound_language="eng",
            sound_handler="English",
        )
    )
    clear_subtitle_enabled(tmp_path / "out.mp4")

    info = probe_file(tmp_path / "out.mp4", digest="")
    assert info.video is not None
    assert (info.video.start_ms, info.audio[0].start_ms) == (0, 0)
    assert info.video.frames == round(Fraction(rate))
    (text,) = info.text
    assert (text.codec, text.language, text.handler, text.is_default, text.packets) == (
        "mov_text",
        "pus",
        PASHTO.own_name,
        False,
        2,
    )
    assert [(track.handler, track.is_enabled, track.language) for track in read_tracks(tmp_path / "out.mp4")] == [
        ("vide", True, "und"),
        ("soun", True, "eng"),
        ("sbtl", False, "pus"),
    ]
    assert is_faststart(tmp_path / "out.mp4")
    assert info.codecs == f"avc1.6400{info.video.level:02x}, mp4a.40.2"
    with av.open(str(tmp_path / "out.mp4")) as container:
        assert container.metadata["title"] == "It's: a [film]"
        packets = [packet for packet in container.demux(container.streams.subtitles[0]) if packet.size > 2]
        assert [bytes(packet)[2:].decode() for packet in packets] == [HOSTILE, "سلام"]
        assert [round((packet.pts or 0) * packet.time_base * 1000) for packet in packets] == [100, 700]


def test_a_silent_film_without_text_is_muxed(tmp_path: Path, encode: Encode) -> None:
    encode_picture(encode, make_film(tmp_path / "film.mp4", audio=None))
    list_one_piece(tmp_path, 25, Fraction(25))

    encode(
        mux_argv(
            pieces_name="pieces.ffconcat",
            sound_name=None,
            text_name=None,
            language=PASHTO,
            output_name="out.mp4",
            title="t",
        )
    )

    info = probe_file(tmp_path / "out.mp4", digest="")
    assert (info.audio, info.text) == ((), ())

"""Is a file of a pack what the platform asks for?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from babelreel.errors import FilmError
from babelreel.media.assembly.packed_files import make_of_film, refused_by
from babelreel.model.delivery.packs import PLATFORMS, Kind
from support.films import ffmpeg_of_tests, make_film

WHATSAPP, INSTAGRAM = PLATFORMS[0], PLATFORMS[3]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of 3.5 s as ours are: H.264 with B-frames and AAC, with edit lists and its index first."""
    path = tmp_path_factory.mktemp("packed") / "film.mp4"
    codec = ("libx264", "-preset", "ultrafast", "-bf", "2", "-movflags", "+faststart")
    return make_film(path, seconds=Fraction(7, 2), codec=codec)


def frames(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def test_a_film_for_instagram_has_no_edit_lists_and_every_frame(film: Path, tmp_path: Path) -> None:
    assert list(refused_by(INSTAGRAM, film)) == ["it has an edit list"]
    made = tmp_path / "made.mp4"
    make_of_film(ffmpeg_of_tests().path, film, Kind.FILM_WITHOUT_EDITS, made)
    assert list(refused_by(INSTAGRAM, made)) == []
    assert frames(made) == frames(film)


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"most_bytes": 1000}, "bytes, and WhatsApp takes 1000"),
        ({"shortest_ms": 60_000}, "and WhatsApp takes 60000 ms at least"),
        ({"longest_ms": 1000}, "and WhatsApp takes 1000 ms at most"),
        ({"slowest_rate": Fraction(30)}, "it shows 25.0 pictures a second, and WhatsApp takes 30 at least"),
    ],
)
def test_the_file_itself_is_held_to_the_limits(film: Path, limits: dict[str, Any], told: str) -> None:
    (fault,) = refused_by(replace(WHATSAPP, **limits), film)
    assert told in fault


def test_a_film_whose_index_comes_last_is_refused(tmp_path: Path) -> None:
    late = make_film(tmp_path / "late.mp4", seconds=1)
    assert "its index does not come first" in list(refused_by(WHATSAPP, late))


def test_what_is_no_film_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"no film")
    with pytest.raises(FilmError):
        make_of_film(ffmpeg_of_tests().path, tmp_path / "film.mp4", Kind.VOICE_MESSAGE, tmp_path / "made.ogg")
    assert not (tmp_path / "made.ogg").exists()

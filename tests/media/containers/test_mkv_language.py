from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.media.containers.mkv_language import BrokenMatroskaError, both_languages, write_languages
from support.matroska import read_languages


def head(*texts: str) -> bytes:
    """Write tracks as ffmpeg does, each with a language and a name."""
    return b"\x1a\x45\xdf\xa3" + b"".join(
        b"\x22\xb5\x9c" + bytes((0x80 | len(text),)) + text.encode() + b"\x53\x6e\x82ok" for text in texts
    )


def test_a_language_becomes_two_elements_of_the_same_length(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    path.write_bytes(head("fre????fr") + b"rest")
    write_languages(path, [("fre", "fr")])
    assert path.read_bytes() == b"\x1a\x45\xdf\xa3\x22\xb5\x9c\x83fre\x22\xb5\x9d\x82fr\x53\x6e\x82okrest"


@given(st.lists(st.tuples(st.sampled_from(("fre", "und", "chi")), st.from_regex(r"\A[a-zA-Z-]{2,35}\Z")), max_size=5))
def test_what_is_written_is_read_again(languages: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.mkv")
        path.write_bytes(head(*(both_languages(code, tag) for code, tag in languages)))
        write_languages(path, languages)
        assert read_languages(path) == tuple(languages)


def test_a_language_that_is_not_there_is_an_error_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    path.write_bytes(head("fre????fr"))
    with pytest.raises(BrokenMatroskaError, match="pcm"):
        write_languages(path, [("fre", "fr"), ("und", "pcm")])
    assert path.read_bytes() == head("fre????fr")


def test_a_tag_that_no_element_of_ours_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="200"):
        both_languages("und", "x" * 200)

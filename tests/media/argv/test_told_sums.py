"""Are the words that tell of sums those of the same files, and is nothing guessed?"""

from __future__ import annotations

import pytest

from babelreel.media.argv.told_sums import telling_sums

TWO = ("-f", "mov", "-i", "file:in.mov", "-map", "0:v", "-f", "image2", "-update", "1", "-flags", "+bitexact",
       "file:a.jpg", "-map", "0:a", "-f", "mp4", "-c:a", "aac", "-dn", "-flags", "+bitexact", "file:b.m4a")  # fmt: skip


def test_options_of_a_format_go_with_the_file_and_the_others_stay() -> None:
    assert telling_sums(TWO, "a.jpg") == (
        "-f", "mov", "-i", "file:in.mov", "-map", "0:v", "-flags", "+bitexact",
        "-f", "tee", "[f=image2:update=1]file:a.jpg|[f=hash:hash=crc32]file:a.jpg.sum",
        "-map", "0:a", "-f", "mp4", "-c:a", "aac", "-dn", "-flags", "+bitexact", "file:b.m4a",
    )  # fmt: skip


def test_the_order_of_names_does_not_matter() -> None:
    both = telling_sums(TWO, "a.jpg", "b.m4a")
    assert both == telling_sums(TWO, "b.m4a", "a.jpg")
    assert both[-1] == "[f=mp4]file:b.m4a|[f=hash:hash=crc32]file:b.m4a.sum"
    assert both[-8:-1] == ("-c:a", "aac", "-dn", "-flags", "+bitexact+global_header", "-f", "tee")


def test_without_names_nothing_changes() -> None:
    assert telling_sums(TWO) == TWO


@pytest.mark.parametrize("name", ["c.jpg", "in.mov"])
def test_what_is_no_output_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no plain name"):
        telling_sums(TWO, name)


@pytest.mark.parametrize("name", ["a|b.jpg", "a]b.jpg", "a\\b.jpg", "a'b.jpg", "a b.jpg"])
def test_a_name_that_a_list_of_copies_would_read_otherwise_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no plain name"):
        telling_sums(("-i", "file:in.mov", "-f", "image2", f"file:{name}"), name)

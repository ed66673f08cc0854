"""Is a text of a sign written where it belongs, whatever way babelreel.toml is written in, and nothing else?"""

from __future__ import annotations

import tomllib

import pytest

from babelreel.config.sign_texts import UnplacedTextError, find_sign_text, with_sign_texts

TABLE = """\
title = "Rights" # of children
[[sign]]
name = "court"   # over the door
from = "0:12"
to = "0:15"
[sign.text]
en = "Family \\"court\\""  # as the film has it
fr = 'Tribunal'

# who speaks
[[sign]]
name = "speaker"
from = "0:20"
to = "0:22"
text = { en = "Ines, {lawyer}", fra = "Inès" }
[[sign]]
name = "end"
text.en = "The end"
from = "1:00"
to = "1:02"
[style]
margin = 0.1
"""


def texts(data: bytes) -> dict[str, dict[str, str]]:
    return {each["name"]: each["text"] for each in tomllib.loads(data.decode("utf-8-sig"))["sign"]}


@pytest.mark.parametrize(
    ("name", "tag", "old", "new"),
    [
        ("court", "fr", "fr = 'Tribunal'", 'fr = "Tribunal\\nde la famille"'),
        ("court", "ar", "fr = 'Tribunal'", "fr = 'Tribunal'\nar = \"Tribunal\\nde la famille\""),
        ("speaker", "fr", 'fra = "Inès"', 'fra = "Tribunal\\nde la famille"'),
        ("speaker", "ar", 'fra = "Inès" }', 'fra = "Inès", ar = "Tribunal\\nde la famille" }'),
        ("end", "en", 'text.en = "The end"', 'text.en = "Tribunal\\nde la famille"'),
        ("speaker", "fr-FR", 'fra = "Inès"', 'fra = "Tribunal\\nde la famille"'),
        ("end", "zh-Hans", 'text.en = "The end"', 'text.en = "The end"\ntext.zh-Hans = "Tribunal\\nde la famille"'),
    ],
)
def test_a_text_is_written_into_its_place_alone(name: str, tag: str, old: str, new: str) -> None:
    assert TABLE.count(old) == 1
    written = with_sign_texts(TABLE.encode(), tag, {name: "Tribunal\nde la famille"})
    assert written.decode() == TABLE.replace(old, new)


@pytest.mark.parametrize(
    ("name", "tag", "line"),
    [
        ("court", "fr", "fr = 'Tribunal'"),
        ("court", "fr-simple", "fr = 'Tribunal'"),
        ("speaker", "fr", 'text = { en = "Ines, {lawyer}", fra = "Inès" }'),
        ("end", "en", 'text.en = "The end"'),
        ("end", "ar", ""),
        ("gone", "en", ""),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_text_is_found_where_it_stands(name: str, tag: str, line: str, mark: str) -> None:
    place, column = find_sign_text((mark + TABLE).encode(), tag, name)
    assert (place, column) == (0, 0) or TABLE.splitlines()[place - 1] == line
    assert TABLE.splitlines()[place - 1][column - 1 :][:1] in {'"', "'"} if line else place == 0


def test_several_texts_a_mark_at_the_beginning_and_line_ends_of_windows() -> None:
    data = b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode()
    written = with_sign_texts(data, "ar", {"court": "محكمة", "speaker": "إيناس", "end": "النهاية"})
    assert {name: each["ar"] for name, each in texts(written).items()} == {
        "court": "محكمة",
        "speaker": "إيناس",
        "end": "النهاية",
    }
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\n") == written.count(b"\r\n") == TABLE.count("\n") + 2
    back = written.decode().replace('ar = "محكمة"\r\n', "").replace('text.ar = "النهاية"\r\n', "")
    assert back.replace(', ar = "إيناس"', "").encode() == data


@pytest.mark.parametrize(
    "unusual",
    [
        'sign = [{ name = "court", from = "0:12", to = "0:15", text = { en = "Court" } }]\n',
        '[[sign]]\nname = "court"\nfrom = "0:12"\nto = "0:15"\n[sign.text]\nen = "Court"\nfr = """Tribunal"""\n',
        '[[sign]]\nname = "court"\n',
        "this is no TOML",
    ],
)
def test_a_file_in_which_the_place_cannot_be_found_is_left_alone(unusual: str) -> None:
    with pytest.raises(UnplacedTextError):
        with_sign_texts(unusual.encode(), "fr", {"court": "Tribunal de la famille"})

"""Does ``babelreel pack`` put the right files for a messenger into ``output/packs/``, and touch nothing else?"""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import av
import pytest

from support.projects import AR, FR, babelreel, make_project, snapshot
from support.publications import LEAST, copy_publication
from support.sounds import tone, write_wave

HELP = 'title = "Film"\n[[help]]\nnumber = "116 000"\nlabel = { fr = "Enfants disparus", ar = "الأطفال المفقودون" }\n'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication of two languages, one of which has a recorded voice."""
    root = make_project(
        tmp_path_factory.mktemp("packs") / "mon été (1)", {"fr.srt": FR, "ar.srt": AR}, settings=f"{HELP}{LEAST}"
    )
    (root / "video/stems/fr").mkdir(parents=True)
    for number in (1, 2):
        write_wave(root / f"video/stems/fr/{number}.wav", tone(0.6, hz=300 + 50 * number, height=0.3))
    assert babelreel(root, "dub", "remember", "fr").code == 0
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "film", symlinks=True))


def files(root: Path, name: str) -> list[str]:
    return sorted(path for path in snapshot(root / "output/packs" / name) if path != "pack.json")


def listed(root: Path, name: str) -> Any:  # noqa: ANN401 - any JSON
    return json.loads((root / f"output/packs/{name}/pack.json").read_text("utf-8"))["pack"]


def test_a_pack_for_a_messenger_holds_film_voice_message_and_text_of_each_language(root: Path) -> None:
    before = snapshot(root / "output")
    result = babelreel(root, "pack", "whatsapp")

    assert result.code == 0, result.err
    names = files(root, "whatsapp")
    assert [name.rpartition(".")[2] for name in names if name.startswith("fr/")] == ["mp4", "ogg", "txt"]
    assert [name.rpartition(".")[2] for name in names if name.startswith("ar/")] == ["mp4", "txt"]
    assert "ar: there is no voice message, because nothing is spoken in this language" in result.err
    assert {path: content for path, content in snapshot(root / "output").items() if path in before} == before
    assert babelreel(root, "verify").code == 0


def test_the_film_of_a_pack_is_the_smallest_one_that_is_published_byte_for_byte(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp").code == 0
    (film,) = (root / "output/packs/whatsapp/ar").glob("*.mp4")
    (published,) = (root / "output/ar").glob("*.phone-360p.mp4")
    assert film.read_bytes() == published.read_bytes()


def test_a_voice_message_is_opus_of_one_channel_as_long_as_the_film_and_small(root: Path) -> None:
    assert babelreel(root, "pack", "telegram").code == 0
    (message,) = (root / "output/packs/telegram/fr").glob("*.ogg")
    (film,) = (root / "output/packs/telegram/fr").glob("*.mp4")
    with av.open(str(message)) as heard, av.open(str(film)) as seen:
        (stream,) = heard.streams
        assert isinstance(stream, av.AudioStream)
        assert (stream.codec_context.name, stream.codec_context.channels) == ("opus", 1)
        assert heard.duration is not None
        assert seen.duration is not None
        seconds = heard.duration / av.time_base
        assert abs(seconds - seen.duration / av.time_base) < 0.1
    # two minutes in 0.6 MB at most: 5 kB a second, and a kilobyte of head
    assert message.stat().st_size <= 5000 * seconds + 1000


def test_the_text_to_paste_holds_title_and_numbers(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp", "--lang", "ar").code == 0
    (text,) = (root / "output/packs/whatsapp/ar").glob("*.txt")
    assert "الأطفال المفقودون: \u2066116 000\u2069" in text.read_text("utf-8")


def test_a_film_that_a_platform_does_not_take_is_told_and_the_rest_of_the_pack_is_made(root: Path) -> None:
    result = babelreel(root, "pack", "tiktok")  # the film of these tests lasts 2 s
    assert result.code == 3
    why = "the film lasts 2.0 s, and TikTok takes 3.0 s at least"
    assert f"TikTok does not get all of ar, fr.\n  why: {why}\n" in result.err
    assert [name.rpartition(".")[2] for name in files(root, "tiktok")] == ["txt", "txt"]


def test_youtube_gets_subtitles_and_the_recorded_voice_and_a_film_with_its_own_sound(root: Path) -> None:
    result = babelreel(root, "pack", "youtube")
    assert result.code == 0, result.err
    assert sorted(name.rpartition(".")[2] for name in files(root, "youtube") if "/" not in name) == ["mp4"]
    assert [name.rpartition(".")[2] for name in files(root, "youtube") if name.startswith("fr/")] == [
        "m4a",
        "srt",
        "txt",
    ]
    assert [name.rpartition(".")[2] for name in files(root, "youtube") if name.startswith("ar/")] == ["srt", "txt"]


def test_a_second_call_makes_nothing_and_a_new_text_makes_only_what_follows_from_it(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp").code == 0
    stamps = {path: path.stat().st_mtime_ns for path in (root / "output/packs/whatsapp").glob("*/*")}
    again = babelreel(root, "pack", "whatsapp")
    assert "nothing new" in again.err
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps

    (root / "subtitles/ar.srt").write_text(AR.replace("116\u00a0000", "116\u00a0001"), "utf-8")
    assert babelreel(root, "build").code == 0
    stale = babelreel(root, "verify")
    assert stale.code == 1
    assert "not all of the pack is there: “babelreel pack whatsapp” makes it again" in stale.out + stale.err
    assert "ar/film.ar.mp4" not in files(root, "whatsapp"), "nobody sends the old one"
    assert babelreel(root, "pack", "whatsapp").code == 0
    changed = {path.parent.name for path, stamp in stamps.items() if path.stat().st_mtime_ns != stamp}
    assert changed == {"ar"}
    assert babelreel(root, "verify").code == 0


def test_one_language_is_packed_and_the_others_stay(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp").code == 0
    names = files(root, "whatsapp")
    assert babelreel(root, "pack", "whatsapp", "--lang", "fr").code == 0
    assert files(root, "whatsapp") == names
    assert {each["language"] for each in listed(root, "whatsapp")["files"]} == {"ar", "fr"}


def test_a_file_of_somebody_else_is_neither_written_over_nor_removed(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp").code == 0
    (film,) = (root / "output/packs/whatsapp/fr").glob("*.mp4")
    own = film.with_name("my own.txt")
    own.write_text("mine", "utf-8")
    film.write_bytes(b"somebody cut this one")
    result = babelreel(root, "pack", "whatsapp")
    assert result.code == 2
    assert "A file is in the way that babelreel did not make" in result.err
    assert film.read_bytes() == b"somebody cut this one"
    film.unlink()
    assert babelreel(root, "pack", "whatsapp").code == 0
    assert own.read_text("utf-8") == "mine"


def test_nothing_is_written_through_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / "output/packs").symlink_to(tmp_path / "elsewhere")
    result = babelreel(root, "pack", "whatsapp")
    assert result.code == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_withdrawn_language_leaves_the_packs_and_so_does_all_with_the_output(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp", "telegram").code == 0
    assert babelreel(root, "withdraw", "ar").code == 0
    assert [
        name for name in snapshot(root / "output") if name.startswith(("packs/whatsapp/ar", "packs/telegram/ar"))
    ] == []
    assert files(root, "whatsapp")
    assert babelreel(root, "verify").code == 0
    assert babelreel(root, "clean", "--output").code == 0
    assert not (root / "output/packs").exists()


def test_a_changed_file_of_a_pack_fails_the_verification(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp").code == 0
    (text,) = (root / "output/packs/whatsapp/fr").glob("*.txt")
    text.write_text("116 000 000", "utf-8")
    result = babelreel(root, "verify")
    assert result.code == 1
    why = "missing, or changed since it was packed: “babelreel pack whatsapp” makes it again"
    assert why in result.out + result.err


def test_a_published_file_that_was_damaged_is_not_packed(root: Path) -> None:
    (film,) = (root / "output/fr").glob("*.phone-360p.mp4")
    content = bytearray(film.read_bytes())
    content[len(content) // 2] ^= 1
    film.write_bytes(bytes(content))
    result = babelreel(root, "pack", "whatsapp")
    assert result.code == 2
    assert "A published file was changed or removed since" in result.err
    assert not (root / "output/packs").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("pack", "signal"), "whatsapp"),
        (("pack", "whatsapp", "--lang", "de"), "de is not published"),
        (("pack",), "NAME"),
    ],
)
def test_a_wrong_call_is_told(root: Path, words: tuple[str, ...], told: str) -> None:
    result = babelreel(root, *words)
    assert result.code == 2
    assert told in result.err


def test_where_nothing_is_published_nothing_is_packed(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": FR})
    result = babelreel(root, "pack", "whatsapp")
    assert result.code == 2
    assert "Nothing is published that could be packed" in result.err


def test_a_pack_that_was_not_finished_fails_the_verification_and_is_finished_by_the_next_call(tmp_path: Path) -> None:
    root = copy_publication(tmp_path / "film", LEAST)
    assert babelreel(root, "pack", "whatsapp").code == 0
    path = root / "output/packs/whatsapp/pack.json"
    path.write_text(path.read_text("utf-8").replace('"is_whole": true', '"is_whole": false'), "utf-8")
    assert babelreel(root, "verify").code == 1
    assert babelreel(root, "pack", "whatsapp").code == 0
    assert babelreel(root, "verify").code == 0


def test_a_pack_of_other_limits_is_held_to_those_of_now(root: Path) -> None:
    assert babelreel(root, "pack", "telegram", "--lang", "ar").code == 0
    path = root / "output/packs/telegram/pack.json"
    text = path.read_text("utf-8")
    path.write_text(text.replace(listed(root, "telegram")["limits_read_on"], "2020-01-01"), "utf-8")
    (film,) = (root / "output/packs/telegram/ar").glob("*.mp4")
    before = film.stat().st_ino
    assert babelreel(root, "pack", "telegram", "--lang", "ar").code == 0
    assert film.stat().st_ino != before, "it was placed, and so looked at, anew"
    assert path.read_text("utf-8") == text


def test_a_voice_that_may_not_be_heard_any_more_leaves_the_packs_with_its_publication(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp", "youtube").code == 0
    with (root / "babelreel.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[consent.fr]\nvoice = false\n")
    result = babelreel(root, "build")
    assert result.code in {0, 3}, result.err
    left = [name for name in files(root, "whatsapp") + files(root, "youtube") if name.startswith("fr/")]
    assert [name for name in left if name.endswith((".mp4", ".ogg", ".m4a"))] == []


def test_a_withdrawal_that_was_stopped_before_the_packs_is_finished_by_the_same_call(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp").code == 0
    packed = shutil.copytree(root / "output/packs", root.parent / "packs")
    assert babelreel(root, "withdraw", "ar").code == 0
    shutil.rmtree(root / "output/packs")
    shutil.copytree(packed, root / "output/packs")  # as a run leaves them that is killed after it published
    assert babelreel(root, "withdraw", "ar").code == 0
    assert [name for name in files(root, "whatsapp") if name.startswith("ar/")] == []


@pytest.mark.parametrize("is_placed", [False, True], ids=["before it is placed", "behind it"])
def test_a_run_that_was_stopped_at_a_file_is_finished_by_the_next_one(root: Path, *, is_placed: bool) -> None:
    assert babelreel(root, "pack", "whatsapp", "--lang", "ar").code == 0
    folder = root / "output/packs/whatsapp"
    whole = snapshot(folder)
    document = json.loads((folder / "pack.json").read_text("utf-8"))
    (film,) = (each for each in document["pack"]["files"] if each["kind"] == "film")
    earlier = b"the film of an earlier publication"
    film["replaces"] = sha256(earlier).hexdigest()
    document["pack"]["is_whole"] = False
    (folder / "pack.json").write_text(json.dumps(document), "utf-8")
    if not is_placed:
        (folder / film["path"]).write_bytes(earlier)
    result = babelreel(root, "pack", "whatsapp", "--lang", "ar")
    assert result.code == 0, result.err
    assert {name: content for name, content in snapshot(folder).items() if name != "pack.json"} == {
        name: content for name, content in whole.items() if name != "pack.json"
    }


def test_a_text_with_an_old_title_leaves_the_packs_when_the_new_one_is_published(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp").code == 0
    (text,) = (root / "output/packs/whatsapp/fr").glob("*.txt")
    with (root / "babelreel.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[language.fr]\ntitle = "Tes droits, en bref"\n')
    assert babelreel(root, "build").code == 0
    assert not text.exists()
    assert babelreel(root, "verify").code == 1
    assert babelreel(root, "pack", "WhatsApp").code == 0
    assert text.read_text("utf-8").startswith("Tes droits, en bref\n")
    assert babelreel(root, "verify").code == 0


def test_a_number_that_changed_is_in_the_text_of_the_next_pack(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp").code == 0
    settings = root / "babelreel.toml"
    settings.write_text(settings.read_text("utf-8").replace("116 000", "112"), "utf-8")
    assert babelreel(root, "pack", "whatsapp").code == 0
    (text,) = (root / "output/packs/whatsapp/fr").glob("*.txt")
    assert "Enfants disparus: 112" in text.read_text("utf-8")


def test_a_text_with_an_old_number_leaves_the_packs_when_the_new_number_is_built(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp", "--lang", "ar").code == 0
    assert babelreel(root, "pack", "telegram").code == 0
    own = root / "output/packs/whatsapp/ar/note.txt"
    own.write_text("call 116 000", "utf-8")
    settings = root / "babelreel.toml"
    settings.write_text(settings.read_text("utf-8").replace("116 000", "116 111"), "utf-8")
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    assert "Files are missing from packs.\n  where: output/packs/telegram, output/packs/whatsapp\n" in result.err
    assert "  hint: “babelreel pack telegram whatsapp” makes them again.\n" in result.err

    assert [path for path in (root / "output/packs").rglob("*.txt") if path != own] == []
    assert [name.rpartition(".")[2] for name in files(root, "telegram")] == ["mp4", "mp4", "ogg"]
    verified = babelreel(root, "verify")
    assert verified.code == 1
    assert "“babelreel pack telegram” makes it again" in verified.out + verified.err
    assert babelreel(root, "pack", "whatsapp").code == 0
    (text,) = (root / "output/packs/whatsapp/fr").glob("*.txt")
    assert "116 111" in text.read_text("utf-8")


def test_a_text_that_says_what_it_would_say_now_stays_in_its_pack(root: Path) -> None:
    assert babelreel(root, "pack", "whatsapp").code == 0
    before = snapshot(root / "output/packs")
    settings = root / "babelreel.toml"
    settings.write_text(f"# another line\n{settings.read_text('utf-8')}", "utf-8")
    assert babelreel(root, "build").code == 0
    assert snapshot(root / "output/packs") == before


def test_a_language_is_asked_for_by_any_tag_of_it_and_what_is_no_tag_is_told(root: Path) -> None:
    assert babelreel(root, "pack", "tiktok", "--lang", "fra").code == 3  # the film is too short for TikTok
    assert {each["language"] for each in listed(root, "tiktok")["files"]} == {"fr"}
    result = babelreel(root, "pack", "tiktok", "--lang", "français")
    assert result.code == 2
    assert "is not a language tag" in result.err

"""Does "proof" say what it wrote, and end with the exit code of what came of it?"""

from __future__ import annotations

from pathlib import Path

from support.projects import babelreel, make_project
from support.tracks import srt

FR = srt((200, 1900, "Tu as des droits."))
LATE = srt((200, 1900, "Tu as des droits."), (5000, 6900, "Appelle le 112."))


def test_proof_names_its_sheets_and_tells_of_a_line_that_the_film_never_shows(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": FR})
    done = babelreel(root, "proof", "fr", "--to", "mail", "--quiet")
    assert (done.code, done.out) == (0, f"{Path('mail') / 'film.fr.proof.html'}\n")
    assert "fr: 1 line, 0 approved" in done.err
    assert (root / "mail" / "film.fr.proof.html").is_file()
    (root / "subtitles" / "fr.srt").write_text(LATE, "utf-8")
    late = babelreel(root, "proof", "-q")
    assert (late.code, late.out) == (3, f"{root / 'proof' / 'film.fr.proof.html'}\n")
    assert "1 without a picture" in late.err


def test_what_proof_cannot_do_it_says_in_four_lines_at_most(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": FR})
    done = babelreel(root, "proof", "--rung", "web-720p")
    assert done.code == 2
    assert "There is no size “web-720p” of this film with text in its picture" in done.err
    (root / "video" / "master.mp4").write_bytes(b"no film")
    unreadable = babelreel(root, "proof")
    assert unreadable.code == 2
    assert max(len(each.err.splitlines()) for each in (done, unreadable)) <= 4
    assert not (root / "proof").exists()

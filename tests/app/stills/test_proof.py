"""Is a proof sheet one file with every line, its picture and what is known of it, and is nobody's file written over?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from babelreel.app.ledger.approve import approve
from babelreel.app.stills.proof import Form, Proof, Wish, make_proofs
from babelreel.config.read import read_project
from babelreel.errors import MachineError, TrackError, UsageError
from babelreel.media.programs.chromium import ENVIRONMENT_NAME, find_chromium
from babelreel.model.project import Project
from support.browsing import lacking
from support.projects import FILES_ONLY, make_project
from support.tracks import srt

EN = srt((0, 900, "You have rights."), (1000, 1900, "Call 112."))
FR = srt((0, 900, "Tu as des droits."), (1000, 1900, "Appelle le 112."))
AR = srt((0, 900, "لديك حقوق."), (1000, 1900, "اتصل بالرقم 112."))
HOSTILE = srt(
    (0, 900, '</p><script>alert("1")</script><img src=x onerror=alert(2)>'), (1000, 1900, "&lt;b&gt; {\\fs200}")
)


class Page(HTMLParser):
    """What a browser would make of a page: its texts, and the tags with what they load."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._in_style = False
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - as the parser calls it
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.texts.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def project_of(root: Path, tracks: Mapping[str, str | bytes]) -> Project:
    return read_project(make_project(root, tracks, settings=f'title = "Your <rights>"\nreference = "en"\n{FILES_ONLY}'))


def proofs(project: Project, *tags: str, wish: Wish | None = None) -> dict[str, Proof]:
    made = make_proofs(project, tags, wish or Wish(), listener=lambda _event: None)
    return {each.sheet.language.tag: each for each in made}


def page_of(proof: Proof) -> Page:
    return Page(proof.path.read_text("utf-8"))


def test_a_sheet_has_each_line_with_its_picture_its_time_the_reference_and_what_was_said(tmp_path: Path) -> None:
    project = project_of(tmp_path / "film", {"en.srt": EN, "fr.srt": FR, "ar.srt": AR})
    approve(project, "fr", (1,), by="Amina <b>")
    made = proofs(project)
    assert [(tag, each.path.name) for tag, each in made.items()] == [
        (tag, f"your-rights.{tag}.proof.html") for tag in ("ar", "en", "fr")
    ]
    french = page_of(made["fr"])
    pictures = french.named("img")
    assert len({each["src"] for each in pictures}) == 2
    assert all((each["src"] or "").startswith("data:image/jpeg;base64,") for each in pictures)
    assert "Lines: 2, approved: 1" in french.text
    for expected in (
        "Your <rights>",
        "00:01.0 – 00:01.9",
        "Tu as des droits.",
        "The film says You have rights.",
        "Approved by Amina <b>, ",
        "Not reviewed yet",
    ):
        assert expected in french.text
    arabic = [each for each in page_of(made["ar"]).named("p") if each.get("class") == "text"]
    assert [(each["lang"], each["dir"]) for each in arabic] == [("ar", "rtl")] * 2
    assert "The film says" not in page_of(made["en"]).text


def test_what_the_rules_find_stands_under_its_line_the_gravest_first(tmp_path: Path) -> None:
    fast = srt((0, 700, "Tu as des droits et personne ne peut te les prendre."), (1000, 1900, "Appelle le 112."))
    sheet = proofs(project_of(tmp_path / "film", {"en.srt": EN, "fr.srt": fast}), "fr")["fr"].sheet
    first, second = sheet.lines
    codes = [each.code for each in first.findings]
    assert codes[0] == "RDG001"
    assert "RDG001" not in [each.code for each in second.findings]
    severities = [each.severity.rank for each in first.findings]
    assert severities == sorted(severities)


def test_what_changed_since_somebody_approved_is_told_with_what_it_was(tmp_path: Path) -> None:
    project = project_of(tmp_path / "film", {"en.srt": EN, "fr.srt": FR})
    approve(project, "fr", by="Amina")
    folder = project.root / project.subtitles_dir
    (folder / "en.srt").write_text(EN.replace("rights", "duties"), "utf-8")
    (folder / "fr.srt").write_text(FR.replace("Appelle le", "Écris au"), "utf-8")
    text = page_of(proofs(project, "fr")["fr"]).text
    assert "Since then the film has changed. It said: You have rights." in text
    assert "Since then this line has changed. It was: Appelle le 112." in text
    assert "approved: 0" in text


def test_hostile_text_stays_text_and_nothing_is_loaded_or_runs(tmp_path: Path) -> None:
    project = project_of(tmp_path / "film", {"en.srt": EN, "fr.srt": HOSTILE})
    approve(project, "fr", by='"><script>alert(3)</script>')
    page = page_of(proofs(project, "fr")["fr"])
    tags = {name for name, _ in page.tags}
    assert not tags & {"script", "iframe", "object", "link", "form", "a", "base"}
    assert all((each["src"] or "").startswith("data:image/jpeg;base64,") for each in page.named("img"))
    assert not [each for _, attributes in page.tags for each in attributes if each.startswith("on")]
    assert '"><script>alert(3)</script>' in page.text
    policy = next(each["content"] for each in page.named("meta") if each.get("http-equiv"))
    assert policy
    assert re.fullmatch(r"default-src 'none'; img-src data:; style-src 'sha256-[A-Za-z0-9+/=]+'", policy)


def test_a_line_behind_the_end_of_the_film_is_on_the_sheet_with_the_reason(tmp_path: Path) -> None:
    late = srt((0, 900, "Tu as des droits."), (60_000, 61_900, "Appelle le 112."))
    made = proofs(project_of(tmp_path / "film", {"en.srt": EN, "fr.srt": late}), "fr")["fr"]
    assert made.sheet.without_picture == 1
    told = "No picture. The film never shows this line. It begins at 1:00, and the film ends at 0:02."
    assert told in page_of(made).text


def test_a_file_of_somebody_else_is_not_written_over_and_one_of_ours_is(tmp_path: Path) -> None:
    project = project_of(tmp_path / "film", {"en.srt": EN, "fr.srt": FR})
    wish = Wish(folder=tmp_path / "mail")
    path = proofs(project, "fr", wish=wish)["fr"].path
    before = path.read_bytes()
    (project.root / project.subtitles_dir / "fr.srt").write_text(FR.replace("droits", "devoirs"), "utf-8")
    assert proofs(project, "fr", wish=wish)["fr"].path.read_bytes() != before
    for foreign in (b"", b"My own notes", before.replace(b'"babelreel proof"', b'"another program"')):
        path.write_bytes(foreign)
        with pytest.raises(UsageError, match="A file is in the way that babelreel did not make"):
            proofs(project, "fr", "en", wish=wish)
        assert path.read_bytes() == foreign
        assert list(path.parent.iterdir()) == [path], "nothing is written of the others"
    (tmp_path / "elsewhere.html").write_bytes(before)
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere.html")
    with pytest.raises(UsageError, match="in the way"):
        proofs(project, "fr", wish=wish)
    path.unlink()
    path.mkdir()
    with pytest.raises(UsageError, match="in the way"):
        proofs(project, "fr", wish=wish)


def test_a_track_that_cannot_be_read_costs_its_own_sheet_alone(tmp_path: Path) -> None:
    project = project_of(tmp_path / "film", {"en.srt": EN, "fr.srt": b"\x00\x01\x02 no subtitles"})
    with pytest.raises(TrackError):
        proofs(project)
    assert [path.name for path in (project.root / "proof").iterdir()] == ["your-rights.en.proof.html"]


def test_a_pdf_is_printed_on_a4_with_fonts_of_ours_and_its_own_kind_is_written_over(tmp_path: Path) -> None:
    if not find_chromium():
        lacking("Chromium is not installed")
    project = project_of(tmp_path / "film", {"en.srt": EN, "ar.srt": AR})
    wish = Wish(form=Form.PDF)
    first = proofs(project, "ar", wish=wish)["ar"].path.read_bytes()
    assert first.startswith(b"%PDF")
    assert re.search(rb"/FontName\s*/[A-Z]{6}\+Babelreel", first), "the bundled fonts draw it"
    assert proofs(project, "ar", wish=wish)["ar"].path.read_bytes() == first


def test_without_chromium_a_pdf_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT_NAME, "")
    project = project_of(tmp_path / "film", {"en.srt": EN})
    with pytest.raises(MachineError, match="A PDF is printed by Chromium"):
        proofs(project, wish=Wish(form=Form.PDF))

"""Who may ask a studio what, and what does it refuse?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from babelreel.app.studio.guard import MOST_BODY_BYTES
from support.projects import babelreel, make_project
from support.studios import RunningStudio, running_studio
from support.tracks import srt

ENGLISH, FRENCH, ARABIC = (
    ("Your rights.", "Call 112."),
    ("Tes droits.", "Apelle le 112."),
    ("حقوقك.", "اتصل بالرقم 112."),
)


def project(root: Path) -> Path:
    tracks = {"en.srt": srt(*ENGLISH), "fr.srt": srt(*FRENCH), "ar.srt": srt(*ARABIC)}
    return make_project(root, tracks, settings='reference = "en"\nlanguages = ["en", "fr", "ar"]\n')


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStudio]:
    with running_studio(project(tmp_path_factory.mktemp("mon été (1)") / "film"), "fr") as studio:
        yield studio


def write_people(root: Path, people: str) -> None:
    path = root / "people.toml"
    path.touch(0o600)
    path.write_text(people, "utf-8")


def edit(line: dict[str, object], **changes: object) -> dict[str, object]:
    return {name: line[name] for name in ("version", "place", "digest", "text", "start_ms", "end_ms")} | changes


def test_the_link_names_the_language_and_the_key_where_no_server_sees_them(studio: RunningStudio) -> None:
    assert f"127.0.0.1:{studio.port}/#language=fr&key=" in studio.link
    assert len(studio.key) >= 32


def test_whoever_has_the_link_gets_the_lines_with_what_they_were_made_from(studio: RunningStudio) -> None:
    session = studio.ask("session").document
    assert [each["tag"] for each in session["languages"]] == ["en", "fr", "ar"]
    line = studio.line("ar", 1)
    assert (line["text"], line["source"], line["state"]) == (ARABIC[1], ENGLISH[1], "unknown")


@pytest.mark.parametrize("key", ["", "x", "x" * 43, "ü"])
def test_nobody_else_gets_anything(studio: RunningStudio, key: str) -> None:
    for path in ("session", "languages/fr/lines", "languages/fr/save", "languages/fr/approve"):
        asked = studio.ask(path, {}, key=key.encode().decode("latin-1"))
        assert (asked.status, "lines" in asked.document) == (401, False)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1"},  # another port of this machine
        {"Origin": "null"},
        {"Origin": ""},  # whoever writes says where the page came from
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_no_other_page_may_write_even_with_the_key(studio: RunningStudio, headers: dict[str, str]) -> None:
    before = (studio.root / "subtitles" / "fr.srt").read_bytes()
    line = studio.line("fr", 1)
    assert studio.ask("languages/fr/save", edit(line, text="Non."), **headers).status == 403
    assert (studio.root / "subtitles" / "fr.srt").read_bytes() == before


def test_a_name_that_points_here_from_elsewhere_is_refused(studio: RunningStudio) -> None:
    for path in ("/", "/film", "/assets/start.js"):
        assert studio.send("GET", path, headers={"Host": "evil.example"}).status == 400
    assert studio.ask("session", Host="evil.example", Origin="http://evil.example").status == 400


def test_the_film_is_given_in_parts_to_the_page_alone(studio: RunningStudio) -> None:
    assert studio.send("GET", "/film").status == 401
    cookie = studio.ask("session").headers["set-cookie"]
    assert {"HttpOnly", "Path=/film", "SameSite=strict"} <= set(cookie.split("; "))
    asked = studio.send("GET", "/film", headers={"Cookie": cookie.split(";")[0], "Range": "bytes=4-7"})
    assert (asked.status, asked.body, asked.headers["content-type"]) == (206, b"ftyp", "video/mp4")
    # the cookie, which other ports of this machine may see, opens nothing else
    assert studio.ask("languages/fr/lines", key="", Cookie=cookie.split(";")[0]).status == 401
    asked = studio.send("GET", "/film", headers={"Cookie": cookie.split(";")[0], "Sec-Fetch-Site": "cross-site"})
    assert asked.status == 403


def test_studios_of_two_films_on_one_machine_do_not_take_the_film_from_one_another(
    studio: RunningStudio, tmp_path: Path
) -> None:
    with running_studio(project(tmp_path / "film")) as other:
        jar = {}  # of a browser: it tells no ports apart
        for each in (studio, other):
            name, _, value = each.ask("session").headers["set-cookie"].split(";")[0].partition("=")
            jar[name] = value
        cookies = "; ".join(f"{name}={value}" for name, value in jar.items())
        for each in (studio, other):
            assert each.send("GET", "/film", headers={"Cookie": cookies, "Range": "bytes=4-7"}).status == 206


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 100_000, 400),
        (b'{"place": 1}', 422),
        (json.dumps({"text": "a" * 5000}).encode(), 422),
        (b" " * (MOST_BODY_BYTES + 1), 413),
        (b'{"version": "", "place": true, "digest": "", "text": "", "start_ms": 0, "end_ms": 1}', 422),
        (b'{"version": "", "place": 1e3, "digest": "", "text": "", "start_ms": -1, "end_ms": 1}', 422),
    ],
)
def test_what_no_page_of_ours_asks_is_refused_in_words(studio: RunningStudio, body: bytes, status: int) -> None:
    asked = studio.ask("languages/fr/save", body)
    assert (asked.status, bool(asked.document["what"])) == (status, True)


@pytest.mark.parametrize("lines", [None, [], {}, [1], [{"place": 0, "digest": "x"}]], ids=str)
def test_many_lines_that_are_none_are_refused_in_words(studio: RunningStudio, lines: object) -> None:
    asked = studio.ask("languages/fr/save-all", {"version": "", "lines": lines})
    assert (asked.status, bool(asked.document["what"])) == (422, True)


def test_a_form_of_a_stranger_is_not_read(studio: RunningStudio) -> None:
    assert studio.ask("languages/fr/save", b"a=b", Content_Type="text/plain").status == 415


@pytest.mark.parametrize("tag", ["de", "xx-yy-zz", "..%2F..", "%00", "a" * 500])
def test_a_language_that_is_not_there_is_told(studio: RunningStudio, tag: str) -> None:
    asked = studio.ask(f"languages/{tag}/lines")
    assert asked.status in {404, 422}
    assert str(studio.root) not in asked.body.decode()


def test_no_other_file_is_given(studio: RunningStudio) -> None:
    for path in ("/assets/../../site.py", "/assets/%2e%2e/studio_files.py", "/subtitles/fr.srt", "/babelreel.toml"):
        assert studio.send("GET", path).status == 404


def test_every_answer_has_the_policy(studio: RunningStudio) -> None:
    for asked in (
        studio.send("GET", "/"),
        studio.send("GET", "/nothing"),
        studio.ask("session"),
        studio.ask("session", key="x"),
    ):
        policy = asked.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert asked.headers["x-content-type-options"] == "nosniff"


def test_half_a_character_of_a_browser_s_is_no_fault_of_ours(studio: RunningStudio) -> None:
    line = studio.line("ar", 0)
    assert studio.ask("languages/ar/look", edit(line, text="\ud83d!")).status == 200


def test_a_line_is_saved_fixed_approved_and_told(tmp_path: Path) -> None:
    root = project(tmp_path / "film")
    path = root / "subtitles" / "fr.srt"
    before = path.read_text("utf-8")
    with running_studio(root) as studio:
        line = studio.line("fr", 1)
        live = studio.ask("languages/fr/look", edit(line, text="Appelle  le 112.")).document["findings"]
        assert [(each["place"], each["has_fix"]) for each in live] == [(1, True)]
        saved = studio.ask("languages/fr/save", edit(line, text="Appelle  le 112.", by="Amina")).document
        assert saved["outcome"] == "saved"
        found = studio.ask("languages/fr/findings").document["findings"]
        assert [(each["place"], each["code"]) for each in found if each["has_fix"]] == [(1, live[0]["code"])]
        line = studio.line("fr", 1)
        fixed = studio.ask("languages/fr/fix", {**edit(line), "code": live[0]["code"], "message": live[0]["message"]})
        assert fixed.document["outcome"] == "saved"
        assert path.read_text("utf-8") == before.replace("Apelle", "Appelle")
        line = studio.line("fr", 1)
        done = studio.ask("languages/fr/approve", {"seen": {"1": line["seen"]}, "by": "Amina"}).document
        assert (done["kept"], done["changed"]) == (1, 0)
        assert [each["is_approved"] for each in done["language"]["lines"]] == [False, True]
        assert studio.ask("languages/fr/approve", {"seen": {"1": line["seen"]}, "by": " "}).status == 422
    told = babelreel(root, "status", "fr", "--json")
    assert told.code == 0, told.err


def test_a_line_is_shown_as_it_is_burned_in_before_it_is_saved(studio: RunningStudio) -> None:
    line = edit(studio.line("fr", 1), start_ms=200, end_ms=1200)
    texts = ("Appelle !", "Appelle !", "Appelle le 112 !")
    first, again, other = (studio.ask("languages/fr/still", line | {"text": text}) for text in texts)
    assert (first.status, first.headers["content-type"], first.body[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")
    assert first.body == again.body != other.body
    assert "Apelle" in (studio.root / "subtitles" / "fr.srt").read_text("utf-8")
    beyond = studio.ask("languages/fr/still", line | {"start_ms": 90_000, "end_ms": 91_000})
    assert (beyond.status, beyond.document["what"]) == (422, "The film never shows this line.")


def test_what_was_accepted_outlasts_a_kill(tmp_path: Path) -> None:
    root = project(tmp_path / "film")
    path = root / "subtitles" / "fr.srt"
    with running_studio(root) as studio:
        for place, text in enumerate(("Tes droits à toi.", "Appelle le 112.")):
            assert studio.ask("languages/fr/save", edit(studio.line("fr", place), text=text)).status == 200
        studio.process.send_signal(signal.SIGKILL)
        studio.process.wait(20)
    assert path.read_text("utf-8") == srt("Tes droits à toi.", "Appelle le 112.")
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []


def test_undo_in_the_terminal_takes_back_what_the_studio_wrote(tmp_path: Path) -> None:
    root = project(tmp_path / "film")
    with running_studio(root) as studio:
        studio.ask("languages/fr/save", edit(studio.line("fr", 1), text="Appelle le 112."))
    assert babelreel(root, "undo").code == 0
    assert (root / "subtitles" / "fr.srt").read_text("utf-8") == srt(*FRENCH)


TOKENS = {"reader": "r" * 40, "repairer": "m" * 40, "approver": "a" * 40}
PEOPLE = f"""\
["Rahim"]
token = "{TOKENS["reader"]}"
languages = ["fr"]
role = "read"
["Mina"]
token = "{TOKENS["repairer"]}"
languages = ["fr", "en"]
role = "repair"
["Amina"]
token = "{TOKENS["approver"]}"
languages = ["fr"]
role = "approve"
"""


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStudio]:
    root = project(tmp_path_factory.mktemp("team") / "film")
    write_people(root, PEOPLE)
    with running_studio(root, "--token-file", "people.toml", "--host", "0.0.0.0") as studio:  # noqa: S104 - a team's server
        yield studio


def test_the_name_is_that_of_the_token_whatever_the_page_says(team: RunningStudio) -> None:
    key = TOKENS["approver"]
    assert team.ask("session", key=key).document["name"] == "Amina"
    line = team.ask("languages/fr/lines", key=key).document["language"]["lines"][0]
    told = team.ask("languages/fr/approve", {"seen": {"0": line["seen"]}, "by": "Rahim"}, key=key).document
    assert told["language"]["lines"][0]["by"] == "Amina"


CHINESE = """\
["Li"]
token = "{key}"
languages = ["{tag}"]
role = "repair"
"""


@pytest.mark.parametrize(
    ("said", "listed", "seen"),
    [
        ("zh-CN", ["en", "zh-Hans"], ["zh-Hans"]),
        ("zh", ["en", "zh-Hans", "zh-Hant"], ["zh-Hans"]),
        ("zh-TW", ["en", "zh-Hans", "zh-Hant"], ["zh-Hant"]),
        ("zh-CN", ["en", "zh-Hans", "zh-CN"], ["zh-CN"]),  # a project that keeps both apart
        ("ar-SA", ["en", "ar"], []),  # Saudi Arabia may have its own text
    ],
)
def test_a_language_is_meant_by_any_tag_of_it(tmp_path: Path, said: str, listed: list[str], seen: list[str]) -> None:
    tracks = {f"{tag}.srt": srt(*ENGLISH) for tag in listed}
    root = make_project(tmp_path / "film", tracks, settings=f'reference = "en"\nlanguages = {json.dumps(listed)}\n')
    write_people(root, CHINESE.format(key="l" * 40, tag=said))
    with running_studio(root, "--token-file", "people.toml") as studio:
        asked = studio.ask("session", key="l" * 40).document
        statuses = {tag: studio.ask(f"languages/{tag}/lines", key="l" * 40).status for tag in listed}
    assert [each["tag"] for each in asked["languages"]] == seen
    assert statuses == {tag: 200 if tag in seen else 404 for tag in listed}


def told_at_start(root: Path, people: str) -> str:
    """Open a studio with a file of tokens, and give what it writes behind its link until it answers."""
    write_people(root, people)
    command = [
        sys.executable,
        "-m",
        "babelreel",
        "studio",
        "--port",
        "0",
        "--no-browser",
        "--token-file",
        "people.toml",
    ]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            link = process.stderr.readline()
            assert link.startswith("http://"), link
            studio = RunningStudio(root=root, link=link.split()[0], process=process)
            assert studio.ask("session", key="p" * 40).status == 200
            process.send_signal(signal.SIGINT)
            return process.stderr.read()
        finally:
            process.kill()


def person(role: str, tag: str, name: str = "Amina") -> str:
    key = ("p" if name == "Amina" else "q") * 40
    return f'["{name}"]\ntoken = "{key}"\nlanguages = {json.dumps(tag.split())}\nrole = "{role}"\n'


@pytest.mark.parametrize(
    ("role", "begins"), [("read", "put de.srt there"), ("repair", "start the language in the page (“New language”)")]
)
def test_a_token_for_a_language_without_subtitles_is_told_at_the_start(tmp_path: Path, role: str, begins: str) -> None:
    root = project(tmp_path / "film")
    (root / "babelreel.toml").write_text('reference = "en"\n', "utf-8")  # any language is built
    told = told_at_start(root, person(role, "fr de") + person("approve", "ar", "Mina"))
    assert told.splitlines() == [
        "note: “Amina” sees nothing: their token is for “de”, which has no subtitles",
        f"  hint: {begins}; or correct the tag in people.toml, and start again",
    ]


def test_what_cannot_begin_is_not_offered(tmp_path: Path) -> None:
    listed = project(tmp_path / "listed")  # de is not among its languages: what would be begun is never built
    assert "put de.srt there" in told_at_start(listed, person("approve", "de fr"))
    root = make_project(tmp_path / "film", {"fr.srt": srt(*FRENCH)}, settings='reference = "en"\n')
    assert "put de.srt there" in told_at_start(root, person("approve", "de fr"))


@pytest.mark.parametrize("tags", ["fr-FR ar", "*"])
def test_of_languages_that_are_there_nothing_is_told(tmp_path: Path, tags: str) -> None:
    assert told_at_start(project(tmp_path / "film"), person("approve", tags)) == ""


def test_a_role_has_one_name(tmp_path: Path) -> None:
    root = project(tmp_path / "film")
    write_people(root, PEOPLE.replace('"repair"', '"mend"'))
    told = babelreel(root, "studio", "--no-browser", "--port", "0", "--token-file", "people.toml", seconds=20)
    assert (told.code, "“Mina”: mend is no role; there are read, repair, approve" in told.err) == (2, True)


def test_the_link_of_a_team_holds_no_token(team: RunningStudio) -> None:
    assert "key" not in team.link
    assert team.ask("session", key="").status == 401


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "::1", "example.org"])  # noqa: S104 - is refused
def test_no_other_address_is_opened_without_tokens(tmp_path: Path, host: str) -> None:
    told = babelreel(project(tmp_path / "film"), "studio", "--no-browser", "--host", host, seconds=20)
    assert (told.code, "needs a file of tokens" in told.err) == (2, True)


@pytest.mark.parametrize(
    "people",
    [
        "",
        "[",
        '["A"]\ntoken = "short"\nlanguages = ["fr"]\nrole = "read"\n',
        f'["A"]\ntoken = "{"a" * 40}"\nlanguages = ["fr"]\nrole = "king"\n',
        f'["A"]\ntoken = "{"a" * 40}"\nlanguages = []\nrole = "read"\n',
        f'["A"]\ntoken = "{"a" * 40}"\nlanguages = ["fr"]\nrole = "read"\nroles = 1\n',
        (
            f'["A"]\ntoken = "{"a" * 40}"\nlanguages = ["*"]\nrole = "read"\n'
            f'["B"]\ntoken = "{"a" * 40}"\nlanguages = ["*"]\nrole = "read"\n'
        ),
        f'[" "]\ntoken = "{"a" * 40}"\nlanguages = ["*"]\nrole = "approve"\n',  # could give any name as hers
        f'["A"]\ntoken = "{"aaaa+/==" * 5}"\nlanguages = ["*"]\nrole = "read"\n',  # "+" comes as a space out of a link
        f'["A"]\ntoken = "{"é" * 40}"\nlanguages = ["*"]\nrole = "read"\n',  # no header holds it
    ],
)
def test_a_file_of_tokens_that_cannot_be_meant_is_refused(tmp_path: Path, people: str) -> None:
    root = project(tmp_path / "film")
    write_people(root, people)
    told = babelreel(root, "studio", "--no-browser", "--port", "0", "--token-file", "people.toml", seconds=20)
    assert (told.code, "not a file of tokens" in told.err) == (2, True)
    assert "aaaa" not in told.err


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_a_file_of_tokens_that_every_user_of_the_machine_can_read_is_refused(tmp_path: Path) -> None:
    root = project(tmp_path / "film")
    write_people(root, PEOPLE)
    (root / "people.toml").chmod(0o604)
    told = babelreel(root, "studio", "--no-browser", "--port", "0", "--token-file", "people.toml", seconds=20)
    assert (told.code, "chmod 600 people.toml" in told.err) == (2, True)


BROWSER = """\
#!/bin/sh
printf '%s\\n' "$@" > "$SEEN/words"
ls -l "$1" | cut -c1-10 > "$SEEN/rights"
cp "$1" "$SEEN/page" && mv "$SEEN/page" "$SEEN/opened"
"""


@pytest.mark.skipif(sys.platform != "linux", reason="starts what opens links on Linux")
def test_no_other_user_of_the_machine_sees_the_key_that_a_browser_is_started_with(tmp_path: Path) -> None:
    root = project(tmp_path / "film")
    seen = tmp_path / "seen"
    seen.mkdir()
    (seen / "xdg-open").write_text(BROWSER, "utf-8")
    (seen / "xdg-open").chmod(0o755)
    command = [sys.executable, "-m", "babelreel", "studio", "fr", "--port", "0"]
    environment = {**os.environ, "PATH": f"{seen}:{os.environ['PATH']}", "SEEN": str(seen)}
    run = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True, env=environment)
    assert run.stderr is not None
    with run.stderr as told:
        link = told.readline().split()[0]
        ends = time.monotonic() + 60
        while not (seen / "opened").exists() and time.monotonic() < ends:
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        assert run.wait(20) == 0
    assert link.partition("key=")[2]
    assert "key=" not in (seen / "words").read_text("utf-8")
    assert f'url={link.replace("&", "&amp;")}"' in (seen / "opened").read_text("utf-8")
    assert (seen / "rights").read_text("utf-8") == "-rw-------\n"
    assert list((root / ".babelreel").glob("*.html")) == [], "with the studio ends what leads to it"


def test_a_language_that_nobody_can_read_is_told_before_the_door_opens(tmp_path: Path) -> None:
    root = project(tmp_path / "film")
    # one that could be read, the page would offer to begin
    told = babelreel(root, "studio", "xx-yy-zz", "--no-browser", "--port", "0", seconds=20)
    assert (told.code, "“xx-yy-zz” is not a language tag" in told.err) == (2, True)


def test_building_at_the_same_time_is_no_trouble(tmp_path: Path) -> None:
    root = project(tmp_path / "film")
    with running_studio(root) as studio:
        run = subprocess.Popen([sys.executable, "-m", "babelreel", "check"], cwd=root, stdout=subprocess.DEVNULL)
        for text in ("Appelle 112.", "Appelle le 112."):
            assert studio.ask("languages/fr/save", edit(studio.line("fr", 1), text=text)).document["outcome"] == "saved"
        assert run.wait(60) in {0, 1}
    assert (root / "subtitles" / "fr.srt").read_text("utf-8") == srt(FRENCH[0], "Appelle le 112.")

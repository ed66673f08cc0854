"""Is one file enough for a language that babelreel does not know, from its name to its leaflet?"""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from babelreel.app.check.check_project import check_project
from babelreel.app.check.explain_rule import explain_rule
from babelreel.app.project.choose_tracks import find_tracks
from babelreel.app.project.read_tracks import load_track
from babelreel.config.read import read_project
from babelreel.delivery.leaflet.sheet import Leaflet, Places, render_leaflet
from babelreel.delivery.site.words import is_fallback, words_for
from babelreel.errors import ConfigError
from babelreel.languages.find import find_language, read_language
from babelreel.model.language import Counting, Direction, Language
from babelreel.model.project import Project
from babelreel.model.reading_limits import Profile
from babelreel.rules.alignment.alignment import Alignment
from babelreel.rules.base.passage import TextIndex
from babelreel.rules.parity.figures import find_figures
from babelreel.timedtext.burnin.line_width import find_shaper
from babelreel.timedtext.burnin.typeface import choose_font
from babelreel.timedtext.speech.duration import CARE, COMMA_MS, estimate_ms
from support.places import REPOSITORY, SUBTITLES

TURKISH = """\
name = "Turkish"
own_name = "Türkçe"
iso639_t = "tur"
iso639_b = "tur"
script = "Latn"

[limits]
cps_child = 12
cps_adult = 16
sources.cps_adult = "a guide for Turkish subtitles"

[letters]
telling = "çğıöşüÇĞİÖŞÜ"
telling_within = 300
wrong = { "ș" = "ş", "ə" = "" }

[encoding]
letters = "çğıöşüâîû"
code_pages = ["windows-1254", "cp857"]

[punctuation]
has_curved_apostrophe = true
speaker_dash = { marks_both = true, has_space = false }

[phrases]
leading = "bir her bu şu"
joints = "ve veya ama çünkü"
units = "yaşında yıl ay gün saat avro"
calls = "numara*"
has_telling_capitals = true

[identification]
function_words = '''
ve bir bu şu o da de için ile çok ama ne sen sana senin seni ben biz siz onlar var yok değil mi mı mu mü gibi kadar daha
her şey kim nasıl neden nerede olarak olan ya hiç kendi
'''

[speech]
voices = ["tr"]
pace = { rate = 6.5, source = "counted by hand for this test" }
numerals = { digits = "2121112222", ten = 1, hundred = 1, thousand = 1 }
syllables.vowels = "[aeıioöuüâîû]"

[pages]
subtitles = "Altyazılar"
watch_here = "Bu filmi Türkçe izle"

[leaflet]
watch = "Filmi izle"
"""

TRACK = """\
1
00:00:01,000 --> 00:00:05,000
Belçika'da senin hakların var. Bir
vasi sana her gün yardım eder.

2
00:00:06,000 --> 00:00:10,000
Bu yardım ücretsiz, ișin çoğu
kolay. İstediğin zaman sor.
"""

GERMAN = """\
1
00:00:01,000 --> 00:00:05,000
Du hast das Recht auf einen Vormund.

2
00:00:06,000 --> 00:00:10,000
Bir vasi sana her gün yardım eder.

3
00:00:11,000 --> 00:00:15,000
Er ist für dich da und hilft dir mit der Schule.

4
00:00:16,000 --> 00:00:20,000
Du kannst mit ihm über alles reden, was dich bedrückt.
"""


def project_of(root: Path, toml: str = TURKISH, **tracks: str) -> Project:
    """Make a project with a language file ``languages/tr.toml`` and these tracks."""
    (root / "languages").mkdir()
    (root / "subtitles").mkdir()
    (root / "languages/tr.toml").write_text(toml, encoding="utf-8")
    (root / "babelreel.toml").write_text('[language.tr]\nfile = "languages/tr.toml"\n', encoding="utf-8")
    for tag, text in tracks.items():
        (root / f"subtitles/{tag}.srt").write_text(text, encoding="utf-8")
    return read_project(root)


def turkish_of(project: Project) -> Language:
    return project.settings_of(find_language("tr")).language


def findings(project: Project, *rules: str) -> list[str]:
    result = check_project(project, select=rules)
    return [f"{each.location.path[-6:]}:{each.location.line} {each.code} {each.message}" for each in result.findings]


def faults_of(root: Path, toml: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        project_of(root, toml)
    assert "tr.toml" in caught.value.what
    assert caught.value.where == str(root / "languages/tr.toml")
    return caught.value.faults


def test_it_has_its_names_and_what_its_script_says(tmp_path: Path) -> None:
    language = turkish_of(project_of(tmp_path))
    assert (language.tag, language.own_name, language.iso639_b) == ("tr", "Türkçe", "tur")
    assert (language.direction, language.counting, language.has_italics) == (Direction.LTR, Counting.GRAPHEMES, True)


def test_its_limits_are_held_to_and_explained_with_their_sources(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    profile = project.settings_of(turkish_of(project)).profile
    assert [profile.show(name) for name in ("cps_child", "cps_adult", "cpl")] == ["12 cps", "16 cps", "42 characters"]
    assert "tr: 16 cps (a guide for Turkish subtitles)" in explain_rule(project, "unreadable-speed")
    assert "tr: 12 cps (tr.toml)" in explain_rule(project, "fast-for-children")


def test_babelreel_toml_goes_before_it(tmp_path: Path) -> None:
    project_of(tmp_path)
    with (tmp_path / "babelreel.toml").open("a", encoding="utf-8") as file:
        file.write('name = "Turkish of Belgium"\ncps_adult = 18\n')
    (settings,) = read_project(tmp_path).languages
    assert settings.language.name == "Turkish of Belgium"
    assert [settings.profile.show(name) for name in ("cps_child", "cps_adult")] == ["12 cps", "18 cps"]


def test_the_rules_know_its_letters_marks_and_phrases(tmp_path: Path) -> None:
    assert findings(project_of(tmp_path, tr=TRACK), "LET", "TYP", "LBR001") == [
        "tr.srt:3 TYP002 the apostrophe is straight: write ’",
        "tr.srt:3 LBR001 do not end this row with “Bir”: it belongs to the next row",
        "tr.srt:8 LET001 “ș” (U+0219) is not a letter of Turkish: write “ş” (U+015F)",
    ]


def test_its_words_tell_which_numbers_are_dialled(tmp_path: Path) -> None:
    project = project_of(tmp_path, tr=TRACK.replace("İstediğin zaman sor.", "Numaramız: 1712."))
    (file,) = find_tracks(project)
    texts = TextIndex(load_track(project, file).cues)
    for language, is_dialled in ((file.settings.language, True), (find_language("tr"), False)):
        (number,) = find_figures(texts, Alignment(), language)
        assert (number.digits, number.is_dialled) == ("1712", is_dialled)


def test_a_file_without_its_letters_is_found(tmp_path: Path) -> None:
    plain = TRACK.replace(TRACK, "1\n00:00:01,000 --> 00:00:09,000\n" + "Bir vasi sana yardim eder. " * 15)
    (found,) = findings(project_of(tmp_path, tr=plain), "LET004")
    assert "none of the letters that Turkish needs: ç ğ ı" in found


def test_a_text_in_it_is_told_from_other_languages(tmp_path: Path) -> None:
    assert findings(project_of(tmp_path, de=GERMAN, tr=TRACK), "LNG") == [
        "de.srt:6 LNG002 this line is in Turkish (tr)",
    ]


def test_a_file_of_another_language_under_its_name_is_found(tmp_path: Path) -> None:
    german = (SUBTITLES / "de.srt").read_text(encoding="utf-8")
    found = findings(project_of(tmp_path, de=german, tr=german), "LNG001")
    assert found == ["tr.srt:0 LNG001 the file is named tr (Turkish), but its text is in German (de)"]


def test_a_file_in_its_old_code_page_is_read(tmp_path: Path) -> None:
    # cp857 alone, which nothing but the language's file can suggest
    project = project_of(tmp_path, TURKISH.replace('"windows-1254", ', ""))
    (tmp_path / "subtitles/tr.srt").write_bytes(TRACK.replace("ș", "ş").encode("cp857"))
    (file,) = find_tracks(project)
    assert "İstediğin zaman sor." in load_track(project, file).source.text


def test_its_pages_have_its_words_and_english_ones_where_it_has_none(tmp_path: Path) -> None:
    words = words_for(turkish_of(project_of(tmp_path)))
    assert (words.tag, words.subtitles, words.watch_here) == ("tr", "Altyazılar", "Bu filmi Türkçe izle")
    assert words.download == "Download"


def test_its_leaflet_has_its_words(tmp_path: Path) -> None:
    language = turkish_of(project_of(tmp_path))
    leaflet = Leaflet(
        language=language, title="Haklar", title_language=language, paragraphs=(), address="https://example.org/tr/"
    )
    places = Places(style="leaflet.css", pictures=(), code="qr.svg")
    page = render_leaflet(leaflet, places, find_shaper(choose_font(language, None), language)).decode()
    assert "Filmi izle" in page
    assert "Watch the film" not in page


def test_its_text_takes_as_long_as_its_vowels_and_its_pace_say(tmp_path: Path) -> None:
    language = turkish_of(project_of(tmp_path))
    # ka-la-ba-lık, o-ku-la, on se-kiz; sa-at has two vowels in a row, which another language might say as one
    for text, syllables, pause_ms in (("kalabalık", 4, 0), ("okula", 3, 0), ("18", 3, 0), ("saat, okula", 5, COMMA_MS)):
        assert estimate_ms(text, language) == round(syllables / (language.speech.pace.rate * CARE) * 1000) + pause_ms


def test_the_bundled_font_of_its_script_draws_its_letters(tmp_path: Path) -> None:
    font = choose_font(turkish_of(project_of(tmp_path)), None)
    assert font.family == "Babelreel Latin"
    assert all(font.drawing(letter) == font for letter in "çğıöşüÇĞİÖŞÜ’")


def test_a_file_may_say_one_thing_alone(tmp_path: Path) -> None:
    language = turkish_of(project_of(tmp_path, 'name = "My Turkish"\n'))
    assert (language.name, language.own_name, language.iso639_t) == ("My Turkish", "Türkçe", "tur")
    assert language.limits == Profile()
    assert is_fallback(language)
    assert words_for(language).tag == "en"


def test_a_table_may_be_that_of_another_language(tmp_path: Path) -> None:
    language = turkish_of(project_of(tmp_path, 'phrases = "fr"\nspeech = "en"\n'))
    assert "le" in language.phrases.leading
    assert language.speech.pace == find_language("en").speech.pace


def test_a_known_language_keeps_what_the_file_leaves_out(tmp_path: Path) -> None:
    path = tmp_path / "fr.toml"
    path.write_text('[phrases]\nleading = "le la"\n', encoding="utf-8")
    (tmp_path / "babelreel.toml").write_text('[language.fr]\nfile = "fr.toml"\n', encoding="utf-8")
    french = read_project(tmp_path).settings_of(find_language("fr")).language
    assert french.phrases.leading == {"le", "la"}
    assert french.phrases.units == find_language("fr").phrases.units
    assert words_for(french).subtitles == "Sous-titres"


def test_every_fault_is_told_with_its_key(tmp_path: Path) -> None:
    wrong = """\
nmae = "Turkish"
iso639_t = "turkish"
script = "Latin"
direction = "up"

[limits]
cps_child = "12"
sources.cps = "a guide"

[letters]
wrong = { "ș" = 1 }

[phrases]
leading = 7
has_telling_capitals = "yes"

[speech]
numerals.digits = "12"
syllables.vowels = "[aeıi"
pace.rate = 0

[punctuation]
speaker_dash.marks_both = true

[pages]
subtitels = "Altyazılar"
"""
    assert sorted(faults_of(tmp_path, wrong)) == [
        "direction: write ltr or rtl",
        "iso639_t: write three small letters, as in “tur”",
        "letters.wrong: write a table of texts",
        "limits.cps_child: write a number above 0",
        "nmae: no such key, did you mean “name”?",
        "pages.subtitels: no such key, did you mean “subtitles”?",
        "phrases.has_telling_capitals: write true or false",
        "phrases.leading: write words in one text, or a list of texts",
        "punctuation.speaker_dash.has_space: is missing",
        "script: write four letters, as in “Latn”",
        "speech.numerals.digits: write ten figures, the syllables of 0 to 9",
        "speech.pace.rate: write a number above 0",
        "speech.syllables.vowels: is no regular expression: unterminated character set at position 0",
    ]


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ("[limits]\ncps_child = 200\n", "limits.cps_child: write 60 or less, not 200"),
        ('[limits]\nsources.cps = "a guide"\n', "limits.sources.cps: no such limit"),
        ('phrases = "many"\n', "phrases: “many” is not a language tag"),
        ("name = Turkish\n", "line 1, “name = Turkish”: put a text between straight quotes"),
        ("name = inf\n", "inf"),
        (f"name = {'[' * 5000}{']' * 5000}\n", "its brackets are nested too deeply"),
        (f"{'a.' * 5000}a = 1\n", "its tables are nested too deeply"),
        ('own_name = "T\\u001Bürkçe"\n', "own_name: remove the invisible character U+001B"),
        ("place = 1e999999999\n", "1e999999999 is no number that anything here can have"),
    ],
    ids=["limit", "source", "tag", "no quotes", "infinite", "brackets", "tables", "control", "exponent"],
)
def test_limits_and_syntax_are_looked_at_too(tmp_path: Path, toml: str, fault: str) -> None:
    (told,) = faults_of(tmp_path, toml)
    assert fault in told


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "babelreel.toml").write_text('[language.tr]\nfile = "tr.toml"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_project(tmp_path)
    assert str(caught.value) == (
        f"The language file tr.toml cannot be read.\nwhere: {tmp_path / 'tr.toml'}\nwhy: No such file or directory\n"
        "hint: Put the file there, or correct its name in babelreel.toml."
    )


def test_a_file_in_another_encoding_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "babelreel.toml").write_text('[language.tr]\nfile = "tr.toml"\n', encoding="utf-8")
    (tmp_path / "tr.toml").write_bytes('own_name = "Türkçe"\n'.encode("cp1254"))
    with pytest.raises(ConfigError, match="it is not UTF-8 text: save it as UTF-8"):
        read_project(tmp_path)


def test_the_file_that_the_manual_shows_is_right(tmp_path: Path) -> None:
    shown = (REPOSITORY / "docs/volunteer.md").read_text(encoding="utf-8").partition("### A language of your own")[2]
    language = turkish_of(project_of(tmp_path, shown.partition("```toml\n")[2].partition("```")[0]))
    assert (language.own_name, language.leaflet.watch) == ("Türkçe", "Filmi izle")


def test_a_language_goes_to_another_process_whole(tmp_path: Path) -> None:
    language = turkish_of(project_of(tmp_path))
    again = pickle.loads(pickle.dumps(language))  # noqa: S301 - our own
    assert (again, again.phrases, again.leaflet) == (language, language.phrases, language.leaflet)


@pytest.mark.parametrize("kind", ["folder", "pipe", "huge"])
def test_what_is_no_file_of_settings_is_refused_and_not_read_for_ever(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "tr.toml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(b"#" * (5 << 20))
    with pytest.raises(ConfigError) as caught:
        read_language(path, "tr")
    assert "larger than 4 MiB" in str(caught.value) if kind == "huge" else "no file" in caught.value.why

from __future__ import annotations

import errno
import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.config.read import read_project
from babelreel.config.schema import LanguageTable
from babelreel.config.slug import slug_of
from babelreel.config.tables.limits import LimitsTable
from babelreel.config.template import starting_config
from babelreel.errors import ConfigError, MachineError
from babelreel.languages.find import find_language
from babelreel.model.film.ladder.codecs import Codec
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.model.finding import Severity
from babelreel.model.policy import Allowance
from babelreel.model.project import Project
from babelreel.model.reading_limits import LIMITS
from babelreel.regular_files import read_regular


def project(folder: Path, toml: str) -> Project:
    (folder / "babelreel.toml").write_text(toml, encoding="utf-8")
    return read_project(folder)


def faults(folder: Path, toml: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        project(folder, toml)
    assert len(caught.value.lines()) <= 4
    return caught.value.faults


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    folder = tmp_path / "Mon été (1)"
    folder.mkdir()
    found = read_project(folder)
    assert (found.title, found.slug, found.rungs, found.config_path) == (
        "Mon été (1)",
        "mon-ete-1",
        DEFAULT_RUNGS,
        None,
    )


def test_the_starting_file_says_what_an_empty_one_means(tmp_path: Path) -> None:
    plain = read_project(tmp_path)
    written = project(tmp_path, starting_config(plain.title))
    assert replace(written, config_path=None) == plain


def test_a_bound_in_megabytes_is_told_with_what_to_write(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "[renditions.phone-360p]\nmax_bytes = 15\n")
    assert fault == "renditions.phone-360p.max_bytes: write a number of bytes: 15 MB are 15000000"
    unbounded = project(tmp_path, "[renditions.phone-360p]\nmax_bytes = 0\n").rungs[-1]
    assert (unbounded.name, unbounded.max_bytes) == ("phone-360p", 0)


def test_a_title_with_quotes_survives_the_starting_file(tmp_path: Path) -> None:
    title = 'Say "no" \\ «non» 说'
    assert project(tmp_path, starting_config(title)).title == title


def test_all_faults_are_told_at_once_with_their_keys(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        """
        langages = ["fr"]
        [style]
        color = "red"
        [renditions.web-1080p]
        crf = 99
        prest = "slow"
        [renditions.phone-360p]
        enabled = "no"
        """,
    )
    assert len(found) == 5
    keys = {fault.split(":")[0] for fault in found}
    assert keys == {
        "langages",
        "style.color",
        "renditions.web-1080p.crf",
        "renditions.web-1080p.prest",
        "renditions.phone-360p.enabled",
    }


def test_a_misspelt_key_is_answered_with_the_right_one(tmp_path: Path) -> None:
    assert faults(tmp_path, '[renditions.web-720p]\nprest = "slow"\n') == (
        "renditions.web-720p.prest: no such key, did you mean “preset”?",
    )


def test_a_language_that_does_not_exist_is_named(tmp_path: Path) -> None:
    assert faults(tmp_path, 'languages = ["fr", "qx"]\n') == ("languages: “qx” is not a language tag.",)


def test_toml_that_cannot_be_parsed_is_told_with_its_line(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, 'title = "x\n')
    assert "line 1" in fault


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "babelreel.toml").write_bytes(b'title = "\xe9t\xe9"\n')
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_project(tmp_path)


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        (f"title = {'9' * 5000}\n", "4300 digits"),
        (f"title = {'[' * 5000}{']' * 5000}\n", "its brackets are nested too deeply"),
        (f"{'a.' * 5000}a = 1\n", "its tables are nested too deeply"),
    ],
)
def test_numbers_and_brackets_that_nobody_means_are_told(tmp_path: Path, toml: str, fault: str) -> None:
    (told,) = faults(tmp_path, toml)
    assert fault in told


def test_of_hundreds_of_faults_the_first_are_told_and_the_others_counted(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        project(tmp_path, "".join(f"key{number} = 1\n" for number in range(300)))
    assert len(caught.value.faults) == 300
    assert "key19: no such key; and 280 more" in str(caught.value)
    assert "key20" not in str(caught.value)


def test_a_key_of_a_thousand_letters_does_not_fill_the_terminal(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        project(tmp_path, f"{'k' * 100_000} = 1\n")
    assert len(str(caught.value)) < 1000


def test_two_tables_of_one_language_are_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, "[language.tr]\ncpl = 40\n[language.tur]\ncpl = 30\n") == (
        "language.tur: another table is about tr too",
    )


def test_every_rendition_switched_off_is_a_fault(tmp_path: Path) -> None:
    toml = "".join(f"[renditions.{rung.name}]\nenabled = false\n" for rung in DEFAULT_RUNGS)
    (fault,) = faults(tmp_path, toml)
    assert "none is enabled" in fault


def test_a_rendition_keeps_what_the_file_does_not_set(tmp_path: Path) -> None:
    changed = project(tmp_path, "[renditions.web-1080p]\ncrf = 19.5\n").rungs[0]
    assert changed == replace(DEFAULT_RUNGS[0], crf=Fraction(39, 2))


def test_a_rendition_of_the_projects_own_needs_a_name_and_a_size(tmp_path: Path) -> None:
    rung = project(tmp_path, '[renditions.square]\ntext = "burn-in"\nlong_px = 600\nshort_px = 600\n').rungs[-1]
    assert (rung.name, rung.text, rung.long_px, rung.b_frames, rung.max_bytes) == ("square", Text.BURN_IN, 600, 0, 0)


def test_a_language_may_have_limits_and_a_font_of_its_own(tmp_path: Path) -> None:
    found = project(tmp_path, '[language.hi]\nfont = "fonts/deva.ttf"\ncps_child = 10\n')
    (settings,) = found.languages
    assert (settings.language.tag, settings.profile.cps_child, settings.profile.cps_adult) == (
        "hi",
        Fraction(10),
        Fraction(17),
    )
    assert settings.font == Path("fonts/deva.ttf")
    assert not found.only_listed


def test_a_table_of_a_language_that_is_not_listed_is_not_used_but_for_that_of_the_original(tmp_path: Path) -> None:
    (tmp_path / "babelreel.toml").write_text(
        'reference = "nl"\nlanguages = ["fr"]\n[language.nl]\ncpl = 40\n[language.ar]\nfile = "gone.toml"\n'
    )
    found = read_project(tmp_path)
    assert [each.language.tag for each in found.languages] == ["fr"]
    assert found.settings_of(find_language("nl")).profile.cpl == 40


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("prøjet", "projet"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("Æon, œuvre", "aeon-oeuvre"),
        ("Đường về nhà", "duong-ve-nha"),
        ("Łódź", "lodz"),
        ("Þórður", "thordur"),
        ("Kısa İzmir", "kisa-izmir"),
        ("Ɗan Hausa", "dan-hausa"),
        # letters that Unicode takes apart are spelt as ever
        ("Mon été (1)", "mon-ete-1"),
        ("Größe", "grosse"),
        ("Ångström ﬁlm №2", "angstrom-film-no2"),
        ("Филм", "film"),
    ],
)
def test_letters_that_are_no_ascii_letter_with_a_mark_are_spelt(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_slugs_are_lower_case_ascii() -> None:
    assert slug_of("Tes droits en Belgique !") == "tes-droits-en-belgique"
    assert slug_of("你的权利") == "film"
    assert slug_of("Con") == "con-film"  # Windows makes no file named con.fr.mp4


def test_the_check_table_sets_rules_exceptions_and_what_fails(tmp_path: Path) -> None:
    policy = project(
        tmp_path,
        """
        [check]
        ignore = ["gap-to-close"]
        fail_on = "warning"
        names = ["Child Focus"]
        [check.ignore_in]
        "ps.srt" = ["TYP"]
        [[check.allow]]
        rules = ["long-cue"]
        file = "fr.srt"
        cue = 21
        reason = "the number stays"
        """,
    ).check
    assert (policy.ignore, policy.fail_on, policy.names) == (("gap-to-close",), Severity.WARNING, ("Child Focus",))
    assert policy.ignored_in("subtitles/ps.srt") == ("gap-to-close", "TYP")
    assert policy.ignored_in("subtitles/fa.srt") == ("gap-to-close",)
    assert policy.allow == (Allowance(rules=("long-cue",), file="fr.srt", cue=21, reason="the number stays"),)


def test_an_exception_without_a_reason_is_a_fault(tmp_path: Path) -> None:
    table = """
        [[check.allow]]
        rules = ["long-cue"]
        file = "fr.srt"
        raeson = "the number stays"
        """
    found = faults(tmp_path, table)
    assert "[[check.allow]] “fr.srt”, reason: this key is missing" in found
    assert any("raeson" in fault and "did you mean “reason”?" in fault for fault in found)


def test_nothing_fails_when_the_project_says_so(tmp_path: Path) -> None:
    assert project(tmp_path, '[check]\nfail_on = "never"').check.fail_on is None


def test_limits_hold_for_every_language_and_a_language_has_the_last_word(tmp_path: Path) -> None:
    found = project(tmp_path, "[limits]\ncpl = 37\nwpm_child = 130\n[language.zh-Hans]\ncpl = 14\n")
    chinese, french = (found.settings_of(find_language(tag)).profile for tag in ("zh-Hans", "fr"))
    assert (chinese.cpl, int(chinese.cps_adult), french.cpl, int(french.cps_adult)) == (14, 9, 37, 17)
    assert (chinese.wpm_child, french.wpm_child, french.wpm_adult) == (130, 130, 0)


def test_every_limit_of_the_profile_is_a_key_of_the_file() -> None:
    assert list(LimitsTable.model_fields) == list(LIMITS)
    assert set(LIMITS) < set(LanguageTable.model_fields)


#: In percent of another limit that is milder.
ABOVE_100 = {"cps_error_percent"}


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_can_be_set_for_all_languages_and_for_one(name: str, tmp_path: Path) -> None:
    all_languages, one = (
        (4, 5)
        if name.startswith("max_lines")
        else (101, 102)
        if name in ABOVE_100 or name.endswith("_ms")
        else (50, 51)
    )
    found = project(tmp_path, f"[limits]\n{name} = {all_languages}\n[language.fr]\n{name} = {one}\n")
    numbers = [getattr(found.settings_of(find_language(tag)).profile, name) for tag in ("fr", "ps", "hi")]
    assert numbers == [one, all_languages, all_languages]


def test_a_misspelt_limit_is_answered_with_the_right_one(tmp_path: Path) -> None:
    assert faults(tmp_path, "[limits]\ncps_chilt = 12\n") == (
        "limits.cps_chilt: no such key, did you mean “cps_child”?",
    )


def test_a_folder_in_the_place_of_the_settings_is_told_and_not_taken_for_none(tmp_path: Path) -> None:
    (tmp_path / "babelreel.toml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read") as caught:
        read_project(tmp_path)
    assert "folder" in caught.value.why


def test_a_link_that_leads_nowhere_is_not_taken_for_no_settings(tmp_path: Path) -> None:
    (tmp_path / "babelreel.toml").symlink_to(tmp_path / "moved.toml")
    with pytest.raises(ConfigError, match=r"babelreel\.toml cannot be read"):
        read_project(tmp_path)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO, errno.EMFILE, errno.ENOMEM])
@pytest.mark.parametrize("refused", ["babelreel.toml", "tlh.toml"])
def test_settings_that_the_system_does_not_give_are_a_fault_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, refused: str
) -> None:
    (tmp_path / "babelreel.toml").write_text('languages = ["tlh"]\n[language.tlh]\nfile = "tlh.toml"\n')
    (tmp_path / "tlh.toml").write_text('name = "tlhIngan Hol"\n')

    def read(path: Path, most_bytes: int) -> bytes:
        if path.name == refused:
            raise OSError(code, os.strerror(code), str(path))
        return read_regular(path, most_bytes)

    monkeypatch.setattr("babelreel.languages.tables.read_regular", read)
    with pytest.raises(MachineError) as told:
        read_project(tmp_path)
    assert refused in told.value.where


def test_a_language_that_is_listed_twice_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, 'languages = ["fr", "fra", "en"]') == ("languages: fr is listed 2 times",)


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        (r'title = "a\u0000b"', "title: remove the invisible character U+0000"),
        (r'title = "\u001b[31mred"', "title: remove the invisible character U+001B"),
        (r'title = "one\ntwo"', "title: write one line, without tabs"),
        (
            r"""[language.fr]
own_name = "Fran\u009bais" """,
            "language.fr.own_name: remove the invisible character U+009B",
        ),
        (
            r"""[check]
names = ["Fedasil", "Fed\u2028asil"]""",
            "check.names: remove the invisible character U+2028",
        ),
        (f'title = "{"x" * 200_000}"', "title: write 1000 characters at most, not 200000"),
        ('slug = "nul"', "slug: write another word: Windows makes no file of this name"),
        ("[renditions.com1]", "renditions.com1: write another word: Windows makes no file of this name"),
        (f'title = "{"x" * 201}"', "title: write 200 characters at most, not 201"),
    ],
)
def test_a_text_that_no_page_could_show_is_a_fault(tmp_path: Path, toml: str, fault: str) -> None:
    assert faults(tmp_path, toml) == (fault,)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('style.color = "yellow"', 'style.color: write a colour such as "#0b5c6b"'),
        ("style.outline = 3", "style.outline: write 0.5 or less, not 3"),
        ('style.outline = "thin"', "style.outline: write a number, without quotes and with a point, such as 0.5"),
        ('style = "yellow"', "style: write [style] on a line of its own, with its keys below, not “yellow”"),
        ("title = 3", 'title: write it in quotes: "3"'),
        ('title = ""', "title: write some text"),
        ('slug = "My film"', "slug: write small letters a-z, figures and single hyphens, such as “my-rights”"),
        ('languages = "fr"', 'languages: write a list in square brackets: ["fr"]'),
        ("languages = [1]", 'languages.1: write it in quotes: "1"'),
        ('check.fail_on = "warnings"', "check.fail_on: write “warning”, not “warnings”"),
        ('check.fail_on = "x"', "check.fail_on: write “error”, “warning”, “info” or “never”, not “x”"),
        ('check.allow = "TIM003"', "check.allow: write [[check.allow]] on a line of its own, with its keys below"),
        ("[help]\nnumber = 112", "help: write [[help]] on a line of its own, with its keys below, not a table"),
        ("renditions = 3", "renditions: write [renditions.NAME] on a line of its own, with its keys below"),
        ("renditions.big = true", "renditions.big: write [renditions.big] on a line of its own, with its keys below"),
        ('renditions.big.enabled = "true"', "renditions.big.enabled: write true or false, without quotes, not “true”"),
        ("renditions.big.long_px = 3.5", "renditions.big.long_px: write a whole number, without quotes, not 3.5"),
        ("renditions.big.long_px = 3", "renditions.big.long_px: write 16 or more, not 3"),
        ("film.sound = -1", "film.sound: write 1 or more, not -1"),
        ('delivery.address = "example.org"', "delivery.address: write an address such as “https://example.org/film/”"),
    ],
)
def test_a_wrong_value_is_told_with_what_to_write_instead(tmp_path: Path, toml: str, told: str) -> None:
    (fault,) = faults(tmp_path, toml)
    assert fault.startswith(told)


def test_a_folder_with_control_characters_in_its_name_gives_a_title_without(tmp_path: Path) -> None:
    folder = tmp_path / "Mon\x1b[31m\nété"
    folder.mkdir()
    assert read_project(folder).title == "Mon[31m été"


def test_the_film_upright_and_square_is_made_only_where_it_is_asked_for(tmp_path: Path) -> None:
    assert project(tmp_path, "").rungs == DEFAULT_RUNGS
    assert project(tmp_path, "[renditions.story]\nenabled = false\n").rungs == DEFAULT_RUNGS
    both = project(tmp_path, "[renditions.post]\nenabled = true\n[renditions.story]\nenabled = true\ncrf = 23\n").rungs
    assert [(rung.name, rung.short_px, rung.long_px, int(rung.crf)) for rung in both[len(DEFAULT_RUNGS) :]] == [
        ("story", 1080, 1920, 23),
        ("post", 1080, 1080, 21),
    ]


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ("[renditions.story]\ncrf = 20\n", "renditions.story: this edition is off until it has enabled = true"),
        (
            '[renditions.signed-720p]\nenabled = true\nplace = "right"\n',
            "renditions.signed-720p.place: write “bottom right”, “bottom left”, “top right” or “top left”, not “right”",
        ),
        (
            '[renditions.phone-360p]\nplace = "top left"\n',
            "renditions.phone-360p.place: only signed-720p has an interpreter; leave it out",
        ),
        (
            "[renditions.signed-720p]\nenabled = true\nmax_bytes = 9000000\n",
            "renditions.signed-720p.max_bytes: this size is not made smaller to fit; leave this line out",
        ),
        (
            '[renditions.post]\nenabled = true\ntext = "mux"\n',
            "renditions.post.text: the text of an edition is always in its picture; leave this line out",
        ),
        (
            "[renditions.story]\nenabled = true\n"
            + "".join(f"[renditions.{rung.name}]\nenabled = false\n" for rung in DEFAULT_RUNGS),
            "renditions: none is enabled but story; pages and streams need one of the usual sizes",
        ),
    ],
)
def test_an_edition_that_could_not_be_made_is_refused_in_words(toml: str, fault: str, tmp_path: Path) -> None:
    assert faults(tmp_path, toml) == (fault,)


def test_the_film_of_little_data_is_made_only_where_it_is_asked_for(tmp_path: Path) -> None:
    assert project(tmp_path, "[renditions.light-av1]\nenabled = false\n").rungs == DEFAULT_RUNGS
    asked = project(tmp_path, "[renditions.light-av1]\nenabled = true\ncrf = 40\n").rungs
    assert [(rung.name, rung.codec, rung.text, int(rung.crf)) for rung in asked[len(DEFAULT_RUNGS) :]] == [
        ("light-av1", Codec.AV1, Text.NONE, 40)
    ]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("crf = 40", ": this edition is off until it has enabled = true"),
        ('enabled = true\ntext = "burn-in"', ".text: the page draws the text of this film; leave this line out"),
        ("enabled = true\ncrf = 38.5", ".crf: the quality of AV1 is a whole number, not 38.5"),
        ("enabled = true\nb_frames = 2", ".b_frames: AV1 has no such setting here; leave this line out"),
        ('enabled = true\nlevel = "3.0"', ".level: AV1 has no such setting here; leave this line out"),
        ("enabled = true\nmax_bytes = 9000000", ".max_bytes: AV1 has no such setting here; leave this line out"),
    ],
)
def test_what_cannot_be_set_of_the_film_of_little_data_is_said(lines: str, fault: str, tmp_path: Path) -> None:
    assert faults(tmp_path, f"[renditions.light-av1]\n{lines}\n") == (f"renditions.light-av1{fault}",)


def test_the_film_of_little_data_is_never_alone(tmp_path: Path) -> None:
    others = "".join(f"[renditions.{rung.name}]\nenabled = false\n" for rung in DEFAULT_RUNGS)
    (fault,) = faults(tmp_path, f"[renditions.light-av1]\nenabled = true\n{others}")
    assert fault.startswith("renditions: none is enabled but light-av1; pages and streams need one")


@pytest.mark.parametrize(
    ("name", "meant"),
    [("storry", "story"), ("stories", "story"), ("phone-360", "phone-360p"), ("web1080p", "web-1080p")],
)
def test_a_mistyped_rendition_is_no_new_one(name: str, meant: str, tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, f"[renditions.{name}]\nenabled = true\n")
    assert fault.startswith(f"renditions.{name}: did you mean “{meant}”?")


@pytest.mark.parametrize(
    ("table", "meant"),
    [
        ("[renditions.phone-36p]\nenabled = true", "did you mean “phone-360p”?"),
        ("[renditions.phone-36p]\ncrf = 20", "did you mean “phone-360p”?"),
        ("[renditions.tablet]\nenabled = true", "one of your own needs long_px and short_px"),
    ],
)
def test_a_new_rendition_says_what_is_its_own(table: str, meant: str, tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, table)
    assert fault.endswith(meant)


@pytest.mark.parametrize(
    "table", ["[renditions.tablet]\ncrf = 20", "[renditions.storry]\nlong_px = 480\nshort_px = 270"]
)
def test_a_rendition_of_one_s_own_has_any_name_or_a_size(table: str, tmp_path: Path) -> None:
    rungs = project(tmp_path, table).rungs
    assert [rung.name for rung in rungs[len(DEFAULT_RUNGS) :]] == [table.partition("]")[0].rpartition(".")[2]]


@pytest.mark.parametrize(("named", "written"), [("zh-Hans", "zh"), ("zh", "zh-Hans")])
def test_a_pair_means_the_languages_of_the_project_by_whatever_tag(tmp_path: Path, named: str, written: str) -> None:
    found = project(tmp_path, f'languages = ["en", "{named}"]\n[delivery]\npairs = ["{written}+en"]')
    assert [each.tag for each in found.delivery.pairs] == [f"{named}+en"]


def test_pairs_of_languages_are_read_by_their_tags(tmp_path: Path) -> None:
    found = project(tmp_path, '[delivery]\npairs = ["ps+nl", "AR + fre"]')
    assert [pair.tag for pair in found.delivery.pairs] == ["ps+nl", "ar+fr"]


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('pairs = ["ps"]', 'delivery.pairs: write two languages with a + between them, such as "ps+nl", not “ps”'),
        ('pairs = ["ps+nl+fr"]', "not “ps+nl+fr”"),
        ('pairs = ["zh+zh-Hans"]', "delivery.pairs: zh+zh-Hans is one language twice; name two"),
        ('pairs = ["ps+nl", "ps+nl"]', "delivery.pairs: ps+nl stands there twice"),
        ('pairs = ["ps+klingon"]', "delivery.pairs: "),
        ('pairs = "ps+nl"', "in square brackets"),
    ],
)
def test_a_pair_that_is_none_is_told(tmp_path: Path, toml: str, told: str) -> None:
    (fault,) = faults(tmp_path, f"[delivery]\n{toml}")
    assert told in fault


def test_a_pair_needs_both_languages_among_those_that_are_listed(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, 'languages = ["ps", "fr"]\n[delivery]\npairs = ["ps+nl"]')
    assert fault == "delivery.pairs: nl of ps+nl is not in “languages”"


def test_text_and_voice_are_wished_for_by_language_and_rendition(tmp_path: Path) -> None:
    toml = """
[language.fr]
text = false
[language.nl]
voice = false
[renditions.phone-360p]
text = false
[renditions.phone-original]
voice = false
text = "burn-in"
long_px = 640
short_px = 360
[renditions.phone-dub]
text = false
long_px = 640
short_px = 360
"""
    found = project(tmp_path, toml)
    assert [(each.language.tag, each.shows_text, each.has_voice) for each in found.languages] == [
        ("fr", False, True),
        ("nl", True, False),
    ]
    rungs = {each.name: (each.text, each.shows_text, each.has_voice) for each in found.rungs}
    assert rungs["phone-360p"] == (Text.BURN_IN, False, True)
    assert rungs["phone-original"] == (Text.BURN_IN, True, False)
    assert rungs["phone-dub"] == (Text.BURN_IN, False, True)
    assert rungs["phone-480p"] == (Text.BURN_IN, True, True)


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ("[language.nl]\nvoice = false\ntext = false", "language.nl: voice = false and text = false leave nothing"),
        ("[language.nl]\nvoice = false\nvoice_only = true", "language.nl: voice = false and voice_only = true leave"),
        (
            "[renditions.phone-360p]\nvoice = false\ntext = false",
            "renditions.phone-360p: text = false and",
        ),
        (
            "[renditions.phone-360p]\ntext = true",
            "renditions.phone-360p.text: write “mux”, “burn-in” or “none”",
        ),
        ('[renditions.phone-360p]\ntext = "burnin"', "renditions.phone-360p.text: write “burn-in”, not “burnin”"),
    ],
)
def test_what_would_leave_nothing_of_a_language_is_a_fault(toml: str, fault: str, tmp_path: Path) -> None:
    (found,) = faults(tmp_path, toml)
    assert found.startswith(fault)


def test_the_film_s_own_language_is_heard_without_a_voice_of_its_own(tmp_path: Path) -> None:
    (settings,) = project(tmp_path, "[language.en]\nvoice = false\ntext = false\n").languages
    assert not settings.shows_text

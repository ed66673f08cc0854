"""Is the root of many faults told once, and is nothing in such a text changed by the fix of another rule?"""

from __future__ import annotations

from babelreel.languages.find import find_language
from babelreel.model.policy import Allowance
from babelreel.rules.check import check_track
from support.checking import findings, found
from support.subjects import make_subject
from support.tracks import srt

#: Arabic that was saved as Persian: its ye and kaf are letters which Persian does not write.
ARABIC = srt(
    "لست وحدك هنا، أنت في أمان.",
    "من حقك أن يكون لك محامٍ يساعدك في كل شيء.",
    "المترجم يعيد فقط ما تقوله أنت.",
    "يمكنك أن تذهب إلى الطبيب متى شئت.",
)
PROJECT = (find_language("ar"), find_language("fa"))

#: The third cue was read in a wrong encoding; its "à" has become a letter and a no-break space.
ONE_BROKEN = srt("Bonjour  à tous.", "L’école est gratuite.", "Ã\u00a0 dragons  ,oui", "Merci  à vous.")


def test_letters_of_a_file_in_another_language_are_one_finding_without_a_fix() -> None:
    said = findings(ARABIC, "fa", languages=PROJECT)
    assert [(each.code, each.fix) for each in said] == [("LNG001", None)]


def test_rules_on_letters_are_silent_there_too_when_they_alone_are_asked() -> None:
    assert findings(ARABIC, "fa", languages=PROJECT, select="LET") == ()


def test_who_ignores_or_allows_the_root_is_told_of_the_letters() -> None:
    subject = make_subject(ARABIC, "fa", languages=PROJECT)
    ignored = check_track(subject, ignore=["LNG001"]).findings
    allowed = check_track(
        subject, allow=[Allowance(rules=("wrong-language",), reason="a lesson", file="fa.srt")]
    ).findings
    for said in (ignored, allowed):
        assert "LET001" in {each.code for each in said}
        assert "LNG001" not in {each.code for each in said}


def test_a_cue_in_a_wrong_encoding_is_told_once_and_the_others_as_ever() -> None:
    assert found(ONE_BROKEN, "fr", select=["ENC", "SPC", "TYP", "TXT"]) == [
        "3:8 warning SPC001",
        "11:1 error ENC005",
        "15:6 warning SPC001",
    ]


def test_a_control_character_in_such_a_cue_is_no_finding_of_its_own() -> None:
    broken = ONE_BROKEN.replace("Ã\u00a0 dragons", "Ã\u00a0\x07 dragons").replace("Merci", "\x07Merci")
    assert [each.location.line for each in findings(broken, "fr", select=["ENC008"])] == [15]


def test_a_warning_does_not_hide_an_error() -> None:
    said = findings(srt("Welcome", "नमस्ते, आपका स्वागत है।"), select=["LNG", "GLY"])
    assert {(each.severity, each.code) for each in said} == {("warning", "LNG002"), ("error", "GLY001")}


def test_an_exception_of_what_is_not_told_is_needed_all_the_same() -> None:
    subject = make_subject(ARABIC, "fa", languages=PROJECT)
    allow = [Allowance(rules=("LET001",), reason="a quotation", file="fa.srt")]
    assert [each.code for each in check_track(subject, allow=allow).findings] == ["LNG001"]

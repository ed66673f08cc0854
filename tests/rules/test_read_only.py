"""What do the rules say of a file in a format that is only read?"""

from __future__ import annotations

import pytest

from babelreel.rules.check import check_track
from support.foreign_files import stl_file, stl_text, ttml_file
from support.subjects import make_known_film, make_subject

REFERENCE = "1\n00:00:01,000 --> 00:00:03,000\nYou have rights.\n\n2\n00:00:04,000 --> 00:00:06,000\nCall 116 000.\n"
#: A cue that overlaps the next one, two spaces, a straight apostrophe, letters of another encoding, a cue too short.
FAULTY = """\
0:00:01.000,0:00:03.500
Tu  as  des droits , c'est l'Ã©cole

0:00:03.000,0:00:03.100
Appelle le 112!

0:00:03.140,0:00:06.000
Appelle le 116 000
"""
TTML = ttml_file('<p begin="1s" end="3.5s">Tu  as des droits ,</p><p begin="3s" end="3.1s">Appelle le 112!</p>')
STL = stl_file(
    stl_text((0, 0, 1, 0), (0, 0, 2, 0), b"Tu as des droits !"), stl_text((0, 0, 2, 1), (0, 0, 2, 3), b"Oui!")
)
MICRODVD = "{1}{1}25\n{25}{80}Tu  as des droits ,\n{75}{78}Appelle le 112!\n"
JSON = (
    '{"segments": [{"start": 1, "end": 3.5, "text": "Tu  as des droits ,"}, {"start": 3, "end": 3.1, "text": "112!"}]}'
)

FILES: dict[str, str | bytes] = {"fr.sbv": FAULTY, "fr.ttml": TTML, "fr.stl": STL, "fr.sub": MICRODVD, "fr.json": JSON}


@pytest.mark.parametrize("name", FILES)
def test_findings_name_the_cue_and_its_time_and_offer_no_fix(name: str) -> None:
    film = make_known_film(7000, shots=(0, 30, 80), speech=((900, 3400), (4000, 6000)))
    content = FILES[name]
    subject = make_subject(content, path=f"subtitles/{name}", film=film, reference=REFERENCE)
    findings = check_track(subject).findings
    assert findings
    assert {(each.location.path, each.location.line, each.fix) for each in findings} == {(f"subtitles/{name}", 0, None)}
    for finding in findings:
        if finding.location.cue is not None:
            assert finding.message.startswith(f"line {finding.location.cue} at 0:0")
            assert finding.start_ms is not None


def test_a_finding_shows_the_text_of_its_cue() -> None:
    findings = check_track(make_subject(FAULTY, path="subtitles/fr.sbv"), select=["overlapping-cues"]).findings
    assert [(each.location.cue, each.context) for each in findings] == [
        (2, "Appelle le 112!"),
        (3, "Appelle le 116 000"),  # the first cue ends at 3.5 seconds
    ]

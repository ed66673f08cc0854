"""Does a DASH manifest keep to the standard, and to what DASH-IF's guidelines for interoperability ask?

``mpd.xsd`` beside this file holds the elements, their order and their values; what concerns several at once is asked
here. The guidelines' numbers are those of version 4.3.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree  # noqa: ICN001 - its full name says more

import pytest
import xmlschema

from babelreel.delivery.streams.dash import render_mpd
from babelreel.delivery.streams.removal import remove_from_mpd
from babelreel.model.delivery.stream import Stream
from support.streams import LIGHT, STREAM

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).with_name("mpd.xsd")))
NAMES = {"": "urn:mpeg:dash:schema:mpd:2011"}
STREAMS = {
    "two sounds": STREAM,
    "light": LIGHT,
    "silent": replace(STREAM, sounds=()),
    "silent film of one picture": Stream(pictures=STREAM.pictures[:1], sounds=(), texts=()),
}
LABEL, MAIN = "<Label>English</Label>", '<Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/>'
#: What sets of each kind must say (3.2.4, 3.2.10, 6.2.2, 7.1.1), and each representation in them.
ASKED = {
    "video": (
        {"mimeType", "par", "maxWidth", "maxHeight", "maxFrameRate", "segmentAlignment", "startWithSAP"},
        {"bandwidth", "codecs", "width", "height", "frameRate", "sar"},
    ),
    "audio": (
        {"mimeType", "lang", "segmentAlignment", "startWithSAP"},
        {"bandwidth", "codecs", "audioSamplingRate"},
    ),
    "text": ({"mimeType", "lang"}, {"bandwidth"}),
}


def read(manifest: str) -> Any:  # noqa: ANN401 - an element
    SCHEMA.validate(manifest)
    return ElementTree.fromstring(manifest)  # noqa: S314 - written a moment ago


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS)
def test_each_set_says_all_that_a_player_chooses_by(stream: Stream) -> None:
    for each in read(render_mpd(stream)).iterfind(".//AdaptationSet", NAMES):
        kind = each.get("contentType")
        of_set, of_each = ASKED[kind]
        assert set(each.attrib) >= of_set
        assert each.get("mimeType").split("/")[0] == kind
        assert (each.find("Label", NAMES) is not None) == (kind != "video")
        assert (each.find("AudioChannelConfiguration", NAMES) is not None) == (kind == "audio")
        for one in each.iterfind("Representation", NAMES):
            assert set(one.attrib) == of_each | {"id"}
            assert (one.find("BaseURL", NAMES) is not None) == (kind == "text")


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS)
def test_segments_follow_one_another_up_to_the_end(stream: Stream) -> None:
    manifest = read(render_mpd(stream))
    length = Fraction(manifest.get("mediaPresentationDuration")[2:-1])
    for each in manifest.iterfind(".//SegmentTemplate", NAMES):
        end = 0
        for run in each.iterfind("SegmentTimeline/S", NAMES):
            assert int(run.get("t")) == end  # no gap, no overlap
            end += int(run.get("d")) * (1 + int(run.get("r", 0)))
        # a sound ends with a whole AAC frame
        assert abs(Fraction(end, int(each.get("timescale"))) - length) < Fraction(1024, 48_000)


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS)
def test_the_segments_of_a_set_are_aligned_where_it_says_so(stream: Stream) -> None:
    for each in read(render_mpd(stream)).iterfind(".//AdaptationSet[@segmentAlignment='true']", NAMES):
        timelines = [
            [run.attrib for run in one.iterfind("SegmentTemplate/SegmentTimeline/S", NAMES)]
            for one in each.iterfind("Representation", NAMES)
        ]
        assert all(timeline == timelines[0] for timeline in timelines)


def test_what_is_taken_out_leaves_a_manifest_that_keeps_to_the_schema() -> None:
    gone = ("stream/sound-fr.m3u8", "stream/sound-fr-light.m3u8", "stream/text-fr.m3u8")
    assert len(read(remove_from_mpd(render_mpd(LIGHT), gone)).findall(".//AdaptationSet", NAMES)) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('value="dub"', 'value="dubbing"'),
        ("isoff-live", "isoff-main"),
        ('frameRate="24000/1001"', 'frameRate="23.976"'),
        ("$Number$", "$Nummer$"),
        (">text-fr.vtt<", ">../fr/film.fr.vtt<"),
        ('id="sound-fr"', 'id="sound-original"'),
        ('mediaPresentationDuration="PT7.007S"', ""),
        ("SegmentTemplate", "SegmentList"),
        (f"{LABEL}\n      {MAIN}", f"{MAIN}\n      {LABEL}"),  # an order that the standard does not have
    ],
)
def test_a_manifest_that_breaks_a_rule_is_told(old: str, new: str) -> None:
    broken = render_mpd(STREAM).replace(old, new)
    assert broken != render_mpd(STREAM)
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        SCHEMA.validate(broken)

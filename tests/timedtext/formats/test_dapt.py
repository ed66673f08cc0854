"""Is what we write DAPT, does it come back as it was, and does a foreign document do no harm?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.errors import TrackError
from babelreel.model.visible_text import visible
from babelreel.timedtext.formats.dapt import DaptEvent, DaptScript, DaptText, ScriptType, render_dapt
from babelreel.timedtext.formats.dapt_reader import read_dapt

SCHEMA = xmlschema.XMLSchema10(str(Path(__file__).parent / "dapt" / "dapt.xsd"))

SCRIPT = DaptScript(
    title="Your rights & more",
    type=ScriptType.PRE_RECORDING,
    language="ar",
    source="en",
    events=(
        DaptEvent(
            name="line-1",
            start_ms=600,
            end_ms=3040,
            texts=(
                DaptText(language="en", source="en", text="Call <now>,\n112."),
                DaptText(language="ar", source="en", text="اتصل: \u2066116\u00a0000\u2069."),
            ),
            agent="Narrator",
            take="video/stems/ar/01.wav",
        ),
    ),
)

#: A document of another program: spans, folded white space, nested divisions, frames, ticks and a clock.
FOREIGN = """\
<?xml version="1.0" encoding="UTF-8"?>
<t:tt xmlns:t="http://www.w3.org/ns/ttml" xmlns:p="http://www.w3.org/ns/ttml#parameter" xmlns:x="urn:x"
  xmlns:m="http://www.w3.org/ns/ttml#metadata" xmlns:d="http://www.w3.org/ns/ttml/profile/dapt#metadata"
  p:contentProfiles="urn:other http://www.w3.org/ns/ttml/profile/dapt1.0/content" p:frameRate="25" p:tickRate="1000"
  xml:lang="fr" d:langSrc="en" d:scriptRepresents="audio.dialogue" d:scriptType="asRecorded">
<t:head><t:metadata><m:title>Film</m:title>
  <m:agent type="character" xml:id="c1"><m:name type="alias">ANNA</m:name></m:agent></t:metadata></t:head>
<t:body d:represents="audio.dialogue">
  <t:div begin="10s" end="00:01:00">
    <t:div xml:id="a" begin="25f" dur="1500ms" m:agent="c1">
      <t:metadata><x:y>not said</x:y></t:metadata>
      <t:p>
        <t:span>Bonjour,</t:span>
        <t:span xml:lang="en">Anna</t:span><t:br/>
        <x:note>not said</x:note> ça va ?
      </t:p>
      <t:p xml:lang="en" xml:space="preserve"> Hi </t:p>
    </t:div>
    <t:div begin="1s"><t:p>no event: it has no name</t:p></t:div>
    <t:div xml:id="b" begin="2500t"/>
  </t:div>
  <t:div xml:id="c" begin="1m"/>
</t:body>
</t:tt>
"""


def read(text: str | bytes) -> DaptScript:
    return read_dapt(text.encode() if isinstance(text, str) else text, "a.ttml")


def refused(text: str | bytes) -> TrackError:
    with pytest.raises(TrackError) as caught:
        read(text)
    return caught.value


def test_a_script_is_valid_dapt_and_comes_back_as_it_was() -> None:
    document = render_dapt(SCRIPT)
    SCHEMA.validate(document)
    assert read(document) == SCRIPT


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('begin="0.600s"', 'begin="00:00:00:15"'),
        ('begin="0.600s"', 'start="0.600s"'),
        ('daptm:scriptType="preRecording"', 'daptm:scriptType="final"'),
        (' daptm:scriptRepresents="audio.dialogue"', ""),
        ('xml:id="line-1"', 'xml:id="1"'),
        ('ttm:agent="speaker-1"', 'ttm:agent="speaker-2"'),
        ('type="character"', 'type="person"'),
        ("x-take", "take"),
        ("<br/>", "<b/>"),
    ],
)
def test_the_schema_refuses_what_the_specification_forbids(right: str, wrong: str) -> None:
    document = render_dapt(SCRIPT)
    assert right in document
    assert not SCHEMA.is_valid(document.replace(right, wrong, 1))


def test_the_names_of_the_specification_are_used() -> None:
    assert render_dapt(SCRIPT) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"\n'
        '    xmlns:ttm="http://www.w3.org/ns/ttml#metadata"'
        ' xmlns:daptm="http://www.w3.org/ns/ttml/profile/dapt#metadata"\n'
        '    ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/dapt1.0/content"\n'
        '    xml:lang="ar" daptm:langSrc="en"\n'
        '    daptm:scriptRepresents="audio.dialogue" daptm:scriptType="preRecording">\n'
        "  <head>\n"
        "    <metadata>\n"
        "      <ttm:title>Your rights &amp; more</ttm:title>\n"
        '      <ttm:agent type="character" xml:id="speaker-1">\n'
        '        <ttm:name type="alias">Narrator</ttm:name>\n'
        "      </ttm:agent>\n"
        "    </metadata>\n"
        "  </head>\n"
        '  <body daptm:represents="audio.dialogue" xml:space="preserve">\n'
        '    <div xml:id="line-1" begin="0.600s" end="3.040s" ttm:agent="speaker-1">\n'
        '      <ttm:desc xml:lang="zxx" daptm:descType="x-take">video/stems/ar/01.wav</ttm:desc>\n'
        '      <p xml:lang="en" daptm:langSrc="en">Call &lt;now&gt;,<br/>112.</p>\n'
        '      <p xml:lang="ar" daptm:langSrc="en">اتصل: \u2066116\u00a0000\u2069.</p>\n'
        "    </div>\n"
        "  </body>\n"
        "</tt>\n"
    )


#: Any text that people can see: all scripts, bidi controls, spaces at both ends, tabs, newlines.
texts = st.text(st.characters(codec="utf-8")).map(visible)
times = st.integers(0, 400_000_000)


@st.composite
def scripts(draw: st.DrawFn) -> DaptScript:
    tags = st.sampled_from(["fr", "ar", "zh-Hans", "pcm", "fa-AF"])
    spoken = st.builds(DaptText, language=tags, source=tags, text=texts)
    names = draw(st.lists(st.integers(-5, 10**9), unique=True, max_size=3))
    events = [
        DaptEvent(
            name=f"line-{name}",
            start_ms=draw(times),
            end_ms=draw(st.none() | times),
            texts=tuple(draw(st.lists(spoken, max_size=2))),
            agent=draw(texts),
            take=draw(texts),
        )
        for name in names
    ]
    language, source, kind = draw(tags), draw(tags), draw(st.sampled_from(ScriptType))
    return DaptScript(title=draw(texts), type=kind, language=language, source=source, events=tuple(events))


@settings(max_examples=60, deadline=None)
@given(scripts())
def test_any_script_comes_back_as_it_was_and_is_valid(script: DaptScript) -> None:
    document = render_dapt(script)
    assert read(document) == script
    SCHEMA.validate(document)


def test_what_xml_cannot_hold_is_left_out() -> None:
    event = replace(SCRIPT.events[0], texts=(DaptText(language="ar", source="en", text="a\x00 \x1b[1m\x9b\ufffez"),))
    document = render_dapt(replace(SCRIPT, events=(event,)))
    assert read(document).events[0].texts[0].text == "a [1mz"


def test_a_lone_surrogate_is_left_out() -> None:
    event = replace(SCRIPT.events[0], texts=(DaptText(language="ar", source="en", text="a\ud800b"),))
    assert read(render_dapt(replace(SCRIPT, events=(event,)))).events[0].texts[0].text == "ab"


def test_a_time_before_the_film_is_its_start() -> None:
    early = replace(SCRIPT, events=(replace(SCRIPT.events[0], start_ms=-40),))
    assert read(render_dapt(early)).events[0].start_ms == 0


def test_a_document_of_another_program_is_understood() -> None:
    script = read(FOREIGN)
    assert (script.title, script.language, script.source) == ("Film", "fr", "en")
    assert script.type is ScriptType.AS_RECORDED
    first, second, third = script.events
    # 10 s of the parent and 25 frames of 25 a second, for 1.5 s
    assert (first.name, first.start_ms, first.end_ms, first.agent) == ("a", 11_000, 12_500, "ANNA")
    assert first.texts == (
        DaptText(language="fr", source="en", text="Bonjour, Anna\nça va ?"),
        DaptText(language="en", source="en", text=" Hi "),
    )
    # an event without an end ends with its parent; the last one's parent has none
    assert (second.name, second.start_ms, second.end_ms) == ("b", 12_500, 60_000)
    assert (third.name, third.start_ms, third.end_ms) == ("c", 60_000, None)


def test_frames_of_a_broken_rate_are_exact() -> None:
    head = 'p:frameRate="30" p:frameRateMultiplier="1000 1001"'
    text = FOREIGN.replace('p:frameRate="25"', head).replace('begin="10s"', 'begin="0s"').replace("25f", "30000f")
    # 30 000 frames of 30000/1001 a second are 1001 s
    assert read(text).events[0].start_ms == 1_001_000


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_other_encodings_are_read(encoding: str) -> None:
    text = FOREIGN.replace("UTF-8", encoding)
    assert read(text.encode(encoding)).events[0].texts[0].text == "Bonjour, Anna\nça va ?"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE t:tt [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE t:tt [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE t:tt SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_a_doctype_is_refused_whatever_it_says(doctype: str) -> None:
    error = refused(FOREIGN.replace("<t:tt ", f"{doctype}\n<t:tt ", 1).replace("ça", "&a;"))
    assert (error.where, error.why) == ("a.ttml:2", "it has a DOCTYPE, which no subtitles need")


def test_elements_that_stand_too_deep_are_refused() -> None:
    nested = "<t:div>" * 100_000 + "</t:div>" * 100_000
    error = refused(FOREIGN.replace('<t:div xml:id="c" begin="1m"/>', nested))
    assert "deep" in error.why


@pytest.mark.parametrize(
    ("right", "wrong", "where", "why"),
    [
        ("25f", "25 frames", "a.ttml:10", "“25 frames” is no time of DAPT"),
        ("1500ms", "00:00:01:05", "a.ttml:10", "“00:00:01:05” is no time of DAPT"),
        ("25f", "-1s", "a.ttml:10", "“-1s” is no time"),
        ('xml:id="b"', 'xml:id="a"', "a.ttml:20", "two events have the xml:id “a”"),
        ("asRecorded", "final", "a.ttml:2", "daptm:scriptType is “final”"),
        ("dapt1.0/content", "imsc1", "a.ttml:2", "ttp:contentProfiles does not name"),
        ('xml:lang="fr" d', "d", "a.ttml:2", "xml:lang of “tt” is missing"),
        ('p:frameRate="25"', 'p:frameRate="0"', "a.ttml:2", "ttp:frameRate is “0”"),
        ("t:tt", "t:xx", "a.ttml:2", "its root is not “tt”"),
        ("</t:body>", "", "a.ttml:24:3", "it is no well-formed XML: mismatched tag"),
        ("UTF-8", "x-none", "a.ttml:1:31", "it is no well-formed XML"),
    ],
)
def test_what_is_no_dapt_is_refused_with_its_place(right: str, wrong: str, where: str, why: str) -> None:
    error = refused(FOREIGN.replace(right, wrong))
    assert error.where == where
    assert why in error.why


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"1\n00:00:01,000 --> 00:00:02,000\nBonjour\n"])
def test_a_file_that_is_no_xml_is_refused(data: bytes) -> None:
    assert "no well-formed XML" in refused(data).why


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(FOREIGN)))
def test_a_damaged_document_is_read_or_refused_and_nothing_else(noise: bytes, place: int) -> None:
    data = FOREIGN.encode()
    try:
        read(data[:place] + noise + data[place + len(noise) :])
    except TrackError as error:
        assert error.where.startswith("a.ttml")  # noqa: PT017 - either is right

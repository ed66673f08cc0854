"""Do srt and pysubs2 read well-formed files as we do?"""

from __future__ import annotations

from datetime import timedelta

import pysubs2
import srt
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.model.timecode import render_timestamp
from babelreel.model.track import Format, Track
from babelreel.timedtext.formats.subrip import read_subrip
from babelreel.timedtext.formats.substation.reader import read_substation
from babelreel.timedtext.formats.webvtt import read_webvtt

#: Beyond these, pysubs2 reads no hours, and ASS has no times.
HUNDRED_HOURS_MS, TEN_HOURS_MS = 100 * 3_600_000 - 1, 10 * 3_600_000 - 10

LINE = st.text(st.sampled_from("abéÉ你ا .,!?'123"), min_size=1, max_size=20).map(str.strip)
#: A line that holds a letter: digits alone are the number of a cue.
LINES = st.lists(LINE.filter(lambda line: any(map(str.isalpha, line))), min_size=1, max_size=3).map("\n".join)
STYLES = st.builds(pysubs2.SSAStyle, italic=st.booleans(), alignment=st.sampled_from(pysubs2.Alignment))
#: Start, end and text of a cue as a person would write it.
Written = tuple[int, int, str]


def cues(last_ms: int, step_ms: int = 1) -> st.SearchStrategy[list[Written]]:
    time = st.integers(0, last_ms // step_ms).map(lambda steps: steps * step_ms)
    spans = st.tuples(time, time).map(sorted)
    return st.lists(st.tuples(spans, LINES).map(lambda cue: (cue[0][0], cue[0][1], cue[1])), max_size=5)


def said(track: Track) -> list[Written]:
    return [(cue.span.start_ms, cue.span.end_ms, cue.text) for cue in track.cues]


def said_by_pysubs2(text: str, format_: str) -> list[Written]:
    return [(each.start, each.end, each.plaintext) for each in pysubs2.SSAFile.from_string(text, format_=format_)]


@settings(deadline=None, max_examples=100)
@given(cues(HUNDRED_HOURS_MS), st.sampled_from(["\n", "\r\n"]))
def test_all_read_the_same_from_subrip(written: list[Written], line_end: str) -> None:
    text = "".join(
        f"{number}\n{render_timestamp(start)} --> {render_timestamp(end)}\n{lines}\n\n"
        for number, (start, end, lines) in enumerate(written, start=1)
    )
    ours = read_subrip(text.replace("\n", line_end), language="fr", path="fr.srt")
    assert ours.faults == ()
    assert said(ours) == written
    ms = timedelta(milliseconds=1)
    theirs = list(srt.parse(text.replace("\n", line_end)))
    assert [(each.start // ms, each.end // ms, each.content) for each in theirs] == written
    assert [each.index for each in theirs] == [cue.number for cue in ours.cues]
    assert said_by_pysubs2(text, "srt") == written


@settings(deadline=None, max_examples=100)
@given(cues(HUNDRED_HOURS_MS))
def test_both_read_the_same_from_webvtt(written: list[Written]) -> None:
    text = "WEBVTT\n\n" + "".join(
        f"{render_timestamp(start, '.')} --> {render_timestamp(end, '.')}\n{lines}\n\n" for start, end, lines in written
    )
    ours = read_webvtt(text, language="fr", path="fr.vtt")
    assert ours.faults == ()
    assert said(ours) == written == said_by_pysubs2(text, "vtt")


@settings(deadline=None, max_examples=100)
@given(cues(TEN_HOURS_MS, 10), st.sampled_from([Format.ASS, Format.SSA]), STYLES)
def test_we_read_what_pysubs2_writes_as_substation(
    written: list[Written], format_: Format, style: pysubs2.SSAStyle
) -> None:
    script = pysubs2.SSAFile()
    script.info = {"PlayResX": "640", "PlayResY": "360"}
    script.styles = {"Said": style}
    script.events = [
        pysubs2.SSAEvent(start=start, end=end, style="Said", text=lines.replace("\n", r"\N"))
        for start, end, lines in written
    ]
    ours = read_substation(script.to_string(format_.value), language="fr", path=f"fr.{format_}", format=format_)
    assert ours.faults == ()
    assert said(ours) == written
    assert {each for cue in ours.cues for each in cue.italic} <= {style.italic}
    assert {int(cue.align) for cue in ours.cues} <= {style.alignment.value}

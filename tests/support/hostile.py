"""Which texts try to break out of a report, and what does a check look like that found nothing but them?"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from babelreel.model.file_position import Source
from babelreel.model.finding import Edit, Finding, Fix, Location, Severity
from babelreel.report.findings.wording import MISSING
from babelreel.rules.check import CheckResult
from babelreel.rules.registry import RULES

#: Texts that mean something to a terminal, a CI service, a browser, a spreadsheet program or a parser.
TEXTS = (
    "::error file=a,line=1::owned",
    "\n::error::owned",
    "\r\n::set-output name=a::b",
    "  ::add-mask::a",
    "\u2003::stop-commands::x",
    "%0A::error::owned",
    "a%2C,title=b::c",
    "##[add-mask]a",
    "##vso[task.setvariable variable=a]b",
    "##teamcity[buildStop]",
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x9b2J\x9d0;x\x9c\x84\x85\x90",
    "a\x00b\x08\x7f",
    "\u202eevil\u202c",
    "\u2066\u2067\u2068",
    "\u2069\u2069",
    "\u061c\u200e\u200f",
    "[/b][link=x]a[/link]",
    "</failure></testcase><x a='\"&quot;]]>",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
    "\ufffe\uffff\x0b",
    "\udc80\ud800\udfff",
    "| a | b |\n| - | - |",
    "`a` ``b`` ```",
    "\\`\\|",
    "<script>alert(1)</script> <img src=x onerror=y>",
    "[a](javascript:b) ![c](d) <https://e> https://f.org www.g.org h@i.org",
    "@everyone #123 GH-1 !2 ~l",
    "* a\n# b\n---\n- c",
    "=1+1",
    " \t =cmd|' /C calc'!A0",
    "+1;=2",
    "-1",
    "@SUM(1)",
    "＝1",
    "　＋1",
    "\t=1",
    "\r=1",
    '"=1',
    "a;=1;\n@b",
    "قائمة 12 (a) فارسی\u200cها",
    "一个医生，" * 40,
    "e" + "\u0301" * 400,
    "x" * 5000,
    "",
    " ",
    "\u2028\u2029\x1c\x1d",
    "👩\u200d🚀\ufe0f",
)

texts = st.one_of(st.sampled_from(TEXTS), st.text(st.characters()), st.lists(st.sampled_from(TEXTS)).map("".join))
numbers = st.one_of(st.integers(0, 6), st.integers(0, 10**9))

locations = st.builds(
    Location,
    path=texts,
    line=numbers,
    column=numbers,
    cue=st.none() | st.integers(0, 10**6),
    end_line=numbers,
    end_column=numbers,
)
edits = st.builds(lambda start, length, text: Edit(start=start, end=start + length, text=text), numbers, numbers, texts)
fixes = st.builds(Fix, edits=st.lists(edits, max_size=3).map(tuple), is_safe=st.booleans(), to_utf8=st.booleans())


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    rule = draw(st.sampled_from(RULES))
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=draw(st.sampled_from(Severity)),
        location=draw(locations),
        message=draw(texts.filter(bool)),
        language=draw(texts),
        measured=draw(texts),
        limit=draw(texts),
        fix=draw(st.none() | fixes),
        context=draw(texts),
        first_line=draw(numbers),
        last_line=draw(numbers),
        start_ms=draw(st.none() | st.integers(-(10**9), 10**9)),
        end_ms=draw(st.none() | st.integers(-(10**9), 10**9)),
    )


@st.composite
def results(draw: st.DrawFn) -> CheckResult:
    """Make a result as the rules would never give it, of files whose text and name try whatever there is."""
    found = draw(st.lists(findings(), max_size=4))
    paths = {finding.location.path for finding in found if draw(st.booleans())} | set(draw(st.lists(texts, max_size=2)))
    named = (replace(finding, fingerprint=f"{number:032x}") for number, finding in enumerate(found))
    return CheckResult(
        findings=tuple(sorted(named, key=lambda finding: finding.sort_key)),
        not_checked=tuple(rule for rule in RULES if rule.needs),
        lacking=frozenset(MISSING),
        tracks=len(paths),
        cues=len(found),
        sources={path: Source.of("\n".join(draw(st.lists(texts, max_size=6)))) for path in sorted(paths)},
    )


def corpus() -> CheckResult:
    """Make a result in which each of the texts is once all that a text can be."""
    found = [
        Finding(
            code="TIM005",
            name="short-cue",
            severity=list(Severity)[number % 3],
            location=Location(path=text, line=1, column=1, cue=number, end_line=1, end_column=1 + len(text)),
            message=text or "empty",
            language=text,
            measured=text,
            limit=text,
            fix=Fix(edits=(Edit(start=0, end=len(text), text=text),)),
            context=text,
            first_line=1,
            last_line=6,
            fingerprint=f"{number:032x}",
        )
        for number, text in enumerate(TEXTS)
    ]
    return CheckResult(
        findings=tuple(sorted(found, key=lambda finding: finding.sort_key)),
        tracks=len(TEXTS),
        cues=len(TEXTS),
        sources={text: Source.of(f"{text}\n{text}") for text in TEXTS},
    )

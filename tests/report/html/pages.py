"""Runs to be shown, some of them with nothing but hostile strings, and pages taken apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from lint_rules.finding import Finding, Hop, Place, Report, Summary
from ntro_testkit.report.html import Card, Excerpt, Fact, Section, html
from ntro_testkit.report.html.element import VOID
from ntro_testkit.trace import (
    ActivityCall,
    Blocked,
    ChildRun,
    Command,
    Coverage,
    CoverageItem,
    Gate,
    RunResult,
    SignalSent,
    SourceLine,
    Timer,
    Trace,
)
from ntro_testkit.verdict import Comparison, Verdict

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "\"><svg onload=alert(3)>'",
    "javascript:alert(4)",
    "</title></style><b>bold</b>",
    "<!-- ]]> &lt;i&gt; &#x202e;",
    "\u202egnp.exe\u202c",
    "nul \x00 escape \x1b[31m bell \x07",
    "lone \ud800 surrogate",
    "{{7*7}} ${7*7} %s",
    "one\ntwo\r\nthree\ttabbed",
    "عربي 漢字 🏦",
    "W" * 400,
)


def run_of(text: str) -> RunResult:
    """Return a run with a text wherever a bundle or an author may put one."""
    line = SourceLine(text, 1, text)
    carried = {text: [text, None, 1.5]}
    trace = Trace(
        commands=[Command("w", 1, "start_timer", text, 0, text, line, dict(carried))],
        activities=[
            ActivityCall(text, [carried], "w", text, 0, line, carried, None, 1, text),
            ActivityCall(text, [], "w", text, 0, line, error=text, closed_s=2),
        ],
        signals=[SignalSent("w", text, carried, 1, problem=text), SignalSent("?", text, text, 1)],
        gates=[
            Gate("w", text, text, text, carried, 0, text, text, carried, carried, text, 1, line),
            Gate("child", text, None, text, text, 0, verdict=None),
        ],
        timers=[Timer("w", 1, 60, 0, line, "fired", 60)],
        children=[ChildRun("child", text, "w", text, 0, carried, True, "failed", text, text, 3)],
        warnings=[text],
    )
    run = RunResult(
        scenario=text,
        workflow_id="w",
        status="stuck",
        result=carried,
        error=text,
        slug=text,
        trace=trace,
        blocked=(Blocked("w", text, text, text, 0, line, text),),
        verdicts=[verdict_of(text)],
    )
    kinds = ("step", "decision", "signal", "activity", "child")
    items = tuple(CoverageItem(kind, text, reached) for kind in kinds for reached in (True, False))
    run.measure_coverage = lambda _run: Coverage(items)
    return run


def verdict_of(text: str, scenario: str | None = None) -> Verdict:
    return Verdict(
        code="NTR701",
        message=text,
        scenario=text if scenario is None else scenario,
        slug=text,
        line=SourceLine(text, 1, text),
        help=text,
        evidence=(text, text),
        comparison=Comparison(text, text, ((text, None), (None, text), (text, f"{text}!"))),
        reproduce=text,
    )


def lint_report_of(text: str) -> Report:
    place = Place(text, 1, 1, 1, 2)
    hop = Hop(place, text)
    finding = Finding("NTR101", text, text, text, "warning", "sequence", place, text, (hop,), hop)
    return Report((finding,), Summary(warnings=1, suppressed=2))


def section_of(text: str) -> Section:
    card = Card(
        message=text,
        code=text,
        name=text,
        scenario=text,
        about=text,
        facts=(Fact(text, (text, text)),),
        excerpts=(Excerpt(text, (text, text), 1, 2),),
        comparison=Comparison(text, text, ((text, None),)),
        reproduce=text,
    )
    return Section(text, (card,), text, text)


def page_of(*texts: str) -> str:
    """Return a page on which everything that can be a text is one of these."""
    return html(
        [run_of(text) for text in texts],
        lint_report=lint_report_of(texts[0]),
        sections=[section_of(text) for text in texts],
        read_source=lambda path: f"{path}\n{path}",
    )


@dataclass
class Parsed(HTMLParser):
    """A page as a browser's parser sees it: elements with attributes, and text."""

    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str | None]] = field(default_factory=list)
    """(tag, attribute, value)"""
    texts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def values(self, name: str) -> list[str | None]:
        """Return the values of one attribute, in order."""
        return [value for _, found, value in self.attributes if found == name]


def parsed(page: str) -> Parsed:
    """Take a page apart; every element that begins has to end in its place."""
    found = Parsed()
    found.feed(page)
    found.close()
    assert found.open == []
    return found

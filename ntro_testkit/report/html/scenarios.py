"""Each run as a block: how it ended and why, its timeline, and what it did as a table."""

from __future__ import annotations

from collections.abc import Sequence

from ntro_testkit.report.html.anchors import Anchors
from ntro_testkit.report.html.cards import excerpt_figure
from ntro_testkit.report.html.chart import chart
from ntro_testkit.report.html.element import Element, Node, element
from ntro_testkit.report.html.events import events
from ntro_testkit.report.html.excerpts import Excerpts
from ntro_testkit.report.html.text import brief, clipped, counted, duration, value_text
from ntro_testkit.report.html.timeline import Timeline, timeline
from ntro_testkit.trace import RunResult

_LONG = 4000
"""Characters of an error or a result that are shown."""


def scenarios(results: Sequence[RunResult], excerpts: Excerpts, anchors: Anchors) -> Element:
    """Return the blocks of all runs, in their order."""
    return element(
        "section",
        element("h2", "Scenarios ", element("span", f"{len(results):,}", class_="count")),
        element("p", "No scenario was run.", class_="nothing") if not results else None,
        *(_run(run, excerpts, anchors) for run in results),
        id="scenarios",
    )


def _run(run: RunResult, excerpts: Excerpts, anchors: Anchors) -> Element:
    anchor = anchors.named("scenario", run.scenario)
    status = "passed" if run.passed else "failed"
    drawn = timeline(run)
    return element(
        "article",
        element(
            "h3",
            element("span", "✓ passed" if run.passed else "✗ failed", class_=f"badge {status}"),
            " ",
            element("a", run.scenario, href=f"#{anchor}"),
            element("span", brief(run.slug, 100)),
        ),
        element("p", _told(run), class_="introduction"),
        *_reason(run, excerpts),
        chart(drawn, run.scenario),
        _left_out(drawn),
        events(drawn),
        _result(run),
        _warnings(run),
        class_=f"run {status}",
        id=anchor,
        data_filtered=True,
        data_scenario=run.scenario,
        data_status=status,
        data_code=" ".join(dict.fromkeys(verdict.code for verdict in run.verdicts)),
    )


def _told(run: RunResult) -> str:
    """Return in a line how a run ended and how much there was of what."""
    ended = f"{run.status}, as it may," if run.status == "failed" and run.ended_well else run.status
    counts = (
        (len(run.gates), "gate", None),
        (len(run.activities), "activity", "activities"),
        (len(run.signals), "signal", None),
        (len(run.children), "child", "children"),
        (len(run.verdicts), "verdict", None),
    )
    return " · ".join(
        [
            f"{ended} after {duration(run.virtual_duration_s)} of virtual time",
            *(counted(*each) for each in counts if each[0]),
        ]
    )


def _reason(run: RunResult, excerpts: Excerpts) -> list[Element]:
    """Return why a run did not complete, and the line it came from."""
    if run.status == "completed":
        return []
    found = [element("pre", clipped(run.error, _LONG), class_="error")] if run.error else []
    waiting: list[Node] = [element("li", str(blocked)) for blocked in run.blocked]
    if waiting and not run.error:
        found.append(element("ul", *waiting))
    line = run.line or next((blocked.line for blocked in run.blocked if blocked.line), None)
    if line is not None and not run.passed:
        found.append(excerpt_figure(excerpts.around(line.path, line.line, f", in {line.function}")))
    return found


def _left_out(drawn: Timeline) -> Element | None:
    if not drawn.left_out:
        return None
    return element("p", f"{drawn.left_out:,} later events are not shown.", class_="note")


def _result(run: RunResult) -> Element | None:
    if run.result is None:
        return None
    return element(
        "details",
        element("summary", "Result"),
        element("pre", clipped(value_text(run.result), _LONG), tabindex=0, aria_label="Result"),
    )


def _warnings(run: RunResult) -> Element | None:
    warnings = list(dict.fromkeys(run.trace.warnings))
    if not warnings:
        return None
    return element("ul", *(element("li", warning) for warning in warnings[:50]), class_="warnings")

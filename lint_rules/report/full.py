"""A report as good compilers print one: source, underline, chain, impact and the way out."""

from __future__ import annotations

from collections.abc import Callable

from lint_rules.finding import Finding, Report
from lint_rules.report.colours import SEVERITY, Colours
from lint_rules.report.frame import Sources, frame, gutter_width
from lint_rules.report.notes import notes
from lint_rules.report.paths import location
from lint_rules.report.printable import printable
from lint_rules.report.statistics import render_statistics
from lint_rules.report.summary_line import summary_line, worst
from lint_rules.report.unknown import render_unknown


def render_full(
    report: Report,
    *,
    source: Callable[[str], str | None],
    colour: bool,
    show_unknown: bool = False,
    statistics: bool = False,
) -> str:
    """Return a block per finding and a closing line.

    `source` gives the text of a path of the report, None when it cannot be read; it is asked once
    per path. Nothing of what files hold reaches a terminal as a control character.
    """
    colours = Colours(colour)
    sources = Sources(source)
    blocks = [_block(finding, sources, colours) for finding in report.findings]
    if show_unknown:
        blocks.append(render_unknown(report))
    if statistics:
        blocks.append(render_statistics(report))
    gravest = worst(report.summary)
    style = SEVERITY[gravest] if gravest else "good"
    blocks.append(colours.paint(summary_line(report), style) + "\n")
    return "\n".join(block for block in blocks if block)


def _block(finding: Finding, sources: Sources, colours: Colours) -> str:
    """Return one finding; without its frame where the source cannot be shown."""
    place = finding.place
    style = SEVERITY[finding.severity]
    gutter = gutter_width(place)
    head = colours.paint(f"{finding.severity}[{finding.code}]", style)
    message = colours.paint(printable(finding.message), "strong")
    arrow = colours.paint(f"{'':{gutter}}-->", "frame")
    lines = [f"{head} {finding.name}: {message}", f"{arrow} {location(place)}"]
    lines += frame(sources.lines(place.path), place, colours, style)
    for note in notes(finding):
        mark = colours.paint(f"{'':{gutter}} =", "frame")
        label = colours.paint(f"{note.label}:", "label")
        lines.append(f"{mark} {label} {note.lines[0]}")
        blanks = " " * (gutter + len(f" = {note.label}: "))
        lines += [blanks + line for line in note.lines[1:]]
    return "\n".join(lines) + "\n"

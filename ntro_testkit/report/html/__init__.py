"""Presents runs as one HTML file: timelines, decisions side by side, coverage, findings.

    html(results, lint_report=report, sections=[Section("Replay", cards)])

From data to text in one direction: `timeline.py` and `found.py` make data of runs and findings,
`layout.py` places it, `chart.py`, `events.py`, `cards.py`, ... make elements of it, `page.py` puts
them together, and `element.py` alone writes HTML.
"""

from ntro_testkit.report.html.page import html
from ntro_testkit.report.html.section import Card, Excerpt, Fact, Section

__all__ = ["Card", "Excerpt", "Fact", "Section", "html"]

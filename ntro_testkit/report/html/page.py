"""The whole page: one file that loads nothing, and is the same for the same runs."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

from lint_rules.finding import Report
from ntro_testkit.report.html.anchors import Anchors
from ntro_testkit.report.html.cards import section
from ntro_testkit.report.html.coverage_tables import coverage
from ntro_testkit.report.html.decisions import decisions
from ntro_testkit.report.html.element import Element, Node, element, raw_element, rendered
from ntro_testkit.report.html.excerpts import Excerpts, ReadSource, read_source
from ntro_testkit.report.html.filters import filters
from ntro_testkit.report.html.found import lint_section, verdict_section
from ntro_testkit.report.html.scenarios import scenarios
from ntro_testkit.report.html.section import Section
from ntro_testkit.report.html.text import brief
from ntro_testkit.trace import RunResult


def html(
    results: Iterable[RunResult],
    *,
    lint_report: Report | None = None,
    sections: Sequence[Section] = (),
    read_source: ReadSource = read_source,
) -> str:
    """Return runs as one HTML file.

    `lint_report` adds what the lint found, `sections` whatever else there is to show; `read_source`
    gives the text of a path, None where it cannot be read. What comes from a bundle is only ever
    text, and long texts and lists are cut with a note. Nothing of the page depends on when or how
    fast the runs were made.
    """
    runs = list(results)
    excerpts = Excerpts(read_source)
    shown = [verdict_section(runs, excerpts)]
    if lint_report is not None:
        shown.append(lint_section(lint_report, excerpts))
    shown += sections
    return f"<!doctype html>\n{rendered(_document(runs, shown, excerpts))}\n"


def _document(runs: list[RunResult], shown: list[Section], excerpts: Excerpts) -> Element:
    anchors = Anchors()
    blocks = [
        *(section(each, anchors) for each in shown),
        scenarios(runs, excerpts, anchors),
        *filter(None, (decisions(runs), coverage(runs))),
    ]
    title = ", ".join(dict.fromkeys(run.slug for run in runs)) or "ntro-testkit"
    style, script = _own("page.css"), _own("page.js")
    return element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="color-scheme", content="light dark"),
            element("meta", name="referrer", content="no-referrer"),
            element("title", f"{brief(title, 100)} · ntro-testkit"),
            raw_element("style", style),
        ),
        element(
            "body",
            _header(title, runs, shown),
            element("main", filters(runs, shown), _links(blocks), *blocks),
            element("p", "Nothing matches these filters.", id="no-match", hidden=True),
            raw_element("script", script),
        ),
        lang="en",
    )


def _header(title: str, runs: Sequence[RunResult], shown: Sequence[Section]) -> Element:
    passed = sum(run.passed for run in runs)
    tiles = [("passed", passed, "good"), ("failed", len(runs) - passed, "bad")]
    tiles += [(each.title.lower(), len(each.cards), _tone(each)) for each in shown]
    return element(
        "header",
        element("h1", brief(title, 200)),
        element("button", "Dark", type="button", id="theme", hidden=True),
        element("ul", *(_tile(*tile) for tile in tiles), class_="tiles"),
    )


def _tone(shown: Section) -> str:
    return "bad" if any(card.severity == "error" for card in shown.cards) else "open"


def _tile(name: str, count: int, tone: str) -> Element:
    return element(
        "li",
        element("strong", f"{count:,}"),
        f" {name}",
        class_=tone if count else "quiet",
    )


def _links(blocks: Sequence[Element]) -> Element:
    """Return a list of links to the sections."""
    links = []
    for block in blocks:
        anchor = dict(block.attributes)["id"]
        links.append(element("li", element("a", _heading(block), href=f"#{anchor}")))
    return element("nav", element("ul", *links), aria_label="Sections")


def _heading(block: Element) -> str:
    heading = next(
        child for child in block.children if isinstance(child, Element) and child.tag == "h2"
    )
    return _text(heading)


def _text(node: Node) -> str:
    return node if isinstance(node, str) else "".join(map(_text, node.children))


@lru_cache(maxsize=2)
def _own(name: str) -> str:
    """Return a file of ours that the page holds."""
    return files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return what the page may do: use this style and this script, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"

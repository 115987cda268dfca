"""What of each bundle its runs reached: steps by scenarios and decisions, and the rest as lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ntro_testkit.coverage import DECISIONS
from ntro_testkit.report.html.element import Element, element
from ntro_testkit.trace import Coverage, RunResult

_LISTED = (("signal", "Signals"), ("activity", "Activities"), ("child", "Children"))


def coverage(results: Sequence[RunResult]) -> Element | None:
    """Return a block for each bundle; None where nobody knows what there is to be reached."""
    blocks = []
    for slug in dict.fromkeys(run.slug for run in results):
        runs = [run for run in results if run.slug == slug]
        measured = [(run.scenario, run.coverage) for run in runs]
        merged = Coverage(())
        for _, each in measured:
            merged = merged.merged(each)
        if merged.items:
            blocks.append(_bundle(slug, measured, merged))
    if not blocks:
        return None
    return element("section", element("h2", "Coverage"), *blocks, id="coverage")


def _bundle(slug: str, measured: Sequence[tuple[str, Coverage]], merged: Coverage) -> Element:
    reached, all_of_them = len(merged.reached()), len(merged.items)
    return element(
        "article",
        element(
            "h3",
            slug,
            element("span", f"{reached} of {all_of_them} reached"),
        ),
        element("meter", value=reached, max=all_of_them, aria_label=f"Coverage of {slug}"),
        element(
            "div",
            _steps(slug, measured, merged),
            class_="scroll",
            tabindex=0,
            role="region",
            aria_label=f"Steps and decisions of {slug}",
        ),
        element("dl", *(each for kind, title in _LISTED for each in _list(title, kind, merged))),
        class_="coverage",
    )


def _steps(slug: str, measured: Sequence[tuple[str, Coverage]], merged: Coverage) -> Element:
    """Return the table: a row a step, a column a scenario, then the decisions at its gate."""
    own = [item.name for item in merged.items if item.kind == "step"]
    decided = {item.name: item.reached for item in merged.items if item.kind == "decision"}
    gates = dict.fromkeys(name.rpartition("=")[0] for name in decided)
    of_children = [gate for gate in gates if gate.removeprefix(f"{slug}/") not in own]
    heads = ("step", *(scenario for scenario, _ in measured), *DECISIONS)
    entered = [set(each.reached("step")) for _, each in measured]
    rows = [
        _row(step, [step in steps for steps in entered], f"{slug}/{step}", decided) for step in own
    ]
    rows += [_row(gate, [None for _ in measured], gate, decided) for gate in of_children]
    return element(
        "table",
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *rows),
    )


def _row(name: str, entered: Iterable[bool | None], gate: str, decided: dict[str, bool]) -> Element:
    decisions = [decided.get(f"{gate}={decision}") for decision in DECISIONS]
    return element(
        "tr",
        element("th", element("code", name), scope="row"),
        *map(_cell, entered),
        *map(_cell, decisions),
    )


def _cell(reached: bool | None) -> Element:
    if reached is None:
        return element("td", class_="absent")
    return element("td", "✓ yes" if reached else "○ no", class_="good" if reached else "missed")


def _list(title: str, kind: str, merged: Coverage) -> tuple[Element, ...]:
    reached, missed = merged.reached(kind), merged.missed(kind)
    if not reached and not missed:
        return ()
    count = f"{len(reached)} of {len(reached) + len(missed)}"
    names = f", missed: {', '.join(missed)}" if missed else ""
    return element("dt", title), element("dd", f"{count}{names}")

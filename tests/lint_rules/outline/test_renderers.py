"""Outlines as tables, as JSON and as Mermaid: against texts that were looked at, and any names."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.outline.json_outline import render_json
from lint_rules.outline.mermaid import escaped, render_mermaid
from lint_rules.outline.outline import (
    ActivityUse,
    ChildOutline,
    ClassOutline,
    GateOutline,
    Outline,
    Spot,
    StepOutline,
)
from lint_rules.outline.text import render_text
from tests.lint_rules.outline import mermaid_grammar
from tests.lint_rules.outline.outlined import GOLDEN, RUNBOOKS, sample

RENDERERS: dict[str, Callable[[Sequence[Outline]], str]] = {
    "txt": lambda outlines: render_text(outlines, colour=False),
    "json": render_json,
    "mmd": render_mermaid,
}
SLUGS = sorted(path.name for path in RUNBOOKS.iterdir() if path.is_dir())


@pytest.mark.parametrize("ending", RENDERERS)
@pytest.mark.parametrize("slug", ["petty-cash", "nav-monthly"])
def test_a_sample_bundle_is_shown_as_it_was_looked_at(slug: str, ending: str) -> None:
    expected = (GOLDEN / f"{slug}.{ending}").read_text("utf-8")
    assert RENDERERS[ending](sample(slug)) == expected


@pytest.mark.parametrize("slug", SLUGS)
def test_every_sample_bundle_is_a_chart_with_all_its_steps(slug: str) -> None:
    [outline] = sample(slug)
    chart = mermaid_grammar.read(render_mermaid([outline]))
    [drawn] = outline.classes
    assert chart.frames == {"w0": f"{slug}: {drawn.name}"}
    words = set(chart.nodes.values())
    assert {f"{step.name}: {step.title}" for step in drawn.steps} <= words
    assert {use.name for step in drawn.steps for use in step.activities} <= words


def test_a_rejection_is_an_arrow_of_its_own() -> None:
    chart = mermaid_grammar.read(render_mermaid(sample("petty-cash")))
    [(gate, _, after)] = [edge for edge in chart.edges if edge[1] == "approve"]
    assert chart.nodes[gate] == "review, APPROVAL_FORM"
    assert chart.nodes[after] == "post: Post slip"
    assert (gate, "reject", "w0end") in chart.edges


def test_a_rejection_that_goes_on_leads_to_the_step() -> None:
    chart = mermaid_grammar.read(render_mermaid(sample("nav-monthly")))
    targets = {chart.nodes[target] for _, label, target in chart.edges if label == "reject"}
    assert targets == {"summary: Summary"}


def test_several_bundles_are_frames_of_one_chart() -> None:
    both = (*sample("petty-cash"), *sample("nav-monthly"))
    chart = mermaid_grammar.read(render_mermaid(both))
    assert len(chart.frames) == 2
    assert render_text(both, colour=False).count("\n\npetty-cash 0.1.0") == 0
    assert "\n\nnav-monthly 0.4.0  (fixtures/runbooks/nav-monthly)\n" in render_text(
        both, colour=False
    )


def test_colours_change_nothing_but_the_looks() -> None:
    import re

    plain = render_text(sample("petty-cash"), colour=False)
    painted = render_text(sample("petty-cash"), colour=True)
    assert "\x1b[" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain
    assert painted != plain


def test_columns_stand_below_each_other_whatever_is_in_them() -> None:
    [outline] = [hostile("工程", "x" * 100, None)]
    lines = render_text([outline], colour=False).splitlines()
    head = next(line for line in lines if line.lstrip().startswith("step "))
    row = lines[lines.index(head) + 1]
    assert row.startswith("    工程")
    assert "x" * 57 + "..." in row
    assert head.index("title") == row.index("x") + len("工程")


def test_nothing_is_said_so() -> None:
    assert render_text([], colour=False) == "no bundle was found\n"
    assert render_mermaid([]) == "flowchart TD\n"
    assert json.loads(render_json([])) == {"version": 1, "bundles": []}


NAMES = st.one_of(
    st.text(max_size=15),
    st.sampled_from(
        ['"]', "end", "%%{init: {}}%%", "`md`", "a\n--> b", "<b>", "#quot;", "}|x|{", "\u202e", ";"]
    ),
)


@settings(max_examples=200, deadline=None)
@given(name=NAMES, title=NAMES, other=st.none() | NAMES)
def test_no_name_breaks_a_chart_or_a_table(name: str, title: str, other: str | None) -> None:
    outline = hostile(name, title, other)
    chart = mermaid_grammar.read(render_mermaid([outline, outline]))
    assert len(chart.nodes) == 14
    for line in render_text([outline], colour=False).splitlines():
        assert line.isprintable()
    again = json.loads(render_json([outline]))["bundles"][0]["classes"][0]["steps"][0]
    assert again["name"] == name


@given(text=st.text(max_size=60))
def test_a_label_is_shown_as_the_text_is(text: str) -> None:
    shown = mermaid_grammar._plain(escaped(text))
    if text.isprintable():
        assert shown == text
    assert all(sign not in escaped(text) for sign in '"[]{}()|<>`%&\n\\')


def hostile(name: str, title: str, other: str | None) -> Outline:
    """Return an outline in which everything has these names."""
    at = Spot("a/templates/workflow.py", 3)
    gate = GateOutline("signal", other, other, None, None, None, at)
    review = GateOutline("review", other, None, other, "goes on with a step", name, at)
    step = StepOutline(
        name,
        title,
        other,
        (gate, review),
        (ActivityUse(other, None, None, at),),
        (ChildOutline(other, "run_child_workflow", False, at),),
        at,
    )
    outside = StepOutline(None, None, None, (), (), (), at)
    drawn = ClassOutline(title, other, (step,), outside, (), at)
    return Outline(name, "a", other, (drawn,), (), (title,), (), (title,))

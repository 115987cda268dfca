"""YAML with places: values as the safe loader has them, bounds, errors where they are."""

from __future__ import annotations

import datetime

import pytest

from lint_rules.manifest.compose import DEEPEST, LONGEST, MOST, compose
from lint_rules.manifest.errors import ComposeError
from lint_rules.manifest.nodes import Node, plain
from tests.lint_rules.linted import within


def composed(text: str) -> Node:
    node = compose(text)
    assert node is not None
    return node


def refused(text: str) -> ComposeError:
    with within(10), pytest.raises(ComposeError) as caught:
        compose(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", "a"),
        ("1.10", 1.1),
        ("0.1.0", "0.1.0"),
        ("2026-01-15", datetime.date(2026, 1, 15)),
        ("yes", True),
        ("~", None),
        ("'1'", "1"),
        ("!!str 1", "1"),
        ("0o17", "0o17"),
        ("017", 15),
        ("1:30", 90),
        ("=: 1", {"=": 1}),
        ("{<<: {a: 1, b: 2}, a: 3}", {"a": 3, "b": 2}),
        ("{<<: [{a: 1}, {a: 2}]}", {"a": 1}),
        ("{<<: {a: 1}, ? <<\n: {a: 2}}", {"a": 2}),
        ("{1: a, true: b}", {1: "b"}),
        ("!!set {a, b}", {"a": None, "b": None}),
    ],
)
def test_values_are_those_of_the_safe_loader(text: str, value: object) -> None:
    assert plain(composed(text)) == value


def test_nodes_know_where_and_how_they_are_written() -> None:
    top = composed('slug: "nav"\nsteps:\n  - id: a\n')
    slug, step = top.get("slug"), top.get("steps")
    assert slug is not None
    assert step is not None
    assert (slug.span, slug.raw, slug.style) == ((1, 7, 1, 12), "nav", '"')
    assert step.items[0].entries[0].key_node.span == (3, 5, 3, 7)
    assert top.get("steps", "id") is None


def test_the_last_of_two_entries_counts_and_merged_ones_say_so() -> None:
    top = composed("a: 1\na: 2\n<<: {b: 3}\n")
    found = top.get("a")
    assert found is not None
    assert found.value == 2
    assert [(entry.key, entry.merged) for entry in top.last] == [("b", True), ("a", False)]


def test_an_alias_is_the_very_same_node() -> None:
    top = composed("a: &x [1]\nb: *x\n")
    assert top.get("a") is top.get("b")
    data = plain(top)
    assert data["a"] is data["b"]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: b: c", 1, 5, "mapping values are not allowed here"),
        ("a: 1\nb: *x", 2, 4, "undefined alias 'x'"),
        ("a: &x [*x]", 1, 8, "alias 'x' refers to itself"),
        ("a: &x 1\nb: &x 2", 2, 4, "anchor 'x' is there twice"),
        ("a: 1\n--- b", 2, 1, "expected a single document"),
        ("a: 1\nb: \x07", 2, 4, "U+0007 is not allowed"),
        ("a: 2026-13-45", 1, 4, "'2026-13-45' is no timestamp"),
        ("a: !!int ''", 1, 4, "is no int"),
        ("a: !!bool perhaps", 1, 4, "'perhaps' is no bool"),
        ("a: !!timestamp soon", 1, 4, "'soon' is no timestamp"),
        ("a: !!map text", 1, 4, "expected a mapping node"),
        ("a: !!python/name:os.system x", 1, 4, "could not determine a constructor"),
        ("a: !!python/object:os.x {}", 1, 4, "does not fit a mapping"),
        ("a: !thing [1]", 1, 4, "does not fit a list"),
        ("a: !!omap [{b: 1, c: 2}]", 1, 4, "a list of single entries"),
        ("? [a]\n: b", 1, 1, "a mapping or list as a key"),
        ("<<: text", 1, 1, "only mappings can be merged"),
        ("a: =", 1, 4, "could not determine a constructor"),
        ("a: b\tc", 1, 5, "cannot start any token"),
        ("%YAML 9.9\n---\na", 1, 1, "incompatible YAML document"),
    ],
)
def test_what_is_refused_is_refused_where_it_is(
    text: str, line: int, column: int, words: str
) -> None:
    error = refused(text)
    assert words in str(error)
    assert (error.line, error.column) == (line, column)


def _bomb(width: int, levels: int) -> str:
    lines = [f"a0: &a0 [{', '.join('x' * width)}]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, levels)]
    return "\n".join(lines)


def _merge_bomb(levels: int) -> str:
    lines = ["a0: &a0 {x: 1, y: 2}"]
    lines += [f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]\n  k{n}: 1" for n in range(1, levels)]
    return "\n".join(lines)


def _chain(levels: int) -> str:
    return "a0: &a0 [x]\n" + "\n".join(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, levels))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (_bomb(9, 12), f"repeats to more than {MOST:,} values"),
        (_merge_bomb(40), "merges with `<<` without an end"),
        (_chain(5_000), f"nested more than {DEEPEST} levels deep"),
        ("[" * 50_000, f"nested more than {DEEPEST} levels deep"),
        ("? " * 40_000, f"nested more than {DEEPEST} levels deep"),
        ("- " * 500 + "a", f"nested more than {DEEPEST} levels deep"),
        (f"[{'a,' * MOST}a]", f"more than {MOST:,} values"),
        ("a" * (LONGEST + 1), f"longer than {LONGEST:,} characters"),
        ("a: 1" + ":59" * 200_000, "a number or date of several thousand characters"),
        ("a: " + "9" * 500_000, "a number or date of several thousand characters"),
        ("a: 0x" + "f" * 5_000, "a number or date of several thousand characters"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_what_is_beyond_the_bounds_is_refused_in_no_time(text: str, words: str) -> None:
    assert words in str(refused(text))


def test_what_is_just_within_the_bounds_is_read() -> None:
    with within(10):
        assert len(composed("\n".join(f"k{n}: v" for n in range(40_000))).entries) == 40_000
        composed("[" * 99 + "]" * 99)
        composed(_bomb(9, 5))

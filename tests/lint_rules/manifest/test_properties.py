"""For any text: no crash, no hang, places in the file, and the answers of `yaml.safe_load`."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lint_rules.files.source_text import SourceText
from lint_rules.files.text_file import TextFile
from lint_rules.manifest.compose import compose
from lint_rules.manifest.errors import ComposeError
from lint_rules.manifest.manifest import read_manifest
from lint_rules.manifest.markdown import headings
from lint_rules.manifest.nodes import Node, plain
from tests.lint_rules.linted import within

_PLAIN = ["a", "b", "slug", "1", "1.5", "0x1f", "0o7", "017", "1:30", "1_000", ".inf", ".nan"]
_PLAIN += ["yes", "~", "null", "2026-01-15", "2026-13-45", "é", "=", "<<", "---", "...", "@", "`"]
_TAGS = ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!binary", "!!map"]
_TAGS += ["!!seq", "!!set", "!!omap", "!!pairs", "!x", "!", "&a", "&b", "*a", "*b", "%", "?"]
_TAGS += ["|", ">", ">-", "|+"]
_SIGNS = [": ", ":", "- ", "\n", "\n  ", "\n    ", " ", "[", "]", "{", "}", ",", "'", '"', "\\"]
_SIGNS += [" #", "\t", "\r\n", "\r", "\x0c", "\x85", "\u2028", "\ufeff", "\x07", "\x00", "<<: "]
FRAGMENTS = st.lists(st.sampled_from(_PLAIN + _TAGS + _SIGNS), max_size=24).map("".join)
TEXTS = FRAGMENTS | st.text(max_size=60)

_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.dates()
    | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=20,
)

MANY = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def loaded(text: str) -> tuple[bool, Any]:
    """Return whether the safe loader takes a text, and what it gives."""
    try:
        return True, yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError):
        return False, None


def read(text: str) -> tuple[bool, Any]:
    try:
        node = compose(text)
    except ComposeError:
        return False, None
    return True, None if node is None else plain(node)


def same(one: Any, other: Any) -> bool:
    """Compare data as it is printed, since `1` is `True`; sets are mappings here."""
    return repr(_as_nodes(one)) == repr(_as_nodes(other))


def _as_nodes(data: Any) -> Any:
    match data:
        case set():
            return dict.fromkeys(sorted(data, key=repr))
        case dict():
            return {key: _as_nodes(value) for key, value in data.items()}
        case list():
            return [
                {each[0]: _as_nodes(each[1])} if isinstance(each, tuple) else _as_nodes(each)
                for each in data
            ]
        case _:
            return data


def contains_itself(data: Any, around: tuple[int, ...] = ()) -> bool:
    if not isinstance(data, dict | list | tuple):
        return False
    inner = data.values() if isinstance(data, dict) else data
    return id(data) in around or any(contains_itself(e, (*around, id(data))) for e in inner)


@MANY
@given(FRAGMENTS)
def test_what_the_safe_loader_takes_is_read_the_same_and_what_it_refuses_is_refused(
    text: str,
) -> None:
    takes, expected = loaded(text)
    with within(5):
        reads, found = read(text)
    if takes and contains_itself(expected):
        assert not reads
    elif "!!set" in text or ("<<" in text and "!" in text):
        # A set is read as a mapping, with whatever values; merging ignores what tags say.
        assert reads or not takes or "<<" in text
    else:
        assert reads == takes
        assert same(found, expected)


@MANY
@given(_VALUES)
def test_what_the_dumper_writes_is_read_back(data: Any) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    assert same(read(text)[1], yaml.safe_load(text))


def _nodes(top: Node) -> list[Node]:
    found, waiting = [], [top]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += node.items
        for entry in node.entries:
            waiting += (entry.key_node, entry.value)
    return found


def _is_inside(text: str, span: tuple[int, int, int, int]) -> bool:
    source = SourceText(text)
    line, column, end_line, end_column = span
    ends = [len(source.line(n).rstrip("\r\n")) + 1 for n in (line, end_line)]
    return (
        1 <= line <= end_line <= max(text.count("\n") + text.count("\r") + 1, 1)
        and 1 <= column <= ends[0]
        and 1 <= end_column <= ends[1]
        and (line, column) <= (end_line, end_column)
    )


@MANY
@given(TEXTS, TEXTS, st.sampled_from(["\n", "\r\n", "\r", "\x0c", "\u2028"]))
def test_every_place_in_a_manifest_is_in_the_file(block: str, body: str, newline: str) -> None:
    text = newline.join(["---", block, "---", body])
    with within(5):
        found = read_manifest(TextFile("/runbook.md", text), exists=True)
        spans = [heading.span for heading in headings(found)]
    spans += [node.span for node in _nodes(found.top)] if found.top else []
    spans += [found.problem.span] if found.problem else []
    assert all(_is_inside(text, span) for span in spans), (text, spans)
    assert (found.top is None) == (found.problem is not None)


@MANY
@given(TEXTS)
def test_any_text_at_all_can_be_asked_for_its_manifest(text: str) -> None:
    with within(5):
        found = read_manifest(TextFile("/runbook.md", text), exists=True)
        list(headings(found))
    assert found.body_line >= 1


def _validator_block(text: str) -> str | None:
    """Return the frontmatter as `_extract_frontmatter` of the SDK's validator cuts it out."""
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    if not text.lstrip().startswith("---") or lines[start : start + 1] == []:
        return None
    if lines[start].strip() != "---":
        return None
    end = next((n for n in range(start + 1, len(lines)) if lines[n].strip() == "---"), None)
    return None if end is None else "\n".join(lines[start + 1 : end])


@MANY
@given(
    st.lists(st.sampled_from(["---", "--- ", " ---", "a: 1", "b: c", ""]), max_size=8), st.data()
)
def test_frontmatter_is_found_where_the_validator_finds_it(
    lines: list[str], data: st.DataObject
) -> None:
    ends = st.sampled_from(["\n", "\r\n", "\r", "\x0b", "\u2029"])
    text = "".join(line + data.draw(ends) for line in lines)
    block = _validator_block(text)
    found = read_manifest(TextFile("/runbook.md", text), exists=True)
    takes, expected = loaded(block) if block is not None else (False, None)
    assert (found.top is not None) == (takes and isinstance(expected, dict))
    if found.top is not None:
        assert plain(found.top) == expected

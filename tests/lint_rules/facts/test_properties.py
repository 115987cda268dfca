"""Properties over the interpreter's library and over generated modules."""

from __future__ import annotations

import ast
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.facts import (
    DamagedFactsError,
    ModuleFacts,
    ParseProblem,
    from_json,
    to_json,
)
from lint_rules.facts import expressions as kinds
from lint_rules.facts.collect import collect
from lint_rules.facts.decoding import decode
from lint_rules.facts.records import Span
from tests.lint_rules.facts.corpus import sample

STATEMENTS = st.sampled_from(
    [
        "pass",
        "x = {e}",
        "x, *y = {e}, {e}",
        "x.a[{e}] = {e}",
        "x += {e}",
        "x: int = {e}",
        "del x[{e}]",
        "{e}",
        "assert {e}, {e}",
        "import a.b as é, c",
        "from ..a import (b as c, d)",
        "if {e}:\n{b}\nelif {e}:\n{b}\nelse:\n{b}",
        "while {e}:\n{b}",
        "for x, (y, z) in {e}:\n{b}\nelse:\n{b}",
        "with {e} as x, {e}:\n{b}",
        "try:\n{b}\nexcept ({e}, {e}) as x:\n{b}\nelse:\n{b}\nfinally:\n{b}",
        "match {e}:\n  case C([x, *y], k={{'a': z}}) if {e}:\n{bb}",
        "@{e}\nclass C({e}, k={e}):\n{b}",
        "@{e}\ndef f(a, /, b: {e} = {e}, *c, d={e}, **k) -> {e}:\n{b}\n  return {e}",
        "async def f():\n  await x({e})\n{b}",
        "def f():\n  global x\n  yield {e}",
    ]
)
EXPRESSIONS = st.sampled_from(
    [
        "a",
        "'é\u2028'",
        "'''x\ny'''",
        "1_0",
        "None",
        "a.b({e}, *{e}, k={e}, **{e})",
        "({e})[{e}:{e}, {e}]",
        "(\n{e}\n +  {e})",
        "({e} and {e} or not {e})",
        "({e} < {e} in {e})",
        "[{e}, *{e}]",
        "{{{e}: {e}, **{e}}}",
        "{{{e}, {e}}}",
        "[{e} for x in {e} if {e} for y in {e}]",
        "f({e} for x in {e})",
        "(lambda x={e}: {e})",
        "({e} if {e} else {e})",
        "(w := {e})",
        "f'{{a}} é {{(b)!r:>{{c}}}}'",
        "('a' 'b')",
        "-{e}",
        "({e},)",
    ]
)


class _Text:
    """Fills in templates from drawn choices."""

    def __init__(self, draw) -> None:
        self.draw = draw

    def expression(self, depth: int) -> str:
        template = self.draw(EXPRESSIONS) if depth else "a"
        return self._fill(template, depth)

    def statement(self, depth: int) -> str:
        template = self.draw(STATEMENTS) if depth else "pass"
        return self._fill(template, depth)

    def _fill(self, template: str, depth: int) -> str:
        marks = re.compile(r"\{\{|\}\}|\{e\}|\{b+\}")

        def replace(mark: re.Match[str]) -> str:
            if mark[0] == "{e}":
                return self.expression(depth - 1)
            if mark[0].startswith("{b"):
                return self._indented(depth - 1, len(mark[0]) - 2)
            return mark[0][0]

        return marks.sub(replace, template)

    def _indented(self, depth: int, levels: int) -> str:
        # Only the first line of a statement is indented if a string inside has several.
        text = self.statement(max(depth, 0))
        if "'''" in text:
            text = "pass"
        return "\n".join("  " * levels + line for line in text.split("\n"))


@st.composite
def modules(draw) -> str:
    text = _Text(draw)
    return "\n".join(text.statement(3) for _ in range(draw(st.integers(0, 4)))) + "\n"


@settings(max_examples=300, deadline=None)
@given(modules())
def test_generated_modules(source: str) -> None:
    check_everything(source.encode())


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode(errors="replace")))
def test_any_bytes_get_an_answer(source: bytes) -> None:
    assert isinstance(collect(source), ModuleFacts | ParseProblem)


@pytest.mark.parametrize("path", sample(), ids=lambda path: path.name)
def test_the_library(path: Path) -> None:
    check_everything(path.read_bytes())


@pytest.mark.parametrize("path", sample()[::4], ids=lambda path: path.name)
def test_damaged_source_gets_an_answer(path: Path) -> None:
    source = path.read_bytes()[:20_000]
    chance = random.Random(path.name)
    for _ in range(5):
        start = chance.randrange(len(source) or 1)
        damaged = source[:start] + source[start + chance.randrange(9) :]
        assert isinstance(collect(damaged), ModuleFacts | ParseProblem)


def check_everything(source: bytes) -> None:
    facts = collect(source)
    if isinstance(facts, ParseProblem):
        with pytest.raises((SyntaxError, ValueError)):
            ast.parse(source)
        return
    assert collect(source) == facts
    assert from_json(to_json(facts)) == facts
    check_order(facts)
    check_against_ast(source, facts)


def check_order(facts: ModuleFacts) -> None:
    for number, expression in enumerate(facts.expressions):
        assert expression.number == number
        for child in kinds.children(expression):
            assert child.number < number
            assert facts.expressions[child.number] is child
    assert len(facts.spans) == 4 * len(facts.expressions)
    assert len(facts.blocks_of) == len(facts.expressions)


def check_against_ast(source: bytes, facts: ModuleFacts) -> None:
    """Every call, import, definition, handler and await of `ast` is in the facts, in place."""
    tree = ast.parse(source)
    lines = re.split(r"\r\n?|\n", str(decode(source)))
    ascii_only = source.isascii()

    def span(node) -> Span:
        def column(line: int, offset: int) -> int:
            if ascii_only:
                return offset + 1
            return len(lines[line - 1].encode()[:offset].decode(errors="replace")) + 1

        return Span(
            node.lineno,
            column(node.lineno, node.col_offset),
            node.end_lineno,
            column(node.end_lineno, node.end_col_offset),
        )

    nodes = list(ast.walk(tree))
    pairs = {
        ast.Call: kinds.Call,
        ast.Await: kinds.Await,
        ast.Lambda: kinds.Lambda,
        ast.Dict: kinds.Mapping,
        ast.JoinedStr: kinds.FormattedString,
    }
    specs = {id(n.format_spec) for n in nodes if isinstance(n, ast.FormattedValue)}
    for theirs, ours in pairs.items():
        expected = [span(n) for n in nodes if isinstance(n, theirs) and id(n) not in specs]
        found = [facts.span(e) for e in facts.expressions if isinstance(e, ours)]
        assert sorted(found) == sorted(expected)
    loads = sorted(
        (n.id, span(n)) for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
    )
    names = sorted((e.name, facts.span(e)) for e in facts.expressions if isinstance(e, kinds.Name))
    assert names == loads
    imports = sorted(
        span(alias)
        for n in nodes
        if isinstance(n, ast.Import | ast.ImportFrom)
        for alias in n.names
    )
    assert sorted(i.span for i in facts.imports) == imports
    defined = sorted(n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    assert sorted(f.name for f in facts.functions if f.name != "<lambda>") == defined
    assert len(facts.classes) == sum(isinstance(n, ast.ClassDef) for n in nodes)
    handlers = sum(isinstance(n, ast.ExceptHandler) for n in nodes)
    assert sum(len(t.handlers) for t in facts.tries) == handlers


DAMAGED = [
    "",
    "{}",
    "[]",
    "null",
    '{"version": 1}',
    '{"version": 0}',
    '{"version": 1, "expr',
    "[" * 9000,
]


@pytest.mark.parametrize("text", DAMAGED)
def test_damaged_json_is_said_to_be_damaged(text: str) -> None:
    with pytest.raises(DamagedFactsError):
        from_json(text)


def test_json_with_wrong_references_is_damaged() -> None:
    facts = collect(b"x = f(a.b)\n")
    assert isinstance(facts, ModuleFacts)
    text = to_json(facts)
    for old, new in [('"expressions":[[0,', '"expressions":[[99,'), ("[1,1,", "[1,77,")]:
        assert old in text
        with pytest.raises(DamagedFactsError):
            from_json(text.replace(old, new))

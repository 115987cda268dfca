"""Positions are those of libcst's own PositionProvider, counted from 1."""

from __future__ import annotations

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from lint_rules.facts import ModuleFacts, ParseProblem
from lint_rules.facts import expressions as kinds
from lint_rules.facts.collect import collect
from lint_rules.facts.records import Span
from tests.lint_rules.facts.corpus import sample
from tests.lint_rules.facts.reading import facts_of

# A tuple or generator with parentheses begins at the parenthesis, as in Python's own messages;
# libcst's provider leaves the parentheses out.
KINDS = {
    "call": (cst.Call, kinds.Call),
    "attribute": (cst.Attribute, kinds.Attribute),
    "subscript": (cst.Subscript, kinds.Subscript),
    "await": (cst.Await, kinds.Await),
    "yield": (cst.Yield, kinds.Yield),
    "lambda": (cst.Lambda, kinds.Lambda),
    "conditional": (cst.IfExp, kinds.Conditional),
    "walrus": (cst.NamedExpr, kinds.Walrus),
    "mapping": (cst.Dict, kinds.Mapping),
}
SNIPPETS = {
    "decorators": "@a.b(c())\n@d\nasync def f(x=g(), *, y: h[int] = i()): return j(x)\n",
    "parentheses": "x = ((a)).b((c)(d))\ny = (\n  (e)\n  .f()\n)\n",
    "tabs": "if a:\n\tif b:\n\t\tc(d(\te\t))\n",
    "form feed": "a()\n\x0c\nb(c())\n\x0c\ndef f():\n\x0c    d()\n",
    "byte order mark": b"\xef\xbb\xbfa(b())\nc()\n",
    "crlf": b"def f():\r\n    a(\r\n        b(),\r\n    )\r\n    c()\r\n",
    "cr": b"a()\rb(c())\r",
    "mixed newlines": b"a()\r\nb()\nc()\rd()\n",
    "strings over lines": "a(\"\"\"x\ny\"\"\", b('''\n'''), c())\n",
    "f-strings": "f(f'{a()} é {b(c.d)!r:>{e()}}' f'{g()}')\n",
    "f-strings over lines": 'x = f"""\n {a()} é\n  {b( c() )} {{}} {d.e}"""\n',
    "wide characters": "é = 'é'; ü.ö('日本語', f(ä)); g('🎉').h()\n",
    "separators that end no line": "x = 'a\u2028b\x85c\x0bd'; y(z())\n",
    "type comments": "def f(a):  # type: (int) -> str\n    b = c()  # type: d\n    return e(b)\n",
    "continuations": "a = \\\n  b.c( \\\n d())\nwith \\\n  e() as f: g()\n",
    "async": "async def f():\n async with a() as b, c(): await d()\n async for e in g(): yield h\n",
    "match": "match a(b):\n  case C.D(x=1) | E(): f()\n  case {'k': v, **r} if g(v): h(r)\n",
    "operators": "a() + -b() * (c() if d() else e()) < f() and not g() or (h() and i())\n",
    "slices": "a[b():c(), ...][(d(), e())][*f(),]\n",
    "latin-1": "# coding: latin-1\nx('é', y())\n".encode("latin-1"),
    "no newline at the end": "a(b())",
    "semicolons": "a(); b(c());\nif d(): e(); f()\n",
}


@pytest.mark.parametrize("source", SNIPPETS.values(), ids=SNIPPETS)
def test_positions_of_constructs(source: str | bytes) -> None:
    raw = source if isinstance(source, bytes) else source.encode()
    check(raw, facts_of(raw))


PROVIDER_IS_WRONG_ABOUT = {"test_fstring.py"}
"""PositionProvider writes the text anew and loses the space after a conversion, `{3!s  }`."""


@pytest.mark.parametrize(
    "path",
    [path for path in sample()[::2] if path.name not in PROVIDER_IS_WRONG_ABOUT],
    ids=lambda path: path.name,
)
def test_positions_in_the_library(path) -> None:
    raw = path.read_bytes()
    facts = collect(raw)
    if not isinstance(facts, ParseProblem):
        check(raw, facts)


def check(raw: bytes, facts: ModuleFacts) -> None:
    wrapper = MetadataWrapper(cst.parse_module(raw), unsafe_skip_copy=True)
    positions = wrapper.resolve(PositionProvider)
    module_names = _in_dotted_names(wrapper.module)
    for name, (node_kind, kind) in KINDS.items():
        expected = sorted(
            Span(p.start.line, p.start.column + 1, p.end.line, p.end.column + 1)
            for node, p in positions.items()
            if type(node) is node_kind and node not in module_names
        )
        found = sorted(facts.span(e) for e in facts.expressions if isinstance(e, kind))
        written = sorted(facts.span(w.target) for w in facts.writes if isinstance(w.target, kind))
        assert found == expected, name
        assert set(written) <= set(expected)
    names = {
        (node.value, p.start.line, p.start.column + 1, p.end.column + 1)
        for node, p in positions.items()
        if isinstance(node, cst.Name)
    }
    for expression in facts.expressions:
        if isinstance(expression, kinds.Name):
            span = facts.span(expression)
            assert (expression.name, span.line, span.column, span.end_column) in names
    for named in (*facts.functions, *facts.classes):
        if named.name != "<lambda>":
            assert (named.name, named.span.line, named.span.column, named.span.end_column) in names


def test_a_form_feed_before_a_statement_is_a_character() -> None:
    # libcst's provider loses it, so the text is the judge.
    facts = facts_of("a()\n\x0cdef f():\n    b()\n\x0cc(d())\n")
    assert facts.functions[0].span == Span(2, 6, 2, 7)
    assert [facts.span(e)[:2] for e in facts.expressions if isinstance(e, kinds.Name)] == [
        (1, 1),
        (3, 5),
        (4, 2),
        (4, 4),
    ]


class _DottedNames(cst.CSTVisitor):
    """Collects attributes that are only the names of modules."""

    def __init__(self) -> None:
        self.found: set[cst.CSTNode] = set()

    def visit_Import(self, node: cst.Import) -> bool:
        self._collect(node)
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        self._collect(node)
        return False

    def _collect(self, node: cst.CSTNode) -> None:
        stack = [node]
        while stack:
            item = stack.pop()
            self.found.add(item)
            stack.extend(item.children)


def _in_dotted_names(module: cst.Module) -> set[cst.CSTNode]:
    visitor = _DottedNames()
    module.visit(visitor)
    return visitor.found

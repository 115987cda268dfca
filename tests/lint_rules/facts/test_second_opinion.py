"""Another parser agrees: what libcst finds in a module is in the facts, as often."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import libcst as cst
import pytest
from hypothesis import given, settings

from lint_rules.facts import ModuleFacts, ParseProblem
from lint_rules.facts import expressions as kinds
from lint_rules.facts.collect import collect
from tests.lint_rules.facts.corpus import sample
from tests.lint_rules.facts.test_properties import modules

OPERATIONS = (cst.BinaryOperation, cst.UnaryOperation, cst.Comparison)


class _Opinion(cst.CSTVisitor):
    """What a module holds, by libcst."""

    def __init__(self) -> None:
        self.calls: Counter[tuple[object, ...]] = Counter()
        self.functions: list[tuple[object, ...]] = []
        self.classes: list[tuple[object, ...]] = []
        self.constructs: Counter[str] = Counter()

    def leave_Call(self, original_node: cst.Call) -> None:
        node = original_node
        named = [a for a in node.args if a.keyword is not None or a.star == "**"]
        names = tuple(a.keyword.value if a.keyword is not None else None for a in named)
        starred = sum(a.star == "*" for a in node.args)
        self.calls[_last_name(node.func), len(node.args) - len(named), starred, names] += 1

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        parameters = node.params
        several = (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params)
        stars = [parameters.star_arg, parameters.star_kwarg]
        named = [*several, *(star for star in stars if isinstance(star, cst.Param))]
        self.functions.append(
            (
                node.name.value,
                node.asynchronous is not None,
                len(node.decorators),
                Counter(parameter.name.value for parameter in named),
                sum(parameter.default is not None for parameter in named),
                sum(parameter.annotation is not None for parameter in named),
            )
        )

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self.classes.append((node.name.value, len(node.bases), len(node.keywords)))

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, OPERATIONS):
            self.constructs["operation"] += 1
        elif isinstance(node, cst.Await | cst.Yield | cst.Lambda | cst.IfExp | cst.NamedExpr):
            self.constructs[type(node).__name__] += 1
        elif isinstance(node, cst.Return | cst.Raise | cst.Assert | cst.Break | cst.Continue):
            self.constructs[type(node).__name__.lower()] += 1
        elif isinstance(node, cst.If | cst.For | cst.While | cst.Try | cst.TryStar):
            self.constructs[type(node).__name__.removesuffix("Star").lower()] += 1
        return super().on_visit(node)


def _last_name(node: cst.BaseExpression) -> str | None:
    match node:
        case cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name)):
            return name
        case _:
            return None


def check(source: bytes, facts: ModuleFacts) -> None:
    opinion = _Opinion()
    cst.parse_module(source).visit(opinion)
    calls = (e for e in facts.expressions if isinstance(e, kinds.Call))
    assert Counter(map(_call, calls)) == opinion.calls
    functions = [f for f in facts.functions if f.name != "<lambda>"]
    assert [
        (
            f.name,
            f.is_async,
            len(f.decorators),
            Counter(p.name for p in f.parameters),
            sum(p.default is not None for p in f.parameters),
            sum(p.annotation is not None for p in f.parameters),
        )
        for f in functions
    ] == opinion.functions
    assert [(c.name, len(c.bases), len(c.keywords)) for c in facts.classes] == opinion.classes
    assert _constructs(facts) == opinion.constructs


def _call(call: kinds.Call) -> tuple[object, ...]:
    match call.function:
        case kinds.Name(_, name) | kinds.Attribute(_, _, name):
            last: str | None = name
        case _:
            last = None
    starred = sum(isinstance(argument, kinds.Starred) for argument in call.arguments)
    return (last, len(call.arguments), starred, tuple(k.name for k in call.keywords))


def _constructs(facts: ModuleFacts) -> Counter[str]:
    names = {
        kinds.Await: "Await",
        kinds.Yield: "Yield",
        kinds.Lambda: "Lambda",
        kinds.Conditional: "IfExp",
        kinds.Walrus: "NamedExpr",
    }
    found: Counter[str] = Counter()
    for expression in facts.expressions:
        if isinstance(expression, kinds.Operation):
            found["operation"] += expression.operators not in (("and",), ("or",))
        elif type(expression) in names:
            found[names[type(expression)]] += 1
    found.update(leave.kind for leave in facts.leaves)
    found.update(b.kind for b in facts.blocks if b.kind in ("if", "for", "while", "try"))
    return +found


@pytest.mark.parametrize("path", sample()[::3], ids=lambda path: path.name)
def test_libcst_agrees_on_the_library(path: Path) -> None:
    source = path.read_bytes()
    facts = collect(source)
    if not isinstance(facts, ParseProblem):
        check(source, facts)


@settings(max_examples=100, deadline=None)
@given(modules())
def test_libcst_agrees_on_generated_modules(text: str) -> None:
    facts = collect(text.encode())
    if not isinstance(facts, ParseProblem):
        check(text.encode(), facts)

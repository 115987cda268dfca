"""Programs made at random: few names, so that they meet, and most of what Python has to offer.

All choices come from one `random.Random`; hypothesis gives one whose choices it can make simpler.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from tests.lint_rules.linted import HEAD

_MARKS = re.compile(r"\{\{|\}\}|\{[eb]\}")

_NAMES = ("a", "b", "c", "d", "A", "B", "self", "given")

_HAZARDS = (
    "time.time()",
    "time.time",
    "uuid.uuid4()",
    "random.Random({e}).random()",
    "os.environ[{e}]",
    "datetime.now().replace(hour={e}).timestamp()",
    "set({e})",
    "{{{e}, {e}}}",
    "hash({e})",
    "asyncio.sleep({e})",
    "asyncio.gather(*{e})",
    "workflow.execute_activity({e}, {e})",
    "workflow.now()",
)

_EXPRESSIONS = (
    "{e}.a",
    "{e}.b()",
    "{e}({e})",
    "{e}({e}, *{e}, a={e}, **{e})",
    "{e}[{e}]",
    "{e}['a']",
    "{e}[1:{e}]",
    "(lambda a: {e})",
    "(lambda *a, b={e}: {e})({e})",
    "({e} if {e} else {e})",
    "({e} and {e})",
    "({e} or {e} or {e})",
    "(not {e})",
    "({e} + {e})",
    "({e} | {e})",
    "({e} / {e})",
    "({e} < {e} in {e})",
    "[{e}, *{e}]",
    "({e}, {e})",
    "{{'a': {e}, {e}: {e}, **{e}}}",
    "[{e} for a in {e} if {e}]",
    "{{{e} for b in {e} for a in {e}}}",
    "list({e} for c in {e})",
    "{{a: {e} for a, b in {e}}}",
    "f'{{{e}}} {{a!r:>{{b}}}}'",
    "(a := {e})",
    "super().a",
    "super().b()",
    "type({e})",
    "vars({e})['a']",
    "getattr({e}, 'a', {e})",
    "globals()['a']",
    "partial({e}, {e})",
    "attrgetter('a.b')({e})",
    "import_module('other')",
    "sorted({e}, key={e})",
    "map({e}, {e})",
    "next(iter({e}))",
    "str({e})",
    "isinstance({e}, A)",
    "a.b.c",
    "A()",
    "B.a",
    "other.a",
    "other.A()",
    "1",
    "'a'",
    "None",
)

_STATEMENTS = (
    "a = {e}",
    "b = {e}",
    "a = b = {e}",
    "a, *b = {e}",
    "a, b = {e}, {e}",
    "a += {e}",
    "c: A = {e}",
    "d: 'A | B' = {e}",
    "self.a = {e}",
    "self.b: B = {e}",
    "{e}.a = {e}",
    "{e}[{e}] = {e}",
    "{e}.append({e})",
    "del a",
    "del self.a, {e}[{e}]",
    "assert {e}, {e}",
    "global a",
    "nonlocal b",
    "import time as a, os",
    "import other as b",
    "from other import a, A as B",
    "from other import *",
    "from .other import a as c",
    "from . import other",
    "{e}",
    "if {e}:\n{b}\nelif {e}:\n{b}\nelse:\n{b}",
    "while {e}:\n{b}",
    "while True:\n{b}",
    "for a in {e}:\n{b}\nelse:\n{b}",
    "for self.a, (b, *c) in {e}:\n{b}",
    "with {e} as a, {e}:\n{b}",
    "with workflow.unsafe.imports_passed_through():\n{b}",
    "try:\n{b}\nexcept ({e}, A) as a:\n{b}\nelse:\n{b}\nfinally:\n{b}",
    "try:\n{b}\nexcept:\n{b}",
    "match {e}:\n case A(a, b=[c, *d]) if {e}:\n {b}\n case {{'a': a, **b}} | (a as b):\n {b}",
    "class A:\n{b}\n{b}",
    "class A(B, {e}):\n{b}",
    "@{e}\nclass B(A):\n{b}\n{b}",
    "class B(other.A):\n a: int = {e}\n{b}",
    "def a(self, b={e}):\n{b}\n return {e}",
    "def b(*a, c={e}, **d) -> A:\n{b}\n return {e}",
    "@{e}\ndef a(b: A):\n{b}\n yield {e}",
    "@property\ndef a(self):\n{b}\n return {e}",
    "@staticmethod\ndef b(self):\n return {e}",
    "@a\ndef a(b):\n{b}\n return a",
    "async def b(self):\n{b}\n return await {e}",
    "def __init__(self, a):\n{b}",
    "def __call__(self, *a):\n{b}\n return {e}",
    "def __getattr__(self, a):\n return {e}",
    "def __enter__(self):\n return {e}",
    "__call__ = {e}",
)

_IN_FUNCTIONS = (
    *_STATEMENTS,
    "return {e}",
    "return {e}",
    "await {e}",
    "async for a in {e}:\n{b}",
    "async with {e} as b:\n{b}",
    "raise {e} from {e}",
    "yield {e}",
    "break",
    "continue",
)

_METHODS = (
    "@workflow.run\nasync def run(self, given):\n{b}\n{b}\n{b}\n return {e}",
    "def __init__(self):\n{b}\n{b}",
    "@workflow.signal\ndef a(self, given):\n{b}",
    "@workflow.query\ndef b(self):\n{b}\n return {e}",
    "@workflow.update\nasync def c(self):\n{b}\n return {e}",
    "@c.validator\ndef d(self):\n{b}",
)


class Writer:
    """Writes texts by filling templates in templates."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def expression(self, depth: int) -> str:
        pool: Sequence[str] = _NAMES
        if depth > 0 and self._chance.random() < 0.8:
            pool = _HAZARDS if self._chance.random() < 0.2 else _EXPRESSIONS
        return self._filled(self._chance.choice(pool), depth)

    def statement(self, depth: int, pool: Sequence[str] = _IN_FUNCTIONS) -> str:
        return self._filled(self._chance.choice(pool if depth > 0 else _STATEMENTS[:3]), depth)

    def _filled(self, template: str, depth: int) -> str:
        def text(mark: re.Match[str]) -> str:
            if mark[0] == "{e}":
                return self.expression(depth - 1)
            if mark[0] == "{b}":
                return _indented(self.statement(depth - 1))
            return mark[0][0]

        return _MARKS.sub(text, template)

    def module(self) -> str:
        """Write a module without a workflow."""
        count = self._chance.randint(0, 5)
        return HEAD + "".join(f"{self.statement(3, _STATEMENTS)}\n" for _ in range(count))

    def workflow(self) -> str:
        """Write a module whose last class is a workflow."""
        methods = self._chance.sample(_METHODS[1:], self._chance.randint(0, 3))
        written = [self._filled(method, 4) for method in (_METHODS[0], *methods)]
        bases = self._chance.choice(["", "(A)", "(B, A)", "(other.A)"])
        return f"{self.module()}\n@workflow.defn\nclass Flow{bases}:\n" + "\n".join(
            map(_indented, written)
        )


def _indented(text: str) -> str:
    return "\n".join(f" {line}" for line in text.split("\n"))

"""Classes, objects and simple types."""

from __future__ import annotations

import pytest

from lint_rules.program import ProjectClass
from tests.lint_rules.facts.corpus import sample
from tests.lint_rules.program.projects import Project, probe

TYPES = {
    "constructed": (
        "from pathlib import Path\np = Path('x')\nprobe(p.read_text)",
        "pathlib.Path.read_text",
    ),
    "divided path": (
        "from pathlib import Path\np = Path('x') / 'y'\nprobe(p.open)",
        "pathlib.Path.open",
    ),
    "parameter": ("from pathlib import Path\ndef f(p: Path): probe(p.open)", "pathlib.Path.open"),
    "optional": (
        "from pathlib import Path\ndef f(p: Path | None): probe(p.open)",
        "pathlib.Path.open",
    ),
    "typing optional": (
        "from typing import Optional as O\nimport pathlib as p\ndef f(q: O[p.Path]): probe(q.open)",
        "pathlib.Path.open",
    ),
    "quoted": (
        "from pathlib import Path\ndef f(p: 'Path | None'): probe(p.open)",
        "pathlib.Path.open",
    ),
    "quoted later": ("def f(c: 'C'): probe(c.m)\nclass C:\n  def m(self): pass", "main.C.m"),
    "annotated variable": (
        "from pathlib import Path\np: Path = get()\nprobe(p.open)",
        "pathlib.Path.open",
    ),
    "returned": (
        "from pathlib import Path\ndef f() -> Path: ...\nprobe(f().open)",
        "None | pathlib.Path.open",
    ),
    "random": ("import random\nr = random.Random(1)\nprobe(r.choice)", "random.Random.choice"),
    "now of an object": (
        "from datetime import datetime as d\nprobe(d.now().today)",
        "datetime.datetime.today",
    ),
    "logger": ("import logging\nprobe(logging.getLogger('x').info)", "logging.Logger.info"),
    "list": ("x = list()\nprobe(x.append)", "list.append"),
    "list written out": ("x = [1]\nprobe(x.append)", "list.append"),
    "dict written out": ("x = {}\nprobe(x.keys)", "dict.keys"),
    "set written out": ("x = {1, 2}\nprobe(x.pop)", "set.pop"),
    "str literal": ("probe('x'.join)", "str.join"),
    "class parameter": ("def f(c: type[int]): probe(c)", "int"),
    "unknown result": ("import a\nprobe(a.make())", "?"),
    "subclass of outside": (
        "import datetime\nclass D(datetime.datetime): pass\nprobe(D.now)",
        "datetime.datetime.now",
    ),
    "self of outside base": (
        "from random import Random\nclass R(Random):\n  def m(self): probe(self.random)",
        "random.Random.random",
    ),
}


@pytest.mark.parametrize(("source", "expected"), TYPES.values(), ids=TYPES)
def test_simple_types(source: str, expected: str) -> None:
    expected = expected.removeprefix("None | ")
    assert probe(source) == expected


CLASSES = {
    "method": ("class C:\n  def m(self): pass\nprobe(C().m)", "main.C.m"),
    "self": ("class C:\n  def m(self): pass\n  def n(self): probe(self.m)", "main.C.m"),
    "cls": (
        "class C:\n  def m(self): pass\n  @classmethod\n  def n(cls): probe(cls().m)",
        "main.C.m",
    ),
    "staticmethod": ("class C:\n  @staticmethod\n  def n(x): probe(x)", "?"),
    "inherited": (
        "class A:\n  def m(self): pass\nclass B(A):\n  def n(self): probe(self.m)",
        "main.A.m",
    ),
    "overridden": (
        "class A:\n  def m(self): pass\nclass B(A):\n  def m(self): pass\nprobe(B().m)",
        "main.B.m",
    ),
    "super": (
        "class A:\n  def m(self): pass\nclass B(A):\n  def m(self): probe(super().m)",
        "main.A.m",
    ),
    "super through a diamond": (
        "class A:\n  def m(self): pass\nclass B(A): pass\nclass C(A):\n  def m(self): pass\n"
        "class D(B, C):\n  def m(self): probe(super().m)",
        "main.C.m",
    ),
    "generic base": (
        "from typing import Generic\nclass A(Generic[T]):\n  def m(self): pass\n"
        "class B(A[int]):\n  def n(self): probe(self.m)",
        "main.A.m",
    ),
    "nested class": ("class A:\n  class B:\n    def m(self): pass\nprobe(A.B().m)", "main.A.B.m"),
    "class attribute": ("import a\nclass C:\n  x = a.f\nprobe(C.x)", "a.f"),
    "attribute of self": (
        "from pathlib import Path\nclass C:\n  def __init__(self): self.p = Path()\n"
        "  def m(self): probe(self.p.open)",
        "pathlib.Path.open",
    ),
    "attribute of self from a parameter": (
        "from pathlib import Path\nclass C:\n  def __init__(self, p: Path): self.p = p\n"
        "  def m(self): probe(self.p.open)",
        "pathlib.Path.open",
    ),
    "annotated attribute": (
        "from pathlib import Path\nclass C:\n  p: Path\n  def m(self): probe(self.p.open)",
        "pathlib.Path.open",
    ),
    "attribute set in a base": (
        "import a\nclass A:\n  def __init__(self): self.f = a.f\n"
        "class B(A):\n  def m(self): probe(self.f)",
        "a.f",
    ),
    "property": (
        "from pathlib import Path\nclass C:\n  @property\n  def p(self) -> Path: return x\n"
        "  def m(self): probe(self.p.open)",
        "pathlib.Path.open",
    ),
    "property by its return": (
        "import time\nclass C:\n  @property\n  def clock(self): return time.time\n"
        "  def m(self): probe(self.clock)",
        "time.time",
    ),
    "call of an object": (
        "import time\nclass C:\n  def __call__(self): return time.time\nprobe(C()())",
        "time.time",
    ),
    "type of self": ("class C:\n  x = print\n  def m(self): probe(type(self).x)", "print"),
    "dict of self": (
        "class C:\n  def __init__(self): self.f = print\n  def m(self): probe(vars(self)['f'])",
        "print",
    ),
    "method alias": ("class C:\n  def m(self): pass\n  n = m\nprobe(C().n)", "main.C.m"),
    "own base": ("class C(C):\n  def m(self): probe(self.m)", "main.C.m"),
    "unknown member": ("class C:\n  def m(self): probe(self.nothing)", "?"),
    "conditional base": (
        "try:\n  from a import B\nexcept ImportError:\n  B = object\n"
        "class C(B):\n  def m(self): probe(self.m)",
        "main.C.m",
    ),
}


@pytest.mark.parametrize(("source", "expected"), CLASSES.values(), ids=CLASSES)
def test_classes(source: str, expected: str) -> None:
    assert probe(source) == expected


def test_base_from_another_module() -> None:
    files = {"base": "import time\nclass Base:\n    def clock(self):\n        return time.time\n"}
    source = "import base\nclass C(base.Base):\n    def m(self):\n        probe(self.clock())\n"
    assert probe(source, files) == "time.time"


ORDERS = {
    "diamond": ("class A: pass\nclass B(A): pass\nclass C(A): pass\nclass D(B, C): pass", "DBCA"),
    "left first": ("class A: pass\nclass B: pass\nclass D(A, B): pass", "DAB"),
    "c3": (
        "class O: pass\nclass A(O): pass\nclass B(O): pass\nclass C(O): pass\n"
        "class K(A, B): pass\nclass L(B, C): pass\nclass D(K, L): pass",
        "DKALBCO",
    ),
    "impossible": ("class A: pass\nclass B(A): pass\nclass D(A, B): pass", None),
    "unknown base": ("class D(f()): pass", None),
}


@pytest.mark.parametrize(("source", "expected"), ORDERS.values(), ids=ORDERS)
def test_method_resolution_order(source: str, expected: str | None) -> None:
    project = Project({"main": source})
    module = project.program.modules["main"]
    number = next(c.number for c in module.facts.classes if c.name == "D")
    order = project.program.mro(ProjectClass("main", number))
    names = None if order is None else "".join(project.describe(k)[-1] for k in order)
    assert names == expected


def test_the_order_is_that_of_python() -> None:
    source = ORDERS["c3"][0]
    namespace: dict[str, type] = {}
    exec(source, namespace)
    python = "".join(kind.__name__ for kind in namespace["D"].__mro__[:-1])
    assert python == ORDERS["c3"][1]


def test_every_expression_of_the_library_has_a_meaning() -> None:
    for path in sample()[:12]:
        text = path.read_text(errors="ignore")
        try:
            project = Project({"main": text})
            module = project.program.modules["main"]
        except AssertionError:
            continue
        for expression in module.facts.expressions:
            first = project.program.resolve(module, expression)
            assert first
            assert project.program.resolve(module, expression) == first

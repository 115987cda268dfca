"""What a workflow reaches, and how."""

from __future__ import annotations

from textwrap import dedent

import pytest

from lint_rules.program import ProjectClass
from lint_rules.program.reach import Reach, Walks, is_workflow
from tests.lint_rules.program.projects import Project

HEAD = """
import asyncio, functools, time
from dataclasses import dataclass, field
from ntro.workflow import NtroWorkflow, activity, runbook
"""


def reach_of(body: str, files: dict[str, str] | None = None) -> tuple[Project, Reach]:
    project = Project({"main": HEAD + dedent(body), **(files or {})})
    module = project.program.modules["main"]
    [number] = [
        c.number for c in module.facts.classes if is_workflow(project.program, module, c.number)
    ]
    return project, Walks(project.program).from_workflows([ProjectClass("main", number)])


def outside(body: str, files: dict[str, str] | None = None) -> set[str]:
    """Return the names under `hazard` that the workflow reaches."""
    project, found = reach_of(body, files)
    names = {project.describe(exit_.edge.target) for exit_ in found.outside}
    return {name.removeprefix("hazard.") for name in names if name.startswith("hazard.")}


def workflow(statements: str, extra: str = "") -> str:
    inner = "".join(f"        {line}\n" for line in dedent(statements).strip().split("\n"))
    return (
        "import hazard\n"
        + dedent(extra)
        + "\n@runbook.defn\nclass W(NtroWorkflow):\n    @runbook.run\n"
        + "    async def run(self, ctx):\n"
        + inner
    )


HELPER = "def helper(*args):\n    hazard.f()\n"
SHAPES = {
    "direct": ("hazard.f()", ""),
    "helper": ("helper()", HELPER),
    "alias": ("h = helper\nh()", HELPER),
    "lambda": ("(lambda: hazard.f())()", ""),
    "lambda kept": ("g = lambda: hazard.f()\ng()", ""),
    "nested function": ("def g(): hazard.f()\ng()", ""),
    "comprehension": ("[hazard.f() for _ in x]", ""),
    "default of nothing": ("helper()", "def helper(a=1): hazard.f()\n"),
    "map": ("list(map(helper, x))", HELPER),
    "sorted key": ("sorted(x, key=helper)", HELPER),
    "sorted lambda": ("sorted(x, key=lambda y: hazard.f())", ""),
    "gather": ("await asyncio.gather(*[helper()])", HELPER),
    "partial": ("functools.partial(helper, 1)()", HELPER),
    "partial passed": ("map(functools.partial(helper, 1), x)", HELPER),
    "run_step": ("await self.run_step('a', helper)", HELPER),
    "wait_condition": ("await runbook.wait_condition(lambda: hazard.f())", ""),
    "own higher-order function": ("apply(helper)", HELPER + "def apply(f): return f()\n"),
    "in a list": ("apply([helper])", HELPER + "def apply(f): return f[0]()\n"),
    "constructor": ("C()", "class C:\n  def __init__(self): hazard.f()\n"),
    "post init": ("C()", "@dataclass\nclass C:\n  def __post_init__(self): hazard.f()\n"),
    "inherited constructor": (
        "D()",
        "class C:\n  def __init__(self): hazard.f()\nclass D(C): pass\n",
    ),
    "default factory": (
        "C()",
        "@dataclass\nclass C:\n  x: int = field(default_factory=lambda: hazard.f())\n",
    ),
    "validator": (
        "C()",
        "import pydantic\nclass C(pydantic.BaseModel):\n"
        "  @pydantic.field_validator('x')\n  def v(cls, x): hazard.f()\n",
    ),
    "property": ("C().p", "class C:\n  @property\n  def p(self): hazard.f()\n"),
    "context manager": (
        "with C(): pass",
        "class C:\n  def __enter__(self): hazard.f()\n",
    ),
    "exit": ("async with C(): pass", "class C:\n  async def __aexit__(self, *a): hazard.f()\n"),
    "iteration": ("for x in C(): pass", "class C:\n  def __iter__(self): hazard.f()\n"),
    "comprehension over": ("[1 for x in C()]", "class C:\n  def __iter__(self): hazard.f()\n"),
    "format": ("c = C()\nf'{c}'", "class C:\n  def __format__(self, s): hazard.f()\n"),
    "str": ("str(C())", "class C:\n  def __str__(self): hazard.f()\n"),
    "operator": ("C() + 1", "class C:\n  def __add__(self, o): hazard.f()\n"),
    "right operator": ("1 + C()", "class C:\n  def __radd__(self, o): hazard.f()\n"),
    "comparison": ("C() == 1", "class C:\n  def __eq__(self, o): hazard.f()\n"),
    "truth": ("if C(): pass", "class C:\n  def __bool__(self): hazard.f()\n"),
    "subscript": ("C()['x']", "class C:\n  def __getitem__(self, k): hazard.f()\n"),
    "set item": ("C()['x'] = 1", "class C:\n  def __setitem__(self, k, v): hazard.f()\n"),
    "call of an object": ("C()()", "class C:\n  def __call__(self): hazard.f()\n"),
    "method": ("C().m()", "class C:\n  def m(self): hazard.f()\n"),
    "typed parameter": ("g(C())", "class C:\n  def m(self): hazard.f()\ndef g(c: C): c.m()\n"),
    "wrapper": (
        "g()",
        "def deco(fn):\n  def wrapper(*a):\n    hazard.f()\n    return fn(*a)\n  return wrapper\n"
        "@deco\ndef g(): pass\n",
    ),
    "wrapper with arguments": (
        "g()",
        "def deco(n):\n  def outer(fn):\n    def wrapper(*a):\n      hazard.f()\n"
        "    return wrapper\n  return outer\n@deco(1)\ndef g(): pass\n",
    ),
    "recursion": ("g(1)", "def g(n):\n  hazard.f()\n  g(n - 1)\n"),
    "getattr": ("getattr(C(), 'm')()", "class C:\n  def m(self): hazard.f()\n"),
}


@pytest.mark.parametrize(("statements", "extra"), SHAPES.values(), ids=SHAPES)
def test_hidden_calls_are_reached(statements: str, extra: str) -> None:
    assert outside(workflow(statements, extra)) == {"f"}


HARMLESS = {
    "never called": ("pass", HELPER),
    "activity": (
        "await runbook.execute_activity(act, 1)",
        "@activity.defn\nasync def act(x): hazard.f()\n",
    ),
    "plain function as activity": ("await runbook.execute_activity(helper, 1)", HELPER),
    "activity by run_step": (
        "await self.run_step('a', act)",
        "@activity.defn\nasync def act(x): hazard.f()\n",
    ),
    "activity called": ("await act(1)", "@activity.defn\nasync def act(x): hazard.f()\n"),
    "child workflow": (
        "await runbook.execute_child_workflow(V.run, 1)",
        "class V:\n  def run(self): hazard.f()\n",
    ),
    "nested function never called": ("def g(): hazard.f()", ""),
    "lambda never called": ("g = lambda: hazard.f()", ""),
    "method of another class": ("C()", "class C:\n  def m(self): hazard.f()\n"),
}


@pytest.mark.parametrize(("statements", "extra"), HARMLESS.values(), ids=HARMLESS)
def test_what_is_not_called_is_not_reached(statements: str, extra: str) -> None:
    assert outside(workflow(statements, extra)) == set()


def test_entry_points() -> None:
    found = outside("""
        import hazard
        from temporalio import workflow
        @runbook.defn
        class W(NtroWorkflow):
            def __init__(self): hazard.init()
            @runbook.run
            async def run(self, ctx): hazard.run()
            @runbook.step(name="a")
            async def a(self): hazard.step()
            @runbook.signal
            def b(self): hazard.signal()
            @runbook.query
            def c(self): hazard.query()
            @workflow.update
            def d(self): hazard.update()
            @d.validator
            def e(self): hazard.validator()
            def on_row_action(self, action): hazard.hook()
            def unused(self): hazard.unused()
    """)
    assert found == {"init", "run", "step", "signal", "query", "update", "validator", "hook"}


def test_a_base_method_calls_the_override_of_the_workflow() -> None:
    found = outside(
        """
        import hazard
        from base import Base
        @runbook.defn
        class W(Base):
            def hook(self): hazard.override()
            @property
            def fact(self): return hazard.fact()
        """,
        {
            "base": """
            import hazard
            from ntro.workflow import runbook
            class Base:
                @runbook.run
                async def run(self, ctx):
                    self.hook()
                    self.fact
                    (lambda: self.other())()
                def hook(self): hazard.base()
                def other(self): self.hook()
                @property
                def fact(self): return 1
            """
        },
    )
    assert found == {"override", "fact"}


def test_super_reaches_the_base() -> None:
    body = """
        import hazard
        class A:
            def m(self): hazard.a()
        class B(A):
            def m(self):
                super().m()
        @runbook.defn
        class W(B):
            @runbook.run
            async def run(self, ctx): self.m()
    """
    assert outside(body) == {"a"}


def test_the_chain_leads_from_the_entry_point() -> None:
    project, found = reach_of(
        workflow("one()", "from other import two\ndef one():\n    two()\n"),
        {"other": "import hazard\ndef two():\n    hazard.f()\n"},
    )
    [exit_] = [e for e in found.outside if project.describe(e.edge.target) == "hazard.f"]
    names = [project.describe(step.function) for step in exit_.via.chain()]
    assert names == ["main.W.run", "main.one", "other.two"]
    assert exit_.edge.module == "other"
    module = project.program.modules["other"]
    assert module.facts.span(module.facts.expressions[exit_.edge.at])[:2] == (3, 5)


def test_activities_called_directly_are_told() -> None:
    project, found = reach_of(workflow("await act(1)", "@activity.defn\nasync def act(x): ...\n"))
    assert [project.describe(e.edge.target) for e in found.activities] == ["main.act"]


def test_unknown_calls_are_named() -> None:
    _, found = reach_of(workflow("ctx.method()\nmystery()"))
    reasons = sorted(e.edge.target.reason for e in found.unknown)
    assert reasons == ["a parameter", "mystery is bound nowhere"]


def test_only_reached_modules_are_loaded() -> None:
    project, _ = reach_of(
        workflow("used.f()", "import used, unused\n"),
        {"used": "def f(): pass\ndef g():\n  import never\n", "unused": "", "never": ""},
    )
    assert sorted(m.name for m in project.program.modules.loaded) == ["main", "used"]


def test_a_thousand_functions_in_a_row() -> None:
    functions = "".join(f"def f{n}(): f{n + 1}()\n" for n in range(1000))
    body = workflow("f0()", f"{functions}def f1000(): hazard.f()\n")
    assert outside(body) == {"f"}


def test_a_chain_of_five_hundred_modules_is_followed_to_its_end() -> None:
    files = {
        f"m{n}": f"from m{n + 1} import f{n + 1}\ndef f{n}(x):\n    return f{n + 1}(x)\n"
        for n in range(500)
    }
    files["m500"] = "import hazard\ndef f500(x):\n    return hazard.f(x)\n"
    body = workflow("f0(1)", "from m0 import f0\n")
    assert outside(body, files) == {"f"}


def test_steps_are_reached_through_run_and_alone_only_when_nobody_calls_them() -> None:
    project, found = reach_of(
        """
        import hazard
        @runbook.defn
        class W(NtroWorkflow):
            @runbook.step(name="one")
            async def one(self): hazard.a()
            @runbook.step(name="two")
            async def two(self): hazard.b()
            @runbook.run
            async def run(self, ctx): await self.one()
        """
    )
    chains = {
        project.describe(exit_.edge.target): [
            project.describe(step.function) for step in exit_.via.chain()
        ]
        for exit_ in found.outside
    }
    assert chains["hazard.a"] == ["main.W.run", "main.W.one"]
    assert chains["hazard.b"] == ["main.W.two"]

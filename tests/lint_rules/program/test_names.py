"""What names mean: aliases, scopes, order, lookups by a constant name."""

from __future__ import annotations

import pytest

from tests.lint_rules.program.projects import Project, probe

OUTSIDE = {
    "import": ("import time\nprobe(time.time)", "time.time"),
    "import as": ("import time as t\nprobe(t.time)", "time.time"),
    "from": ("from time import time\nprobe(time)", "time.time"),
    "from as": ("from time import time as now\nprobe(now)", "time.time"),
    "dotted": ("import os.path\nprobe(os.path.exists)", "os.path.exists"),
    "dotted as": ("import os.path as p\nprobe(p.exists)", "os.path.exists"),
    "third party": ("import requests\nprobe(requests.get)", "requests.get"),
    "builtin": ("probe(open)", "open"),
    "builtin hidden": ("def open(): pass\nprobe(open)", "main.open"),
    "builtins module": ("import builtins\nprobe(builtins.open)", "open"),
    "rebound": ("import time\nclock = time.time\nprobe(clock)", "time.time"),
    "rebound twice": ("import time\na = time\nb = a.time\nprobe(b)", "time.time"),
    "pair": ("import time, uuid\na, b = time.time, uuid.uuid4\nprobe(b)", "uuid.uuid4"),
    "walrus": ("import time\nif (c := time.time): probe(c)", "time.time"),
    "conditional expression": ("import a, b\nx = a.f if y else b.f\nprobe(x)", "a.f | b.f"),
    "or": ("import a, b\nx = a.f or b.f\nprobe(x)", "a.f | b.f"),
    "conditional import": (
        "try:\n  import fast as j\nexcept ImportError:\n  import json as j\nprobe(j.loads)",
        "fast.loads | json.loads",
    ),
    "conditional import with None": (
        "try:\n  import fast\nexcept ImportError:\n  fast = None\nprobe(fast)",
        "None | fast",
    ),
    "type checking import": ("if TYPE_CHECKING:\n  from a import B\nprobe(B)", "a.B"),
    "import in a function": ("def f():\n  import time\n  probe(time.time)", "time.time"),
    "getattr": ("import time\nprobe(getattr(time, 'time'))", "time.time"),
    "getattr default": ("import time\nprobe(getattr(time, 'x', None))", "None | time.x"),
    "getattr computed": ("import time\nprobe(getattr(time, name))", "?"),
    "import_module": ("import importlib\nprobe(importlib.import_module('time').time)", "time.time"),
    "import_module dotted": (
        "from importlib import import_module as i\nprobe(i('os.path').exists)",
        "os.path.exists",
    ),
    "__import__": ("probe(__import__('os.path').getpid)", "os.getpid"),
    "vars": ("import time\nprobe(vars(time)['time'])", "time.time"),
    "__dict__": ("import random\nprobe(random.__dict__['choice'])", "random.choice"),
    "globals": ("import time\nprobe(globals()['time'].time)", "time.time"),
    "attrgetter": (
        "import operator, datetime as d\nprobe(operator.attrgetter('now')(d.datetime))",
        "datetime.datetime.now",
    ),
    "attrgetter dotted": (
        "from operator import attrgetter as g\nimport datetime as d\nprobe(g('datetime.now')(d))",
        "datetime.datetime.now",
    ),
    "partial": (
        "import functools, time\nprobe(functools.partial(time.sleep, 1))",
        "partial time.sleep",
    ),
    "partial func": ("from functools import partial\nprobe(partial(print, 1).func)", "print"),
    "dict of functions": ("import time\nd = {'a': time.time}\nprobe(d['a'])", "time.time"),
    "lambda result": ("import time\nf = lambda: time\nprobe(f().time)", "time.time"),
    "returned module": ("import time\ndef f():\n  return time\nprobe(f().time)", "time.time"),
    "returned function": ("import time\ndef f():\n  return time.time\nprobe(f())", "time.time"),
    "default argument": ("import time\ndef f(c=time.time):\n  probe(c)", "? | time.time"),
    "annotated default": (
        "import time\ndef f(c: object = time.time):\n  probe(c)",
        "object() | time.time",
    ),
    "modules of modules": ("import logging\nprobe(logging.time.time)", "logging.time.time"),
    "cast": ("from typing import cast\nimport time\nprobe(cast(int, time.time))", "time.time"),
    "outside star": ("from os import *\nprobe(getpid)", "os.getpid"),
    "undefined": ("probe(nothing)", "?"),
    "itself": ("x = x.y\nprobe(x)", "?"),
    "circle": ("def f(): return g()\ndef g(): return f()\nprobe(f())", "?"),
    "unpacked": ("a, b = f()\nprobe(a)", "?"),
    "loop": ("for a in b: probe(a)", "?"),
}


@pytest.mark.parametrize(("source", "expected"), OUTSIDE.values(), ids=OUTSIDE)
def test_what_a_name_means(source: str, expected: str) -> None:
    assert probe(source) == expected


SCOPES = {
    "closure": ("import a\ndef f():\n  x = a.b\n  def g():\n    probe(x)", "a.b"),
    "local hides module": ("import a, b\nx = a.f\ndef f():\n  x = b.f\n  probe(x)", "b.f"),
    "class scope is skipped": (
        "import a, b\nx = a.f\nclass C:\n  x = b.f\n  def m(s): probe(x)",
        "a.f",
    ),
    "class scope in its body": ("import a, b\nx = a.f\nclass C:\n  x = b.f\n  probe(x)", "b.f"),
    "class body before it binds the name": (
        "import a, b\nx = a.f\nclass C:\n  probe(x)\n  x = b.f",
        "a.f",
    ),
    "class body binds the name to what it was": (
        "import a\nx = a.f\nclass C:\n  x = probe(x)",
        "a.f",
    ),
    "decorator and method of one name": (
        "import a\nx = a.f\nclass C:\n  @probe(x)\n  def x(self): pass",
        "a.f",
    ),
    "global of a class is not one of its methods": (
        "import a, b\nx = a.f\ndef f(x=b.f):\n  class C:\n    global x\n    def m(s): probe(x)",
        "? | b.f",
    ),
    "class scope and comprehension": (
        "import a, b\nx = a.f\nclass C:\n  x = b.f\n  y = [probe(x) for _ in z]",
        "a.f",
    ),
    "comprehension variable": ("import a\nx = a.f\ny = [probe(x) for x in z]", "?"),
    "comprehension does not leak": ("import a\nx = a.f\ny = [x for x in z]\nprobe(x)", "a.f"),
    "global": ("import a, b\nx = a.f\ndef f():\n  global x\n  probe(x)", "a.f"),
    "global written": ("import a\ndef f():\n  global x\n  x = a.f\ndef g(): probe(x)", "a.f"),
    "nonlocal": ("import a\ndef f():\n  x = a.f\n  def g():\n    nonlocal x\n    probe(x)", "a.f"),
    "parameter hides": ("import time\ndef f(time): probe(time.time)", "?"),
    "later wins": ("import a, b\nx = a.f\nx = b.f\nprobe(x)", "b.f"),
    "earlier for an earlier reader": ("import a, b\nx = a.f\nprobe(x)\nx = b.f", "a.f"),
    "condition adds": ("import a, b\nx = a.f\nif y:\n  x = b.f\nprobe(x)", "a.f | b.f"),
    "in the branch": ("import a, b\nx = a.f\nif y:\n  x = b.f\n  probe(x)", "b.f"),
    "loop brings it back": ("import a, b\nx = a.f\nwhile y:\n  probe(x)\n  x = b.f", "a.f | b.f"),
    "functions see the last": ("import a, b\nx = a.f\ndef g(): probe(x)\nx = b.f", "b.f"),
    "comprehension sees order": (
        "import a, b\ndef f():\n  x = b.f\n  x = a.f\n  [probe(x) for _ in y]\n  x = b.f",
        "a.f",
    ),
    "nonlocal written": (
        "import a, b\ndef f():\n  x = a.f\n  def g():\n    nonlocal x\n    x = b.f\n  g()\n"
        "  probe(x)",
        "a.f | b.f",
    ),
    "global written twice": (
        "import a, b\nx = a.f\ndef f():\n  global x\n  x = b.f\ndef g(): probe(x)",
        "a.f | b.f",
    ),
    "deleted": ("import a\nx = a.f\ndel x\nprobe(x)", "a.f"),
    "with": ("import a\nwith a.B() as x: probe(x)", "a.B()"),
    "except": (
        "import a\ntry: pass\nexcept (a.E, ValueError) as x: probe(x)",
        "ValueError() | a.E()",
    ),
}


@pytest.mark.parametrize(("source", "expected"), SCOPES.values(), ids=SCOPES)
def test_scopes(source: str, expected: str) -> None:
    assert probe(source) == expected


MODULES = {
    "function": ("from helpers import f\nprobe(f)", {"helpers": "def f(): pass"}, "helpers.f"),
    "module": ("import helpers\nprobe(helpers.f)", {"helpers": "def f(): pass"}, "helpers.f"),
    "alias elsewhere": (
        "from helpers import clock\nprobe(clock)",
        {"helpers": "import time\nclock = time.time"},
        "time.time",
    ),
    "its imports": (
        "import helpers\nprobe(helpers.time.time)",
        {"helpers": "import time"},
        "time.time",
    ),
    "re-export": (
        "from pkg import f\nprobe(f)",
        {"pkg.__init__": "from .inner import f", "pkg.inner": "def f(): pass"},
        "pkg.inner.f",
    ),
    "re-export of a re-export": (
        "import pkg\nprobe(pkg.g)",
        {
            "pkg.__init__": "from .a import f as g",
            "pkg.a": "from pkg.b import f",
            "pkg.b": "from time import time as f",
        },
        "time.time",
    ),
    "star": (
        "from pkg import *\nprobe(f)",
        {"pkg.__init__": "from .inner import *", "pkg.inner": "def f(): pass"},
        "pkg.inner.f",
    ),
    "star and __all__": ("from m import *\nprobe(f)", {"m": "__all__ = ['g']\ndef f(): pass"}, "?"),
    "star and __all__ with underscore": (
        "from m import *\nprobe(_f)",
        {"m": "__all__ = ['_f']\ndef _f(): pass"},
        "m._f",
    ),
    "star and underscore": ("from m import *\nprobe(_f)", {"m": "def _f(): pass"}, "?"),
    "star before builtin": ("from m import *\nprobe(open)", {"m": "def open(): pass"}, "m.open"),
    "submodule": (
        "import pkg.sub\nprobe(pkg.sub.f)",
        {"pkg.__init__": "", "pkg.sub": "def f(): pass"},
        "pkg.sub.f",
    ),
    "submodule from": (
        "from pkg import sub\nprobe(sub.f)",
        {"pkg.__init__": "", "pkg.sub": "f = 1"},
        "int()",
    ),
    "missing": ("import m\nprobe(m.f)", {"m": ""}, "?"),
    "import cycle": ("import a\nprobe(a.f)", {"a": "from b import f", "b": "from a import f"}, "?"),
    "star cycle": (
        "from a import *\nprobe(f)",
        {"a": "from b import *", "b": "from a import *"},
        "?",
    ),
    "star cycle with a hit": (
        "from a import *\nprobe(f)",
        {"a": "from b import *", "b": "from a import *\ndef f(): pass"},
        "b.f",
    ),
    "project hides stdlib": (
        "import random\nprobe(random.choice)",
        {"random": "def choice(): pass"},
        "random.choice",
    ),
}


@pytest.mark.parametrize(("source", "files", "expected"), MODULES.values(), ids=MODULES)
def test_names_across_modules(source: str, files: dict[str, str], expected: str) -> None:
    assert probe(source, files) == expected


RELATIVE = {
    "sibling": ("from .b import f\nprobe(f)", "pkg.b.f"),
    "sibling module": ("from . import b\nprobe(b.f)", "pkg.b.f"),
    "parent": ("from ..top import g\nprobe(g)", "?"),
    "too far": ("from .... import g\nprobe(g)", "?"),
}


@pytest.mark.parametrize(("source", "expected"), RELATIVE.values(), ids=RELATIVE)
def test_relative_imports(source: str, expected: str) -> None:
    files = {"pkg.__init__": "", "pkg.a": source, "pkg.b": "def f(): pass"}
    assert Project(files).probed("pkg.a") == [expected]


def test_modules_are_loaded_only_when_needed() -> None:
    project = Project({"main": "import a, b\nprobe(a.f)", "a": "def f(): pass", "b": "", "c": ""})
    project.probed()
    assert "b" not in project.loads
    assert sorted(module.name for module in project.program.modules.loaded) == ["a", "main"]

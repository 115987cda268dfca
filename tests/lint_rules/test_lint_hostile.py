"""Whatever lies in a project: an answer or NTR901, in time and in little memory."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from tests.lint_rules.facts.test_hostile_input import NESTED
from tests.lint_rules.linted import flow, lint_texts, lint_tree, spots, within, write

CLOCK = b"import time\ndef stamp():\n    return time.time()\n"
BY_HELPER = flow("return stamp()", "from clock import stamp")
READ = ["clock.py:3 NTR101"]

TEXTS: dict[str, tuple[bytes, list[str]]] = {
    "byte order mark": (b"\xef\xbb\xbf" + CLOCK, READ),
    "two marks": (b"\xef\xbb\xbf" * 2 + CLOCK, ["clock.py:1 NTR901"]),
    "latin-1 with a cookie": (CLOCK + b"x = '\xe9'\n", ["clock.py:4 NTR901"]),
    "latin-1 without": (b"# coding: latin-1\n" + CLOCK + b"x = '\xe9'\n", ["clock.py:4 NTR101"]),
    "mark and other cookie": (b"\xef\xbb\xbf# coding: latin-1\n" + CLOCK, ["clock.py:1 NTR901"]),
    "unknown cookie": (b"# coding: klingon\n" + CLOCK, ["clock.py:1 NTR901"]),
    "utf-16": (CLOCK.decode().encode("utf-16"), ["clock.py:1 NTR901"]),
    "utf-32": (CLOCK.decode().encode("utf-32"), ["clock.py:1 NTR901"]),
    "surrogates": (CLOCK + b"x = '\xed\xa0\x80'\n", ["clock.py:4 NTR901"]),
    "nul": (b"\0", ["clock.py:1 NTR901"]),
    "nul in a string": (CLOCK + b"x = '\0'\n", ["clock.py:1 NTR901"]),
    "nothing": (b"", []),
    "carriage returns": (CLOCK.replace(b"\n", b"\r"), READ),
    "both line ends": (CLOCK.replace(b"\n", b"\r\n", 2) + b"\x0c\n", READ),
    "no last line end": (CLOCK.rstrip(), READ),
    "unfinished": (CLOCK + b"x = (1,\n", ["clock.py:4 NTR901"]),
    "other line ends": (CLOCK + "x = '\u2028\u2029\x85'\n".encode(), READ),
    "long line": (CLOCK + b"x = [" + b"f(), " * 5_000 + b"]\n", READ),
    "long string": (CLOCK + b"x = '" + b"a" * 500_000 + b"'\n", READ),
    "many lines": (CLOCK + b"\n" * 100_000, READ),
    "large number": (CLOCK + b"x = 0x" + b"f" * 50_000 + b"\n", READ),
    "outside a function": (CLOCK + b"return 1\nyield 2\nawait 3\nbreak\n", READ),
    "strange declarations": (CLOCK + b"global x\nclass A:\n  global y\n  nonlocal z\n", READ),
    "double parameters": (CLOCK + b"def f(a, a): pass\n", READ),
    "empty targets": (CLOCK + b"() = []\n[] = ()\n(a), [b, *(c)] = d\ndel (), [a]\n", READ),
}


@pytest.mark.parametrize(("text", "found"), TEXTS.values(), ids=TEXTS)
def test_any_text_gets_an_answer(text: bytes, found: list[str]) -> None:
    with within(5):
        assert spots(lint_texts({"flow.py": BY_HELPER, "clock.py": text})) == found


def test_letters_that_python_takes_for_others_hide_nothing() -> None:
    assert spots(lint_texts({"flow.py": flow("return \uff54ime.time()")})) == ["flow.py:14 NTR101"]


@pytest.mark.parametrize("depth", [90, 400, 990, 5_000])
@pytest.mark.parametrize("shape", NESTED)
def test_deep_nesting_in_a_function_gets_an_answer(shape: str, depth: int) -> None:
    body = NESTED[shape](depth)
    run = flow("return 1").replace("return 1", indent(body, " " * 8).lstrip(" "), 1)
    with within(10):
        found = {f.code for f in lint_texts({"flow.py": run}).findings}
    assert found <= {"NTR901", "NTR122"}


def test_a_long_sum_at_import_time_is_looked_through() -> None:
    value = "X = " + " + ".join(["given"] * 400 + ["time.time()"])
    report = lint_texts({"flow.py": flow("return X", value)})
    assert spots(report) == ["flow.py:9 NTR117"]


DEEP_SUM = "+".join(["given"] * 990)
DEEP_USES = {
    "a value of the module": "return X",
    "a choice": f"time.time() and ({DEEP_SUM})",
    "a seed": f"return random.Random({DEEP_SUM}).random()",
    "a loop over a set": (f"for x in {{given, 1}}:\n    if {DEEP_SUM}:\n        y = x\nreturn y"),
}


@pytest.mark.parametrize("body", DEEP_USES.values(), ids=DEEP_USES)
def test_a_long_sum_can_be_used_anywhere(body: str) -> None:
    with within(5):
        lint_texts({"flow.py": flow(body, f"X = {DEEP_SUM}")})


CIRCLES: dict[str, tuple[str, str]] = {
    "function": ("return f(3)", "def f(n): return f(n - 1) if n else time.time()"),
    "functions": ("return f(3)", "def f(n): return g(n)\ndef g(n): return f(n) + time.time()"),
    "lambda": ("f = lambda n: f(n - 1) if n else time.time()\nreturn f(3)", ""),
    "lambdas": ("return f()", "f = lambda: g()\ng = lambda: f() or time.time()"),
    "super": (
        "return B().f()",
        "class A:\n    def f(self): return self.f() + time.time()\n"
        "class B(A):\n    def f(self): return super().f()",
    ),
    "property": (
        "return A().p",
        "class A:\n    @property\n    def p(self): return self.p or time.time()",
    ),
    "getattr": (
        "return A().b.c.d",
        "class A:\n    def __getattr__(self, name): return time.time() and A()",
    ),
    "bases": (
        "return A().f()",
        "class A(B):\n    def f(self): return time.time()\nclass B(A): pass",
    ),
    "own base": ("return A().f()", "class A(A):\n    def f(self): return time.time()"),
    "own metaclass": (
        "return A().f()",
        "class A(metaclass=A):\n    def f(self): return time.time()",
    ),
    "own decorator": ("return f()", "@f\ndef f(): return time.time()"),
    "decorator of itself": ("return f()", "def d(f): return d\n@d\ndef f(): return time.time()"),
    "name": ("x = x\ny = z\nz = y\nreturn x(), y(), z(), time.time()", ""),
    "partial": ("f = partial(f, 1)\nreturn f(), time.time()", ""),
    "loop": ("f = time.time\nfor f in f: f = f or f()\nreturn f(time.time())", ""),
    "default": ("return f()", "def f(a=lambda: f()): return a() + time.time()"),
    "generator": ("return [*f()]", "def f():\n    yield from f()\n    yield time.time()"),
    "container": ("a = [time.time()]\na.append(a)\na[0] = a\nreturn a[0][0][0]", ""),
    "attribute": ("self.a = self\nself.a.a.a.b = time.time()\nreturn self.a.b", ""),
}


@pytest.mark.parametrize(("body", "around"), CIRCLES.values(), ids=CIRCLES)
def test_what_goes_in_a_circle_is_gone_through_once(body: str, around: str) -> None:
    with within(5):
        report = lint_texts({"flow.py": flow(body, around)})
    assert "NTR101" in {f.code for f in report.findings}


CRASHES: dict[str, tuple[str, str, dict[str, str]]] = {
    "a wrapper that its own decorator decorates": (
        "return f()",
        "def d(f):\n    @d\n    def w(): return time.time()\n    return w\n@d\ndef f(): ...",
        {},
    ),
    "objects that are called through objects": (
        "return A()()",
        "class A:\n    def __init__(self): self.__call__ = A() or time.time()",
        {},
    ),
    "a name that modules import from each other": (
        "x.append(time.time())",
        "from a import x",
        {"a.py": "from b import x", "b.py": "from a import x"},
    ),
}


@pytest.mark.parametrize(("body", "around", "more"), CRASHES.values(), ids=CRASHES)
def test_no_circle_is_gone_through_for_ever(body: str, around: str, more: dict[str, str]) -> None:
    with within(5):
        report = lint_texts({"flow.py": flow(body, around), **more})
    assert "NTR101" in {f.code for f in report.findings}


IMPORTS = {
    "from each other": {"a": "from b import stamp, f", "b": "from a import stamp\nf = stamp"},
    "itself": {"a": "import a\nfrom a import stamp, a as b\nf = b.a.stamp"},
    "stars": {"a": "from b import *", "b": "from c import *", "c": "from a import *"},
    "star of itself": {"a": "from a import *"},
    "package and module": {"a/__init__": "from .b import *", "a/b": "from . import *"},
}


@pytest.mark.parametrize("modules", IMPORTS.values(), ids=IMPORTS)
def test_imports_in_circles_end(modules: dict[str, str]) -> None:
    files = {f"{name}.py": text for name, text in modules.items()}
    workflow = flow("stamp()\nf()\nreturn time.time()", "from a import *\nfrom a import stamp")
    with within(5):
        report = lint_texts(files | {"flow.py": workflow})
    assert spots(report) == ["flow.py:17 NTR101"]


def test_a_way_out_of_a_circle_of_imports_is_taken() -> None:
    files = {
        "a.py": "try:\n    from b import f\nexcept ImportError:\n    from time import time as f\n",
        "b.py": "from a import f\n",
        "flow.py": flow("return f()", "from b import f"),
    }
    with within(5):
        assert spots(lint_texts(files)) == ["flow.py:14 NTR101"]


def test_a_tree_full_of_traps_is_linted_around_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"pyproject.toml": "", "flow.py": BY_HELPER, "clock.py": CLOCK})
    write(tmp_path, {"other.py": flow("return 1"), "deep/x.py": ""})
    (tmp_path / "self.py").symlink_to(tmp_path / "self.py")
    (tmp_path / "nowhere.py").symlink_to(tmp_path / "missing.py")
    (tmp_path / "deep/up").symlink_to(tmp_path)
    (tmp_path / "folder.py").mkdir()
    os.mkfifo(tmp_path / "pipe.py")
    real = os.open

    def refusing(path: Any, *rest: Any) -> int:
        if Path(path).name == "other.py":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *rest)

    monkeypatch.setattr(os, "open", refusing)
    with within(5):
        assert spots(lint_tree(tmp_path, {})) == [*READ, "other.py:1 NTR901"]


@pytest.mark.parametrize("trap", ["self.py", "pipe.py", "clock.py"])
def test_a_trap_that_is_imported_is_no_module(trap: str, tmp_path: Path) -> None:
    name = trap.removesuffix(".py")
    if trap == "pipe.py":
        os.mkfifo(tmp_path / trap)
    else:
        (tmp_path / trap).symlink_to(tmp_path / trap)
    workflow = flow("return f(time.time())", f"from {name} import f")
    with within(5):
        assert spots(lint_tree(tmp_path, {"flow.py": workflow})) == ["flow.py:14 NTR101"]


def test_a_helper_that_cannot_be_read_is_reported_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"flow.py": BY_HELPER, "clock.py": CLOCK})
    real = os.open

    def refusing(path: Any, *rest: Any) -> int:
        if Path(path).name == "clock.py":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *rest)

    monkeypatch.setattr(os, "open", refusing)
    assert spots(lint_tree(tmp_path, {})) == ["clock.py:1 NTR901"]

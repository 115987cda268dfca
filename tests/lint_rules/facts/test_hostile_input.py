"""Nothing a file may hold ends the process or raises."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from lint_rules.facts import ModuleFacts, ParseProblem, to_json
from lint_rules.facts.collect import collect
from lint_rules.facts.depth import MAX_CHAIN, on_a_fresh_stack
from lint_rules.facts.parsing import MAX_BYTES

NESTED = {
    "parentheses": lambda n: "(" * n + "1" + ")" * n,
    "lists": lambda n: "[" * n + "]" * n,
    "calls": lambda n: "f(" * n + ")" * n,
    "call chain": lambda n: "a" + "()" * n,
    "attributes": lambda n: "a" + ".b" * n,
    "subscripts": lambda n: "a" + "[0]" * n,
    "sums": lambda n: "a" + "+a" * n,
    "powers": lambda n: "a**" * n + "b",
    "and": lambda n: "a and " * n + "b",
    "and over lines": lambda n: "(" + "a\nand " * n + "b)",
    "comparisons": lambda n: "a<" * n + "b",
    "not": lambda n: "not " * n + "x",
    "minus": lambda n: "-" * n + "1",
    "lambdas": lambda n: "lambda: " * n + "1",
    "conditionals": lambda n: "a if b else " * n + "c",
    "elif": lambda n: "if x: pass\n" + "elif y: pass\n" * n,
    "blocks": lambda n: "".join(" " * i + "if x:\n" for i in range(n)) + " " * n + "pass\n",
    "dotted import": lambda n: "import a" + ".b" * n,
    "dotted from": lambda n: "from a" + ".b" * n + " import c",
    "joined strings": lambda n: "'a' " * n,
    "joined f-strings": lambda n: "f'{x}' " * n,
    "targets": lambda n: "a=" * n + "1",
    "patterns": lambda n: "match a:\n case " + "b()|" * n + "c: pass",
    "with items": lambda n: "with " + "a as b," * n + "c: pass",
    "comprehension clauses": lambda n: "[a " + "for a in b " * n + "]",
    "decorators": lambda n: "@a\n" * n + "def f(): pass",
    "defaults": lambda n: "def f(x=" + "a and " * n + "b): pass",
    "annotation": lambda n: "def f() -> " + "a and " * n + "b: pass",
    "head": lambda n: "while " + "a and " * n + "b: pass",
    "match guard": lambda n: "match a:\n case b if " + "a and " * n + "b: pass",
    "handler": lambda n: "try: pass\nexcept " + "a and " * n + "b: pass",
}


DEPTHS = (50, 999, 5_000, 50_000)


@pytest.mark.parametrize("shape", NESTED)
def test_deep_nesting_gets_an_answer(shape: str) -> None:
    # In a process of its own: what is feared is the end of the process.
    program = (
        "import pickle, sys; from lint_rules.facts.collect import collect;"
        "print(*[type(collect(source)).__name__ for source in pickle.load(sys.stdin.buffer)])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        input=pickle.dumps([NESTED[shape](depth).encode() for depth in DEPTHS]),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()[-500:]
    answers = ran.stdout.decode().split()
    assert len(answers) == len(DEPTHS)
    assert set(answers) <= {"ModuleFacts", "ParseProblem"}
    if shape != "blocks":
        assert answers[0] == "ModuleFacts"


@pytest.mark.parametrize(
    "source", ["a" + "+a" * 900, "if x: pass\n" + "elif y: pass\n" * 900], ids=["sums", "elif"]
)
def test_long_chains_of_generated_code_are_read(source: str) -> None:
    assert isinstance(collect(source.encode()), ModuleFacts)


def _at_depth(frames: int, source: bytes) -> ModuleFacts | ParseProblem:
    return _at_depth(frames - 1, source) if frames else collect(source)


@pytest.mark.parametrize("shape", NESTED)
def test_the_answer_does_not_depend_on_the_depth_of_the_caller(shape: str) -> None:
    for depth in (100, 300, 5_000):
        source = NESTED[shape](depth).encode()
        deep, shallow = _at_depth(600, source), collect(source)
        assert type(deep) is type(shallow)
        if isinstance(deep, ModuleFacts) and isinstance(shallow, ModuleFacts):
            assert to_json(deep) == to_json(shallow)
        else:
            assert deep == shallow


def test_a_chain_that_is_too_long_is_a_problem_on_its_line() -> None:
    sums = collect(b"a = 1\n" + b"a" + b"+a" * (MAX_CHAIN + 1))
    elifs = collect(b"if x: pass\n" + b"elif y: pass\n" * MAX_CHAIN)
    assert sums == ParseProblem(2, 1, "nested too deeply to be analysed")
    assert elifs == ParseProblem(MAX_CHAIN + 1, 1, "nested too deeply to be analysed")


def test_an_error_on_a_fresh_stack_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        on_a_fresh_stack(lambda: 1 // 0)


UNREADABLE = {
    "syntax": (b"a = 1\nb = = 2\n", 2, "syntax error"),
    "indentation": (b"if a:\nb\n", 2, "syntax error"),
    "nul byte": (b"a = 1\nb = '\0'\n", None, ""),
    "not utf-8": (b"a = 1\nb = '\xff\xfe'\n", 2, "not utf-8"),
    "unknown coding": (b"# coding: klingon\n", 1, "cannot be decoded"),
    "coding is no text": (b"# coding: rot13\nnzr\n", 1, "cannot be decoded"),
    "mark against cookie": (b"\xef\xbb\xbf# coding: latin-1\n", 1, "cannot be decoded"),
    "unclosed": (b"f(\n", 1, "syntax error"),
    "utf-16": ("a = 1\n".encode("utf-16"), 1, ""),
    "python 2": (b"print 'a'\n", 1, "syntax error"),
}


@pytest.mark.parametrize(("source", "line", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_text_is_a_problem(source: bytes, line: int | None, message: str) -> None:
    problem = collect(source)
    assert isinstance(problem, ParseProblem)
    assert message in problem.message
    if line is not None:
        assert problem.line == line
    assert problem.column >= 1


def test_dubious_escapes_warn_nobody(recwarn: pytest.WarningsRecorder) -> None:
    assert isinstance(collect(b"a = '\\d'\n"), ModuleFacts)
    assert not recwarn.list


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of one process")
def test_the_densest_text_within_the_limit_takes_less_than_900_mib() -> None:
    program = (
        "from pathlib import Path;"
        "from lint_rules.facts.collect import collect;"
        "from lint_rules.facts.parsing import MAX_BYTES;"
        "print(type(collect(b'a\\n' * (MAX_BYTES // 2))).__name__);"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, timeout=120, check=True
    )
    kind, kilobytes = ran.stdout.decode().split()
    assert kind == "ModuleFacts"
    assert int(kilobytes) < 900 * 1024


def test_a_text_beyond_the_limit_is_refused_with_its_size_before_it_is_parsed() -> None:
    source = b"x = 1\n" * (MAX_BYTES // 6 + 20_000)
    problem = collect(source)
    assert isinstance(problem, ParseProblem)
    assert problem.message == "too large to be analysed: 1.0 MB, at most 0.9 MB"

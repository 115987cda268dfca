"""Speed of the facts pass, of libcst and of flake8, as ratios to `ast.parse` of the same files.

    python -m benchmarks.lint_facts [DIRECTORY]

Without a directory: the top of the interpreter's library. Everything runs in one process.
"""

from __future__ import annotations

import ast
import gc
import json
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from lint_rules.facts import ModuleFacts, from_json, to_json
from lint_rules.facts.collect import collect


def main() -> None:
    """Measure and print."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else sysconfig.get_path("stdlib"))
    files = sorted(root.rglob("*.py") if len(sys.argv) > 1 else root.glob("*.py"))
    sources = [file.read_bytes() for file in files]
    lines = sum(source.count(b"\n") for source in sources)
    print(f"{len(files)} files, {lines} lines, Python {sys.version.split()[0]}")
    gc.collect()
    gc.freeze()
    gc.disable()
    parse = _timed(lambda: _each(ast.parse, sources))
    whole = _timed(lambda: _each(collect, sources))
    libcst = _timed(lambda: _each(cst.parse_module, sources))
    position = _timed(lambda: _each(_positions, sources))
    facts = [made for made in map(collect, sources) if isinstance(made, ModuleFacts)]
    texts: list[str] = []
    write = _timed(lambda: texts.extend(map(to_json, facts)))
    load = _timed(lambda: _each(json.loads, texts))
    read = _timed(lambda: _each(from_json, texts))
    gc.enable()
    command = [sys.executable, "-m", "flake8", "-j", "1", "--isolated", "-q", "-q"]
    flake8 = _timed(lambda: _run([*command, *map(str, files)]))
    rows = {
        "ast.parse alone (inside facts)": parse,
        "facts, whole": whole,
        "libcst parse": libcst,
        "libcst parse + PositionProvider, no copy": position,
        "facts to JSON": write,
        "JSON to lists": load,
        "JSON to facts": read,
        "flake8 -j 1, whole process": flake8,
    }
    for name, seconds in rows.items():
        print(f"{name:42}{seconds:8.2f} s {lines / seconds:12,.0f} lines/s {seconds / parse:6.2f}x")
    count = sum(len(made.expressions) for made in facts)
    size = sum(map(len, texts))
    print(f"{count} expressions, {size / 1e6:.1f} MB of JSON, {size / lines:.0f} bytes a line")


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _each(work: Callable[[Any], object], items: Sequence[object]) -> None:
    # Trees are let go at once: kept ones make everything after them slower.
    for item in items:
        work(item)


def _positions(source: bytes) -> None:
    MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True).resolve(PositionProvider)


def _run(command: list[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    main()

"""Bytes to the tree of Python's own `ast`.

Not libcst: its parse alone costs ten times as much, it takes 0.45 GB of memory for a megabyte of
source, its nodes do not know where they stand, and deep nesting ends the process. What it knows
more, whitespace and comments, matters only where text is edited, in `lint_rules.fixes`.
"""

from __future__ import annotations

import ast
import sys
import warnings
from dataclasses import dataclass

from lint_rules.facts.decoding import decode
from lint_rules.facts.module import ParseProblem

MAX_BYTES = 900_000
"""The largest module that is read.

Tree and facts take 75 MiB of memory for a megabyte of ordinary source, 320 MiB for one of tables,
and 890 MiB for the worst there is, one letter a line.
"""

_VERSION = f"Python {sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text and its tree."""

    text: str
    tree: ast.Module


def parse(source: bytes) -> Parsed | ParseProblem:
    """Parse a module, or say why that is impossible; raises RecursionError alone."""
    if len(source) > MAX_BYTES:
        size = f"{len(source) / 1e6:.1f} MB"
        return ParseProblem(1, 1, f"too large to be analysed: {size}, at most {MAX_BYTES / 1e6} MB")
    text = decode(source)
    if isinstance(text, ParseProblem):
        return text
    tree = _tree(text)
    return tree if isinstance(tree, ParseProblem) else Parsed(text, tree)


def parse_cheaply(source: bytes) -> ast.Module | ParseProblem:
    """Parse a module for a look at it, or say why that is impossible; raises for no input."""
    try:
        parsed = parse(source)
    except RecursionError:
        return too_deep_to_parse()
    return parsed if isinstance(parsed, ParseProblem) else parsed.tree


def too_deep_to_parse() -> ParseProblem:
    """Say that Python's parser gave up; how early depends on its version."""
    return ParseProblem(1, 1, f"nested too deeply to be parsed ({_VERSION})")


def _tree(text: str) -> ast.Module | ParseProblem:
    with warnings.catch_warnings():
        # A dubious escape in somebody's string is no business of a determinism lint.
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except SyntaxError as error:
            line, column = error.lineno or 1, error.offset or 1
            message = f"syntax error: {error.msg} ({_VERSION})"
            return ParseProblem(max(line, 1), max(column, 1), message)
        except ValueError as error:
            # NUL bytes, and lone surrogates that no encoding allows.
            return ParseProblem(1, 1, f"cannot be parsed: {error} ({_VERSION})")
        except MemoryError:
            return too_deep_to_parse()

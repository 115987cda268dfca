"""Bytes to syntax trees: the one of libcst, and the `ast` of the same text for positions.

libcst's nodes do not know where they stand, and its `PositionProvider` costs twice its parse.
`ast.parse` costs a tenth of it, has the same shape, and knows every position; it also refuses, as
an exception, nearly all text that would end the process inside libcst.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings
from dataclasses import dataclass

import libcst as cst

from lint_rules.facts.decoding import decode
from lint_rules.facts.depth import too_deep
from lint_rules.facts.module import ParseProblem

MAX_BYTES = 1_500_000
"""The largest module that is read: libcst takes 0.45 GB of memory for a megabyte of source."""

_PLACE = re.compile(r"error at (\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text and its two trees."""

    text: str
    tree: cst.Module
    twin: ast.Module


def parse(source: bytes) -> Parsed | ParseProblem:
    """Parse a module, or say why that is impossible; nothing is raised for any input."""
    text = _text(source)
    if isinstance(text, ParseProblem):
        return text
    twin = _parse_twin(text)
    if isinstance(twin, ParseProblem):
        return twin
    line = too_deep(twin)
    if line is not None:
        return ParseProblem(line, 1, "nested too deeply to be analysed")
    return _parse_pair(text, twin)


def parse_cheaply(source: bytes) -> ast.Module | ParseProblem:
    """Parse a module without libcst: enough for a look at it, a tenth of the cost."""
    text = _text(source)
    return text if isinstance(text, ParseProblem) else _parse_twin(text)


def _text(source: bytes) -> str | ParseProblem:
    if len(source) > MAX_BYTES:
        size = f"{len(source) / 1e6:.1f} MB"
        return ParseProblem(1, 1, f"too large to be analysed: {size}, at most {MAX_BYTES / 1e6} MB")
    return decode(source)


def _parse_pair(text: str, twin: ast.Module) -> Parsed | ParseProblem:
    try:
        return Parsed(text, cst.parse_module(text), twin)
    except cst.ParserSyntaxError as error:
        return _refused_by_libcst(error)
    except RecursionError:
        # Some nodes of libcst check themselves in Python.
        return ParseProblem(1, 1, "nested too deeply to be analysed")


def _refused_by_libcst(error: cst.ParserSyntaxError) -> ParseProblem:
    # The message has the exact place; the attributes can be a line off and without a column.
    place = _PLACE.search(error.message)
    line, column = map(int, place.groups()) if place else (error.raw_line, error.raw_column)
    text = _PLACE.sub("", error.message).removeprefix("parser error: ").lstrip(": ")
    return ParseProblem(max(line, 1), column + 1, f"syntax libcst cannot read: {text}")


def _parse_twin(text: str) -> ast.Module | ParseProblem:
    version = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    with warnings.catch_warnings():
        # A dubious escape in somebody's string is no business of a determinism lint.
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except SyntaxError as error:
            line, column = error.lineno or 1, error.offset or 1
            message = f"syntax error: {error.msg} ({version})"
            return ParseProblem(max(line, 1), max(column, 1), message)
        except ValueError as error:
            # NUL bytes, and lone surrogates that no encoding allows.
            return ParseProblem(1, 1, f"cannot be parsed: {error} ({version})")
        except (RecursionError, MemoryError):
            return ParseProblem(1, 1, f"nested too deeply to be parsed ({version})")

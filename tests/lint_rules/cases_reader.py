"""Reads the marks of the case files: what the lint must say, on the line where it must say it.

`# expect: NTR101` at the end of a line asks for that code there, `NTR101/payload` for its impact
too; several stand side by side. A line without a mark asks every rule to be silent.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lint_rules.finding import Finding

CASES = Path(__file__).parent / "cases"

_MARK = re.compile(r"#\s*expect\b:?(?P<said>.*)")
_ITEM = re.compile(r"(?P<code>NTR\d{3})(?:/(?P<impact>sequence|payload|noise))?")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One code that a line must get; `impact` is None where the case leaves it open."""

    line: int
    code: str
    impact: str | None


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A code on a line of a file."""

    path: Path
    line: int
    code: str


Impacts = dict[Spot, frozenset[str]]
"""What is said about each spot; no impact means that any will do."""


def rule_files() -> list[Path]:
    """Return the case files that belong to a rule."""
    return sorted(CASES.glob("ntr*.py"))


def shape_files() -> list[Path]:
    """Return the files of hiding shapes, where a stand-in takes the place of every hazard."""
    return sorted((CASES / "shapes").glob("*.py"))


def trees() -> list[Path]:
    """Return the directories of programs of several modules."""
    return sorted(path for path in (CASES / "trees").iterdir() if path.is_dir())


def python_files(place: Path) -> list[Path]:
    """Return a file itself, or every Python file of a tree."""
    return [place] if place.is_file() else sorted(place.rglob("*.py"))


def read_marks(text: str) -> tuple[Mark, ...]:
    """Return the marks of a module.

    Raises ValueError for a mark that names no code, or something that is no code.
    """
    return tuple(
        mark
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
        for mark in _marks_of_comment(token.string, token.start[0])
    )


def _marks_of_comment(comment: str, line: int) -> Iterator[Mark]:
    found = _MARK.match(comment)
    if found is None:
        return
    said = found["said"].split()
    if not said:
        raise ValueError(f"line {line}: a mark without a code")
    for word in said:
        item = _ITEM.fullmatch(word)
        if item is None:
            raise ValueError(f"line {line}: no code in a mark: {word}")
        yield Mark(line, item["code"], item["impact"])


def expected(place: Path) -> Impacts:
    """Return what the marks of a file or of a tree ask for."""
    wanted: dict[Spot, set[str]] = defaultdict(set)
    for path in python_files(place):
        for mark in read_marks(path.read_text(encoding="utf-8")):
            wanted[Spot(path, mark.line, mark.code)] |= _impacts(mark.impact)
    return {spot: frozenset(impacts) for spot, impacts in wanted.items()}


def said(findings: Iterable[Finding]) -> Impacts:
    """Return what a run said, in the same form."""
    found: dict[Spot, set[str]] = defaultdict(set)
    for finding in findings:
        spot = Spot(Path(finding.place.path).resolve(), finding.place.line, finding.code)
        found[spot] |= _impacts(finding.impact)
    return {spot: frozenset(impacts) for spot, impacts in found.items()}


def _impacts(impact: str | None) -> set[str]:
    return set() if impact is None else {impact}


def difference(wanted: Impacts, found: Impacts) -> str:
    """Return what was missed, what is a false alarm and what has the wrong impact, line by line."""
    lines = [_describe("missed", spot, wanted[spot]) for spot in sorted(wanted.keys() - found)]
    lines += [_describe("false alarm", spot, found[spot]) for spot in sorted(found.keys() - wanted)]
    for spot in sorted(wanted.keys() & found):
        if wanted[spot] and wanted[spot] != found[spot]:
            lines.append(_describe("missed", spot, wanted[spot]))
            lines.append(_describe("  said instead", spot, found[spot]))
    return "\n".join(lines)


def _describe(verdict: str, spot: Spot, impacts: frozenset[str]) -> str:
    source = spot.path.read_text(encoding="utf-8").splitlines()
    line = source[spot.line - 1].strip() if spot.line <= len(source) else ""
    what = "/".join([spot.code, *sorted(impacts)])
    return f"{verdict:<14} {what:<16} {spot.path.name}:{spot.line}: {line}"


def silent_functions(path: Path) -> list[str]:
    """Return the names of the functions of a module in which nothing is expected."""
    text = path.read_text(encoding="utf-8")
    marked = {mark.line for mark in read_marks(text)}
    return [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not marked.intersection(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    ]


@dataclass(frozen=True, slots=True)
class StandIn:
    """What takes the place of `hazard_module.hazard_function` in the hiding shapes.

    `impact` is what the hazard does whatever becomes of its value; None means that its value
    decides, as the marks say. `code` is None for a function that is no hazard at all.
    """

    module: str
    function: str
    code: str | None = None
    impact: str | None = None

    @property
    def name(self) -> str:
        """The qualified name."""
        return f"{self.module}.{self.function}"

    def write(self, shape: Path, directory: Path) -> Path:
        """Write a shape about this function into a directory, marks included."""
        text = shape.read_text(encoding="utf-8")
        text = text.replace("hazard_module", self.module)
        text = text.replace("hazard_function", self.function)
        target = directory / shape.name
        target.write_text(re.sub(r"#\s*expect:.*", self._mark, text), encoding="utf-8")
        return target

    @property
    def _mark(self) -> Callable[[re.Match[str]], str]:
        def replace(mark: re.Match[str]) -> str:
            if self.code is None:
                return ""
            impact = rf"{self.code}/{self.impact}" if self.impact else rf"{self.code}\g<impact>"
            return re.sub(r"HAZARD(?P<impact>/\w+)?", impact, mark[0])

        return replace

"""`runbook.md`: where its frontmatter begins and ends, what it says, what comes after it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lint_rules.facts.records import Span
from lint_rules.files.text_file import START, TextFile
from lint_rules.manifest.lines import Lines
from lint_rules.manifest.nodes import Node

FENCE = "---"

ProblemKind = Literal["missing", "encoding", "no frontmatter", "unclosed", "yaml", "no mapping"]


@dataclass(frozen=True, slots=True)
class ManifestProblem:
    """Why a manifest has no frontmatter that can be read."""

    kind: ProblemKind
    message: str
    span: Span


@dataclass(frozen=True)
class Manifest:
    """A manifest as far as it can be read.

    `top` is the mapping of the frontmatter, None with a `problem`. `first_line` is the line of the
    fence above the frontmatter, `body_line` the first line behind it, 1 where there is none.
    """

    file: TextFile
    top: Node | None
    problem: ManifestProblem | None
    first_line: int = 1
    body_line: int = 1

    def get(self, *keys: str) -> Node | None:
        """Return what lies under a path of keys of the frontmatter."""
        return self.top.get(*keys) if self.top is not None else None

    @property
    def slug(self) -> str | None:
        """The slug the frontmatter declares, if it is text."""
        node = self.get("slug")
        return node.text if node is not None else None

    @cached_property
    def fence_span(self) -> Span:
        """Where the frontmatter begins: the place of what it lacks."""
        return self.file.line_span(self.first_line)


def read_manifest(file: TextFile, *, exists: bool) -> Manifest:
    """Read a manifest; nothing is raised for any text.

    The frontmatter is found as the SDK's validator finds it: the first line that is not empty is
    `---`, and the next line that is `---` ends it (`ntro/runbook/validate.py:300-340`).
    """
    if file.text is None:
        kind: ProblemKind = "encoding" if exists else "missing"
        message = "is no UTF-8" if exists else "the file is missing"
        return Manifest(file, None, ManifestProblem(kind, message, START))
    lines = Lines(file)
    first = next((n for n, line in enumerate(lines.texts) if line.strip()), None)
    if first is None or lines.texts[first].strip() != FENCE:
        message = "no frontmatter between two lines of `---`"
        return Manifest(file, None, ManifestProblem("no frontmatter", message, START))
    last = _closing(lines.texts, first + 1)
    line = lines.position(first, 0)[0]
    if last is None:
        message = "the `---` that opens the frontmatter is never closed"
        problem = ManifestProblem("unclosed", message, file.line_span(line))
        return Manifest(file, None, problem, line)
    return _parsed(file, lines, first, last)


def _closing(lines: list[str], start: int) -> int | None:
    return next((n for n in range(start, len(lines)) if lines[n].strip() == FENCE), None)


def _parsed(file: TextFile, lines: Lines, first: int, last: int) -> Manifest:
    from lint_rules.manifest.compose import compose
    from lint_rules.manifest.errors import ComposeError

    fence, body = lines.position(first, 0)[0], lines.position(last, 0)[0] + 1

    before = first + 2 if lines.are_plain else None

    def placing(line: int, column: int) -> tuple[int, int]:
        inside = first + 1 + line < last
        if before is not None and inside:
            return before + line, column + 1
        # What YAML finds at the very end of the block is not in the line that closes it.
        if not inside:
            line, column = last - first - 2, len(lines.texts[last - 1])
        return lines.position(first + 1 + line, column)

    block = "\n".join(lines.texts[first + 1 : last])
    try:
        top = compose(block, placing)
    except ComposeError as error:
        span = Span(error.line, error.column, error.line, error.column)
        problem = ManifestProblem("yaml", f"is no YAML: {error}", span)
        return Manifest(file, None, problem, fence, body)
    if top is None or top.kind != "mapping":
        found = "nothing" if top is None else top.what
        span = file.line_span(fence) if top is None else top.span
        message = f"the frontmatter is {found}, not a mapping"
        return Manifest(file, None, ManifestProblem("no mapping", message, span), fence, body)
    return Manifest(file, top, None, fence, body)

"""`runbook.md`: where its frontmatter begins and ends, what it says, what comes after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lint_rules.facts.records import Span
from lint_rules.files.text_file import START, TextFile
from lint_rules.manifest.nodes import Node

FENCE = "---"

ProblemKind = Literal["missing", "encoding", "no frontmatter", "unclosed", "yaml", "no mapping"]


@dataclass(frozen=True, slots=True)
class ManifestProblem:
    """Why a manifest has no frontmatter that can be read."""

    kind: ProblemKind
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body; `level` counts its `#`."""

    level: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as far as it can be read.

    `top` is the mapping of the frontmatter, None with a `problem`. `body_line` is the first line
    behind the frontmatter, 1 where there is none.
    """

    file: TextFile
    top: Node | None
    problem: ManifestProblem | None
    body_line: int

    def get(self, *keys: str) -> Node | None:
        """Return what lies under a path of keys of the frontmatter."""
        return self.top.get(*keys) if self.top is not None else None

    @property
    def slug(self) -> str | None:
        """The slug the frontmatter declares, if it is text."""
        node = self.get("slug")
        return node.text if node is not None else None


def read_manifest(file: TextFile, *, exists: bool) -> Manifest:
    """Read a manifest; nothing is raised for any text.

    The frontmatter is found as the SDK's validator finds it: the first line that is not empty is
    `---`, and the next line that is `---` ends it (`ntro/runbook/validate.py:300-340`).
    """
    if file.text is None:
        kind: ProblemKind = "encoding" if exists else "missing"
        message = "is no UTF-8" if exists else "the file is missing"
        return Manifest(file, None, ManifestProblem(kind, message, START), 1)
    lines = file.text.splitlines()
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is None or lines[first].strip() != FENCE:
        message = "no frontmatter between two lines of `---`"
        return Manifest(file, None, ManifestProblem("no frontmatter", message, START), 1)
    last = next((n for n in range(first + 1, len(lines)) if lines[n].strip() == FENCE), None)
    if last is None:
        message = "the `---` that opens the frontmatter is never closed"
        problem = ManifestProblem("unclosed", message, file.line_span(first + 1))
        return Manifest(file, None, problem, 1)
    block = "\n".join(lines[first + 1 : last])
    return _parsed(file, block, first + 2, last + 2)


def _parsed(file: TextFile, block: str, first_line: int, body_line: int) -> Manifest:
    from lint_rules.manifest.compose import ComposeError, compose

    try:
        top = compose(block, first_line)
    except ComposeError as error:
        span = Span(error.line, error.column, error.line, error.column)
        problem = ManifestProblem("yaml", f"is no YAML: {error}", span)
        return Manifest(file, None, problem, body_line)
    if top is None or top.kind != "mapping":
        found = "nothing" if top is None else top.what
        span = Span(first_line, 1, first_line, 1) if top is None else top.span
        message = f"the frontmatter is {found}, not a mapping"
        return Manifest(file, None, ManifestProblem("no mapping", message, span), body_line)
    return Manifest(file, top, None, body_line)


def headings(manifest: Manifest) -> Iterator[Heading]:
    """Yield the headings of the body; what stands in code fences is none."""
    fence: str | None = None
    lines = (manifest.file.text or "").splitlines()
    for number, line in enumerate(lines[manifest.body_line - 1 :], start=manifest.body_line):
        bare = line.strip()
        if bare.startswith(("```", "~~~")):
            if fence is None:
                fence = bare[:3]
            elif bare.startswith(fence):
                fence = None
        elif fence is None and bare.startswith("#"):
            level = len(bare) - len(bare.lstrip("#"))
            span = Span(number, 1, number, len(line) + 1)
            yield Heading(level, bare.lstrip("#").strip(), span)

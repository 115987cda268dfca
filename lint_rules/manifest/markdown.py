"""The body of `runbook.md`: its headings, as Markdown has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.facts.records import Span
from lint_rules.manifest.manifest import Manifest

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` counts from 1, the highest."""

    level: int
    text: str
    span: Span


def headings(manifest: Manifest) -> Iterator[Heading]:
    """Yield the headings of the body; what stands in code fences is none."""
    fence = ""
    above: str | None = None
    for number, line in _body(manifest):
        found = _FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not line[found.end() :].strip():
                fence = ""
            continue
        if found:
            fence, above = found[1], None
            continue
        opened = _HEADING.match(line)
        underline = _UNDERLINE.match(line)
        if opened:
            text = line[opened.end() :].strip().rstrip("#").rstrip()
            yield Heading(len(opened[1]), text, Span(number, 1, number, len(line) + 1))
        elif underline and above is not None:
            level = 1 if underline[1][0] == "=" else 2
            yield Heading(level, above.strip(), Span(number - 1, 1, number - 1, len(above) + 1))
        above = None if opened or underline or not line.strip() else line


def _body(manifest: Manifest) -> Iterator[tuple[int, str]]:
    source = manifest.file.source
    for number in range(manifest.body_line, source.line_count + 1):
        yield number, source.line(number).rstrip("\r\n")

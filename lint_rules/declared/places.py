"""Observations about `runbook.md`."""

from __future__ import annotations

from lint_rules.contract.contract import Contract
from lint_rules.facts.records import Span
from lint_rules.finding import Severity
from lint_rules.manifest.manifest import Manifest
from lint_rules.manifest.nodes import Node
from lint_rules.program import Module
from lint_rules.workflow_code.observation import Observation, Step


def in_manifest(
    contract: Contract,
    at: Node,
    message: str,
    alternative: str,
    *,
    severity: Severity = "warning",
    steps: tuple[Step, ...] = (),
) -> Observation:
    """Return an observation about a place of the frontmatter."""
    manifest = contract.manifest
    assert manifest is not None, "a place of the frontmatter has a manifest"
    return Observation(
        module=manifest.file,
        span=short(at.span),
        message=message,
        alternative=alternative,
        severity=severity,
        steps=steps,
    )


def in_code(module: Module, span: Span, text: str) -> Step:
    """Return the place in the code that explains an observation."""
    return Step(module, span, text)


def declared_at(manifest: Manifest, node: Node, text: str) -> Step:
    """Return the place in the frontmatter that explains an observation."""
    return Step(manifest.file, short(node.span), text)


def short(span: Span) -> Span:
    """Return the first line of a range: a block of YAML ends where the next one begins."""
    if span.line == span.end_line:
        return span
    return Span(span.line, span.column, span.line, span.column)

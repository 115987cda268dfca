"""A slug that its readers do not take for the same, or cannot make a class name of.

Deploy, the validator and the SDK's loader make the class name of the slug: the parts between
hyphens capitalised, and `Workflow` behind (D57). `4hc-nav` gives no identifier, so no class can
have the name; `nav-UK` gives `NavUkWorkflow`, which the harness reads back as `nav-uk`;
`nav_monthly` gives `Nav_monthlyWorkflow`. A slug that YAML takes for a number makes the validator
skip the check of the class, while deploy takes it as text.

Bad:

    slug: Nav_Monthly

Good:

    slug: nav-monthly
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.finding import Severity
from lint_rules.manifest.nodes import Node
from lint_rules.manifest.slugs import class_name, harness_slug, is_slug, slug_like
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_WORDS = "lower-case words of letters and digits with hyphens between, as `nav-monthly`"


def check(contract: Contract) -> Iterator[Observation]:
    """Report a slug that is no text, or no slug."""
    manifest = contract.manifest
    entry = manifest.top.entry("slug") if manifest is not None and manifest.top else None
    if manifest is None or entry is None or entry.value.is_null:
        return
    node = entry.value
    text = node.text
    if text is not None and (not text.strip() or is_slug(text)):
        return
    message, severity = _fault(node)
    meant = slug_like(node.raw)
    yield Observation(
        module=manifest.file,
        span=node.span if node.kind == "scalar" else entry.key_node.span,
        message=message,
        alternative=f"`slug: {meant}`, if that is meant" if meant else _WORDS,
        severity=severity,
    )


def _fault(node: Node) -> tuple[str, Severity]:
    text = node.text
    if text is None:
        shown = f"`{node.shown}`" if node.kind == "scalar" else "the slug"
        return f"{shown} is {node.what} to YAML, so the validator never looks for a class", "error"
    name = class_name(text)
    if not name.isidentifier():
        return f"no class can be called what the slug `{node.shown}` stands for", "error"
    back = harness_slug(name)
    if back != text:
        return (
            f"`{node.shown}` stands for `{name}`, which reads back as the slug `{back}`",
            "warning",
        )
    return f"the slug `{node.shown}` stands for a class called `{name}`", "warning"


RULE = Rule(
    code="NTR504",
    name="slug-form",
    summary="a slug that its readers do not take for the same",
    explanation=__doc__,
    contract=check,
)

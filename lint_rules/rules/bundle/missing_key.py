"""The frontmatter lacks a key that somebody requires, or it has no value of the right type.

The validator refuses a bundle without slug, name, version, state and author
(FRONTMATTER_FIELD_MISSING). The models of the API, from which the Tenant UI draws its lists, ask
for more: id, description and classification, and id, label and description of each step; they take
text for all of these, while YAML makes `name: 2026` a number and `name: yes` a truth. Where `slug:`
or `version:` is empty, deploy takes the next line for its value (D29).

Bad:

    slug: nav-monthly
    name:
    version: 0.1.0

Good:

    slug: nav-monthly
    name: Monthly NAV
    version: 0.1.0
    state: DRAFT
    author: Fund Operations
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.records import Span
from lint_rules.finding import Severity
from lint_rules.manifest.keys import (
    API_KEYS,
    API_STEP_KEYS,
    API_TEMPLATE_KEYS,
    VALIDATOR_KEYS,
    Keyed,
    keyed_mappings,
)
from lint_rules.manifest.manifest import Manifest
from lint_rules.manifest.nodes import Entry, Node
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_BY_DEPLOY = ("slug", "version")
"""What deploy reads too; whether these have the right form is for rules of their own."""

_LISTS = ("tags", "jurisdictions", "steps", "templates")


def check(contract: Contract) -> Iterator[Observation]:
    """Report keys that are missing, empty or of the wrong type."""
    manifest = contract.manifest
    if manifest is None or manifest.top is None:
        return
    for mapping in keyed_mappings(manifest):
        is_top = mapping.node is manifest.top
        yield from _missing(manifest, mapping, is_top=is_top)
        for key in _required(mapping, is_top=is_top):
            entry = mapping.node.entry(key)
            if entry is not None:
                yield from _value(manifest, entry, is_top=is_top)
    for key in _LISTS:
        entry = manifest.top.entry(key)
        if entry is not None:
            yield from _list(manifest, entry)


def _required(mapping: Keyed, *, is_top: bool) -> tuple[str, ...]:
    if is_top:
        return (*VALIDATOR_KEYS, *API_KEYS)
    return API_STEP_KEYS if "label" in mapping.known else API_TEMPLATE_KEYS


def _missing(manifest: Manifest, mapping: Keyed, *, is_top: bool) -> Iterator[Observation]:
    # A key that is only misspelt is another rule's.
    misspelt = mapping.misspelt()
    absent = [
        key
        for key in _required(mapping, is_top=is_top)
        if mapping.node.entry(key) is None and key not in misspelt
    ]
    if not absent:
        return
    fatal = [key for key in absent if is_top and key in VALIDATOR_KEYS]
    asked = [key for key in absent if key not in fatal]
    reasons = [f"{_names(fatal)}, which the validator requires"] if fatal else []
    reasons += [f"{_names(asked)}, which the API's model requires"] if asked else []
    yield Observation(
        module=manifest.file,
        span=manifest.fence_span if is_top else _first(mapping.node),
        message=f"{mapping.what} lacks {', and '.join(reasons)}",
        alternative=", ".join(f"`{key}: ...`" for key in absent),
        severity="error" if fatal else "warning",
    )


def _value(manifest: Manifest, entry: Entry, *, is_top: bool) -> Iterator[Observation]:
    value = entry.value
    severity: Severity = "error" if is_top and entry.key in VALIDATOR_KEYS else "warning"
    if value.is_null or (value.text is not None and not value.text.strip()):
        read = "; deploy takes the next line for it" if is_top and entry.key in _BY_DEPLOY else ""
        yield Observation(
            module=manifest.file,
            span=entry.key_node.span,
            message=f"`{entry.key}` is empty{read}",
            alternative=f"a value behind `{entry.key}:`",
            severity=severity,
        )
    elif value.text is None and not (is_top and entry.key in _BY_DEPLOY):
        yield Observation(
            module=manifest.file,
            span=entry.key_node.span,
            message=f"`{entry.key}` is {value.what}, but the API's model takes text",
            alternative=f'`{entry.key}: "{value.shown}"`' if value.kind == "scalar" else "one text",
            severity="warning",
        )


def _list(manifest: Manifest, entry: Entry) -> Iterator[Observation]:
    """Report what is no list, and what in it is neither text nor, in steps, a mapping."""
    wanted = "mapping" if entry.key in ("steps", "templates") else "text"
    words = "mappings" if wanted == "mapping" else "texts"
    node = entry.value
    wrong = [node] if node.kind != "sequence" else []
    wrong += [each for each in node.items if not _is(each, wanted)]
    for each in wrong[:1]:
        yield Observation(
            module=manifest.file,
            span=entry.key_node.span if each is node else _first(each),
            message=f"`{entry.key}` {'is' if each is node else 'has'} {each.what},"
            f" but the API's model takes a list of {words}",
            alternative=f"a list of {words} under `{entry.key}:`",
            severity="warning",
        )


def _is(node: Node, wanted: str) -> bool:
    return node.kind == "mapping" if wanted == "mapping" else node.text is not None


def _first(node: Node) -> Span:
    """Return the place of the first thing in a node: all of it may be many lines."""
    if node.entries:
        return node.entries[0].key_node.span
    line, column, end_line, _ = node.span
    return node.span if line == end_line else Span(line, column, line, column)


def _names(keys: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(f"`{k}`" for k in keys[:-1]), f"`{keys[-1]}`"]))


RULE = Rule(
    code="NTR503",
    name="missing-key",
    summary="the frontmatter lacks a required key, or has no proper value for it",
    explanation=__doc__,
    contract=check,
)

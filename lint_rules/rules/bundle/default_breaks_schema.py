"""A default, or a value of `enum`, that its own schema refuses.

The Tenant UI fills the form of a new task with the default and checks it like any other value: the
task cannot be started until somebody overwrites what the author wrote. YAML helps along: without
quotes `no` is false, `1.10` the number 1.1, `2026-01-31` a date and `0123` octal.

Bad:

    config_schema:
      global:
        country: {type: string, enum: [GB, NO]}
        account: {type: string, default: 2990}

Good:

    config_schema:
      global:
        country: {type: string, enum: [GB, "NO"]}
        account: {type: string, default: "2990"}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.entries import ConfigEntry, config_entries
from lint_rules.declared.places import short
from lint_rules.declared.schema_faults import faults
from lint_rules.declared.schema_values import Refusal, of_type, refusals
from lint_rules.files.text_file import TextFile
from lint_rules.finding import Edit
from lint_rules.manifest.nodes import Node
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report defaults and choices that the schema beside them refuses."""
    manifest = contract.manifest
    for entry in config_entries(contract) if manifest is not None else ():
        if manifest is None or next(faults(entry.schema, entry.key_node, entry.where), None):
            continue
        choices = list(_choices(entry))
        # Whether the default is one of the choices can be told when those are of the right type.
        default = _default(entry, of_type if choices else refusals)
        for what, refusal in [*choices, *default]:
            yield _told(manifest.file, entry, what, refusal)


def _choices(entry: ConfigEntry) -> Iterator[tuple[str, Refusal]]:
    enum = entry.schema.get("enum")
    for value in enum.items if enum is not None else ():
        for refusal in of_type(value, entry.schema):
            yield "a value of `enum`", refusal


def _default(
    entry: ConfigEntry, judge: Callable[[Node, Node], Iterable[Refusal]]
) -> Iterator[tuple[str, Refusal]]:
    default = entry.schema.get("default")
    for refusal in judge(default, entry.schema) if default is not None else ():
        yield "the default", refusal


def _told(file: TextFile, entry: ConfigEntry, what: str, refusal: Refusal) -> Observation:
    edits = _quoted(file, refusal)
    return Observation(
        module=file,
        span=short(refusal.node.span),
        message=f"{what} of `{entry.key}` is refused: {refusal.reason}",
        alternative=refusal.instead,
        severity="error",
        fix="quote-value" if edits else None,
        applicability="safe",
        edits=edits,
    )


def _quoted(file: TextFile, refusal: Refusal) -> tuple[Edit, ...]:
    """Return the edit that puts quotes around a value, where that is all it needs."""
    line, column, end_line, end_column = refusal.node.span
    raw = refusal.node.raw
    if not refusal.quotes or line != end_line or '"' in raw or "\\" in raw:
        return ()
    if file.source.line(line)[column - 1 : end_column - 1] != raw:
        # An anchor or a tag stands before it.
        return ()
    return (Edit(file.path, (line, column), (end_line, end_column), f'"{raw}"'),)


RULE = Rule(
    code="NTR529",
    name="default-breaks-schema",
    summary="a default or a choice that its own schema refuses",
    explanation=__doc__,
    contract=check,
    fix="safe",
)

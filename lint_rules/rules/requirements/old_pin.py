"""A pin of `ntro` that is older than what the code uses.

You try the bundle with the SDK that is installed beside you; the worker installs the pinned one.
The import raises there when the bundle is loaded, and no task of the version begins, or it raises
in an activity, which is retried without end. `from ntro.workflow import activity` needs 0.1.2, the
facade `runbook` as well (in 0.1.1 the name is a module), and most of what the docs show is not in
0.1.0 at all. Names that no version has are NTR211.

The unsafe fix raises the pin to the oldest version that has all of it: a newer SDK can do more than
add names.

Bad:

    ntro[workflow]==0.1.1  # and `from ntro.workflow import activity` in activities.py

Good:

    ntro[workflow]==0.1.2
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Attribute
from lint_rules.facts.records import Span
from lint_rules.program import Module
from lint_rules.requirements.bundle_requirements import NTRO, BundleRequirements
from lint_rules.requirements.requirement import Entry
from lint_rules.requirements.spelling import head_span, pinned, replaced
from lint_rules.rules.rule import Rule
from lint_rules.sdk.surface import Absent
from lint_rules.sdk.versions import first_with, known_versions, surface
from lint_rules.workflow_code.observation import Observation, Step

_SHOWN = 3
"""Uses that are shown."""


@dataclass(frozen=True, slots=True)
class _Later:
    """A name that came with a later version, where it is used."""

    name: str
    version: str
    module: Module
    span: Span


def check(contract: Contract) -> Iterator[Observation]:
    """Report the pin, once, with what it lacks."""
    requirements = contract.requirements
    entry = requirements.ntro if requirements is not None else None
    if requirements is None or entry is None or len(requirements.by_key[NTRO]) > 1:
        return
    pin = entry.pin
    if pin is None or pin not in known_versions()[:-1]:
        return
    found = {each.name: each for each in reversed(list(_later(contract, requirements, pin)))}
    if found:
        yield _old(requirements, entry, pin, list(reversed(found.values())))


def _later(contract: Contract, requirements: BundleRequirements, pin: str) -> Iterator[_Later]:
    """Yield the uses of names that the pinned version lacks and a later one has."""
    for name, module, span in _uses(contract, requirements):
        absent = surface(pin).look_up(name)
        if isinstance(absent, Absent):
            version = first_with(name, pin)
            if version is not None:
                yield _Later(f"{absent.owner}.{absent.name}", version, module, span)


def _uses(
    contract: Contract, requirements: BundleRequirements
) -> Iterator[tuple[str, Module, Span]]:
    modules: dict[str, Module] = {}
    for imported in requirements.imports.found:
        modules[imported.module.name] = imported.module
        if imported.top == NTRO and imported.happens:
            yield imported.name, imported.module, imported.span
    for module in modules.values():
        for expression in module.facts.expressions:
            if isinstance(expression, Attribute):
                name = contract.program.name(module, expression)
                if name is not None and name.startswith(f"{NTRO}."):
                    yield name, module, module.facts.span(expression)


def _old(
    requirements: BundleRequirements, entry: Entry, pin: str, found: list[_Later]
) -> Observation:
    known = known_versions()
    version = max((each.version for each in found), key=known.index)
    others = len(found) - 1
    more = f", nor {others} other{'s' if others > 1 else ''} that the code uses" if others else ""
    text = pinned(entry, version, requirements.installed)
    span = head_span(entry)
    can = not entry.has_hashes
    return Observation(
        module=requirements.file,
        span=span,
        message=f"ntro {pin} has no `{found[0].name}`{more}",
        alternative=f"`{text}`",
        severity="error",
        steps=tuple(
            Step(each.module, each.span, f"uses {each.name}, there since {each.version}")
            for each in found[:_SHOWN]
        ),
        fix="raise-pin" if can else None,
        edits=replaced(requirements.file, span, text) if can else (),
    )


RULE = Rule(
    code="NTR611",
    name="old-pin",
    summary="a pin of ntro that is older than what the code uses",
    explanation=__doc__,
    contract=check,
    fix="unsafe",
)

"""Requests in, edits out: the fixes of one module together, from one parse."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lint_rules.facts.expressions import Call, Expression
from lint_rules.facts.records import Import
from lint_rules.fixes.edits import TextEdit, apply_edits, combine, in_order
from lint_rules.fixes.import_edits import import_edits
from lint_rules.fixes.needs import Spelling
from lint_rules.fixes.opened import OpenedModule, open_module
from lint_rules.fixes.requests import Fixed, Refusal, Request
from lint_rules.fixes.site import RefusedError, Site

OVERLAP = "it overlaps another fix; the next round can make it"


@dataclass(frozen=True, slots=True)
class _Change:
    """The edits at the place itself, the names they need, and the imports they do without."""

    edits: tuple[TextEdit, ...]
    spellings: tuple[Spelling, ...]
    dropped: tuple[Import, ...] = ()


def plan(
    source: str, request: Request, keep: Collection[str] = ()
) -> tuple[TextEdit, ...] | Refusal:
    """Return the edits of one fix, imports included, or why it is not made.

    `keep` are names that other modules take from this one: their imports stay.
    """
    return plan_each(source, [request], keep)[0]


def plan_each(
    source: str, requests: Sequence[Request], keep: Collection[str] = ()
) -> tuple[tuple[TextEdit, ...] | Refusal, ...]:
    """Return the edits of each fix as if it were the only one, from one parse."""
    module = open_module(source)
    if isinstance(module, Refusal):
        return tuple(module for _ in requests)
    changes = [_change(module, request) for request in requests]
    return tuple(
        change if isinstance(change, Refusal) else _with_imports(module, [change], keep)
        for change in changes
    )


def fix_module(source: str, requests: Sequence[Request], keep: Collection[str] = ()) -> Fixed:
    """Make all fixes of one module that go together; of those that overlap the first is made.

    Requests that bring their own edits come after those that are planned.
    """
    module = open_module(source)
    if isinstance(module, Refusal):
        return Fixed(source, (), tuple((request, module.reason) for request in requests))
    refused: list[tuple[Request, str]] = []
    planned: list[tuple[Request, _Change]] = []
    ready: list[tuple[Request, _Change]] = []
    for request in requests:
        change = _change(module, request)
        if isinstance(change, Refusal):
            refused.append((request, change.reason))
        else:
            (ready if request.edits else planned).append((request, change))
    made, late = _compatible(planned)
    edits = _with_imports(module, [change for _, change in made], keep)
    combined = combine(edits, *(change.edits for _, change in ready))
    late += [each for number, each in enumerate(ready, start=1) if number in combined.skipped]
    made += [each for number, each in enumerate(ready, start=1) if number not in combined.skipped]
    refused += ((request, OVERLAP) for request, _ in late)
    applied = tuple(request for request, _ in made)
    return Fixed(apply_edits(source, combined.edits), applied, tuple(refused))


def _compatible(
    changes: list[tuple[Request, _Change]],
) -> tuple[list[tuple[Request, _Change]], list[tuple[Request, _Change]]]:
    """Part changes into those that go together and those that overlap an earlier one."""
    skipped = set(combine(*(change.edits for _, change in changes)).skipped)
    made = [each for number, each in enumerate(changes) if number not in skipped]
    return made, [changes[number] for number in sorted(skipped)]


def _with_imports(
    module: OpenedModule, changes: Sequence[_Change], keep: Collection[str]
) -> tuple[TextEdit, ...]:
    edits = [edit for change in changes for edit in change.edits]
    spellings = [spelling for change in changes for spelling in change.spellings]
    dropped = [found for change in changes for found in change.dropped]
    return in_order([*edits, *import_edits(module, edits, spellings, keep, dropped)])


def _change(module: OpenedModule, request: Request) -> _Change | Refusal:
    from lint_rules.fixes.changes.registry import CHANGES, IMPORT_CHANGES

    if request.edits:
        return _Change(request.edits, ())
    if request.id in IMPORT_CHANGES:
        return _import_change(module, request)
    make = CHANGES.get(request.id)
    if make is None:
        return Refusal(f"there is no fix `{request.id}`")
    expression = _at(module, request)
    if expression is None:
        return Refusal("no expression stands there")
    site = Site(module, expression, request.facade)
    try:
        make(site)
    except RefusedError as error:
        return Refusal(str(error))
    except RecursionError:
        return Refusal("it is nested too deeply")
    return _Change(tuple(site.edits), tuple(site.spellings))


def _import_change(module: OpenedModule, request: Request) -> _Change | Refusal:
    from lint_rules.fixes.changes.registry import IMPORT_CHANGES

    found = next((each for each in module.facts.imports if each.span == request.span), None)
    if found is None:
        return Refusal("no import stands there")
    try:
        sites, spellings = IMPORT_CHANGES[request.id](module, found)
    except RefusedError as error:
        return Refusal(str(error))
    edits = tuple(edit for site in sites for edit in site.edits)
    needed = (*spellings, *(each for site in sites for each in site.spellings))
    return _Change(edits, needed, (found,))


def _at(module: OpenedModule, request: Request) -> Expression | None:
    """Return the expression at a place; of several, as with `f(x)[...]`, a call comes first."""
    found = module.by_span.get(request.span, [])
    return next((each for each in found if isinstance(each, Call)), found[-1] if found else None)

"""Observable results, and the event types they are emitted under (contract 3.6)."""

from __future__ import annotations

from collections.abc import Mapping

from lint_rules.facts.records import Binding
from lint_rules.program import External, Module, Program, ProjectClass
from lint_rules.runbook_code.written import Value, written

OBSERVABLE = frozenset({"ntro.events.ObservableResult", "ntro.workflow.ObservableResult"})
SDK_EVENTS: Mapping[str, str] = {
    "extraction.completed": "ntro.capabilities.ai",
    "trial_balance.parsed": "ntro.capabilities.gl.reports",
    "journal_proposal.emitted": "ntro.accounting.models",
}
"""The event types of the SDK itself, and the modules with their results."""

_META = "ObserverMeta"


def is_observable(program: Program, kind: ProjectClass) -> bool:
    """Tell whether a class is an observable result and all its bases are known."""
    order = program.mro(kind)
    if order is None:
        return False
    outside = {base.name for base in order if isinstance(base, External)}
    return not OBSERVABLE.isdisjoint(outside)


def observer_meta(program: Program, kind: ProjectClass) -> ProjectClass | None:
    """Return the `ObserverMeta` that counts for a class; None for the one of the SDK."""
    for base in program.mro(kind) or ():
        own = own_meta(program, base) if isinstance(base, ProjectClass) else None
        if own is not None:
            return own
    return None


def own_meta(program: Program, kind: ProjectClass) -> ProjectClass | None:
    """Return the `ObserverMeta` in the body of a class."""
    module = program.modules[kind.module]
    scope = module.facts.classes[kind.number].scope
    found = module.bindings.get((scope, _META), ())
    if not found or found[-1].kind != "class" or found[-1].definition is None:
        return None
    return ProjectClass(module.name, found[-1].definition)


def own_event_type(program: Program, meta: ProjectClass) -> Value | None:
    """Return the `event_type` in the body of an `ObserverMeta`."""
    binding = _event_type(program.modules[meta.module], meta)
    if binding is None or binding.value is None:
        return None
    return written(program, program.modules[meta.module], binding.value)


def has_event_type(program: Program, kind: ProjectClass) -> bool:
    """Tell whether a class says an event type, or may say one in a way that cannot be followed."""
    for base in program.mro(kind) or ():
        if isinstance(base, External):
            return base.name not in OBSERVABLE
        times = _times_bound(program, base)
        if times:
            meta = own_meta(program, base)
            # Of several the last one counts, and that is a fault by itself.
            return times > 1 or meta is None or _may_say(program, meta)
    return True


def _may_say(program: Program, meta: ProjectClass) -> bool:
    order = program.mro(meta)
    if order is None or program.modules[meta.module].facts.classes[meta.number].decorators:
        return True
    for base in order:
        if isinstance(base, External):
            return not base.name.endswith((f".{_META}", "builtins.object"))
        binding = _event_type(program.modules[base.module], base)
        if binding is not None:
            value = own_event_type(program, base)
            return value is None or value.text != ""
    return False


def _times_bound(program: Program, kind: ProjectClass) -> int:
    module = program.modules[kind.module]
    return len(module.bindings.get((module.facts.classes[kind.number].scope, _META), ()))


def _event_type(module: Module, meta: ProjectClass) -> Binding | None:
    scope = module.facts.classes[meta.number].scope
    found = module.bindings.get((scope, "event_type"))
    return found[-1] if found else None

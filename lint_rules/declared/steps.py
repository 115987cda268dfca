"""The entries of `steps:`, and the steps of the code that they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Expression
from lint_rules.manifest.nodes import Entry, Node
from lint_rules.manifest.slugs import class_name
from lint_rules.program import External, ProjectClass
from lint_rules.runbook_code.classes.wrappers import may_wrap
from lint_rules.runbook_code.read import base_method
from lint_rules.runbook_code.runbook import Runbook, Step
from lint_rules.runbook_code.written import written

_STEP_TAKERS = frozenset(
    {"run_step", "run_child_workflow", "run_child_workflows", "collect_documents"}
)
_MOST = 200
_KNOWN_BASES = ("ntro.", "builtins.", "typing.", "abc.")


@dataclass(frozen=True, slots=True)
class DeclaredStep:
    """One entry of `steps:` that has an id; `id_node` is where the id is written."""

    id: str
    id_node: Node
    node: Node

    def get(self, *keys: str) -> Node | None:
        """Return what lies under a path of its keys."""
        return self.node.get(*keys)


@dataclass(frozen=True, slots=True)
class Pair:
    """A declared step with the one of the code that has its name."""

    declared: DeclaredStep
    step: Step


def the_runbook(contract: Contract) -> Runbook | None:
    """Return the workflow class that the frontmatter is about; None when there is no telling."""
    manifest = contract.manifest
    if manifest is None or manifest.top is None:
        return None
    steps = manifest.get("steps")
    if steps is not None and len(steps.items) > _MOST:
        return None
    if len(contract.runbooks) == 1:
        return contract.runbooks[0]
    wanted = class_name(manifest.slug or "")
    return next((r for r in contract.runbooks if r.definition.name == wanted), None)


def steps_entry(contract: Contract) -> Entry | None:
    """Return `steps:` with its key."""
    manifest = contract.manifest
    top = manifest.top if manifest is not None else None
    return top.entry("steps") if top is not None else None


def declared_steps(contract: Contract) -> Iterator[DeclaredStep]:
    """Yield the entries of `steps:` that have an id, in their order, each id once."""
    entry = steps_entry(contract)
    seen: set[str] = set()
    for node in entry.value.items if entry is not None else ():
        id_node = node.get("id")
        text = id_node.text if id_node is not None else None
        if id_node is not None and text and text not in seen:
            seen.add(text)
            yield DeclaredStep(text, id_node, node)


def pairs(contract: Contract, runbook: Runbook) -> Iterator[Pair]:
    """Yield the declared steps that the code has too.

    A name that several methods have stands for none: that is reported in the code.
    """
    by_name: dict[str | None, list[Step]] = defaultdict(list)
    for step in runbook.steps:
        by_name[step.name].append(step)
    for declared in declared_steps(contract):
        match by_name.get(declared.id):
            case [step]:
                yield Pair(declared, step)


def every_step_is_known(contract: Contract, runbook: Runbook) -> bool:
    """Tell whether no step can be hidden: names are written out, and all bases can be read.

    A method with a decorator of the author's may be one, too: `def stage(name): return
    runbook.step(name=name, ...)`.
    """
    order = contract.program.mro(runbook.kind)
    if order is None or any(step.name is None for step in runbook.steps):
        return False
    outside = [base.name for base in order if isinstance(base, External)]
    if not all(name.startswith(_KNOWN_BASES) for name in outside):
        return False
    steps = {step.key for step in runbook.steps}
    return not any(
        may_wrap(contract.program, module, method.decorators)
        for base in order
        if isinstance(base, ProjectClass)
        for module in (contract.program.modules[base.module],)
        for method in module.view.methods_by_class.get(base.number, ())
        if method.decorators and (module.name, method.number) not in steps
    )


def passed_step_ids(contract: Contract, runbook: Runbook) -> frozenset[str] | None:
    """Return the ids that the code gives to `run_step(...)` and to children.

    None when one of them is not written out, so that it may be any.
    """
    found: set[str] = set()
    for exit_ in contract.workflow.reach.outside:
        target = exit_.edge.target
        method = base_method(target.name) if isinstance(target, External) else None
        if method not in _STEP_TAKERS:
            continue
        module = contract.program.modules[exit_.edge.module]
        call = module.facts.expressions[exit_.edge.at]
        given = _step_id(call, first=method == "run_step")
        if given is None:
            continue
        text = written(contract.program, module, given).text
        if text is None:
            return None
        found.add(text)
    return frozenset(found)


def _step_id(call: Expression, *, first: bool) -> Expression | None:
    arguments = getattr(call, "arguments", ())
    if first and arguments:
        return arguments[0]  # type: ignore[no-any-return]
    named = (k.value for k in getattr(call, "keywords", ()) if k.name == "step_id")
    return next(named, None)

"""The slots, inputs or sources of a gate do not line up.

`collect_documents` pairs `expected[i]` with `inputs[i]`: different lengths raise ValueError, a slot
without `source` raises KeyError, and two slots with one `source` get the same child id, which the
server refuses. All of it happens in workflow code, so the run hangs or fails when the gate opens.
A gate that advertises one `source` and waits for another never opens: the Tenant UI uploads what
was advertised, and the predicate looks for something else.

Bad:

    await self.collect_documents(
        expected=[{"source": "bank"}, {"source": "rent"}], inputs=[bank_input]
    )

Good:

    await self.collect_documents(
        expected=[{"source": "bank"}, {"source": "rent"}], inputs=[bank_input, rent_input]
    )
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Comprehension, Expression
from lint_rules.program import Module, Program
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.gates.predicates import compared_sources
from lint_rules.runbook_code.gates.telling import at_gate
from lint_rules.runbook_code.runbook import Gate
from lint_rules.runbook_code.written import Value, written
from lint_rules.workflow_code.observation import Observation

SLOT_KEYS = ("source", "schema_slug", "title", "instructions", "accept", "max_size_mb")


def check(contract: Contract) -> Iterator[Observation]:
    """Report slots and sources that do not line up."""
    program = contract.program
    for runbook in contract.runbooks:
        for gate in runbook.gates:
            if gate.kind == "documents":
                yield from _documents(program, gate)
            elif gate.kind == "signal":
                yield from _source(program, gate)


def _documents(program: Program, gate: Gate) -> Iterator[Observation]:
    given = gate.call.keyword("expected")
    if given is None:
        return
    slots = written(program, gate.module, given)
    if slots.kind != "sequence":
        return
    sources: dict[str, Value] = {}
    for slot in slots.items:
        yield from _slot(gate, slot, sources)
    inputs = gate.call.keyword("inputs")
    count = None if inputs is None else _length(program, gate.module, inputs)
    if inputs is None or count is None or not slots.complete or not slots.items:
        return
    if count != len(slots.items):
        yield Observation(
            module=gate.module,
            span=gate.module.facts.span(inputs),
            message=f"{count} inputs for {len(slots.items)} slots: ValueError, the run hangs",
            alternative="one input for each slot, in the same order",
            via=gate.via,
            severity="error",
        )


def _slot(gate: Gate, slot: Value, sources: dict[str, Value]) -> Iterator[Observation]:
    if slot.kind in ("constant", "text", "sequence"):
        yield at_gate(gate, slot, "a slot is no dict: the run hangs", '`{"source": "..."}`')
        return
    for entry in slot.entries:
        meant = _misspelt(entry.key)
        if meant is not None and slot.entry(meant) is None:
            message = f"slots have no key `{entry.key}`"
            yield at_gate(gate, entry, message, f"`{meant}`")
            return
    if slot.lacks("source"):
        first = slot.entries[0] if slot.entries else slot
        message = "the slot has no `source`: KeyError, the run hangs"
        yield at_gate(gate, first, message, '`"source": "..."`, different in each slot')
        return
    source = slot.get("source")
    if source is None or source.text is None:
        return
    if source.text in sources:
        message = f"two slots have the source `{source.text}`: their children get one id"
        yield at_gate(gate, source, message, "a source of its own for each slot")
    sources.setdefault(source.text, source)


def _misspelt(key: object) -> str | None:
    """Return the key that one with other capitals, dashes or underscores is meant for."""
    if not isinstance(key, str) or key in SLOT_KEYS:
        return None
    plain = key.replace("-", "").replace("_", "").lower()
    return next((known for known in SLOT_KEYS if known.replace("_", "") == plain), None)


def _length(program: Program, module: Module, inputs: Expression) -> int | None:
    if isinstance(inputs, Comprehension):
        [first, *rest] = inputs.clauses
        if rest or first.conditions or inputs.kind != "list":
            return None
        return _length(program, module, first.iterable)
    value = written(program, module, inputs)
    return len(value.items) if value.kind == "sequence" and value.complete else None


def _source(program: Program, gate: Gate) -> Iterator[Observation]:
    """Compare the advertised source with the sources that the predicate looks for."""
    action = gate.call.keyword("action")
    predicate = gate.call.keyword("predicate")
    if action is None or predicate is None:
        return
    source = written(program, gate.module, action).get("args", "source")
    if source is None or source.text is None:
        return
    compared = compared_sources(program, gate.module, predicate)
    if not compared:
        return
    words = {word for each in compared for word in each.words}
    if source.text not in words:
        first = compared[0]
        named = " or ".join(f"`{word}`" for word in sorted(words))
        yield Observation(
            module=first.module,
            span=first.module.facts.span(first.expression),
            message=f"the gate asks for `{source.text}` and waits for {named}: it stays open",
            alternative=f'`"{source.text}"` in both places',
            via=gate.via,
            severity="error",
        )


RULE = Rule(
    code="NTR309",
    name="slot-mismatch",
    summary="the slots, inputs or sources of a gate do not line up",
    explanation=__doc__,
    contract=check,
)

"""A key of a decision that is read as if it were always there.

The clients agree on no form: the answer at a gate has `type`, `action` or `kind`, and comments,
corrections and a payload or not (D4). `answer["comments"]` raises KeyError for a client that sends
none, in workflow code, so the run hangs after the person has answered (D44). The same goes for the
row actions that `on_row_action` is given.

Bad:

    answer = await self.wait_for_action(payload=slip)
    note = answer["comments"]

Good:

    answer = await self.wait_for_action(payload=slip)
    note = str(answer.get("comments") or "")

A key that the function looks for elsewhere, with `in` or `get`, is left alone. The fix puts `get`
where None does no harm at once; what is walked through, subscripted or asked for an attribute needs
a default that only the author can choose.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.failing_code import failing_code
from lint_rules.facts.expressions import (
    Attribute,
    Call,
    Comprehension,
    Constant,
    Expression,
    Name,
    Operation,
    Starred,
    Subscript,
    parts,
)
from lint_rules.facts.records import Binding, Block
from lint_rules.finding import Edit
from lint_rules.program import Module
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.answers.outside_values import OutsideValues
from lint_rules.runbook_code.failing.escapes import Escapes
from lint_rules.runbook_code.failing.failures import builtin_failure
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import Running

_OPTIONAL = frozenset({"comments", "comment", "corrections", "reason", "payload"})
"""Keys that no dialect promises, whatever was decided."""


def check(contract: Contract) -> Iterator[Observation]:
    """Report the subscripts of decisions and row actions that may raise."""
    reach = contract.workflow.reach
    escapes, values = Escapes(contract.program, reach), OutsideValues(contract.program, reach)
    failure = builtin_failure("KeyError")
    for running in failing_code(contract):
        module = running.module
        for read in module.view.of_kind(running.scopes, Subscript):
            key = read.key.value if isinstance(read.key, Constant) else None
            if not isinstance(key, str) or module.view.is_target(read):
                continue
            origin = values.origin(module, read.value)
            if origin is None or not origin.whole or failure is None:
                continue
            if origin.source not in ("decision", "row action"):
                continue
            if _is_looked_for(running, read, key) or _is_decided(module, read, key):
                continue
            if escapes.leaves(module, module.facts.blocks_of[read.number], failure):
                yield _observation(running, module, read, key, origin.source)


def _is_looked_for(running: Running, read: Subscript, key: str) -> bool:
    """Tell whether the function names the key in any other way than by subscripts."""
    view = running.module.view
    keys = {subscript.key.number for subscript in view.of_kind(running.scopes, Subscript)}
    return any(
        constant.value == key and constant.number not in keys
        for constant in view.of_kind(running.scopes, Constant)
    )


def _is_decided(module: Module, read: Subscript, key: str) -> bool:
    """Tell whether a branch on the same value leads here, which may make the key certain."""
    if key in _OPTIONAL or not isinstance(read.value, Name):
        return False
    for block in module.view.enclosing_blocks(module.facts.block_of(read)):
        partner = None if block.partner is None else module.facts.blocks[block.partner]
        heads = [each.head for each in (block, partner) if each is not None]
        if any(_reads(head, read.value.name) for head in heads if head is not None):
            return True
    return False


def _reads(head: Expression, name: str) -> bool:
    return any(isinstance(part, Name) and part.name == name for part in parts(head))


def _observation(
    running: Running, module: Module, read: Subscript, key: str, source: str
) -> Observation:
    what = "answer at a gate" if source == "decision" else "row action"
    name = read.value.name if isinstance(read.value, Name) else "..."
    default = _default(module, read)
    edits = () if default else _with_get(module, read)
    return Observation(
        module=module,
        span=module.facts.span(read),
        message=f"no client promises the key `{key}` of this {what}: without it KeyError hangs"
        " the run",
        alternative=f'{name}.get("{key}"){default}',
        via=running.reached,
        severity="warning",
        fix="get-key" if edits else None,
        edits=edits,
    )


def _default(module: Module, read: Subscript) -> str:
    """Return what has to stand in for a missing key where None would hang the run as well.

    What that is only the author knows, so that there is no fix.
    """
    match module.view.parents.get(read.number):
        case Attribute(_, value, _) if value is read:
            return ", tested for None before it is used"
        case Subscript(_, value, _) if value is read:
            return " or {}"
        case Comprehension(clauses=clauses) if any(each.iterable is read for each in clauses):
            return " or []"
        case Starred():
            return " or []"
        case Call(_, called, _, _) if called is read:
            return ", tested for None before it is used"
        case Operation(_, operators, operands) if operators[-1] in ("in", "not in"):
            return " or []" if operands[-1] is read else ""
        case _:
            pass
    records = module.view.contexts.get(read.number, ())
    is_walked = any(
        (isinstance(each, Block) and each.kind == "for")
        or (isinstance(each, Binding) and each.path)
        for each in records
    )
    return " or []" if is_walked else ""


def _with_get(module: Module, read: Subscript) -> tuple[Edit, ...]:
    """Return the edits that put `.get(` and `)` in the place of the brackets.

    What stands in parentheses is left alone: where they end cannot be seen.
    """
    whole, value, key = (module.facts.span(each) for each in (read, read.value, read.key))
    if value[:2] != whole[:2] or not isinstance(read.value, Name | Attribute):
        return ()
    return (
        Edit(module.path, value[2:], key[:2], ".get("),
        Edit(module.path, key[2:], whole[2:], ")"),
    )


RULE = Rule(
    code="NTR412",
    name="unchecked-key",
    summary="a key of a decision or row action that may not be there",
    explanation=__doc__,
    contract=check,
    fix="unsafe",
)

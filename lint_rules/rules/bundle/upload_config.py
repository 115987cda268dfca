"""What an upload takes, declared otherwise than the gate asks for it.

The Tenant UI announces an upload by `accept`, `max_size_mb` and `multiple` of the frontmatter, and
checks the file by those of the gate's display hint. Where they differ, a client prepares a file
that is then refused. `accept` holds MIME types (3.2), or extensions with their dot: `pdf` matches
no file at all.

Bad:

    - id: upload
      component: FILE_UPLOAD
      config:
        accept: [pdf]
        max_size_mb: 50         # the hint in the code says 5

Good:

    - id: upload
      component: FILE_UPLOAD
      config:
        accept: [application/pdf]
        max_size_mb: 5
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.hints import Hint, gates_of, hint_of
from lint_rules.declared.mime_types import known_type
from lint_rules.declared.places import in_code, in_manifest
from lint_rules.declared.steps import Pair, declared_steps, pairs, the_runbook
from lint_rules.manifest.nodes import Node
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.written import Value
from lint_rules.workflow_code.observation import Observation

_MIME_TYPE = re.compile(r"[A-Za-z0-9][\w!#$&^.+-]{0,126}/(?:\*|[A-Za-z0-9][\w!#$&^.+-]{0,126})")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}")
"""As browsers take it in `accept`, beside MIME types."""
_MOST = 100
_UPLOADS = ("FILE_UPLOAD", "MULTI_FILE_UPLOAD")


def check(contract: Contract) -> Iterator[Observation]:
    """Report what is no MIME type, and what differs from the hint in the code."""
    runbook = the_runbook(contract)
    if runbook is None:
        return
    paired = {pair.declared.id: pair for pair in pairs(contract, runbook)}
    for declared in declared_steps(contract):
        component, config = declared.get("component"), declared.get("config")
        if config is None or component is None or component.text not in _UPLOADS:
            continue
        wrong = [*_accept(contract, config.get("accept")), *_size(contract, config)]
        yield from wrong
        pair = paired.get(declared.id)
        gates = gates_of(runbook, pair.step) if pair is not None else []
        if pair is not None and not wrong and len(gates) == 1 and gates[0].kind == "signal":
            yield from _compared(contract, pair, config, hint_of(contract, gates[0]))


def _accept(contract: Contract, accept: Node | None) -> Iterator[Observation]:
    if accept is None or accept.is_null:
        return
    if accept.kind != "sequence":
        words = [word.strip() for word in accept.raw.split(",")] if accept.kind == "scalar" else []
        listed = ", ".join(known_type(word) or word for word in words)
        message = f"`accept` is {accept.what}, not a list of MIME types"
        yield in_manifest(contract, accept, message, f"`[{listed or 'application/pdf'}]`")
        return
    for item in accept.items[:_MOST]:
        text = item.text
        if text is not None and (_MIME_TYPE.fullmatch(text) or _EXTENSION.fullmatch(text)):
            continue
        word = item.raw if item.kind == "scalar" else item.what
        meant = known_type(word)
        yield in_manifest(
            contract,
            item,
            f"`{word}` is no MIME type, so it matches no file",
            f"`{meant}`" if meant else "a MIME type such as `application/pdf`",
        )


def _size(contract: Contract, config: Node) -> Iterator[Observation]:
    size, multiple = config.get("max_size_mb"), config.get("multiple")
    if size is not None and not size.is_null:
        value = size.value
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not value > 0:  # type: ignore[operator]
            said = f"`{size.raw}`" if size.kind == "scalar" else size.what
            message = f"`max_size_mb` is {said}, not a number of megabytes"
            yield in_manifest(contract, size, message, "a number above 0, without a unit")
    if multiple is not None and not multiple.is_null and not isinstance(multiple.value, bool):
        message = f"`multiple` is {multiple.what}, neither true nor false"
        yield in_manifest(contract, multiple, message, "`true` or `false`")


def _compared(contract: Contract, pair: Pair, config: Node, hint: Hint) -> Iterator[Observation]:
    asked = hint.value.get("config") if hint.value is not None else None
    if asked is None or hint.component != "FILE_UPLOAD":
        return
    for key in ("accept", "max_size_mb", "multiple"):
        declared, given = config.get(key), asked.get(key)
        if declared is None or declared.is_null:
            continue
        if asked.lacks(key):
            said = "nothing" if key != "multiple" or declared.value is True else None
            place = asked
        else:
            said = _differs(declared, given)
            place = given or asked
        if said is None:
            continue
        at = place.span if place.module is hint.gate.module else hint.gate.span
        yield in_manifest(
            contract,
            declared,
            f"`{key}` of the step `{pair.declared.id}` is {_shown(declared)}, its gate says {said}",
            "the same here and in the display hint of the gate",
            steps=(in_code(hint.gate.module, at, f"the gate says {said}"),),
        )


def _differs(declared: Node, given: Value | None) -> str | None:
    """Return what the code says if it certainly is something else."""
    if given is None:
        return None
    if declared.kind == "sequence":
        texts = [item.text for item in given.items]
        if given.kind != "sequence" or not given.complete or None in texts:
            return None
        wanted = {_type_of(item.text or "") for item in declared.items}
        found = [text for text in texts if text is not None]
        return None if {_type_of(t) for t in found} == wanted else f"`[{', '.join(found)}]`"
    if given.kind != "constant" or given.constant is None or given.constant == declared.value:
        return None
    return f"`{given.constant}`"


def _type_of(accepted: str) -> str:
    """Return the MIME type that an entry of `accept` stands for: `.pdf` is `application/pdf`."""
    return known_type(accepted) or accepted.lower()


def _shown(node: Node) -> str:
    if node.kind == "sequence":
        return f"`[{', '.join(item.raw for item in node.items)}]`"
    return f"`{node.raw}`"


RULE = Rule(
    code="NTR527",
    name="upload-config",
    summary="an upload that takes something else than its gate asks for",
    explanation=__doc__,
    contract=check,
)

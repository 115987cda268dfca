"""`templates/workflow.py` has no class with the name that the slug stands for.

Deploy tells the worker to run the class whose name it makes of the slug, the parts capitalised and
`Workflow` behind; the validator looks for it with `getattr` (WORKFLOW_CLASS_NOT_FOUND), so a class
that `workflow.py` imports counts too. With any other name the worker finds nothing to run (D57).

The SDK's harness goes back from the class to the slug, each capital a new part, where it was given
the class alone: `NAVWorkflow` becomes `n-a-v`, and `Nav2Workflow` is not `nav-2`. That is mentioned
where it makes a difference.

Bad:

    # slug: nav-monthly
    class NAVMonthlyWorkflow(NtroWorkflow): ...

Good:

    # slug: nav-monthly
    class NavMonthlyWorkflow(NtroWorkflow): ...
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Name
from lint_rules.facts.records import Class, Span
from lint_rules.files.text_file import TextFile
from lint_rules.manifest.manifest import Manifest
from lint_rules.manifest.nodes import Node
from lint_rules.manifest.slugs import class_name, harness_slug, is_slug
from lint_rules.program import Module, ProjectClass, Unknown
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_WORKFLOW = "templates/workflow.py"
_DYNAMIC = frozenset({"globals", "vars", "exec", "setattr"})


def check(contract: Contract) -> Iterator[Observation]:
    """Report a slug whose class is missing, or is another's when read back."""
    manifest = contract.manifest
    node = manifest.get("slug") if manifest is not None else None
    slug = node.text if node is not None else None
    module = contract.module(_WORKFLOW)
    if manifest is None or node is None or slug is None or module is None or not is_slug(slug):
        return
    wanted = class_name(slug)
    if not _has(contract, module, wanted):
        yield _missing(contract, manifest, node, module, wanted)
    elif harness_slug(wanted) != slug:
        yield Observation(
            module=manifest.file,
            span=node.span,
            message=f"the SDK's harness takes `{wanted}` for the slug `{harness_slug(wanted)}`"
            " unless its loader has read the bundle",
            alternative="no part of the slug that begins with a digit",
            severity="info",
        )


def _has(contract: Contract, module: Module, name: str) -> bool:
    """Tell whether a module may have a name once it is imported."""
    if (0, name) in module.bindings or (0, "__getattr__") in module.bindings:
        return True
    if any(read.name in _DYNAMIC for read in module.view.every(Name)):
        return True
    if not module.stars:
        return False
    found = contract.program.member(module.name, name)
    return not all(isinstance(meaning, Unknown) for meaning in found)


def _missing(
    contract: Contract, manifest: Manifest, node: Node, module: Module, wanted: str
) -> Observation:
    here = [k for k in contract.workflow.workflows if k.module == module.name]
    kind = here[0] if len(here) == 1 else None
    elsewhere = [k for k in contract.workflow.workflows if _class(contract, k).name == wanted]
    message = f"`{_WORKFLOW}` has no class `{wanted}`, which the slug `{node.shown}` stands for"
    place: tuple[Module | TextFile, Span] = (manifest.file, node.span)
    alternative = f"a class `{wanted}` in it, or another slug"
    if elsewhere:
        source = contract.program.modules[elsewhere[0].module].name.rpartition(".")[2]
        alternative = f"`from .{source} import {wanted}` in it"
    elif kind is not None:
        found = _class(contract, kind)
        place = (module, found.span)
        message += f"; `{found.name}` reads back as `{harness_slug(found.name)}`"
        alternative = f"`class {wanted}`"
    return Observation(
        module=place[0],
        span=place[1],
        message=message,
        alternative=alternative,
        severity="error",
    )


def _class(contract: Contract, kind: ProjectClass) -> Class:
    return contract.program.modules[kind.module].facts.classes[kind.number]


RULE = Rule(
    code="NTR506",
    name="workflow-class",
    summary="workflow.py has no class with the name that the slug stands for",
    explanation=__doc__,
    contract=check,
)

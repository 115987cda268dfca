"""Names that new code needs, and how they are written at a place: as imported, or imported anew."""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.facts import ModuleFacts
from lint_rules.facts.expressions import Name
from lint_rules.facts.records import Import, Scope
from lint_rules.files.source_text import Position
from lint_rules.fixes.names import Names, dotted_module, qualified


@dataclass(frozen=True, slots=True)
class Need:
    """`from module import name`, or `import module` where the name is None.

    `alias` is what it is called where its own name is taken. A submodule is no attribute of a
    package that was merely imported.
    """

    module: str
    name: str | None
    alias: str
    is_submodule: bool = False

    @property
    def target(self) -> str:
        """The qualified name of what is needed."""
        return self.module if self.name is None else f"{self.module}.{self.name}"

    @property
    def own_name(self) -> str:
        """The name it has without an alias."""
        return self.name or self.module


RUNBOOK = Need("ntro.workflow", "runbook", "ntro_runbook")
WORKFLOW_ERROR = Need("ntro.workflow", "WorkflowError", "NtroWorkflowError")
WORKFLOW = Need("temporalio", "workflow", "temporal_workflow", is_submodule=True)
ASYNCIO = Need("asyncio", None, "asyncio_module")
TIMEDELTA = Need("datetime", "timedelta", "datetime_timedelta")
TIMEZONE = Need("datetime", "timezone", "datetime_timezone")
UTC = Need("datetime", "UTC", "datetime_utc")


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a name will be read: the scope, the position, and whether importing comes there."""

    scope: Scope
    position: Position
    at_import: bool


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a need is written for a reader; `bound` is the imported name that this relies on."""

    need: Need
    text: str
    bound: str
    reader: Reader
    is_new: bool


def spell(facts: ModuleFacts, names: Names, need: Need, reader: Reader) -> Spelling:
    """Return how a need is written for a reader; a new import goes under a name that is free."""
    existing = find_existing(facts, names, need, reader)
    if existing is not None:
        return existing
    name = need.own_name
    if not _is_free(facts, names, need, name, reader.scope):
        name = need.alias
        while not _is_free(facts, names, need, name, reader.scope):
            name += "_"
    return Spelling(need, name, name, reader, is_new=True)


def find_existing(facts: ModuleFacts, names: Names, need: Need, reader: Reader) -> Spelling | None:
    """Return how a need is written with an import that has certainly run when it is read."""
    for found in facts.imports:
        text = _through(found, need)
        bound = found.bound
        if text is None or bound is None or names.holder(bound, reader.scope) != found.scope:
            continue
        if _is_reliable(names, found, bound, reader):
            return Spelling(need, text, bound, reader, is_new=False)
    return None


def _through(found: Import, need: Need) -> str | None:
    """Return how a need is written with an import, whatever its circumstances."""
    if found.bound is None:
        return None
    if found.name is not None:
        source, text = qualified(found), found.bound
    else:
        is_alias = found.bound != found.module.partition(".")[0]
        source, text = found.module, found.bound if is_alias else found.module
    if source == need.target:
        return text
    if source == need.module and need.name is not None and not need.is_submodule:
        return f"{text}.{need.name}"
    return None


def _is_reliable(names: Names, found: Import, bound: str, reader: Reader) -> bool:
    if found.conditional or found.typing_only or bound in names.declared:
        return False
    if (found.scope != 0 or reader.at_import) and found.span[:2] > reader.position:
        return False
    others = names.bound_in(found.scope, bound)
    return all(b.kind == "import" and names.imported(b) == qualified(found) for b in others)


def _is_free(facts: ModuleFacts, names: Names, need: Need, name: str, scope: Scope) -> bool:
    if name in names.declared or names.bound_in(0, name) or names.holder(name, scope) is not None:
        return False
    # A star may bring the name; then the module reads it without binding it.
    foreign = any(dotted_module(star) != need.module for star in names.stars)
    return not foreign or not any(
        isinstance(each, Name)
        and each.name == name
        and names.holder(name, facts.scope_of(each)) is None
        for each in facts.expressions
    )

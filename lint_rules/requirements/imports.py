"""What the modules of a bundle import from elsewhere, and under which circumstances."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.facts.expressions import Attribute, Call, Constant, Expression, Name, children
from lint_rules.facts.records import Block, Import, Span
from lint_rules.files.layout import Layout
from lint_rules.files.path_text import parent
from lint_rules.files.project import Project
from lint_rules.program import Module, Program

UPLOADED = ("templates", "subledgers")
"""The directories of a bundle whose modules run on the worker (D56)."""

_OURS = frozenset({*UPLOADED, "setuptools", "pkg_resources", "pip"})
_ABSENCE = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_SURROUNDINGS = frozenset({"sys", "os", "platform", "importlib", "find_spec"})
_LOADERS = ("import_module", "__import__")
_LOADER_NAMES = ("importlib.import_module", "builtins.__import__")


@dataclass(frozen=True, slots=True)
class Imported:
    """A name from elsewhere; `name` is as much of it as is written: `google.cloud.storage`.

    `optional` imports may fail without harm; `typing_only` ones never happen.
    """

    name: str
    module: Module
    span: Span
    optional: bool
    typing_only: bool

    @property
    def top(self) -> str:
        """The package."""
        return self.name.partition(".")[0]

    @property
    def happens(self) -> bool:
        """Whether it happens on the worker, and must not fail."""
        return not self.optional and not self.typing_only


@dataclass(frozen=True, slots=True)
class BundleImports:
    """All of them; `complete` is False when there may be others that cannot be seen."""

    found: tuple[Imported, ...]
    complete: bool


def imports_of(project: Project, program: Program, layout: Layout) -> BundleImports:
    """Return what the modules of a bundle import that run on the worker."""
    found: list[Imported] = []
    complete = True
    for path in project.members:
        if path.relative_to(project.root).parts[0] not in UPLOADED:
            continue
        module = program.modules.get(layout.name_of(path))
        if module is None:
            complete = False
            continue
        beside = frozenset(p.stem for p in project.members if str(p.parent) == parent(module.path))
        for each in _imports(program, module):
            if each is None:
                complete = False
            elif _is_from_elsewhere(program, each, beside):
                found.append(each)
    return BundleImports(tuple(found), complete)


def _is_from_elsewhere(program: Program, found: Imported, beside: frozenset[str]) -> bool:
    top = found.top
    if top in sys.stdlib_module_names or top in _OURS or top in beside:
        return False
    return program.modules.get(top) is None


def _imports(program: Program, module: Module) -> Iterator[Imported | None]:
    """Yield the imports; None for one whose name is worked out at run time."""
    for found in module.facts.imports:
        if found.level == 0 and found.module:
            optional = _is_optional(module, found)
            name = found.module if found.name in (None, "*") else f"{found.module}.{found.name}"
            yield Imported(name, module, found.span, optional, found.typing_only)
    loaders = {*_LOADERS, *(i.bound for i in module.facts.imports if i.name in _LOADERS)}
    for call in module.view.every(Call):
        if _last_name(call.function) in loaders:
            yield from _loaded(program, module, call)


def _last_name(function: Expression) -> str | None:
    match function:
        case Name(_, name) | Attribute(_, _, name):
            return name
        case _:
            return None


def _loaded(program: Program, module: Module, call: Call) -> Iterator[Imported | None]:
    if program.name(module, call.function) not in _LOADER_NAMES:
        return
    given = call.arguments[0] if call.arguments else call.keyword("name")
    name = given.value if isinstance(given, Constant) else None
    if not isinstance(name, str):
        yield None
    elif name and not name.startswith("."):
        # What loads by name mostly copes with what is missing.
        yield Imported(name, module, module.facts.span(call), True, False)


def _is_optional(module: Module, found: Import) -> bool:
    """Tell whether an import depends on what there is to import, or on where it runs."""
    blocks = module.facts.blocks
    block = blocks[found.block]
    inside = module.facts.scopes[found.scope].kind == "function"
    while block.kind != "body" and block.parent is not None:
        if _allows_absence(module, block, inside):
            return True
        block = blocks[block.parent]
    return False


def _allows_absence(module: Module, block: Block, inside: bool) -> bool:
    match block.kind:
        case "try":
            tries = (each for each in module.facts.tries if each.block == block.number)
            handlers = (h for each in tries for h in each.handlers if not h.reraises)
            return any(not h.types or any(map(_is_absence, h.types)) for h in handlers)
        case "except" | "with":
            return block.head is not None and _mentions(block.head, _ABSENCE)
        case "if":
            return not inside or (block.head is not None and _mentions(block.head, _SURROUNDINGS))
        case "else":
            partner = module.facts.blocks[block.partner] if block.partner is not None else None
            if partner is None or partner.kind != "if":
                return False
            return _allows_absence(module, partner, inside)
        case _:
            return False


def _is_absence(caught: Expression) -> bool:
    return _last_name(caught) in _ABSENCE


def _mentions(expression: Expression, names: frozenset[str]) -> bool:
    waiting = [expression]
    while waiting:
        found = waiting.pop()
        name = _last_name(found)
        if name is not None and (name in names or name.startswith("HAS_")):
            return True
        waiting += children(found)
    return False

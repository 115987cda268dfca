"""The imports of a bundle's modules, as the worker meets them.

The worker, like the validator and the SDK's loader, makes a package of `templates/` under a name of
its own. So only relative imports reach another module of the bundle, and none leaves `templates/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.contract.bundle_files import BundleFiles
from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Call, Name
from lint_rules.facts.records import Import
from lint_rules.files import path_text
from lint_rules.files.layout import Location
from lint_rules.program import Module
from lint_rules.program.modules import external

PACKAGE = "templates"

_DYNAMIC = frozenset({"globals", "vars", "exec", "setattr", "import_module"})


@dataclass(frozen=True, slots=True)
class TemplateImport:
    """An import that certainly runs, in a module of `templates/`."""

    module: Module
    statement: Import


def template_imports(contract: Contract) -> Iterator[TemplateImport]:
    """Yield the imports of these modules that depend on nothing."""
    for module in contract.templates:
        for statement in module.facts.imports:
            if not statement.conditional and not _is_guarded(contract, module, statement):
                yield TemplateImport(module, statement)


def _is_guarded(contract: Contract, module: Module, statement: Import) -> bool:
    """Tell whether a `with` is around an import that may swallow its failure."""
    for block in module.view.enclosing_blocks(module.facts.blocks[statement.block]):
        if block.kind == "with" and block.head is not None:
            head = block.head.function if isinstance(block.head, Call) else block.head
            name = contract.program.name(module, head)
            if name != "temporalio.workflow.unsafe.imports_passed_through":
                return True
    return False


def module_file(files: BundleFiles, name: str) -> str | None:
    """Return the file of a module of the bundle by its dotted name; None when there is none.

    A directory without `__init__.py` counts as a package, which it is to Python.
    """
    path = name.replace(".", "/")
    directory, _, last = path.rpartition("/")
    listing = files.listing(directory)
    if last in listing.directories:
        return f"{path}/__init__.py"
    if f"{last}.py" in listing.files:
        return f"{path}.py"
    # An extension module has the platform in its name.
    compiled = (
        f for f in listing.files if f.startswith(f"{last}.") and f.endswith((".so", ".pyd"))
    )
    return next((f"{directory}/{file}" for file in compiled), None)


def located(contract: Contract, files: BundleFiles, top: str) -> Location | None:
    """Return where a module of the author's may lie outside of packages that are installed.

    The files that the answer depends on are noted.
    """
    if external(top).origin != "third party":
        return None
    for base in map(str, contract.project.search):
        files.text_at(path_text.join(base, f"{top}.py"))
        files.text_at(path_text.join(path_text.join(base, top), "__init__.py"))
    return contract.layout.locate(top)


def may_have(contract: Contract, module: Module, name: str) -> bool:
    """Tell whether a module of the project may have a name once it was imported."""
    return _may_have(contract, module, name, set())


def _may_have(contract: Contract, module: Module, name: str, seen: set[str]) -> bool:
    if module.name in seen:
        return False
    seen.add(module.name)
    if name.startswith("__") and name.endswith("__"):
        return True
    bound = module.bindings.get((0, name), ())
    imports = module.facts.imports
    if any(
        b.kind != "import" or b.definition is None or not imports[b.definition].typing_only
        for b in bound
    ):
        return True
    if (0, "__getattr__") in module.bindings or _is_dynamic(module):
        return True
    for star in module.stars:
        source = module.absolute(star)
        other = contract.program.modules.get(source) if source else None
        if other is None or _may_have(contract, other, name, seen):
            return True
    return False


def _is_dynamic(module: Module) -> bool:
    return any(name.name in _DYNAMIC for name in module.view.every(Name))

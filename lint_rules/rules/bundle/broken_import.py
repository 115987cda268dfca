"""A module of `templates/` imports something of the bundle that is not there.

The worker imports the bundle when it is deployed, and so does the validator
(WORKFLOW_PY_IMPORT_ERROR, ACTIVITIES_PY_IMPORT_ERROR, MODELS_PY_IMPORT_ERROR): ImportError or
ModuleNotFoundError, and nothing is registered. `templates/` is a package there with a name of the
reader's own, `_runbook_templates_...` or `_test_rb_...`. So `from templates.models import ...` and
`from models import ...`, which work in an editor and in some tests, find no such module, and `from
..shared import ...` leaves the package.

Imports under `if`, `try` or `TYPE_CHECKING`, and names that a module makes at run time, are not
judged.

Bad:

    from templates.models import Slip
    from .models import Slipp

Good:

    from .models import Slip
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.bundle_files import BundleFiles
from lint_rules.contract.contract import Contract
from lint_rules.contract.required_files import missing_files
from lint_rules.contract.template_imports import (
    PACKAGE,
    TemplateImport,
    located,
    may_have,
    module_file,
    template_imports,
)
from lint_rules.facts.records import Import
from lint_rules.nearest import nearest
from lint_rules.program import Module
from lint_rules.program.modules import external
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_THERE = "a module that is there"
_MANY = 200


def check(contract: Contract) -> Iterator[Observation]:
    """Report imports that fail on the worker."""
    files = contract.files
    if files is None:
        return
    reported: set[tuple[str, str]] = set()
    for found in template_imports(contract):
        fault = _fault(contract, files, found)
        if fault is None:
            continue
        message, alternative, source = fault
        key = (found.module.name, source)
        if key in reported:
            continue
        if source:
            # Each of the names that one statement imports would say the same.
            reported.add(key)
        yield Observation(
            module=found.module,
            span=found.statement.span,
            message=message,
            alternative=alternative,
            severity="error",
        )


Fault = tuple[str, str, str]
"""What is wrong, what to write, and the module that is not found, empty when a name is missing."""


def _fault(contract: Contract, files: BundleFiles, found: TemplateImport) -> Fault | None:
    statement = found.statement
    if not statement.level:
        return _absolute(contract, files, found)
    source = found.module.absolute(statement)
    if source is None or not _is_inside(source):
        dots = "." * statement.level
        message = f"`from {dots}{statement.module}` leaves the package that `templates/` is"
        return message, "keep the module in `templates/`", f"{dots}{statement.module}"
    path = module_file(files, source)
    if path is None:
        if f"{source.replace('.', '/')}.py" in _reported_as_missing(files):
            return None
        beside = nearest(source.rpartition(".")[2], _modules(files, source))
        message = f"the bundle has no module `{source.replace('.', '/')}.py`"
        return message, f"`.{beside}`" if beside else _THERE, source
    return _name(contract, files, found, source)


def _is_inside(source: str) -> bool:
    return source == PACKAGE or source.startswith(f"{PACKAGE}.")


def _name(
    contract: Contract, files: BundleFiles, found: TemplateImport, source: str
) -> Fault | None:
    """Return what is wrong with a name that is imported from a module of the bundle."""
    name = found.statement.name
    if name is None or name == "*" or module_file(files, f"{source}.{name}") is not None:
        return None
    path = module_file(files, source) or ""
    module = contract.module(path)
    if module is None and files.exists(path):
        # It cannot be parsed, which is reported by itself.
        return None
    if module is not None and may_have(contract, module, name):
        return None
    if module is not None and found.statement.module:
        close = nearest(name, _names(module))
        return f"`{path}` has no `{name}`", f"`{close}`" if close else f"define `{name}` there", ""
    wanted = f"{source.replace('.', '/')}/{name}.py"
    if wanted in _reported_as_missing(files):
        return None
    close = nearest(name, _modules(files, f"{source}.{name}"))
    return f"the bundle has no module `{wanted}`", f"`{close}`" if close else _THERE, ""


def _reported_as_missing(files: BundleFiles) -> set[str]:
    return {file.path for file in missing_files(files) if file.severity == "error"}


def _absolute(contract: Contract, files: BundleFiles, found: TemplateImport) -> Fault | None:
    """Return what is wrong with an import that names modules of the bundle from the top."""
    source = found.statement.module
    top, _, rest = source.partition(".")
    if top == PACKAGE:
        inside = rest
    elif module_file(files, f"{PACKAGE}.{top}") and _is_nowhere_else(contract, files, top):
        inside = source
    else:
        return None
    message = f"the worker knows no module `{source}`: it mounts `templates/` under another name"
    return message, f"`{_relative(found.module, inside, found.statement)}`", source


def _is_nowhere_else(contract: Contract, files: BundleFiles, top: str) -> bool:
    """Tell whether no module but the one in `templates/` can have a name."""
    is_open = external(top).origin == "third party"
    return is_open and located(contract, files, top) is None


def _relative(module: Module, inside: str, statement: Import) -> str:
    depth = len(module.name.split(".")) - (0 if module.is_package else 1)
    dots = "." * max(depth, 1)
    if statement.name is not None:
        return f"from {dots}{inside} import {statement.name}"
    package, _, last = inside.rpartition(".")
    return f"from {dots}{package} import {last}" if last else "a relative import"


def _modules(files: BundleFiles, source: str) -> list[str]:
    directory = source.rpartition(".")[0].replace(".", "/")
    names = (n for n in files.listing(directory).files if n.endswith(".py") and n[0] != "_")
    return sorted(name.removesuffix(".py") for name in names)


def _names(module: Module) -> list[str]:
    return sorted({name for scope, name in module.bindings if scope == 0})[:_MANY]


RULE = Rule(
    code="NTR511",
    name="broken-import",
    summary="a module of templates/ imports something of the bundle that is not there",
    explanation=__doc__,
    contract=check,
)

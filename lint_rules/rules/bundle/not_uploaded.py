"""Code of the bundle needs a file that deploy does not upload.

What reaches the worker are the directories `templates/`, `subledgers/` and `migrations/`, and
nothing else of the bundle or the repository around it: not `runbook.md` either, though the docs say
so (D56). A module beside the bundle is ModuleNotFoundError at deploy, unless a package of
`requirements.txt` brings it; a data file beside `templates/` is FileNotFoundError when the activity
runs. Both work on the author's machine and in tests.

Bad:

    RATES = Path(__file__).parents[1] / "data" / "rates.csv"

Good:

    RATES = Path(__file__).parent / "rates.csv"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.contract.bundle_files import MANIFEST, REQUIREMENTS, BundleFiles
from lint_rules.contract.contract import Contract
from lint_rules.contract.template_imports import (
    PACKAGE,
    TemplateImport,
    located,
    module_file,
    template_imports,
)
from lint_rules.contract.uploaded import UPLOADED, is_uploaded
from lint_rules.facts.expressions import Attribute, Call, Constant, Expression, Operation
from lint_rules.facts.records import Span
from lint_rules.files import path_text
from lint_rules.program import Module
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.file_paths import FilePaths
from lint_rules.workflow_code.observation import Observation

_WORD = re.compile(r"[a-z0-9]+")


def check(contract: Contract) -> Iterator[Observation]:
    """Report modules and data files that are not on the worker."""
    files = contract.files
    if files is None:
        return
    reported: set[tuple[str, str]] = set()
    for found in template_imports(contract):
        path = _outside(contract, files, found)
        key = (found.module.name, path or "")
        if path is not None and key not in reported:
            reported.add(key)
            yield _module(files, found, path)
    for module in contract.templates:
        yield from _data_files(contract, files, module)


def _outside(contract: Contract, files: BundleFiles, found: TemplateImport) -> str | None:
    """Return the file of an imported module that is certainly the author's and not uploaded."""
    name = found.statement.module
    top = name.partition(".")[0]
    if found.statement.level or top in UPLOADED or module_file(files, f"{PACKAGE}.{top}"):
        return None
    location = located(contract, files, top)
    if location is None or location.is_namespace or _is_required(files, top):
        return None
    return str(location.path)


def _is_required(files: BundleFiles, top: str) -> bool:
    """Tell whether a package that requirements bring may be the one: by a word of its name."""
    text = files.text(REQUIREMENTS).text or ""
    words = set(_WORD.findall(text.lower()))
    parts = [part for part in _WORD.findall(top.lower()) if len(part) > 1]
    return "".join(parts) in words or (bool(parts) and all(part in words for part in parts))


def _module(files: BundleFiles, found: TemplateImport, path: str) -> Observation:
    inside = path_text.is_below(path, files.root)
    shown = path_text.relative(path, files.root).replace(path_text.SEPARATOR, "/")
    where = "in the bundle" if inside else "in the repository around"
    return Observation(
        module=found.module,
        span=found.statement.span,
        message=f"`{found.statement.module}` is `{shown}` {where}, which deploy does not upload",
        alternative="a module in `templates/`, or a package that requirements.txt brings",
        severity="error" if inside else "warning",
    )


def _data_files(contract: Contract, files: BundleFiles, module: Module) -> Iterator[Observation]:
    inside = path_text.below(module.path, files.root).replace(path_text.SEPARATOR, "/")
    paths = FilePaths(contract.program, module, inside)
    made: list[Operation | Call] = [*module.view.every(Operation), *module.view.every(Call)]
    for expression in made:
        path = _read(contract, module, paths, expression)
        if path is None or is_uploaded(path) or not _is_file(files, path):
            continue
        # What workflow code opens is a fault whatever the file.
        if not _in_workflow_code(contract, module, expression):
            yield _data_file(module, module.facts.span(expression), path)


def _read(
    contract: Contract, module: Module, paths: FilePaths, expression: Operation | Call
) -> str | None:
    """Return the path that an expression makes or opens, from the top of the bundle."""
    match expression:
        case Operation(_, ("/",)) | Call(_, Attribute(_, _, "joinpath" | "join")):
            return paths.path(expression)
        case Call(_, function, (Constant(_, "str", str(text)), *_)) if text[:1] not in ("/", ""):
            name = contract.program.name(module, function)
            return text if name in ("builtins.open", "pathlib.Path") else None
        case _:
            return None


def _is_file(files: BundleFiles, path: str) -> bool:
    directory, _, name = path.rpartition("/")
    if "\0" in path or len(path) > 500:
        return False
    return files.has(path_text.normal(files.path(directory)), name)


def _in_workflow_code(contract: Contract, module: Module, expression: Expression) -> bool:
    scope = module.facts.scope_of(expression).number
    return any(
        running.module is module and scope in running.scopes
        for running in contract.workflow.functions
    )


def _data_file(module: Module, span: Span, path: str) -> Observation:
    if path == MANIFEST:
        alternative = "the values in the code or in the Context"
    else:
        alternative = "the file in `templates/`, opened by `Path(__file__).parent`"
    return Observation(
        module=module,
        span=span,
        message=f"`{path[:80]}` is not on the worker: deploy uploads only `templates/`,"
        " `subledgers/` and `migrations/`",
        alternative=alternative,
        severity="error",
    )


RULE = Rule(
    code="NTR514",
    name="not-uploaded",
    summary="code of the bundle needs a file that deploy does not upload",
    explanation=__doc__,
    contract=check,
)

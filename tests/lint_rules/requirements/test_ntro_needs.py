"""What the modules of the SDK need is held against the source of the installed one."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from lint_rules.requirements.ntro_needs import EXTRAS, extra_with, needs_of


@cache
def sources() -> Mapping[str, tuple[ast.Module, bool]]:
    """The modules of the SDK, each with whether it is a package."""
    spec = importlib.util.find_spec("ntro")
    assert spec is not None
    assert spec.origin is not None
    root = Path(spec.origin).parent
    found = {}
    for path in root.rglob("*.py"):
        parts = path.relative_to(root.parent).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        found[name] = (ast.parse(path.read_text("utf-8")), is_package)
    return found


def imported(name: str) -> Iterator[str]:
    """Yield the modules that importing one must import at once: not in functions, under `if`, or
    where a failure is caught.
    """
    tree, is_package = sources()[name]
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.If):
            continue
        if isinstance(node, ast.Try) and not any(
            isinstance(inside, ast.Raise)
            for handler in node.handlers
            for inside in ast.walk(handler)
        ):
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = name.split(".")
            base = parts[: len(parts) - node.level + is_package] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def needed(name: str) -> set[str]:
    """Return the top-level packages that importing a module of the SDK needs."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        module = waiting.pop()
        parts = module.split(".")
        for end in range(1, len(parts) + 1):
            part = ".".join(parts[:end])
            if part not in seen and part in sources():
                waiting += imported(part)
            seen.add(part)
    return {module.partition(".")[0] for module in seen}


@pytest.mark.parametrize(
    ("package", "extra"), [("apideck_unify", "gl"), ("asyncpg", ""), ("openpyxl", "")]
)
def test_what_needs_a_package_when_it_is_imported_is_listed_and_nothing_else(
    package: str, extra: str
) -> None:
    need_it = {name for name in sources() if package in needed(name)}
    listed = {name for name in sources() if any(n.extra == extra for n in needs_of(name))}
    assert need_it == listed


def test_what_needs_temporalio_when_it_is_imported_is_listed() -> None:
    need_it = {name for name in sources() if "temporalio" in needed(name)}
    assert "ntro.workflow.task" in need_it
    for name in need_it:
        assert any("temporalio" in need.packages for need in needs_of(name)), name


@pytest.mark.parametrize("package", ["asyncpg", "openpyxl", "pdfplumber"])
def test_the_modules_whose_functions_need_a_package_are_listed(package: str) -> None:
    for name, (tree, _) in sources().items():
        inside = (n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom))
        names = {
            alias.name if isinstance(node, ast.Import) else node.module or ""
            for node in inside
            for alias in node.names
        }
        uses = any(each.partition(".")[0] == package for each in names)
        assert uses == any(package in need.packages for need in needs_of(name)), name


def test_all_that_is_needed_is_brought_by_the_extra_that_is_named() -> None:
    for name in sources():
        for need in needs_of(name):
            assert set(need.packages) <= set(EXTRAS[need.extra])


def test_the_extra_for_a_package_is_the_one_for_production() -> None:
    assert extra_with(["temporalio"]) == "workflow"
    assert extra_with(["PDFplumber"]) == "workflow"
    assert extra_with(["requests"]) is None

"""A generated repository of an ordinary service in which few modules are workflows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from string import Template

from benchmarks.lint_speed import service_text
from benchmarks.lint_speed.bundle import package_files
from benchmarks.lint_speed.helper_modules import calculations
from benchmarks.lint_speed.words import NOUNS, Words, plain, title

PACKAGE = "books"
LINES_PER_MODULE = 420
LINES_PER_WORKFLOW = 650
"""A workflow package: the workflow, its activities, models and helpers."""


def repository_files(lines: int, workflows: int) -> Iterator[tuple[str, str]]:
    """Yield path and text of about so many lines of Python: `src/` layout, tests beside it.

    Each workflow package is part of an area, and its activities import an ordinary module of it.
    """
    yield "pyproject.toml", f'[project]\nname = "{PACKAGE}"\nversion = "1.0.0"\n'
    yield f"src/{PACKAGE}/__init__.py", ""
    yield f"src/{PACKAGE}/common/__init__.py", ""
    yield f"src/{PACKAGE}/common/models.py", service_text.COMMON.lstrip("\n")
    areas = [f"{noun}s" for noun in NOUNS]
    for area in areas:
        yield f"src/{PACKAGE}/{area}/__init__.py", ""
    words = Words("repository")
    first = {area: words.name() for area in areas}
    unused = dict(first)
    left = lines - workflows * LINES_PER_WORKFLOW
    for area in itertools.cycle(areas):
        for path, text in _module(area, unused.pop(area, "") or words.name()):
            left -= text.count("\n")
            yield path, text
        if left <= 0:
            break
    for number, area in enumerate(itertools.islice(itertools.cycle(areas), workflows)):
        yield from _workflow(area, f"close-{area}-{number}", first[area])


def _workflow(area: str, slug: str, service: str) -> Iterator[tuple[str, str]]:
    """Yield the modules of a workflow package whose activities use an ordinary module."""
    base = f"from {PACKAGE}.{area}.{service} import BASE"
    for name, text in package_files(slug, LINES_PER_WORKFLOW, "workflow", base).items():
        yield f"src/{PACKAGE}/{area}/{slug.replace('-', '_')}/{name}", text


def _module(area: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield a module about one thing, and its tests."""
    words = Words(name)
    places = {
        "name": name,
        "plain": plain(name),
        "class_name": title(name),
        "package": PACKAGE,
        "module": f"{PACKAGE}.{area}.{name}",
        "number": str(words.number(5, 90)),
    }
    blocks = [service_text.HEADER, service_text.RECORD, service_text.STORE, service_text.SERVICE]
    parts = [Template(block.strip("\n")).substitute(places) for block in blocks]
    command = Template(service_text.COMMAND.strip("\n")).substitute(places)
    written = sum(part.count("\n") + 3 for part in [*parts, command])
    parts += [one.text for one in calculations(words, LINES_PER_MODULE - written)]
    yield f"src/{PACKAGE}/{area}/{name}.py", "\n\n\n".join([*parts, command]) + "\n"
    checks = [service_text.CHECKS_HEADER, service_text.CHECK]
    text = "\n\n\n".join(Template(block.strip("\n")).substitute(places) for block in checks)
    yield f"tests/{area}/test_{name}.py", text + "\n"

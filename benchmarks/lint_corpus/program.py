"""Puts a hazard into a shape: a workflow in a package of its own, and which line must be found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Template
from textwrap import dedent, indent
from typing import Literal

from benchmarks.lint_corpus.hazards import Hazard
from benchmarks.lint_corpus.shape import FOUND, Shape, filling
from lint_rules.manifest.slugs import class_name

Kind = Literal["hidden", "harmless"]

WORKFLOW = '''\
"""$title."""

from __future__ import annotations

$imports
$facade_import

$before

@$facade.defn
class $workflow_class$bases:
    """$title."""

$members    @$facade.run
    async def run(self, ctx: Context) -> object:
$run
'''

CONTEXT = '''\
class Context:
    """What the workflow is started with."""

    def __init__(self, kind: str = "late", count: int = 2) -> None:
        self.kind = kind
        self.count = count
'''

MANIFEST = """\
---
id: rb-$slug
slug: $slug
name: $title
description: One program of the corpus.
classification: TREASURY
tags: [benchmark]
jurisdictions: [GB]
version: 0.1.0
state: DRAFT
author: Fund Operations
---

# $title
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """One place where the hazard of a program may be reported; one of them has to be."""

    path: str
    line: int
    code: str


@dataclass(frozen=True, slots=True)
class Program:
    """A hazard in a shape: its files, by path below the program's directory."""

    kind: Kind
    shape: Shape
    hazard: Hazard
    files: tuple[tuple[str, str], ...]
    package: str
    workflow_class: str
    expected: tuple[Expected, ...]

    @property
    def directory(self) -> str:
        """Where the program lies in the tree, with `/` between the parts."""
        return f"{self.kind}/{self.shape.name}/{self.hazard.slug}"


def program(kind: Kind, shape: Shape, hazard: Hazard, *, facade: str) -> Program:
    """Return the program of a pair; `facade` is `runbook` (a bundle) or `workflow` (a package)."""
    slug = f"{hazard.slug}-{shape.name}".replace("_", "-")
    places = {
        **filling(hazard, facade),
        "slug": slug,
        "title": f"{hazard.name}, {shape.name.replace('_', ' ')}",
        "workflow_class": class_name(slug),
    }
    bundle = facade == "runbook"
    package = "templates" if bundle else f"src/{slug.replace('-', '_')}"
    places["package"] = package.rpartition("/")[2]
    main = f"{package}/{'workflow' if bundle else 'workflows'}.py"
    texts = {main: _workflow(shape, places, bundle=bundle), f"{package}/__init__.py": ""}
    for name, text in shape.files:
        filled = Template(dedent(text).lstrip("\n")).substitute(places)
        path = Template(name).substitute(places)
        texts[path.removeprefix("/") if path.startswith("/") else f"{package}/{path}"] = filled
    if bundle:
        texts["runbook.md"] = Template(MANIFEST).substitute(places)
    code = shape.code or hazard.code
    expected = [
        Expected(path, number, code)
        for path, text in sorted(texts.items())
        for number, line in enumerate(text.splitlines(), start=1)
        if line.endswith(FOUND)
    ]
    files = tuple(
        (path, text.replace(FOUND, f"# expected: {code}")) for path, text in sorted(texts.items())
    )
    return Program(kind, shape, hazard, files, package, places["workflow_class"], tuple(expected))


def _workflow(shape: Shape, places: dict[str, str], *, bundle: bool) -> str:
    """Return the module of the workflow class.

    The texts of the shape are filled after they stand in the frame, because a place never holds
    more than a part of a line.
    """
    base = "NtroWorkflow, " if bundle else ""
    bases = f"{shape.bases}, {base}".strip(", ")
    framed = Template(WORKFLOW).safe_substitute(
        imports=dedent(shape.imports).strip(),
        facade_import=f"from $library import {base}activity, $facade",
        before=f"{dedent(shape.before)}\n\n{CONTEXT}".strip() + "\n",
        bases=f"({bases})" if bases else "",
        members=indent(dedent(shape.members).strip("\n") + "\n\n", "    ") if shape.members else "",
        run=indent(dedent(shape.run).strip("\n"), " " * 8),
    )
    lines = Template(framed).substitute(places).splitlines()
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(line.rstrip() for line in lines)).rstrip() + "\n"

"""Which packages the modules of the SDK need, and by which extra of `ntro` they come.

From the imports and metadata of `ntro` 0.1.2; what the installed one says of its extras counts
more. The packages are needed where the module is imported, or where its functions run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lint_rules.requirements.installed import Wanted
from lint_rules.requirements.naming import normalised


@dataclass(frozen=True, slots=True)
class Need:
    """A module of the SDK needs packages, all of which one extra brings."""

    module: str
    packages: tuple[str, ...]
    extra: str


_NEEDS = (
    Need("ntro.accounting", ("apideck-unify",), "gl"),
    Need("ntro.capabilities.gl", ("apideck-unify",), "gl"),
    Need("ntro.subledger.proposals", ("apideck-unify",), "gl"),
    Need("ntro.subledger.types.journal_proposals", ("apideck-unify",), "gl"),
    Need("ntro.workflow", ("temporalio",), "workflow"),
    Need("ntro.data", ("asyncpg",), "workflow"),
    Need("ntro.capabilities.excel", ("openpyxl",), "workflow"),
    Need("ntro.capabilities.files", ("pdfplumber", "openpyxl"), "workflow"),
    Need("ntro.testing", ("temporalio",), "testing"),
)

EXTRAS: Mapping[str, tuple[str, ...]] = {
    "workflow": ("asyncpg", "openpyxl", "pdfplumber", "temporalio"),
    "gl": ("apideck-unify",),
    "testing": ("temporalio",),
    "dev": ("mypy", "pytest-asyncio", "pytest", "respx", "ruff"),
}
"""What each extra brings."""

ALWAYS = ("httpx", "pydantic", "python-dateutil", "pyyaml", "tomli-w")

WANTS: tuple[Wanted, ...] = (
    *(Wanted(key) for key in ALWAYS),
    *(Wanted(key, extra=extra) for extra, keys in EXTRAS.items() for key in keys),
)
"""All that `ntro` needs, as its metadata say."""


def needs_of(name: str) -> Iterator[Need]:
    """Yield what an imported module of the SDK, or a name in one, needs."""
    for need in _NEEDS:
        if name == need.module or name.startswith(f"{need.module}."):
            yield need


def extra_with(distributions: Collection[str]) -> str | None:
    """Return an extra of `ntro` that brings one of some distributions."""
    keys = frozenset(map(normalised, distributions))
    return next((extra for extra, brought in EXTRAS.items() if not keys.isdisjoint(brought)), None)

"""A ledger of the bundle whose module, migration and registration do not belong together.

A runbook that owns a ledger has the row class in `subledgers/<type>.py`, registered as
`@register_type("<type>", owner_runbook="<slug>")`, and the table `ledgers.<type>` in a migration
`migrations/NNN_subledger_<type>.sql` (contract 1.1, 1.7). The platform applies migrations in the
order of their numbers. Where one of the three has another name, rows have no table, a table has no
rows, or the ledger belongs to another runbook; nothing says so before the first insert.

Bad:

    subledgers/expenses.py      @register_type("expense", owner_runbook="nav")
    migrations/1_expenses.sql

Good:

    subledgers/expenses.py      @register_type("expenses", owner_runbook="nav-monthly")
    migrations/001_subledger_expenses.sql
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.contract.bundle_files import BundleFiles
from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Call
from lint_rules.facts.records import Span
from lint_rules.files.text_file import START, TextFile
from lint_rules.nearest import nearest
from lint_rules.program import Module
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.written import Value, written
from lint_rules.workflow_code.observation import Observation

_REGISTER = ("ntro.subledger.register_type", "ntro.subledger.registry.register_type")
_MIGRATION = re.compile(r"(?P<number>[0-9]{3})_subledger_(?P<type>[a-z][a-z0-9_]*)\.sql")
_SUBLEDGER = "subledger"


@dataclass(frozen=True, slots=True)
class _Ledger:
    """A registered type: `name` and `owner` where they are written out."""

    stem: str
    module: Module
    span: Span
    name: Value | None
    owner: Value | None


@dataclass(frozen=True, slots=True)
class _Migration:
    file: str
    number: str
    type: str


def check(contract: Contract) -> Iterator[Observation]:
    """Report names that differ, and what has no counterpart."""
    files = contract.files
    if files is None:
        return
    stems = _modules(files)
    ledgers = {found.stem: found for stem in stems for found in _registered(contract, stem)}
    names = [n for n in sorted(files.listing("migrations").files) if n.endswith(".sql")]
    migrations = [_Migration(n, m["number"], m["type"]) for n in names if (m := _match(n))]
    for ledger in ledgers.values():
        yield from _ledger(contract, ledger)
    lacking = [s for s in ledgers if not any(_is_of(each.type, [s]) for each in migrations)]
    for name in names:
        if not _match(name):
            yield from _misnamed(files, name, lacking)
    for each in migrations:
        if not _is_of(each.type, stems):
            yield _without_module(files, each, lacking)
    for stem in lacking:
        yield _without_migration(ledgers[stem], names)
    yield from _same_numbers(files, migrations)


def _match(name: str) -> re.Match[str] | None:
    return _MIGRATION.fullmatch(name)


def _modules(files: BundleFiles) -> list[str]:
    names = sorted(files.listing("subledgers").files)
    return [n.removesuffix(".py") for n in names if n.endswith(".py") and n != "__init__.py"]


def _is_of(kind: str, stems: list[str]) -> bool:
    """Tell whether a migration is of a ledger, or changes one later: `expenses_add_vat`."""
    return any(kind == stem or kind.startswith(f"{stem}_") for stem in stems)


def _registered(contract: Contract, stem: str) -> Iterator[_Ledger]:
    module = contract.module(f"subledgers/{stem}.py")
    for kind in module.facts.classes if module is not None else ():
        for decorator in kind.decorators:
            if module is None or not isinstance(decorator, Call):
                continue
            if contract.program.name(module, decorator.function) not in _REGISTER:
                continue
            given = decorator.arguments[0] if decorator.arguments else decorator.keyword("name")
            owner = decorator.keyword("owner_runbook")
            span = module.facts.span(decorator)
            values = [
                written(contract.program, module, e) if e is not None else None
                for e in (given, owner)
            ]
            yield _Ledger(stem, module, span, *values)


def _ledger(contract: Contract, ledger: _Ledger) -> Iterator[Observation]:
    slug = contract.manifest.slug if contract.manifest is not None else None
    name = ledger.name.text if ledger.name is not None else None
    if name is not None and name != ledger.stem:
        yield _registration(
            ledger,
            ledger.name,
            f"`subledgers/{ledger.stem}.py` registers the type `{name}`",
            f'`@register_type("{ledger.stem}", ...)`, or the file called `{name}.py`',
        )
    owner = ledger.owner.text if ledger.owner is not None else None
    if ledger.owner is None or ledger.owner.is_none:
        yield _registration(
            ledger,
            ledger.owner,
            f"the ledger `{name or ledger.stem}` has no owner, as only the platform's have",
            f'`owner_runbook="{slug or "<slug>"}"`',
        )
    elif owner is not None and slug is not None and owner != slug:
        yield _registration(
            ledger,
            ledger.owner,
            f"the ledger `{name or ledger.stem}` belongs to `{owner}`, but the slug is `{slug}`",
            f'`owner_runbook="{slug}"`',
        )


def _registration(
    ledger: _Ledger, value: Value | None, message: str, alternative: str
) -> Observation:
    here = value is not None and value.module is ledger.module
    return Observation(
        module=ledger.module,
        span=value.span if value is not None and here else ledger.span,
        message=message,
        alternative=alternative,
        severity="warning",
    )


def _without_migration(ledger: _Ledger, names: list[str]) -> Observation:
    numbers = [int(name[:3]) for name in names if name[:3].isdecimal() and name[:3].isascii()]
    wanted = f"migrations/{max(numbers, default=0) + 1:03}_subledger_{ledger.stem}.sql"
    return Observation(
        module=ledger.module,
        span=ledger.span,
        message=f"no migration makes the table `ledgers.{ledger.stem}`",
        alternative=f"`{wanted}`",
        severity="warning",
    )


def _misnamed(files: BundleFiles, name: str, lacking: list[str]) -> Iterator[Observation]:
    """Report a migration of a ledger under a name of another form."""
    meant = next((stem for stem in lacking if stem in name), None)
    if meant is not None:
        # That there is none for this ledger would be the same fault.
        lacking.remove(meant)
    if meant is not None or _SUBLEDGER in name:
        message = f"`migrations/{name}` is not called `NNN_subledger_<type>.sql`"
        yield _about(files, name, message, "three digits, `_subledger_` and the type")


def _without_module(files: BundleFiles, migration: _Migration, lacking: list[str]) -> Observation:
    meant = nearest(migration.type, lacking)
    if meant is not None:
        lacking.remove(meant)
    message = f"no `subledgers/{migration.type}.py` fits `migrations/{migration.file}`"
    renamed = f"`migrations/{migration.number}_subledger_{meant}.sql`"
    alternative = renamed if meant else "the same type in both names"
    return _about(files, migration.file, message, alternative)


def _same_numbers(files: BundleFiles, migrations: list[_Migration]) -> Iterator[Observation]:
    first: dict[str, str] = {}
    for each in migrations:
        if (known := first.setdefault(each.number, each.file)) != each.file:
            message = f"`migrations/{each.file}` has the number of `{known}`: their order is open"
            yield _about(files, each.file, message, "a number of its own")


def _about(files: BundleFiles, name: str, message: str, alternative: str) -> Observation:
    return Observation(
        module=TextFile(files.path(f"migrations/{name}")),
        span=START,
        message=message,
        alternative=alternative,
        severity="warning",
    )


RULE = Rule(
    code="NTR515",
    name="subledger-naming",
    summary="a ledger whose module, migration and registration do not belong together",
    explanation=__doc__,
    contract=check,
)

"""A ledger's module, migration and registration: three names that have to be one."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted, said

SQL = "CREATE TABLE ledgers.slips (payee text);\n"


def ledger(
    name: str = '"slips"',
    owner: str = ', owner_runbook="petty-cash"',
    file: str = "slips",
    **migrations: str,
) -> list[Finding]:
    code = (
        "from ntro.subledger import Row, register_type\n\n\n"
        f"@register_type({name}{owner})\nclass SlipRow(Row):\n    payee: str\n"
    )
    names = migrations or {"a": "001_subledger_slips.sql"}
    files = {f"migrations/{each}": SQL for each in names.values()}
    return planted("NTR5", files={f"subledgers/{file}.py": code, **files})


def test_a_ledger_whose_names_are_one_is_fine() -> None:
    assert ledger() == []
    assert ledger(a="001_subledger_slips.sql", b="002_subledger_slips_add_vat.sql") == []
    assert ledger(a="001_subledger_slips.sql", b="README.md") == []


@pytest.mark.parametrize(
    ("name", "owner", "words"),
    [
        ('"slip"', ', owner_runbook="petty-cash"', "registers the type `slip`"),
        ('name="slip"', ', owner_runbook="petty-cash"', "registers the type `slip`"),
        ('"slips"', ', owner_runbook="petty-cas"', "belongs to `petty-cas`, but the slug is"),
        ('"slips"', "", "has no owner"),
        ('"slips"', ", owner_runbook=None", "has no owner"),
    ],
)
def test_a_registration_under_another_name_is_shown_there(
    name: str, owner: str, words: str
) -> None:
    [found] = ledger(name, owner)
    assert said([found]) == ["slips.py:4 NTR515"]
    assert found.severity == "warning"
    assert words in found.message


def test_names_that_are_not_written_out_are_not_judged() -> None:
    assert ledger("NAME", ", owner_runbook=OWNER") == []
    assert ledger("*names", ", **more") != []  # no owner that anybody could see is given


def test_a_ledger_without_a_migration_is_told_the_next_number() -> None:
    [found] = ledger(a="007_add_index.sql")
    assert said([found]) == ["slips.py:4 NTR515"]
    assert found.alternative == "`migrations/008_subledger_slips.sql`"


@pytest.mark.parametrize(
    ("file", "words", "alternative"),
    [
        ("001_subledger_slip.sql", "no `subledgers/slip.py` fits", "001_subledger_slips.sql"),
        ("1_subledger_slips.sql", "is not called `NNN_subledger_<type>.sql`", "three digits"),
        ("001_slips.sql", "is not called `NNN_subledger_<type>.sql`", "three digits"),
        ("001-subledger-slips.sql", "is not called", "three digits"),
    ],
)
def test_a_migration_under_another_name_is_one_fault(
    file: str, words: str, alternative: str
) -> None:
    [found] = ledger(a=file)
    assert (found.code, found.place.path.rpartition("/")[2]) == ("NTR515", file)
    assert words in found.message
    assert alternative in (found.alternative or "")


def test_a_number_counts_once() -> None:
    [found] = ledger(a="001_subledger_slips.sql", b="001_subledger_slips_add_vat.sql")
    assert "has the number of `001_subledger_slips.sql`" in found.message


def test_a_migration_without_any_module_is_reported() -> None:
    [found] = planted("NTR515", files={"migrations/001_subledger_slips.sql": SQL})
    assert "no `subledgers/slips.py` fits" in found.message


def test_modules_that_register_nothing_and_other_migrations_are_fine() -> None:
    files = {
        "subledgers/__init__.py": "",
        "subledgers/helpers.py": "def cents(x): return x\n",
        "migrations/001_add_index.sql": "SELECT 1;\n",
    }
    assert planted("NTR515", files=files) == []

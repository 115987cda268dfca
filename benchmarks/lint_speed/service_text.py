"""Texts of ordinary modules of a service: no workflow is near, and they may do what they like."""

from __future__ import annotations

HEADER = '''
"""Everything about the $plain: storage, service and commands."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sqlite3
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import httpx

from $package.common.models import Line

CENT = Decimal("0.01")
LOGGER = logging.getLogger(__name__)
BASE = os.environ.get("BASE_URL", "https://books.example")
'''

RECORD = '''
@dataclass
class $class_name:
    """One record of the $plain."""

    reference: str
    amount: Decimal
    currency: str = "EUR"
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    identifier: str = field(default_factory=lambda: uuid.uuid4().hex)
    tags: list[str] = field(default_factory=list)

    @property
    def is_large(self) -> bool:
        """Whether somebody has to look at it."""
        return self.amount > Decimal($number)

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> $class_name:
        """Make a record of a row."""
        reference, amount, currency, *tags = row
        return cls(str(reference), Decimal(amount), str(currency), tags=tags)

    def to_row(self) -> tuple[str, str, str]:
        """Return the record as it is stored."""
        return (self.reference, str(self.amount), self.currency)
'''

STORE = '''
class ${class_name}Store:
    """Keeps the $plain in a database file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lookups = 0

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path)
        try:
            yield connection
            connection.commit()
        except sqlite3.DatabaseError:
            connection.rollback()
            LOGGER.exception("cannot store the $plain")
            raise
        finally:
            connection.close()

    def save(self, records: Sequence[$class_name]) -> int:
        """Write records, and return how many there were."""
        rows = [record.to_row() for record in records]
        with self._open() as connection:
            connection.executemany(
                "insert into $name (reference, amount, currency) values (?, ?, ?)",
                rows,
            )
        return len(rows)

    def find(self, reference: str) -> $class_name | None:
        """Return the record with a reference, if there is one."""
        self._lookups += 1
        with self._open() as connection:
            cursor = connection.execute(
                "select reference, amount, currency from $name where reference = ?",
                (reference,),
            )
            row = cursor.fetchone()
        return None if row is None else $class_name.from_row(row)
'''

SERVICE = '''
class ${class_name}Service:
    """Reads the $plain from elsewhere and keeps them."""

    def __init__(self, client: httpx.Client, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.failures = 0

    def fetch(self, tenant: str, limit: int = $number) -> list[$class_name]:
        """Read records of a tenant; three attempts, each a little later."""
        for attempt in range(3):
            try:
                response = self.client.get(
                    f"{BASE}/{tenant}/$name", params={"limit": limit}
                )
                response.raise_for_status()
            except httpx.HTTPError as error:
                self.failures += 1
                LOGGER.warning("attempt %d of $name: %s", attempt, error)
                time.sleep(2**attempt)
                continue
            return [$class_name(**row) for row in response.json()["rows"]]
        return []

    def export(self, records: Sequence[$class_name]) -> Path:
        """Write records to a file of today, and return where it is."""
        target = self.folder / f"$name-{datetime.now(UTC):%Y-%m-%d}.json"
        rows = [record.to_row() for record in records if record.is_large]
        target.write_text(json.dumps(rows, indent=2))
        return target

    def summary(self, records: Sequence[$class_name]) -> dict[str, Decimal]:
        """Return the sums by currency."""
        sums: dict[str, Decimal] = {}
        for record in records:
            sums[record.currency] = sums.get(record.currency, Decimal(0)) + record.amount
        return dict(sorted(sums.items(), key=lambda item: -item[1]))
'''

COMMAND = '''
def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch the $plain of a tenant and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tenant")
    parser.add_argument("--folder", type=Path, default=Path.cwd())
    parser.add_argument("--limit", type=int, default=$number)
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    with httpx.Client(timeout=30) as client:
        service = ${class_name}Service(client, options.folder)
        records = service.fetch(options.tenant, options.limit)
    target = service.export(records)
    print(f"{len(records)} records in {target}")
    print(f"{time.perf_counter() - started:.1f} s")
    return 0 if records else 1


if __name__ == "__main__":
    raise SystemExit(main())
'''

CHECK = """
def test_${name}_is_stored_and_found(tmp_path: Path) -> None:
    store = ${class_name}Store(tmp_path / "books.db")
    store.save([$class_name("r-$number", Decimal($number))])

    found = store.find("r-$number")

    assert found is not None
    assert found.amount == Decimal($number)
    assert not found.tags
"""

CHECKS_HEADER = '''
"""Tests of the $plain."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from $module import $class_name, ${class_name}Store
'''

COMMON = '''
"""What all parts of the service share."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Line:
    """One line of a document."""

    reference: str
    account: str = ""
    kind: str = "debit"
    amount: Decimal = Decimal(0)
    rate: Decimal = Decimal(1)
    quantity: int = 1
    currency: str = "EUR"
'''

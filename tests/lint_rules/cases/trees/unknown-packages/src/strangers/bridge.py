"""Uses packages that the linter has never heard of."""

from __future__ import annotations

import time

import acme_ledger
from acme_ledger.clocks import now
from fundlib import Calculator, retry


class Adapter(acme_ledger.Adapter):
    def load(self, name: str) -> object:
        return self.fetch(name), time.time()  # expect: NTR101/payload

    def unused(self) -> float:
        return time.time()


@retry
def priced(name: str) -> object:
    return Calculator(name).price(now())


def converted(name: str) -> object:
    return acme_ledger.convert(name)

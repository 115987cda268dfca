"""NTR114: state that outlives a run, against state of the run itself."""

from __future__ import annotations

import collections
import copy
import decimal
import enum
import functools
import json
import logging
import os
import re
import sys
import warnings
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)

RUNS: list[str] = []
TOTALS: dict[str, int] = {}
NAMES: set[str] = set()
RECENT: deque[str] = deque(maxlen=10)
COUNTS: Counter[str] = Counter()
BY_NAME: defaultdict[str, list[str]] = defaultdict(list)
NESTED: dict[str, list[str]] = {"rows": []}
STARTED = 0
LAST: str | None = None

LIMITS: Final = {"bank": 3}
ORDER = ("bank", "rent-roll")
FROZEN = MappingProxyType({"bank": 3})
PATTERN = re.compile(r"\d+")
LOGGER = logging.getLogger(__name__)
HANDLERS: dict[str, Callable[[str], str]] = {}
ACTIVITY_RUNS: list[str] = []


class Colour(enum.Enum):
    RED = 1


class State:
    """One object for the whole process."""

    def __init__(self) -> None:
        self.count = 0
        self.rows: list[str] = []


STATE = State()


def handles(name: str) -> Callable[[Callable[[str], str]], Callable[[str], str]]:
    """Register a handler while the module is imported."""

    def register(function: Callable[[str], str]) -> Callable[[str], str]:
        HANDLERS[name] = function
        return function

    return register


@handles("bank")
def handle_bank(name: str) -> str:
    return name.upper()


@activity.defn
async def book(value: object) -> object:
    ACTIVITY_RUNS.append(str(value))
    os.environ["LAST_VALUE"] = str(value)
    return value


def remember(name: str, seen: list[str] = []) -> list[str]:
    seen.append(name)  # expect: NTR114
    return seen


def remember_here(name: str, seen: list[str] | None = None) -> list[str]:
    seen = seen or []
    seen.append(name)
    return seen


def counted(name: str) -> str:
    counted.calls += 1  # expect: NTR114
    return name


counted.calls = 0


@functools.lru_cache
def doubled(number: int) -> int:
    return 2 * number


@workflow.defn
class ModuleState:
    @workflow.run
    async def run(self, name: str) -> str:
        global STARTED, LAST
        STARTED += 1  # expect: NTR114
        LAST = name  # expect: NTR114
        RUNS.append(name)  # expect: NTR114
        RUNS[0] = name  # expect: NTR114
        RUNS.extend([name])  # expect: NTR114
        RUNS.sort()  # expect: NTR114
        TOTALS[name] = 1  # expect: NTR114
        TOTALS[name] += 1  # expect: NTR114
        TOTALS.setdefault(name, 0)  # expect: NTR114
        TOTALS.update({name: 1})  # expect: NTR114
        TOTALS.pop(name)  # expect: NTR114
        TOTALS.clear()  # expect: NTR114
        del TOTALS[name]  # expect: NTR114
        NAMES.add(name)  # expect: NTR114
        NAMES.discard(name)  # expect: NTR114
        RECENT.append(name)  # expect: NTR114
        COUNTS[name] += 1  # expect: NTR114
        BY_NAME[name].append(name)  # expect: NTR114
        NESTED["rows"].append(name)  # expect: NTR114
        return name

    @workflow.signal
    def objects(self, name: str) -> None:
        STATE.count += 1  # expect: NTR114
        STATE.rows.append(name)  # expect: NTR114
        remember(name)
        counted(name)
        alias = RUNS
        alias.append(name)  # expect: NTR114

    @workflow.signal
    def process(self, name: str) -> None:
        os.environ["NAME"] = name  # expect: NTR114
        decimal.getcontext().prec = 10  # expect: NTR114
        warnings.simplefilter("ignore")  # expect: NTR114
        sys.setrecursionlimit(10_000)  # expect: NTR114
        logging.disable()  # expect: NTR114
        os.umask(0)  # expect: NTR114
        json.encoder.FLOAT_REPR = name  # expect: NTR114
        setattr(json, "loads", name)  # expect: NTR114


@runbook.defn
class ClassState(NtroWorkflow):
    runs = 0
    log: list[str] = []
    settings: dict[str, str] = {}
    own_log: list[str] = []

    def __init__(self) -> None:
        super().__init__()
        self.own_log = []
        self.rows: dict[str, int] = {}

    @runbook.run
    async def run(self, name: str) -> str:
        ClassState.runs += 1  # expect: NTR114
        type(self).runs += 1  # expect: NTR114
        self.__class__.runs = 2  # expect: NTR114
        self.log.append(name)  # expect: NTR114
        self.settings[name] = name  # expect: NTR114
        ClassState.log.append(name)  # expect: NTR114
        self._count(name)
        self.own_log.append(name)
        self.rows[name] = 1
        return name

    @classmethod
    def _count(cls, name: str) -> None:
        cls.runs += 1  # expect: NTR114
        cls.log.append(name)  # expect: NTR114


@runbook.defn
class OwnState(NtroWorkflow):
    limit = 3
    names: tuple[str, ...] = ("bank",)

    def __init__(self) -> None:
        super().__init__()
        self.log: list[str] = []
        self.total = 0
        self.state = State()

    @runbook.run
    async def run(self, name: str) -> str:
        self.log.append(name)
        self.total += self.limit
        self.limit = self.total
        self.state.count += 1
        local: list[str] = []
        local.append(name)
        RUNS = [name]
        RUNS.append(name)
        return remember_here(name)[0]

    @runbook.signal
    def seen(self, name: str) -> None:
        self.log += [name]
        self.names = (*self.names, name)

    @runbook.step(name="constants", title="Constants")
    async def constants(self, name: str) -> None:
        values = [
            LIMITS["bank"],
            LIMITS.get(name, 0),
            ORDER[0],
            FROZEN["bank"],
            PATTERN.findall(name),
            Colour.RED.name,
            HANDLERS["bank"](name),
            handle_bank(name),
            doubled(len(name)),
            LOGGER.name,
        ]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="copies", title="Copies")
    async def copies(self, name: str) -> None:
        limits = dict(LIMITS)
        limits[name] = 1
        order = list(ORDER)
        order.append(name)
        deep = copy.deepcopy(LIMITS)
        deep[name] = 2
        merged = {**LIMITS, name: 3}
        merged.pop(name)
        chained = collections.ChainMap({}, LIMITS)
        values = [limits, order, deep, merged, chained[name]]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="contexts", title="Contexts")
    async def contexts(self, amount: decimal.Decimal) -> None:
        with decimal.localcontext(prec=10):
            rounded = amount / 3
        await runbook.execute_activity(book, rounded, start_to_close_timeout=SHORT)

    @runbook.step(name="closures", title="Closures")
    async def closures(self, names: list[str]) -> None:
        count = 0

        def increase() -> int:
            nonlocal count
            count += 1
            return count

        rows = [increase() for _ in names]
        rows.append(count)
        await runbook.execute_activity(book, rows, start_to_close_timeout=SHORT)


@dataclass
class Basket:
    rows: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        self.rows.append(name)


@workflow.defn
class Baskets:
    @workflow.run
    async def run(self, names: list[str]) -> list[str]:
        basket = Basket()
        for name in names:
            basket.add(name)
            basket.rows.append(name)
        return basket.rows


def start_up(name: str) -> None:
    RUNS.append(name)
    TOTALS[name] = 0
    logging.basicConfig()


if __name__ == "__main__":
    start_up("main")

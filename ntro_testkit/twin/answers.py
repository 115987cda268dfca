"""What a twin answers an order with, as plain data that is sent as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ntro_testkit.checks.reruns.account import Account, account_from, canonical
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import SourceLine
from ntro_testkit.twin.worlds import Factor


@dataclass(frozen=True, slots=True)
class ElsewhereRun:
    """A run that was another in a world.

    `causes` are the factors that suffice, each by itself, in this world or in the one before it.
    """

    world: str
    account: Account
    causes: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class TwinRun:
    """What a scenario was in the twin's process.

    `scenario_text` is the scenario itself, as it was there. `account` is the run in surroundings
    like ours, `steady` whether a second one was the same; `elsewhere` are those that were not.
    """

    scenario: str
    scenario_text: str
    account: Account
    steady: bool
    elsewhere: tuple[ElsewhereRun, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportFault:
    """A bundle that cannot be imported in a world, because of one factor."""

    world: str
    factor: Factor
    problem: str
    line: SourceLine | None


@dataclass(frozen=True, slots=True)
class TwinAnswer:
    """Everything about one order.

    `problem` says why nothing could be run, `missing` has the scenarios that are in no file.
    """

    runs: tuple[TwinRun, ...] = ()
    import_faults: tuple[ImportFault, ...] = ()
    missing: tuple[str, ...] = ()
    problem: str | None = None


def scenario_text(scenario: Scenario) -> str:
    """Return a scenario as text that is the same wherever the scenario is."""
    return json.dumps(canonical(scenario), ensure_ascii=False, default=repr)


def answer_as_json(answer: TwinAnswer) -> str:
    """Return an answer as one line."""
    return json.dumps(asdict(answer))


def answer_from(line: str) -> TwinAnswer:
    """Return the answer that `answer_as_json` wrote."""
    data = json.loads(line)
    return TwinAnswer(
        runs=tuple(map(_run, data["runs"])),
        import_faults=tuple(map(_import_fault, data["import_faults"])),
        missing=tuple(data["missing"]),
        problem=data["problem"],
    )


def _run(data: Mapping[str, Any]) -> TwinRun:
    elsewhere = (
        ElsewhereRun(each["world"], account_from(each["account"]), tuple(each["causes"]))
        for each in data["elsewhere"]
    )
    return TwinRun(
        scenario=data["scenario"],
        scenario_text=data["scenario_text"],
        account=account_from(data["account"]),
        steady=data["steady"],
        elsewhere=tuple(elsewhere),
    )


def _import_fault(data: Mapping[str, Any]) -> ImportFault:
    line = data["line"]
    return ImportFault(**{**data, "line": SourceLine(*line) if line else None})

"""Runs the scenarios of one order in every world, and looks for what made a run another."""

from __future__ import annotations

import contextlib
import dataclasses
import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.checks.reruns.account import Account, account_of
from ntro_testkit.harness import WorkflowHarness
from ntro_testkit.import_errors import BundleError
from ntro_testkit.loading import LoadedBundle, load_bundle, unload
from ntro_testkit.mocks import MockError
from ntro_testkit.runtime.source_lines import line_of_error
from ntro_testkit.scenario import Scenario
from ntro_testkit.twin.answers import (
    ElsewhereRun,
    ImportFault,
    TwinAnswer,
    TwinRun,
    scenario_text,
)
from ntro_testkit.twin.clock import Clock
from ntro_testkit.twin.order import TwinOrder
from ntro_testkit.twin.surroundings import Surroundings, variables_named_in
from ntro_testkit.twin.worlds import FACTORS, WORLDS, Factor, World

NEUTRAL_SEED = 0
"""Of `random`, before each run outside the worlds: chance is a factor like any other."""

Accounts = Mapping[str, Account]
"""By the scenario's name."""


def carried_out(order: TwinOrder, clock: Clock) -> TwinAnswer:
    """Return what became of an order; every problem of the bundle's is in the answer."""
    try:
        available = available_scenarios(order.bundle)
        scenarios = [available[name] for name in order.scenarios if name in available]
        missing = tuple(name for name in order.scenarios if name not in available)
        answer = Trials(order, scenarios, clock).answer()
    except (BundleError, MockError) as error:
        return TwinAnswer(problem=str(error))
    return dataclasses.replace(answer, missing=missing)


class Trials:
    """The runs of some scenarios of one bundle, each world with modules of its own."""

    def __init__(self, order: TwinOrder, scenarios: Sequence[Scenario], clock: Clock) -> None:
        self._order = order
        self._scenarios = scenarios
        self._clock = clock
        self._directories = (order.bundle, *order.children)
        self._variables = variables_named_in(self._directories)

    def answer(self) -> TwinAnswer:
        """Run everything.

        Raises `BundleError` when the bundle cannot be imported in surroundings like ours,
        `MockError` when nothing can answer an activity.
        """
        here = self._accounts(self._scenarios)
        there: dict[World, tuple[Accounts, list[Factor]]] = {}
        faults: list[ImportFault] = []
        for world in WORLDS:
            found, there[world] = self._accounts_in(world)
            faults += found
        differing = [
            scenario
            for scenario in self._scenarios
            if any(
                not _same(here[scenario.name], accounts[scenario.name])
                for accounts, _ in there.values()
            )
        ]
        steady = self._steady(differing, here)
        elsewhere: dict[str, list[ElsewhereRun]] = {scenario.name: [] for scenario in differing}
        explained: dict[str, tuple[Factor, ...]] = {}
        for world, (accounts, factors) in there.items():
            others = [each for each in steady if not _same(here[each.name], accounts[each.name])]
            unexplained = [each for each in others if not explained.get(each.name)]
            explained |= self._causes(unexplained, world, factors, here)
            for scenario in others:
                name = scenario.name
                elsewhere[name].append(ElsewhereRun(world.name, accounts[name], explained[name]))
        return TwinAnswer(
            tuple(
                TwinRun(
                    scenario.name,
                    scenario_text(scenario),
                    here[scenario.name],
                    steady=scenario in steady or scenario not in differing,
                    elsewhere=tuple(elsewhere.get(scenario.name, ())),
                )
                for scenario in self._scenarios
            ),
            tuple(faults),
        )

    def _accounts_in(self, world: World) -> tuple[list[ImportFault], tuple[Accounts, list[Factor]]]:
        """Return the runs in a world, in those factors in which the bundle can be imported.

        What activities need to be imported is no fault: it is the configuration of a worker.
        """
        try:
            return [], (self._accounts(self._scenarios, world, FACTORS), list(FACTORS))
        except BundleError:
            # Which factor it is, each has to be asked alone.
            pass
        faults: list[ImportFault] = []
        importable: list[Factor] = []
        for factor in FACTORS:
            error = self._import_error(world, (factor,))
            if error is None:
                importable.append(factor)
            elif not self._is_of_activities(error):
                line = line_of_error(error.__cause__ or error, self._roots)
                faults.append(ImportFault(world.name, factor, str(error), line))
        return faults, (self._accounts(self._scenarios, world, importable), importable)

    def _steady(self, scenarios: Sequence[Scenario], here: Accounts) -> list[Scenario]:
        """Return the scenarios that are the same again here; of others, no world is the cause."""
        again = self._accounts(scenarios) if scenarios else {}
        return [each for each in scenarios if _same(here[each.name], again[each.name])]

    def _causes(
        self,
        scenarios: Sequence[Scenario],
        world: World,
        factors: Collection[Factor],
        here: Accounts,
    ) -> dict[str, tuple[Factor, ...]]:
        """Return, for each scenario, the factors of a world that make it another, each alone."""
        if not scenarios:
            return {}
        alone = {factor: self._accounts(scenarios, world, (factor,)) for factor in factors}
        return {
            each.name: tuple(
                factor
                for factor, accounts in alone.items()
                if not _same(here[each.name], accounts[each.name])
            )
            for each in scenarios
        }

    def _import_error(self, world: World, factors: Collection[Factor]) -> BundleError | None:
        try:
            with self._surroundings(world, factors), self._loaded():
                return None
        except BundleError as error:
            return error

    def _is_of_activities(self, error: BundleError) -> bool:
        """Tell whether an import failed in a module of activities, or in what that imports."""
        link = error.__cause__.__traceback__ if error.__cause__ else None
        while link is not None:
            file = Path(link.tb_frame.f_code.co_filename)
            if str(file).startswith(self._roots) and "activities" in (file.stem, file.parent.name):
                return True
            link = link.tb_next
        return False

    @property
    def _roots(self) -> tuple[str, ...]:
        return tuple(str(Path(each) / "templates") for each in self._directories)

    def _accounts(
        self,
        scenarios: Iterable[Scenario],
        world: World | None = None,
        factors: Collection[Factor] = (),
    ) -> Accounts:
        given: dict[str, Any] = {"input": self._order.input} if self._order.has_input else {}
        accounts: dict[str, Account] = {}
        with self._surroundings(world, factors) as around, self._loaded() as (root, *children):
            backend = self._order.backend
            # What workflow code calls is noted where it runs with the checks.
            harness = WorkflowHarness(root, child_workflows=children, backend=backend, guard="off")
            for scenario in scenarios:
                random.seed(NEUTRAL_SEED)
                if around is not None:
                    around.begin_run()
                run = harness.run_sync(scenario=scenario, timeout_s=self._order.timeout_s, **given)
                accounts[scenario.name] = account_of(run)
        return accounts

    def _surroundings(
        self, world: World | None, factors: Collection[Factor]
    ) -> contextlib.AbstractContextManager[Surroundings | None]:
        if world is None:
            return contextlib.nullcontext()
        return Surroundings(world, factors, self._variables, self._clock)

    @contextlib.contextmanager
    def _loaded(self) -> Iterator[list[type]]:
        """Import the bundles anew, the root first, and forget them afterwards."""
        loaded: list[LoadedBundle] = []
        try:
            for directory in self._directories:
                is_root = not loaded
                wanted = self._order.workflow_class if is_root else None
                loaded.append(load_bundle(directory, workflow_class=wanted))
            yield [each.workflow_class for each in loaded]
        finally:
            for each in loaded:
                unload(each.package)


def _same(left: Account, right: Account) -> bool:
    return [deed.key for deed in left.deeds] == [deed.key for deed in right.deeds]

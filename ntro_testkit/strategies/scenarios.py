"""Strategies for whole scenarios: what people decide, what fails, what comes when."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.decisions import DIALECTS
from ntro_testkit.explore.possible import play
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.schedule import Happening, SignalArrives
from ntro_testkit.strategies.answers import corrections, decisions, row_actions
from ntro_testkit.strategies.leaves import Drawn
from ntro_testkit.strategies.payloads import USER_ACTION
from ntro_testkit.strategies.repertoire import Repertoire, repertoire
from ntro_testkit.strategies.subject import Subject, harness_of

_LONGEST_SCHEDULE = 6
_FAILURES = st.sampled_from(
    (
        ConnectionError("the service cannot be reached"),
        TimeoutError("the service does not answer"),
        ValueError("the service refuses what it is sent"),
    )
)


def scenarios(bundle: Subject, **options: Any) -> st.SearchStrategy[Scenario]:
    """Return a strategy for scenarios of a bundle; the minimal one is what `HAPPY` does.

    They decide at each opening of each review, in every dialect, with corrections and actions on
    the rows that are shown; let gates with a timeout pass; make activities fail; send signals of
    the bundle where it waits; and schedule what is possible in an unusual order. Their names follow
    from their contents. `bundle` is a directory, a loaded bundle, a workflow class, or the harness
    that the scenarios are for; `options` are those of `WorkflowHarness`, for a bundle that needs
    children or mocks.

    Raises `BundleError`, and `MockError` where nothing can answer an activity.
    """
    experiment = Experiment(harness_of(bundle, **options), ())
    return _scenarios(experiment, repertoire(experiment, HAPPY))


@st.composite
def _scenarios(draw: st.DrawFn, experiment: Experiment, known: Repertoire) -> Scenario:
    scenario = Scenario(
        name="drawn",
        approve_reviews=draw(st.sampled_from((True, False))),
        dialect=draw(st.sampled_from((None, *DIALECTS))),
        decisions=draw(_by_review(known, _decisions)),
        corrections=draw(_by_review(known, corrections)),
        row_actions=draw(_by_review(known, row_actions)),
        timeouts=draw(_rarely(known.timed)),
        activity_failures=draw(_failures(known)),
        signals=draw(_signals(known)),
    )
    schedule = draw(_schedule(experiment, known, scenario))
    return _named(replace(scenario, schedule=schedule))


def _decisions(rows: Any) -> Drawn:
    return st.sampled_from(("approved", "rejected", "corrected")) | decisions(rows)


def _by_review(known: Repertoire, what: Any) -> Drawn:
    """Return a strategy for step -> one or two of something, for some of the reviews."""
    return st.fixed_dictionaries(
        {},
        optional={
            step: st.lists(what(rows), min_size=1, max_size=2)
            for step, rows in known.reviews.items()
        },
    )


def _rarely(names: tuple[str, ...]) -> Drawn:
    """Draw one of some names, mostly none: runs that end early show little."""
    none: Drawn = st.just(())
    return none | none | st.tuples(st.sampled_from(names)) if names else none


def _failures(known: Repertoire) -> Drawn:
    return _rarely(known.activities).flatmap(
        lambda names: st.fixed_dictionaries(dict.fromkeys(names, _FAILURES))
    )


def _signals(known: Repertoire) -> Drawn:
    """Return a strategy for step or `start` -> signals that are sent while a workflow is there."""
    if not known.signals:
        return st.just({})
    sent = st.one_of([st.tuples(st.just(name), payload) for name, payload in known.signals.items()])
    places = st.sampled_from(("start", *known.steps))
    return st.dictionaries(places, st.lists(sent, min_size=1, max_size=2), max_size=1)


@st.composite
def _schedule(
    draw: st.DrawFn, experiment: Experiment, known: Repertoire, scenario: Scenario
) -> tuple[Happening, ...]:
    """Draw happenings each of which is possible after those before it; none at first."""
    schedule: tuple[Happening, ...] = ()
    for _ in range(draw(st.integers(0, _LONGEST_SCHEDULE))):
        possible = play(experiment, scenario, schedule).possible
        if not possible:
            break
        chosen = draw(st.sampled_from((*possible, None)))
        # None is a signal that nobody asked for, which a run that goes on can always get
        schedule = (*schedule, chosen or SignalArrives(*draw(_arriving(known))))
    return schedule


def _arriving(known: Repertoire) -> Drawn:
    decided = st.tuples(st.just(USER_ACTION), decisions())
    sent = [st.tuples(st.just(name), payload) for name, payload in known.signals.items()]
    return st.one_of([decided, *sent])


def _named(scenario: Scenario) -> Scenario:
    """Return a scenario under a name of its own, the same whenever it is drawn."""
    text = repr(replace(scenario, name=""))
    return replace(scenario, name=f"drawn_{hashlib.sha256(text.encode()).hexdigest()[:8]}")

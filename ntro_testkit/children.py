"""Stand-ins: children scripted by scenario, for when the child's bundle is not at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntro_testkit.fakes import MockUnavailable, generate_fake
from ntro_testkit.loading import load_bundle
from ntro_testkit.mocks import MockError
from ntro_testkit.runtime.definitions import is_workflow_class, workflow_definition
from ntro_testkit.runtime.replies import Failure, Reply, Value
from ntro_testkit.scenario import Scenario


class _Unsaid:
    """Marks that nothing was said, since None is a result too."""

    def __repr__(self) -> str:
        return "faked"


UNSAID = _Unsaid()


@dataclass(frozen=True, slots=True)
class StandIn:
    """A child with no code of its own.

    Attributes:
        slug: the slug parents start it by.
        happy: its result when the scenario approves: a value, a model, a callable of its input, or
            an exception (a `WorkflowError` fails the child).
        reject: the same when the scenario rejects; `happy` when left out.
        result_type: what an unsaid result is faked from: a type, the child's workflow class, or the
            path of its bundle.
    """

    slug: str
    happy: Any = UNSAID
    reject: Any = UNSAID
    result_type: Any = UNSAID

    def for_scenario(self, scenario: Scenario) -> ScriptedChild:
        """Return what this stand-in answers in a scenario."""
        overridden = scenario.review_overrides.get(self.slug)
        approve = overridden == "approved" if overridden else scenario.approve_reviews
        said = self.happy if approve or isinstance(self.reject, _Unsaid) else self.reject
        declared = _declared(self.result_type) if isinstance(said, _Unsaid) else UNSAID
        return ScriptedChild(self.slug, said, declared)


@dataclass(frozen=True, slots=True)
class ScriptedChild:
    """A stand-in in one run."""

    slug: str
    said: Any
    result_type: Any

    def reply(self, data: Any) -> Reply:
        """Answer the child's input (as decoded JSON)."""
        said = self.said
        if isinstance(said, _Unsaid):
            return Value(self._faked(), "fake")
        if isinstance(said, BaseException) or _is_exception_class(said):
            return _failure(said)
        if _is_function(said):
            try:
                return Value(said(data), "stand-in")
            except Exception as error:  # noqa: BLE001 - what a stand-in raises is its answer
                return Failure(error, "stand-in")
        return Value(said, "stand-in")

    def _faked(self) -> Any:
        if isinstance(self.result_type, _Unsaid):
            raise MockError(
                f"stand-in `{self.slug}` has no result: say one, "
                f"`StandIn({self.slug!r}, happy=...)`, or its type, `result_type=...`"
            )
        try:
            return generate_fake(self.result_type)
        except MockUnavailable as error:
            raise MockError(f"stand-in `{self.slug}`: {error}") from error


def _declared(result_type: Any) -> Any:
    """Return the type a child declares to return, given any of the ways to name the child."""
    if isinstance(result_type, str | Path):
        result_type = load_bundle(result_type).workflow_class
    if is_workflow_class(result_type):
        return workflow_definition(result_type).run.result
    return result_type


def _failure(said: Any) -> Failure:
    return Failure(said if isinstance(said, BaseException) else said(), "stand-in")


def _is_exception_class(said: Any) -> bool:
    return isinstance(said, type) and issubclass(said, BaseException)


def _is_function(said: Any) -> bool:
    return isinstance(said, Callable) and not isinstance(said, type)  # type: ignore[arg-type]

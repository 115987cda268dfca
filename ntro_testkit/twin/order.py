"""What a twin is asked to run: directories and names, which another process understands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ntro_testkit.checks.experiment import Experiment
    from ntro_testkit.loading import LoadedBundle

TIMEOUT_S = 30.0
"""What a run may take unless an order says otherwise, as for `WorkflowHarness.run`."""


class UnsendableError(ValueError):
    """Runs that depend on Python objects, which cannot be sent to a twin; says which, in a line."""


@dataclass(frozen=True, slots=True)
class TwinOrder:
    """The runs of one bundle.

    `bundle` and `children` are directories, `scenarios` names of built-in ones and of the author's;
    `timeout_s` bounds each run in real seconds, `backend` is what they run on. `input` is JSON
    data, and faked unless `has_input`.
    """

    bundle: str
    children: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ("happy", "reject_all")
    workflow_class: str | None = None
    has_input: bool = False
    input: Any = None
    timeout_s: float = TIMEOUT_S
    backend: str = "local"

    def as_json(self) -> str:
        """Return the order as one line."""
        return json.dumps(asdict(self))


def order_from(line: str) -> TwinOrder:
    """Return the order that `as_json` wrote."""
    data = json.loads(line)
    return TwinOrder(
        **{**data, "children": tuple(data["children"]), "scenarios": tuple(data["scenarios"])}
    )


def order_of(experiment: Experiment) -> TwinOrder:
    """Return what a twin has to do to repeat the runs of an experiment.

    Raises `UnsendableError` where they depend on mocks, stand-ins, or classes of no bundle, and for
    runs in Temporal's sandbox.
    """
    from ntro_testkit.runtime.payloads import payload_of

    harness = experiment.harness
    if not harness.mocks.only_fakes:
        raise UnsendableError("the twin is another process, to which mocks cannot be sent")
    if harness.redact is not None:
        raise UnsendableError("the twin is another process, to which `redact` cannot be sent")
    if harness.sandbox:
        raise UnsendableError(
            "the twin does not run in Temporal's sandbox, which bans what differs"
        )
    loaded = _loaded(harness.workflow_cls)
    given = dict(experiment.given)
    sent = payload_of(given["input"]).data if "input" in given else None
    return TwinOrder(
        bundle=str(loaded.bundle.directory),
        children=_directories(harness.child_workflows),
        scenarios=tuple(examined.scenario.name for examined in experiment.runs),
        workflow_class=loaded.workflow_class.__name__,
        has_input="input" in given,
        input=None if sent is None else json.loads(sent),
        timeout_s=given.get("timeout_s", TIMEOUT_S),
        backend=harness.backend,
    )


def order_for(
    bundle: Path, scenarios: Iterable[str], children: Iterable[Path] = (), **given: Any
) -> TwinOrder:
    """Return the order for a bundle that is not loaded yet; `given` are the other fields.

    Without an `input` the runs' is faked.
    """
    return TwinOrder(
        bundle=str(bundle.resolve()),
        children=tuple(str(child.resolve()) for child in children),
        scenarios=tuple(scenarios),
        has_input="input" in given,
        **given,
    )


def _directories(children: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(_loaded(child).bundle.directory) for child in children)


def _loaded(workflow_class: Any) -> LoadedBundle:
    from ntro_testkit.loading import LoadedBundle

    loaded = getattr(workflow_class, "__ntro_testkit_bundle__", None)
    if not isinstance(loaded, LoadedBundle):
        name = getattr(workflow_class, "slug", None) or getattr(workflow_class, "__name__", "?")
        raise UnsendableError(
            f"the twin is another process, and can only load bundles: `{name}` is in none"
        )
    return loaded

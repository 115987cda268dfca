"""Row actions tried out at a gate: what each led to, beside the run in which nobody edits."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ntro_testkit.checks.comparing import outcome_lines
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.inputs.editable_cells import (
    Cell,
    RowDialect,
    edit_of,
    is_edited,
    is_rejected,
    rejection_of,
)
from ntro_testkit.checks.inputs.laid_in_rows import Rows, run_with_rows
from ntro_testkit.checks.inputs.observing import root_answers
from ntro_testkit.scenario import HAPPY
from ntro_testkit.trace import Gate, RunResult

STANDARD_QUERIES = frozenset(
    {
        *("current_ui_state", "current_pending_action", "current_steps"),
        *("step_snapshots", "children_by_step_id"),
    }
)


class RowAction(NamedTuple):
    """A kind of row action: how to name it for some fields, to spell it, and to see it in a row."""

    told: str
    spelt: Callable[[Cell, str | int, RowDialect], dict[str, Any]]
    is_in_place: Callable[[Any, Cell], bool]


EDIT = RowAction("an edit of {}", edit_of, is_edited)
REJECTION = RowAction("the rejection of a row", rejection_of, is_rejected)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One row action at a gate, and what became of it."""

    kind: RowAction
    field: str
    dialect: RowDialect
    action: dict[str, Any]
    run: RunResult
    shown: bool
    applied: bool
    in_place: bool
    """Whether it is to be seen in the row itself."""
    answered: bool
    """Whether the workflow gave feedback on it, or refused it by failing."""

    @property
    def hangs(self) -> bool:
        """Whether the run never ends with it."""
        return self.run.status in {"task-failed", "stuck"}

    @property
    def understood(self) -> bool:
        """Whether anything follows from it."""
        return not self.hangs and (self.shown or self.applied)

    @property
    def sound(self) -> bool:
        """Whether everything follows from it."""
        return self.understood and self.shown and self.applied


@dataclass(frozen=True, slots=True)
class Attempts:
    """Tries row actions at a gate; `usual` is the run without any.

    `rows` are laid into faked results, where these have none.
    """

    experiment: Experiment
    gate: Gate
    usual: RunResult
    rows: Rows | None = None

    def of(self, kind: RowAction, cell: Cell, dialect: RowDialect) -> Attempt:
        """Return the attempt with the first id of the row that is understood, or else any."""
        attempts: list[Attempt] = []
        for row_id in cell.row_ids:
            attempts.append(self._attempt(kind, cell, row_id, dialect))
            if attempts[-1].understood:
                return attempts[-1]
        return next((each for each in attempts if each.answered), attempts[0])

    def _attempt(
        self, kind: RowAction, cell: Cell, row_id: str | int, dialect: RowDialect
    ) -> Attempt:
        action = kind.spelt(cell, row_id, dialect)
        run = self._run(action)
        views = self._views(run) - self._views(self.usual)
        refused = run.status == "failed" and not views
        return Attempt(
            kind=kind,
            field=cell.field,
            dialect=dialect,
            action=action,
            run=run,
            shown=bool(views),
            applied=not refused and outcome_lines(run) != outcome_lines(self.usual),
            in_place=any(kind.is_in_place(json.loads(view), cell) for view in views),
            answered=refused or bool(self._feedback(run) - self._feedback(self.usual)),
        )

    def _run(self, action: dict[str, Any]) -> RunResult:
        scenario = dataclasses.replace(HAPPY, row_actions={self.gate.step or "": [action]})
        if self.rows is None:
            return self.experiment.run(scenario, snapshots=True)
        return run_with_rows(self.experiment, scenario, self.rows)

    def _views(self, run: RunResult) -> frozenset[str]:
        """Return all that was shown at the gate, without feedback.

        Either query may show an edit: `current_pending_action` has a copy of what the gate was
        given, `current_ui_state` what `_pending_payload` is now (D50).
        """
        return frozenset(
            as_json(_without_feedback(view))
            for answers in self._open(run)
            for view in (
                answers["current_pending_action"].get("payload"),
                (answers.get("current_ui_state") or {}).get("pending_payload"),
                *(value for query, value in answers.items() if query not in STANDARD_QUERIES),
            )
        )

    def _feedback(self, run: RunResult) -> frozenset[str]:
        return frozenset(
            as_json(answers["current_pending_action"].get("feedback"))
            for answers in self._open(run)
        )

    def _open(self, run: RunResult) -> Iterator[dict[str, Any]]:
        """Yield the queries' answers while the gate is open."""
        for answers in root_answers(run):
            pending = answers.get("current_pending_action")
            step = (answers.get("current_ui_state") or {}).get("current_step_id")
            if (
                isinstance(pending, dict)
                and pending.get("kind") == self.gate.kind
                and step == self.gate.step
            ):
                yield answers


def _without_feedback(view: Any) -> Any:
    if isinstance(view, dict):
        return {key: value for key, value in view.items() if key != "feedback"}
    return view


def as_json(value: Any) -> str:
    """Return a value as a report shows it, and in comparisons; the order of keys is left out."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)

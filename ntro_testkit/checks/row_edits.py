"""NTR704: an edit of a row is shown while its gate is open, and is in what the run does in the end.

Looked at are review gates of workflows that override `on_row_action`, where a column of a table is
said to be editable and the table has a row. An edit counts as understood when anything but feedback
follows from it, in either dialect of row actions; an edit that a workflow refuses in words is no
fault, nor is a dialect it does not know when it knows the other. What a rejected row must lead to
is not agreed on: it is a fault only when it is shown and the run is the same.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, get_args

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.comparing import compared, outcome_lines
from ntro_testkit.checks.declared_at import declared_at
from ntro_testkit.checks.editable_cells import (
    Cell,
    RowDialect,
    edit_of,
    editable_cells,
    is_edited,
    is_rejected,
    rejection_of,
)
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.observing import root_answers
from ntro_testkit.scenario import HAPPY
from ntro_testkit.trace import Gate, RunResult
from ntro_testkit.verdict import Verdict

DIALECTS: tuple[RowDialect, ...] = get_args(RowDialect)
STANDARD_QUERIES = frozenset(
    {
        *("current_ui_state", "current_pending_action", "current_steps"),
        *("step_snapshots", "children_by_step_id"),
    }
)


def row_edits(experiment: Experiment) -> Iterator[Verdict]:
    """Yield verdicts on edits of rows at each gate that offers them."""
    hook = getattr(experiment.definition.workflow_class, "on_row_action", None)
    if hook is None or hook.__module__.startswith("ntro."):
        return
    seen: set[str | None] = set()
    for gate in experiment.own_gates(experiment.happy, "interactive_review"):
        cells = editable_cells(gate)
        if cells and gate.step not in seen:
            seen.add(gate.step)
            yield from _Editing(experiment, gate, cells).verdicts()


CHECK = Check(codes=("NTR704",), run=row_edits)


class _Kind(NamedTuple):
    """A kind of row action: how to name and spell it, and how to see it in a row."""

    told: str
    action: Callable[[Cell, str | int, RowDialect], dict[str, Any]]
    is_in_place: Callable[[Any, Cell], bool]


EDIT = _Kind("an edit of `{}`", edit_of, is_edited)
REJECTION = _Kind("the rejection of a row", rejection_of, is_rejected)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One row action at a gate, and what became of it."""

    what: str
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


@dataclass(frozen=True)
class _Editing:
    """Edits the rows that one gate shows."""

    experiment: Experiment
    gate: Gate
    cells: Sequence[Cell]

    def verdicts(self) -> Iterator[Verdict]:
        """Yield what is wrong with the edits, or else with the rejection of a row."""
        edits = [self._try(cell, dialect, EDIT) for cell in self.cells for dialect in DIALECTS]
        understood = [edit for edit in edits if edit.understood]
        if not understood:
            if not any(edit.answered for edit in edits):
                yield self._not_understood(edits)
            return
        yield from self._judged(understood)
        rejections = [self._try(self.cells[0], dialect, REJECTION) for dialect in DIALECTS]
        yield from self._judged([each for each in rejections if each.understood and each.in_place])

    @cached_property
    def _usual(self) -> RunResult:
        return self.experiment.run(HAPPY, snapshots=True)

    def _try(self, cell: Cell, dialect: RowDialect, kind: _Kind) -> _Attempt:
        """Return the attempt with the first id of the row that is understood, or else any."""
        attempts: list[_Attempt] = []
        for row_id in cell.row_ids:
            attempts.append(self._attempt(cell, kind, kind.action(cell, row_id, dialect)))
            if attempts[-1].understood:
                return attempts[-1]
        return next((each for each in attempts if each.answered), attempts[0])

    def _attempt(self, cell: Cell, kind: _Kind, action: dict[str, Any]) -> _Attempt:
        scenario = dataclasses.replace(HAPPY, row_actions={self.gate.step or "": [action]})
        run = self.experiment.run(scenario, snapshots=True)
        views = self._views(run) - self._views(self._usual)
        refused = run.status == "failed" and not views
        return _Attempt(
            what=kind.told.format(cell.field),
            action=action,
            run=run,
            shown=bool(views),
            applied=not refused and outcome_lines(run) != outcome_lines(self._usual),
            in_place=any(kind.is_in_place(json.loads(view), cell) for view in views),
            answered=refused or bool(self._feedback(run) - self._feedback(self._usual)),
        )

    # -- what people see while the gate is open ----------------------------------------------------

    def _views(self, run: RunResult) -> frozenset[str]:
        """Return all that was shown at the gate, without feedback.

        Either query may show an edit: `current_pending_action` has a copy of what the gate was
        given, `current_ui_state` what `_pending_payload` is now (D50).
        """
        return frozenset(
            _json(_without_feedback(view))
            for answers in self._open(run)
            for view in (
                answers["current_pending_action"].get("payload"),
                (answers.get("current_ui_state") or {}).get("pending_payload"),
                *(value for query, value in answers.items() if query not in STANDARD_QUERIES),
            )
        )

    def _feedback(self, run: RunResult) -> frozenset[str]:
        return frozenset(
            _json(answers["current_pending_action"].get("feedback")) for answers in self._open(run)
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

    # -- verdicts ----------------------------------------------------------------------------------

    def _judged(self, attempts: Sequence[_Attempt]) -> Iterator[Verdict]:
        sound = any(attempt.shown and attempt.applied for attempt in attempts)
        not_shown = [attempt for attempt in attempts if not attempt.shown]
        # Where one way works, the gate may note the others down without a claim that they count.
        not_applied = [
            attempt
            for attempt in attempts
            if not attempt.applied and (attempt.in_place or not sound)
        ]
        if not_shown:
            first = not_shown[0]
            yield dataclasses.replace(
                self._verdict(
                    f"{first.what} is applied, but not shown while the gate is open",
                    "change the row in `self._pending_payload` too: that is what "
                    "`current_ui_state` shows",
                    not_shown,
                ),
                comparison=compared("without it", self._usual, "with it", first.run),
            )
        if not_applied:
            yield self._verdict(
                f"{not_applied[0].what} is shown, but after the approval the run is the same",
                "keep what a row action changes, and send it on once the gate is approved",
                not_applied,
            )

    def _not_understood(self, attempts: Sequence[_Attempt]) -> Verdict:
        fields = ", ".join(dict.fromkeys(f"`{cell.field}`" for cell in self.cells))
        hanging = [attempt for attempt in attempts if attempt.hangs]
        outcome = (
            "every edit of a row makes the run hang"
            if len(hanging) == len(attempts)
            else "no edit of a row has any effect"
        )
        return self._verdict(
            f"{fields} can be edited, but {outcome}",
            "read `action`, `rowId`, `field` and `value` in `on_row_action`, from the action or "
            "from its `payload`",
            hanging or attempts,
        )

    def _verdict(self, fault: str, advice: str, attempts: Sequence[_Attempt]) -> Verdict:
        experiment = self.experiment
        return Verdict(
            code="NTR704",
            message=f"gate `{self.gate.step}`: {fault}",
            scenario=experiment.charged(HAPPY.name),
            slug=experiment.definition.slug,
            line=declared_at(experiment.definition.workflow_class.on_row_action),
            help=advice,
            evidence=tuple(map(_told, attempts)),
            reproduce=self._reproduced(attempts[0]),
        )

    def _reproduced(self, attempt: _Attempt) -> str:
        return (
            f"EDITED_ROW = Scenario(\n"
            f'    name="edited_row",\n'
            f'    row_actions={{"{self.gate.step or ""}": [{attempt.action!r}]}},\n'
            f")\n"
        )


def _told(attempt: _Attempt) -> str:
    seen = "shown" if attempt.shown else "not shown"
    done = "applied" if attempt.applied else "not applied"
    ending = f"the run hangs: {attempt.run.error}" if attempt.hangs else f"{seen}, {done}"
    return f"{_json(attempt.action)}: {ending}"


def _without_feedback(view: Any) -> Any:
    if isinstance(view, dict):
        return {key: value for key, value in view.items() if key != "feedback"}
    return view


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)

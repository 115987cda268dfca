"""NTR704: an edit of a row is shown while its gate is open, and is in what the run does in the end.

Looked at are review gates of workflows that override `on_row_action`, where a column of a table is
said to be editable and the table has a row. An edit counts as understood when anything but feedback
follows from it, in either dialect of row actions; an edit that a workflow refuses in words is no
fault, nor is a dialect it does not know when it knows the other. What a rejected row must lead to
is not agreed on: it is a fault only when it is shown and the run is the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.comparing import compared
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.inputs.declared_at import declared_at
from ntro_testkit.checks.inputs.editable_cells import Cell, RowDialect, editable_cells
from ntro_testkit.checks.inputs.laid_in_rows import rows_for, run_with_rows
from ntro_testkit.checks.inputs.row_attempts import EDIT, REJECTION, Attempt, Attempts, as_json
from ntro_testkit.decisions import REVIEW
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.scenario_source import reproduction
from ntro_testkit.trace import Gate
from ntro_testkit.verdict import Verdict

Hook = Callable[..., None]
DIALECTS: tuple[RowDialect, ...] = get_args(RowDialect)


def row_edits(experiment: Experiment) -> Iterator[Verdict]:
    """Yield verdicts on edits of rows at each gate that offers them."""
    hook = _hook(experiment)
    if hook is None or hook.__module__.startswith("ntro."):
        return
    seen: set[str | None] = set()
    for gate in experiment.own_gates(experiment.happy, REVIEW):
        if gate.step not in seen:
            seen.add(gate.step)
            editing = _editing(experiment, hook, gate)
            yield from editing.verdicts() if editing else ()


def _editing(experiment: Experiment, hook: Hook, gate: Gate) -> _Editing | None:
    """Return what is needed to edit the rows of a gate, None where it has none to edit."""
    if cells := editable_cells(gate):
        usual = experiment.run(HAPPY, snapshots=True)
        return _Editing(hook, gate, cells, Attempts(experiment, gate, usual))
    rows = rows_for(gate)
    if not rows:
        return None
    usual = run_with_rows(experiment, HAPPY, rows)
    for shown in experiment.own_gates(usual, REVIEW):
        if shown.step == gate.step and usual.ended_well and (cells := editable_cells(shown)):
            return _Editing(hook, gate, cells, Attempts(experiment, gate, usual, rows))
    return None


def _hook(experiment: Experiment) -> Hook | None:
    return getattr(experiment.definition.workflow_class, "on_row_action", None)


CHECK = Check(codes=("NTR704",), run=row_edits)


@dataclass(frozen=True, slots=True)
class _Editing:
    """Edits the rows that one gate shows, and judges what comes of it."""

    hook: Hook
    gate: Gate
    cells: Sequence[Cell]
    attempts: Attempts

    def verdicts(self) -> Iterator[Verdict]:
        """Yield what is wrong with the edits, or else with the rejection of a row."""
        edits = [
            self.attempts.of(EDIT, cell, dialect) for cell in self.cells for dialect in DIALECTS
        ]
        understood = [edit for edit in edits if edit.understood]
        if understood:
            yield from self._judged(understood)
            rejections = [
                self.attempts.of(REJECTION, self.cells[0], dialect) for dialect in DIALECTS
            ]
            yield from self._judged(
                [each for each in rejections if each.understood and each.in_place]
            )
        elif self.attempts.rows is None and not any(edit.answered for edit in edits):
            # By what its rows are known a workflow need not say: rows of ours prove nothing here.
            yield self._not_understood(edits)

    def _judged(self, attempts: Sequence[Attempt]) -> Iterator[Verdict]:
        sound = {attempt.dialect for attempt in attempts if attempt.sound}
        # Where one dialect works, what comes in the other may be noted down without any claim.
        judged = [each for each in attempts if not sound or each.dialect in sound]
        not_shown = [each for each in judged if not each.shown]
        not_applied = [
            each for each in attempts if not each.applied and (each in judged or each.in_place)
        ]
        if not_shown:
            yield dataclasses.replace(
                self._verdict(
                    f"{_named(not_shown)} is applied, but not shown while the gate is open",
                    "change the row in `self._pending_payload` too: that is what "
                    "`current_ui_state` shows",
                    not_shown,
                ),
                comparison=compared("without it", self.attempts.usual, "with it", not_shown[0].run),
            )
        if not_applied:
            yield self._verdict(
                f"{_named(not_applied)} is shown, but after the approval the run is the same",
                "keep what a row action changes, and send it on once the gate is approved",
                not_applied,
            )

    def _not_understood(self, attempts: Sequence[Attempt]) -> Verdict:
        fields = _fields(attempts)
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

    def _verdict(self, fault: str, advice: str, attempts: Sequence[Attempt]) -> Verdict:
        experiment = self.attempts.experiment
        return Verdict(
            code="NTR704",
            message=f"gate `{self.gate.step}`: {fault}",
            scenario=experiment.charged(HAPPY.name),
            slug=experiment.definition.slug,
            line=declared_at(self.hook),
            help=advice,
            evidence=(*map(_told, attempts), *self._laid_in()),
            reproduce=self._reproduced(attempts[0]) if self.attempts.rows is None else None,
        )

    def _laid_in(self) -> Iterator[str]:
        for key, row in (self.attempts.rows or {}).items():
            yield f"faked results have no rows, so `{key}` was given one: {as_json(row)}"

    def _reproduced(self, attempt: Attempt) -> str | None:
        actions = {self.gate.step or "": [attempt.action]}
        return reproduction(Scenario("edited_row", row_actions=actions))


def _named(attempts: Sequence[Attempt]) -> str:
    return attempts[0].kind.told.format(_fields(attempts))


def _fields(attempts: Sequence[Attempt]) -> str:
    return ", ".join(dict.fromkeys(f"`{attempt.field}`" for attempt in attempts))


def _told(attempt: Attempt) -> str:
    seen = "shown" if attempt.shown else "not shown"
    done = "applied" if attempt.applied else "not applied"
    ending = f"the run hangs: {attempt.run.error}" if attempt.hangs else f"{seen}, {done}"
    return f"{as_json(attempt.action)}: {ending}"

"""The calls that become commands, and what each of their parameters decides.

A parameter that decides which command is issued, its id, its timers or its queue is `sequence`: a
replay that computes it anew finds another command in the history. One that only carries data is
`payload`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lint_rules.finding import Impact

_FACADES = ("ntro.workflow.runbook", "temporalio.workflow")
_BASE = "ntro.workflow.NtroWorkflow"


@dataclass(frozen=True, slots=True)
class Command:
    """What the parameters of one callable decide; `rest` holds for those not named."""

    positional: tuple[Impact, ...] = ()
    keywords: Mapping[str, Impact] = field(default_factory=dict)
    rest: Impact = "sequence"
    passes_on: bool = False
    """Arguments after the named ones are handed to what the first one names."""

    def impact(self, place: int | str | None) -> Impact:
        """Return what an argument decides, by its position or keyword; None is `**`."""
        if isinstance(place, str):
            return self.keywords.get(place, self.rest)
        if place is None or place >= len(self.positional):
            return "payload" if self.passes_on else self.rest
        return self.positional[place]


_DATA: Mapping[str, Impact] = {
    "arg": "payload",
    "args": "payload",
    "memo": "payload",
    "search_attributes": "payload",
    "summary": "payload",
    "static_summary": "payload",
    "static_details": "payload",
    "headers": "payload",
}
_STARTS = Command(("sequence",), _DATA, passes_on=True)
_TIMER = Command(("sequence",), {"delay": "sequence", "result": "payload"}, rest="payload")
_CONDITION = Command(("sequence",), {"timeout_summary": "payload"})
_DATA_ONLY = Command(rest="payload")
_GATE = Command(keywords={"timeout": "sequence", "predicate": "sequence"}, rest="payload")
_CHILD = Command(keywords={"input": "payload", "inputs": "payload"})


_STARTED = (
    "activity",
    "activity_class",
    "activity_method",
    "local_activity",
    "local_activity_class",
    "local_activity_method",
    "child_workflow",
)


def _commands() -> dict[str, Command]:
    found: dict[str, Command] = {}
    for facade in _FACADES:
        for kind in _STARTED:
            found[f"{facade}.execute_{kind}"] = found[f"{facade}.start_{kind}"] = _STARTS
        found[f"{facade}.wait_condition"] = _CONDITION
        found[f"{facade}.continue_as_new"] = Command(("payload",), _DATA)
        found[f"{facade}.sleep"] = _TIMER
        found[f"{facade}.patched"] = found[f"{facade}.deprecate_patch"] = Command()
        for name in ("upsert_memo", "upsert_search_attributes", "set_current_details"):
            found[f"{facade}.{name}"] = _DATA_ONLY
    for name in ("sleep", "timeout", "timeout_at"):
        found[f"asyncio.{name}"] = _TIMER
    found["asyncio.wait_for"] = Command(("payload", "sequence"), {"fut": "payload"})
    for name in ("wait_for_action", "await_signal_with_action", "wait_for_signal_predicate"):
        found[f"{_BASE}.{name}"] = _GATE
    found[f"{_BASE}.await_signal_with_action"] = Command(
        ("sequence", "payload", "sequence"), _GATE.keywords, rest="payload"
    )
    for name in ("run_child_workflow", "run_child_workflows"):
        found[f"{_BASE}.{name}"] = _CHILD
    found[f"{_BASE}.collect_documents"] = Command(
        keywords={"runbook_slug": "sequence", "step_id": "sequence"}, rest="payload"
    )
    found[f"{_BASE}.run_step"] = Command(("sequence", "sequence"), passes_on=True)
    for name in ("load_previous_task", "find_committed_document", "set_user_feedback"):
        found[f"{_BASE}.{name}"] = _DATA_ONLY
    return found


COMMANDS: Mapping[str, Command] = _commands()
"""Qualified name of a callable -> what its parameters decide."""

_LAST = {name.rpartition(".")[2] for name in COMMANDS}


def command(name: str) -> Command | None:
    """Return the command a callable issues; the base class may be reached through the author's."""
    if name.rpartition(".")[2] not in _LAST:
        return None
    found = COMMANDS.get(name)
    if found is None and name.startswith(("ntro.", "temporalio.")):
        found = COMMANDS.get(f"{_BASE}.{name.rpartition('.')[2]}")
    return found

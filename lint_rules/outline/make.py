"""From what the rules know of a bundle to its outline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lint_rules.contract.bundle_files import REQUIREMENTS
from lint_rules.contract.contract import Contract
from lint_rules.declared.activities import name_of, of_sdk, through_helpers
from lint_rules.declared.entries import config_entries
from lint_rules.declared.hints import hint_of
from lint_rules.declared.steps import declared_steps
from lint_rules.facts.records import Span
from lint_rules.facts.spelling import spelled
from lint_rules.outline.durations import duration
from lint_rules.outline.outline import (
    ActivityOutline,
    ActivityUse,
    ChildOutline,
    ClassOutline,
    ConfigOutline,
    GateOutline,
    HandlerOutline,
    Outline,
    Spot,
    StepOutline,
)
from lint_rules.outline.rejections import UNCLEAR, rejection_at
from lint_rules.program import Module
from lint_rules.runbook_code.read import activities_of, child_slug
from lint_rules.runbook_code.runbook import ActivityCall, ChildCall, Gate, Runbook, Site, Step
from lint_rules.runbook_code.written import written

_ACTIVITIES = "templates/activities.py"


def outline(contract: Contract, display: Callable[[str], str], notes: Sequence[str]) -> Outline:
    """Return the outline of a project; `display` gives the paths that people are shown."""
    return _Maker(contract, display).outline(notes)


class _Maker:
    def __init__(self, contract: Contract, display: Callable[[str], str]) -> None:
        self.contract = contract
        self.program = contract.program
        self.display = display

    def outline(self, notes: Sequence[str]) -> Outline:
        manifest = self.contract.manifest
        version = manifest.get("version") if manifest is not None else None
        classes = tuple(self._class(runbook) for runbook in self.contract.runbooks)
        project = self.contract.project
        return Outline(
            bundle=(manifest.slug if manifest is not None else None) or project.bundle,
            path=self.display(str(project.root)),
            version=version.raw if version is not None and version.kind == "scalar" else None,
            classes=classes,
            activities=tuple(self._activities()),
            requirements=tuple(self._requirements()),
            config=tuple(self._config()),
            notes=(*notes, *self._notes()),
        )

    def spot(self, module: Module, span: Span) -> Spot:
        return Spot(self.display(module.path), span.line)

    def _class(self, runbook: Runbook) -> ClassOutline:
        context = runbook.context
        steps = tuple(self._step(runbook, step) for step in runbook.steps)
        here = self.spot(runbook.module, runbook.definition.span)
        return ClassOutline(
            name=runbook.definition.name,
            context=spelled(context[1]) if context else None,
            steps=steps,
            outside=self._happening(runbook, None, here),
            handlers=tuple(
                HandlerOutline(
                    h.kind, h.name, h.function.name, self.spot(h.module, h.function.span)
                )
                for h in runbook.handlers
            ),
            at=here,
        )

    def _step(self, runbook: Runbook, step: Step) -> StepOutline:
        return self._happening(runbook, step, self.spot(step.module, step.span))

    def _happening(self, runbook: Runbook, step: Step | None, at: Spot) -> StepOutline:
        """Return what happens in a step, or outside of all steps."""

        def is_here(site: Site) -> bool:
            if step is None:
                return not site.steps
            return any(owner.key == step.key for owner in site.steps)

        declared = {each.id: each for each in declared_steps(self.contract)}
        said = declared.get(step.name or "") if step is not None else None
        component = said.get("component") if said is not None else None
        return StepOutline(
            name=(step.name or f"{step.function.name}()") if step is not None else None,
            title=step.title if step is not None else None,
            component=component.text if component is not None else None,
            gates=tuple(self._gate(runbook, step, g) for g in runbook.gates if is_here(g)),
            activities=(
                *(self._use(c) for c in runbook.activity_calls if is_here(c)),
                *(self._helpers(runbook, step) if step is not None else ()),
            ),
            children=tuple(self._child(c) for c in runbook.children if is_here(c)),
            at=at,
        )

    def _gate(self, runbook: Runbook, step: Step | None, gate: Gate) -> GateOutline:
        rejection = UNCLEAR
        if gate.kind == "review" and step is not None:
            rejection = rejection_at(self.program, runbook, step)
        return GateOutline(
            kind=gate.kind,
            component=hint_of(self.contract, gate).component,
            signal=self._signal(gate),
            timeout=duration(self.program, gate.module, gate.call, "timeout"),
            on_reject=rejection.leads if gate.kind == "review" else None,
            reject_to=rejection.step,
            at=self.spot(gate.module, gate.span),
        )

    def _signal(self, gate: Gate) -> str | None:
        if gate.kind != "signal":
            return "user_action" if gate.kind == "review" else "document_submitted"
        given = gate.call.keyword("action")
        action = None if given is None else written(self.program, gate.module, given)
        name = action.get("args", "signal_name") if action is not None else None
        return name.text if name is not None else None

    def _use(self, call: ActivityCall) -> ActivityUse:
        return ActivityUse(
            name=name_of(self.contract, call),
            start_to_close=self._time(call, "start_to_close_timeout"),
            schedule_to_close=self._time(call, "schedule_to_close_timeout"),
            at=self.spot(call.module, call.span),
        )

    def _helpers(self, runbook: Runbook, step: Step) -> Iterator[ActivityUse]:
        for use in through_helpers(self.contract, runbook, step):
            at = self.spot(use.module, use.module.facts.span(use.call))
            yield ActivityUse(use.name, None, None, at)

    def _time(self, call: ActivityCall, keyword: str) -> str | None:
        return duration(self.program, call.module, call.call, keyword)

    def _child(self, child: ChildCall) -> ChildOutline:
        slug = child_slug(child)
        siblings = self.contract.siblings
        found = slug in siblings.roots if slug is not None and siblings is not None else None
        return ChildOutline(slug, child.how, found, self.spot(child.module, child.span))

    def _activities(self) -> Iterator[ActivityOutline]:
        # Those that nothing calls are registered too.
        self.contract.module(_ACTIVITIES)
        for module in self.program.modules.loaded:
            for found in activities_of(self.program, module):
                at = self.spot(module, found.function.span)
                yield ActivityOutline(found.name, found.function.qualname, at)
        for name, module, statement in of_sdk(self.contract):
            at = self.spot(module, statement.span)
            yield ActivityOutline(name, statement.bound or name, at)

    def _requirements(self) -> Iterator[str]:
        files = self.contract.files
        text = files.text(REQUIREMENTS).text if files is not None else None
        for line in (text or "").splitlines():
            wanted = line.partition("#")[0].strip()
            if wanted:
                yield wanted

    def _config(self) -> Iterator[ConfigOutline]:
        for entry in config_entries(self.contract):
            type_, default = entry.schema.get("type"), entry.schema.get("default")
            yield ConfigOutline(
                entry.key,
                entry.step,
                type_.raw if type_ is not None and type_.kind == "scalar" else None,
                default.raw if default is not None and default.kind == "scalar" else None,
            )

    def _notes(self) -> Iterator[str]:
        manifest = self.contract.manifest
        if manifest is not None and manifest.problem is not None:
            yield f"{self.display(manifest.file.path)}: {manifest.problem.message}"
        if not self.contract.runbooks:
            yield "no workflow class that uses ntro was found"
        for runbook in self.contract.runbooks:
            if self.program.mro(runbook.kind) is None:
                name = runbook.definition.name
                yield f"a base class of `{name}` cannot be followed: it may bring more steps"

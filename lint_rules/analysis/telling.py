"""From observations to findings: paths, the chain that leads there, severities, wording."""

from __future__ import annotations

import re

from lint_rules.analysis.shared_code import SharedCode
from lint_rules.facts.records import Span
from lint_rules.files.text_file import TextFile
from lint_rules.finding import Finding, Fix, Hop, Impact, Place, Severity
from lint_rules.program import Module
from lint_rules.program.ntro_classes import is_ntro
from lint_rules.program.reach import Reached
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation, Step
from lint_rules.workflow_code.workflow_code import WorkflowCode

BY_IMPACT: dict[Impact | None, Severity] = {
    "sequence": "error",
    "payload": "warning",
    "noise": "info",
    None: "warning",
}
"""How severe a finding is unless its rule or the configuration says otherwise."""

_RANK: dict[Severity, int] = {"info": 0, "warning": 1, "error": 2}
_FACADE = re.compile(r"\brunbook\.(?=[a-z])")


class Telling:
    """Makes the findings of one project."""

    def __init__(self, workflow: WorkflowCode, bundle: str | None, shared: SharedCode) -> None:
        self._workflow = workflow
        self._bundle = bundle
        self._shared = shared
        self._uses_ntro = any(is_ntro(workflow.program, kind) for kind in workflow.workflows)

    def finding(self, rule: Rule, observation: Observation) -> Finding:
        """Return an observation as people are shown it."""
        return Finding(
            code=rule.code,
            name=rule.name,
            message=self._worded(rule, observation.message),
            alternative=observation.alternative and self._worded(rule, observation.alternative),
            severity=_severity(observation),
            impact=observation.impact,
            place=_place(observation.module, observation.span),
            bundle=self._bundle,
            trace=self._trace(observation),
            sink=_hop(observation.sink) if observation.sink else None,
            sandbox=observation.sandbox,
            fix=self._fix(rule, observation),
        )

    def is_worse(self, finding: Finding, known: Finding) -> bool:
        """Tell which of two findings at one place says more."""
        return _RANK[finding.severity] > _RANK[known.severity]

    def _is_of_ntro(self, rule: Rule) -> bool:
        """Tell which facade to speak of; a contract is ntro's, though no class says so yet."""
        return self._uses_ntro or rule.contract is not None

    def _worded(self, rule: Rule, text: str) -> str:
        """Speak of the facade the project uses."""
        return text if self._is_of_ntro(rule) else _FACADE.sub("workflow.", text)

    def _fix(self, rule: Rule, observation: Observation) -> Fix | None:
        if observation.fix is None:
            return None
        if observation.via is not None and self._shared.with_activities(observation):
            # The facade does not work in an activity.
            return None
        from lint_rules.fixes.messages import message

        text = message(observation.fix, "ntro" if self._is_of_ntro(rule) else "temporalio")
        if text is None:
            return None
        return Fix(observation.fix, observation.applicability, text, observation.edits)

    def _trace(self, observation: Observation) -> tuple[Hop, ...]:
        hops = [] if observation.via is None else self._chain(observation.via)
        return (*hops, *map(_hop, observation.steps))

    def _chain(self, via: Reached) -> list[Hop]:
        hops = []
        program = self._workflow.program
        for reached in via.chain():
            if reached.via is None or reached.by is None:
                continue
            module = program.modules[reached.by.module]
            place = _place(module, module.facts.span(module.facts.expressions[reached.by.at]))
            hops.append(Hop(place, f"{self._name(reached.via)} -> {self._name(reached)}"))
        return hops

    def _name(self, reached: Reached) -> str:
        _, function = self._workflow.program.function(reached.function)
        return function.name or "<lambda>"


def _severity(observation: Observation) -> Severity:
    found = observation.severity or BY_IMPACT[observation.impact]
    ceiling = observation.ceiling
    return ceiling if ceiling is not None and _RANK[ceiling] < _RANK[found] else found


def _place(module: Module | TextFile, span: Span) -> Place:
    return Place(module.path, *span)


def _hop(step: Step) -> Hop:
    return Hop(_place(step.module, step.span), step.text)

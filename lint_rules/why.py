"""Why a line is reported, or why it is clean: what it names, who reaches it, what kills order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lint_rules.analysis.loading import Loading
from lint_rules.analysis.workflows import workflow_code
from lint_rules.config.settings import Settings
from lint_rules.discovery.discover import Discovery, discover
from lint_rules.engine import Run, run
from lint_rules.facts.expressions import Attribute, Call, Expression, Name
from lint_rules.facts.records import Function
from lint_rules.files.layout import Layout
from lint_rules.files.project import Project
from lint_rules.files.sources import Sources
from lint_rules.finding import Finding
from lint_rules.hazards import Boundary, Harmless, Hazards, load
from lint_rules.program import External, Meaning, Module, ProjectClass, ProjectFunction
from lint_rules.program.decorators import decorator_names
from lint_rules.program.reach import Reached
from lint_rules.program.workflow_names import ACTIVITIES
from lint_rules.workflow_code.classify import Classifier
from lint_rules.workflow_code.workflow_code import WorkflowCode

DATA = (".md", ".txt", ".sql")
"""How files end that hold no code."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to say about one line; `lines` are for people, `findings` what is reported."""

    path: str
    line: int
    findings: tuple[Finding, ...]
    lines: tuple[str, ...]


def explain(path: Path, line: int, settings: Settings) -> Explanation:
    """Explain one line of a file.

    Raises `UnknownPathError` for a file that does not exist, and IndexError for a line it lacks.
    """
    sources = Sources()
    discovery = discover([path], settings, sources)
    count = sources.read(path.absolute()).count(b"\n") + 1
    if not 1 <= line <= count:
        raise IndexError(f"{path} has {count} lines, so there is no line {line}")
    # Everything is told, whatever is selected: the question is about the code.
    linted = run([path], replace(settings, select=("ALL",), baseline=None), Run())
    shown = linted.discovery.display(path.absolute())
    findings = tuple(
        finding
        for finding in linted.report.findings
        if finding.place.path == shown and finding.place.line <= line <= finding.place.end_line
    )
    told = [
        text
        for project in discovery.projects
        for text in _Teller(project, discovery, sources, settings).lines(path.absolute(), line)
    ]
    imported = any(project.entries for project in discovery.projects)
    nothing = "nothing on this line is evaluated" if imported else "no workflow is near this file"
    if path.suffix in DATA:
        nothing = "no code: the rules over bundles and requirements read this file as data"
    lines = told or [nothing]
    return Explanation(shown, line, findings, tuple(dict.fromkeys(lines)))


class _Teller:
    """Says what one project knows about a line."""

    def __init__(
        self, project: Project, discovery: Discovery, sources: Sources, settings: Settings
    ) -> None:
        layout = Layout(project, sources)
        classifier = Classifier(load(), settings.pure_packages)
        loading = Loading(layout, sources, None)
        self.code: WorkflowCode = workflow_code(project, layout, classifier, loading)
        self.classifier = classifier
        self.discovery = discovery
        self.layout = layout

    def lines(self, path: Path, line: int) -> Iterator[str]:
        """Yield what there is to say."""
        reach = self.code.reach
        module = self.code.program.modules.get(self.layout.name_of(path))
        if module is None:
            return
        here = _on_line(module, line)
        defined = [f for f in module.facts.functions if f.span.line == line]
        functions: list[Function | None] = [*defined]
        if not functions:
            functions = [*{self._function(module, expression) for expression in here}]
        for function in sorted(functions, key=lambda f: -1 if f is None else f.number):
            yield from self._of_function(module, function)
        reached = {(r.function.module, r.function.number) for r in reach.functions}
        for expression in here:
            owner = self._function(module, expression)
            if owner is not None and (module.name, owner.number) in reached:
                yield from self._of_expression(module, expression)

    def _function(self, module: Module, expression: Expression) -> Function | None:
        return module.view.function_of(module.facts.scope_of(expression))

    def _of_function(self, module: Module, function: Function | None) -> Iterator[str]:
        if function is None:
            yield "runs when the module is imported, not in a workflow"
            return
        reached = next(
            (
                r
                for r in self.code.reach.functions
                if (r.function.module, r.function.number) == (module.name, function.number)
            ),
            None,
        )
        if reached is not None:
            yield from self._chain(reached)
        elif self._is_activity(module, function):
            yield f"`{function.qualname}` is an activity: it may do what it likes"
        else:
            yield f"`{function.qualname}` is not reached from any workflow"

    def _is_activity(self, module: Module, function: Function) -> bool:
        names = decorator_names(self.code.program, module, function.decorators)
        return not ACTIVITIES.isdisjoint(names)

    def _chain(self, reached: Reached) -> Iterator[str]:
        program = self.code.program
        for step in reached.chain():
            _, function = program.function(step.function)
            name = function.name or "<lambda>"
            if step.by is None:
                yield f"workflow code: `{function.qualname}` is called by the runtime"
                continue
            module = program.modules[step.by.module]
            span = module.facts.span(module.facts.expressions[step.by.at])
            place = f"{self.discovery.display(module.path)}:{span.line}:{span.column}"
            yield f"  which leads to `{name}` at {place}"

    def _of_expression(self, module: Module, expression: Expression) -> Iterator[str]:
        if isinstance(expression, Call):
            for meaning in self.code.program.resolve(module, expression.function):
                yield from self._of_call(meaning)
        elif isinstance(expression, Attribute | Name):
            for meaning in self.code.program.resolve(module, expression):
                if isinstance(meaning, External) and self.classifier.is_read_hazard(meaning.name):
                    yield from self._of_call(meaning)
        yield from self._of_order(module, expression)

    def _of_call(self, meaning: Meaning) -> Iterator[str]:
        match meaning:
            case External(name):
                yield self._of_outside(meaning, name)
            case ProjectFunction() | ProjectClass():
                name = self.code.program.qualified_name(meaning) or ""
                yield f"`{name}` is the project's own, and followed"

    def _of_outside(self, meaning: External, name: str) -> str:
        shown = name.removeprefix("builtins.")
        match self.classifier.lookup(name):
            case Harmless(_, _, reason, _):
                return f"`{shown}` is harmless: {reason}"
            case Boundary(_, _, reason):
                return f"`{shown}` cannot be followed: {reason}"
            case Hazards(_, variants):
                codes = ", ".join(dict.fromkeys(variant.code for variant in variants))
                return f"`{shown}` is a hazard ({codes}), unless its arguments make it none"
        if self.classifier.is_unknown(meaning):
            return f"`{shown}` cannot be followed: a package the kit knows nothing about"
        return f"`{shown}` is not in the hazard table"

    def _of_order(self, module: Module, expression: Expression) -> Iterator[str]:
        if not self.code.sets.is_set(module, expression):
            return
        sinks = self.code.flow.sinks(module, expression, "set")
        yield "a set: its order differs between processes"
        for sink in sinks:
            place = f"{self.discovery.display(sink.module.path)}:{sink.span.line}"
            yield (
                f"  the order {sink.text} ({place})" if sink.impact else f"  {sink.text} ({place})"
            )
        if not sinks:
            yield "  nothing is decided by it"


def _on_line(module: Module, line: int) -> list[Expression]:
    """Return what begins on a line, else the smallest thing that goes across it."""
    facts = module.facts
    begun = [e for e in facts.expressions if facts.span(e).line == line]
    if begun:
        return begun
    around = [e for e in facts.expressions if facts.span(e).line <= line <= facts.span(e).end_line]
    # Children come before their parents.
    return around[:1]

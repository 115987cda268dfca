"""Runs a program of the corpus with everything outside faked, to know where its hazard happens.

The linter is never asked: this is how the corpus knows that it tells the truth. A program has its
own `__import__`, which serves its modules from memory, a facade that runs nothing but the workflow,
and a copy of the hazard's module in which the hazard notes who used it.
"""

from __future__ import annotations

import asyncio
import builtins
import importlib
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Literal

from benchmarks.lint_corpus.hazards import Hazard
from benchmarks.lint_corpus.program import Program
from benchmarks.lint_corpus.stand_ins import Facade, Fake, Use, base_class

Phase = Literal["import", "run"]


@dataclass(frozen=True, slots=True)
class Happened:
    """The hazard was used: where, and whether modules were being imported or the workflow ran."""

    phase: Phase
    path: str
    line: int


def rehearse(program: Program) -> tuple[Happened, ...]:
    """Import the program, run its workflow and its handlers, and return what happened.

    Raises whatever the program raises: no program of the corpus should.
    """
    rehearsal = _Rehearsal(program)
    with rehearsal.known_to_python():
        workflow = rehearsal.main()
        rehearsal.phase = "run"
        asyncio.run(_run(workflow, rehearsal.facade, rehearsal.context()))
    return tuple(dict.fromkeys(rehearsal.happened))


def truth(program: Program) -> str | None:
    """Say where a program does not do what the corpus says of it; None when it does.

    A hidden hazard happens on its line, while the workflow runs or, for an import-time one, before.
    A harmless one never happens while the workflow runs.
    """
    happened = rehearse(program)
    places = {(place.path, place.line) for place in program.expected}
    running = [one for one in happened if one.phase == "run"]
    if program.kind == "harmless":
        right = not running and not places
    elif program.shape.code == "NTR117":
        right = not running and any((one.path, one.line) in places for one in happened)
    else:
        right = {(one.path, one.line) for one in running} <= places and bool(running)
    return None if right else f"{program.directory}: {happened}"


async def _run(workflow: type, facade: Facade, context: object) -> None:
    made = workflow()
    facade.current = made
    await facade.handle()
    entries = facade.entries(workflow)
    for name in entries.get("query", ()):
        getattr(made, name)()
    [run] = entries["run"]
    await getattr(made, run)(context)


@dataclass
class _Rehearsal:
    """The modules of one program, while it runs."""

    program: Program
    phase: Phase = "import"
    happened: list[Happened] = field(default_factory=list)
    modules: dict[str, ModuleType] = field(default_factory=dict)

    def __post_init__(self) -> None:
        folder = "src/" if "src/" in self.program.files[-1][0] else ""
        self.sources = {
            _module_name(path.removeprefix(folder)): (path, text)
            for path, text in self.program.files
            if path.endswith(".py")
        }
        self.facade = Facade()
        self.outside = _fakes(self.program.hazard, self._note)
        vars(self._outside("importlib"))["import_module"] = lambda name: self.bring(name, ("",))
        vars(self._outside("asyncio"))["sleep"] = _no_sleep
        for name, library in _libraries(self.facade).items():
            vars(self.outside.setdefault(name, library)).update(vars(library))
        self.builtins = {**vars(builtins), "__import__": self._import}
        if self.program.hazard.module == "builtins":
            self.builtins.update(vars(self.outside["builtins"]))
            self.builtins["__import__"] = self._import

    def _outside(self, name: str) -> ModuleType:
        return self.outside.setdefault(name, _copy(name))

    def main(self) -> type:
        """Import the module of the workflow and return its class."""
        [name] = [name for name in self.sources if name.endswith((".workflow", ".workflows"))]
        found: type = getattr(self.bring(name, ("",)), self.program.workflow_class)
        return found

    def context(self) -> object:
        """Return what the workflow is started with."""
        [module] = [m for n, m in self.modules.items() if n.endswith((".workflow", ".workflows"))]
        return vars(module)["Context"]()

    @contextmanager
    def known_to_python(self) -> Iterator[None]:
        """Let pydantic and dataclasses find the modules while the program runs."""
        before = dict(sys.modules)
        try:
            yield
        finally:
            for name in self.modules:
                sys.modules.pop(name, None)
            sys.modules.update({n: m for n, m in before.items() if n not in sys.modules})

    def bring(self, name: str, wanted: tuple[str, ...]) -> ModuleType:
        """Return a module by its full name; with nothing wanted from it, the package at its top."""
        module = self._load(name)
        for inner in wanted:
            if f"{name}.{inner}" in self.sources:
                vars(module)[inner] = self._load(f"{name}.{inner}")
        if wanted:
            return module
        top = name.partition(".")[0]
        return self.outside.get(top) or self._load(top)

    def _import(
        self,
        name: str,
        names: dict[str, Any] | None = None,
        _locals: object = None,
        wanted: tuple[str, ...] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if level:
            package = str((names or {})["__package__"])
            for _ in range(level - 1):
                package = package.rpartition(".")[0]
            name = f"{package}.{name}" if name else package
        return self.bring(name, tuple(wanted or ()))

    def _load(self, name: str) -> ModuleType:
        if name in self.modules:
            return self.modules[name]
        if name in self.outside:
            return self.outside[name]
        if name not in self.sources:
            return importlib.import_module(name)
        above = name.rpartition(".")[0]
        if above:
            self._load(above)
        path, text = self.sources[name]
        module = ModuleType(name)
        package = name if path.endswith("__init__.py") else above
        vars(module).update(__builtins__=self.builtins, __package__=package, __file__=path)
        self.modules[name] = sys.modules[name] = module
        exec(compile(text, path, "exec"), vars(module))
        if above:
            setattr(self.modules[above], name.rpartition(".")[2], module)
        return module

    def _note(self) -> None:
        texts = {path for path, _ in self.program.files}
        frame = inspect.currentframe()
        while frame is not None and frame.f_code.co_filename not in texts:
            frame = frame.f_back
        assert frame is not None, "the hazard was used by nobody"
        place = Happened(self.phase, frame.f_code.co_filename, frame.f_lineno)
        self.happened.append(place)


def _module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").strip("/").replace("/", ".")


def _libraries(facade: Facade) -> dict[str, ModuleType]:
    """Return what a program imports to be a workflow."""
    ntro, workflow, temporalio = map(ModuleType, ("ntro", "ntro.workflow", "temporalio"))
    vars(ntro)["workflow"] = workflow
    vars(workflow).update(runbook=facade, activity=facade, NtroWorkflow=base_class())
    vars(temporalio).update(workflow=facade, activity=facade)
    return {"ntro": ntro, "ntro.workflow": workflow, "temporalio": temporalio}


def _fakes(hazard: Hazard, note: Use) -> dict[str, ModuleType]:
    """Return copies of the modules that lead to the hazard, which notes its use in the last one."""
    parts = hazard.module.split(".")
    names = [".".join(parts[: count + 1]) for count in range(len(parts))]
    copies = {name: _copy(name) for name in names}
    for name, copy in copies.items():
        above, _, last = name.rpartition(".")
        if above:
            vars(copies[above])[last] = copy
    top = hazard.path.partition(".")[0]
    vars(copies[hazard.module])[top] = Fake(hazard, note, top)
    return copies


def _copy(name: str) -> ModuleType:
    """Return a module with the names of a standard one; of others it has none."""
    copy = ModuleType(name)
    if name.partition(".")[0] in sys.stdlib_module_names:
        vars(copy).update({**vars(importlib.import_module(name)), "__name__": name})
    return copy


async def _no_sleep(seconds: float) -> None:
    """Be woken at once."""

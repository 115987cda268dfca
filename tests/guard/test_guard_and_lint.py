"""The guard and the lint name the same code on the same line, for every hazard of the data.

Nothing of it happens: the guard raises at each call, before it is made.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.lint_corpus.hazards import HAZARDS as CORPUS
from lint_rules.engine import lint
from lint_rules.hazards import Hazards, load
from ntro_testkit import WorkflowHarness
from ntro_testkit.guard.definitions import python_code
from ntro_testkit.guard.known_hazards import LEFT_TO_THE_LINT, live
from tests.bundles import write_bundle

NOT_IMPORTED = frozenset({"antigravity", "this", "idlelib", "turtledemo", "tkinter", "turtle"})
"""Importing one of these does something, or needs a display."""

PLAIN_DATA = "plain data is looked at without a call"
REPLACED = "pytest has put something of its own in its place"
IN_C = "Python 3.11 tells its profiler nothing of a class written in C"


def exemption(name: str) -> str | None:
    """Say why the guard cannot see a hazard, None when it can."""
    value = live(name)
    if name in ("sys.argv", "time.tzname"):
        return PLAIN_DATA
    if name == "sys.unraisablehook":
        return REPLACED
    if sys.version_info < (3, 12) and isinstance(value, type) and not python_code(value):
        return IN_C
    return None


@dataclass(frozen=True)
class Use:
    """One hazard, used in a statement."""

    name: str
    code: str
    module: str
    statement: str


def corpus_uses() -> Iterator[Use]:
    for hazard in CORPUS:
        if _import(hazard.module) is None:
            continue
        outside = "" if hazard.module == "builtins" else f"{hazard.module}."
        arguments = hazard.arguments or ('"acme"' if hazard.path == "get_data_plane" else "")
        call = f"{outside}{hazard.path}{hazard.make}{hazard.tail or f'({arguments})'}"
        if hazard.loop:
            statement = f"for each in {call}: return each"
        else:
            awaited = hazard.awaited or inspect.iscoroutinefunction(live(hazard.name))
            statement = f"return {'await ' if awaited else ''}{call}"
        yield Use(hazard.name, hazard.code, hazard.module, statement)


def table_uses() -> Iterator[Use]:
    """Yield every function and class of the standard library that is always a hazard."""
    for hazards in load().hazards():
        first = hazards.variants[0]
        if first.use == "call" and not first.when and first.code not in LEFT_TO_THE_LINT:
            yield from _use(hazards)


def _use(hazards: Hazards) -> Iterator[Use]:
    name = hazards.name
    above, _, member = name.rpartition(".")
    top = name.partition(".")[0]
    if name.endswith(".*") or top in NOT_IMPORTED or top not in sys.stdlib_module_names:
        return
    module = next(filter(_import, (above, above.rpartition(".")[0])), None)
    function = live(name)
    if module is None or not callable(function) or not _stands_alone(live(above), member):
        return
    call = f"{name.removeprefix('builtins.')}({_arguments(function)})"
    if inspect.iscoroutinefunction(function):
        call = f"await {call}"
    if inspect.isgeneratorfunction(function):
        call = f"list({call})"
    yield Use(name, hazards.variants[0].code, module, f"return {call}")


def _import(name: str) -> object | None:
    if not name:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module(name)
        except ImportError:
            return None


def _stands_alone(owner: object, member: str) -> bool:
    """Tell whether it can be called without an instance, which the lint would have to know."""
    if not isinstance(owner, type):
        return True
    found = inspect.getattr_static(owner, member)
    return isinstance(found, (classmethod, staticmethod))


def _arguments(function: object) -> str:
    """Return as many arguments as it takes: with too few, a call never begins."""
    try:
        parameters = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return ""
    required = [each for each in parameters if each.default is each.empty]
    named = [f'{each.name}="a"' for each in required if each.kind is each.KEYWORD_ONLY]
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return ", ".join([*('"a"' for each in required if each.kind in positional), *named])


USES = (*corpus_uses(), *table_uses())
PER_BUNDLE = 80


def test_few_hazards_cannot_be_seen() -> None:
    unseen = {use.name: exemption(use.name) for use in USES if exemption(use.name)}
    in_c = {"io.FileIO", "traceback.StackSummary", "zoneinfo.ZoneInfo"}
    assert unseen.keys() <= {"sys.argv", "time.tzname", "sys.unraisablehook", *in_c}


def test_most_of_the_standard_librarys_hazards_are_tried() -> None:
    assert len(USES) > 600
    assert {use.code for use in USES} >= {f"NTR{number}" for number in (*range(101, 110), 112, 113)}


# Python 3.11 raises within constructors; what they leave may not be fit to be collected, and is
# collected here: the next test would have to answer for it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("start", range(0, len(USES), PER_BUNDLE))
def test_the_guard_and_the_lint_name_the_same_code_on_the_same_line(
    start: int, tmp_path: Path
) -> None:
    uses = USES[start : start + PER_BUNDLE]
    lines = [f"if which == {at}:\n    {use.statement}  # {at}" for at, use in enumerate(uses)]
    imports = sorted({f"import {use.module}" for use in uses})
    made = write_bundle(tmp_path, run="\n".join(lines), takes="which: int", top="\n".join(imports))
    text = (made / "templates/workflow.py").read_text(encoding="utf-8").splitlines()
    of_lint = {(found.place.line, found.code) for found in lint([made]).findings}
    with WorkflowHarness(made, guard="raise") as harness:
        for at, use in enumerate(uses):
            [line] = [n for n, each in enumerate(text, start=1) if each.endswith(f"  # {at}")]
            assert (line, use.code) in of_lint, f"the lint does not see {use.name}"
            if exemption(use.name):
                continue
            result = harness.run_sync(input=at)
            seen = [(call.line.line, call.code) for call in result.trace.hazards]
            assert seen == [(line, use.code)], f"{use.name}: {result.error}"
            del result
    gc.collect()

"""A scenario as Python source, to be pasted into a bundle's `tests/scenarios.py`."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Iterator
from typing import Any

from ntro_testkit.scenario import Scenario
from ntro_testkit.schedule import Happening
from ntro_testkit.source_text import Expression, Part, Printer, Unprintable


def scenario_source(scenario: Scenario) -> str:
    """Return the imports a scenario needs and its assignment to a constant named after it.

    Only what differs from the defaults is written. Raises `Unprintable` where it holds a value
    that has no source text.
    """
    printer = Printer()
    parts = tuple(_fields(scenario, printer))
    call = Expression(f"{printer.named(Scenario)}(", parts, ")")
    target = f"{constant(scenario.name)} = "
    return f"{_imports(printer)}\n{target}{call.text(before=len(target))}\n"


def reproduction(scenario: Scenario) -> str | None:
    """Return the source of a scenario that shows a fault again, None where it has no source."""
    try:
        return scenario_source(scenario)
    except Unprintable:
        return None


def constant(name: str) -> str:
    """Return the name of the constant for a scenario of this name."""
    spelt = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_").upper()
    return spelt if spelt and not spelt[0].isdigit() else f"SCENARIO_{spelt}".rstrip("_")


def _fields(scenario: Scenario, printer: Printer) -> Iterator[Part]:
    for each in dataclasses.fields(scenario):
        value = getattr(scenario, each.name)
        if each.name == "schedule" and value:
            happenings = (Part("", _happening(one, printer)) for one in value)
            yield Part("schedule=", Expression("[", tuple(happenings), "]"))
        elif not _is_default(each, value):
            yield Part(f"{each.name}=", printer.value(value))


def _is_default(each: dataclasses.Field[Any], value: object) -> bool:
    if each.default_factory is not dataclasses.MISSING:
        return bool(value == each.default_factory())
    return bool(value == each.default)


def _happening(happening: Happening, printer: Printer) -> Expression:
    """Return the call that makes a happening; fields without a default come without their name."""
    given = [
        (each, getattr(happening, each.name))
        for each in dataclasses.fields(happening)
        if not _is_default(each, getattr(happening, each.name))
    ]
    names = [each.name for each, _ in given]
    declared = [each.name for each in dataclasses.fields(happening)]
    arguments = (
        ("" if names[: place + 1] == declared[: place + 1] else each.name, value)
        for place, (each, value) in enumerate(given)
    )
    return printer.call(printer.named(type(happening)), arguments)


def _imports(printer: Printer) -> str:
    """Return import lines, the standard library's first, as ruff and isort sort them."""
    modules = printer.imports
    known = sorted(module for module in modules if module.split(".")[0] in sys.stdlib_module_names)
    others = sorted(modules.keys() - set(known))
    groups = (
        "".join(f"from {module} import {', '.join(sorted(modules[module]))}\n" for module in group)
        for group in (known, others)
        if group
    )
    return "\n".join(groups)


__all__ = ["Unprintable", "constant", "reproduction", "scenario_source"]

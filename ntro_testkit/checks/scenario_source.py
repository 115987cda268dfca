"""Writes a scenario as the source of one, to be pasted into `<bundle>/tests/scenarios.py`."""

from __future__ import annotations

import dataclasses
from typing import Any

from ntro_testkit.scenario import Scenario


def scenario_source(scenario: Scenario) -> str:
    """Return the call that makes a scenario, with what is not as it is by default."""
    lines = "".join(f"    {argument},\n" for argument in _arguments(scenario))
    return f"Scenario(\n{lines})"


def _arguments(record: Any) -> list[str]:
    return [
        f"{field.name}={_written(value)}"
        for field in dataclasses.fields(record)
        if (value := getattr(record, field.name)) != _default(field)
    ]


def _written(value: Any) -> str:
    """Write a value; records, such as what a schedule lists, without what they have by default."""
    if dataclasses.is_dataclass(value):
        return f"{type(value).__name__}({', '.join(_arguments(value))})"
    if isinstance(value, list | tuple) and any(map(dataclasses.is_dataclass, value)):
        records = "".join(f"        {_written(each)},\n" for each in value)
        return f"[\n{records}    ]"
    return repr(value)


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default

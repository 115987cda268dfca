"""Lengths of time that are written out: `timedelta(hours=24)`, here or under a name."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import Call, Constant
from lint_rules.program import Module, Program
from lint_rules.runbook_code.written import written

_TIMEDELTA = "datetime.timedelta"
_ORDER = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")
_SECONDS = {
    "weeks": 604_800.0,
    "days": 86_400.0,
    "hours": 3_600.0,
    "minutes": 60.0,
    "seconds": 1.0,
    "milliseconds": 1e-3,
    "microseconds": 1e-6,
}
_UNITS = (("d", 86_400.0), ("h", 3_600.0), ("min", 60.0), ("s", 1.0))
_LONGEST = 1e11


def duration(program: Program, module: Module, call: Call, keyword: str) -> str | None:
    """Return a length of time that a call is given, as `1d 12h`; None where it is not written."""
    given = call.keyword(keyword)
    if given is None:
        return None
    value = written(program, module, given)
    made = value.expression
    if not isinstance(made, Call) or program.name(value.module, made.function) != _TIMEDELTA:
        return None
    parts = list(_parts(program, value.module, made))
    seconds = None if None in parts else sum(part for part in parts if part is not None)
    return None if seconds is None or abs(seconds) > _LONGEST else shown(seconds)


def _parts(program: Program, module: Module, made: Call) -> Iterator[float | None]:
    named = [(keyword.name, keyword.value) for keyword in made.keywords]
    for unit, expression in [*zip(_ORDER, made.arguments, strict=False), *named]:
        number = written(program, module, expression)
        is_number = isinstance(number.expression, Constant) and not isinstance(
            number.constant, bool | str
        )
        if unit not in _SECONDS or not is_number or number.constant is None:
            yield None
        else:
            yield float(number.constant) * _SECONDS[unit]


def shown(seconds: float) -> str:
    """Return a length of time in the largest units that it is made of."""
    words = []
    rest = round(seconds, 3)
    for unit, size in _UNITS[:-1]:
        whole = int(rest // size) if rest > 0 else 0
        if whole:
            words.append(f"{whole}{unit}")
            rest -= whole * size
    if rest or not words:
        words.append(f"{rest:g}s")
    return " ".join(words)

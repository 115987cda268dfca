"""What an entry of a hazard data file may look like, and what is wrong with one that does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, get_args

from lint_rules.hazards import model

NAME = re.compile(
    r"(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?:\.\*)?|\*)"
    r"(?:>=(?P<since>3\.\d+))?(?:(?:,\s*)?<(?P<until>3\.\d+))?\Z"
)
"""A name as the files write it: `time.time`, `socket.*`, `uuid7>=3.14`, `mksalt<3.13`."""

_CODE = re.compile(r"NTR1\d\d\Z")
_WITHOUT_VALUES = ("missing", "given", "tainted", "naive-receiver")
_WITHOUT_ARGUMENT = ("naive-receiver", "any-calls")


@dataclass(frozen=True, slots=True)
class Section:
    """The keys of one kind of table: their types, which are needed, and closed lists of values."""

    keys: Mapping[str, type[Any]]
    required: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


FILE = Section(
    {
        "family": str,
        "about": str,
        "hazard": list,
        "harmless": list,
        "boundary": list,
        "type": list,
        "result": list,
        "code": list,
        "aliases": dict,
        "standard": dict,
        "ordering": dict,
    },
    ("family", "about"),
)

SECTIONS = {
    "hazard": Section(
        {
            "in": str,
            "names": list,
            "code": str,
            "use": str,
            "impact": str,
            "alternative": str,
            "sandbox": str,
            "sandbox_at_import": str,
            "sandbox_on_instance": str,
            "when": list,
            "fix": dict,
            "ceiling": str,
            "platform": str,
            "note": str,
        },
        ("names", "code", "use", "impact", "alternative"),
        {
            "use": get_args(model.Use),
            "impact": get_args(model.Impact),
            "sandbox": get_args(model.Verdict),
            "sandbox_at_import": get_args(model.Verdict),
            "sandbox_on_instance": get_args(model.Verdict),
            "ceiling": get_args(model.Ceiling),
        },
    ),
    "harmless": Section(
        {"in": str, "names": list, "constants": bool, "reason": str, "sandbox": str},
        ("reason",),
        {"sandbox": get_args(model.Verdict)},
    ),
    "boundary": Section({"in": str, "names": list, "reason": str}, ("names", "reason")),
    "type": Section({"name": str, "bases": list}, ("name",)),
    "result": Section({"in": str, "type": str, "names": list}, ("type", "names")),
    "code": Section({"code": str, "name": str, "structural": str}, ("code", "name")),
}

_CONDITION = Section(
    {"test": str, "position": int, "keyword": str, "values": list},
    ("test",),
    {"test": get_args(model.Test)},
)
_FIX = Section(
    {"id": str, "applicability": str},
    ("id", "applicability"),
    {"applicability": get_args(model.Applicability)},
)


def problems(section: Section, entry: object) -> Iterator[str]:
    """Everything that is wrong with one table, without saying where it stands."""
    if not isinstance(entry, dict):
        yield "a table is expected"
        return
    yield from (f"{key} is missing" for key in section.required if key not in entry)
    for key, value in entry.items():
        if key not in section.keys:
            near = get_close_matches(key, section.keys, n=1)
            yield f"unknown key {key!r}" + (f", did you mean {near[0]!r}?" if near else "")
        elif type(value) is not section.keys[key]:
            yield f"{key} must be of type {section.keys[key].__name__}"
        elif key in section.choices and value not in section.choices[key]:
            yield f"{key} {value!r} is none of {', '.join(sorted(section.choices[key]))}"
        else:
            yield from _problems_of_value(key, value)


def label(section: str, number: int, entry: object) -> str:
    """How a message points to an entry: `hazard 3 (time.time)`."""
    names = entry.get("names", [entry.get("name", "")]) if isinstance(entry, dict) else []
    if not isinstance(entry, dict) or not isinstance(names, list) or not names:
        return f"{section} {number}"
    prefix = f"{entry['in']}." if "in" in entry else ""
    return f"{section} {number} ({prefix}{names[0]})"


def _problems_of_value(key: str, value: Any) -> Iterator[str]:
    if key == "code" and isinstance(value, str) and _CODE.match(value) is None:
        yield f"{value!r} is not a determinism code"
    elif key == "names":
        for name in value:
            if not isinstance(name, str) or NAME.match(name) is None:
                yield f"{name!r} is not a name (with >=3.N or <3.N)"
    elif key == "fix":
        yield from (f"fix: {problem}" for problem in problems(_FIX, value))
    elif key == "when":
        for condition in value:
            yield from (f"when: {problem}" for problem in _problems_of_condition(condition))


def _problems_of_condition(condition: object) -> Iterator[str]:
    found = list(problems(_CONDITION, condition))
    yield from found
    if found or not isinstance(condition, dict):
        return
    test = condition["test"]
    if test not in _WITHOUT_ARGUMENT and not {"position", "keyword"} & set(condition):
        yield f"{test} needs a position or a keyword"
    if (test in _WITHOUT_VALUES) and "values" in condition:
        yield f"{test} takes no values"
    if (test not in _WITHOUT_VALUES) and not condition.get("values"):
        yield f"{test} needs values"

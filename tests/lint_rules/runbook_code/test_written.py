"""Values written out in code are read with their places; all else is unknown."""

from __future__ import annotations

import pytest

from lint_rules.facts.expressions import Call
from lint_rules.runbook_code.written import Value, written
from tests.lint_rules.contracts import contracts


def value(text: str, before: str = "", **others: str) -> Value:
    """Return what the argument of `probe(...)` in a module is."""
    module = f"{before}\nfrom temporalio import workflow\n{FLOW}\nprobe({text})\n"
    names = {f"nav/templates/{name}.py": content for name, content in others.items()}
    files = {"nav/runbook.md": "---\n", "nav/templates/workflow.py": module, **names}
    contract = contracts(files)["nav"]
    found = contract.program.modules["templates.workflow"]
    [call] = [e for e in found.facts.expressions if isinstance(e, Call) and _is_probe(e)]
    return written(contract.program, found, call.arguments[0])


def _is_probe(call: Call) -> bool:
    return getattr(call.function, "name", None) == "probe"


FLOW = "@workflow.defn\nclass A: ..."


def plain(found: Value) -> object:
    """Return a value as the data it stands for, `...` for what is unknown."""
    match found.kind:
        case "constant":
            return found.constant
        case "mapping":
            return {e.key: plain(e.value) for e in found.entries} | (
                {} if found.complete else {0: 0}
            )
        case "sequence":
            return [plain(item) for item in found.items] + ([] if found.complete else [...])
        case _:
            return ...


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("'a'", "", "a"),
        ("3", "", 3),
        ("None", "", None),
        ("True", "", True),
        ("{'a': 1, 'b': ['x', 2]}", "", {"a": 1, "b": ["x", 2]}),
        ("dict(a=1, b='c')", "", {"a": 1, "b": "c"}),
        ("('a', 'b')", "", ["a", "b"]),
        ("HINT", "HINT = {'a': 1}", {"a": 1}),
        ("SECOND", "FIRST = {'a': 1}\nSECOND = FIRST", {"a": 1}),
        ("{**BASE, 'b': 2}", "BASE = {'a': 1}", {"a": 1, "b": 2}),
        ("{KEY: 1}", "KEY = 'a'", {"a": 1}),
        ("[*SLOTS, 3]", "SLOTS = [1, 2]", [1, 2, 3]),
        ("UIComponent.DATA_TABLE", "from ntro.workflow import UIComponent", "DATA_TABLE"),
    ],
)
def test_what_is_written_out_is_read(text: str, before: str, expected: object) -> None:
    assert plain(value(text, before)) == expected


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("made()", ""),
        ("f'{x}'", ""),
        ("HINT", "HINT = made()"),
        ("HINT", "if made():\n    HINT = 1\nelse:\n    HINT = 2"),
        ("missing", ""),
        ("HINT", "HINT = HINT"),
        ("dict(made())", ""),
        ("{'a', 'b'}", ""),
    ],
)
def test_what_is_worked_out_is_unknown(text: str, before: str) -> None:
    found = value(text, before)
    assert plain(found) is ...
    assert found.text is None


def test_a_name_is_followed_into_the_module_it_was_imported_from() -> None:
    found = value("HINT", "from .views import HINT", views="HINT = {'a': 1}\n")
    assert plain(found) == {"a": 1}
    assert found.module.name == "templates.views"


def test_what_cannot_be_seen_makes_a_dict_incomplete_so_that_it_lacks_nothing() -> None:
    whole, partial = value("{'a': 1}"), value("{'a': 1, **made()}")
    assert whole.lacks("b")
    assert not partial.lacks("b")
    assert not value("{name(): 1}").lacks("b")


def test_of_a_key_that_is_there_twice_the_last_counts() -> None:
    found = value("{'a': 1, **{'a': 2}}").get("a")
    assert found is not None
    assert found.constant == 2


def test_a_path_of_keys_leads_to_what_lies_under_it_or_to_nothing() -> None:
    found = value("{'a': {'b': 'c'}}")
    inner = found.get("a", "b")
    assert inner is not None
    assert inner.text == "c"
    assert inner.span[:2] == (5, 19)
    assert found.get("a", "x", "y") is None

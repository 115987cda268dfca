"""NTR416: the runtime makes the object without arguments."""

from __future__ import annotations

import pytest

from tests.lint_rules.rules.shape.classes import check, module

CODE = "NTR416"
CALL = "    super().__init__()"


@pytest.mark.parametrize("parameters", ["self, clock", "self, clock, more=1", "self, *, clock"])
def test_a_required_parameter_is_an_error(parameters: str) -> None:
    [finding] = check(CODE, module(f"def __init__({parameters}):  # !\n{CALL}"))
    assert finding.severity == "error"
    assert "`PettyCashWorkflow.__init__` needs `clock`" in finding.message


def test_an_inherited_constructor_is_reported_where_it_stands() -> None:
    base = (
        "class Base(NtroWorkflow):\n    def __init__(self, clock):  # !\n        super().__init__()"
    )
    check(CODE, module("X = 1", base, bases="Base"))
    body = "def __init__(self):\n    super().__init__(CLOCK)"
    assert check(CODE, module(body, base.replace("  # !", ""), bases="Base")) == []


@pytest.mark.parametrize(
    "head",
    [
        "def __init__(self):",
        "def __init__(self, clock=None):",
        "def __init__(self, *args, **kwargs):",
        "@workflow.init\ndef __init__(self, ctx):",
        "@injected\ndef __init__(self, clock):",
    ],
)
def test_a_constructor_that_can_do_without_is_fine(head: str) -> None:
    assert check(CODE, module(f"{head}\n{CALL}")) == []

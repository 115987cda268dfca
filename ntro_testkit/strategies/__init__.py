"""Strategies for hypothesis: inputs, payloads, scenarios, and what can happen to a run.

    @given(contexts("runbooks/petty-cash"), scenarios("runbooks/petty-cash"))
    def test_every_run_ends(context, scenario):
        ...

Needs the extra `explore`.
"""

from __future__ import annotations

try:
    import hypothesis  # noqa: F401
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "ntro_testkit.strategies needs hypothesis: pip install 'ntro-testkit[explore]'",
        name=error.name,
    ) from error

from ntro_testkit.strategies.contexts import contexts
from ntro_testkit.strategies.machine import RunbookMachine
from ntro_testkit.strategies.payloads import payloads
from ntro_testkit.strategies.scenarios import scenarios

__all__ = ["RunbookMachine", "contexts", "payloads", "scenarios"]

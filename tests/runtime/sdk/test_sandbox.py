"""Temporal's sandbox: what it refuses is told with the code of the lint, file and line."""

from __future__ import annotations

import pytest

from tests.bundles import ROOT, line_of, run
from tests.conftest import BundleFactory

pytest.importorskip("temporalio", reason="the sandbox is temporalio's")


@pytest.mark.parametrize(
    "imports, call, code, name",
    [
        ("from datetime import datetime", "datetime.now()", "NTR101", "datetime.datetime.now"),
        ("import time", "time.time()", "NTR101", "time.time"),
        ("import uuid", "uuid.uuid4()", "NTR104", "uuid.uuid4"),
    ],
)
def test_a_hazard_is_refused_with_its_code_and_what_to_use(
    bundle: BundleFactory, imports: str, call: str, code: str, name: str
) -> None:
    directory = bundle(top=imports, run=f"return str({call})  # here")
    result = run(directory, backend="sdk", sandbox=True)
    assert result.status == "task-failed"
    assert result.line is not None
    assert result.line.line == line_of(directory, "# here")
    assert (result.error or "").startswith(f"{code} `{name}` is refused by Temporal's sandbox")
    assert "runbook" in (result.error or "")
    assert run(directory, backend="sdk").status == "completed"


def test_a_clean_bundle_runs_in_the_sandbox_as_outside() -> None:
    directory = ROOT / "fixtures" / "runbooks" / "petty-cash"
    inside = run(directory, backend="sdk", sandbox=True)
    outside = run(directory, backend="sdk")
    assert inside.status == "completed", inside.error
    assert inside.trace.commands == outside.trace.commands
    assert inside.gates == outside.gates

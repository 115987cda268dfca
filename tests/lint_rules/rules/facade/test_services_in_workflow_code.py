"""Services of the SDK in workflow code are a matter of determinism (D36), and of no rule here."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.facade.planting import importing, in_activity, in_run

SERVICES = {
    "an agent": (
        "from ntro.workflow import agents",
        'await agents.invoke("checker", input={}, tenant_slug=ctx.tenant_slug)',
    ),
    "a capability": (
        "from ntro.capabilities import files",
        'await files.parse(content=b"", format="pdf")',
    ),
    "the data plane": (
        "from ntro.data import get_data_plane",
        "await get_data_plane(ctx.tenant_slug)",
    ),
    "the documents": (
        "from ntro.ingest import fetch_submitted_document_by_id",
        "await fetch_submitted_document_by_id(ctx, document_ref=document_ref)",
    ),
}


@pytest.mark.parametrize(("imported", "body"), SERVICES.values(), ids=SERVICES)
def test_a_service_in_workflow_code_is_network_access(imported: str, body: str) -> None:
    edits = (importing(imported), in_run(body))
    [found] = planted("NTR107", *edits)
    assert found.severity == "error"
    assert planted("NTR2", *edits) == []


def test_the_same_in_an_activity_is_what_activities_are_for() -> None:
    edit = in_activity(
        'from ntro.workflow import agents\nawait agents.invoke("checker", input={}, task_id="x")'
    )
    assert planted("NTR1", edit) == planted("NTR2", edit) == []

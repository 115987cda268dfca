"""Calls of `patched` and `deprecate_patch` that are not where the history has their markers."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

import ntro_testkit  # noqa: F401 - forces the runtime before temporalio's facade is used
from ntro_testkit.replay.strict.check import check_strict
from tests.bundles import ROOT
from tests.replay.recorded import read

PATCHED = read(ROOT / "fixtures" / "histories" / "server" / "plain" / "Patched.json")
SOON = timedelta(seconds=10)


@workflow.defn(name="Patched")
class DeprecatedLater:
    @workflow.run
    async def run(self, name: str) -> str:
        if workflow.patched("greet-first"):
            name = await workflow.execute_activity("greet", name, start_to_close_timeout=SOON)
        name = await workflow.execute_activity("greet", name, start_to_close_timeout=SOON)
        workflow.deprecate_patch("older")
        return name


@workflow.defn(name="Patched")
class NoLongerDeprecated:
    @workflow.run
    async def run(self, name: str) -> str:
        if workflow.patched("greet-first"):
            name = await workflow.execute_activity("greet", name, start_to_close_timeout=SOON)
        return str(await workflow.execute_activity("greet", name, start_to_close_timeout=SOON))


def test_a_deprecated_patch_may_be_dropped() -> None:
    assert check_strict(PATCHED, [NoLongerDeprecated]).differences == ()


def test_a_deprecated_patch_must_not_be_called_later_than_its_marker() -> None:
    """The Replayer refuses it: each call makes the patch searchable, which has an event."""
    [found] = check_strict(PATCHED, [DeprecatedLater]).differences
    assert found.code == "NTR801"
    assert "a later call for patch `older` in place of the end of the workflow" in found.message

"""A temporalio that is not understood is refused with one line, and nothing else breaks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ntro_testkit import WorkflowHarness
from ntro_testkit.runtime import backends
from ntro_testkit.runtime.backends import BackendError, engine_of
from tests.bundles import ROOT, cli, script

pytest.importorskip("temporalio", reason="the backend is temporalio's")

PETTY_CASH = ROOT / "fixtures" / "runbooks" / "petty-cash"


@pytest.fixture
def asked_anew() -> Iterator[None]:
    """Let the backend be looked at again, before and after."""
    backends._sdk_engine.cache_clear()
    yield
    backends._sdk_engine.cache_clear()


def test_the_installed_temporalio_is_understood() -> None:
    from ntro_testkit.runtime.sdk.selftest import run_selftest

    run_selftest()
    assert engine_of("sdk").__name__ == "SdkEngine"


@pytest.mark.usefixtures("asked_anew")
def test_another_order_of_commands_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from ntro_testkit.runtime.sdk import selftest

    steps = list(selftest._steps())
    steps[1] = (steps[1][0], ["schedule_activity 1", "cancel_timer 1"])
    monkeypatch.setattr(selftest, "_steps", lambda: iter(steps))
    with pytest.raises(BackendError, match=r"temporalio \d.*expected.*works with 1\.12 to 1\.35"):
        WorkflowHarness(PETTY_CASH, backend="sdk")
    assert WorkflowHarness(PETTY_CASH).run_sync().passed


@pytest.mark.usefixtures("asked_anew")
def test_a_private_name_that_is_gone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from temporalio.worker import _workflow_instance

    monkeypatch.delattr(_workflow_instance._WorkflowInstanceImpl, "_check_condition")
    with pytest.raises(BackendError, match="_check_condition"):
        engine_of("sdk")


def test_the_local_backend_imports_nothing_of_it() -> None:
    done = script(
        f"""
        import sys
        from ntro_testkit import WorkflowHarness
        assert WorkflowHarness({str(PETTY_CASH)!r}).run_sync().passed
        print([name for name in sys.modules if "_workflow_instance" in name
               or name == "ntro_testkit.runtime.sdk.instance"])
        """
    )
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--backend", "skd"], "no backend `skd` (there are: local, sdk, server)"),
        (["--sandbox"], "only the backend `sdk` has Temporal's sandbox"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(arguments: list[str], said: str) -> None:
    done = cli("test", PETTY_CASH, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_command_runs_on_temporals_engine() -> None:
    done = cli("test", PETTY_CASH, "--backend", "sdk", "--json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""

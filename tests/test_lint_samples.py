"""The lint on real code: the sample bundles, a project on plain temporalio, our own sources."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ntro_testkit.cli.app import run
from tests.bundles import ROOT

ORDERS = ROOT / "fixtures/temporalio-orders"


@pytest.mark.parametrize(
    "place",
    ["fixtures", "ntro_testkit", "lint_rules", "pytest_plugin", "benchmarks", "tests/bundles.py"],
)
def test_our_samples_and_sources_are_clean(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    code = run(["lint", "--no-cache", place])
    assert (code, capsys.readouterr().out.partition(":")[0]) == (0, "clean")


FAULTS = {
    "a clock in a helper": (
        "pricing.py",
        "    return (now +",
        "    now = datetime.now()\n    return (now +",
        ("NTR101", "src/orders/pricing.py", ["run -> due_date"]),
    ),
    "the order of a set": (
        "pricing.py",
        "sum(PRICES.get(item, 0) for item in sorted(set(order.items)))",
        "PRICES.get(list(set(order.items))[0], 0)",
        ("NTR110", "src/orders/pricing.py", ["run -> price_of"]),
    ),
    "a query that writes": (
        "workflows.py",
        "        return self._state\n",
        '        self._state = "asked"\n        return self._state\n',
        ("NTR121", "src/orders/workflows.py", []),
    ),
    "an activity that is called": (
        "workflows.py",
        "await workflow.execute_activity(charge, receipt, start_to_close_timeout=ATTEMPT)",
        "await charge(receipt)",
        ("NTR115", "src/orders/workflows.py", []),
    ),
}


@pytest.mark.parametrize(("file", "good", "bad", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_a_project_on_plain_temporalio_is_found_with_its_chain(
    file: str,
    good: str,
    bad: str,
    expected: tuple[str, str, list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(ORDERS, tmp_path / "orders")
    source = tmp_path / "orders/src/orders" / file
    text = source.read_text("utf-8")
    assert good in text
    source.write_text(text.replace(good, bad), "utf-8")
    monkeypatch.chdir(tmp_path / "orders")
    assert run(["lint", "--no-cache", "--output-format", "json"]) == 1
    [finding] = json.loads(capsys.readouterr().out)["findings"]
    chain = [hop["text"] for hop in finding["trace"]]
    assert (finding["code"], finding["path"], chain) == expected
    assert "runbook." not in finding["message"]

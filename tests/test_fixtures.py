"""Every sample bundle runs HAPPY and REJECT_ALL, through the harness and the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lint_rules.bundle import is_bundle, read_bundle
from ntro_testkit import HAPPY, REJECT_ALL, Scenario
from ntro_testkit.author_scenarios import load_author_scenarios
from tests.bundles import ROOT, cli, run

RUNBOOKS = ROOT / "fixtures/runbooks"
BUNDLES = sorted(path for path in RUNBOOKS.iterdir() if is_bundle(path))
CHILDREN = {"nav-monthly": ["document-collect", "nav-monthly-journals"]}

NEED_TEMPORALIO = {
    "facade-old": "it is written on temporalio.workflow",
    "invoice-batch": "it re-exports activities of ntro.workflow.task, which imports temporalio",
    "nav-monthly": "its checks use ntro.capabilities.checks, which imports temporalio",
}


def children(bundle: Path) -> list[Path]:
    return [RUNBOOKS / slug for slug in CHILDREN.get(bundle.name, ())]


def skip_without_temporalio(bundle: Path) -> None:
    if bundle.name in NEED_TEMPORALIO:
        pytest.importorskip("temporalio", reason=NEED_TEMPORALIO[bundle.name])


@pytest.fixture(params=BUNDLES, ids=lambda path: path.name)
def sample(request: pytest.FixtureRequest) -> Path:
    bundle: Path = request.param
    skip_without_temporalio(bundle)
    return bundle


def test_the_sample_bundles_the_issue_names_are_there() -> None:
    assert {bundle.name for bundle in BUNDLES} >= {
        "nav-monthly",
        "document-collect",
        "nav-monthly-journals",
        "invoice-batch",
        "facade-old",
    }


@pytest.mark.parametrize("scenario", [HAPPY, REJECT_ALL], ids=lambda scenario: scenario.name)
def test_a_sample_bundle_runs_through(sample: Path, scenario: Scenario) -> None:
    result = run(sample, scenario, children=children(sample))
    assert result.status == "completed", result.summary()
    assert not [sent.problem for sent in result.signals if sent.problem]
    assert not result.trace.warnings


def test_a_rejection_reaches_another_end_than_an_approval(sample: Path) -> None:
    approved = run(sample, HAPPY, children=children(sample))
    rejected = run(sample, REJECT_ALL, children=children(sample))
    assert approved.result != rejected.result


@pytest.mark.parametrize("dialect", ["tenant", "page", "agent", "button"])
def test_a_sample_bundle_understands_every_dialect(sample: Path, dialect: str) -> None:
    rejected = run(sample, REJECT_ALL, children=children(sample))
    scenario = Scenario("spelt", approve_reviews=False, dialect=dialect)  # type: ignore[arg-type]
    spelt = run(sample, scenario, children=children(sample))
    assert spelt.steps_completed == rejected.steps_completed


def test_the_authors_scenarios_of_a_sample_bundle_run(sample: Path) -> None:
    scenarios = load_author_scenarios(sample)
    assert scenarios
    for scenario in scenarios.values():
        result = run(sample, scenario, children=children(sample))
        assert result.status in {"completed", "failed"}, result.summary()


def test_a_sample_bundle_runs_the_same_twice(sample: Path) -> None:
    first, second = (run(sample, HAPPY, children=children(sample)) for _ in range(2))
    assert [(c.kind, c.name, c.at_s) for c in first.trace.commands] == [
        (c.kind, c.name, c.at_s) for c in second.trace.commands
    ]


def test_a_sample_bundle_passes_on_the_command_line(sample: Path) -> None:
    given = [part for child in children(sample) for part in ("--child", str(child))]
    done = cli("test", sample, *given, "--json")
    assert done.returncode == 0, done.stderr + done.stdout
    assert [row["status"] for row in json.loads(done.stdout)] == ["completed", "completed"]


def test_the_manifest_of_a_sample_bundle_names_its_steps(sample: Path) -> None:
    manifest = read_bundle(sample).frontmatter
    result = run(sample, HAPPY, children=children(sample))
    declared = [step["id"] for step in manifest["steps"]]
    assert list(result.coverage.reached("step") + result.coverage.missed("step")) != []
    covered = {item.name for item in result.coverage.items if item.kind == "step"}
    assert covered == set(declared)

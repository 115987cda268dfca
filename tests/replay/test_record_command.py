"""`replay record`: which histories it writes, where, and that the bytes are stable."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

pytest.importorskip("temporalio", reason="histories need temporalio")

from ntro_testkit.history.writer import duration
from tests.bundles import ROOT, cli
from tests.command_line import Done, assert_refused, command
from tests.conftest import BundleFactory
from tests.test_fixtures import BUNDLES, children

PETTY_CASH = ROOT / "fixtures/runbooks/petty-cash"

RUN = """
self.uploads = []
await self._upload()
await do(activities.post, 1)
return "posted"
"""

MEMBERS = """
@runbook.signal
def document_submitted(self, event: dict) -> None:
    self.uploads.append(event)

@runbook.step(name="upload", title="Upload", icon="Upload")
async def _upload(self) -> None:
    await self.await_signal_with_action(
        predicate=lambda: bool(self.uploads),
        action=asks_for("document_submitted", runbook.info().workflow_id),
        timeout=timedelta(hours=2),
    )
"""

ACTIVITIES = """
@activity.defn
async def post(number: int) -> bool: ...
"""

OWN = """
from ntro_testkit import Scenario

OWN = Scenario(name="my own", timeouts={{"{signal}"}})
"""


@pytest.fixture
def posting(bundle: BundleFactory) -> Path:
    return bundle(run=RUN, members=MEMBERS, activities=ACTIVITIES)


def record(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Done:
    return command(capsys, "replay", "record", *arguments)


def told(done: Done) -> list[tuple[str, str]]:
    lines = (line.split(maxsplit=1) for line in done.out.splitlines())
    return [(what, Path(where).name) for what, where in lines]


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_bundle_without_scenarios_gets_the_built_in_ones_and_variations(
    posting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = record(capsys, posting)
    assert (done.code, done.err) == (0, "")
    assert told(done) == [
        ("written", "happy.json"),
        ("written", "reject_all.json"),
        ("written", "timeout-upload.json"),
        ("written", "failure-post.json"),
        ("written", "header.json"),
    ]
    events = json.loads((posting / "tests/histories/timeout-upload.json").read_text())["events"]
    assert events[-1]["eventType"] == "EVENT_TYPE_WORKFLOW_EXECUTION_FAILED"


def test_a_variation_that_repeats_an_authors_scenario_is_left_out(
    bundle: BundleFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    posting = bundle(
        run=RUN,
        members=MEMBERS,
        activities=ACTIVITIES,
        files={"tests/scenarios.py": OWN.format(signal="document_submitted")},
    )
    names = [name for _, name in told(record(capsys, posting))]
    assert names == [
        "happy.json",
        "reject_all.json",
        "my-own.json",
        "failure-post.json",
        "header.json",
    ]


def test_recording_again_changes_nothing(posting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record(capsys, posting)
    folder = posting / "tests/histories"
    before = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert {what for what, _ in told(record(capsys, posting))} == {"unchanged"}
    assert {file: file.stat().st_mtime_ns for file in folder.iterdir()} == before


def test_a_change_of_behaviour_rewrites_the_histories_it_changes(
    posting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(capsys, posting)
    workflow = posting / "templates/workflow.py"
    workflow.write_text(workflow.read_text().replace("activities.post, 1", "activities.post, 2"))
    changed = {name for what, name in told(record(capsys, posting)) if what == "written"}
    assert changed == {"happy.json", "reject_all.json", "failure-post.json"}


def test_the_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    parent = ROOT / "fixtures/runbooks/nav-monthly"
    given = [word for child in children(parent) for word in ("--child", child)]
    for seed in ("1", "2"):
        done = cli(
            "replay",
            "record",
            parent,
            *given,
            "-s",
            "happy",
            "--output",
            tmp_path / seed,
            env={"PYTHONHASHSEED": seed},
        )
        assert done.returncode == 0, done.stderr
    assert len(files(tmp_path / "1")) == 5
    assert files(tmp_path / "1") == files(tmp_path / "2")


@pytest.mark.parametrize("bundle_dir", BUNDLES, ids=lambda path: path.name)
def test_the_histories_kept_with_a_sample_bundle_are_what_it_does_today(
    bundle_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [word for child in children(bundle_dir) for word in ("--child", child)]
    record(capsys, bundle_dir, *given, "--output", tmp_path)
    kept, today = files(bundle_dir / "tests/histories"), files(tmp_path)
    # The header also names versions of what is installed.
    del kept["header.json"]
    assert len(kept) >= 5
    assert {name: today.get(name) for name in kept} == kept


def test_the_header_says_what_made_the_files(
    posting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(capsys, posting, "-s", "happy")
    text = (posting / "tests/histories/header.json").read_text()
    header = json.loads(text)
    assert header["bundle"] == {"slug": "demo", "version": "0.1.0"}
    assert header["tool"]["name"] == "ntro-testkit"
    [(name, entry)] = header["histories"].items()
    assert name == "happy.json"
    assert entry["workflow_type"] == "DemoWorkflow"
    assert (entry["scenario"], entry["backend"], entry["status"]) == ("happy", "local", "completed")
    assert str(posting) not in text


def test_recording_one_scenario_leaves_the_others(
    posting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(capsys, posting)
    before = files(posting / "tests/histories")
    assert told(record(capsys, posting, "-s", "happy")) == [
        ("unchanged", "happy.json"),
        ("unchanged", "header.json"),
    ]
    assert files(posting / "tests/histories") == before


def test_a_history_of_a_scenario_that_is_no_more_is_named_and_pruned_on_request(
    bundle: BundleFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    posting = bundle(
        run=RUN,
        members=MEMBERS,
        activities=ACTIVITIES,
        files={"tests/scenarios.py": OWN.format(signal="document_submitted")},
    )
    record(capsys, posting)
    folder = posting / "tests/histories"
    shutil.copy(folder / "happy.json", folder / "brought-from-production.json")
    (posting / "tests/scenarios.py").unlink()
    assert ("stale", "my-own.json") in told(record(capsys, posting))
    assert (folder / "my-own.json").exists()
    assert ("removed", "my-own.json") in told(record(capsys, posting, "--prune"))
    assert not (folder / "my-own.json").exists()
    assert (folder / "brought-from-production.json").exists()
    assert "my-own.json" not in json.loads((folder / "header.json").read_text())["histories"]


def test_a_run_that_hangs_leaves_no_history_and_keeps_the_one_there_was(
    posting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(capsys, posting)
    before = files(posting / "tests/histories")
    workflow = posting / "templates/workflow.py"
    workflow.write_text(workflow.read_text().replace("await do(activities.post, 1)", "nonsense"))
    done = record(capsys, posting, "--prune")
    assert done.code == 1
    assert [what for what, _ in told(done)].count("refused") == 2
    assert "refused    happy: task-failed: NameError" in done.out
    kept = files(posting / "tests/histories")
    assert kept["happy.json"] == before["happy.json"]
    assert "happy.json" in json.loads(kept["header.json"])["histories"]


def test_where_nothing_can_be_recorded_no_folder_is_left(
    posting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workflow = posting / "templates/workflow.py"
    workflow.write_text(workflow.read_text().replace("await do(activities.post, 1)", "nonsense"))
    assert record(capsys, posting, "-s", "happy").code == 1
    assert not (posting / "tests/histories").exists()


def test_the_report_as_json(posting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = record(capsys, posting, "-s", "happy", "--json")
    report = json.loads(done.out)
    assert report["refused"] == []
    [happy, header] = report["files"]
    assert happy["change"] == "written"
    assert happy["scenario"] == "happy"
    assert happy["events"] > 10
    assert header["path"].endswith("header.json")


def test_a_recorded_file_is_what_temporalio_reads(
    posting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from temporalio.client import WorkflowHistory

    record(capsys, posting, "-s", "happy")
    text = (posting / "tests/histories/happy.json").read_text()
    history = WorkflowHistory.from_json("demo", text)
    assert len(history.events) == len(json.loads(text)["events"])


def test_a_redacted_type_is_noted_and_a_misspelt_one_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = record(capsys, PETTY_CASH, "--output", tmp_path / "new", "--redact", "Slipp")
    assert_refused(refused, "`Slipp`", "did you mean `Slip`?")
    assert not (tmp_path / "new").exists()
    done = record(capsys, PETTY_CASH, "--output", tmp_path, "--redact", "Slip.payee")
    assert done.code == 0
    assert json.loads((tmp_path / "header.json").read_text())["redacted"] == ["Slip.payee"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--backend", "cluster"], ["no backend `cluster`", "local"]),
        (["-s", "hapy"], ["no scenario `hapy`", "did you mean `happy`?"]),
        (["--input", "{"], ["--input", "no JSON"]),
        (["--timeout", "never"], ["whole number"]),
        (["--chld", "x"], ["no option `--chld`", "--child"]),
    ],
)
def test_wrong_use_is_refused(
    posting: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: list[str]
) -> None:
    assert_refused(record(capsys, posting, *arguments), *words)
    assert not (posting / "tests/histories").exists()


def test_no_bundle_and_a_damaged_header_are_refused(
    posting: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert_refused(record(capsys, tmp_path / "nowhere"), "nowhere")
    folder = tmp_path / "damaged"
    folder.mkdir()
    (folder / "header.json").write_text("[]")
    assert_refused(
        record(capsys, posting, "--output", folder), "header.json", "delete it and record again"
    )


def test_a_folder_of_fetched_histories_is_left_alone(
    posting: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = tmp_path / "header.json"
    header.write_text('{"made_by": {"command": "replay fetch"}, "query": ""}')
    assert_refused(record(capsys, posting, "--output", tmp_path), "here are fetched histories")
    assert [file.name for file in tmp_path.glob("*.json")] == ["header.json"]


def test_scenarios_that_would_share_a_file_are_refused(
    bundle: BundleFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    own = "from ntro_testkit import Scenario\nA = Scenario('a b')\nB = Scenario('a/b')\n"
    posting = bundle(
        run=RUN, members=MEMBERS, activities=ACTIVITIES, files={"tests/scenarios.py": own}
    )
    assert_refused(record(capsys, posting), "`a b`", "`a/b`", "a-b.json")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0s"), (86_400, "86400s"), (0.5, "0.500s"), (0.05, "0.050s"), (1.000001, "1.000001s")],
)
def test_durations_are_written_as_protobuf_does(seconds: float, text: str) -> None:
    from google.protobuf.duration_pb2 import Duration

    assert duration(seconds) == text
    parsed = Duration()
    parsed.FromJsonString(text)
    assert parsed.ToNanoseconds() == round(seconds * 1e9)
    assert parsed.ToJsonString() == text

"""`ntro-testkit replay check`: its inputs, its reports and its exit codes."""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntro_testkit.replay.checking import Plan, Shard, check_all
from ntro_testkit.replay.verdict import ReplayVerdict
from tests.bundles import ROOT, cli, line_of, write_bundle
from tests.command_line import Done, assert_refused, command
from tests.replay.petty_cash import BUNDLE, edited, petty_cash

STAGES = ("posted", "posting", "review", "upload")
LONGER = ("ATTEMPT = timedelta(minutes=2)", "ATTEMPT = timedelta(minutes=5)")


def text(until: str = "posted", workflow_id: str = "petty-cash-1") -> str:
    events = json.loads(json.dumps(list(petty_cash(until=until).events)))
    events[0]["workflowExecutionStartedEventAttributes"]["workflowId"] = workflow_id
    return json.dumps({"events": events})


@pytest.fixture
def histories(tmp_path: Path) -> Path:
    directory = tmp_path / "histories"
    directory.mkdir()
    for stage in STAGES:
        (directory / f"{stage}.json").write_text(text(stage), "utf-8")
    return directory


def check(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Done:
    return command(capsys, "replay", "check", *arguments)


def test_unchanged_code_is_clean(capsys: pytest.CaptureFixture[str], histories: Path) -> None:
    done = check(capsys, BUNDLE, histories)
    assert (done.code, done.err) == (0, "")
    assert done.out == "4 histories replayed, 13 workflow tasks: no difference\n"


def test_a_line_break_in_a_name_does_not_break_the_line(
    capsys: pytest.CaptureFixture[str], histories: Path
) -> None:
    (histories / "cut\nshort.json").write_text("{", "utf-8")
    done = check(capsys, BUNDLE, histories)
    assert done.code == 2
    assert done.err.startswith(f"error: {histories}/cut\\nshort.json: damaged JSON: ")
    assert done.err.count("\n") == 1


def test_the_histories_of_the_bundle_are_checked_when_none_are_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bundle = edited(tmp_path)
    kept = bundle / "tests" / "histories"
    kept.mkdir(parents=True)
    (kept / "happy.json").write_text(text(), "utf-8")
    assert check(capsys, bundle).out == "1 history replayed, 5 workflow tasks: no difference\n"


def test_a_full_report_says_what_it_was_what_it_is_and_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, histories: Path
) -> None:
    bundle = edited(tmp_path, LONGER)
    done = check(capsys, bundle, histories / "posted.json", "--strict")
    assert done.code == 1
    first, _, rest = done.out.partition("\n\n")
    line = line_of(bundle, "slip: Slip = await runbook.execute_activity(")
    assert first.splitlines() == [
        "NTR805 changed-contents: activity `petty_cash.read_slip`: start-to-close timeout: "
        "2 min -> 5 min",
        f"  history  {histories / 'posted.json'}, event 11, workflow petty-cash-1",
        f"  today    {bundle / 'templates' / 'workflow.py'}:{line}, step `review`, workflow task 2",
        "  had      activity `petty_cash.read_slip`",
        "  now      start-to-close timeout: 2 min -> 5 min",
        first.splitlines()[-1],
    ]
    assert first.splitlines()[-1].startswith("  do       nothing if it is meant")
    assert rest.endswith("1 history replayed, 5 workflow tasks: 2 contents\n")


def test_a_concise_report_has_a_line_a_difference(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, histories: Path
) -> None:
    bundle = edited(tmp_path, LONGER)
    done = check(capsys, bundle, histories, "--output-format", "concise")
    *lines, summary = done.out.splitlines()
    assert summary == "4 histories replayed, 13 workflow tasks: 5 contents"
    assert len(lines) == 5
    for line in lines:
        assert re.match(
            r"\S+/workflow\.py:\d+: NTR805 changed-contents .* \(\S+, event \d+\)$", line
        )


def test_a_json_report_is_json_with_and_without_differences(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, histories: Path
) -> None:
    clean = json.loads(check(capsys, BUNDLE, histories, "--output-format", "json").out)
    assert clean["findings"] == []
    (histories / "broken.json").write_text("{", "utf-8")
    done = check(capsys, edited(tmp_path, LONGER), histories, "--output-format", "json")
    assert done.code == 2
    report = json.loads(done.out)
    assert report["version"] == 1
    assert [finding["code"] for finding in report["findings"]] == [None, *["NTR805"] * 5]
    finding = report["findings"][1]
    assert finding["grade"] == "contents"
    assert finding["function"] == "_review"
    assert finding["task"] == 2
    assert report["summary"] == {
        "histories": 4,
        "tasks": 13,
        "differing": 3,
        "unreadable": 1,
        "differences": {"breaking": 0, "moved across a gate": 0, "moved": 0, "contents": 5},
    }


def test_a_junit_report_has_a_test_for_each_history(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, histories: Path
) -> None:
    (histories / "broken.json").write_text("{", "utf-8")
    done = check(capsys, edited(tmp_path, LONGER), histories, "--output-format", "junit")
    cases = list(ElementTree.fromstring(done.out).iter("testcase"))
    assert len(cases) == 5
    assert [case.get("classname") for case in cases[1:]] == ["PettyCashWorkflow"] * 4
    assert [len(case.findall("failure")) for case in cases] == [0, 1, 1, 1, 0]
    assert [len(case.findall("error")) for case in cases] == [1, 0, 0, 0, 0]


def test_the_official_replayer_gives_its_verdict_in_the_same_form(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, histories: Path
) -> None:
    twice = "        posted = await self._post(ctx, slip)\n"
    bundle = edited(tmp_path, LONGER, (twice, twice * 2))
    (histories / "cut.json").write_text(text()[:500], "utf-8")
    done = check(capsys, bundle, histories, "--official", "--output-format", "concise")
    assert done.code == 2
    assert done.err.startswith(f"error: {histories / 'cut.json'}: damaged JSON: ")
    line, summary = done.out.splitlines()
    assert line.startswith(f"{histories / 'posted.json'}: NTR801 replay-breaks ")
    assert summary.endswith(": 1 breaking; 1 history not checked")


def test_codes_can_be_chosen_by_code_prefix_and_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, histories: Path
) -> None:
    bundle = edited(tmp_path, LONGER)
    assert check(capsys, bundle, histories, "--select", "NTR801,NTR802").code == 0
    assert check(capsys, bundle, histories, "--ignore", "changed-contents").code == 0
    assert check(capsys, bundle, histories, "--select", "NTR8").code == 1
    done = check(capsys, bundle, histories, "--ignore", "changed-content")
    assert_refused(done, "no rule `changed-content`", "did you mean `changed-contents`?")


def test_what_cannot_be_read_costs_nothing_else(
    capsys: pytest.CaptureFixture[str], histories: Path
) -> None:
    (histories / "cut.json").write_text(text()[:500], "utf-8")
    done = check(capsys, BUNDLE, histories)
    assert done.code == 2
    assert done.err.startswith(f"error: {histories / 'cut.json'}: damaged JSON: ")
    assert len(done.err.splitlines()) == 1
    assert done.out == (
        "4 histories replayed, 13 workflow tasks: no difference; 1 history not checked\n"
    )


def test_the_histories_of_children_need_their_bundles(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, histories: Path
) -> None:
    parent = write_bundle(tmp_path, "parent")
    done = check(capsys, parent, histories / "posted.json")
    assert done.code == 2
    assert "`PettyCashWorkflow` is none of this bundle (`ParentWorkflow`)" in done.err
    assert check(capsys, parent, histories / "posted.json", "--child", BUNDLE).code == 0


def test_nothing_to_check_is_wrong_use(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert_refused(check(capsys, BUNDLE, tmp_path), "no history in it", "replay record")
    assert_refused(check(capsys, edited(tmp_path)), "no histories yet", "replay record")
    assert_refused(check(capsys, tmp_path / "gone"), "no such directory")


@pytest.mark.parametrize("given", ["0/2", "3/2", "1", "1/0", "a/b", "-1/2", "1/2/3"])
def test_a_shard_that_is_none_is_refused(
    capsys: pytest.CaptureFixture[str], histories: Path, given: str
) -> None:
    done = check(capsys, BUNDLE, histories, f"--shard={given}")
    assert_refused(done, "--shard: expected I/N such as 1/4")


@given(names=st.sets(st.text(), max_size=20), count=st.integers(1, 9))
def test_every_workflow_is_in_one_shard(names: Iterable[str], count: int) -> None:
    for name in names:
        assert sum(Shard(index, count).has(name) for index in range(1, count + 1)) == 1


def test_a_shard_stays_what_it_is_on_every_machine() -> None:
    assert [name for name in "abcdef" if Shard(1, 3).has(name)] == ["a", "c", "d", "e"]


def test_shards_are_the_whole_together(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    lines = [text("upload", f"run-{number}") for number in range(40)]
    file = tmp_path / "all.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    counts = []
    for part in ("1/2", "2/2"):
        done = check(capsys, BUNDLE, file, "--shard", part)
        counts.append(int(done.out.split()[0]))
    assert sum(counts) == 40
    assert min(counts) > 5


def test_several_processes_say_the_same_in_the_same_order(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, histories: Path
) -> None:
    lines = [text(STAGES[number % 4], f"run-{number}") for number in range(150)]
    lines[70] = "{oops"
    file = histories / "many.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    bundle = edited(tmp_path, LONGER)
    alone = check(capsys, bundle, histories, "--output-format", "json", "--jobs", "1")
    both = cli("replay", "check", bundle, histories, "--output-format", "json", "--jobs", "2")
    assert alone.code == both.returncode == 2
    assert json.loads(both.stdout) == json.loads(alone.out)
    assert both.stderr == alone.err


def test_what_a_bundle_prints_is_no_part_of_the_report(tmp_path: Path, histories: Path) -> None:
    bundle = edited(
        tmp_path,
        (
            "        return self._uploads[0]",
            '        print("hello")\n        return self._uploads[0]',
        ),
    )
    done = cli("replay", "check", bundle, histories)
    assert done.returncode == 0
    assert done.stdout == "4 histories replayed, 13 workflow tasks: no difference\n"
    assert "hello" in done.stderr


def test_memory_does_not_grow_with_the_number_of_histories(tmp_path: Path) -> None:
    """A hundred thousand in a directory must fit into 500 MiB; they are read one at a time."""
    file = tmp_path / "many.jsonl"
    line = text("upload") + "\n"
    file.write_text(line * 700, "utf-8")
    plan = Plan(BUNDLE, (), (file,))
    seen = 0
    early = late = 0
    tracemalloc.start()
    try:
        for verdict in check_all(plan, jobs=1):
            assert isinstance(verdict, ReplayVerdict)
            seen += 1
            if seen == 200:
                gc.collect()
                early = tracemalloc.get_traced_memory()[0]
        gc.collect()
        late = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert seen == 700
    # A history is 3 kB of text: five hundred kept would be seen.
    assert late - early < 500_000


def test_ctrl_c_ends_every_process(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text((text() + "\n") * 8_000, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    arguments = ["replay", "check", str(BUNDLE), str(file), "--jobs", "2"]
    with subprocess.Popen(
        [sys.executable, "-m", "ntro_testkit", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        time.sleep(2)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 130, (process.returncode, out, err)
        assert "Traceback" not in err
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)

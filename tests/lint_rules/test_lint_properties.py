"""Whatever a program says: linting ends with the same answer each time, and runs none of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lint_rules.config.settings import Settings
from lint_rules.engine import lint
from lint_rules.finding import Report
from tests.lint_rules.linted import bundle, flow, lint_texts, lint_tree, spots, within, write
from tests.lint_rules.programs import Writer

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

programs = st.builds(
    lambda chance: {"flow.py": Writer(chance).workflow(), "other.py": Writer(chance).module()},
    st.randoms(use_true_random=False),
)
"""A workflow and a module beside it; now and then Python itself refuses one."""


def linted(files: dict[str, str]) -> Report:
    with within(5):
        return lint_texts(files, extend_select=("NTR124",), strict=True)


@settings(max_examples=120, deadline=None, suppress_health_check=SLOW)
@given(programs)
def test_linting_ends_for_every_program(files: dict[str, str]) -> None:
    for found in linted(files).findings:
        place = found.place
        assert (1, 1) <= (place.line, place.column) <= (place.end_line, place.end_column)


RENAMED = dict(zip("abcdAB", "xyzwXY", strict=True))


def renamed(text: str) -> str:
    return re.sub(r"\b[abcdAB]\b", lambda name: RENAMED[name[0]], text)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(programs)
def test_other_names_change_no_verdict(files: dict[str, str]) -> None:
    def verdicts(report: Report) -> list[object]:
        return [(f.code, f.severity, f.place, f.sandbox, f.sink) for f in report.findings]

    other = {name: renamed(text) for name, text in files.items()}
    assert verdicts(linted(files)) == verdicts(linted(other))


RANK = {None: 0, "noise": 0, "payload": 1, "sequence": 2}


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(programs, programs)
def test_another_workflow_takes_nothing_away(files: dict[str, str], more: dict[str, str]) -> None:
    both = {(f.code, f.place): f for f in linted(files | {"more.py": more["flow.py"]}).findings}
    for found in linted(files).findings:
        assert RANK[both[found.code, found.place].impact] >= RANK[found.impact]


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(programs)
def test_a_cache_changes_no_verdict(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as directory, within(5):
        root = write(Path(directory).resolve() / "project", files)
        cache = root.parent / "cache"
        cold = lint([root], Settings(root), jobs=1)
        assert lint([root], Settings(root), jobs=1, cache=cache) == cold
        assert lint([root], Settings(root), jobs=1, cache=cache) == cold
        (root / "more.py").write_text(flow("return 1"))
        lint([root], Settings(root), jobs=1, cache=cache)
        (root / "more.py").unlink()
        assert lint([root], Settings(root), jobs=1, cache=cache) == cold


PRINT_REPORT = """
import sys
from pathlib import Path
from lint_rules.config.settings import Settings
from lint_rules.engine import lint
from lint_rules.report.json_report import render_json
root = Path(sys.argv[1])
print(render_json(lint([root], Settings(root, strict=True), jobs=1)), end="")
"""


def report_of_a_process(root: Path, hash_seed: int) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", PRINT_REPORT, str(root)],
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return ran.stdout.decode()


def test_processes_with_other_hashes_print_the_same_bytes(tmp_path: Path) -> None:
    for number in range(40):
        writer = Writer(Random(number))
        files = {"flow.py": writer.workflow(), "other.py": writer.module()}
        write(tmp_path / f"project{number}", {"pyproject.toml": "", **files})
    write(tmp_path, bundle("nav", "for x in {given, 1}:\n    await x\nreturn time.time()"))
    first = report_of_a_process(tmp_path, 1)
    assert first.count('"code"') > 30
    assert {report_of_a_process(tmp_path, seed) for seed in (2, 3)} == {first}


def test_linting_runs_nothing_of_what_it_reads(tmp_path: Path) -> None:
    trap = f"import pathlib\npathlib.Path({str(tmp_path / 'ran')!r}).touch()\n"
    files = bundle("nav", "return stamp()", f"{trap}from .clock import stamp")
    for name in ("clock", "activities", "models", "__init__", "conftest"):
        files[f"nav/templates/{name}.py"] = trap + "import time\ndef stamp(): return time.time()\n"
    files |= {f"{name}.py": trap for name in ("conftest", "setup", "sitecustomize", "yaml")}
    files["setup.py"] += flow("return time.time()")
    report = lint_tree(tmp_path, files)
    assert spots(report) == ["clock.py:4 NTR101", "setup.py:16 NTR101"]
    assert not (tmp_path / "ran").exists()
    files_of_modules = [str(getattr(module, "__file__", "")) for module in sys.modules.values()]
    assert not [path for path in files_of_modules if path.startswith(str(tmp_path))]


IMPORTED = """
import sys
from pathlib import Path
from lint_rules.config.settings import Settings
from lint_rules.engine import lint
root, cache = map(Path, sys.argv[1:])
report = lint([root], Settings(root, select=("NTR1",)), jobs=1, cache=cache)
heavy = {"libcst", "pydantic", "yaml", "typer", "rich", "ntro", "temporalio"}
heavy.add("lint_rules.facts.collect")
print(len(report.findings), *sorted(heavy & set(sys.modules)))
"""


def test_a_run_imports_nothing_heavy_and_reads_no_text_that_it_knows(
    tmp_path: Path,
) -> None:
    root = write(tmp_path / "project", bundle("nav", "return time.time()"))
    said = [
        subprocess.run(
            [sys.executable, "-c", IMPORTED, str(root), str(tmp_path / "cache")],
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout.decode()
        for _ in range(2)
    ]
    # The manifest takes PyYAML; nothing is read a second time.
    assert said == ["1 lint_rules.facts.collect yaml\n", "1\n"]

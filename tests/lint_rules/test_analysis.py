"""One project's analysis as plain data: what it notes, and JSON there and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.analysis.analyse import analyse
from lint_rules.analysis.analysis import Analysis, UnknownCall
from lint_rules.analysis.stored import DamagedAnalysisError, from_json, to_json
from lint_rules.config.settings import Settings
from lint_rules.discovery.discover import discover
from lint_rules.files.sources import Sources
from lint_rules.finding import Edit, Finding, Fix, Hop, Place
from lint_rules.hazards import load
from lint_rules.suppressions.suppression import CodeAt, Suppression
from lint_rules.workflow_code.classify import Classifier
from tests.lint_rules.linted import bundle, flow, write

numbers = st.integers(1, 10_000)
texts = st.text(max_size=20) | st.sampled_from(["caf\udce9.py", "a\nb", "\x00", '"\\'])
places = st.builds(Place, texts, numbers, numbers, numbers, numbers)
hops = st.builds(Hop, places, texts)
edits = st.builds(Edit, texts, st.tuples(numbers, numbers), st.tuples(numbers, numbers), texts)
fixes = st.builds(
    Fix, texts, st.sampled_from(["safe", "unsafe"]), texts, st.lists(edits, max_size=2).map(tuple)
)
findings = st.builds(
    Finding,
    code=texts,
    name=texts,
    message=texts,
    alternative=st.none() | texts,
    severity=st.sampled_from(["error", "warning", "info"]),
    impact=st.sampled_from([None, "sequence", "payload", "noise"]),
    place=places,
    bundle=st.none() | texts,
    trace=st.lists(hops, max_size=3).map(tuple),
    sink=st.none() | hops,
    sandbox=st.sampled_from([None, "refuses", "silent"]),
    fix=st.none() | fixes,
)
suppressions = st.builds(
    Suppression,
    texts,
    numbers,
    numbers,
    numbers,
    st.lists(st.builds(CodeAt, texts, numbers, numbers), max_size=2).map(tuple),
    st.none() | texts,
    numbers,
    st.none() | st.tuples(numbers, numbers),
)
digests = st.lists(st.tuples(texts, texts), max_size=3).map(tuple)
analyses = st.builds(
    Analysis,
    findings=st.lists(findings, max_size=3).map(tuple),
    suppressions=st.lists(suppressions, max_size=2).map(tuple),
    unknown=st.lists(st.builds(UnknownCall, texts, texts, places), max_size=2).map(tuple),
    dependencies=st.lists(st.tuples(texts, st.none() | texts, st.none() | texts), max_size=3).map(
        tuple
    ),
    files=digests,
    looked_at=st.lists(st.tuples(texts, st.none() | texts), max_size=3).map(tuple),
    listings=digests,
    contents=digests,
    calls_resolved=numbers,
    calls_unknown=numbers,
)


@settings(max_examples=100, deadline=None)
@given(analyses)
def test_an_analysis_comes_back_as_it_was_written(analysis: Analysis) -> None:
    assert from_json(to_json(analysis)) == analysis


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
KEYS = sorted(json.loads(to_json(Analysis((), (), (), (), (), (), (), (), 0, 0))))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), plain) | plain)
def test_other_json_is_an_analysis_or_damaged(data: object) -> None:
    try:
        found = from_json(json.dumps(data))
    except DamagedAnalysisError:
        return
    assert from_json(to_json(found)) == found


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", "[" * 50_000, "\udce9"])
def test_damaged_text_is_said_to_be_damaged(text: str) -> None:
    with pytest.raises(DamagedAnalysisError):
        from_json(text)


@given(analyses, st.data())
@settings(max_examples=50, deadline=None)
def test_half_of_a_text_is_damaged(analysis: Analysis, data: st.DataObject) -> None:
    text = to_json(analysis)
    with pytest.raises(DamagedAnalysisError):
        from_json(text[: data.draw(st.integers(0, len(text) - 1))])


CLOCK = "import time\n\ndef stamp():\n    return time.time()\n"


def analysed(root: Path, files: dict[str, str]) -> Analysis:
    write(root, files)
    sources = Sources()
    [project] = discover([root], Settings(root), sources).projects
    return analyse(project, sources, Classifier(load()))


def test_an_analysis_notes_what_it_read_and_what_it_asked_for(tmp_path: Path) -> None:
    files = {
        "pyproject.toml": "",
        "flow.py": flow("return stamp()", "from clock import stamp\nimport missing"),
        "clock.py": CLOCK,
        "unused.py": "def (:\n",
    }
    found = analysed(tmp_path, files)
    assert [Path(path).name for path, _ in found.files] == ["clock.py", "flow.py"]
    asked = {name: path and Path(path).name for name, path, _ in found.dependencies}
    assert asked["clock"] == "clock.py"
    assert asked["flow"] == "flow.py"
    assert "unused" not in asked


def test_every_member_of_a_bundle_is_noted(tmp_path: Path) -> None:
    files = bundle("nav", "return 1", clock=CLOCK, broken="def (:\n")
    found = analysed(tmp_path, files)
    names = ["__init__.py", "broken.py", "clock.py", "workflow.py"]
    assert [Path(path).name for path, _ in found.files] == names
    unread = [f for f in found.findings if f.code == "NTR901"]
    assert [(Path(f.place.path).name, f.bundle) for f in unread] == [("broken.py", "nav")]


def test_only_loaded_modules_are_asked_for_suppressions(tmp_path: Path) -> None:
    line = "VALUE = 1  # noqa: NTR101 -- why\n"
    files = {"flow.py": flow("return 1", line), "unused.py": line}
    found = analysed(tmp_path, files)
    assert [Path(s.path).name for s in found.suppressions] == ["flow.py"]


def test_paths_are_absolute_until_they_are_shown(tmp_path: Path) -> None:
    around = "from clock import stamp"
    found = analysed(tmp_path, {"flow.py": flow("return stamp()", around), "clock.py": CLOCK})
    [finding] = found.findings
    shown = {finding.place.path, *(hop.place.path for hop in finding.trace)}
    assert shown == {str(tmp_path / "clock.py"), str(tmp_path / "flow.py")}

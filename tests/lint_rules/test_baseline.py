"""A baseline keeps its findings while lines move, and loses them one by one when they go."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.baseline import Baseline, BaselineError, read_baseline, write_baseline
from lint_rules.finding import Finding
from tests.lint_rules.sample_rules import finding

Source = Callable[[str], str | None]


@pytest.fixture(autouse=True)
def in_its_own_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def of(text: str | None) -> Source:
    return lambda path: text


def findings_in(text: str, code: str = "NTR101", path: str = "flow.py") -> list[Finding]:
    lines = text.split("\n")
    return [
        finding(code, line=number, path=path)
        for number, line in enumerate(lines, start=1)
        if "now()" in line
    ]


def agreed(text: str, path: Path = Path("baseline.json")) -> Baseline:
    write_baseline(path, findings_in(text), of(text))
    return read_baseline(path)


def test_moved_and_indented_lines_stay_matched() -> None:
    baseline = agreed("x = now()\n")
    text = "import time\n\nif time:\n    x = now()\n"
    compared = baseline.apply(findings_in(text), of(text))
    assert compared == ((), 1, ())


def test_a_changed_line_another_code_and_another_file_are_new() -> None:
    baseline = agreed("x = now()\n")
    changed, code, file = findings_in("y = now()"), findings_in("x = now()", "NTR103"), "a.py"
    elsewhere = findings_in("x = now()", path=file)
    for text, found in (
        ("y = now()", changed),
        ("x = now()", code),
        ("x = now()", elsewhere),
    ):
        kept, matched, stale = baseline.apply(found, of(text))
        assert (kept, matched) == (tuple(found), 0)
        assert stale == baseline.entries


def test_of_two_equal_findings_one_still_matches_when_the_other_is_fixed() -> None:
    baseline = agreed("x = now()\nx = now()\n")
    text = "x = 1\nx = now()\n"
    kept, matched, stale = baseline.apply(findings_in(text), of(text))
    assert (kept, matched) == ((), 1)
    assert [entry.occurrence for entry in stale] == [2]


def test_a_third_equal_finding_is_new() -> None:
    baseline = agreed("x = now()\nx = now()\n")
    text = "x = now()\n" * 3
    found = findings_in(text)
    kept, matched, stale = baseline.apply(reversed(found), of(text))
    assert (kept, matched, stale) == ((found[2],), 2, ())


def test_an_entry_taken_out_by_hand_makes_one_finding_new() -> None:
    write_baseline(Path("b.json"), findings_in("x = now()\n" * 2), of("x = now()\n" * 2))
    lines = Path("b.json").read_text().splitlines()
    first = next(line for line in lines if '"occurrence": 1' in line)
    Path("b.json").write_text("\n".join(line for line in lines if line != first))
    text = "x = now()\nx = now()\n"
    assert len(read_baseline(Path("b.json")).apply(findings_in(text), of(text)).kept) == 1
    assert read_baseline(Path("b.json")).apply(findings_in("x = now()"), of("x = now()")).matched


def test_all_lines_of_a_range_count() -> None:
    text = "x = f(\n  now(),\n)\n"
    found = finding(line=1, column=5, end_line=3, end_column=2)
    write_baseline(Path("b.json"), [found], of(text))
    baseline = read_baseline(Path("b.json"))
    assert baseline.entries[0].text == "x = f(\nnow(),\n)"
    assert baseline.apply([found], of(text)).matched == 1
    assert baseline.apply([found], of("x = f(\n  then(),\n)\n")).matched == 0


def test_a_file_without_text_is_matched_by_its_code() -> None:
    found = finding("NTR902")
    write_baseline(Path("b.json"), [found], of(None))
    assert read_baseline(Path("b.json")).apply([found], of(None)) == ((), 1, ())


def test_long_lines_are_kept_short_and_told_apart() -> None:
    long, other = "now()" * 100_000, "now()" * 100_000 + "x"
    baseline = agreed(long)
    assert Path("baseline.json").stat().st_size < 1_000
    assert baseline.apply([finding()], of(long)).matched == 1
    assert baseline.apply([finding()], of(other)).matched == 0


def test_the_file_is_sorted_with_a_finding_a_line() -> None:
    found = [finding(path="b.py"), finding("NTR103", path="a/ж.py"), finding(path="a/ж.py")]
    write_baseline(Path("b.json"), found, of('x = "ж\u2028" + now()\n'))
    text = Path("b.json").read_text(encoding="utf-8")
    assert text.isascii()
    rows = [json.loads(line.strip(" ,")) for line in text.splitlines() if "occurrence" in line]
    assert [(row["path"], row["code"]) for row in rows] == [
        ("a/ж.py", "NTR101"),
        ("a/ж.py", "NTR103"),
        ("b.py", "NTR101"),
    ]
    assert json.loads(text)["version"] == 1
    write_baseline(Path("again.json"), reversed(found), of('x = "ж\u2028" + now()\n'))
    assert Path("again.json").read_text(encoding="utf-8") == text


def test_a_baseline_of_nothing_is_a_baseline() -> None:
    assert agreed("").entries == ()


def test_paths_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lint").mkdir()
    (tmp_path / "src").mkdir()
    path = tmp_path / "lint/baseline.json"
    write_baseline(path, findings_in("now()", path="src/flow.py"), of("now()"))
    assert read_baseline(path).entries[0].path == "../src/flow.py"
    monkeypatch.chdir(tmp_path / "src")
    found = findings_in("now()")
    assert read_baseline(Path("../lint/baseline.json")).apply(found, of("now()")).matched == 1
    absolute = findings_in("now()", path=str(tmp_path / "src/flow.py"))
    assert read_baseline(path).apply(absolute, of("now()")).matched == 1


def test_a_file_is_asked_for_once() -> None:
    asked: list[str] = []

    def source(path: str) -> str:
        asked.append(path)
        return "now()\n" * 5

    write_baseline(Path("b.json"), findings_in("now()\n" * 5), source)
    assert asked == ["flow.py"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    baseline = agreed("x = now()")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_baseline(Path("baseline.json"), [], of(""))
    assert read_baseline(Path("baseline.json")) == baseline
    assert [file.name for file in tmp_path.iterdir()] == ["baseline.json"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.json").touch()
    (tmp_path / "link.json").symlink_to("real.json")
    assert agreed("x = now()", Path("link.json")).entries
    assert Path("link.json").is_symlink()
    assert read_baseline(Path("real.json")).entries


ENTRY = {"path": "a", "code": "NTR101", "text": "", "occurrence": 1}
KIND = "ntro-testkit lint baseline"


@pytest.mark.parametrize(
    "content, expected",
    [
        (None, "a baseline that can be read: No such file"),
        ("", "JSON: "),
        ("<<<<<<< ours\n{}", "JSON: "),
        ("[" * 100_000, "JSON: "),
        ("[]", 'an object with "kind"'),
        ({"version": 1, "findings": []}, f'an object with "kind": "{KIND}"'),
        ({"kind": KIND, "version": 2, "findings": []}, '"version": 1, found 2'),
        ({"kind": KIND, "findings": []}, '"version": 1, found null'),
        ({"kind": KIND, "version": 1}, 'an array "findings"'),
        ({"kind": KIND, "version": 1, "findings": [ENTRY, {}]}, "as finding 2"),
        ({"kind": KIND, "version": 1, "findings": [{**ENTRY, "code": 1}]}, "as finding 1"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_by_name(content: Any, expected: str) -> None:
    if content is not None:
        text = content if isinstance(content, str) else json.dumps(content)
        Path("b.json").write_text(text)
    with pytest.raises(BaselineError) as caught:
        read_baseline(Path("b.json"))
    assert str(caught.value).startswith("b.json: expected ")
    assert expected in str(caught.value)


def test_bytes_that_are_no_text_are_refused() -> None:
    Path("b.json").write_bytes(b"\xff\xfe")
    with pytest.raises(BaselineError, match=r"^b\.json: expected JSON"):
        read_baseline(Path("b.json"))


def test_lines_doubled_by_a_merge_count_once() -> None:
    Path("b.json").write_text(
        json.dumps({"kind": KIND, "version": 1, "findings": [ENTRY, {**ENTRY, "note": "x"}]})
    )
    assert len(read_baseline(Path("b.json")).entries) == 1


HAZARDS = st.lists(st.sampled_from(["x = now()", "y = now()", "z = 'ж' + now()"]), max_size=8)
FILLERS = st.lists(st.sampled_from(["", "a = 1", "# now", "b = 'й'"]), max_size=8)


@given(HAZARDS, FILLERS, st.randoms(use_true_random=False), st.booleans())
def test_a_baseline_survives_any_move_of_lines(
    hazards: list[str], fillers: list[str], chance: random.Random, indented: bool
) -> None:
    baseline = agreed("\n".join(hazards))
    lines = [*hazards, *fillers]
    chance.shuffle(lines)
    moved = "\n".join(f"    {line}" if indented else line for line in lines)
    assert baseline.apply(findings_in(moved), of(moved)) == ((), len(hazards), ())


@given(HAZARDS, HAZARDS)
def test_kept_matched_and_stale_add_up(before: list[str], after: list[str]) -> None:
    baseline = agreed("\n".join(before))
    text = "\n".join(after)
    kept, matched, stale = baseline.apply(findings_in(text), of(text))
    assert len(kept) + matched == len(after)
    assert matched + len(stale) == len(before)
    assert not {line for line in after if after.count(line) <= before.count(line)} & {
        after[one.place.line - 1] for one in kept
    }

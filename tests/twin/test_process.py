"""The twin's process: it starts early, is asked late, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from ntro_testkit.twin.order import TwinOrder, order_for, order_from
from ntro_testkit.twin.twin import Twin, TwinError, hostile_environment, start_twin
from tests.checks.planted import Fault, sends


def test_an_order_makes_the_trip_to_the_process() -> None:
    order = order_for(Path(), ["happy"], [Path("..")], input={"a": [1, None]})
    assert order_from(order.as_json()) == order


def test_a_bundle_that_kills_the_process_is_named_and_so_is_the_next(tmp_path: Path) -> None:
    killing = sends("1", "import os\nif os.getppid() == " + str(os.getpid()) + ": os._exit(3)")
    first = order_for(killing.write(tmp_path, "killing"), ["happy"])
    second = order_for(sends("1").write(tmp_path, "sound"), ["happy"])
    died = r"killing: the twin died over it \(exit code 3"
    with start_twin(first, second) as twin, pytest.raises(TwinError, match=died):
        twin.answer(second)


def test_a_bundle_that_cannot_be_imported_is_a_problem_and_the_process_goes_on(
    tmp_path: Path, twin: Twin
) -> None:
    broken = order_for(sends("1", "1 / 0").write(tmp_path, "broken"), ["happy"])
    answer = twin.answer(broken)
    assert answer.problem is not None
    assert "ZeroDivisionError at import" in answer.problem
    sound = twin.answer(order_for(sends("1").write(tmp_path, "sound"), ["happy"]))
    assert sound.problem is None
    assert [run.scenario for run in sound.runs] == ["happy"]


def test_what_a_bundle_prints_does_not_get_among_the_answers(tmp_path: Path, twin: Twin) -> None:
    printing = Fault("print('hello')\nos.write(1, b'raw')\nreturn 1", "import os\nprint('{}')")
    answer = twin.answer(order_for(printing.write(tmp_path), ["happy"]))
    assert answer.problem is None
    assert answer.runs[0].account.deeds[-1].name == "completed"


def test_any_text_makes_the_trip(tmp_path: Path, twin: Twin) -> None:
    odd = sends("chr(0) + chr(10) + chr(0x2028) + chr(0x1f600)")
    answer = twin.answer(order_for(odd.write(tmp_path), ["happy"]))
    [sent] = json.loads(answer.runs[0].account.deeds[0].carried)["args"]
    assert sent == "\0\n\u2028\U0001f600"


def test_an_order_that_was_sent_is_answered_once(tmp_path: Path, twin: Twin) -> None:
    order = order_for(sends("1").write(tmp_path), ["happy"])
    twin.ask(order)
    twin.ask(order)
    assert twin.answer(order) is twin.answer(order)


def test_the_process_is_gone_after_the_block_even_in_the_middle_of_its_work(
    tmp_path: Path,
) -> None:
    order = TwinOrder(str(sends("1").write(tmp_path)), scenarios=("happy",))
    twin = start_twin(order)
    with pytest.raises(KeyboardInterrupt), twin:
        raise KeyboardInterrupt
    assert twin._process.poll() is not None


def test_it_finds_what_is_on_our_path_and_not_what_is_in_our_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m` would look into the current directory, where anything may lie."""
    here, shared = tmp_path / "here", tmp_path / "shared"
    (here / "lint_rules").mkdir(parents=True)
    (here / "lint_rules" / "__init__.py").write_text("raise RuntimeError('the wrong one')")
    shared.mkdir()
    (shared / "shared_by_bundles.py").write_text("")
    monkeypatch.chdir(here)
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if entry] + [str(shared)])
    order = order_for(sends("1", "import shared_by_bundles").write(tmp_path), ["happy"])
    with start_twin(order) as twin:
        answer = twin.answer(order)
    assert answer.problem is None
    assert len(answer.runs) == 1


@pytest.mark.parametrize("ours, theirs", [("709", "1"), ("random", "709"), (None, "709")])
def test_its_hash_seed_is_not_ours(
    ours: str | None, theirs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if ours is None:
        monkeypatch.delenv("PYTHONHASHSEED", raising=False)
    else:
        monkeypatch.setenv("PYTHONHASHSEED", ours)
    assert hostile_environment()["PYTHONHASHSEED"] == theirs

"""`ntro-testkit why`: what it says about one line."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from ntro_testkit.cli.app import run

WORKFLOW = dedent('''\
    """One."""
    import time
    from datetime import timedelta

    from ntro.workflow import NtroWorkflow, runbook

    from .activities import book

    LIMIT = timedelta(minutes=2)


    def stamp() -> float:
        return time.time()


    def idle() -> float:
        return time.time()


    @runbook.defn
    class OneWorkflow(NtroWorkflow):
        @runbook.run
        async def run(self, names: set[str]) -> None:
            for name in sorted(names):
                await runbook.execute_activity(book, name, start_to_close_timeout=LIMIT)
            for name in names:
                await runbook.execute_activity(book, name, start_to_close_timeout=LIMIT)
            await runbook.execute_activity(book, stamp(), start_to_close_timeout=LIMIT)
            text = (
                "long"
            ).strip()
    ''')
ACTIVITIES = dedent("""\
    from ntro.workflow import activity


    @activity.defn
    async def book(name: str) -> None:
        print(name)
    """)


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    templates = tmp_path / "one" / "templates"
    templates.mkdir(parents=True)
    (tmp_path / "one" / "runbook.md").write_text("---\nslug: one\n---\n")
    (templates / "__init__.py").write_text("")
    (templates / "workflow.py").write_text(WORKFLOW)
    (templates / "activities.py").write_text(ACTIVITIES)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "one"


def line_of(text: str, source: str = WORKFLOW, nth: int = 1) -> int:
    found = [n for n, line in enumerate(source.splitlines(), start=1) if text in line]
    return found[nth - 1]


def told(place: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["why", place]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("bundle")
class TestWhy:
    def test_a_reported_line_shows_its_code_and_the_chain(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = told(f"one/templates/workflow.py:{line_of('return time.time()')}", capsys)
        assert "NTR101 wall-clock" in text
        assert "`OneWorkflow.run` is called by the runtime" in text
        assert f"leads to `stamp` at one/templates/workflow.py:{line_of('stamp(),')}:" in text

    def test_an_unreached_function_is_clean_for_that_reason(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = told(f"one/templates/workflow.py:{line_of('return time.time()', nth=2)}", capsys)
        assert "clean" in text
        assert "`idle` is not reached from any workflow" in text

    def test_a_killed_order_names_its_killer(self, capsys: pytest.CaptureFixture[str]) -> None:
        text = told(f"one/templates/workflow.py:{line_of('in sorted(names)')}", capsys)
        assert "clean" in text
        assert "the order is killed by sorted()" in text

    def test_an_order_that_matters_says_what_it_decides(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = told(f"one/templates/workflow.py:{line_of('in names')}", capsys)
        assert "NTR110" in text
        assert "decides which command comes first" in text

    def test_an_activity_may_do_what_it_likes(self, capsys: pytest.CaptureFixture[str]) -> None:
        line = line_of("print(name)", ACTIVITIES)
        text = told(f"one/templates/activities.py:{line}", capsys)
        assert "`book` is an activity: it may do what it likes" in text

    def test_code_at_import_is_told_apart(self, capsys: pytest.CaptureFixture[str]) -> None:
        text = told(f"one/templates/workflow.py:{line_of('LIMIT = ')}", capsys)
        assert "runs when the module is imported" in text

    def test_a_column_may_follow_the_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        text = told(f"one/templates/workflow.py:{line_of('return time.time()')}:12", capsys)
        assert "NTR101" in text

    @pytest.mark.parametrize(
        ("place", "expected"),
        [
            ("one/templates/workflow.py", "no PATH:LINE"),
            ("one/templates/workflow.py:0", "there is no line 0"),
            ("one/templates/workflow.py:900", "there is no line 900"),
            ("one/templates/workflo.py:1", "did you mean one/templates/workflow.py?"),
        ],
    )
    def test_wrong_use_is_one_line_and_exit_code_2(
        self, place: str, expected: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["why", place]) == 2
        error = capsys.readouterr().err
        assert expected in error
        assert error.count("\n") == 1

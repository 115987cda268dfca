"""Today's code leaves its run method as no program should: it is told with the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntro_testkit.loading import load_bundle
from ntro_testkit.replay.strict.check import check_strict
from ntro_testkit.replay.verdict import Difference
from tests.replay.petty_cash import edited, petty_cash

POST = "        posted = await self._post(ctx, slip)\n"
FIRST_IMPORT = "from datetime import timedelta\n"


def found(tmp_path: Path, *lines: str) -> Difference:
    code = "".join(f"        {line}\n" for line in lines)
    bundle = edited(
        tmp_path, (POST, code + POST), (FIRST_IMPORT, f"import asyncio\nimport sys\n{FIRST_IMPORT}")
    )
    [only] = check_strict(petty_cash(), [load_bundle(bundle).workflow_class]).differences
    assert only.line is not None
    text = Path(only.line.path).read_text("utf-8").splitlines()
    assert text[only.line.line - 1].strip() == lines[-1].strip()
    return only


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("sys.exit(3)", "it ends the process of its worker (SystemExit: 3)"),
        ("raise GeneratorExit", "GeneratorExit ends its run method, and nothing ends the run"),
        ("raise BaseException('no')", "BaseException ends its run method"),
        ("raise StopIteration", "RuntimeError: coroutine raised StopIteration"),
    ],
)
def test_what_is_no_ordinary_exception_fails_the_task(
    tmp_path: Path, statement: str, told: str
) -> None:
    difference = found(tmp_path, statement)
    assert difference.code == "NTR802"
    assert told in difference.message


def test_a_loop_that_only_yields_is_told_with_the_line_it_waits_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ntro_testkit.replay.strict.check.PATIENCE", 0.2)
    difference = found(tmp_path, "while True: await asyncio.sleep(0)")
    assert difference.code == "NTR802"
    assert "never gives control back" in difference.message

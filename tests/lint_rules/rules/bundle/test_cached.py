"""What these rules looked at counts for the cache: no answer outlives the files it was about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lint_rules.config.settings import Settings
from lint_rules.engine import lint
from tests.lint_rules.linted import write
from tests.lint_rules.petty_cash import sound

Change = Callable[[Path], object]


def _append(name: str, line: str) -> Change:
    def change(bundle: Path) -> None:
        path = bundle / name
        path.write_text(line + path.read_text("utf-8"), "utf-8")

    return change


def _put(name: str, data: bytes = b"X = 1\n") -> Change:
    def change(bundle: Path) -> None:
        write(bundle, {name: data})

    return change


def _remove(name: str) -> Change:
    return lambda bundle: (bundle / name).unlink()


A = "templates/activities.py"


@pytest.mark.parametrize(
    ("prepared", "change", "before", "after"),
    [
        ([], _remove("templates/__init__.py"), set(), {"NTR501"}),
        ([], _remove("templates/requirements.txt"), set(), {"NTR512"}),
        ([], _put("templates/logo.png", b"\x89PNG"), set(), {"NTR512", "NTR513"}),
        ([], _put("subledgers/more/x.csv", b"\xff"), set(), {"NTR513"}),
        ([], _put("migrations/1_subledger_x.sql"), set(), {"NTR515"}),
        ([_append(A, "import helpers\n")], _put("helpers.py"), set(), {"NTR514"}),
        ([_append(A, "import shared\n")], _put("../shared/__init__.py"), set(), {"NTR514"}),
        ([_append(A, "from .x import X\n")], _put("templates/x.py"), {"NTR511"}, {"NTR512"}),
        ([_append(A, "import models\n")], _put("../models.py"), {"NTR511"}, set()),
        ([_append(A, 'F = open("a/b.csv")\n')], _put("a/b.csv"), set(), {"NTR514"}),
        ([_put("subledgers/s.txt", b"\xff")], _put("subledgers/s.txt"), {"NTR513"}, set()),
    ],
)
def test_a_change_of_any_file_that_counts_is_seen(
    tmp_path: Path, prepared: list[Change], change: Change, before: set[str], after: set[str]
) -> None:
    write(tmp_path / "repository", {"pyproject.toml": ""})
    bundle = write(tmp_path / "repository/petty-cash", sound())
    for each in prepared:
        each(bundle)

    def codes() -> set[str]:
        chosen = Settings(tmp_path, select=("NTR5",))
        report = lint([bundle], chosen, jobs=1, cache=tmp_path / "cache")
        return {finding.code for finding in report.findings}

    assert codes() == before
    assert codes() == before
    change(bundle)
    assert codes() == after

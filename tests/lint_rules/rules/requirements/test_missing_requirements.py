"""A bundle says what the worker installs, in the file that deploy uploads."""

from __future__ import annotations

from pathlib import Path

from lint_rules.finding import Finding
from tests.lint_rules.linted import lint_tree
from tests.lint_rules.petty_cash import planted, sound
from tests.lint_rules.rules.requirements.asking import FILE, NTRO


def without(tmp_path: Path, **others: str) -> list[Finding]:
    files = {**sound(), **{name.replace("_txt", ".txt"): text for name, text in others.items()}}
    del files[FILE]
    files = {f"petty-cash/{name}": text for name, text in files.items()}
    return list(lint_tree(tmp_path, files, select=("NTR6",)).findings)


def test_a_missing_file_is_reported_where_it_ought_to_be(tmp_path: Path) -> None:
    [found] = without(tmp_path)
    assert (found.code, found.severity) == ("NTR601", "warning")
    assert found.place.path.endswith(FILE)
    assert found.place.line == 1
    assert "`templates/requirements.txt`" in found.message
    assert found.alternative is not None
    assert "ntro[workflow]" in found.alternative


def test_a_file_beside_the_manifest_is_never_uploaded(tmp_path: Path) -> None:
    [found] = without(tmp_path, requirements_txt=NTRO)
    assert found.code == "NTR601"
    assert "does not upload" in found.message
    assert found.alternative == "move it to templates/requirements.txt"


def test_a_file_in_its_place_is_fine_even_an_empty_or_unreadable_one() -> None:
    assert planted("NTR601") == []
    assert planted("NTR601", files={FILE: ""}) == []
    assert planted("NTR6", files={FILE: b"\xff\xfe\x00"}) == []

"""What a `pyproject.toml` sets, and which one counts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lint_rules.config import ConfigError, Settings, load
from tests.lint_rules.sample_rules import RULES

EVERYTHING = """
[tool.ntro-testkit.lint]
select = ["NTR1", "step-order"]
ignore = ["randomness"]
extend-select = ["ALL"]
exclude = ["legacy/**"]
baseline = "lint/baseline.json"
cache-dir = ".cache/lint"
respect-gitignore = false
strict = true
src = ["lib"]
pure-packages = ["numpy", "ledger.money"]

[tool.ntro-testkit.lint.per-file-ignores]
"tests/**" = ["NTR"]
"scripts/*.py" = ["wall-clock", "NTR103"]

[tool.ntro-testkit.lint.severity]
wall-clock = "warning"
noise = "off"
"""


def write(directory: Path, text: str) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    file = directory / "pyproject.toml"
    file.write_text(text, encoding="utf-8")
    return file


def read(directory: Path) -> Settings:
    return load([directory], RULES)


def test_every_key_reaches_the_settings(tmp_path: Path) -> None:
    write(tmp_path, EVERYTHING)
    assert read(tmp_path) == Settings(
        root=tmp_path,
        select=("NTR1", "NTR401"),
        ignore=("NTR103",),
        extend_select=("ALL",),
        per_file_ignores=(("tests/**", ("NTR",)), ("scripts/*.py", ("NTR101", "NTR103"))),
        exclude=("legacy/**",),
        severity={"NTR101": "warning", "noise": "off"},
        baseline=tmp_path / "lint/baseline.json",
        cache_dir=tmp_path / ".cache/lint",
        respect_gitignore=False,
        strict=True,
        src=("lib",),
        pure_packages=("numpy", "ledger.money"),
    )


def test_an_empty_array_is_not_a_missing_key(tmp_path: Path) -> None:
    write(tmp_path, "[tool.ntro-testkit.lint]\nselect = []\nsrc = []\n")
    settings = read(tmp_path)
    assert (settings.select, settings.src) == ((), ())


def test_without_a_file_the_defaults_hold_and_the_working_directory_is_the_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load([], RULES) == Settings(tmp_path)


def test_a_table_without_lint_still_makes_its_directory_the_root(tmp_path: Path) -> None:
    write(tmp_path, "[tool.ntro-testkit]\n")
    write(tmp_path / "sub", "[project]\nname = 'x'\n")
    assert read(tmp_path / "sub") == Settings(tmp_path)


def test_the_nearest_file_with_our_table_wins_and_is_not_merged(tmp_path: Path) -> None:
    write(tmp_path, "[tool.ntro-testkit.lint]\nstrict = true\nselect = ['NTR101']\n")
    write(tmp_path / "near", "[tool.ntro-testkit.lint]\nselect = ['NTR103']\n")
    write(tmp_path / "near/nearer", "[tool.ruff]\nline-length = 100\n")
    settings = read(tmp_path / "near/nearer")
    assert settings == Settings(tmp_path / "near", select=("NTR103",))


def test_a_project_that_only_depends_on_the_tool_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "[tool.ntro-testkit.lint]\nstrict = true\n")
    write(tmp_path / "near", "[project]\nname = 'x'\ndependencies = ['ntro-testkit']\n")
    assert read(tmp_path / "near").strict


def test_the_search_starts_where_the_paths_meet(tmp_path: Path) -> None:
    write(tmp_path, "[tool.ntro-testkit.lint]\nstrict = true\n")
    write(tmp_path / "a", "[tool.ntro-testkit.lint]\nselect = ['NTR101']\n")
    file = tmp_path / "a/flow.py"
    file.touch()
    assert load([file], RULES).root == tmp_path / "a"
    assert load([file, tmp_path / "b"], RULES).root == tmp_path


def test_standard_input_has_the_settings_of_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "[tool.ntro-testkit.lint]\nstrict = true\n")
    monkeypatch.chdir(tmp_path)
    assert load([Path("-")], RULES).strict


def test_isolated_reads_no_file_not_even_a_broken_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "[tool.ntro-testkit\n")
    monkeypatch.chdir(tmp_path)
    assert load([], RULES, isolated=True) == Settings(tmp_path)


def test_an_explicit_file_is_read_in_place_of_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, "[tool.ntro-testkit.lint]\nstrict = true\n")
    other = write(tmp_path / "other", "[tool.ntro-testkit.lint]\nselect = ['NTR101']\n")
    settings = load([tmp_path], RULES, explicit=other)
    assert settings == Settings(tmp_path / "other", select=("NTR101",))


@pytest.mark.parametrize(
    "text, expected",
    [(None, "cannot be read"), ("[tool.ruff]\n", r"expected a table \[tool\.ntro-testkit\]")],
    ids=["missing", "without our table"],
)
def test_an_explicit_file_must_have_settings(
    tmp_path: Path, text: str | None, expected: str
) -> None:
    if text is not None:
        write(tmp_path, text)
    with pytest.raises(ConfigError, match=expected):
        load([], RULES, explicit=tmp_path / "pyproject.toml")


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    text = "\ufeff[tool.ntro-testkit.lint]\r\nstrict = true\r\n"
    (tmp_path / "pyproject.toml").write_bytes(text.encode("utf-8"))
    assert read(tmp_path).strict


def test_settings_are_read_without_anything_slow(tmp_path: Path) -> None:
    write(tmp_path, "[project]\nname = 'x'\n")
    program = (
        "import sys; from pathlib import Path; from lint_rules.config import load\n"
        "import lint_rules.selection, lint_rules.suppressions, lint_rules.baseline\n"
        f"load([Path({str(tmp_path)!r})], [])\n"
        "slow = {'tomllib', 'difflib', 'libcst', 'pydantic', 'yaml', 'typer'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr

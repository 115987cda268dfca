"""Faults of a `pyproject.toml`: all at once, each with its key, its line and what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.config import ConfigError, Problem, load
from lint_rules.config.key_lines import line_of
from tests.lint_rules.sample_rules import RULES

LINT = "tool.ntro-testkit.lint"


def errors(directory: Path, text: str | bytes, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(directory)
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    (directory / "pyproject.toml").write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        load([directory], RULES)
    assert len(caught.value.problems) == len(str(caught.value).splitlines())
    return str(caught.value).splitlines()


CASES = {
    "selct = ['NTR101']": "selct: unknown key, did you mean `select`?",
    "perfileignores = {}": "perfileignores: unknown key, did you mean `per-file-ignores`?",
    "select = 'NTR101'": 'select: expected an array of strings, found "NTR101"',
    "select = [1]": "select: expected strings in the array, found a number",
    "select = ['NTR1O1']": 'select: no rule "NTR1O1", did you mean `NTR101`?',
    "select = ['ntr101']": 'select: no rule "ntr101", did you mean `NTR101`?',
    "ignore = ['wallclock']": 'ignore: no rule "wallclock", did you mean `wall-clock`?',
    "ignore = ['NTR7']": 'ignore: no rule "NTR7", did you mean `NTR101`?',
    "extend-select = ['?']": 'extend-select: no rule "?", expected a code, the beginning of one, '
    "a rule's name, or ALL",
    "strict = 'yes'": 'strict: expected true or false, found "yes"',
    "strict = 1": "strict: expected true or false, found a number",
    "baseline = true": "baseline: expected a path, found a boolean",
    "baseline = ''": "baseline: expected a path, found an empty string",
    "cache-dir = 2026-01-01": "cache-dir: expected a path, found a date or time",
    "src = {}": "src: expected an array of strings, found a table",
    "exclude = [[]]": "exclude: expected strings in the array, found an array",
    "pure-packages = ['my-lib']": 'pure-packages: expected import names such as "numpy", '
    'found "my-lib"',
    "severity = 'off'": 'severity: expected a table, found "off"',
    "severity.NTR101 = 'warn'": 'severity.NTR101: expected a level, found "warn", '
    "did you mean `warning`?",
    "severity.NTR101 = 3": "severity.NTR101: expected a level, found a number, "
    "expected one of error, warning, info, off",
    "severity.NTR1 = 'off'": "severity.NTR1: expected a code, a rule's name or an impact, "
    "did you mean `NTR101`?",
    "severity.payloads = 'off'": "severity.payloads: expected a code, a rule's name or an impact, "
    "did you mean `payload`?",
    "per-file-ignores.'a[' = ['NTR101']": 'per-file-ignores."a[": expected a glob: '
    "`[` is never closed",
    "per-file-ignores.'*.py' = ['NTR999']": 'per-file-ignores."*.py": no rule "NTR999", '
    "did you mean `NTR902`?",
}


@pytest.mark.parametrize("line, expected", CASES.items(), ids=CASES)
def test_a_fault_names_file_line_key_and_what_was_expected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, expected: str
) -> None:
    text = f"[tool.ntro-testkit.lint]\n# a comment\n{line}\n"
    assert errors(tmp_path, text, monkeypatch) == [f"pyproject.toml:3: {LINT}.{expected}"]


def test_all_faults_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = """
[tool.ntro-testkit]
strict = true

[tool.ntro-testkit.lint]
select = [
    "NTR101",
    "NTR1O1",
]
foo = 1

[tool.ntro-testkit.lint.severity]
noise = "of"
"""
    keys = "select, ignore, extend-select, per-file-ignores, exclude, severity, baseline, "
    keys += "cache-dir, respect-gitignore, strict, src, pure-packages"
    assert errors(tmp_path, text, monkeypatch) == [
        "pyproject.toml:3: tool.ntro-testkit.strict: unknown key, did you mean `lint.strict`?",
        f'pyproject.toml:8: {LINT}.select: no rule "NTR1O1", did you mean `NTR101`?',
        f"pyproject.toml:10: {LINT}.foo: unknown key, expected one of {keys}",
        f'pyproject.toml:13: {LINT}.severity.noise: expected a level, found "of", '
        "did you mean `off`?",
    ]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("[tool]\nntro-testkit = 3", "2: tool.ntro-testkit: expected a table, found a number"),
        ("[tool.ntro-testkit]\nlint = []", f"2: {LINT}: expected a table, found an array"),
        ("[tool.ntro-testkit]\nlint = ", "2: expected TOML: Invalid value"),
        ("[tool.ntro-testkit.lint", "1: expected TOML: Expected ']' at the end of a table"),
        (b"# ntro-testkit\n# \xff", "2: expected UTF-8, found the byte 0xff"),
    ],
)
def test_a_file_that_is_perhaps_ours_must_be_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | bytes, expected: str
) -> None:
    [line] = errors(tmp_path, text, monkeypatch)
    assert line.startswith(f"pyproject.toml:{expected}")


@pytest.mark.parametrize("value", ["[" * 100_000, "9" * 10_000], ids=["deep", "long number"])
def test_hostile_toml_is_an_error_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    [line] = errors(tmp_path, f"[tool.ntro-testkit]\nlint = {value}", monkeypatch)
    assert line.startswith("pyproject.toml: expected TOML: ")


def test_a_broken_file_of_somebody_else_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.ntro-testkit.lint]\nstrict = true\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/pyproject.toml").write_text("[tool.ruff\n")
    assert load([tmp_path / "sub"], RULES).strict


def test_a_file_elsewhere_is_named_in_full(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.ntro-testkit]\nlimt = 1\n")
    with pytest.raises(ConfigError) as caught:
        load([tmp_path], RULES)
    expected = "2: tool.ntro-testkit.limt: unknown key, did you mean `lint`?"
    assert str(caught.value) == f"{tmp_path / 'pyproject.toml'}:{expected}"


@pytest.mark.parametrize(
    "text, line",
    [
        ("a.b.c = 1", 1),
        ("\n[a]\nb.c = 1", 3),
        ("[a.b]\n\nc = 1", 3),
        ("[ a . 'b' ]\n\"c\" = 1", 2),
        ("[a]\n[a.b]\n", 2),
        ("[a]\nb = {c = 1}", 2),
        ("[x.b]\nc = 1\n[a.b]\nc = 1", 4),
        ("[x]\nc = 1", None),
    ],
)
def test_a_key_is_found_however_it_is_written(text: str, line: int | None) -> None:
    assert line_of(text, ("a", "b", "c")) == line


def test_an_item_is_looked_for_in_its_own_array() -> None:
    text = 'a = [\n  "x",\n  "y",\n]\nb = ["z"]\n'
    assert line_of(text, ("a",), "y") == 3
    assert line_of(text, ("a",), "z") == 1


toml_values = st.recursive(
    st.booleans() | st.integers(0, 9).map(str) | st.sampled_from(["NTR101", "x", ""]).map(repr),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(map(str, items))}]"),
    max_leaves=5,
)
KEYS = ["select", "severity", "severity.NTR101", "per-file-ignores.x", "src", "strict", "x"]


@given(st.dictionaries(st.sampled_from(KEYS), toml_values, max_size=4))
def test_any_values_are_settings_or_problems_with_a_line(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, object]
) -> None:
    directory = tmp_path_factory.getbasetemp() / "any"
    directory.mkdir(exist_ok=True)
    lines = [
        f"{key} = {str(value).replace('True', 'true').replace('False', 'false')}"
        for key, value in table.items()
    ]
    (directory / "pyproject.toml").write_text("\n".join(["[tool.ntro-testkit.lint]", *lines]))
    problems: tuple[Problem, ...] = ()
    try:
        load([directory], RULES)
    except ConfigError as error:
        problems = error.problems
    assert all(problem.message for problem in problems)
    assert {problem.line for problem in problems} <= set(range(2, len(lines) + 2))

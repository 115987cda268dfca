"""`ntro-testkit rule`: what a rule is about."""

from __future__ import annotations

import json

import pytest

from lint_rules.rules.families import FAMILIES
from lint_rules.rules.registry import BY_CODE, RULES
from tests.command_line import assert_refused, command

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize("word", ["NTR101", "ntr101", "wall-clock", "Wall-Clock"])
def test_a_rule_is_explained_by_code_and_by_name(capsys: Capture, word: str) -> None:
    done = command(capsys, "rule", word)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("NTR101 wall-clock\n")
    assert BY_CODE["NTR101"].explanation.strip() in done.out
    assert "# noqa: NTR101 -- " in done.out
    assert "--select NTR101" in done.out


@pytest.mark.parametrize("code", BY_CODE)
def test_every_rule_is_explained_with_its_family_and_its_fix(capsys: Capture, code: str) -> None:
    done = command(capsys, "rule", code)
    rule = BY_CODE[code]
    assert done.code == 0
    assert f"Family:      {FAMILIES[code[3]].name}\n" in done.out
    fixes = {"safe": "--fix can", "unsafe": "--fix --unsafe-fixes can", None: "none"}
    assert f"Fix:         {fixes[rule.fix]}" in done.out


def test_all_lists_every_rule_in_one_line(capsys: Capture) -> None:
    lines = command(capsys, "rule", "--all").out.splitlines()
    assert [line.split()[:2] for line in lines] == [[rule.code, rule.name] for rule in RULES]


def test_json_has_the_same_keys_for_one_rule_and_for_all(capsys: Capture) -> None:
    every = json.loads(command(capsys, "rule", "--all", "--output-format", "json").out)
    [one] = json.loads(command(capsys, "rule", "uuid", "--output-format", "json").out)
    assert [rule["code"] for rule in every] == list(BY_CODE)
    assert one in every
    assert list(one) == ["code", "name", "family", "summary", "explanation", "fix", "on"]
    assert (one["code"], one["family"], one["fix"], one["on"]) == (
        "NTR104",
        "determinism",
        None,
        True,
    )


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["NTR1O1"], ["`NTR1O1`", "did you mean `NTR101`", "--all"]),
        (["wall-clocks"], ["did you mean `wall-clock`"]),
        (["NTR1"], ["`NTR1`"]),
        ([""], ["no rule ``"]),
        ([], ["a code or --all"]),
        (["NTR101", "--all"], ["a code or --all"]),
        (["NTR101", "NTR102"], ["`NTR102`"]),
        (["NTR101", "--output-format", "yaml"], ["--output-format", "json"]),
    ],
)
def test_wrong_use_is_one_line_that_says_what_to_do(
    capsys: Capture, arguments: list[str], words: list[str]
) -> None:
    assert_refused(command(capsys, "rule", *arguments), *words)


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["rul"], ["no command `rul`", "`rule`"]),
        (["--versio"], ["no option `--versio`", "`--version`"]),
        (["test"], ["missing argument", "ntro-testkit test --help"]),
        (["test", "--no-such-option"], ["--no-such-option"]),
    ],
)
def test_an_unknown_command_or_option_is_one_line(
    capsys: Capture, arguments: list[str], words: list[str]
) -> None:
    assert_refused(command(capsys, *arguments), *words)


def test_the_help_of_the_program_names_every_command(capsys: Capture) -> None:
    done = command(capsys, "--help")
    assert done.code == 0
    for name in ("lint", "rule", "test", "why", "--version", "--debug"):
        assert f"  {name} " in done.out
    nothing = command(capsys)
    assert (nothing.code, nothing.out, nothing.err) == (2, "", done.out)


def test_an_internal_error_is_one_line_unless_somebody_debugs(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("ntro_testkit.cli.rule_command._explained", fail)
    done = command(capsys, "rule", "NTR101")
    assert done.code == 2
    assert done.err.startswith("internal error: ZeroDivisionError: by nought (")
    with pytest.raises(ZeroDivisionError):
        command(capsys, "--debug", "rule", "NTR101")

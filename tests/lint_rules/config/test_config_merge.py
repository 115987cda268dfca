"""What the command line changes in the settings of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_rules.config import ConfigError, Settings, merge
from lint_rules.selection import Selection
from tests.lint_rules.sample_rules import RULES

ROOT = Path("/project")


def on(settings: Settings) -> set[str]:
    selection = Selection(RULES, settings)
    return {rule.code for rule in RULES if selection.is_on(rule.code)}


def test_nothing_given_changes_nothing() -> None:
    settings = Settings(ROOT, select=("NTR1",), ignore=("NTR103",), strict=True)
    assert merge(settings, RULES) == settings


def test_select_replaces_and_ignore_adds() -> None:
    settings = Settings(ROOT, select=("NTR1",), extend_select=("NTR401",), ignore=("NTR111",))
    merged = merge(settings, RULES, select=["NTR11"], ignore=["NTR9"])
    assert (merged.select, merged.extend_select) == (("NTR11",), ())
    assert merged.ignore == ("NTR111", "NTR9")


def test_extend_select_adds() -> None:
    settings = Settings(ROOT, select=("NTR101",), extend_select=("NTR103",))
    merged = merge(settings, RULES, extend_select=["NTR401"])
    assert on(merged) == {"NTR101", "NTR103", "NTR401"}


def test_selectors_may_be_separated_by_commas_and_be_names() -> None:
    merged = merge(Settings(ROOT), RULES, select=["wall-clock, NTR103", "NTR11,"])
    assert merged.select == ("NTR101", "NTR103", "NTR11")


def test_selecting_what_the_file_ignores_selects_it() -> None:
    settings = Settings(ROOT, ignore=("NTR101", "NTR103"))
    assert on(merge(settings, RULES, select=["NTR101"])) == {"NTR101"}
    assert "NTR103" in on(merge(settings, RULES, extend_select=["randomness"]))


def test_ignoring_what_the_file_selects_ignores_it() -> None:
    settings = Settings(ROOT, select=("NTR101", "NTR9"), extend_select=("NTR103",))
    assert on(merge(settings, RULES, ignore=["NTR1"])) == {"NTR902", "NTR903"}
    assert on(merge(settings, RULES, ignore=["ALL"])) == set()


def test_within_the_command_line_the_longest_prefix_decides() -> None:
    merged = merge(Settings(ROOT), RULES, select=["NTR101"], ignore=["NTR1"])
    assert on(merged) == {"NTR101"}


def test_the_other_options_replace_what_the_file_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(ROOT, baseline=ROOT / "old.json", strict=True)
    merged = merge(
        settings,
        RULES,
        baseline=Path("new.json"),
        cache_dir=Path("cache"),
        respect_gitignore=False,
        strict=False,
    )
    assert merged.baseline == tmp_path / "new.json"
    assert merged.cache_dir == tmp_path / "cache"
    assert (merged.respect_gitignore, merged.strict) == (False, False)


def test_every_unknown_selector_is_told_with_its_option() -> None:
    with pytest.raises(ConfigError) as caught:
        merge(Settings(ROOT), RULES, select=["NTR1O1,NTR103"], ignore=["random"])
    assert str(caught.value).splitlines() == [
        '--select: no rule "NTR1O1", did you mean `NTR101`?',
        '--ignore: no rule "random", did you mean `randomness`?',
    ]

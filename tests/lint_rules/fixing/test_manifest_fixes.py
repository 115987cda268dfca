"""The fixes of `runbook.md`: quotes that deploy would keep, a byte order mark."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lint_rules.config.settings import Settings
from lint_rules.engine import Run
from lint_rules.fixing.fix_run import FixRun, fix
from tests.lint_rules.linted import NOWHERE, write
from tests.lint_rules.petty_cash import sound

SOUND = sound()["runbook.md"].decode()


def fixed(tmp_path: Path, text: str) -> FixRun:
    write(tmp_path / "petty-cash", {**sound(), "runbook.md": text})
    return fix([tmp_path], Settings(tmp_path, select=("NTR5",)), Run())


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_quotes_are_removed_and_nothing_else_is_touched(
    tmp_path: Path, quote: str, newline: str
) -> None:
    quoted = SOUND.replace("version: 0.1.0", f"version: {quote}0.1.0{quote}  # first")
    quoted = quoted.replace("slug: petty-cash\n", f"slug: {quote}petty-cash{quote}\n")
    done = fixed(tmp_path, quoted.replace("\n", newline))
    assert [finding.code for finding in done.fixed] == ["NTR508", "NTR508"]
    [file] = done.files
    expected = SOUND.replace("version: 0.1.0", "version: 0.1.0  # first").replace("\n", newline)
    assert file.after.decode() == expected
    assert done.linted.report.findings == ()


def test_a_mark_is_removed_together_with_quotes(tmp_path: Path) -> None:
    marked = "\ufeff" + SOUND.replace("version: 0.1.0", 'version: "0.1.0"')
    done = fixed(tmp_path, marked)
    assert sorted(finding.code for finding in done.fixed) == ["NTR508", "NTR513"]
    [file] = done.files
    assert file.after.decode() == SOUND
    assert done.linted.report.findings == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}|[a-z]{1,5}", fullmatch=True)
    | st.sampled_from(["true", "no", "null", "on", "y", "n", "off", "yes", "e1"]),
    st.sampled_from(['"', "'"]),
)
def test_without_quotes_a_slug_means_the_same(slug: str, quote: str) -> None:
    text = SOUND.replace("slug: petty-cash\n", f"slug: {quote}{slug}{quote}\n")
    root = NOWHERE / "petty-cash"
    files = {**sound(), "runbook.md": text.encode()}
    overlay = {root / name: data for name, data in files.items()}
    done = fix(list(overlay), Settings(NOWHERE, select=("NTR508",)), Run(jobs=1, overlay=overlay))
    after = done.files[0].after.decode() if done.files else text
    assert yaml.safe_load(after.split("---")[1]) == yaml.safe_load(text.split("---")[1])
    plain = isinstance(yaml.safe_load(slug), str)
    assert bool(done.files) == plain

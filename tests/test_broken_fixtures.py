"""One bundle for each rule of a contract, with one fault: the rule finds it, and nothing else does.

`fixtures/broken/<code>/` holds the bundle, and the siblings it needs to be told from it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_rules.config.settings import Settings
from lint_rules.engine import lint
from lint_rules.finding import Finding
from lint_rules.rules.registry import RULES
from tests.bundles import ROOT

BROKEN = ROOT / "fixtures/broken"
CODES = sorted(path.name for path in BROKEN.iterdir()) if BROKEN.is_dir() else []
CONTRACT = sorted(rule.code for rule in RULES if rule.contract is not None)


def findings(directory: Path) -> list[Finding]:
    return list(lint([directory], Settings(directory), jobs=1, cache=None).findings)


def test_every_rule_of_a_contract_has_a_broken_bundle_and_every_bundle_a_rule() -> None:
    assert CODES == CONTRACT


@pytest.mark.parametrize("code", CODES)
def test_a_broken_bundle_is_reported_by_its_rule_and_by_no_other(code: str) -> None:
    found = findings(BROKEN / code)
    assert {finding.code for finding in found} == {code}, [f.text for f in found]


@pytest.mark.parametrize("code", CODES)
def test_what_is_reported_of_a_broken_bundle_has_a_place_in_it_and_says_what_to_do(
    code: str,
) -> None:
    for finding in findings(BROKEN / code):
        path = Path(finding.place.path)
        assert (BROKEN / code) in path.absolute().parents
        assert finding.alternative, finding.message
        text = path.read_text("utf-8", errors="replace") if path.exists() else "\n"
        assert 1 <= finding.place.line <= text.count("\n") + 1

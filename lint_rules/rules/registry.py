"""Every rule, by code."""

from __future__ import annotations

from collections.abc import Mapping

from lint_rules.rules import (
    bundle,
    determinism,
    facade,
    gates,
    replay,
    requirements,
    shape,
    tool,
    verdicts,
)
from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *determinism.RULES,
    *facade.RULES,
    *gates.RULES,
    *shape.RULES,
    *bundle.RULES,
    *requirements.RULES,
    *verdicts.RULES,
    *replay.RULES,
    *tool.RULES,
)

BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}

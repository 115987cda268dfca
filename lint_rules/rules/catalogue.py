"""Every rule without its check: what a run needs that finds everything in the cache.

Loading the checks takes longer than such a run. The file is written by `python -m lint_rules.rules`
from the registry, and a test holds one against the other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from lint_rules.rules.rule import Rule

FILE = Path(__file__).with_name("catalogue.json")

RULES: tuple[Rule, ...] = tuple(Rule(**row) for row in json.loads(FILE.read_bytes()))

BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}

"""What a module's text says, as plain data: collected in one walk, cacheable, JSON both ways.

`collect.collect` makes the facts, `View` answers the common questions about them. The kinds of
expression are in `lint_rules.facts.expressions`, all other records in `lint_rules.facts.records`.
Everything comes from Python's own tree; libcst is for editing text, in `lint_rules.fixes`.
"""

from lint_rules.facts.encoding import FACTS_VERSION, DamagedFactsError, from_json, to_json
from lint_rules.facts.module import ModuleFacts, ParseProblem
from lint_rules.facts.views import View

__all__ = [
    "FACTS_VERSION",
    "DamagedFactsError",
    "ModuleFacts",
    "ParseProblem",
    "View",
    "from_json",
    "to_json",
]

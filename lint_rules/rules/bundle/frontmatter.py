"""The frontmatter of `runbook.md` cannot be read.

It is the YAML between two lines of `---`, the first of which is the first line of the file that is
not empty. Without it the validator refuses the bundle (FRONTMATTER_MISSING,
FRONTMATTER_PARSE_ERROR, FRONTMATTER_NOT_MAPPING), the platform knows neither steps nor
configuration, and deploy takes slug and version from whatever line looks like them (D29). Text that
is no UTF-8 stops validator and deploy with an exception (D28).

Bad:

    ---
    slug: nav-monthly
    description: Closes a month: the NAV
    ---

Good:

    ---
    slug: nav-monthly
    description: "Closes a month: the NAV"
    ---
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lint_rules.contract.contract import Contract
from lint_rules.manifest.manifest import ProblemKind
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_INSTEAD: Mapping[ProblemKind, str] = {
    "encoding": "the file saved as UTF-8",
    "no frontmatter": "begin the file with a line of `---`, the keys, and another line of `---`",
    "unclosed": "a line of `---` behind the last key",
    "yaml": "YAML that `yaml.safe_load` reads; quote what has `: ` or ` #` in it, use no tabs",
    "no mapping": "keys with values, such as `slug: nav-monthly`",
}


def check(contract: Contract) -> Iterator[Observation]:
    """Report what keeps the frontmatter from being read; that it is missing is another rule's."""
    manifest = contract.manifest
    problem = manifest.problem if manifest is not None else None
    if manifest is None or problem is None or problem.kind == "missing":
        return
    is_yaml = problem.kind == "yaml"
    yield Observation(
        module=manifest.file,
        span=problem.span,
        message=f"the frontmatter {problem.message}" if is_yaml else problem.message,
        alternative=_INSTEAD[problem.kind],
        severity="error",
    )


RULE = Rule(
    code="NTR502",
    name="frontmatter",
    summary="the frontmatter of runbook.md cannot be read",
    explanation=__doc__,
    contract=check,
)

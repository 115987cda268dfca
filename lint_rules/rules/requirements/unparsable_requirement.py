"""A line of `requirements.txt` that pip refuses.

pip reads the whole file before it installs anything, so one such line means that the worker cannot
make the environment of this version: deploy says nothing, as it only uploads the text (D56), the
validator does not read the file (D27), and no task of the version ever begins.

Bad:

    ntro[workflow]=0.1.2

Good:

    ntro[workflow]==0.1.2
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.requirements.spelling import short
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_NEAR = re.compile(
    r"([A-Za-z0-9][A-Za-z0-9._-]{0,100})[ \t]{0,9}(\[[\w., -]{0,100}\])?"
    r"[ \t]{0,9}(?:=|===?[ \t]{0,9}v?|\^|:)?[ \t]{0,9}"
    r"(\d[\d.]{0,40}(?:(?:a|b|rc|\.post|\.dev)\d{1,9})?)"
)


def check(contract: Contract) -> Iterator[Observation]:
    """Report the lines that are neither a requirement nor an option."""
    requirements = contract.requirements
    if requirements is None:
        return
    for entry in requirements.text.of_kind("unreadable"):
        shown = entry.asked.text or entry.whole.text
        near = _NEAR.fullmatch(shown)
        yield Observation(
            module=requirements.file,
            span=(entry.asked if entry.asked.text else entry.whole).span,
            message=f"pip refuses `{short(shown)}`, and the whole file with it: {entry.problem}",
            alternative=f"`{near[1]}{near[2] or ''}=={near[3]}`" if near else "`name==version`",
            severity="error",
        )


RULE = Rule(
    code="NTR602",
    name="unparsable-requirement",
    summary="a line of requirements.txt that pip refuses",
    explanation=__doc__,
    contract=check,
)

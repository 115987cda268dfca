"""A package that is asked for twice.

Two different versions cannot both be installed: pip gives up, and no task of the bundle version
begins. The same version twice does no harm until somebody changes one of the lines. Extras belong
into one list. Two lines whose conditions exclude each other are fine.

The safe fix removes a line that says the same as an earlier one.

Bad:

    ntro[workflow]==0.1.2
    ntro[gl]==0.1.1

Good:

    ntro[gl,workflow]==0.1.2
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.requirements.agreement import can_both_hold, contradict, says_the_same
from lint_rules.requirements.bundle_requirements import BundleRequirements
from lint_rules.requirements.requirement import Entry
from lint_rules.requirements.spelling import head, head_span, removed
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation, Step


def check(contract: Contract) -> Iterator[Observation]:
    """Report the later of two lines for one package."""
    requirements = contract.requirements
    if requirements is None:
        return
    for entries in requirements.by_key.values():
        for number, entry in enumerate(entries[1:_ENOUGH], start=1):
            earlier = next((e for e in entries[:number] if can_both_hold(e, entry)), None)
            if earlier is not None:
                yield _twice(requirements, earlier, entry)


_ENOUGH = 20
"""Lines for one package that are compared with each other."""


def _twice(requirements: BundleRequirements, earlier: Entry, entry: Entry) -> Observation:
    name = entry.name.text if entry.name else ""
    first = f"line {earlier.line}"
    if contradict(earlier, entry):
        message = f"`{head(entry)}` contradicts `{head(earlier)}` in {first}: pip installs neither"
    else:
        message = f"`{name}` is asked for in {first} already"
    same = says_the_same(earlier, entry) and entry.comment is None
    return Observation(
        module=requirements.file,
        span=head_span(entry),
        message=message,
        alternative="one line, with all the extras",
        severity="error" if contradict(earlier, entry) else "warning",
        steps=(Step(requirements.file, head_span(earlier), "asked for here first"),),
        fix="remove-requirement" if same else None,
        applicability="safe",
        edits=removed(requirements.file, entry) if same else (),
    )


RULE = Rule(
    code="NTR605",
    name="duplicate-requirement",
    summary="a package that is asked for twice, or in two versions",
    explanation=__doc__,
    contract=check,
    fix="safe",
)

"""A requirement that allows several versions.

The worker makes a fresh environment for each version of a bundle (contract 1.1: pin exactly,
neither `ntro` nor `ntro>=...`). Without `==` it gets what is newest on that day; made again, on
another worker or another day, it gets something else. Runs in flight keep the bundle version they
began with, yet are replayed with other packages: another SDK or data converter issues other
commands or reads payloads differently, and the replay fails. `==1.*` and `~=` allow several
versions as well.

Where the installed version is among those that are allowed, the unsafe fix pins to it: whether it
is the one that production runs, only you can know.

Bad:

    ntro[workflow]>=0.1

Good:

    ntro[workflow]==0.1.2
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.requirements.bundle_requirements import BundleRequirements
from lint_rules.requirements.requirement import Entry
from lint_rules.requirements.spelling import head_span, pinned, replaced, short
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report requirements that are not pinned."""
    requirements = contract.requirements
    if requirements is None:
        return
    for entry in requirements.text.of_kind("requirement", "variable"):
        key = entry.key or ""
        if entry.pin is not None or entry.url is not None or requirements.is_development(key):
            continue
        if entry.kind == "variable":
            yield Observation(
                module=requirements.file,
                span=entry.asked.span,
                message=f"`{short(entry.asked.text)}` depends on a variable of whoever installs it",
                alternative="the version itself, behind `==`",
                severity="warning",
            )
        else:
            yield _unpinned(requirements, entry)


def _unpinned(requirements: BundleRequirements, entry: Entry) -> Observation:
    version = _installed_version(requirements, entry)
    name = entry.name.text if entry.name else ""
    text = pinned(entry, version or "...", requirements.installed)
    allowed = f"`{entry.version.text}` allows several versions" if entry.version else "has no pin"
    can = version is not None and not entry.has_hashes
    span = head_span(entry)
    return Observation(
        module=requirements.file,
        span=span,
        message=f"`{name}` {allowed}: each worker may install another one"
        if entry.version is None
        else f"{allowed} of `{name}`: each worker may install another one",
        alternative=f"`{text}`",
        severity="warning",
        fix="pin-requirement" if can else None,
        edits=replaced(requirements.file, span, text) if can else (),
    )


def _installed_version(requirements: BundleRequirements, entry: Entry) -> str | None:
    """Return the installed version, if the requirement allows it."""
    found = requirements.installed.get(entry.key or "")
    parsed = entry.parsed
    if found is None or parsed is None or "+" in found.version:
        return None
    allowed = parsed.specifier.contains(found.version, prereleases=True)
    return found.version if allowed else None


RULE = Rule(
    code="NTR603",
    name="unpinned-requirement",
    summary="a requirement that allows several versions",
    explanation=__doc__,
    contract=check,
    fix="unsafe",
)

"""A name that the SDK does not have, in a code fence of `runbook.md`.

The body of `runbook.md` is written for the assistant that generates and changes `templates/`: what
a fence shows is what the next edit of the code will contain. Bodies written for earlier drafts of
the SDK show `self.wait_for_signal`, `ntro.capabilities.pdf` or
`from ntro.workflow import previous`, none of which any version has (D5, D6, contract 1.2).

Only Python fences are read, and those that do not parse are left alone. A method of `self` counts
when neither the fence, nor any class of the bundle, nor `NtroWorkflow` has it.

Bad:

    event = await self.wait_for_signal("document_submitted")

Good:

    await self.await_signal_with_action(predicate=lambda: bool(self._uploads), action=UPLOAD)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.contract.bundle_files import MANIFEST
from lint_rules.contract.contract import Contract
from lint_rules.files.text_file import TextFile
from lint_rules.manifest.fences import Fence, fences
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.sdk_use.fenced_names import FencedName, fenced_names
from lint_rules.sdk.suggesting import instead
from lint_rules.sdk.surface import Absent
from lint_rules.workflow_code.observation import Observation

_PYTHON = ("python", "py", "python3")
_PACKAGE = "ntro.workflow"
_BASE = f"{_PACKAGE}.NtroWorkflow"

_SPOKEN_OF = re.compile(r"\bntro\b")
_ASKED = re.compile(r"\b(runbook|activity|self)[ \t]*\.[ \t]*(\w+)")


def check(contract: Contract) -> Iterator[Observation]:
    """Report the names in the manifest that no version to come has."""
    if contract.files is None:
        return
    manifest = contract.files.text(MANIFEST)
    for fence in fences(manifest):
        if fence.language in _PYTHON and _is_worth_parsing(contract, fence.text):
            for found in fenced_names(fence.text):
                absent = _absent(contract, found)
                if absent is not None:
                    yield _observation(contract, manifest, fence, found, absent)


def _is_worth_parsing(contract: Contract, code: str) -> bool:
    """Tell whether code speaks of the SDK, or asks something of it that may be missing."""
    if _SPOKEN_OF.search(code):
        return True
    for owner, name in set(_ASKED.findall(code)):
        if owner != "self" and contract.sdk.lacks(f"{_PACKAGE}.{owner}.{name}"):
            return True
        own = owner == "self" and name not in contract.members
        if own and contract.sdk.lacks(f"{_BASE}.{name}"):
            return True
    return False


def _absent(contract: Contract, found: FencedName) -> Absent | None:
    absent = contract.sdk.lacks(found.qualified)
    if absent is None or found.how == "import":
        return absent
    owner, _, last = found.qualified.rpartition(".")
    if found.how == "own":
        return None if last in contract.members else absent
    # What is asked of something absent is no fault of its own.
    return absent if contract.sdk.surface.has(owner) else None


def _observation(
    contract: Contract, manifest: TextFile, fence: Fence, found: FencedName, absent: Absent
) -> Observation:
    spoken = absent.owner if found.how == "import" else found.spoken.rpartition(".")[0]
    start, end = (fence.column(found.line, offset) for offset in (found.start, found.end))
    return Observation(
        module=manifest,
        span=fence.span(found.line, start, end),
        message=f"the fence shows `{found.spoken}`, which {contract.sdk.shown} does not have",
        alternative=instead(absent, contract.sdk, spoken),
        severity="warning",
    )


RULE = Rule(
    code="NTR212",
    name="unknown-sdk-name-in-manifest",
    summary="a name in a fence of runbook.md that the SDK lacks",
    explanation=__doc__,
    contract=check,
)

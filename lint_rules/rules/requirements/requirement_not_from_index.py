"""A requirement that does not come from the package index by its name.

The worker installs the file in a fresh environment, with what deploy uploaded: the texts in
`templates/`, `subledgers/` and `migrations/` (D56). A path or an editable install of your checkout
is not there; a URL or repository may need git, credentials or a network the worker does not have,
and a branch is another commit tomorrow. Another index can answer for any name in the file. Files
that `-r` and `-c` name must be uploaded as well, and hide from a reader what is installed. When pip
fails, no task of this version begins, and deploy does not tell.

Bad:

    ledger-rules @ git+https://git.example.com/ledger-rules@main

Good:

    ledger-rules==2.4.0
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.finding import Severity
from lint_rules.requirements.options import INCLUDES, INDEXES
from lint_rules.requirements.requirement import Entry, Option, Part
from lint_rules.requirements.spelling import short
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_NAMED = "`name==version`, from the package index"

Found = tuple[Part, str, str, Severity]


def check(contract: Contract) -> Iterator[Observation]:
    """Report URLs, paths, other files and other indexes."""
    requirements = contract.requirements
    if requirements is None:
        return
    for entry in requirements.text.entries:
        for part, message, alternative, severity in (*_source(entry), *_options(contract, entry)):
            yield Observation(
                module=requirements.file,
                span=part.span,
                message=message,
                alternative=alternative,
                severity=severity,
            )


def _source(entry: Entry) -> Iterator[Found]:
    url = entry.url.text if entry.url is not None else entry.asked.text
    if entry.url is not None or entry.kind == "location":
        editable = next((o for o in entry.options if o.name == "--editable"), None)
        if editable is not None:
            message = f"`{short(editable.part.text)}` installs from a directory to work in"
            yield editable.part, f"{message}, which the worker does not have", _NAMED, "error"
        elif "://" not in url or url.startswith("file:"):
            message = f"`{short(url)}` is a path, and deploy uploads texts of the bundle only"
            yield entry.url or entry.asked, message, _NAMED, "error"
        else:
            message = f"`{short(url)}` is fetched by its URL, when and as long as it answers"
            yield entry.url or entry.asked, message, _NAMED, "warning"


def _options(contract: Contract, entry: Entry) -> Iterator[Found]:
    for option in entry.options:
        if option.name in INDEXES:
            message = f"`{option.name}` lets pip look elsewhere for every name in the file"
            yield option.part, message, "leave the choice of the index to the worker", "warning"
        elif option.name in INCLUDES:
            yield _include(contract, option)


def _include(contract: Contract, option: Option) -> Found:
    target = option.value or ""
    inside = f"templates/{target.removeprefix('./')}"
    shown = f"`{short(option.part.text)}`"
    alternative = "the lines of that file, here"
    if ".." in target or "://" in target or not contract.files or not contract.files.exists(inside):
        return (
            option.part,
            f"{shown} names a file that deploy does not upload",
            alternative,
            "error",
        )
    message = f"{shown} hides what is installed in another file"
    return option.part, message, alternative, "warning"


RULE = Rule(
    code="NTR604",
    name="requirement-not-from-index",
    summary="a URL, path, include or other index in requirements.txt",
    explanation=__doc__,
    contract=check,
)

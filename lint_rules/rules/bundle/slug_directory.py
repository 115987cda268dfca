"""A directory that is not called like the slug of the bundle in it, or not like its version.

The SDK's loader makes the class name of the name of the directory, while deploy and the validator
make it of the slug in the frontmatter (D57): where the two differ, `ntro workflow test` looks for
another class than deploy does. Older versions of a bundle lie beside it as `nav-monthly@0.0.9`;
such a name promises the version as well.

A bundle that is a repository of its own may lie in a directory of any name.

Bad:

    runbooks/nav/runbook.md              slug: nav-monthly
    runbooks/nav-monthly@0.0.9/runbook.md     version: 0.1.0

Good:

    runbooks/nav-monthly/runbook.md      slug: nav-monthly
    runbooks/nav-monthly@0.0.9/runbook.md     version: 0.0.9
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.files import path_text
from lint_rules.manifest.slugs import is_slug
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_REPOSITORY = ".git"


def check(contract: Contract) -> Iterator[Observation]:
    """Report a slug or version that the directory contradicts."""
    manifest, files = contract.manifest, contract.files
    if manifest is None or files is None:
        return
    found = files.listing()
    if _REPOSITORY in found.directories or _REPOSITORY in found.files:
        return
    name, marked, version = path_text.name_of(files.root).partition("@")
    for key, named in (("slug", name), ("version", version)):
        node = manifest.get(key)
        said = node.text if node is not None else None
        if node is None or not said or said == named or (key == "version" and not marked):
            continue
        if key == "slug" and not is_slug(said):
            # That is a fault of its own.
            continue
        yield Observation(
            module=manifest.file,
            span=node.span,
            message=f"the {key} is `{node.shown}`, but the directory says `{named[:60]}`",
            alternative=f"the same {key} in both places",
            severity="warning",
        )


RULE = Rule(
    code="NTR505",
    name="slug-directory",
    summary="the directory is called otherwise than the bundle's slug or version",
    explanation=__doc__,
    contract=check,
)

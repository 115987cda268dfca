"""Deploy reads another slug or version than the frontmatter says.

`ntro workflow create` does not parse `runbook.md`: it takes what first follows `slug:` or
`version:` at the beginning of any line, up to the next blank (D29). So quotes become part of the
version, a tag, an anchor or the sign of a block is all of it, and where the key is quoted or
indented, deploy takes a line of the body, or the name of the directory and `0.1.0`. The worker then
keeps the bundle under a name that no other reader knows.

Bad:

    version: "0.1.0"

Good:

    version: 0.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.files import path_text
from lint_rules.finding import Edit
from lint_rules.manifest.deploy import DeployReading, deploy_reading
from lint_rules.manifest.manifest import Manifest
from lint_rules.manifest.nodes import Entry
from lint_rules.manifest.slugs import is_slug
from lint_rules.manifest.versions import is_semantic
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_KEYS = {"slug": is_slug, "version": is_semantic}


def check(contract: Contract) -> Iterator[Observation]:
    """Report where YAML and deploy read different things."""
    manifest, files = contract.manifest, contract.files
    if manifest is None or manifest.top is None or files is None:
        return
    directory = path_text.name_of(files.root)
    for key, is_sound in _KEYS.items():
        entries = [entry for entry in manifest.top.entries if entry.key == key]
        said = entries[0].value.text if len(entries) == 1 else None
        if said is None or not is_sound(said):
            # Missing, twice there, or of no proper form: faults of their own.
            continue
        reading = deploy_reading(manifest, key, directory)
        if reading.text != said:
            yield _observation(manifest, entries[0], said, reading)


def _observation(
    manifest: Manifest, entry: Entry, said: str, reading: DeployReading
) -> Observation:
    span = entry.value.span
    is_quoted = reading.span == span and entry.value.style in ("'", '"') and _is_plain(said)
    edit = Edit(
        manifest.file.path, (span.line, span.column), (span.end_line, span.end_column), said
    )
    return Observation(
        module=manifest.file,
        span=span,
        message=f"the {entry.key} is `{said[:60]}` to YAML, but deploy reads {_shown(reading)}",
        alternative=f"`{entry.key}: {said[:60]}` at the beginning of a line",
        severity="error",
        fix="remove-quotes" if is_quoted else None,
        applicability="safe",
        edits=(edit,) if is_quoted else (),
    )


def _shown(reading: DeployReading) -> str:
    if reading.span is None:
        return f"nothing and takes `{reading.text[:60]}`"
    return f"`{reading.text[:60]}` on line {reading.span.line}"


def _is_plain(text: str) -> bool:
    """Tell whether a text is the same to YAML without quotes."""
    from lint_rules.manifest.compose import compose

    node = compose(text)
    return node is not None and node.text == text


RULE = Rule(
    code="NTR508",
    name="deploy-reading",
    summary="deploy reads another slug or version than the frontmatter says",
    explanation=__doc__,
    contract=check,
    fix="safe",
)

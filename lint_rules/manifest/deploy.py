"""What `ntro workflow create` reads in `runbook.md`: no YAML, but two regular expressions (D29)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lint_rules.facts.records import Span
from lint_rules.files.source_text import SourceText
from lint_rules.manifest.manifest import Manifest

_PATTERNS = {
    "slug": re.compile(r"^slug:\s*(\S+)", re.MULTILINE),
    "version": re.compile(r"^version:\s*(\S+)", re.MULTILINE),
}
"""As they are in `ntro_cli/commands/workflow.py:324-337`."""

_NO_VERSION = "0.1.0"
_LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class DeployReading:
    """What deploy takes for a key; `span` is None where it finds nothing and falls back."""

    text: str
    span: Span | None


def deploy_reading(manifest: Manifest, key: str, directory: str) -> DeployReading:
    """Return what deploy reads for `slug` or `version` of a bundle in a directory of some name."""
    text = manifest.file.text or ""
    if "\r" in text:
        # It opens the file as text.
        text = _LINE_END.sub("\n", text)
    found = _PATTERNS[key].search(text)
    if found is None:
        return DeployReading(directory if key == "slug" else _NO_VERSION, None)
    source = SourceText(text)
    return DeployReading(
        found[1], Span(*source.position(found.start(1)), *source.position(found.end(1)))
    )

"""The list `templates:` of the frontmatter does not fit the files.

It names the files that are generated, by their path in the bundle; the validator does not compare
it with anything (D27). A path that is not there, or that leads out of the bundle, makes a generator
write a file nobody imports; one that is there twice has two descriptions. A file in `templates/`
that is not listed counts as hand-written and is left alone (contract 1.2), which is mentioned,
since it may have been forgotten.

Bad:

    templates:
      - path: templates/workflows.py
        description: Upload, check, post.

Good:

    templates:
      - path: templates/workflow.py
        description: Upload, check, post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import normpath

from lint_rules.contract.bundle_files import BundleFiles
from lint_rules.contract.contract import Contract
from lint_rules.contract.required_files import missing_files
from lint_rules.contract.uploaded import uploaded_files
from lint_rules.manifest.manifest import Manifest
from lint_rules.manifest.nodes import Node
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_ABSOLUTE = re.compile(r"[/\\~]|[A-Za-z]:")
_SHOWN = 5
_SUGGESTIONS = 20


def check(contract: Contract) -> Iterator[Observation]:
    """Report listed paths that fit no file, and files that are not listed."""
    manifest, files = contract.manifest, contract.files
    listed = manifest.get("templates") if manifest is not None else None
    if manifest is None or files is None or listed is None or listed.kind != "sequence":
        return
    present = [path for path in uploaded_files(files) if path.startswith("templates/")]
    unlisted = dict.fromkeys(present)
    known = _Known(files, {file.path for file in missing_files(files)})
    for node in _paths(listed):
        fault = known.fault(node)
        if fault is not None:
            close = nearest(node.text or "", present) if known.faults <= _SUGGESTIONS else None
            yield _observation(manifest, node, fault, close)
            unlisted.pop(close or "", None)
        for name in _meant(node.text or ""):
            unlisted.pop(name, None)
    yield from _unlisted(manifest, [path for path in unlisted if not _is_hidden(path)])


def _paths(listed: Node) -> Iterator[Node]:
    for item in dict.fromkeys(listed.items):
        node = item.get("path")
        if node is not None and node.text is not None and node.text.strip():
            yield node


def _meant(path: str) -> tuple[str, str]:
    """Return the paths in the bundle that a listed one may mean: from its top, or in templates."""
    normal = normpath(path.replace("\\", "/"))
    return normal, f"templates/{normal}"


class _Known:
    """What was listed so far; `faults` counts what was wrong with it."""

    def __init__(self, files: BundleFiles, missing: set[str]) -> None:
        self._files = files
        self._missing = missing
        self._seen: dict[str, Node] = {}
        self.faults = 0

    def fault(self, node: Node) -> str | None:
        """Return what is wrong with a path."""
        found = self._fault(node)
        self.faults += found is not None
        return found

    def _fault(self, node: Node) -> str | None:
        path = node.text or ""
        normal, inside = _meant(path)
        if _ABSOLUTE.match(path) or normal.startswith(".."):
            return f"`{node.shown}` leads out of the bundle"
        first = self._seen.setdefault(normal, node)
        if first is not node:
            return f"`{node.shown}` is listed on line {first.span.line} already"
        if normal in self._missing or self._exists(normal) or self._exists(inside):
            return None
        return f"there is no file `{node.shown}`"

    def _exists(self, path: str) -> bool:
        return "\0" not in path and self._files.exists(path)


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _observation(manifest: Manifest, node: Node, message: str, close: str | None) -> Observation:
    again = message.endswith("already")
    suggestion = f"`{close}`" if close else "the path of a file, from the top of the bundle"
    return Observation(
        module=manifest.file,
        span=node.span,
        message=message,
        alternative="one entry for each file" if again else suggestion,
        severity="warning",
    )


def _unlisted(manifest: Manifest, paths: list[str]) -> Iterator[Observation]:
    entry = manifest.top.entry("templates") if manifest.top else None
    if not paths or entry is None:
        return
    shown = ", ".join(f"`{path}`" for path in paths[:_SHOWN])
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    yield Observation(
        module=manifest.file,
        span=entry.key_node.span,
        message=f"{shown}{more}: not listed, so taken for hand-written",
        alternative="an entry for each file that is generated",
        severity="info",
    )


RULE = Rule(
    code="NTR512",
    name="template-manifest",
    summary="the list of templates does not fit the files",
    explanation=__doc__,
    contract=check,
)

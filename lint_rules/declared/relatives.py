"""Whether other bundles start a bundle as their child."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.files import path_text

_MODULES = "templates"
_TAG = "child"


def is_child(contract: Contract) -> bool:
    """Tell whether a bundle seems to be started by another one.

    Its tags say so, or the slug stands in quotes in a module of a bundle beside it. Reading their
    text is enough: whoever merely mentions the slug costs a finding, never brings a wrong one.
    """
    manifest = contract.manifest
    tags = manifest.get("tags") if manifest is not None else None
    if tags is not None and any((item.text or "").lower() == _TAG for item in tags.items):
        return True
    slug = manifest.slug if manifest is not None else None
    if not slug or contract.files is None:
        return False
    wanted = (f'"{slug}"', f"'{slug}'")
    return any(any(word in text for word in wanted) for text in _others(contract, slug))


def _others(contract: Contract, slug: str) -> Iterator[str]:
    files, siblings = contract.files, contract.siblings
    if files is None or siblings is None:
        return
    beside = path_text.parent(files.root)
    for other, root in sorted(siblings.roots.items()):
        if other == slug or path_text.parent(root) != beside:
            continue
        directory = path_text.join(root, _MODULES)
        for name in sorted(files.beside(directory).files):
            if name.endswith(".py"):
                yield files.text_at(path_text.join(directory, name)).text or ""

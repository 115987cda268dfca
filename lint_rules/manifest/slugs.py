"""Slugs and the class names they stand for (D57)."""

from __future__ import annotations

import re

_FORM = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_OTHER = re.compile(r"[^a-z0-9]+")


def is_slug(text: str) -> bool:
    """Tell whether a text is a slug that all readers take for the same."""
    return _FORM.fullmatch(text) is not None


def slug_like(text: str) -> str | None:
    """Return the slug somebody may have meant; None when nothing of the kind can be told."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text[:100]).lower()
    found = _OTHER.sub("-", words).strip("-")
    return found if is_slug(found) else None


def class_name(slug: str) -> str:
    """Return the class name a slug stands for: `nav-monthly` -> `NavMonthlyWorkflow`.

    The CLI, the validator and the loader have the same rule.
    """
    return "".join(part.capitalize() for part in slug.split("-")) + "Workflow"


def harness_slug(name: str) -> str:
    """Return the slug that the SDK's harness makes of a class name (`ntro/testing/harness.py`)."""
    bare = name.removesuffix("Workflow")
    parts = (f"-{c.lower()}" if c.isupper() and n else c.lower() for n, c in enumerate(bare))
    return "".join(parts)

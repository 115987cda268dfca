"""Outlines as JSON: the fields of the data, under their names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from lint_rules.outline.outline import Outline

VERSION = 1


def render_json(outlines: Sequence[Outline]) -> str:
    """Return all outlines as one JSON object; pure ASCII, so always encodable."""
    return (
        json.dumps({"version": VERSION, "bundles": [asdict(o) for o in outlines]}, indent=1) + "\n"
    )

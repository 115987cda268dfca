"""One level down."""

from __future__ import annotations

from ..common import region as tool_region


def tools_region() -> str:
    return tool_region()

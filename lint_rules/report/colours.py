"""The colours of the text reports, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lint_rules.finding import Severity

Style = Literal["error", "warning", "info", "good", "strong", "frame", "label"]

_CODES: dict[Style, str] = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "good": "1;32",
    "strong": "1",
    "frame": "1;34",
    "label": "1;36",
}

SEVERITY: dict[Severity, Style] = {"error": "error", "warning": "warning", "info": "info"}


@dataclass(frozen=True, slots=True)
class Colours:
    """Paints text if `on`; the text must be printable already."""

    on: bool

    def paint(self, text: str, style: Style) -> str:
        """Return the text in a style."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.on and text else text

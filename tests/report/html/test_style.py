"""The page's style: every text can be read on what it is written on, light and dark."""

from __future__ import annotations

import itertools
import re
from importlib.resources import files

import pytest

STYLE = files("ntro_testkit.report.html").joinpath("page.css").read_text(encoding="utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--(\S+): light-dark\(#(\w+), #(\w+)\)", STYLE)
}
TONES = ("good", "bad", "info", "quiet", "open")
READ = [
    *itertools.product(("text", "soft", "link", *TONES), ("page", "card", "stripe")),
    *((tone, f"{tone}-back") for tone in TONES),
    ("text", "open-back"),
    ("soft", "open-back"),
]
"""(text, what it is written on)"""


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("text, back", READ, ids=lambda name: name)
def test_every_text_can_be_read_on_what_it_is_written_on(text: str, back: str, scheme: int) -> None:
    """WCAG 2.2, success criterion 1.4.3 (AA): 4.5 to 1."""
    lighter, darker = sorted(
        (luminance(COLOURS[name][scheme]) for name in (text, back)), reverse=True
    )
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

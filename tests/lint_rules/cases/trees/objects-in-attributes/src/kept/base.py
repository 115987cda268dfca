"""Sets the attributes."""

from __future__ import annotations

from kept.services import Services, make


class Keeps:
    services: Services

    def __init__(self) -> None:
        self.services = make("main")
        self.dice = self.services.dice

"""What tells a run's watching of calls."""

from __future__ import annotations

from typing import Protocol


class HookUnavailableError(RuntimeError):
    """The hook cannot be had here and now; the message says who has it."""


class Hook(Protocol):
    """The hook of one harness."""

    def begin(self) -> None:
        """Tell of calls from now on; raises `HookUnavailableError`."""

    def end(self) -> None:
        """End a run that was begun."""

    def close(self) -> None:
        """Leave nothing behind."""

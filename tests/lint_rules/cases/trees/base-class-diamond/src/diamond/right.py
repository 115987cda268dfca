"""The right corner."""

from __future__ import annotations

import os
import socket

from diamond import root


class Right(root.Root):
    def describe(self) -> list[object]:
        return ["right", os.getpid(), *super().describe()]  # expect: NTR105/payload

    def label(self) -> str:
        return socket.gethostname()

    def factor(self) -> int:
        return 3

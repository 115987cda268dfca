"""The top of the diamond."""

from __future__ import annotations

import os
import time
import uuid


class Root:
    def describe(self) -> list[object]:
        return ["root", time.time()]  # expect: NTR101/payload

    def label(self) -> str:
        return str(uuid.uuid4())

    def limit(self) -> int:
        return self.factor() * 2

    def factor(self) -> int:
        return os.getpid()

    def only_root(self) -> float:
        return time.monotonic()  # expect: NTR102/payload

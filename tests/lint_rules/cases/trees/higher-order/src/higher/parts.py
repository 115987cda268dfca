"""Functions that are passed on."""

from __future__ import annotations

import os
import random
import time
import uuid


def stamped(name: str) -> str:
    return f"{name}-{time.time()}"  # expect: NTR101


def labelled(name: str, prefix: str = "") -> str:
    return f"{prefix}{name}-{uuid.uuid4()}"  # expect: NTR104


def shuffled(name: str) -> str:
    return "".join(random.sample(name, len(name)))  # expect: NTR103


def located(name: str) -> str:
    return f"{name}@{os.uname().nodename}"  # expect: NTR105


def plain(name: str) -> str:
    return name


def passed_to_nobody(name: str) -> str:
    return f"{name}-{uuid.uuid4()}"

"""Settings, read while the module is imported."""

from __future__ import annotations

import os
import time
import uuid

REGION = os.environ.get("REGION", "eu")  # expect: NTR117/sequence
RUN_TOKEN = uuid.uuid4().hex  # expect: NTR117/payload
LOADED = time.time()  # expect: NTR117/noise
BUCKET = os.environ.get("BUCKET", "none")
WORKER_TOKEN = uuid.uuid4().hex
LIMIT = 3
NAMES = ("bank", "rent-roll")


def bucket_of(name: str) -> str:
    return f"{BUCKET}/{name}"

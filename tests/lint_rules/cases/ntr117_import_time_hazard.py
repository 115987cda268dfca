"""NTR117: values made while a module is imported, which the sandbox does anew for each run."""

from __future__ import annotations

import enum
import hashlib
import json
import logging
import os
import random
import re
import socket
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path, PurePath

from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)


def make_token() -> str:
    return uuid.uuid4().hex  # expect: NTR117/payload


def make_token_of_activities() -> str:
    return uuid.uuid4().hex


STARTED = time.time()  # expect: NTR117/payload
EXPIRES = time.time() + 60  # expect: NTR117/sequence
RUN_TOKEN = uuid.uuid4()  # expect: NTR117/sequence
REGION = os.environ.get("REGION", "eu")  # expect: NTR117/sequence
HOST = socket.gethostname()  # expect: NTR117/noise
SEED = random.random()  # expect: NTR117/payload
TODAY = date.today()  # expect: NTR117/payload
CONFIG = json.loads(Path("config.json").read_text())  # expect: NTR117/sequence
LIMIT = CONFIG["limit"]
TOKEN = make_token()
BOTH, OTHER = os.getpid(), 1  # expect: NTR117/payload

if SHORT:
    CHOSEN = os.getenv("MODE")  # expect: NTR117/payload
else:
    CHOSEN = "none"

try:
    TRIED = os.environ["TRIED"]  # expect: NTR117/payload
except KeyError:
    TRIED = "none"

WORKER_STARTED = time.time()
BUCKET = os.environ.get("BUCKET")
ACTIVITY_TOKEN = make_token_of_activities()
NEVER_READ = os.getpid()
MAIN_HOST = socket.gethostname()

VERSION = "1.2.0"
NAMESPACE = uuid.UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
FUND = uuid.uuid5(NAMESPACE, "fund")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FOLDER = PurePath("statements") / "2026"
DIGEST = hashlib.sha256(b"fund").hexdigest()
PATTERN = re.compile(r"\d+")
log = logging.getLogger(__name__)


class Settings:
    region = os.environ.get("REGION", "eu")  # expect: NTR117/payload
    host = socket.gethostname()
    name = "fund"


class ActivitySettings:
    region = os.environ.get("REGION", "eu")


class Stage(enum.Enum):
    CURRENT = os.environ.get("STAGE", "test")  # expect: NTR117
    OTHER = "other"


@dataclass
class Row:
    name: str
    made: float = time.time()  # expect: NTR117


@dataclass
class ActivityRow:
    name: str
    made: float = time.time()


def stamped(name: str, at: float = time.time()) -> str:  # expect: NTR117
    return f"{name} {at}"


def stamped_in_activities(name: str, at: float = time.time()) -> str:
    return f"{name} {at}"


def expires() -> float:
    return EXPIRES


@activity.defn
async def book(value: object) -> object:
    row = ActivityRow(str(value))
    return [row, WORKER_STARTED, BUCKET, ACTIVITY_TOKEN, ActivitySettings.region]


@activity.defn
async def stamp(name: str) -> str:
    return stamped_in_activities(name)


@workflow.defn
class Reads:
    opened = time.time()  # expect: NTR117/payload

    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [
            STARTED,
            SEED,
            TODAY,
            TOKEN,
            BOTH,
            CHOSEN,
            TRIED,
            Settings.region,
            self.opened,
            Stage.CURRENT.value,
            Row(name),
            stamped(name),
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)


@runbook.defn
class Decides(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> str:
        if REGION == "eu":
            await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)
        if runbook.now().timestamp() > expires():
            return "late"
        for _ in range(LIMIT):
            await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)
        runbook.logger.info("on %s", HOST)
        return await runbook.execute_child_workflow("audit", name, id=f"audit-{RUN_TOKEN}")


@runbook.defn
class Constants(NtroWorkflow):
    title = "fund"

    @runbook.run
    async def run(self, name: str) -> list[object]:
        values = [VERSION, FUND, EPOCH, FOLDER, DIGEST, PATTERN.findall(name), OTHER]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="constants", title="Constants of classes")
    async def class_constants(self, name: str) -> None:
        values = [Settings.name, Stage.OTHER.value, self.title]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, WORKER_STARTED: float) -> None:
        BUCKET = "fixed"
        values = [WORKER_STARTED, BUCKET]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="given", title="Given by an activity")
    async def given(self, name: str) -> None:
        text = await runbook.execute_activity(stamp, name, start_to_close_timeout=SHORT)
        runbook.logger.info("stamped %s", text)


def main() -> str:
    return f"{MAIN_HOST} {WORKER_STARTED}"


if __name__ == "__main__":
    NEVER_READ_EITHER = time.time()
    main()

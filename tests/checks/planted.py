"""Small bundles with one planted fault each, for the checks that run a bundle again elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bundles import write_bundle

ACTIVITIES = """
@activity.defn(name="demo.a")
def a(value: Any) -> int: ...

@activity.defn(name="demo.b")
def b(value: Any) -> int: ...

@activity.defn(name="demo.read")
def read() -> list[int]: ...
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is planted: code at the top of the module, members of the class, the body of `run`."""

    run: str
    top: str = ""
    members: str = ""
    models: str = ""
    activities: str = ""
    takes: str = ""
    files: dict[str, str | None] = field(default_factory=dict)

    def write(self, root: Path, slug: str = "demo") -> Path:
        return write_bundle(
            root,
            slug,
            run=self.run,
            top=self.top,
            members=self.members,
            models=self.models,
            takes=self.takes,
            activities=ACTIVITIES + self.activities,
            files=self.files,
        )


BRANCH = """
if {condition}:
    await do(activities.a, 1)  # one way
else:
    await do(activities.b, 1)  # the other way
"""


def branch(condition: str, top: str = "", **parts: Any) -> Fault:
    return Fault(BRANCH.format(condition=condition), top, **parts)


def sends(value: str, top: str = "", **parts: Any) -> Fault:
    return Fault(f"await do(activities.a, {value})  # sent", top, **parts)


SEEN_ELSEWHERE = {
    "now-day-parity": branch("datetime.now().day % 2", "from datetime import datetime"),
    "now-past-a-year": branch("datetime.now().year >= 2026", "from datetime import datetime"),
    "now-by-getattr": branch(
        'getattr(datetime, "no" + "w")().day % 2', "from datetime import datetime"
    ),
    "now-as-default": branch(
        "Note().at.year % 2",
        models="from datetime import datetime\n\n"
        "class Note(BaseModel):\n    at: datetime = Field(default_factory=datetime.now)\n",
    ),
    "time-in-partial": branch(
        "partial(time.time)() > 1_800_000_000", "import time\nfrom functools import partial"
    ),
    "local-zone": branch("datetime.fromtimestamp(0).hour >= 12", "from datetime import datetime"),
    "random-branch": branch("random.random() < 0.5", "import random"),
    "environment-branch": branch('os.environ.get("FUND_MODE") == "1"', "import os"),
    "environment-flag": branch('os.getenv("STRICT", "false") == "true"', "import os"),
    "host": sends("socket.gethostname()", "import socket"),
    "directory": sends("os.getcwd()", "import os"),
    "process-id": sends("os.getpid()", "import os"),
    "hash-of-a-text": sends('hash("alder")'),
    "identity": sends("id(self)"),
    "set-order": Fault(
        "for fund in {'alder', 'birch', 'cedar', 'doum', 'elm', 'fir', 'gum', 'hazel'}:\n"
        "    await do(activities.a, fund)  # sent"
    ),
    "uuid": sends("str(uuid.uuid4())", "import uuid"),
    "uuid-by-map": sends("list(map(str, [uuid.uuid4()]))", "import uuid"),
    "uuid-as-default": sends(
        "Entry().number",
        models="import uuid\n\n"
        "class Entry(BaseModel):\n"
        "    number: str = Field(default_factory=lambda: str(uuid.uuid4()))\n",
    ),
    "uuid-as-direct-default": sends(
        "str(Entry().number)",
        models="import uuid\n\n"
        "class Entry(BaseModel):\n    number: uuid.UUID = Field(default_factory=uuid.uuid4)\n",
    ),
    "now-in-an-argument": sends("datetime.now().isoformat()", "from datetime import datetime"),
    "at-import": sends("STAMP", "from datetime import datetime\nSTAMP = datetime.now().year"),
}
"""Name -> a fault that a run in another process shows."""

SEEN_AGAIN = {
    "module-counter": sends("next(NUMBERS)", "import itertools\nNUMBERS = itertools.count(1)"),
    "class-level-list": Fault(
        "self.SEEN.append(1)\nawait do(activities.a, len(self.SEEN))  # sent",
        members="SEEN: list[int] = []\n",
    ),
    "module-list": Fault(
        "SEEN.append(1)\nif len(SEEN) > 1:\n    await do(activities.b, 1)  # sent\nreturn 1",
        "SEEN: list[int] = []\n",
    ),
    "cached-first-input": Fault(
        "OLD.setdefault('id', runbook.info().workflow_id)\n"
        "COUNT.append(1)\nreturn len(COUNT)  # sent",
        "OLD: dict[str, str] = {}\nCOUNT: list[int] = []\n",
    ),
    "uuid": SEEN_ELSEWHERE["uuid"],
    "uuid-by-map": SEEN_ELSEWHERE["uuid-by-map"],
    "uuid-as-default": SEEN_ELSEWHERE["uuid-as-default"],
    "uuid-as-direct-default": SEEN_ELSEWHERE["uuid-as-direct-default"],
    "now-in-an-argument": SEEN_ELSEWHERE["now-in-an-argument"],
    "time-in-partial": sends("partial(time.time)()", "import time\nfrom functools import partial"),
    "now-as-default": sends(
        "str(Note().at)",
        models="from datetime import datetime\n\n"
        "class Note(BaseModel):\n    at: datetime = Field(default_factory=datetime.now)\n",
    ),
    "now-by-getattr": sends(
        'str(getattr(datetime, "no" + "w")())', "from datetime import datetime"
    ),
    "uuid-in-a-signal-handler": Fault(
        "await self.await_signal_with_action(\n"
        "    predicate=lambda: bool(self.ids),\n"
        "    action=asks_for('slip', runbook.info().workflow_id),\n"
        ")\n"
        "await do(activities.a, self.ids)  # sent",
        "import uuid",
        members="ids: Any = None\n\n"
        "@runbook.signal\n"
        "def slip(self, event: dict[str, Any]) -> None:\n"
        "    self.ids = [str(uuid.uuid4())]\n",
    ),
}
"""Name -> a fault that a second run in the same process shows."""

SOUND = {
    "virtual-time": sends("runbook.now().isoformat()"),
    "workflow-ids": sends("runbook.info().workflow_id"),
    "sorted-set": Fault(
        "for fund in sorted({'alder', 'birch', 'cedar', 'doum', 'elm'}):\n"
        "    await do(activities.a, fund)"
    ),
    "types-of-times": Fault(
        "at = runbook.now()\n"
        "assert type(at) is datetime and isinstance(at, datetime)\n"
        "names = {datetime: 'time', date: 'day'}\n"
        "match at:\n"
        "    case datetime():\n"
        "        await do(activities.a, names[type(at)])",
        "from datetime import date, datetime",
    ),
    "attributes-called-now": Fault(
        "board = Board()\n"
        "board.now = [3]\n"
        "board.now[0] += 1\n"
        "await do(activities.a, [board.now, board.today(), getattr(board, 'utcnow', None)])",
        "class Board:\n    now: Any = None\n\n    def today(self) -> int:\n        return 4\n",
    ),
    "class-level-constants": sends("self.LIMITS", members="LIMITS = [1, 2, 3]\n"),
    "configured-activities": sends(
        "1",
        activities="import os\nfrom pathlib import Path\n"
        'URL = os.environ.get("SERVICE_URL", "http://localhost")\n'
        'PORT = int(os.environ.get("SERVICE_PORT", "80"))\n'
        'if os.environ.get("SERVICE_MODE", "plain") not in ("plain", "secure"):\n'
        '    raise ValueError("SERVICE_MODE")\n',
    ),
    "logging-and-gates": Fault(
        "runbook.logger.info('at work')\n"
        "answer = await self.wait_for_action(payload={'rows': [1]})\n"
        "await asyncio.sleep(60)\n"
        "return answer"
    ),
}
"""Name -> sound code that looks odd."""

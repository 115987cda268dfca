"""Faults planted in sample bundles, one at a time, as edits an author could have made.

`petty-cash`: a slip is uploaded, read by an activity, reviewed by a person, posted by an activity.
`invoice-batch`: invoices come until the inbox closes, and a person may edit their rows.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import libcst as cst

from tests.replay.editing import (
    Change,
    after,
    before,
    imported,
    in_turn,
    method_added,
    replaced,
    respelt,
)

WORKFLOW = "templates/workflow.py"


RUNBOOKS = Path(__file__).resolve().parents[2] / "fixtures/runbooks"
PETTY_CASH, INVOICE_BATCH = "petty-cash", "invoice-batch"


@dataclass(frozen=True)
class Fault:
    """One fault: what its author would say they wrote, and how it comes into which bundle."""

    name: str
    told: str
    change: Change
    bundle: str = PETTY_CASH


def planted(fault: Fault, destination: Path) -> Path:
    """Copy a fault's bundle, plant the fault in its workflow, and return the copy."""
    copy = destination / fault.name / fault.bundle
    shutil.copytree(RUNBOOKS / fault.bundle, copy, ignore=shutil.ignore_patterns("__pycache__"))
    file = copy / WORKFLOW
    module = cst.parse_module(file.read_text(encoding="utf-8"))
    changed = fault.change(module)
    assert changed.code != module.code, f"{fault.name} changes nothing"
    file.write_text(changed.code, encoding="utf-8")
    return copy


UPLOAD = "document_ref = await self._upload"
REVIEW = "slip, answer = await self._review"
DECIDE = "if decision_of"
POST = "posted = await self._post"
ANSWER = "answer = await self.wait_for_action"
RETURN = 'return PettyCashResult(status="posted"'


APPLIED = """
return await runbook.execute_activity(
    apply_edits,
    ApplyEditsInput(rows=rows, edits={}, rejected_rows=self._rejected_rows),
    start_to_close_timeout=ATTEMPT,
    schedule_to_close_timeout=RETRIES,
)
"""
NOTED = """
if found is not None and found.action == "edit_cell" and found.field in EDITABLE:
    self._edits.append(RowEdit(row_id=found.row_id, field=found.field, value=found.value))
"""


def sent(expression: str, needs: str = "") -> Change:
    """Send the value of an expression with the slip that is posted."""
    change = respelt("period=ctx.period", f"period={expression}")
    return imported(needs, change) if needs else change


def posted_twice_if(condition: str, needs: str = "") -> Change:
    """Post the slip once more on a condition."""
    change = before("run", POST, f"if {condition}:\n    await self._post(ctx, slip)\n")
    return imported(needs, change) if needs else change


_DIFFERS = (
    Fault(
        "clock-branch",
        "posts twice from 2026 on, by `datetime.now()`",
        posted_twice_if("datetime.now().year >= 2026", "from datetime import datetime\n"),
    ),
    Fault("clock-sent", "sends `time.time()`", sent("str(time.time())", "import time\n")),
    Fault(
        "clock-by-computed-name",
        'sends `getattr(datetime, "no" + "w")()`',
        sent('str(getattr(datetime, "no" + "w")())', "from datetime import datetime\n"),
    ),
    Fault(
        "clock-in-a-partial",
        "sends `partial(time.time)()`",
        sent("str(partial(time.time)())", "import time\nfrom functools import partial\n"),
    ),
    Fault(
        "clock-as-a-default",
        "sends a model whose `default_factory` is `datetime.now`",
        in_turn(
            imported(
                "from datetime import datetime\nfrom pydantic import BaseModel, Field\n"
                "\n\nclass Stamp(BaseModel):\n"
                "    at: datetime = Field(default_factory=datetime.now)\n",
                sent("str(Stamp().at)"),
            ),
        ),
    ),
    Fault(
        "clock-in-a-condition",
        "waits for a predicate that looks at `time.time()`",
        imported(
            "import time\n",
            before("run", POST, "await runbook.wait_condition(lambda: time.time() > 0)\n"),
        ),
    ),
    Fault(
        "random-branch",
        "posts twice when `random.random()` is small",
        posted_twice_if("random.random() < 0.5", "import random\n"),
    ),
    Fault(
        "random-unused",
        "draws `random.random()` and drops it",
        imported("import random\n", before("run", POST, "random.random()\n")),
    ),
    Fault("uuid-sent", "sends `uuid.uuid4()`", sent("str(uuid.uuid4())", "import uuid\n")),
    Fault(
        "uuid-in-a-handler",
        "notes a `uuid4` in the signal's handler, and sends it",
        imported(
            "import uuid\n",
            in_turn(
                after(
                    "document_submitted", "self._uploads.append", "self._mark = uuid.uuid4().hex\n"
                ),
                sent("self._mark"),
            ),
        ),
    ),
    Fault("identity-sent", "sends `id(slip)`", sent("str(id(slip))")),
    Fault("hash-sent", "sends `hash(slip.payee)`", sent("str(hash(slip.payee))")),
    Fault(
        "set-order",
        "sends the joined members of a set",
        sent('",".join({"alder", "birch", "cedar", "dogwood", "elder", "fir"})'),
    ),
    Fault(
        "environment-branch",
        "posts twice where a variable of the environment is not set",
        posted_twice_if('os.environ.get("SLIPS_ONCE") is None', "import os\n"),
    ),
    Fault("directory-sent", "sends `os.getcwd()`", sent("os.getcwd()", "import os\n")),
    Fault(
        "zone-sent",
        "sends `datetime.fromtimestamp(0)`",
        sent("str(datetime.fromtimestamp(0))", "from datetime import datetime\n"),
    ),
    Fault(
        "file-read",
        "sends the size of a file of the worker",
        sent('str(len(Path("/etc/hostname").read_text()))', "from pathlib import Path\n"),
    ),
    Fault(
        "thread-started",
        "starts a thread",
        imported(
            "import threading\n",
            before("run", POST, "threading.Thread(target=len, args=('',)).start()\n"),
        ),
    ),
    Fault(
        "module-counter",
        "numbers slips by a counter of the module",
        imported("import itertools\n\nNUMBERS = itertools.count()\n", sent("str(next(NUMBERS))")),
    ),
    Fault(
        "class-list",
        "keeps uploads in a list of the class",
        in_turn(
            before("__init__", "self._uploads", "pass\n"),
            replaced("__init__", "self._uploads", "self._seen.append('slip')\n"),
            method_added(
                "__init__", "_uploads: list[DocumentSubmitted] = []\n_seen: list[str] = []\n"
            ),
            sent("str(len(self._seen))"),
        ),
    ),
)

_DECISIONS = (
    Fault(
        "rejection-dropped",
        "posts whatever the answer is",
        replaced("run", DECIDE, "runbook.logger.info(str(answer))\n"),
    ),
    Fault(
        "another-key",
        "reads the decision from the key `choice`",
        replaced(
            "run",
            DECIDE,
            'if answer.get("choice") == "no":\n    return PettyCashResult(status="rejected")\n',
        ),
    ),
    Fault(
        "one-dialect",
        "rejects on the button's `kind` alone",
        replaced(
            "run",
            DECIDE,
            'if answer.get("kind") == "reject":\n    return PettyCashResult(status="rejected")\n',
        ),
    ),
    Fault(
        "opposite",
        "stops when the slip is approved",
        respelt('decision_of(answer) == "rejected"', 'decision_of(answer) == "approved"'),
    ),
    Fault(
        "attribute-of-a-dict",
        "reads `answer.action`, which the documentation shows",
        respelt('decision_of(answer) == "rejected"', 'answer.action == "rejected"'),
    ),
    Fault(
        "early-approval",
        "takes an answer though no gate is open",
        replaced("user_action", "if gate is not None", "super().user_action(action)\n"),
    ),
)

_INPUT = (
    Fault(
        "last-invoice-wins",
        "keeps only the last invoice of a batch",
        replaced(
            "invoice_received",
            "if not self._closed",
            "self._invoices = {event.document_ref: event}\n",
        ),
        INVOICE_BATCH,
    ),
    Fault(
        "edit-not-applied",
        "shows an edited row, and stores the old one",
        replaced("_apply_edits", "return await", APPLIED.format("[]")),
        INVOICE_BATCH,
    ),
    Fault(
        "edit-not-shown",
        "stores an edited row, and shows the old one",
        replaced("on_row_action", "if found is None", NOTED),
        INVOICE_BATCH,
    ),
)

_ROBUSTNESS = (
    Fault(
        "query-raises",
        "adds a query that raises until there is an upload",
        method_added(
            "document_submitted",
            "@runbook.query\ndef last_upload(self) -> str:\n"
            "    return self._uploads[-1].document_ref\n",
        ),
    ),
    Fault(
        "query-without-json",
        "adds a query whose answer has no JSON form",
        method_added(
            "document_submitted",
            "@runbook.query\ndef itself(self) -> object:\n    return object()\n",
        ),
    ),
    Fault(
        "query-counts",
        "adds a query that counts how often it is asked, and sends the count",
        in_turn(
            after("__init__", "self._uploads", "self._asked = 0\n"),
            method_added(
                "document_submitted",
                "@runbook.query\ndef asked(self) -> int:\n"
                "    self._asked += 1\n    return self._asked\n",
            ),
            sent("str(self._asked)"),
        ),
    ),
    Fault(
        "component-unknown",
        "names a component by a computed word that the task page does not have",
        respelt('"APPROVAL_FORM"', '"".join(["APPROVAL", "_", "SHEET"])'),
    ),
    Fault(
        "signal-nobody-handles",
        "asks the person to send a signal that nobody handles",
        respelt('"document_submitted"', '"_".join(["slip", "submitted"])'),
    ),
    Fault(
        "timeout-swallowed",
        "goes on after the upload's timeout as if something had come",
        imported(
            "import contextlib\n",
            replaced(
                "_upload",
                "await self.await_signal_with_action",
                "with contextlib.suppress(TimeoutError):\n"
                "    await self.await_signal_with_action(\n"
                "        predicate=lambda: bool(self._uploads),\n"
                '        action={"kind": "submit_file", "reason": "A slip.", "args": {\n'
                '            "signal_task_id": runbook.info().workflow_id,\n'
                '            "signal_name": "document_submitted"}},\n'
                "        timeout=UPLOAD_TIMEOUT,\n"
                "    )\n",
            ),
        ),
    ),
    Fault(
        "failure-swallowed",
        "reports a slip as posted though posting it failed",
        replaced(
            "run",
            POST,
            "try:\n    await self._post(ctx, slip)\nexcept Exception:\n"
            "    runbook.logger.warning('posting failed')\n"
            "posted = PostedSlip(entry_id='auto-mock', amount=slip.amount)\n",
        ),
    ),
    Fault(
        "failure-badly-handled",
        "looks for a field that the failure of an activity does not have",
        replaced(
            "run",
            POST,
            "try:\n    posted = await self._post(ctx, slip)\nexcept Exception as err:\n"
            "    return PettyCashResult(status='rejected', entry_id=err.entry_id)\n",
        ),
    ),
)

_ORDER = (
    Fault(
        "signal-before-its-list",
        "makes the list of uploads only when the step for them begins",
        in_turn(
            replaced("__init__", "self._uploads", "self._closed = False\n"),
            before("_upload", "await self.await_signal", "self._uploads = []\n"),
            before(
                "run",
                UPLOAD,
                "await runbook.execute_activity(\n    read_slip,\n"
                "    ReadSlipInput(tenant_slug=ctx.tenant_slug, document_ref='limits'),\n"
                "    start_to_close_timeout=ATTEMPT,\n    schedule_to_close_timeout=RETRIES,\n)\n",
            ),
        ),
    ),
    Fault(
        "second-upload-raises",
        "refuses a second upload with an exception in the handler",
        before(
            "document_submitted",
            "self._uploads.append",
            "assert not self._uploads, 'one slip at a time'\n",
        ),
    ),
    Fault(
        "posted-before-the-review",
        "posts the slip before the person has looked at it",
        in_turn(
            before("_review", ANSWER, "self._posted = await self._post(ctx, slip)\n"),
            replaced("run", POST, "posted = self._posted\n"),
        ),
    ),
)

_CHANGES = (
    Fault(
        "activity-removed",
        "no longer posts the slip",
        replaced("run", POST, "posted = PostedSlip(entry_id='auto-mock', amount=slip.amount)\n"),
    ),
    Fault(
        "timeout-changed",
        "gives people three days for the upload instead of two",
        respelt("timedelta(days=2)", "timedelta(days=3)"),
    ),
)

FAULTS = (*_DIFFERS, *_DECISIONS, *_INPUT, *_ROBUSTNESS, *_ORDER, *_CHANGES)
"""Hazards, decisions, input, robustness, order of events, and edits that break runs in flight."""

"""Imports that come with a fix: where they go and how they are written."""

from __future__ import annotations

import pytest

from tests.lint_rules.fixes.marked import fixed

USE = "\n\ndef f():\n    return «time-time|time.time()»\n"
USED = "\n\ndef f():\n    return runbook.now().timestamp()\n"

ADDED = {
    "nothing above": ("{t}", "from ntro.workflow import runbook\n"),
    "a docstring": ('"""Doc."""\n\n{t}', '"""Doc."""\n\nfrom ntro.workflow import runbook\n'),
    "a docstring over lines": (
        '"""Doc.\n\nMore.\n"""\n{t}',
        '"""Doc.\n\nMore.\n"""\n\nfrom ntro.workflow import runbook\n',
    ),
    "a future": (
        "from __future__ import annotations\n\n{t}",
        "from __future__ import annotations\n\nfrom ntro.workflow import runbook\n",
    ),
    "a licence": (
        "# (c)\n# mine\n\n{t}",
        "# (c)\n# mine\n\nfrom ntro.workflow import runbook\n",
    ),
    "a coding": (
        "#!/usr/bin/python\n# coding: utf-8\n{t}",
        "#!/usr/bin/python\n# coding: utf-8\n\nfrom ntro.workflow import runbook\n",
    ),
    "the standard library": (
        "import asyncio\n{t}import uuid\n",
        "import asyncio\nimport uuid\n\nfrom ntro.workflow import runbook\n",
    ),
    "all sections": (
        "import asyncio\n{t}\nimport httpx\nfrom pydantic import BaseModel\n\nfrom .a import b\n",
        "import asyncio\n\nimport httpx\nfrom ntro.workflow import runbook\n"
        "from pydantic import BaseModel\n\nfrom .a import b\n",
    ),
    "only its own": (
        "{t}\nfrom .a import b\n",
        "from ntro.workflow import runbook\n\nfrom .a import b\n",
    ),
    "only its own, close": (
        "{t}from .a import b\n",
        "from ntro.workflow import runbook\n\nfrom .a import b\n",
    ),
    "a name of its own": (
        "{t}\nfrom ntro.workflow import NtroWorkflow\n",
        "from ntro.workflow import NtroWorkflow, runbook\n",
    ),
    "names in order": (
        "{t}\nfrom ntro.workflow import NtroWorkflow, activity, set_runtime\n",
        "from ntro.workflow import NtroWorkflow, activity, runbook, set_runtime\n",
    ),
    "names in no order": (
        "{t}\nfrom ntro.workflow import set_runtime, activity\n",
        "from ntro.workflow import set_runtime, activity, runbook\n",
    ),
    "parentheses": (
        "{t}\nfrom ntro.workflow import (NtroWorkflow)\n",
        "from ntro.workflow import (NtroWorkflow, runbook)\n",
    ),
    "lines": (
        "{t}\nfrom ntro.workflow import (\n    NtroWorkflow,  # base\n    activity,  # all\n)\n",
        "from ntro.workflow import (\n    NtroWorkflow,  # base\n    activity,  # all\n"
        "    runbook,\n)\n",
    ),
    "lines, in the middle": (
        "{t}\nfrom ntro.workflow import (\n    NtroWorkflow,  # base\n    set_runtime,  # all\n)\n",
        "from ntro.workflow import (\n    NtroWorkflow,  # base\n    runbook,\n"
        "    set_runtime,  # all\n)\n",
    ),
    "lines, one name": (
        "{t}\nfrom ntro.workflow import (\n    NtroWorkflow,\n)\n",
        "from ntro.workflow import (\n    NtroWorkflow,\n    runbook,\n)\n",
    ),
    "lines, no last comma": (
        "{t}\nfrom ntro.workflow import (\n    NtroWorkflow,\n    activity\n)\n",
        "from ntro.workflow import (\n    NtroWorkflow,\n    activity,\n    runbook\n)\n",
    ),
    "lines that go on": (
        "{t}\nfrom ntro.workflow import NtroWorkflow, \\\n    activity\n",
        "from ntro.workflow import NtroWorkflow, \\\n    activity, \\\n    runbook\n",
    ),
    "a comment where the name would go": (
        "{t}\nfrom ntro.workflow import (\n    NtroWorkflow,\n    activity  # all\n)\n",
        "from ntro.workflow import (\n    NtroWorkflow,\n    activity  # all\n)\n"
        "from ntro.workflow import runbook\n",
    ),
    "told to leave the line alone": (
        "{t}\nfrom ntro.workflow import NtroWorkflow  # noqa: F401\n",
        "from ntro.workflow import NtroWorkflow  # noqa: F401\nfrom ntro.workflow import runbook\n",
    ),
    "a star": (
        "{t}\nfrom ntro.workflow import *\n",
        "from ntro.workflow import *\nfrom ntro.workflow import runbook\n",
    ),
    "a relative module of the same name": (
        "{t}\nfrom .ntro.workflow import NtroWorkflow\n",
        "from ntro.workflow import runbook\n\nfrom .ntro.workflow import NtroWorkflow\n",
    ),
    "a possible import": (
        "{t}\nif x:\n    from ntro.workflow import NtroWorkflow\n",
        "from ntro.workflow import runbook\n\nif x:\n    from ntro.workflow import NtroWorkflow\n",
    ),
    "an import in a with": (
        "{t}\nwith passed_through():\n    from ntro.workflow import NtroWorkflow\n",
        "with passed_through():\n    from ntro.workflow import NtroWorkflow, runbook\n",
    ),
    "several on one line": (
        "import asyncio; {s}import uuid\n",
        "import asyncio; import uuid\n\nfrom ntro.workflow import runbook\n",
    ),
    "a docstring on the line": (
        '"""Doc."""; import asyncio\n{t}',
        '"""Doc."""; import asyncio\n\nfrom ntro.workflow import runbook\n',
    ),
}


@pytest.mark.parametrize(("before", "after"), ADDED.values(), ids=ADDED)
def test_the_facade_is_imported_where_it_belongs(before: str, after: str) -> None:
    head = before.format(t="import time\n", s="import time; ")
    assert fixed(head + USE) == after + USED


def test_a_module_without_imports_gets_its_first() -> None:
    use = "def f():\n    «print-to-logger|print('a')»\n"
    used = "def f():\n    runbook.logger.info('a')\n"
    line = "from ntro.workflow import runbook\n"
    assert fixed(use) == f"{line}\n\n{used}"
    assert fixed(f"x = 1\n{use}") == f"{line}\nx = 1\n{used}"
    assert fixed(f"# about f\n{use}") == f"{line}\n\n# about f\n{used}"
    assert fixed(f'"""Doc."""\n{use}') == f'"""Doc."""\n\n{line}\n\n{used}'
    assert fixed(f"@x\n{use}") == f"{line}\n\n@x\n{used}"


def test_an_import_below_a_last_line_without_a_break_begins_one() -> None:
    before = "'Doc.'; f = lambda: «print-to-logger|print('a')»"
    after = "'Doc.'; f = lambda: runbook.logger.info('a')\n\nfrom ntro.workflow import runbook"
    assert fixed(before) == after

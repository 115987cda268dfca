"""Imports that go with a fix: how they are taken out, and what keeps one there."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.lint_rules.fixes.marked import fixed

USE = "\n\ndef f():\n    return «time-time|time.time()»\n"
GONE = {
    "a line": ("import time\nimport os\n", "import os\n"),
    "a line in a section of its own": (
        '"""Doc."""\n\nimport time\n\nimport httpx\n',
        '"""Doc."""\n\nimport httpx\n',
    ),
    "the only line": ('"""Doc."""\n\nimport time\n\nx = 1\n', '"""Doc."""\n\nx = 1\n'),
    "the only line of the file's head": ("import time\n\n\nx = 1\n", "x = 1\n"),
    "a line with a comment": ("import time  # clocks\nimport os\n", "import os\n"),
    "a name": ("import os, time\n", "import os\n"),
    "a first name": ("import time, os\n", "import os\n"),
    "a statement on a line": ("import os; import time\n", "import os\n"),
    "a first statement on a line": ("import time; import os\n", "import os\n"),
    "a statement between others": ("import os; import time; x = 1\n", "import os; x = 1\n"),
    "a line that goes on": ("import \\\n  time\nimport os\n", "import os\n"),
    "in a with": (
        "with x:\n    import time\n    import os\n",
        "with x:\n    import os\n",
    ),
    "below other statements": ("x = 1\nimport time\ny = 2\n", "x = 1\ny = 2\n"),
}


@pytest.mark.parametrize(("before", "after"), GONE.values(), ids=GONE)
def test_an_import_goes_with_its_last_use(before: str, after: str) -> None:
    use = "from ntro.workflow import runbook as r\ndef f(): return «time-time|time.time()»\n"
    used = "from ntro.workflow import runbook as r\ndef f(): return r.now().timestamp()\n"
    assert fixed(before + use) == after + used


NAMES = {
    "the only one": ("from time import time\n", ""),
    "the first": ("from time import time, sleep\n", "from time import sleep\n"),
    "the last": ("from time import sleep, time\n", "from time import sleep\n"),
    "the middle": ("from time import a, time, b\n", "from time import a, b\n"),
    "in parentheses": ("from time import (sleep, time)\n", "from time import (sleep)\n"),
    "with a last comma": ("from time import (sleep, time,)\n", "from time import (sleep,)\n"),
    "on a line": (
        "from time import (\n    sleep,  # s\n    time,  # t\n    z,  # z\n)\n",
        "from time import (\n    sleep,  # s\n    z,  # z\n)\n",
    ),
    "on the last line": (
        "from time import (\n    sleep,  # s\n    time,\n)\n",
        "from time import (\n    sleep,  # s\n)\n",
    ),
    "on the last line, no comma": (
        "from time import (\n    sleep,\n    time\n)\n",
        "from time import (\n    sleep\n)\n",
    ),
    "on the last line, no comma, after a comment": (
        "from time import (\n    sleep,  # s\n    time\n)\n",
        "from time import (\n    sleep,  # s\n)\n",
    ),
    "beside itself": ("from time import time, time as t\n", "from time import time as t\n"),
}


@pytest.mark.parametrize(("before", "after"), NAMES.values(), ids=NAMES)
def test_a_name_goes_from_an_import_of_several(before: str, after: str) -> None:
    use = "from ntro.workflow import runbook as r\ndef f(): return «time-time|time()»\n"
    used = "from ntro.workflow import runbook as r\ndef f(): return r.now().timestamp()\n"
    assert fixed(before + use) == after + used


def test_imports_in_a_function_go_too() -> None:
    before = """\
        from ntro.workflow import runbook


        def f():
            import time
            from datetime import UTC, datetime

            return «time-time|time.time()», «now-utc|datetime.now(UTC)»


        def g(): import time; return «time-time|time.time()»
    """
    after = """\
from ntro.workflow import runbook


def f():

    return runbook.now().timestamp(), runbook.now()


def g(): return runbook.now().timestamp()
"""
    assert fixed(before).rstrip(" ") == after


KEPT = {
    "another use": ("from mine import box", "x = box.y"),
    "a use in a class": ("from mine import box", "class C:\n  x = box.y"),
    "a use in an annotation": ("from mine import box", "x: box.T"),
    "a use in a starred annotation": ("from mine import box", "def g(*x: *box.T): pass"),
    "a use in a string annotation": ("from mine import box", "x: 'list[box.T]'"),
    "a use in a string that warns": ("from mine import box", "x = \"[box, '\\\\d']\""),
    "a use in a type comment": ("from mine import box", "x = y  # type: box.T"),
    "a use in a decorator": ("from mine import box", "@box.x\ndef g(): pass"),
    "deleted later": ("from mine import box", "del box"),
    "changed from afar": ("from mine import box", "def g():\n  global box\n  box = 1"),
    "exported": ("from mine import box", "__all__ = ['f', 'box']"),
    "exports unseen": ("from mine import box", "__all__ = names()"),
    "told to leave it": ("from mine import box  # noqa: F401", "x = 1"),
    "told to leave all lines": ("from mine import (  # NOQA\n  box\n)", "x = 1"),
    "possible": ("if x:\n  from mine import box\n  y = 1", "x = 1"),
    "for types": ("if TYPE_CHECKING:\n  from mine import box\n  y = 1", "x = 1"),
    "one of two": ("try:\n  import box\nexcept ImportError:\n  box = None", "x = 1"),
    "meant for others": ("from mine import box as box", "x = 1"),
    "alone in a with": ("with x:\n  from mine import box", "y = 1"),
    "imported twice": ("from mine import box\nfrom mine import box", "x = 1"),
    "loads a part": ("import box.part", "x = 1"),
}


@pytest.mark.parametrize(("imports", "more"), KEPT.values(), ids=KEPT)
def test_an_import_with_another_purpose_stays(imports: str, more: str) -> None:
    use = "def f(): «logging-to-logger|box.log.info('a')»\n"
    used = "def f(): runbook.logger.info('a')\n"
    head = f"from ntro.workflow import runbook\n{imports}\n{more}\n"
    assert fixed(head + use) == head + used


def test_an_import_without_another_purpose_goes() -> None:
    use = "def f(): «logging-to-logger|box.log.info('a')»\n"
    head = "from ntro.workflow import runbook\n"
    assert fixed(f"{head}from mine import box\n{use}").startswith(f"{head}def f()")


def test_an_import_that_others_take_stays() -> None:
    before = f"import time\nfrom ntro.workflow import runbook\n{USE}"
    assert fixed(before).startswith("from ntro")
    assert fixed(before, keep={"time"}).startswith("import time\nfrom ntro")


def test_an_import_the_fix_itself_uses_stays() -> None:
    before = """\
        from datetime import datetime, timezone
        from ntro.workflow import runbook
        def f(x):
            return «now-utc|datetime.now(timezone.utc)», «add-utc|x.astimezone()»
    """
    after = """\
        from datetime import timezone
        from ntro.workflow import runbook
        def f(x):
            return runbook.now(), x.astimezone(tz=timezone.utc)
    """
    assert fixed(before) == dedent(after)


def test_a_word_in_a_text_is_no_use() -> None:
    before = (
        'import time\nfrom ntro.workflow import runbook\ndef f(): "time"; return '
        "'at the time', «time-time|time.time()»  # time\n"
    )
    assert "import time" not in fixed(before)

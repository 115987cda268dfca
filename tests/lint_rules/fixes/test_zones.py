"""Time zones: UTC is named, by a name the module has or gets."""

from __future__ import annotations

import pytest

from tests.lint_rules.fixes.marked import fixed, refusal

CALLS = {
    "from seconds": ("datetime.fromtimestamp(x)", "datetime.fromtimestamp(x, tz={utc})"),
    "from seconds, None": (
        "datetime.fromtimestamp(x, None)",
        "datetime.fromtimestamp(x, {utc})",
    ),
    "from seconds, None by keyword": (
        "datetime.fromtimestamp(x, tz=None)",
        "datetime.fromtimestamp(x, tz={utc})",
    ),
    "from seconds, over lines": (
        "datetime.fromtimestamp(\n    x,\n  )",
        "datetime.fromtimestamp(\n    x,\n    tz={utc},\n  )",
    ),
    "from parentheses": (
        "datetime.fromtimestamp((x) )",
        "datetime.fromtimestamp((x), tz={utc} )",
    ),
    "astimezone": ("x.astimezone()", "x.astimezone(tz={utc})"),
    "astimezone None": ("x.astimezone(None)", "x.astimezone({utc})"),
    "astimezone of a call": (
        "datetime(2026, 1, 1).astimezone()",
        "datetime(2026, 1, 1).astimezone(tz={utc})",
    ),
}
IMPORTS = {
    "timezone is there": (
        "from datetime import datetime, timezone\n",
        "from datetime import datetime, timezone\n",
        "timezone.utc",
    ),
    "UTC is there": (
        "from datetime import UTC, datetime\n",
        "from datetime import UTC, datetime\n",
        "UTC",
    ),
    "the module is there": (
        "import datetime as dt\nfrom datetime import datetime\n",
        "import datetime as dt\nfrom datetime import datetime\n",
        "dt.UTC",
    ),
    "neither is there": (
        "from datetime import datetime\n",
        "from datetime import datetime, timezone\n",
        "timezone.utc",
    ),
    "the name is taken": (
        "from datetime import datetime\nfrom django.utils import timezone\n",
        "from datetime import datetime, timezone as datetime_timezone\n"
        "from django.utils import timezone\n",
        "datetime_timezone.utc",
    ),
}


@pytest.mark.parametrize(("imports", "imports_after", "utc"), IMPORTS.values(), ids=IMPORTS)
@pytest.mark.parametrize(("before", "after"), CALLS.values(), ids=CALLS)
def test_a_moment_is_given_utc(
    before: str, after: str, imports: str, imports_after: str, utc: str
) -> None:
    marked = f"{imports}def f(x):\n  return «add-utc|{before}»\n"
    expected = f"{imports_after}def f(x):\n  return {after.format(utc=utc)}\n"
    assert fixed(marked) == expected


def test_one_call_inside_another_is_given_utc_too() -> None:
    before = (
        "from datetime import datetime\n"
        "x = «add-utc|«add-utc|datetime.fromtimestamp(1)».astimezone()»\n"
    )
    after = (
        "from datetime import datetime, timezone\n"
        "x = datetime.fromtimestamp(1, tz=timezone.utc).astimezone(tz=timezone.utc)\n"
    )
    assert fixed(before) == after


def test_a_method_under_another_name_is_given_utc() -> None:
    before = "import datetime\nmake = datetime.datetime.fromtimestamp\nx = «add-utc|make(1)»\n"
    assert fixed(before).endswith("x = make(1, tz=datetime.UTC)\n")


def test_a_name_read_at_import_is_imported_before() -> None:
    late = "from datetime import UTC, datetime\n"
    before = f"from mine import x\ny = «add-utc|x.astimezone()»\n{late}"
    after = (
        "from datetime import timezone\n\nfrom mine import x\ny = x.astimezone(tz=timezone.utc)\n"
    )
    assert fixed(before) == after + late
    in_time = "from datetime import date\nfrom mine import x\ny = «add-utc|x.astimezone()»\n"
    assert fixed(in_time).startswith("from datetime import date, timezone\nfrom mine")
    in_function = f"from mine import x\nf = lambda: «add-utc|x.astimezone()»\n{late}"
    assert "f = lambda: x.astimezone(tz=UTC)\n" in fixed(in_function)


BAD = {
    "a zone": ("datetime.fromtimestamp(x, zone)", "it is given a time zone"),
    "a zone by keyword": ("datetime.fromtimestamp(x, tz=zone)", "it is given a time zone"),
    "too much": (
        "datetime.fromtimestamp(x, None, 1)",
        "it has more arguments than the fix can carry over",
    ),
    "no moment": ("datetime.fromtimestamp()", "it does not say which moment"),
    "starred": ("datetime.fromtimestamp(*x)", "it passes arguments with `*`"),
    "another function": ("datetime.fromisoformat(x)", "it is not plainly a method of a datetime"),
    "a generator": (
        "datetime.fromtimestamp(y for y in x)",
        "it is given a generator without parentheses of its own",
    ),
}


@pytest.mark.parametrize(("call", "reason"), BAD.values(), ids=BAD)
def test_other_calls_are_left(call: str, reason: str) -> None:
    marked = f"from datetime import datetime\ndef f(x, zone):\n  «add-utc|{call}»\n"
    assert refusal(marked) == reason

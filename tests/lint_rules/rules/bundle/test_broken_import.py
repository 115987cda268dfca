"""Imports of the bundle's modules that fail on the worker, and such that do not or may not."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.linted import lint_texts
from tests.lint_rules.petty_cash import planted, said, sound

A = "templates/activities.py"
HEAD = "from ntro.workflow import WorkflowError, activity\n"


def importing(line: str, code: str = "NTR511", **files: str) -> list[Finding]:
    """Lint the bundle with a line before the imports of its activities."""
    more = {f"templates/{name}.py": text for name, text in files.items()}
    return planted(code, (A, HEAD, f"{line}\n{HEAD}"), files=more)


@pytest.mark.parametrize(
    ("line", "words", "alternative"),
    [
        ("from .model import Slip", "no module `templates/model.py`", "`.models`"),
        ("from .shared.money import x", "no module `templates/shared/money.py`", None),
        ("from . import modells", "no module `templates/modells.py`", "`models`"),
        ("from .models import Slipp", "`templates/models.py` has no `Slipp`", "`Slip`"),
        ("from .models import Slip, Nothing", "has no `Nothing`", None),
        ("from ..models import Slip", "`from ..models` leaves the package", None),
        ("from ...petty import Slip", "`from ...petty` leaves the package", None),
        (
            "from templates.models import Slip",
            "the worker knows no module `templates.models`",
            "`from .models import Slip`",
        ),
        ("import templates.models", "no module `templates.models`", "`from . import models`"),
        ("from models import Slip", "no module `models`", "`from .models import Slip`"),
        ("import models as m", "no module `models`", "`from . import models`"),
    ],
)
def test_an_import_that_fails_at_deploy_is_an_error(
    line: str, words: str, alternative: str | None
) -> None:
    [found] = importing(line, "NTR5")
    assert (found.code, found.severity, found.place.line) == ("NTR511", "error", 7)
    assert words in found.message
    assert alternative is None or found.alternative == alternative


def test_an_import_in_a_function_fails_when_it_runs() -> None:
    line = "    from ntro.data import get_data_plane\n    from ntro.ingest import fetch"
    new = "    from .slips import parse\n" + line
    assert said(planted("NTR511", (A, line, new))) == ["activities.py:15 NTR511"]


def test_an_import_that_is_passed_through_runs_like_any_other() -> None:
    line = "with workflow.unsafe.imports_passed_through():\n    from .fast import parse"
    found = importing(f"from temporalio import workflow\n{line}")
    assert said(found) == ["activities.py:9 NTR511"]


def test_a_module_that_is_not_there_is_said_once_for_all_its_names() -> None:
    assert said(importing("from .model import Slip, PostedSlip, ReadSlipInput")) == [
        "activities.py:7 NTR511"
    ]


def test_modules_in_packages_below_find_those_above() -> None:
    inside = {
        "templates/money/__init__.py": "from .rounding import cents\n",
        "templates/money/rounding.py": "from ..models import Slip, Gone\ncents = 2\n",
    }
    found = planted("NTR511", (A, HEAD, f"from .money import cents, up\n{HEAD}"), files=inside)
    assert sorted(said(found)) == ["activities.py:7 NTR511", "rounding.py:1 NTR511"]
    assert {"`templates/money/__init__.py` has no `up`", "`templates/models.py` has no `Gone`"} == {
        finding.message for finding in found
    }


@pytest.mark.parametrize(
    "line",
    [
        "from . import models",
        "from .models import *",
        "from .models import Slip as Slip2",
        "from .models import __doc__, __name__",
        "import decimal, yaml, models_of_others",
        "try:\n    from .fast import parse\nexcept ImportError:\n    parse = None",
        "if True:\n    from .fast import parse",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .types import T",
        "from ntro.workflow import nothing_of_the_kind",
        "import contextlib\nwith contextlib.suppress(ImportError):\n    from .fast import parse",
    ],
)
def test_what_is_there_depends_or_belongs_to_others_is_not_reported(line: str) -> None:
    assert importing(line) == []


@pytest.mark.parametrize(
    "code",
    [
        "limit = 1",
        "def limit(): ...",
        "class limit: ...",
        "import os as limit",
        "for limit in (1, 2): pass",
        "with open('x') as limit: pass",
        "if (limit := 1): pass",
        "try:\n    from a import limit\nexcept ImportError:\n    limit = 1",
        "def f():\n    global limit\n    limit = 1\nf()",
        "def __getattr__(name): ...",
        "globals()['limit'] = 1",
        "exec('limit = 1')",
        "from .more import *",
        "from elsewhere import *",
        "match 1:\n    case limit: pass",
    ],
)
def test_a_name_that_a_module_may_make_is_there(code: str) -> None:
    more = {"other": code + "\n", "more": "limit = 1\n"}
    assert importing("from .other import limit", **more) == []


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x: int",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import limit",
        "from .more import *",
        "from .other import *",
        "class K:\n    limit = 1",
        "def f():\n    limit = 1",
    ],
)
def test_a_name_that_a_module_never_makes_is_not(code: str) -> None:
    found = importing("from .other import limit", other=code + "\n", more="other = 1\n")
    assert said(found) == ["activities.py:7 NTR511"]


def test_a_module_that_cannot_be_parsed_is_reported_by_that_alone() -> None:
    found = importing("from .other import limit", "ALL", other="def (:\n")
    assert [place for place in said(found) if "NTR512" not in place] == ["other.py:1 NTR901"]


def test_an_extension_module_is_a_module() -> None:
    built = {"templates/fast.cpython-311-x86_64-linux-gnu.so": b"\x7fELF"}
    line = f"from .fast import parse\n{HEAD}"
    assert planted("NTR511", (A, HEAD, line), files=built) == []


def test_a_required_file_that_is_missing_is_reported_by_that_rule() -> None:
    files = {f"petty-cash/{n}": d for n, d in sound().items() if n != "templates/activities.py"}
    assert list(lint_texts(files, select=("NTR511",)).findings) == []

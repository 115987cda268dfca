"""What the code imports, a requirement brings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint_rules.petty_cash import planted
from tests.lint_rules.requirements.site import install
from tests.lint_rules.rules.requirements.asking import NTRO, SOUND, importing


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("import pandas", "pandas"),
        ("import pandas as pd", "pandas"),
        ("import os, pandas.io.excel", "pandas"),
        ("from pandas import DataFrame", "pandas"),
        ("from pandas import *", "pandas"),
        ("def read():\n    import pandas", "pandas"),
        ("def read(kind):\n    if kind == 'xlsx':\n        import pandas", "pandas"),
        ("try:\n    import pandas\nexcept ValueError:\n    pass", "pandas"),
        ("try:\n    import pandas\nexcept ImportError:\n    raise", "pandas"),
        ("with open('x'):\n    import pandas", "pandas"),
        ("import sklearn", "scikit-learn"),
        ("import bs4", "beautifulsoup4"),
        ("from google.cloud import storage", "google-cloud-storage"),
        ("import fund_helpers", "fund-helpers"),
    ],
)
def test_an_import_that_nothing_brings_is_reported(line: str, wanted: str) -> None:
    [found] = importing("NTR6", line)
    assert (found.code, found.severity) == ("NTR609", "error")
    assert found.place.path.endswith("templates/activities.py")
    assert "on the worker its import fails" in found.message
    assert found.alternative is not None
    assert f"`{wanted}==" in found.alternative


def test_the_place_is_the_first_import_of_each_package() -> None:
    found = importing("NTR609", "import pandas\nimport requests\nfrom pandas import Series")
    assert [(f.place.line, f.place.column) for f in found] == [(5, 8), (6, 8)]


def test_modules_of_subledgers_count_and_tests_do_not() -> None:
    files = {"subledgers/cash.py": "import pandas\n", "tests/test_x.py": "import requests\n"}
    [found] = planted("NTR609", files=files)
    assert found.place.path.endswith("subledgers/cash.py")


def test_the_extra_that_would_bring_it_is_named(site: Path) -> None:
    text = "ntro==0.1.2\ntemporalio==1.35.0\nasyncpg==0.32.0\npydantic==2.14.3\n"
    [found] = importing("NTR609", "import openpyxl", text)
    assert found.alternative is not None
    assert "`openpyxl==...`" in found.alternative
    assert "ntro[workflow]" in found.alternative
    assert site.is_dir()


def test_the_installed_version_is_the_one_to_write(site: Path) -> None:
    install(site, "Cash-Tools", "1.2", modules=["cashtools/"])
    [found] = importing("NTR609", "import cashtools")
    assert found.alternative is not None
    assert "`Cash-Tools==1.2`" in found.alternative


@pytest.mark.parametrize(
    "line",
    [
        "import pydantic",
        "import yaml, dateutil.parser, httpx",
        "import temporalio, asyncpg, openpyxl, pdfplumber, PIL",
        "from google.protobuf import json_format",
        "import annotated_types",
        "import json, zoneinfo, __future__",
        "import templates.models, subledgers.cash, models",
        "from . import models",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas",
        "try:\n    import pandas\nexcept ImportError:\n    pandas = None",
        "try:\n    import pandas\nexcept (ValueError, ModuleNotFoundError):\n    pandas = None",
        "try:\n    import json\nexcept ImportError:\n    import pandas",
        "import contextlib\nwith contextlib.suppress(ImportError):\n    import pandas",
        "import sys\nif sys.version_info < (3, 12):\n    import pandas\nelse:\n    import requests",
        "import sys\ndef read():\n    if sys.platform == 'win32':\n        import pandas",
        "if __name__ == '__main__':\n    import pandas",
        "from google.somewhere import something",
        "import importlib\npandas = importlib.import_module('pandas')",
        "import setuptools",
    ],
)
def test_what_is_brought_or_optional_or_our_own_is_fine(line: str) -> None:
    assert importing("NTR609", line) == []


@pytest.mark.parametrize("listed", ["pandas==3.0.0", "Pandas==3.0.0", "pandas @ https://x/p.whl"])
def test_a_line_of_its_own_brings_it(listed: str) -> None:
    assert importing("NTR609", "import pandas", f"{SOUND}{listed}\n") == []


def test_what_another_line_needs_is_brought(site: Path) -> None:
    install(site, "reports", needs=["tables-of-figures"])
    install(site, "tables-of-figures", modules=["figures/"])
    assert importing("NTR609", "import figures", f"{SOUND}reports==1.0\n") == []
    assert len(importing("NTR609", "import figures")) == 1


@pytest.mark.parametrize("listed", ["strange-thing==1", "-r base.txt", "pandas=3", "./wheels"])
def test_a_line_of_which_nobody_knows_what_it_brings_may_bring_it(listed: str) -> None:
    assert importing("NTR609", "import pandas", f"{SOUND}{listed}\n") == []


def test_a_listed_package_may_have_any_names_where_its_files_are_elsewhere(site: Path) -> None:
    install(site, "cash-tools")
    assert importing("NTR609", "import figures", f"{SOUND}cash-tools==1.0\n") == []


def test_a_module_that_cannot_be_read_hides_its_imports_only() -> None:
    assert importing("NTR609", "import pandas", NTRO)[0].place.line == 5
    assert planted("NTR609", files={"templates/other.py": "import (\n"}) == []

"""The examples of `docs/property-tests.md` are run as they stand there."""

from __future__ import annotations

import re
import unittest
from typing import Any

import pytest

from tests.bundles import ROOT, script

pytest.importorskip("hypothesis", reason="the examples need hypothesis")

PAGE = (ROOT / "docs/property-tests.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("source", EXAMPLES)
def test_an_example_of_the_page_passes(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "fixtures")
    module: dict[str, Any] = {"__name__": "example"}
    exec(source, module)
    tests = [value for name, value in module.items() if name.lower().startswith("test")]
    assert tests
    for test in tests:
        if isinstance(test, type):
            result = unittest.TestResult()
            unittest.defaultTestLoader.loadTestsFromTestCase(test).run(result)
            assert (result.testsRun, result.failures + result.errors) == (1, [])
        else:
            test()


def test_without_hypothesis_one_line_says_what_to_install() -> None:
    done = script(
        """
        import sys
        sys.modules["hypothesis"] = None
        import ntro_testkit.strategies
        """
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "ModuleNotFoundError: ntro_testkit.strategies needs hypothesis: "
        "pip install 'ntro-testkit[explore]'"
    )

"""All fixes together, made as `--fix` makes them, whatever the file ends its lines with."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_rules.config.settings import Settings
from lint_rules.engine import Run
from lint_rules.fixing.fix_run import FixRun, fix
from tests.lint_rules.linted import write
from tests.lint_rules.petty_cash import sound
from tests.lint_rules.requirements.site import install
from tests.lint_rules.rules.requirements.asking import FILE

BEFORE = """\
# what the worker installs
Ntro == 0.1.2  # the SDK
pydantic>=2
PyDantic>=2
httpx [HTTP2] ==0.28.1 ; os_name == 'posix'
pytest==9.2.0
"""
SAFELY = """\
# what the worker installs
ntro[workflow]==0.1.2  # the SDK
pydantic>=2
httpx[http2]==0.28.1 ; os_name == 'posix'
pytest==9.2.0
"""
WHOLLY = """\
# what the worker installs
ntro[workflow]==0.1.2  # the SDK
pydantic==2.14.3
httpx[http2]==0.28.1 ; os_name == 'posix'
"""


def fixed(root: Path, data: bytes, *, unsafe: bool) -> FixRun:
    files = {f"petty-cash/{name}": text for name, text in {**sound(), FILE: data}.items()}
    write(root, files)
    return fix([root], Settings(root, select=("NTR6",)), Run(jobs=1), unsafe=unsafe)


@pytest.mark.parametrize(("unsafe", "after"), [(False, SAFELY), (True, WHOLLY)])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_fixes_change_the_faults_alone(
    site: Path, unsafe: bool, after: str, mark: bytes, end: str
) -> None:
    install(site, "pydantic", "2.14.3")
    data = mark + BEFORE.replace("\n", end).encode()
    done = fixed(site / "project", data, unsafe=unsafe)
    [file] = done.files
    assert file.before == data
    assert file.after == mark + after.replace("\n", end).encode()
    assert done.not_applied == ()
    left = {finding.code for finding in done.linted.report.findings}
    assert left == (set() if unsafe else {"NTR603", "NTR606"})

"""Large projects: time that grows with their size and no faster, and little memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lint_rules.facts.parsing import MAX_BYTES
from tests.lint_rules.linted import HEAD, flow, lint_texts, within, write

STATUS = Path("/proc/self/status")

needs_the_peak = pytest.mark.skipif(
    not STATUS.exists(), reason="only Linux tells the peak of a process without its parent's"
)

MEASURED = f"""
import sys, time
from pathlib import Path
from lint_rules.config.settings import Settings
from lint_rules.engine import lint
root = Path(sys.argv[1])
started = time.process_time()
report = lint([root], Settings(root), jobs=1)
spent = time.process_time() - started
peak = int(Path("{STATUS}").read_text().partition("VmHWM:")[2].split()[0]) // 1024
print(len(report.findings), report.summary.files, round(spent, 1), peak)
"""


def measured(root: Path) -> tuple[int, int, float, int]:
    """Return findings, files, seconds and MiB of a lint in a process of its own.

    `getrusage` would not do: its peak outlives `exec`, so that of a large test process counts.
    """
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, str(root)], capture_output=True, check=True, timeout=120
    )
    findings, files, seconds, peak = ran.stdout.split()
    return int(findings), int(files), float(seconds), int(peak)


@needs_the_peak
def test_two_thousand_modules_are_linted_in_little_memory(tmp_path: Path) -> None:
    files = {
        f"m{n}.py": f"import time\ndef f{n}(x):\n    return time.time()\n" for n in range(2000)
    }
    imports = "".join(f"from m{n} import f{n}\n" for n in range(2000))
    calls = "".join(f"f{n}(given)\n" for n in range(2000))
    write(tmp_path, files | {"flow.py": flow(calls, imports)})
    findings, looked_at, seconds, peak = measured(tmp_path)
    assert (findings, looked_at) == (2000, 2001)
    assert peak < 300
    assert seconds < 20


@needs_the_peak
def test_the_largest_module_that_is_read_needs_little_memory(tmp_path: Path) -> None:
    text = (
        "def f{n}(a):\n    b = [c for c in a]\n    if b:\n        return str(b)\n    return {n}\n"
    )
    count = MAX_BYTES // (len(text) + 10)
    library = HEAD + "".join(text.format(n=n) for n in range(count))
    write(
        tmp_path, {"flow.py": flow("return f0(time.time())", "from m import f0"), "m.py": library}
    )
    findings, looked_at, seconds, peak = measured(tmp_path)
    assert (findings, looked_at) == (1, 2)
    assert peak < 512
    assert seconds < 20


def test_what_is_too_large_is_said_and_not_read() -> None:
    files = {
        "flow.py": flow("return f(time.time())", "from m import f"),
        "m.py": b"x = 1\n" * 10**6,
    }
    with within(5):
        report = lint_texts(files)
    assert [f.code for f in report.findings] == ["NTR101", "NTR901"]
    assert "too large" in report.findings[1].message


def growth(make: Callable[[int], dict[str, str]], small: int, large: int) -> float:
    """Return how many times longer the larger project takes, per unit of size."""

    def spent(size: int) -> float:
        files = make(size)
        times = []
        for _ in range(2):
            started = time.process_time()
            lint_texts(files)
            times.append(time.process_time() - started)
        return min(times)

    spent(2)
    with within(60):
        return spent(large) / spent(small) / (large / small)


def workflows(attribute: str) -> Callable[[int], dict[str, str]]:
    body = "self.{a} = time.time()\nif self.{a}:\n    await asyncio.sleep(1)\nreturn f(self.{a})"

    def make(count: int) -> dict[str, str]:
        files = {
            f"w{n}.py": flow(body.format(a=attribute.format(n=n)), "from helper import f", f"W{n}")
            for n in range(count)
        }
        return files | {"helper.py": "import time\ndef f(x):\n    return time.time() + x\n"}

    return make


def test_three_hundred_workflows_take_three_times_as_long_as_a_hundred() -> None:
    assert growth(workflows("state{n}"), 100, 300) < 1.5


def test_workflows_with_the_same_attribute_take_no_longer() -> None:
    assert growth(workflows("state"), 100, 400) < 1.4


def functions(count: int) -> dict[str, str]:
    text = (
        "def f{n}(a):\n    b = [c for c in a]\n    if b:\n        return f{n}(b)\n    return {n}\n"
    )
    around = "".join(text.format(n=n) for n in range(count))
    return {"flow.py": flow("".join(f"f{n}(given)\n" for n in range(count)), around)}


def methods(count: int) -> dict[str, str]:
    text = "    async def f{n}(self, a):\n        self.a{n} = [a]\n        return self.a{n}\n"
    calls = "".join(f"await self.f{n}(given)\n" for n in range(count))
    return {"flow.py": flow(calls) + "".join(text.format(n=n) for n in range(count))}


def rebindings(count: int) -> dict[str, str]:
    return {"flow.py": flow("x = 0\n" + "x = x + given\n" * count + "return x")}


def branches(count: int) -> dict[str, str]:
    arms = "".join(f"elif given == {n}:\n    x = time.time()\n" for n in range(count))
    return {"flow.py": flow(f"if given:\n    x = 0\n{arms}return x")}


SHAPES = {
    "functions": (functions, 200, 800),
    "methods": (methods, 100, 400),
    "rebindings": (rebindings, 50, 150),
    "branches": (branches, 50, 150),
}


@pytest.mark.parametrize(("make", "small", "large"), SHAPES.values(), ids=SHAPES)
def test_time_grows_with_the_size_of_a_module(
    make: Callable[[int], dict[str, str]], small: int, large: int
) -> None:
    assert growth(make, small, large) < 1.4


SEEDS = {
    "calls in a loop": "a = given\nfor _ in given:\n    a = f(a, a, a)\n    a = g(a, a, a)\n",
    "sums": "a = given\nfor _ in given:\n" + "    a = a + a * a\n" * 4,
}


@pytest.mark.parametrize("body", SEEDS.values(), ids=SEEDS)
def test_a_seed_with_many_origins_is_judged_in_time(body: str) -> None:
    with within(2):
        lint_texts({"flow.py": flow(f"{body}return random.Random(a).random()")})

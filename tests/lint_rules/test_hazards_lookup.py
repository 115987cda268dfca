"""How a qualified name is looked up: precedence, other spellings, methods, and never a crash."""

from __future__ import annotations

import inspect
import pkgutil
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.hazards import Boundary, Harmless, Hazards, load

TABLE = load()
NAMES = sorted(set(TABLE.names()) | set(TABLE.raw["aliases"]) | set(TABLE.raw["bases"]))
SEGMENTS = sorted({segment for name in NAMES for segment in name.split(".")})

dotted = st.lists(st.sampled_from(SEGMENTS) | st.text(max_size=8), max_size=7).map(".".join)


def _code(name: str) -> str | None:
    found = TABLE.lookup(name)
    return found.variants[0].code if isinstance(found, Hazards) else None


@given(dotted | st.text())
def test_lookup_never_crashes_and_is_deterministic(name: str) -> None:
    found = TABLE.lookup(name)
    assert found is None or isinstance(found, Hazards | Harmless | Boundary)
    assert TABLE.lookup(name) == found
    assert TABLE.canonical(TABLE.canonical(name)) == TABLE.canonical(name)
    assert TABLE.result_type(name) is None or isinstance(TABLE.result_type(name), str)


@given(st.sampled_from(NAMES), st.text(alphabet="abcXYZ_", min_size=1, max_size=8))
def test_a_name_below_a_classified_one_is_answered_by_the_nearest(name: str, below: str) -> None:
    longer = f"{name.removesuffix('.*')}.{below}"
    found = TABLE.lookup(longer)
    canonical = TABLE.canonical(longer)
    if found is not None:
        owners = [*TABLE.lineage(canonical.rpartition(".")[0]), canonical]
        assert any(owner.startswith(found.name.removesuffix(".*")) for owner in owners)


def test_an_exact_name_answers_for_itself() -> None:
    for name in TABLE.names():
        if TABLE.canonical(name) == name and not name.endswith(".*"):
            found = TABLE.lookup(name)
            assert found is not None
            assert found.name == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("subprocess.run", "NTR109"),
        ("subprocess.CompletedProcess", None),
        ("subprocess.CompletedProcess.stdout", None),
        ("subprocess.PIPE", None),
        ("socket.AF_INET", None),
        ("socket.gethostname", "NTR105"),
        ("socket.socket.connect", "NTR107"),
        ("smtplib.SMTP", "NTR107"),
        ("smtplib.SMTP.sendmail", "NTR107"),
        ("http.HTTPStatus.OK", None),
        ("http.client.HTTPSConnection", "NTR107"),
        ("os.environ.get", "NTR105"),
        ("numpy.array", None),
        ("numpy.random.rand", "NTR103"),
        ("numpy.random.Generator", None),
        ("httpx.AsyncClient.get", "NTR107"),
        ("httpx.URL", None),
        ("ntro.capabilities.ai.extract", "NTR107"),
        ("ntro.capabilities.ai.ExtractionResult", None),
        ("ntro.workflow.agents.invoke", "NTR107"),
        ("ntro.workflow.runbook.now", None),
        ("temporalio.workflow.uuid4", None),
        ("temporalio.workflow.unsafe.is_replaying", "NTR119"),
    ],
)
def test_exact_beats_wildcard_and_harmless_beats_hazard(name: str, code: str | None) -> None:
    assert TABLE.lookup(name) is not None
    assert _code(name) == code


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("posixpath.exists", "os.path.exists"),
        ("os.path.os.getpid", "os.getpid"),
        ("logging.time.time", "time.time"),
        ("uuid.os.urandom", "os.urandom"),
        ("random._urandom", "os.urandom"),
        ("secrets._sysrand.choice", "random.SystemRandom.choice"),
        ("tempfile._os.getcwd", "os.getcwd"),
        ("concurrent.futures.thread.ThreadPoolExecutor", "concurrent.futures.ThreadPoolExecutor"),
        ("asyncio.tasks.wait", "asyncio.wait"),
        ("asyncio.subprocess.Process", "asyncio.subprocess.Process"),
        ("collections.abc.Set", "collections.abc.Set"),
        ("datetime.datetime.time", "datetime.datetime.time"),
        ("time.time", "time.time"),
        ("ast.keyword.arg", "keyword.arg"),
        ("mypackage.time.time", "mypackage.time.time"),
        ("ntro.workflow._facade.runbook.now", "ntro.workflow.runbook.now"),
    ],
)
def test_other_spellings_are_rewritten(name: str, canonical: str) -> None:
    assert TABLE.canonical(name) == canonical


@pytest.mark.parametrize(
    ("type_name", "member", "code"),
    [
        ("pathlib.PosixPath", "read_text", "NTR106"),
        ("pathlib.PosixPath", "suffix", None),
        ("pathlib._local.PosixPath", "read_text", "NTR106"),
        ("datetime.datetime", "now", "NTR101"),
        ("datetime.datetime", "today", "NTR101"),
        ("random.Random", "choice", None),
        ("random.SystemRandom", "choice", "NTR103"),
        ("socket.socket", "recv", "NTR107"),
        ("ssl.SSLSocket", "recv", "NTR107"),
        ("threading.BoundedSemaphore", "acquire", "NTR108"),
        ("threading.Timer", "start", "NTR109"),
        ("logging.RootLogger", "info", "NTR116"),
        ("logging.RootLogger", "getChild", None),
        ("asyncio.SelectorEventLoop", "run_in_executor", "NTR109"),
        ("asyncio.AbstractEventLoop", "time", None),
        ("configparser.ConfigParser", "read", "NTR106"),
        ("sqlite3.Connection", "execute", "NTR107"),
        ("ntro.data.DataPlane", "fetch", "NTR107"),
        ("ntro.subledger.SubledgerHandle", "insert", "NTR107"),
    ],
)
def test_methods_are_found_through_the_type(type_name: str, member: str, code: str | None) -> None:
    found = TABLE.lookup_member(type_name, member)
    assert found is not None
    assert (found.variants[0].code if isinstance(found, Hazards) else None) == code


@pytest.mark.parametrize(
    ("name", "type_name"),
    [
        ("pathlib.Path", "pathlib.Path"),
        ("pathlib.Path.cwd", "pathlib.Path"),
        ("pathlib.PosixPath.parent", "pathlib.Path"),
        ("ntro.workflow.runbook.now", "datetime.datetime"),
        ("ntro.workflow._facade.runbook.now", "datetime.datetime"),
        ("temporalio.workflow.random", "random.Random"),
        ("asyncio.events.get_running_loop", "asyncio.AbstractEventLoop"),
        ("logging.getLogger", "logging.Logger"),
        ("time.time", None),
        ("nobody.knows", None),
    ],
)
def test_results_have_types(name: str, type_name: str | None) -> None:
    assert TABLE.result_type(name) == type_name


def test_variants_come_in_the_order_of_the_data() -> None:
    found = TABLE.lookup("datetime.datetime.now")
    assert isinstance(found, Hazards)
    tests = [tuple(condition.test for condition in hazard.when) for hazard in found.variants]
    assert tests == [("is",), ("missing",), ()]
    assert [hazard.fix and hazard.fix.applicability for hazard in found.variants] == [
        "safe",
        "unsafe",
        None,
    ]


def test_versions_are_told() -> None:
    found = TABLE.lookup("uuid.uuid7")
    assert isinstance(found, Hazards)
    assert (found.variants[0].since, found.variants[0].until) == ((3, 14), None)


def test_dynamic_code_is_a_boundary() -> None:
    assert isinstance(TABLE.lookup("builtins.exec"), Boundary)
    assert isinstance(TABLE.lookup("ctypes.CDLL"), Boundary)


def test_an_unknown_package_is_unknown() -> None:
    assert TABLE.lookup("somebodys_package.function") is None
    assert not TABLE.is_standard("somebodys_package.function")
    assert TABLE.is_standard("xml.etree.ElementTree")


def test_ordering_knows_what_makes_and_kills_order() -> None:
    ordering = TABLE.ordering()
    assert "builtins.set" in ordering.unordered_types
    assert "builtins.sorted" in ordering.killers
    assert "builtins.list" in ordering.carriers
    assert not ordering.killers & ordering.carriers


def test_capabilities_of_the_installed_ntro_are_classified() -> None:
    capabilities = pytest.importorskip("ntro.capabilities")
    exceptions_in_wildcards = []
    for found in pkgutil.iter_modules(capabilities.__path__, "ntro.capabilities."):
        if found.name.rpartition(".")[2].startswith("_") or found.ispkg:
            continue
        module = __import__(found.name, fromlist=["x"])
        for name, member in vars(module).items():
            if getattr(member, "__module__", None) != found.name or name.startswith("_"):
                continue
            verdict = TABLE.lookup(f"{found.name}.{name}")
            assert verdict is not None, name
            is_data = inspect.isclass(member) and hasattr(member, "model_fields")
            if is_data and isinstance(verdict, Hazards):
                exceptions_in_wildcards.append(f"{found.name}.{name}")
    assert not exceptions_in_wildcards


def test_loading_imports_neither_tomllib_nor_third_party() -> None:
    code = (
        "import sys; before = set(sys.modules);"
        "from lint_rules.hazards import load; load().lookup('time.time');"
        "print(sorted(n for n in set(sys.modules) - before if '.' not in n))"
    )
    import subprocess

    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True
    )
    loaded = set(eval(done.stdout))
    assert "tomllib" not in loaded
    assert loaded - set(sys.stdlib_module_names) == {"lint_rules"}

"""Names are followed through modules, re-exports, classes and objects as Python would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.sdk import Absent, Entry, Surface, surface
from lint_rules.sdk.reading import read_module

PARTS = st.sampled_from(["ntro", "workflow", "runbook", "task", "steps", "UIComponent", "x", ""])


@pytest.fixture
def known() -> Surface:
    return surface("0.1.2")


def made(**modules: str) -> Surface:
    """Return the surface of some modules of a package `ntro`."""
    texts = {"ntro": "", **{f"ntro.{name}": text for name, text in modules.items()}}
    return Surface("1", {n: read_module(n, t, is_package=n == "ntro") for n, t in texts.items()})


def test_lazy_exports_are_exports(known: Surface) -> None:
    found = known.look_up("ntro.workflow.NtroWorkflow")
    assert isinstance(found, Entry)
    assert (found.kind, found.home) == ("class", "ntro.workflow._base.NtroWorkflow")


def test_the_facade_is_an_object_with_the_members_of_its_class(known: Surface) -> None:
    found = known.look_up("ntro.workflow.runbook")
    assert isinstance(found, Entry)
    assert found.kind == "object"
    assert "wait_condition" in known.members("ntro.workflow.runbook")
    missing = known.look_up("ntro.workflow.runbook.sleep")
    assert isinstance(missing, Absent)
    assert (missing.owner_kind, missing.name) == ("object", "sleep")
    assert "now" in missing.choices


def test_a_property_that_hands_over_a_function_is_that_function(known: Surface) -> None:
    found = known.look_up("ntro.workflow.runbook.step")
    assert isinstance(found, Entry)
    assert found.signature is not None
    assert found.signature.keyword_only == ["name", "title", "icon", "config"]


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("ntro.workflow.previous", "ntro.workflow"),
        ("ntro.workflow.history", "ntro.workflow"),
        ("ntro.workflow.history.previous", "ntro.workflow"),
        ("ntro.ingest.insert_extracted_record", "ntro.ingest"),
        ("ntro.capabilities.fx", "ntro.capabilities"),
        ("ntro.ai.extract", "ntro"),
        ("ntro.workflow.UIComponent.DATATABLE", "ntro.workflow.decorators.UIComponent"),
        ("ntro.workflow.NtroWorkflow.wait_for_signal", "ntro.workflow._base.NtroWorkflow"),
    ],
)
def test_what_the_documentation_invents_is_absent(known: Surface, name: str, owner: str) -> None:
    found = known.look_up(name)
    assert isinstance(found, Absent)
    assert found.owner == owner


@pytest.mark.parametrize(
    "name",
    [
        "ntro.workflow.runbook.logger.info",
        "ntro.workflow.UIComponent.DATA_TABLE.value",
        "ntro.workflow.NtroWorkflow.__doc__",
        "ntro.accounting.models.JournalLineCorrection.model_dump",
        "ntro.workflow.__version__",
        "os.path",
        "",
    ],
)
def test_what_the_source_does_not_tell_is_left_open(known: Surface, name: str) -> None:
    assert known.look_up(name) is None


def test_a_submodule_that_its_package_imports_is_a_module(known: Surface) -> None:
    found = known.look_up("ntro.capabilities.checks.run_quality_check")
    assert isinstance(found, Entry)
    assert found.signature is not None
    assert found.signature.plain == ["spec", "submitted", "baseline", "ai_config"]


def test_circles_of_imports_end() -> None:
    circle = made(a="from ntro.b import x", b="from ntro.a import x")
    assert circle.look_up("ntro.a.x") is None


def test_circles_of_base_classes_end() -> None:
    circle = made(a="from ntro.b import B\nclass A(B): ...", b="from ntro.a import A as B")
    assert not isinstance(circle.look_up("ntro.a.A.x"), Entry)


def test_inherited_members_count_and_unknown_bases_leave_everything_open() -> None:
    several = made(
        a="class Base:\n def one(self): ...\n", b="from ntro.a import Base\nclass B(Base): ..."
    )
    assert several.has("ntro.b.B.one")
    assert isinstance(several.look_up("ntro.b.B.two"), Absent)
    assert made(a="import x\nclass A(x.Y): ...").look_up("ntro.a.A.two") is None


def test_a_module_with_a_star_or_its_own_getattr_may_have_anything() -> None:
    assert made(a="from x import *").look_up("ntro.a.y") is None
    assert made(a="def __getattr__(name): ...").look_up("ntro.a.y") is None


def test_only_what_importing_runs_exists() -> None:
    text = "if TYPE_CHECKING:\n  from x import a\nelse:\n  b = 1\ntry:\n  c = 1\nexcept E:\n  d = 1"
    assert set(made(m=text).names("ntro.m")) == {"b", "c", "d"}


@given(st.lists(PARTS, max_size=6).map(".".join))
def test_any_dotted_text_gets_an_answer(name: str) -> None:
    found = surface("0.1.2").look_up(name)
    assert found is None or isinstance(found, Entry | Absent)

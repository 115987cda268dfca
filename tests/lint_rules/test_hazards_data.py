"""What the hazard data promise as a whole, and how the schema says what is wrong with a file."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from lint_rules.hazards import Hazard, HazardDataError, Hazards, load
from lint_rules.hazards.compile import DATA_DIRECTORY, render
from lint_rules.hazards.flatten import read_data
from lint_rules.hazards.table import TABLE_FILE

TABLE = load()
HAZARDS = [hazard for found in TABLE.hazards() for hazard in found.variants]

FACADE = {
    "execute_activity",
    "execute_child_workflow",
    "info",
    "logger",
    "now",
    "start_child_workflow",
    "wait_condition",
}
HELPERS = {
    "find_committed_document",
    "load_previous_task",
    "run_child_workflow",
    "run_step",
    "wait_for_action",
}


def test_the_compiled_table_is_the_data() -> None:
    assert TABLE_FILE.read_text("utf-8") == render(read_data(DATA_DIRECTORY)), (
        "run: python -m lint_rules.hazards.compile"
    )


def test_every_code_has_an_entry_or_says_why_not() -> None:
    used = {hazard.code for hazard in HAZARDS}
    codes = TABLE.codes()
    assert [code.code for code in codes] == [f"NTR{number}" for number in range(101, 124)]
    assert used <= {code.code for code in codes}
    assert not [code.code for code in codes if code.code not in used and not code.structural]


def test_no_name_is_in_two_families() -> None:
    sections = [TABLE.raw["hazards"], TABLE.raw["harmless"], TABLE.raw["boundaries"]]
    assert not [name for name, times in Counter(chain(*sections)).items() if times > 1]
    families = {found.name: {h.family for h in found.variants} for found in TABLE.hazards()}
    assert not [name for name, of_name in families.items() if len(of_name) > 1]


def test_only_the_last_variant_of_a_name_may_be_unconditional() -> None:
    for found in TABLE.hazards():
        assert all(hazard.when for hazard in found.variants[:-1]), found.name


@pytest.mark.parametrize("text", sorted({hazard.alternative for hazard in HAZARDS}))
def test_an_alternative_offers_what_the_facade_has(text: str) -> None:
    assert set(re.findall(r"\brunbook\.(\w+)", text)) <= FACADE
    assert set(re.findall(r"\bself\.(\w+)\(", text)) <= HELPERS
    assert "\n" not in text
    if re.search(r"(?<!runbook\.)\bworkflow\.(wait|random|uuid4|sleep|patched|now)\b", text):
        assert "Temporal" in text


def test_the_facade_of_the_installed_ntro_has_what_is_offered() -> None:
    ntro_workflow = pytest.importorskip("ntro.workflow")
    facade = type(ntro_workflow.runbook)
    assert all(hasattr(facade, name) for name in FACADE)
    assert all(hasattr(ntro_workflow.NtroWorkflow, name) for name in HELPERS)


def test_a_note_that_names_a_temporal_helper_says_where_it_works() -> None:
    for hazard in HAZARDS:
        if re.search(r"workflow\.(uuid4|random|wait|as_completed)\b", hazard.note or ""):
            assert re.search("LocalRuntime", hazard.note or "") or "Temporal only" in (
                hazard.note or ""
            ), hazard.name


def test_fixes_are_those_the_policy_allows() -> None:
    fixes = {hazard.fix.id: hazard.fix.applicability for hazard in HAZARDS if hazard.fix}
    assert {name for name, applicability in fixes.items() if applicability == "safe"} == {
        "now-utc",
        "utcnow",
        "time-time",
        "print-to-logger",
        "logging-to-logger",
    }
    never = {"NTR103", "NTR104", "NTR105", "NTR106", "NTR107"}
    assert not [hazard.name for hazard in HAZARDS if hazard.fix and hazard.code in never]


def test_a_fix_has_one_applicability() -> None:
    pairs = {(h.fix.id, h.fix.applicability) for h in HAZARDS if h.fix}
    assert len({identifier for identifier, _ in pairs}) == len(pairs)


def test_impact_and_code_fit() -> None:
    assert not [
        h.name for h in HAZARDS if (h.impact == "noise") != (h.code in ("NTR116", "NTR123"))
    ]
    fixed = {"NTR106", "NTR107", "NTR108", "NTR109", "NTR114", "NTR115"}
    by_value = [h.name for h in HAZARDS if h.code in fixed and h.impact == "value"]
    assert by_value == ["os.path.relpath"]


def test_third_party_hazards_claim_no_verdict_of_the_list() -> None:
    for hazard in HAZARDS:
        if not TABLE.is_standard(hazard.name):
            assert hazard.sandbox in (None, "silent", "passed-through"), hazard.name


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A directory with one good file."""
    (tmp_path / "good.toml").write_text(
        'family = "good"\nabout = "x"\n' + _hazard('names = ["time.time"]'), "utf-8"
    )
    return tmp_path


def _hazard(names: str, more: str = "") -> str:
    return (
        f'[[hazard]]\ncode = "NTR101"\n{names}\nuse = "call"\nimpact = "value"\n'
        f'alternative = "x"\n{more}\n'
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("family = ", "bad.toml: Invalid value"),
        ('family = "f"\n', "bad.toml: about is missing"),
        (_hazard('names = ["a.b"]', 'alternatve = "y"'), "unknown key 'alternatve', did you mean"),
        (_hazard('names = ["a.b"]').replace("NTR101", "NTR901"), "'NTR901' is not a determinism"),
        (_hazard('names = ["a.b"]', 'sandbox = "maybe"'), "sandbox 'maybe' is none of"),
        (_hazard('names = "a.b"'), "names must be of type list"),
        (_hazard('names = ["a..b"]'), "'a..b' is not a name"),
        (_hazard('names = ["a.b=3.12"]'), "'a.b=3.12' is not a name"),
        (_hazard('names = ["time.time"]'), "time.time is classified already by bad.toml"),
        (_hazard('names = ["a.b", "a.b"]'), "a.b comes after bad.toml: hazard 1"),
        (_hazard('names = ["a.b"]', 'when = [{ test = "missing" }]'), "missing needs a position"),
        (
            _hazard('names = ["a.b"]', 'when = [{ test = "is", position = 0 }]'),
            "is needs values",
        ),
        (
            _hazard('names = ["a.b"]', 'fix = { id = "x" }'),
            "bad.toml: hazard 1 (a.b): fix: applicability is missing",
        ),
        ('[[harmless]]\nnames = ["a"]\n', "bad.toml: harmless 1 (a): reason is missing"),
        ('[ordering]\nkiller = ["a"]\n', "ordering: unknown key 'killer'"),
        ('[aliases]\n"a" = "b"\n"b" = "c"\n', "aliases: a leads to b, itself an alias"),
    ],
)
def test_a_mistake_names_file_and_entry(data: Path, content: str, message: str) -> None:
    head = "" if content.startswith("family") else 'family = "bad"\nabout = "x"\n'
    (data / "bad.toml").write_text(head + content, "utf-8")
    with pytest.raises(HazardDataError) as caught:
        read_data(data)
    assert message in str(caught.value)


def test_all_mistakes_are_told_at_once(data: Path) -> None:
    entries = _hazard('names = ["a..b"]') + _hazard('names = ["a.c"]', 'ceiling = "high"')
    (data / "bad.toml").write_text(f'family = "bad"\nabout = "x"\n{entries}', "utf-8")
    with pytest.raises(HazardDataError) as caught:
        read_data(data)
    assert len(str(caught.value).splitlines()) == 2


def test_a_good_file_becomes_a_table(data: Path) -> None:
    (data / "table.json").write_text(render(read_data(data)), "utf-8")
    found = load(data / "table.json").lookup("time.time")
    assert isinstance(found, Hazards)
    assert isinstance(found.variants[0], Hazard)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"version": 0}'])
def test_a_table_that_cannot_be_used_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "table.json"
    path.write_text(content, "utf-8")
    with pytest.raises(HazardDataError, match=re.escape(str(path))):
        load(path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(HazardDataError, match="nowhere"):
        load(tmp_path / "nowhere.json")


def test_the_table_is_plain_data() -> None:
    assert json.loads(json.dumps(TABLE.raw)) == TABLE.raw

"""NTR309: the slots, inputs or sources of a gate do not line up."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.gates.parts import UPLOAD, WORKFLOW, block

BANK = '{"source": "bank", "schema_slug": "bank"}'
RENT = '{"source": "rent", "title": "Rent roll"}'


def collected(expected: str, inputs: str, above: str = "") -> list[Finding]:
    call = f"await self.collect_documents(expected={expected}, inputs={inputs})\n"
    edits = [(WORKFLOW, UPLOAD, block(call))]
    if above:
        edits.append((WORKFLOW, "ATTEMPT = timedelta(minutes=2)\n", above + "\nATTEMPT = 1\n"))
    return planted("NTR309", *edits)


BAD = {
    "fewer inputs": (f"[{BANK}, {RENT}]", "[ctx]", "1 inputs for 2 slots"),
    "more inputs": (f"[{BANK}]", "(ctx, ctx)", "2 inputs for 1 slots"),
    "a comprehension over others": (
        f"[{BANK}]",
        "[make(n) for n in ('a', 'b')]",
        "2 inputs for 1 slots",
    ),
    "no source": (f'[{BANK}, {{"title": "Rent"}}]', "[ctx, ctx]", "the slot has no `source`"),
    "an empty slot": ("[{}]", "[ctx]", "the slot has no `source`"),
    "one source twice": (f"[{BANK}, {BANK}]", "[ctx, ctx]", "two slots have the source `bank`"),
    "a text": ('["bank"]', "[ctx]", "a slot is no dict"),
    "a key in another style": (
        '[{"source": "bank", "schemaSlug": "bank"}]',
        "[ctx]",
        "slots have no key `schemaSlug`",
    ),
    "a source in another style": ('[{"Source": "bank"}]', "[ctx]", "slots have no key `Source`"),
}


@pytest.mark.parametrize(("expected", "inputs", "message"), BAD.values(), ids=BAD)
def test_slots_that_do_not_line_up_are_reported(expected: str, inputs: str, message: str) -> None:
    [found] = collected(expected, inputs)
    assert message in found.message
    assert found.severity == "error"
    assert found.place.line == 38


def test_slots_behind_a_name_are_reported_where_they_are_written() -> None:
    found = collected("SLOTS", "[ctx, ctx]", f"SLOTS = [{BANK}, {BANK}]")
    assert [f.place.line for f in found] == [22]


GOOD = [
    (f"[{BANK}, {RENT}]", "[ctx, ctx]"),
    (f"[{BANK}, {RENT}]", "inputs"),
    ("SLOTS", "[make(slot) for slot in SLOTS]"),
    ("slots_of(ctx)", "[ctx]"),
    (f"[{BANK}, *more]", "[ctx]"),
    (f"[{BANK}]", "[ctx, *more]"),
    (f"[{BANK}]", "[make(n) for n in ('a', 'b') if n == ctx.wanted]"),
    (f"[{BANK}]", "[make(n, m) for n in ('a',) for m in ctx.many]"),
    ('[{"source": ctx.source}, {"source": ctx.other}]', "[ctx, ctx]"),
    ('[{**BASE, "title": "x"}]', "[ctx]"),
    ("[]", "[ctx]"),
    (f'[{{"source": "bank", "currency": "EUR"}}, {RENT}]', "[ctx, ctx]"),
]


@pytest.mark.parametrize(("expected", "inputs"), GOOD)
def test_slots_that_line_up_or_are_not_written_out_are_left_alone(
    expected: str, inputs: str
) -> None:
    assert collected(expected, inputs, f"SLOTS = [{BANK}, {RENT}]") == []


def test_inputs_that_are_added_one_by_one_are_left_alone() -> None:
    statements = f"""
        inputs = []
        for slot in (1, 2):
            inputs.append(slot)
        await self.collect_documents(expected=[{BANK}, {RENT}], inputs=inputs)
        """
    assert planted("NTR309", (WORKFLOW, UPLOAD, block(statements))) == []


def predicated(predicate: str) -> list[Finding]:
    return planted("NTR3", (WORKFLOW, "lambda: bool(self._uploads)", predicate))


MISSED = {
    "any": 'lambda: any(u.source == "slip" for u in self._uploads)',
    "a tuple": 'lambda: any(u.source in ("slip", "receipt") for u in self._uploads)',
    "a list": 'lambda: len([u for u in self._uploads if "slip" == u.source]) > 0',
    "dicts": 'lambda: any(u["source"] == "slip" for u in self._uploads)',
}


@pytest.mark.parametrize("predicate", MISSED.values(), ids=MISSED)
def test_a_source_that_is_advertised_and_not_waited_for_is_reported(predicate: str) -> None:
    [found] = predicated(predicate)
    assert found.code == "NTR309"
    assert found.message.startswith("the gate asks for `petty-cash` and waits for")
    assert found.place.line == 39


FOUND = [
    'lambda: any(u.source == "petty-cash" for u in self._uploads)',
    'lambda: any(u.source in ("slip", "petty-cash") for u in self._uploads)',
    'lambda: any(u.source != "slip" for u in self._uploads)',
    'lambda: self._closed or any(u.source == "slip" for u in self._uploads)',
    "lambda: any(u.source == SOURCE for u in self._uploads)",
    "lambda: any(u.source == ctx.source for u in self._uploads)",
    'lambda: any(normal(u.source) == "slip" for u in self._uploads)',
    'lambda: any(u.kind == "slip" for u in self._uploads)',
    "self._is_complete",
]


@pytest.mark.parametrize("predicate", FOUND)
def test_a_predicate_that_may_find_the_source_is_left_alone(predicate: str) -> None:
    assert predicated(predicate) == []

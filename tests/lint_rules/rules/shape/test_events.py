"""Results of activities are emitted under an event type, each under one of its own."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import Edit, planted, said
from tests.lint_rules.rules.shape.bundles import ACTIVITIES, MODELS

POSTED = "class PostedSlip(ObservableResult):\n"
META = '    class ObserverMeta:\n        event_type = "slip.posted"\n\n'
TYPE = '        event_type = "slip.posted"\n'


@pytest.mark.parametrize(
    "edits, line",
    [
        ([(MODELS, META, "")], 51),
        ([(MODELS, TYPE, "        pass\n")], 52),
        ([(MODELS, TYPE, '        event_type = ""\n')], 52),
        ([(MODELS, TYPE, '        event_type: str = ""\n')], 52),
        ([(MODELS, TYPE, "        version = 1\n")], 52),
        ([(MODELS, META, ""), (ACTIVITIES, "-> PostedSlip:", "-> PostedSlip | None:")], 51),
        ([(MODELS, META, ""), (ACTIVITIES, "-> PostedSlip:", "-> 'PostedSlip':")], 51),
    ],
)
def test_a_returned_result_without_an_event_type_is_reported(edits: list[Edit], line: int) -> None:
    [found] = planted("NTR432", *edits)
    assert said([found]) == [f"models.py:{line} NTR432"]
    assert "`PostedSlip` is returned by an activity and says no event type" in found.message
    assert found.severity == "warning"


def test_an_event_type_of_a_base_class_of_the_meta_counts_and_its_lack_does_not() -> None:
    head = (
        "class Base(ObservableResult):\n    class ObserverMeta:\n        event_type = 'a.b'\n\n\n"
    )
    inherits = "    class ObserverMeta(Base.ObserverMeta):\n        version = 1\n\n"
    assert planted("NTR432", (MODELS, POSTED + META, head + POSTED + inherits)) == []
    from_sdk = inherits.replace("Base.", "ObservableResult.")
    [found] = planted("NTR432", (MODELS, META, from_sdk))
    assert "`PostedSlip`" in found.message


@pytest.mark.parametrize(
    "edits",
    [
        [(MODELS, POSTED + META, "class PostedSlip(BaseModel):\n")],
        [(MODELS, POSTED + META, "class PostedSlip(Slip):\n")],
        [(MODELS, POSTED + META, "class PostedSlip(Elsewhere, ObservableResult):\n")],
        [(MODELS, POSTED + META, POSTED + "    ObserverMeta = made()\n")],
        [(MODELS, TYPE, '        event_type = f"{PREFIX}.posted"\n')],
        [(MODELS, TYPE, "        event_type = TYPES[1]\n")],
        [(MODELS, META, ""), (ACTIVITIES, "-> PostedSlip:", "-> list[PostedSlip]:")],
        [(MODELS, META, ""), (ACTIVITIES, "-> PostedSlip:", "-> Any:")],
        [(MODELS, META, META + META.replace("event_type", "source"))],
        [
            (MODELS, META, ""),
            (
                MODELS,
                "class PettyCashResult(BaseModel):\n",
                "class Late(PostedSlip):\n    a: int\n\n\nclass PettyCashResult(BaseModel):\n",
            ),
        ],
    ],
)
def test_a_result_that_says_one_may_say_one_or_is_not_emitted_is_fine(edits: list[Edit]) -> None:
    assert planted("NTR432", *edits) == []


def test_two_results_of_one_type_are_reported_at_the_second() -> None:
    [found] = planted("NTR433", (MODELS, '"slip.posted"', '"slip.read"'))
    assert said([found]) == ["models.py:53 NTR433"]
    assert "`Slip` is emitted as `slip.read` too" in found.message
    assert found.severity == "warning"


@pytest.mark.parametrize(
    "event", ["extraction.completed", "trial_balance.parsed", "journal_proposal.emitted"]
)
def test_the_types_of_the_sdk_are_taken(event: str) -> None:
    [found] = planted("NTR433", (MODELS, "slip.posted", event))
    assert f"the SDK emits `{event}` itself" in found.message


@pytest.mark.parametrize(
    "edits",
    [
        [(MODELS, "class PostedSlip(ObservableResult):", "class PostedSlip(Slip):")],
        [(MODELS, POSTED, "class PostedSlip(BaseModel):\n")],
    ],
)
def test_a_subclass_may_keep_the_type_and_what_is_no_result_may_have_any(edits: list[Edit]) -> None:
    same = (MODELS, '"slip.posted"', '"slip.read"')
    assert planted("NTR433", *edits, same) == []


def test_a_subclass_of_a_result_of_the_sdk_may_keep_its_type() -> None:
    head = (
        MODELS,
        "from ntro.events",
        "from ntro.capabilities.ai import ExtractionResult\nfrom ntro.events",
    )
    base = (MODELS, POSTED, "class PostedSlip(ExtractionResult, ObservableResult):\n")
    assert planted("NTR433", head, base, (MODELS, "slip.posted", "extraction.completed")) == []


@pytest.mark.parametrize(
    "edits",
    [
        [(MODELS, POSTED, "class PostedSlip(ObservableResult[Slip]):\n")],
        [
            (ACTIVITIES, "-> PostedSlip:", "-> events.ObservableResult[PostedSlip]:"),
            (ACTIVITIES, "from ntro.workflow", "from ntro import events\nfrom ntro.workflow"),
        ],
        [(MODELS, POSTED, "Read = ObservableResult[str]\n\n\n" + POSTED)],
    ],
)
def test_brackets_raise_type_error(edits: list[Edit]) -> None:
    [found] = planted("NTR434", *edits)
    assert "it raises TypeError" in found.message
    assert found.severity == "error"


def test_other_brackets_are_fine() -> None:
    other = "Read = list[ObservableResult]\nTable = {ObservableResult: 1}\n"
    other += "One = Table[ObservableResult]\n\n\n"
    assert planted("NTR434", (MODELS, POSTED, other + POSTED)) == []

"""NTR411: data that nobody promised, turned into a model with nothing to catch what that raises."""

from __future__ import annotations

from textwrap import indent

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted, sound
from tests.lint_rules.rules.shape.classes import check, module

CODE = "NTR411"

MODELS = """
class Review(BaseModel):
    type: str

class Strict(Review):
    note: str

@dataclass
class Plain:
    type: str

def parsed(answer: dict[str, Any]):
    return Review(**answer)

def guarded(answer):
    try:
        return Review(**answer)
    except ValueError:
        return None
"""


def running(body: str, methods: str = "X = 1") -> str:
    run = "@runbook.run\nasync def run(self, ctx: PettyCashContext):\n" + indent(body, "    ")
    return module(methods, MODELS.replace("  # !", ""), run=run)


WAIT = "answer = await self.wait_for_action(payload=ctx)\n"
HANGS = {
    "keywords": WAIT + "Review(**answer)  # !",
    "validate": WAIT + "Review.model_validate(answer)  # !",
    "inherited": WAIT + "Strict.model_validate(answer)  # !",
    "old name": WAIT + "Review.parse_obj(answer)  # !",
    "adapter": WAIT + "TypeAdapter(Review).validate_python(answer)  # !",
    "at once": "Review.model_validate(await self.wait_for_action(payload=ctx))  # !",
    "a part": WAIT + "Review(**answer['payload'])  # !",
    "each row": WAIT + "for row in answer.get('corrections') or []:\n    Review(**row)  # !",
    "a copy": WAIT + "Review(**dict(answer))  # !",
    "kept": "self._answer = await self.wait_for_action(payload=ctx)\nReview(**self._answer)  # !",
    "child": "result = await self.run_child_workflow(slug='x', input=ctx)\nReview(**result)  # !",
    "run_step": (
        "answer = await self.run_step('a', self.wait_for_action, payload=ctx)\n"
        "Review(**answer)  # !"
    ),
    "data class": WAIT + "Plain(**answer)  # !",
    "wrong handler": WAIT + "try:\n    Review(**answer)  # !\nexcept KeyError:\n    pass",
}
FINE = {
    "caught": WAIT + "try:\n    Review(**answer)\nexcept ValidationError:\n    pass",
    "caught by its base": WAIT + "try:\n    Review(**answer)\nexcept ValueError:\n    pass",
    "typed fields": "Review(type=ctx.period)",
    "own data": "Review(**{'type': 'x'})",
    "the context": "Review(**ctx.model_dump())",
    "an activity": "Review(**(await runbook.execute_activity(read, ctx)))",
    "constructed": WAIT + "Review.model_construct(**answer)",
    "a function": WAIT + "dict(**answer)",
    "what it decides": WAIT + "Review(type=str(answer.get('type')))",
    "guarded helper": WAIT + "guarded(answer)",
}


@pytest.mark.parametrize("body", HANGS.values(), ids=HANGS.keys())
def test_a_model_made_of_what_came_is_reported(body: str) -> None:
    [finding] = check(CODE, running(body))
    assert finding.severity == ("warning" if "child" in body else "error")
    assert "hangs the run" in finding.message


@pytest.mark.parametrize("body", FINE.values(), ids=FINE.keys())
def test_what_is_caught_or_is_the_runbooks_own_is_fine(body: str) -> None:
    assert check(CODE, running(body)) == []


def test_the_message_names_the_model_and_where_its_data_come_from() -> None:
    [review] = check(CODE, running(HANGS["validate"]))
    assert "`Review` is built from the answer at a gate" in review.message
    assert "`ValidationError`" in review.message
    [adapter] = check(CODE, running(HANGS["adapter"]))
    assert "`Review`" in adapter.message
    several = HANGS["adapter"].replace("TypeAdapter(Review)", "TypeAdapter(list[Review])")
    assert check(CODE, running(several))[0].message.startswith("a model is built from")
    [child] = check(CODE, running(HANGS["child"]))
    assert "the result of a child" in child.message
    [plain] = check(CODE, running(HANGS["data class"]))
    assert "`TypeError`" in plain.message


def test_helpers_and_unpacked_results_are_followed() -> None:
    text = running(WAIT + "parsed(answer)").replace(
        "    return Review(**answer)\n", "    return Review(**answer)  # !\n", 1
    )
    check(CODE, text)
    methods = "async def _ask(self, ctx):\n    a = await self.wait_for_action()\n    return ctx, a"
    check(CODE, running("_, answer = await self._ask(ctx)\nReview(**answer)  # !", methods))
    assert check(CODE, running("given, _ = await self._ask(ctx)\nReview(**given)", methods)) == []


def test_untyped_signals_count_and_typed_ones_do_not() -> None:
    methods = """
        @runbook.signal
        def untyped(self, given):
            Review(**given)  # !

        @workflow.signal
        async def any_dict(self, given: dict[str, Any]):
            self._all.append(given)

        @runbook.signal
        def typed(self, given: Review):
            Strict(**given)

        def on_row_action(self, action):
            Review(**action)  # !
    """
    body = "Review.model_validate(self._all[-1])  # !"
    found = check(CODE, running(body, methods))
    assert [finding.severity for finding in found] == ["warning", "error", "warning"]


RESULT = (
    "templates/models.py",
    '    entry_id: str = ""\n',
    '    entry_id: str = ""\n    reason: str = ""\n    note: str | None = None\n',
)


def stopped(keyword: str, before: str = "") -> list[Finding]:
    run = sound()["templates/workflow.py"].decode()
    old = '            return PettyCashResult(status="rejected")\n'
    assert old in run
    new = f'{before}            return PettyCashResult(status="rejected", {keyword})\n'
    return planted("NTR411", RESULT, ("templates/workflow.py", old, new))


def test_a_key_that_may_be_missing_is_no_value_for_a_field_without_none() -> None:
    [found] = stopped('reason=answer.get("reason")')
    assert "`reason` of `PettyCashResult` takes no None" in found.message
    assert found.severity == "warning"


def test_a_default_a_field_with_none_and_a_test_are_fine() -> None:
    assert stopped('reason=answer.get("reason") or ""') == []
    assert stopped('reason=answer.get("reason", "")') == []
    assert stopped('reason=str(answer.get("reason"))') == []
    assert stopped('note=answer.get("reason")') == []
    test = '            if "reason" not in answer:\n                return None\n'
    assert stopped('reason=answer.get("reason")', test) == []

"""A value is followed through every step between the hazard and what it decides."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lint_rules.linted import flow, lint_texts

STEPS = {
    "assignment": "{w} = {v}",
    "builtin": "{w} = round({v})",
    "function": "{w} = plain({v})",
    "keyword": "{w} = keyword(value={v})",
    "variadic": "{w} = variadic({v})",
    "keywords": "{w} = keywords(a={v})",
    "awaited": "{w} = await later({v})",
    "static method": "{w} = Holder.static({v})",
    "object": "{w} = Holder({v}).get()",
    "attribute": "{w} = Holder({v}).value",
    "property": "{w} = Holder({v}).prop",
    "called object": "{w} = Holder(1)({v})",
    "self": "self.kept = {v}\n{w} = self.kept",
    "dict": "{w}d = {{'a': {v}}}\n{w} = {w}d['a']",
    "entry": "{w}d = {{}}\n{w}d['a'] = {v}\n{w} = {w}d.get('a')",
    "list": "{w}l = []\n{w}l.append({v})\n{w} = {w}l[0]",
    "pop": "{w}l = [*[{v}], 2]\n{w} = {w}l.pop()",
    "unpacking": "{w}, {w}_ = {v}, 1",
    "unpacked call": "{w}, {w}_ = divmod({v}, 2)",
    "walrus": "if ({w} := {v}) is None:\n    pass",
    "branch": "{w} = 0\nif given:\n    {w} = {v}",
    "conditional": "{w} = {v} if given else 0",
    "or": "{w} = {v} or 0",
    "loop": "for {w}, _ in [({v}, 1)]:\n    pass",
    "turns": "{w} = 0\nfor _ in range(3):\n    {w} = {v}",
    "try": "try:\n    {w} = {v}\nexcept ValueError:\n    {w} = 1",
    "finally": "try:\n    {w} = 1\nfinally:\n    {w} = {v}",
    "with": "with nullcontext({v}) as {w}:\n    pass",
    "match": "match {v}:\n    case {w}:\n        pass",
    "comprehension": "{w} = [x for x in [{v}] if x][0]",
    "dict comprehension": "{w} = {{k: {v} for k in given}}['a']",
    "generator": "for {w} in generated({v}):\n    pass",
    "reduce": "{w} = functools.reduce(lambda a, b: a, [{v}])",
    "lambda": "{w} = (lambda x: x)({v})",
    "closure": "def {w}f():\n    return {v}\n{w} = {w}f()",
    "default": "def {w}f(x={v}):\n    return x\n{w} = {w}f()",
    "partial": "{w} = functools.partial(plain, {v})()",
    "text": "{w} = f'{{{v}}}'",
    "joined": "{w} = ''.join([str({v})])[:3]",
    "json": "{w} = json.loads(json.dumps({v}))",
    "dataclass": "{w} = Line(amount={v}).amount",
    "replaced": "{w} = dataclasses.replace(Line(1), amount={v}).amount",
    "written": "{w}o = Line(1)\n{w}o.amount = {v}\n{w} = {w}o.amount",
    "comparison": "{w} = {v} > 3",
    "arithmetic": "{w} = 2 * ({v} + 1) - 3",
    "key": "{w} = given[{v}]",
    "gathered": "[{w}] = await asyncio.gather(later({v}))",
    "task": "{w}t = asyncio.create_task(later({v}))\n{w} = await {w}t",
    "recursion": "{w} = recursive({v}, 3)",
    "early return": "{w} = early({v})",
    "pair": "{w}, _ = pair({v})",
    "decorated": "{w} = decorated({v})",
    "class attribute": "Holder.shared = {v}\n{w} = Holder.shared",
}
"""How `{w}` comes from `{v}`."""

AROUND = """
import dataclasses, functools, json
from contextlib import nullcontext
def plain(value): return value
def keyword(*, value): return value
def variadic(*values): return values[0]
def keywords(**values): return values['a']
async def later(value): return value
def generated(value):
    yield value
def recursive(value, n):
    return recursive(value, n - 1) if n else value
def early(value):
    result = 0
    for _ in range(3):
        if value:
            result = value
    return result
def pair(value): return value, 1
def deco(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper
@deco
def decorated(value): return value
@dataclasses.dataclass
class Line:
    amount: float
class Holder:
    shared = 0
    def __init__(self, value): self.value = value
    def get(self): return self.value
    @property
    def prop(self): return self.value
    @staticmethod
    def static(value): return value
    def __call__(self, value): return value
"""
DECIDES = "if {v}:\n    await asyncio.sleep(1)"


def impact(*steps: str, names: list[str], end: str = DECIDES) -> str | None:
    """Return what the wall clock does after some steps from one name to the next."""
    lines = [f"{names[0]} = time.time()"]
    lines += [
        STEPS[step].format(v=v, w=w) for step, v, w in zip(steps, names, names[1:], strict=False)
    ]
    lines.append(end.format(v=names[len(steps)]))
    report = lint_texts({"flow.py": flow("\n".join(lines), AROUND)})
    found = {f.impact for f in report.findings if f.code == "NTR101"}
    return next((i for i in ("sequence", "payload", "noise") if i in found), None)


NAMES = [f"v{number}" for number in range(9)]


@pytest.mark.parametrize("step", STEPS)
def test_a_value_is_followed_through(step: str) -> None:
    assert impact(step, names=NAMES) == "sequence"


@pytest.mark.parametrize("step", STEPS)
def test_a_value_that_is_only_sent_is_followed_as_well(step: str) -> None:
    end = "workflow.upsert_memo({{'a': {v}}})"
    assert impact(step, names=NAMES, end=end) in ("payload", "sequence")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(sorted(STEPS)), min_size=2, max_size=6))
def test_a_value_is_followed_through_any_steps_together(steps: list[str]) -> None:
    assert impact(*steps, names=NAMES) == "sequence"


OVERWRITES = {"branch", "turns", "finally"}
"""Steps that bind the new name before they read the old one."""


TOO_LATE = pytest.mark.xfail(reason="a closure is taken to be called when everything is bound")


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(step, marks=TOO_LATE) if step == "closure" else step
        for step in STEPS
        if step not in OVERWRITES
    ],
)
def test_a_value_is_followed_into_the_same_name(step: str) -> None:
    assert impact(step, names=["value", "value"]) == "sequence"


def test_a_swapped_value_is_followed() -> None:
    body = "a = time.time()\nb = 1\na, b = b, a\nif b:\n    await asyncio.sleep(1)"
    report = lint_texts({"flow.py": flow(body)})
    assert [f.impact for f in report.findings] == ["sequence"]


SELF_MADE = {
    "a path": ("p = Path('x')\np = p / 'y'\np.read_text()", "NTR106"),
    "a set as a list": (
        "rows = {given, 'b'}\nrows = list(rows)\nfor row in rows:\n    await asyncio.sleep(row)",
        "NTR110",
    ),
    "a generator": (
        "draw = random.Random()\ndraw = draw or 1\nif draw.random():\n    return 1",
        "NTR103",
    ),
    "a seed": (
        "seed = time.time()\nseed = int(seed)\nreturn random.Random(seed).random()",
        "NTR103",
    ),
    "shared state": ("rows = ROWS\nrows = rows\nrows.append(given)", "NTR114"),
}


@pytest.mark.parametrize(("body", "code"), SELF_MADE.values(), ids=SELF_MADE)
def test_a_name_may_be_made_from_itself(body: str, code: str) -> None:
    report = lint_texts({"flow.py": flow(body, "from pathlib import Path\nROWS = []")})
    assert any(f.code == code and f.impact != "noise" for f in report.findings)


@pytest.mark.parametrize(("body", "code"), SELF_MADE.values(), ids=SELF_MADE)
def test_another_name_may_be_made_from_it(body: str, code: str) -> None:
    first, second, *rest = body.split("\n")
    name = first.partition(" ")[0]
    made = f"other = {second.partition(' = ')[2]}"
    text = "\n".join([first, made, *(line.replace(name, "other") for line in rest)])
    report = lint_texts({"flow.py": flow(text, "from pathlib import Path\nROWS = []")})
    assert any(f.code == code and f.impact != "noise" for f in report.findings)


def test_a_value_is_followed_through_setattr() -> None:
    body = "line = Line(1)\nsetattr(line, 'amount', time.time())\n" + DECIDES.format(
        v="line.amount"
    )
    report = lint_texts({"flow.py": flow(body, AROUND)})
    assert [f.impact for f in report.findings] == ["sequence"]

"""What of a run can be seen from outside, as text to compare; with or without the answers in it.

An answer that is only handed on, into an activity's arguments or the result, makes two runs differ
though nothing was decided. Without the words of decisions, what is left is what they led to.
"""

from __future__ import annotations

import json
import re

from ntro_testkit.checks.comparing import outcome_lines
from ntro_testkit.decisions import APPROVED, REJECTED
from ntro_testkit.run_data import plain
from ntro_testkit.trace import Gate, RunResult

Effect = tuple[str, ...]

_WORDS = sorted(
    {word for table in (APPROVED, REJECTED) for spelt in table.values() for word in spelt.values()}
)
_KEYS = sorted({key for spelt in APPROVED.values() for key in spelt})
_WORD = re.compile(f'"(?:{"|".join(_WORDS)})"')
_ANSWER = re.compile(rf'\{{(?:"(?:{"|".join(_KEYS)})":"\*",?)+\}}')


def effect_of(run: RunResult) -> Effect:
    """Return the commands of a run, how it ended, and what its own review gates showed."""
    gates = (_shown(gate) for gate in run.gates if gate.workflow_id == run.workflow_id)
    return (*outcome_lines(run), *gates)


def without_answers(effect: Effect) -> Effect:
    """Return an effect with the words of decisions, and answers made of them, left out."""
    return tuple(_ANSWER.sub('"*"', _WORD.sub('"*"', line)) for line in effect)


def _shown(gate: Gate) -> str:
    shown = plain([gate.reason, gate.payload])
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"gate {gate.kind} {gate.step} {text}"

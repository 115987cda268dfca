"""What temporalio's Replayer says of a history, as plain data in plain words.

Its errors are made for logs: a task failure comes as the debug form of a Rust value. Source of the
shapes: temporalio 1.12 to 1.35.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ntro_testkit.replay.stack_traces import innermost_line
from ntro_testkit.trace import SourceLine

Kind = Literal["nondeterminism", "task-failure", "deadlock", "error"]

_CODE = re.compile(r"\[TMPRL\d+\] ?")
_WRAPPING = re.compile(r".*?Nondeterminism error: (?P<words>.*)", re.DOTALL)
_EVENT = re.compile(r"HistoryEvent\(id: (?P<id>\d+)")
_MESSAGE = re.compile(r'message: "(?P<text>(?:[^"\\]|\\.)*)"')
_STACK = re.compile(r'stack_trace: "(?P<text>(?:[^"\\]|\\.)*)"')
_TYPE = re.compile(r'r#type: "(?P<text>(?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(?:u\{(?P<code>[0-9a-fA-F]+)\}|(?P<sign>.))", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


@dataclass(frozen=True, slots=True)
class OfficialVerdict:
    """What the Replayer made of one history.

    `kind` is None when it accepted it: `nondeterminism` when the commands of today's code are not
    the history's, `task-failure` when today's code raises what fails a workflow task, `deadlock`
    when it holds the thread, `error` when the history could not be replayed at all. `event_id` is
    the event it stopped at, `line` the line of the bundle, where it knows them.
    """

    workflow_id: str
    run_id: str
    source: str
    kind: Kind | None = None
    message: str = ""
    event_id: int | None = None
    line: SourceLine | None = None

    @property
    def accepted(self) -> bool:
        """Whether the history replays."""
        return self.kind is None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The part of a verdict that a Replayer's error tells."""

    kind: Kind
    message: str
    event_id: int | None = None
    line: SourceLine | None = None


def judgement_of(text: str, code_roots: tuple[str, ...], *, nondeterministic: bool) -> Judgement:
    """Translate the words of a Replayer's error.

    `nondeterministic` says that it came as temporalio's `NondeterminismError`.
    """
    stack = _unescaped(_STACK, text)
    line = innermost_line(stack or text, code_roots)
    if "[TMPRL1101]" in text:
        return Judgement("deadlock", _first_line(_unescaped(_MESSAGE, text) or text), None, line)
    if nondeterministic or "[TMPRL1100]" in text:
        wrapped = _WRAPPING.fullmatch(_unescaped(_MESSAGE, text) or text)
        words = _first_line(wrapped["words"] if wrapped else text)
        event = _EVENT.search(words)
        return Judgement("nondeterminism", words, int(event["id"]) if event else None, line)
    message = _unescaped(_MESSAGE, text)
    if message is None:
        return Judgement("error", _first_line(text), None, line)
    kind = _unescaped(_TYPE, text)
    told = " ".join(message.split())
    return Judgement("task-failure", f"{kind}: {told}" if kind else told, None, line)


def _unescaped(pattern: re.Pattern[str], text: str) -> str | None:
    """Return the first string of a Rust value's debug form that a pattern finds."""
    found = pattern.search(text)
    return _ESCAPE.sub(_sign, found["text"]) if found else None


def _sign(escape: re.Match[str]) -> str:
    if escape["code"]:
        return chr(int(escape["code"], 16))
    return _SIGNS.get(escape["sign"], escape["sign"])


def _first_line(text: str) -> str:
    return _CODE.sub("", text.strip()).partition("\n")[0].strip()

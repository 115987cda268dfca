"""Finds the hazards in what a hook tells: what is called, from which frame, on what."""

from __future__ import annotations

import inspect
import logging
from types import FrameType
from typing import Any

from ntro_testkit.guard.call_sites import UNKNOWN, CallSites, fields, value_of
from ntro_testkit.guard.conditions import Call, chosen
from ntro_testkit.guard.definitions import definition_of, python_code
from ntro_testkit.guard.hazard_log import HazardLog
from ntro_testkit.guard.known_hazards import KnownHazards, Named
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.execution import current_execution

FACADE_LOGGERS = frozenset({"ntro.workflow", "temporalio.workflow"})
"""Names of the loggers behind `runbook.logger`, which know about replay."""

_IMPORTING = "<frozen importlib._bootstrap>"
_GENERATOR = inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR
_RUN = Engine.run.__code__
_HANDS_ON = ("<string>", "pydantic")
"""Code that calls what it was given and nothing of its own: made by dataclasses, and pydantic."""


class Watching:
    """Looks at calls on behalf of one run; `roots` are path prefixes of bundle code."""

    __slots__ = ("_known", "_log", "_roots", "_sites", "reads", "unknown")

    def __init__(
        self, known: KnownHazards, sites: CallSites, roots: tuple[str, ...], log: HazardLog
    ) -> None:
        self._known = known
        self._sites = sites
        self._roots = roots
        self._log = log
        self.unknown = known.unknown
        self.reads = known.reads()

    def called(self, frame: FrameType, function: Any, first: Any = UNKNOWN) -> None:
        """Hear that a frame of bundle code calls something, with its first argument if known."""
        definition, receiver = definition_of(function)
        is_bound = receiver is not None
        if not is_bound and first is not UNKNOWN:
            receiver = first
        named = self._known.called(definition, receiver) or self.reads.get(id(receiver))
        if named is not None:
            is_method = is_bound or named.owner is not None
            self._judge(named, frame, receiver, UNKNOWN if is_method else first)

    def begun(self, frame: FrameType) -> None:
        """Hear that a function written in Python begins, called by bundle code or on its behalf."""
        caller = self._caller(frame)
        if caller is None:
            return
        receiver = _first_argument(frame)
        named = self._known.begun(frame.f_code, receiver)
        if named is None and not self._known.has_code(frame.f_code):
            named = self.reads.get(id(receiver)) or self._below_wildcard(frame)
        if named is None:
            return
        through_others = self._known.is_handed_on(named) or id(receiver) in self.reads
        if through_others or (caller is frame.f_back and self._calls(caller, frame)):
            self._judge(named, caller, receiver)

    def is_bundle(self, frame: FrameType) -> bool:
        """Tell whether a frame is one of bundle code."""
        return frame.f_code.co_filename.startswith(self._roots)

    def _below_wildcard(self, frame: FrameType) -> Named | None:
        return self._known.defined_as(frame.f_globals.get("__name__"), frame.f_code.co_qualname)

    def _calls(self, caller: FrameType, frame: FrameType) -> bool:
        """Tell whether the caller may have called a function itself, and not something in C.

        Generators begin when something asks for their first value, which is often C.
        """
        if frame.f_code.co_flags & _GENERATOR:
            return True
        call = self._sites.at(caller).call
        function = UNKNOWN if call is None else value_of(call.func, caller)
        if function is UNKNOWN:
            return True
        return frame.f_code in python_code(definition_of(function).function)

    def _caller(self, frame: FrameType) -> FrameType | None:
        """Return the frame of bundle code a call came from, past code that only hands on."""
        caller = frame.f_back
        while caller is not None and not self.is_bundle(caller):
            module = caller.f_globals.get("__name__", "")
            hands_on = caller.f_code.co_filename in _HANDS_ON or (
                isinstance(module, str) and module.partition(".")[0] in _HANDS_ON
            )
            if not hands_on:
                return None
            caller = caller.f_back
        return caller

    def _judge(self, named: Named, frame: FrameType, receiver: Any, first: Any = UNKNOWN) -> None:
        execution, hazards = current_execution.get(), self._known.hazards(named)
        if execution is None or hazards is None:
            return
        if _is_facade_logger(receiver) or _is_importing(frame):
            return
        site = self._sites.at(frame)
        variants = hazards.variants
        hazard = chosen(variants, variants[0].use, Call(site.call, frame, receiver, first))
        if hazard is not None:
            step = execution.step if execution.instance else _step_on(frame)
            self._log.add(execution, step, hazard, named.name.removeprefix("builtins."), site.line)


def _first_argument(frame: FrameType) -> Any:
    code = frame.f_code
    if not code.co_argcount:
        return None
    return frame.f_locals.get(code.co_varnames[0])


def _step_on(frame: FrameType | None) -> str | None:
    """Return the step of the workflow on the stack.

    temporalio's instance hands the workflow out with its first command, which may be yet to come.
    """
    while frame is not None and frame.f_code is not _RUN:
        step = fields(frame.f_locals.get("self")).get("_current_step_id")
        if isinstance(step, str):
            return step
        frame = frame.f_back
    return None


def _is_facade_logger(receiver: Any) -> bool:
    if isinstance(receiver, logging.LoggerAdapter):
        receiver = receiver.logger
    return isinstance(receiver, logging.Logger) and receiver.name in FACADE_LOGGERS


def _is_importing(frame: FrameType | None) -> bool:
    """Tell whether a frame runs because a run imports a module, which the lint judges."""
    while frame is not None and frame.f_code is not _RUN:
        if frame.f_code.co_filename == _IMPORTING:
            return True
        frame = frame.f_back
    return False

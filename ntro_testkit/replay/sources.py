"""Which lines are a bundle's own, and the classes that answer for workflow types."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from ntro_testkit.history.history import History
from ntro_testkit.history.problems import HistoryError
from ntro_testkit.runtime.definitions import slug_of, workflow_definition
from ntro_testkit.runtime.sdk.instance import workflow_type_of
from ntro_testkit.runtime.source_lines import line_of_error, line_of_frame, line_of_stack
from ntro_testkit.trace import SourceLine

_FRAME = re.compile(r'^\s*File "(.+)", line (\d+), in (\S+)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Code:
    """Today's code: its workflow classes by the types they are registered by, and its folders.

    `children` are the same classes by the slugs that parents start them by.
    """

    classes: Mapping[str, type]
    children: Mapping[str, type]
    roots: tuple[str, ...]

    def class_of(self, history: History) -> type:
        """Return the class of a history; raises `HistoryError` where no bundle has it."""
        found = self.classes.get(history.workflow_type)
        if found is None:
            known = ", ".join(f"`{name}`" for name in self.classes)
            given = " ".join(history.workflow_type.split())
            raise HistoryError(
                f"{history.source}: workflow type `{given}` is none of this bundle "
                f"({known}); if a child wrote it, pass its bundle with `--child`"
            )
        return found

    def line_of(self, frame: FrameType | None) -> SourceLine | None:
        """Return the first line of this code from a frame outwards."""
        return line_of_frame(frame, self.roots)

    def line_in(self, stack_trace: str) -> SourceLine | None:
        """Return the innermost line of this code in a traceback."""
        lines = _FRAME.findall(stack_trace)
        return self.line_of_stack((path, int(line), name) for path, line, name in reversed(lines))

    def line_of_stack(self, stack: Iterable[tuple[str, int, str]]) -> SourceLine | None:
        """Return the first line of this code of a stack, the innermost first."""
        return line_of_stack(stack, self.roots)

    def line_of_error(self, error: BaseException) -> SourceLine | None:
        """Return the innermost line of this code an exception came from."""
        return line_of_error(error, self.roots)

    def line_of_awaiting(self, awaitable: Any) -> SourceLine | None:
        """Return the innermost line of this code that a suspended coroutine is at."""
        found = None
        while inspect.iscoroutine(awaitable):
            # The frame's own line alone: what it was called from is the event loop.
            frame = awaitable.cr_frame
            if frame is not None and frame.f_code.co_filename.startswith(self.roots):
                code = frame.f_code
                found = SourceLine(code.co_filename, frame.f_lineno, code.co_name)
            awaitable = awaitable.cr_await
        return found

    def line_of_run(self, workflow_class: type) -> SourceLine | None:
        """Return where the run method of a class begins."""
        definition = workflow_definition(workflow_class)
        code = inspect.unwrap(getattr(workflow_class, definition.run_name)).__code__
        return SourceLine(code.co_filename, code.co_firstlineno, code.co_name)


def code_of(classes: Sequence[type]) -> Code:
    """Return the code of workflow classes."""
    roots = {str(Path(_file(cls)).resolve().parent) for cls in classes}
    named = {workflow_type_of(cls) or cls.__name__: cls for cls in classes}
    children = {slug_of(cls): cls for cls in classes}
    return Code(named, children, tuple(sorted(roots)))


def _file(cls: type) -> str:
    module = sys.modules[cls.__module__]
    return module.__file__ or ""

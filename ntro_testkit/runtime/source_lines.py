"""Finds the line of bundle code in frames, stacks and exceptions.

`roots` are the path prefixes of the code that is meant: templates folders, or single files.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import FrameType

from ntro_testkit.trace import SourceLine

Roots = tuple[str, ...]


def line_of_frame(frame: FrameType | None, roots: Roots) -> SourceLine | None:
    """Return the first line of that code from a frame outwards."""
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith(roots):
            return SourceLine(code.co_filename, frame.f_lineno, code.co_name)
        frame = frame.f_back
    return None


def line_of_stack(stack: Iterable[tuple[str, int, str]], roots: Roots) -> SourceLine | None:
    """Return the first line of that code of a stack given as path, line, function."""
    return next((SourceLine(*entry) for entry in stack if entry[0].startswith(roots)), None)


def line_of_error(error: BaseException, roots: Roots) -> SourceLine | None:
    """Return the innermost line of that code an exception came from.

    Looks into the members of a group and at what the exception was raised from.
    """
    found = None
    link = error.__traceback__
    while link is not None:
        code = link.tb_frame.f_code
        if code.co_filename.startswith(roots):
            found = SourceLine(code.co_filename, link.tb_lineno, code.co_name)
        link = link.tb_next
    if isinstance(error, BaseExceptionGroup):
        return line_of_error(error.exceptions[0], roots) or found
    origin = error.__cause__ or error.__context__
    return line_of_error(origin, roots) if found is None and origin is not None else found

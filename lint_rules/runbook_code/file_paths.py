"""Paths of files as the code writes them: from `__file__`, by `parent`, `/` and `join`.

Only what is written out is followed; anything else is no path here.
"""

from __future__ import annotations

from posixpath import dirname, normpath

from lint_rules.facts.expressions import (
    Attribute,
    Call,
    Constant,
    Expression,
    Name,
    Operation,
    Subscript,
)
from lint_rules.program import Module, Program
from lint_rules.program.names import lookup

_FAR = 12
_SAME = ("resolve", "absolute", "expanduser")
_SAME_FUNCTIONS = ("os.path.abspath", "os.path.realpath", "os.path.normpath")


class FilePaths:
    """Reads the paths in one module, which lies at `inside` in its bundle."""

    def __init__(self, program: Program, module: Module, inside: str) -> None:
        self._program = program
        self._module = module
        self._inside = inside

    def path(self, expression: Expression) -> str | None:
        """Return a path from the top of the bundle, with `..` for what is above."""
        found = self._path(expression, 0)
        return None if found is None else normpath(found)

    def _path(self, expression: Expression, depth: int) -> str | None:
        if depth > _FAR:
            return None
        match expression:
            case Name(_, "__file__"):
                return self._inside
            case Name(_, name):
                found = lookup(
                    self._module, name, self._module.facts.scope_of(expression), expression
                )
                value = found[0].value if len(found) == 1 and found[0].kind == "assign" else None
                plain = value is not None and not found[0].path
                return self._path(value, depth + 1) if value is not None and plain else None
            case Attribute(_, value, "parent"):
                return self._parent(value, 1, depth)
            case Subscript(_, Attribute(_, value, "parents"), Constant(_, "int", int(number))):
                return self._parent(value, number + 1, depth) if 0 <= number < _FAR else None
            case Operation(_, ("/",), (left, right)):
                return self._joined(left, (right,), depth)
            case Call(_, function, arguments, ()):
                return self._call(function, arguments, depth)
            case _:
                return None

    def _call(
        self, function: Expression, arguments: tuple[Expression, ...], depth: int
    ) -> str | None:
        name = self._program.name(self._module, function)
        if name == "pathlib.Path" and arguments:
            return self._joined(arguments[0], arguments[1:], depth)
        if name == "os.path.join" and arguments:
            return self._joined(arguments[0], arguments[1:], depth)
        if name == "os.path.dirname" and len(arguments) == 1:
            return self._parent(arguments[0], 1, depth)
        if name in _SAME_FUNCTIONS and len(arguments) == 1:
            return self._path(arguments[0], depth + 1)
        match function:
            case Attribute(_, value, method) if method in _SAME and not arguments:
                return self._path(value, depth + 1)
            case Attribute(_, value, "joinpath"):
                return self._joined(value, arguments, depth)
            case _:
                return None

    def _parent(self, value: Expression, levels: int, depth: int) -> str | None:
        found = self._path(value, depth + 1)
        if found is None:
            return None
        found = normpath(found)
        for _ in range(levels):
            found = (
                "../" + found if found == "." or found.startswith("..") else dirname(found) or "."
            )
        return found

    def _joined(self, left: Expression, parts: tuple[Expression, ...], depth: int) -> str | None:
        found = self._path(left, depth + 1)
        for part in parts:
            text = part.value if isinstance(part, Constant) and part.kind == "str" else None
            if found is None or not isinstance(text, str) or text.startswith("/"):
                return None
            found = f"{found}/{text}"
        return found

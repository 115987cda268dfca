"""What a suppression is, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.rule_codes import OURS


@dataclass(frozen=True, slots=True)
class CodeAt:
    """One code of a suppression; columns from 1, the end exclusive."""

    code: str
    column: int
    end_column: int

    @property
    def ours(self) -> bool:
        """Tell whether the code is one of this tool, or meant to be."""
        return self.code.startswith(OURS)


@dataclass(frozen=True, slots=True)
class Suppression:
    """A `# noqa: ...` with at least one code of ours, from its `#` to the end of its reason.

    `codes` holds the foreign ones too. It silences findings that start on a line from `first_line`
    to `line`, or end on `line`: `first_line` is where the statement starts when the comment stands
    behind its last line, else the line of the comment. `removable` are the columns that go when
    all of it goes; None when it must stay to keep the file whole.
    """

    path: str
    line: int
    column: int
    end_column: int
    codes: tuple[CodeAt, ...]
    reason: str | None
    first_line: int
    removable: tuple[int, int] | None

    @property
    def own_codes(self) -> tuple[CodeAt, ...]:
        """The codes of this tool."""
        return tuple(code for code in self.codes if code.ours)

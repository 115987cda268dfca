"""The edits that take codes out of a suppression and leave the rest of the line as it is."""

from __future__ import annotations

from collections.abc import Collection

from lint_rules.finding import Edit, Fix
from lint_rules.suppressions.suppression import Suppression

FIX = "remove-suppression"


def removal(suppression: Suppression, codes: Collection[str]) -> Fix | None:
    """Return the fix that removes codes, and the whole comment when no code is left in it.

    None when the comment has to stay.
    """
    if all(code.code in codes for code in suppression.codes):
        return _whole_removal(suppression)
    names = ", ".join(f"`{code}`" for code in codes)
    edits = tuple(_edit(suppression, *columns) for columns in _ranges(suppression, codes))
    return Fix(FIX, "safe", f"remove {names} from the suppression", edits)


def _whole_removal(suppression: Suppression) -> Fix | None:
    if suppression.removable is None:
        return None
    edit = _edit(suppression, *suppression.removable)
    return Fix(FIX, "safe", "remove the suppression", (edit,))


def _ranges(suppression: Suppression, codes: Collection[str]) -> list[tuple[int, int]]:
    """Return the columns of the codes, each with the delimiter to a code that stays."""
    ranges: list[tuple[int, int]] = []
    end_of_kept = None
    for place, code in enumerate(suppression.codes):
        if code.code not in codes:
            end_of_kept = code.end_column
        elif end_of_kept is not None:
            ranges.append((end_of_kept, code.end_column))
            end_of_kept = code.end_column
        else:
            ranges.append((code.column, suppression.codes[place + 1].column))
    return _joined(ranges)


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _edit(suppression: Suppression, column: int, end_column: int) -> Edit:
    line = suppression.line
    return Edit(suppression.path, (line, column), (line, end_column), "")

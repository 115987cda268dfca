"""An import that stands in a module for others: `from module import name as name`.

Written like that, tools leave it alone although nothing in the module uses it.
"""

from __future__ import annotations

import ast

from lint_rules.files.text_file import TextFile
from lint_rules.finding import Edit
from lint_rules.fixes.edits import TextEdit
from lint_rules.fixes.import_block import ImportBlock


def re_export(file: TextFile, module: str, name: str) -> tuple[Edit, ...]:
    """Return the edits that put a re-export among the imports of a file; none if it is broken."""
    try:
        twin = ast.parse(file.text or "")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    if file.text is None:
        return ()
    block = ImportBlock(file.source, twin)
    block.add(f"from {module} import {name} as {name}", module, is_from=True)
    edits: list[TextEdit] = list(block.edits())
    return tuple(edit.at(file.path) for edit in edits)

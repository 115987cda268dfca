"""Brings fixed files to disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lint_rules.fixing.fix_run import FixedFile


def write_files(files: Iterable[FixedFile]) -> tuple[str, ...]:
    """Write each file, whole or not at all; return a line for each that could not be written."""
    return tuple(_problems(files))


def _problems(files: Iterable[FixedFile]) -> Iterator[str]:
    from lint_rules.fixes.files import ChangedMeanwhileError, write_atomically

    written: dict[Path, bytes] = {}
    for file in files:
        target = Path(file.path).resolve()
        if written.get(target) == file.after:
            # Another path of the same file.
            continue
        try:
            write_atomically(target, file.before, file.after)
        except ChangedMeanwhileError:
            yield f"{file.shown} was changed meanwhile and is not fixed: run it again"
        except OSError as error:
            yield f"{file.shown} cannot be written and is not fixed: {error.strerror or error}"
        else:
            written[target] = file.after

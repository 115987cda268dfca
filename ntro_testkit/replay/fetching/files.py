"""The folder that fetched histories are kept in: names, whole files, and what is there already.

A file appears at once or not at all. Which histories are complete is noted in a file beside them,
line by line, so that fetching may be broken off at any moment and gone on with later.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

STATE = ".fetched.jsonl"
"""One line for each complete history; of a line that was cut off nothing is believed."""

_LONGEST_ID = 150
"""Characters of a workflow id in a file's name; file systems allow 255 bytes for all of it."""


def file_name(workflow_id: str, run_id: str) -> str:
    """Return the name of a history's file.

    What is not a letter, a digit, `-` or `_` is written as %XX, so no id leads out of the folder;
    the run id, unique in a cluster, keeps what is left of different ids apart.
    """
    safe = quote(workflow_id, safe="-_").replace(".", "%2E").replace("~", "%7E")
    return f"{safe[:_LONGEST_ID]}.{quote(run_id, safe='-_')}.json"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees a part of it, not even after a crash."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


@dataclass(frozen=True, slots=True)
class _Line:
    file: str
    size: int


class FetchedFiles:
    """The histories in one folder; raises OSError when it cannot be made or written."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._complete = {line.file: line.size for line in self._read()}

    def has(self, workflow_id: str, run_id: str) -> bool:
        """Tell whether the history of a finished run is there, whole."""
        name = file_name(workflow_id, run_id)
        size = self._complete.get(name)
        path = self._folder / name
        return size is not None and path.is_file() and path.stat().st_size == size

    def keep(self, workflow_id: str, run_id: str, data: bytes, *, complete: bool) -> Path:
        """Write a history, and note it when it is that of a finished run."""
        path = self._folder / file_name(workflow_id, run_id)
        write_whole(path, data)
        if complete:
            self._complete[path.name] = len(data)
            line = json.dumps({"file": path.name, "size": len(data)})
            with (self._folder / STATE).open("a", encoding="utf-8") as state:
                # A line that a crash cut off ends here at the latest.
                state.write(f"\n{line}\n")
        return path

    def _read(self) -> Iterator[_Line]:
        try:
            text = (self._folder / STATE).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return
        for line in text.splitlines():
            try:
                noted = json.loads(line)
                yield _Line(str(noted["file"]), int(noted["size"]))
            except (ValueError, KeyError, TypeError):
                # Cut off by a crash: the history is fetched again.
                continue

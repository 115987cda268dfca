"""The histories kept beside a bundle: Temporal's History JSON, and a header that lists the files.

One event per line, so that a change of behaviour reads well in a diff. A file is written only when
its text changes, and never halfway.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ntro_testkit.history.history import History
from ntro_testkit.history.reading import HEADER, RECORDED
from ntro_testkit.replay.recording.record import Recorded

FOLDER = "tests/histories"
"""Below a bundle's directory."""

HEADER_VERSION = 1

What = Literal["written", "unchanged", "stale", "removed"]

_ENDS = {
    f"EVENT_TYPE_WORKFLOW_EXECUTION_{end.upper()}": end
    for end in ("completed", "failed", "timed_out", "canceled", "terminated", "continued_as_new")
}


class CorpusError(ValueError):
    """A header that cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was done with one file."""

    file: str
    what: What


def history_text(history: History) -> str:
    """Return a history as a file: `{"events": [...]}`, an event per line."""
    events = ",\n".join(json.dumps(event, separators=(",", ":")) for event in history.events)
    return f'{{"events": [\n{events}\n]}}\n'


def history_status(history: History) -> str:
    """Return how an execution ended, `running` when its history does not say."""
    last = str(history.events[-1]["eventType"]) if history.events else ""
    return _ENDS.get(last, "running")


def header_entry(one: Recorded, backend: str) -> dict[str, Any]:
    """Return what the header says of one history."""
    entry: dict[str, Any] = {
        "scenario": one.scenario,
        "workflow_id": one.history.workflow_id,
        "run_id": one.history.run_id,
        "workflow_type": one.history.workflow_type,
        "backend": backend,
        "status": history_status(one.history),
        "start_time": one.history.events[0]["eventTime"],
    }
    if one.parent is not None:
        entry["parent"] = one.parent
    return entry


def read_entries(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the header of a folder says of each file; nothing where there is no header.

    Raises `CorpusError` when it is damaged, or that of `replay fetch`.
    """
    file = folder / HEADER
    if not file.exists():
        return {}
    try:
        header = json.loads(file.read_text(encoding="utf-8"))
        is_fetched = RECORDED not in header and "made_by" in header
        listed = {} if is_fetched else header[RECORDED]
        entries = {str(name): dict(entry) for name, entry in listed.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(
            f"{file}: this is no header of recorded histories ({error}): delete it and record again"
        ) from error
    if is_fetched:
        raise CorpusError(f"{file}: here are fetched histories: record into another folder")
    return entries


def write_corpus(
    folder: Path,
    recorded: Iterable[Recorded],
    *,
    made_by: Mapping[str, Any],
    backend: str,
    keep: Iterable[str],
    prune: bool,
) -> list[Change]:
    """Write histories and their header; return what was done with each file.

    Files that the header lists and that nothing produces any more are stale, unless `keep` names
    their scenario; with `prune` they are removed. Files the header does not list are left alone:
    they were brought here by somebody.
    """
    before, kept = read_entries(folder), set(keep)
    entries = {name: entry for name, entry in before.items() if entry.get("scenario") in kept}
    recorded = list(recorded)
    if not recorded and not before:
        # A header alone would look as if there were something.
        return []
    changes: list[Change] = []
    folder.mkdir(parents=True, exist_ok=True)
    for one in recorded:
        entries[one.file] = header_entry(one, backend)
        changes.append(_write(folder / one.file, history_text(one.history)))
    for name in sorted(set(before) - set(entries)):
        if not (folder / name).exists():
            continue
        if prune:
            (folder / name).unlink()
        else:
            entries[name] = before[name]
        changes.append(Change(name, "removed" if prune else "stale"))
    changes.append(_write(folder / HEADER, _header_text(made_by, entries)))
    return changes


def _header_text(made_by: Mapping[str, Any], entries: Mapping[str, Any]) -> str:
    header = {"version": HEADER_VERSION, **made_by, RECORDED: dict(sorted(entries.items()))}
    return json.dumps(header, indent=2) + "\n"


def _write(file: Path, text: str) -> Change:
    data = text.encode("utf-8")
    if file.exists() and file.read_bytes() == data:
        return Change(file.name, "unchanged")
    with _replacing(file) as descriptor:
        os.write(descriptor, data)
    return Change(file.name, "written")


@contextlib.contextmanager
def _replacing(file: Path) -> Iterator[int]:
    """Give a descriptor to write to; what was written replaces the file at once, or not at all."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        yield descriptor
        os.fchmod(descriptor, 0o644)
        os.close(descriptor)
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            os.close(descriptor)
        Path(name).unlink(missing_ok=True)
        raise

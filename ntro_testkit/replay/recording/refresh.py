"""Brings the histories beside a bundle up to what the bundle does today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ntro_testkit import __version__
from ntro_testkit.replay.recording.backends import BACKENDS, Subject
from ntro_testkit.replay.recording.corpus import Change, read_entries, write_corpus
from ntro_testkit.replay.recording.record import Recordings, record
from ntro_testkit.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of the scenarios, and of the files."""

    recordings: Recordings
    changes: tuple[Change, ...]


def refresh(
    folder: Path,
    subject: Subject,
    scenarios: Sequence[Scenario],
    generated: Sequence[Scenario] = (),
    *,
    backend: str,
    is_selection: bool,
    prune: bool = False,
) -> Refreshed:
    """Record scenarios into a folder.

    `generated` are those that only count where they do something else. The histories of scenarios
    that were not run are stale, unless those that were are a selection. Nothing is written when
    this raises: `RecordError`, `RedactionError`, `CorpusError`, and what the runs raise.
    """
    entries = read_entries(folder)
    recordings = record(BACKENDS[backend](subject), scenarios, generated)
    redaction = subject.redaction
    if redaction is not None:
        redaction.check_names()
    keep = {refused.scenario for refused in recordings.refused}
    if is_selection:
        ran = {scenario.name for scenario in scenarios}
        keep |= {str(entry.get("scenario")) for entry in entries.values()} - ran
    changes = write_corpus(
        folder,
        recordings.recorded,
        made_by=_made_by(subject),
        backend=backend,
        keep=keep,
        prune=prune,
    )
    return Refreshed(recordings, tuple(changes))


def _made_by(subject: Subject) -> dict[str, Any]:
    """Return what makes the histories, without anything of the machine or the moment."""
    loaded, redaction = subject.loaded, subject.redaction
    made_by: dict[str, Any] = {
        "tool": {"name": "ntro-testkit", "version": __version__},
        "ntro": version("ntro"),
        "temporalio": version("temporalio"),
        "bundle": {"slug": loaded.slug, "version": loaded.bundle.version},
    }
    if redaction is not None:
        made_by["redacted"] = redaction.names
    return made_by

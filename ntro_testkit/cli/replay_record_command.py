"""`ntro-testkit replay record BUNDLE`: one history per scenario into <bundle>/tests/histories."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntro_testkit.cli.arguments import Arguments, positive
from ntro_testkit.cli.commands import PROGRAM
from ntro_testkit.cli.errors import UsageError
from ntro_testkit.cli.kept_stdout import stdout_kept_for_the_report

if TYPE_CHECKING:
    from ntro_testkit.loading import LoadedBundle
    from ntro_testkit.replay.backends import Subject
    from ntro_testkit.replay.corpus import Change
    from ntro_testkit.replay.record import Recordings
    from ntro_testkit.scenario import Scenario

TEXT = f"""\
Write the history of each scenario into <bundle>/tests/histories, as Temporal exports it.

Without --scenario: the built-in ones, the author's own, one per gate that can time out and one
per activity that fails. Unchanged behaviour gives the same bytes. A run that does not end as it
may leaves no history; then the exit code is 1.

Examples:
  {PROGRAM} replay record runbooks/nav-monthly --child runbooks/document-collect
  {PROGRAM} replay record runbooks/petty-cash -s happy --redact Slip --redact Payee.iban"""


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    given = _parser().read(arguments)
    with stdout_kept_for_the_report():
        recordings, changes, folder = _record(given)
    print(
        _as_json(recordings, changes, folder) if given.json else _told(recordings, changes, folder)
    )
    return 1 if recordings.refused else 0


def _parser() -> Arguments:
    parser = Arguments(f"{PROGRAM} replay record", "BUNDLE", TEXT)
    parser.add_argument("bundle", metavar="BUNDLE", type=Path, help=argparse.SUPPRESS)
    add = parser.add_argument
    add("--child", metavar="DIR", type=Path, action="append", default=[], help="A child's bundle.")
    add("-s", "--scenario", metavar="NAME", action="append", default=[], help="Only this one.")
    add("--backend", metavar="NAME", default="local", help="What runs it. Default: local.")
    add("--input", metavar="JSON|@FILE", help="The run's input. Default: faked from its type.")
    add("--workflow-class", metavar="C", help="The class, if the slug does not say.")
    add(
        "--redact",
        metavar="TYPE",
        action="append",
        default=[],
        help="Fake values of a model (Slip) or of a field (Slip.payee).",
    )
    add("--output", metavar="DIR", type=Path, help="Write there instead.")
    add("--prune", action="store_true", help="Remove histories of scenarios that are no more.")
    add("--timeout", metavar="S", type=positive, default=30, help="Real seconds per scenario.")
    add("--json", action="store_true", help="Print the report as JSON.")
    return parser


def _record(given: argparse.Namespace) -> tuple[Recordings, list[Change], Path]:
    from ntro_testkit.loading import load_bundle
    from ntro_testkit.replay.backends import BACKENDS
    from ntro_testkit.replay.corpus import FOLDER, read_entries, write_corpus
    from ntro_testkit.replay.record import record

    if given.backend not in BACKENDS:
        known = ", ".join(BACKENDS)
        raise UsageError(f"no backend `{given.backend}` can record (there are: {known})")
    loaded = load_bundle(given.bundle, workflow_class=given.workflow_class)
    folder = given.output or given.bundle / FOLDER
    entries = read_entries(folder)
    subject = _subject(given, loaded)
    scenarios, vary = _scenarios(given)
    recordings = record(BACKENDS[given.backend](subject), scenarios, vary=vary)
    if subject.redaction is not None:
        subject.redaction.check_names()
    keep = {refused.scenario for refused in recordings.refused}
    if not vary:
        ran = {scenario.name for scenario in scenarios}
        keep |= {str(entry.get("scenario")) for entry in entries.values()} - ran
    changes = write_corpus(
        folder,
        recordings.recorded,
        made_by=_made_by(loaded, given.redact),
        backend=given.backend,
        keep=keep,
        prune=given.prune,
    )
    return recordings, changes, folder


def _subject(given: argparse.Namespace, loaded: LoadedBundle) -> Subject:
    from ntro_testkit.cli.run_inputs import parse_input
    from ntro_testkit.harness import FAKED
    from ntro_testkit.replay.backends import Subject
    from ntro_testkit.replay.redaction import Redaction

    return Subject(
        loaded.workflow_class,
        given.child,
        FAKED if given.input is None else parse_input(given.input),
        given.timeout,
        Redaction(given.redact) if given.redact else None,
    )


def _scenarios(given: argparse.Namespace) -> tuple[list[Scenario], bool]:
    """Return the scenarios to run, and whether variations are to be added."""
    from ntro_testkit.author_scenarios import available_scenarios
    from ntro_testkit.cli.run_inputs import named_scenarios

    if given.scenario:
        return named_scenarios(given.bundle, given.scenario), False
    return list(available_scenarios(given.bundle).values()), True


def _made_by(loaded: LoadedBundle, redacted: Sequence[str]) -> dict[str, Any]:
    """Return what made the histories, without anything of the machine or the moment."""
    from ntro_testkit import __version__

    made_by: dict[str, Any] = {
        "tool": {"name": PROGRAM, "version": __version__},
        "ntro": version("ntro"),
        "temporalio": version("temporalio"),
        "bundle": {"slug": loaded.slug, "version": loaded.bundle.version},
    }
    if redacted:
        made_by["redacted"] = sorted(set(redacted))
    return made_by


def _told(recordings: Recordings, changes: Sequence[Change], folder: Path) -> str:
    lines = [f"{change.what:9}  {folder / change.file}" for change in changes]
    lines += [f"refused    {one.scenario}: {one.status}: {one.error}" for one in recordings.refused]
    return "\n".join(lines)


def _as_json(recordings: Recordings, changes: Sequence[Change], folder: Path) -> str:
    recorded = {one.file: one for one in recordings.recorded}
    files = []
    for change in changes:
        one = recorded.get(change.file)
        more = {"scenario": one.scenario, "events": len(one.history.events)} if one else {}
        files.append({"path": str(folder / change.file), "change": change.what, **more})
    refused = [
        {"scenario": one.scenario, "status": one.status, "error": one.error}
        for one in recordings.refused
    ]
    return json.dumps({"version": 1, "files": files, "refused": refused}, indent=2)

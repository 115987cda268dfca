"""`ntro-testkit replay record BUNDLE`: one history per scenario into <bundle>/tests/histories."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntro_testkit.cli.arguments import Arguments, positive
from ntro_testkit.cli.commands import PROGRAM
from ntro_testkit.cli.errors import UsageError
from ntro_testkit.cli.terminal import stdout_kept_for_the_report

if TYPE_CHECKING:
    from ntro_testkit.loading import LoadedBundle
    from ntro_testkit.replay.recording.backends import Subject
    from ntro_testkit.replay.recording.refresh import Refreshed
    from ntro_testkit.scenario import Scenario

TEXT = f"""\
Write the history of each scenario into <bundle>/tests/histories, as Temporal exports it.

Without --scenario: the built-in ones, the author's own, one per gate that can time out and one
per activity that fails; -s takes their names too. Unchanged behaviour gives the same bytes, on
local and sdk. A run that does not end as it may leaves no history; then the exit code is 1.

Examples:
  {PROGRAM} replay record runbooks/nav-monthly --child runbooks/document-collect
  {PROGRAM} replay record runbooks/petty-cash -s happy --redact Slip --redact Payee.iban"""


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    given = _parser().read(arguments)
    with stdout_kept_for_the_report():
        refreshed, folder = _record(given)
    print(_as_json(refreshed, folder) if given.json else _told(refreshed, folder))
    return 1 if refreshed.recordings.refused else 0


def _parser() -> Arguments:
    parser = Arguments(f"{PROGRAM} replay record", "BUNDLE", TEXT)
    parser.add_argument("bundle", metavar="BUNDLE", type=Path, help=argparse.SUPPRESS)
    add = parser.add_argument
    add("--child", metavar="DIR", type=Path, action="append", default=[], help="A child's bundle.")
    add("-s", "--scenario", metavar="NAME", action="append", default=[], help="Only this one.")
    add("--backend", metavar="NAME", default="local", help="local, sdk or server. Default: local.")
    add("--address", metavar="HOST:PORT", help="Use this server. Default: start a dev server.")
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


def _record(given: argparse.Namespace) -> tuple[Refreshed, Path]:
    from ntro_testkit.cli.run_inputs import check_address
    from ntro_testkit.loading import load_bundle
    from ntro_testkit.replay.recording.backends import BACKENDS
    from ntro_testkit.replay.recording.corpus import FOLDER
    from ntro_testkit.replay.recording.refresh import refresh

    if given.backend not in BACKENDS:
        known = ", ".join(BACKENDS)
        raise UsageError(f"no backend `{given.backend}` can record (there are: {known})")
    check_address(given.backend, given.address)
    loaded = load_bundle(given.bundle, workflow_class=given.workflow_class)
    folder: Path = given.output or given.bundle / FOLDER
    subject = _subject(given, loaded)
    scenarios, generated = _scenarios(given, subject)
    refreshed = refresh(
        folder,
        subject,
        scenarios,
        generated,
        backend=given.backend,
        is_selection=bool(given.scenario),
        prune=given.prune,
    )
    return refreshed, folder


def _subject(given: argparse.Namespace, loaded: LoadedBundle) -> Subject:
    from ntro_testkit.cli.run_inputs import parse_input
    from ntro_testkit.harness import FAKED
    from ntro_testkit.loading import load_bundle
    from ntro_testkit.replay.recording.backends import Subject
    from ntro_testkit.replay.recording.redaction import Redaction

    return Subject(
        loaded,
        [load_bundle(child) for child in given.child],
        FAKED if given.input is None else parse_input(given.input),
        given.timeout,
        Redaction(given.redact) if given.redact else None,
        given.address,
    )


def _scenarios(
    given: argparse.Namespace, subject: Subject
) -> tuple[Sequence[Scenario], Sequence[Scenario]]:
    """Return the scenarios to run, and those that are only run for what they do differently."""
    from ntro_testkit.author_scenarios import available_scenarios
    from ntro_testkit.cli.run_inputs import named_scenarios
    from ntro_testkit.replay.recording.backends import generated_scenarios
    from ntro_testkit.scenario import HAPPY

    available = available_scenarios(given.bundle)

    def generate() -> list[Scenario]:
        return generated_scenarios(subject, available[HAPPY.name])

    if given.scenario:
        return named_scenarios(given.bundle, given.scenario, generate), ()
    return list(available.values()), generate()


def _told(refreshed: Refreshed, folder: Path) -> str:
    lines = [f"{change.what:9}  {folder / change.file}" for change in refreshed.changes]
    refused = refreshed.recordings.refused
    lines += [f"refused    {one.scenario}: {one.status}: {one.error}" for one in refused]
    return "\n".join(lines)


def _as_json(refreshed: Refreshed, folder: Path) -> str:
    recorded = {one.file: one for one in refreshed.recordings.recorded}
    files = []
    for change in refreshed.changes:
        one = recorded.get(change.file)
        more = {"scenario": one.scenario, "events": len(one.history.events)} if one else {}
        files.append({"path": str(folder / change.file), "change": change.what, **more})
    refused = [
        {"scenario": one.scenario, "status": one.status, "error": one.error}
        for one in refreshed.recordings.refused
    ]
    return json.dumps({"version": 1, "files": files, "refused": refused}, indent=2)

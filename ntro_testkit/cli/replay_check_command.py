"""`ntro-testkit replay check BUNDLE [HISTORIES...]`: histories against today's code."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntro_testkit.cli.arguments import Arguments, positive
from ntro_testkit.cli.commands import PROGRAM
from ntro_testkit.cli.errors import UsageError

if TYPE_CHECKING:
    from ntro_testkit.replay.against.check import Edit
    from ntro_testkit.replay.checking import Plan

_TEXT = """\
Replay histories against a bundle as it is now, on Temporal's own engine and without a
server: what Temporal would refuse (TMPRL1100), what moved across a review, and what
changed in arguments, results and timeouts. NTR801 to NTR806; `ntro-testkit rule CODE`
explains a code.

With --against, no histories are needed: the bundle as it was at a git revision is run, and
wherever such a run may stand, today's code takes it over and must bring it to its end. The
states that break are listed; the work tree is left alone.

Exit code 0 when nothing differs, 1 when something does, 2 on wrong use or when a history
could not be read; the others are checked all the same.

Examples:

  ntro-testkit replay check runbooks/nav-monthly
  ntro-testkit replay check runbooks/nav-monthly exports/ --child runbooks/document-collect
  ntro-testkit replay check runbooks/nav-monthly fetched.jsonl.gz --shard 1/4
  ntro-testkit replay check runbooks/nav-monthly --ignore NTR805 --output-format json
  ntro-testkit replay check runbooks/nav-monthly --official
  ntro-testkit replay check runbooks/nav-monthly --against origin/main -s happy
"""


def main(arguments: Sequence[str]) -> int:
    """Check and return the exit code; raises `UsageError` for wrong arguments."""
    given = _parser().read(arguments)
    if given.against is not None:
        from ntro_testkit.cli import replay_against_run

        return replay_against_run.run(_edit_of(given), given)
    if given.scenario:
        raise UsageError("--scenario is for --against; name the files of histories instead")
    from ntro_testkit.cli.replay_check_run import run

    return run(plan_of(given), given)


def plan_of(given: argparse.Namespace) -> Plan:
    """Return what the arguments ask for; raises `UsageError`."""
    from ntro_testkit.replay.checking import Plan, Shard

    index, count = given.shard or (1, 1)
    return Plan(
        bundle=given.bundle,
        children=tuple(given.child),
        histories=tuple(given.histories) or (_recorded(given.bundle),),
        workflow_class=given.workflow_class,
        shard=Shard(index, count) if given.shard else None,
        kind=given.kind,
    )


def _edit_of(given: argparse.Namespace) -> Edit:
    """Return what the arguments ask for; raises `UsageError` for what does not go together."""
    from ntro_testkit.replay.against.check import Edit

    for value, what in (
        (given.histories, "HISTORIES"),
        (given.shard, "--shard"),
        (given.jobs, "--jobs"),
        (given.kind == "official", "--official"),
    ):
        if value:
            raise UsageError(f"{what} does not go with --against, which makes runs of its own")
    return Edit(
        bundle=given.bundle,
        children=tuple(given.child),
        revision=given.against,
        scenarios=tuple(dict.fromkeys(given.scenario)),
        workflow_class=given.workflow_class,
    )


def _recorded(bundle: Path) -> Path:
    directory = bundle / "tests" / "histories"
    if bundle.is_dir() and not directory.is_dir():
        raise UsageError(
            f"{directory}: no histories yet: `{PROGRAM} replay record {bundle}` writes one for "
            f"each scenario; or name files of your own"
        )
    return directory


def _parser() -> Arguments:
    parser = Arguments(f"{PROGRAM} replay check", "BUNDLE [HISTORIES...]", _TEXT)
    add = parser.add_argument
    add("bundle", type=Path, metavar="BUNDLE", help="The directory of a runbook bundle.")
    add(
        "histories",
        nargs="*",
        default=[],
        type=Path,
        metavar="HISTORIES",
        help="Files of histories (.json, .jsonl, .gz), or directories of them. "
        "Default: BUNDLE/tests/histories.",
    )
    _add_choice(parser)
    _add_report(parser)
    return parser


def _add_choice(parser: Arguments) -> None:
    add = parser.add_argument_group("What is checked").add_argument
    add(
        "--strict",
        dest="kind",
        action="store_const",
        const="strict",
        default="strict",
        help="Compare tasks and contents too, which Temporal does not. The default.",
    )
    add(
        "--official",
        dest="kind",
        action="store_const",
        const="official",
        help="Ask Temporal's own Replayer instead, in a process of its own.",
    )
    add(
        "--child",
        action="append",
        default=[],
        type=Path,
        metavar="DIR",
        help="The bundle of a child, for the histories of its runs. May be repeated.",
    )
    add(
        "--against",
        metavar="REV",
        help="Hand runs of the bundle as it was at this git revision over to it as it is now.",
    )
    add(
        "-s",
        "--scenario",
        action="append",
        default=[],
        metavar="NAME",
        help="With --against: only this one. May be repeated.",
    )
    add("--workflow-class", metavar="C", help="The class to use where BUNDLE has several.")
    add(
        "--shard",
        type=shard,
        metavar="I/N",
        help="Only the I-th of N parts of the histories, by workflow id.",
    )
    add("--jobs", type=positive, metavar="N", help="Processes. Default: all cores, if it pays.")


def _add_report(parser: Arguments) -> None:
    add = parser.add_argument_group("Report").add_argument
    add(
        "--output-format",
        choices=("full", "concise", "json", "junit"),
        default="full",
        metavar="FORMAT",
        help="full (the default), concise, json or junit.",
    )
    for option, what in (("--select", "Report only these"), ("--ignore", "Do not report these")):
        add(
            option,
            action="append",
            default=[],
            metavar="CODES",
            help=f"{what}: NTR801,moved-across-gate.",
        )


def shard(text: str) -> tuple[int, int]:
    """Return the part and the number of parts of `1/4`; raises what a parser expects."""
    found = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", text)
    index, count = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= index <= count:
        raise argparse.ArgumentTypeError(f"expected I/N such as 1/4, found `{text}`")
    return index, count

"""What is measured: each function writes its tree, times in turns, and cleans up."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Times
from benchmarks.lint_speed import trees
from benchmarks.lint_speed.commands import FIXIT, FLAKE8, PARSER, RUFF, Peer, lint, peak, timed
from benchmarks.lint_speed.figures import Goal, Point, Row, Speed
from benchmarks.lint_speed.trees import Tree
from benchmarks.processes import python
from benchmarks.rounds import Timed, in_turns

FIXTURES = Path(__file__).parents[2] / "fixtures"

FOUND = "NTR1"
"""Every tree has hazards, and a linter that finds none has not worked."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is generated, and how often it is linted."""

    lines: int = 200_000
    fixit_share: int = 10
    repository: int = 500_000
    workflows: int = 20
    curve: tuple[int, ...] = (10, 100, 1_000, 10_000)
    rounds: int = 5


WHOLE = Size()
FULL = Size(fixit_share=1)
QUICK = Size(lines=5_000, fixit_share=5, repository=20_000, workflows=2, curve=(2, 10), rounds=1)


def cold(size: Size) -> Speed:
    """Lint bundles without a cache, beside flake8, ruff and the bare parser."""
    with _directory() as root:
        tree = trees.tree(root, size.lines)
        ours, others, notes = _against(
            [FLAKE8, RUFF, PARSER],
            lint("--no-cache"),
            root,
            size.rounds,
        )
    goals = {FLAKE8: Goal(faster=1.5)}
    rows = [Row("cold", ours, peer.name, theirs, goals.get(peer)) for peer, theirs in others]
    return Speed(f"bundles, {_extent(tree)}", tuple(rows), notes=notes)


def against_fixit(size: Size) -> Speed:
    """Lint a part of the bundles beside Fixit, which needs minutes for all of them."""
    with _directory() as root:
        tree = trees.tree(root, size.lines // size.fixit_share)
        rounds = 1 if size.fixit_share == 1 else size.rounds // 2 + 1
        ours, others, notes = _against([FIXIT], lint("--no-cache"), root, rounds, warm_up=1)
    rows = [Row("cold", ours, peer.name, theirs, Goal(faster=20)) for peer, theirs in others]
    part = "" if size.fixit_share == 1 else f", one {size.fixit_share}th of the tree above"
    return Speed(f"bundles, {_extent(tree)}{part}", tuple(rows), notes=notes)


def warm(size: Size) -> Speed:
    """Lint bundles again with everything cached, and after one module has changed."""
    with _directory() as root:
        tree = trees.tree(root, size.lines)
        edited = min(root.rglob("workflow.py"))
        fill = timed(lint(), root, finds=FOUND)
        filled = Times((fill(),))
        again = timed(lint(), root, finds=FOUND)
        ours, others, notes = _against([RUFF], lint(), root, size.rounds)
        [changed] = in_turns([_edited(edited, again)], size.rounds)
    rows = [Row("warm", ours, peer.name, theirs, Goal(at_most=3)) for peer, theirs in others]
    rows += [Row("warm, one module edited", changed), Row("the first time, cache written", filled)]
    return Speed(f"bundles, {_extent(tree)}", tuple(rows), notes=notes)


def repository(size: Size) -> Speed:
    """Lint an ordinary repository with few workflows, cold and warm."""
    with _directory() as root:
        tree = trees.repository(root, size.repository, size.workflows)
        ours, others, notes = _against([RUFF], lint("--no-cache"), root, size.rounds)
        again = timed(lint(), root, finds=FOUND)
        again()
        [second] = in_turns([again], size.rounds)
    rows = [Row("cold", ours, peer.name, theirs, Goal(at_most=4)) for peer, theirs in others]
    rows.append(Row("warm", second))
    title = f"a repository with {size.workflows} workflows, {_extent(tree)}"
    return Speed(title, tuple(rows), notes=notes)


def single(size: Size) -> Speed:
    """Lint one bundle: what an author waits for on every commit."""
    with _directory() as root:
        tree = trees.single(root)
        first, again, empty = in_turns(
            [
                timed(lint("--no-cache"), root, finds=FOUND),
                timed(lint(), root, finds=FOUND),
                timed(python("-c", "pass"), root),
            ],
            rounds=3 * size.rounds,
            warm_up=1,
        )
    rows = (
        Row("cold", first, "python -c pass", empty, Goal(seconds=0.40)),
        Row("warm", again, "python -c pass", empty, Goal(seconds=0.25)),
    )
    return Speed(f"one bundle, {_extent(tree)}", rows)


def fixtures(size: Size) -> Speed:
    """Lint all sample bundles, sound and broken, in one process: mostly rules, little to parse."""
    parser = python("-m", "benchmarks.lint_speed.parse_only", ".", "1")
    command = lint("--no-cache", "--isolated", "--jobs", "1")
    ours, theirs = in_turns(
        [timed(command, FIXTURES, finds="NTR5"), timed(parser, FIXTURES)],
        size.rounds,
        warm_up=1,
    )
    row = Row("cold", ours, "libcst's parser alone, 1 process", theirs, Goal(seconds=2))
    bundles = sum(1 for _ in FIXTURES.rglob("runbook.md"))
    return Speed(f"the {bundles} bundles of fixtures/", (row,))


def curve(size: Size) -> Speed:
    """Lint more and more small bundles, cold."""
    points = []
    for count in size.curve:
        with _directory() as root:
            tree = trees.bundles(root, count, lines=200)
            # The smallest are over before the machine has settled.
            runs = [peak(lint("--no-cache"), root) for _ in range(3 if count < 1_000 else 1)]
        seconds = Times(tuple(run.seconds for run in runs)).median
        points.append(Point(count, tree.lines, seconds, max(run.memory for run in runs)))
    note = "peak: the largest process; goal: cost grows linearly, so the last column stays near 1"
    return Speed("small bundles, cold", curve=tuple(points), notes=(note,))


MEASUREMENTS: Mapping[str, Callable[[Size], Speed]] = {
    "cold": cold,
    "fixit": against_fixit,
    "warm": warm,
    "repository": repository,
    "single": single,
    "fixtures": fixtures,
    "curve": curve,
}
"""Name on the command line -> what is measured."""


def _against(
    peers: Sequence[Peer],
    command: Sequence[str],
    root: Path,
    rounds: int,
    warm_up: int | None = None,
) -> tuple[Times, list[tuple[Peer, Times]], tuple[str, ...]]:
    """Time our command and those peers that are installed, in turns."""
    present = [peer for peer in peers if peer.is_installed]
    commands = [timed(command, root, finds=FOUND)]
    commands += [timed(peer.command(), root) for peer in present]
    ours, *others = in_turns(
        commands, rounds, warm_up=int(rounds > 1) if warm_up is None else warm_up
    )
    notes = tuple(
        f"skipped: {peer.name} is not installed (the extra `bench` brings it)"
        for peer in peers
        if not peer.is_installed
    )
    return ours, list(zip(present, others, strict=True)), notes


def _edited(file: Path, then: Timed) -> Timed:
    """Return something timed, before each turn of which a line is added to a file."""

    def once() -> float:
        with file.open("a", encoding="utf-8") as text:
            text.write("# One more line.\n")
        return then()

    return once


def _extent(tree: Tree) -> str:
    return f"{tree.lines:,} lines in {tree.files:,} files"


@contextmanager
def _directory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lint-speed-") as directory:
        yield Path(directory)

"""Checks many histories: in order, one at a time in memory, here or in several processes."""

from __future__ import annotations

import signal
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from importlib import import_module
from itertools import chain, islice
from pathlib import Path

from lint_rules.worker_pool import FORKS, cores, worker_pool
from ntro_testkit.history.history import History
from ntro_testkit.history.problems import HistoryError
from ntro_testkit.history.reading import Piece, pieces_of, read_piece
from ntro_testkit.loading import LoadedBundle, load_bundle
from ntro_testkit.replay.verdict import Check, ReplayVerdict

Checked = ReplayVerdict | HistoryError
"""What there is to say about a history: a verdict, or why there is none."""

PAYS_FROM = 400
"""Histories from which a second process gains more than it costs to start (0.3 s)."""

_CHUNK = 32
"""Histories a process is given at once."""

_AHEAD = 4
"""Chunks per process that may wait for their turn; more would only fill memory."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `count` parts of a corpus, `index` from 1."""

    index: int
    count: int

    def has(self, workflow_id: str) -> bool:
        """Tell whether a workflow is in this part: the same on every machine and in every year."""
        return zlib.crc32(workflow_id.encode("utf-8", "replace")) % self.count == self.index - 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be checked; it goes to processes as it is.

    `kind` is a key of `CHECKS`; `workflow_class` names the class where a bundle has several.
    """

    bundle: Path
    children: tuple[Path, ...]
    histories: tuple[Path, ...]
    workflow_class: str | None = None
    shard: Shard | None = None
    kind: str = "strict"


def _strict(bundles: Sequence[LoadedBundle]) -> AbstractContextManager[Check]:
    from ntro_testkit.replay.strict.check import strict_check

    return nullcontext(strict_check([each.workflow_class for each in bundles]))


def _official(bundles: Sequence[LoadedBundle]) -> AbstractContextManager[Check]:
    from ntro_testkit.replay.official.check import official_check

    return official_check(bundles)


CHECKS: Mapping[str, Callable[[Sequence[LoadedBundle]], AbstractContextManager[Check]]] = {
    "strict": _strict,
    "official": _official,
}
"""Kind of check -> what makes one for bundles; it is in use for as long as a block lasts."""

_MODULES: Mapping[str, str] = {
    "strict": "ntro_testkit.replay.strict.check",
    "official": "ntro_testkit.replay.official.check",
}
"""Kind of check -> what it imports, which nobody should before a history is to be checked."""


def check_all(plan: Plan, jobs: int | None = None) -> Generator[Checked, None, None]:
    """Yield what there is to say about each history, in the order they are read.

    Histories of other shards are left out. Raises `BundleError` before anything else, and
    `WorkerDiedError` when a process is ended from outside.
    """
    bundles = _loaded(plan)
    pieces = pieces_of(plan.histories)
    wanted = jobs or cores()
    if wanted > 1:
        enough = PAYS_FROM if jobs is None else 2
        first = list(islice(pieces, enough))
        pieces = chain(first, pieces)
        if len(first) >= enough:
            yield from _in_processes(plan, bundles, pieces, wanted)
            return
    with CHECKS[plan.kind](bundles) as check:
        worker = _Worker(check, plan.shard)
        for piece in pieces:
            checked = worker.check(piece)
            if checked is not None:
                yield checked


def _loaded(plan: Plan) -> list[LoadedBundle]:
    bundle = load_bundle(plan.bundle, workflow_class=plan.workflow_class)
    return [bundle, *map(load_bundle, plan.children)]


class _Worker:
    """Checks the histories of one process."""

    def __init__(self, check: Check, shard: Shard | None) -> None:
        self._check = check
        self._shard = shard

    def check(self, piece: Piece | HistoryError) -> Checked | None:
        """Check one history; None for one of another shard."""
        read = piece if isinstance(piece, HistoryError) else read_piece(piece)
        if not isinstance(read, History):
            return read
        if self._shard is not None and not self._shard.has(read.workflow_id):
            return None
        try:
            return self._check(read)
        except HistoryError as error:
            return error


def _in_processes(
    plan: Plan,
    bundles: Sequence[LoadedBundle],
    pieces: Iterator[Piece | HistoryError],
    wanted: int,
) -> Iterator[Checked]:
    if FORKS:
        # What is imported by now, each process has from the start, and shares the memory of it.
        import_module(_MODULES[plan.kind])
    given = (plan, bundles if FORKS else None)
    waiting: deque[Future[list[Checked]]] = deque()
    with worker_pool(wanted, _start, given, doing="replayed histories") as pool:
        for chunk in iter(lambda: list(islice(pieces, _CHUNK)), []):
            waiting.append(pool.submit(_check_chunk, chunk))
            if len(waiting) > wanted * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


_worker: _Worker | None = None
_in_use = ExitStack()
"""What a worker process has open; it ends with the process."""


def _start(plan: Plan, bundles: Sequence[LoadedBundle] | None) -> None:
    """Begin a worker process, which loads the bundles itself unless it has them from its parent.

    Ctrl-C is the business of the one that started it.
    """
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    check = _in_use.enter_context(CHECKS[plan.kind](bundles or _loaded(plan)))
    _worker = _Worker(check, plan.shard)


def _check_chunk(chunk: list[Piece | HistoryError]) -> list[Checked]:
    assert _worker is not None, "the process was started by _start"
    return [checked for piece in chunk if (checked := _worker.check(piece)) is not None]

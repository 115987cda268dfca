"""The guard of a harness: watches its runs, each as its options say."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

from ntro_testkit.guard.current import current_watching
from ntro_testkit.guard.hook import Hook, HookUnavailableError
from ntro_testkit.guard.hooks import hook_for
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.run_options import Guarding

if TYPE_CHECKING:
    from ntro_testkit.guard.call_sites import CallSites
    from ntro_testkit.guard.watching import Watching


def guarding(word: str) -> Guarding:
    """Return what to do about hazards; raises ValueError for a word that says nothing."""
    for known in get_args(Guarding):
        if word == known:
            return known  # type: ignore[no-any-return] # one of the words of `Guarding`
    raise ValueError(f"no guard `{word}` (there are: {', '.join(get_args(Guarding))})")


class Guard:
    """Watches the runs of one harness; `roots` are path prefixes of its bundles' code."""

    def __init__(self, roots: tuple[str, ...]) -> None:
        self._roots = roots
        self._sites: CallSites | None = None
        self._hook: Hook | None = None

    @contextlib.contextmanager
    def over(self, engine: Engine) -> Iterator[None]:
        """Watch a run while the block lasts, if its options say so.

        Where another tool has the hook, the trace's warnings say so.
        """
        mode = engine.options.guard
        token = current_watching.set(None if mode == "off" else self._watching(engine, mode))
        try:
            if mode == "off":
                yield
            else:
                with self._hooked(engine):
                    yield
        finally:
            current_watching.reset(token)

    def close(self) -> None:
        """Leave nothing behind in the process; the next run begins anew."""
        if self._hook is not None:
            self._hook.close()

    def _watching(self, engine: Engine, mode: Guarding) -> Watching:
        # The data take as long to read as some dozen runs; nothing needs them without the guard.
        from ntro_testkit.guard.call_sites import CallSites
        from ntro_testkit.guard.hazard_log import HazardLog
        from ntro_testkit.guard.known_hazards import known_hazards
        from ntro_testkit.guard.watching import Watching

        if self._sites is None:
            self._sites = CallSites()
        known = known_hazards()
        known.refresh()
        endings = engine.endings if mode == "raise" else None
        log = HazardLog(engine.recorder.trace.hazards, endings)
        return Watching(known, self._sites, self._roots, log)

    @contextlib.contextmanager
    def _hooked(self, engine: Engine) -> Iterator[None]:
        if self._hook is None:
            self._hook = hook_for(self._roots)
            weakref.finalize(self, self._hook.close)
        try:
            self._hook.begin()
        except HookUnavailableError as error:
            engine.recorder.trace.warnings.append(f"the guard sees nothing of this run: {error}")
            yield
            return
        try:
            yield
        finally:
            self._hook.end()

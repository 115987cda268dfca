"""Another time for the code of bundles, and for nobody else.

`time` answers it to whoever asks, which in a twin's process is workflow code; the kit measures with
`perf_counter` and `monotonic`. `datetime` cannot be replaced, because types are compared with it
(pydantic does), nor changed, because it is built in: bundles are compiled so that they ask this
clock where they ask `now`, `utcnow` or `today` of it.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, tzinfo
from types import CodeType, ModuleType
from typing import Any

from ntro_testkit.loading import BundleLoader

_ASK = "__ntro_testkit_attribute__"
_NOW = frozenset({"now", "utcnow", "today"})
_REAL_TIME = time.time


class Clock:
    """Tells the time: the real one, or that of another moment, from which it goes on."""

    def __init__(self) -> None:
        self._start: float | None = None
        self._began = 0.0

    @property
    def is_shifted(self) -> bool:
        """Whether it tells another time than the real one."""
        return self._start is not None

    def time(self) -> float:
        """Seconds since 1970."""
        if self._start is None:
            return _REAL_TIME()
        return self._start + time.monotonic() - self._began

    def begin(self) -> None:
        """Begin again at the moment it was shifted to."""
        self._began = time.monotonic()

    @contextlib.contextmanager
    def shifted_to(self, moment: datetime) -> Iterator[None]:
        """Tell another time as long as the block lasts, in the module `time` too."""
        self._start = moment.timestamp()
        self.begin()
        try:
            with contextlib.ExitStack() as stack:
                for name, replacement in self._of_the_module_time().items():
                    stack.callback(setattr, time, name, getattr(time, name))
                    setattr(time, name, replacement)
                yield
        finally:
            self._start = None

    def _of_the_module_time(self) -> dict[str, Callable[..., Any]]:
        """Return functions for `time`; those made in C ask the system when they are given no time.

        The real ones are bound here: while a block lasts, the module has ours.
        """
        gmtime, localtime, ctime = time.gmtime, time.localtime, time.ctime
        asctime, strftime = time.asctime, time.strftime
        return {
            "time": self.time,
            "time_ns": lambda: round(self.time() * 1e9),
            "gmtime": lambda seconds=None: gmtime(self._or_now(seconds)),
            "localtime": lambda seconds=None: localtime(self._or_now(seconds)),
            "ctime": lambda seconds=None: ctime(self._or_now(seconds)),
            "asctime": lambda parts=None: asctime(parts or localtime(self.time())),
            "strftime": lambda form, parts=None: strftime(form, parts or localtime(self.time())),
        }

    def _or_now(self, seconds: float | None) -> float:
        return self.time() if seconds is None else seconds

    def attribute(self, value: Any, name: str) -> Any:
        """Return an attribute, as `getattr` does; of `datetime` and `date`, what asks this clock.

        Raises AttributeError as `getattr` does.
        """
        found = getattr(value, name)
        if self._start is None:
            return found
        asked = getattr(found, "__self__", None)
        if asked is date:
            return lambda: date.fromtimestamp(self.time())
        if asked is datetime:
            return {"now": self._now, "utcnow": self._utcnow, "today": self._now}[name]
        return found

    def _now(self, tz: tzinfo | None = None) -> datetime:
        return datetime.fromtimestamp(self.time(), tz)

    def _utcnow(self) -> datetime:
        return datetime.fromtimestamp(self.time(), UTC).replace(tzinfo=None)

    def getattr(self, value: Any, name: str, *default: Any) -> Any:
        """Stand for `getattr` in bundles, where the name of what is asked may be computed."""
        if name not in _NOW:
            return getattr(value, name, *default)
        try:
            return self.attribute(value, name)
        except AttributeError:
            if not default:
                raise
            return default[0]


class ClockedLoader(BundleLoader):
    """Loads modules of bundles so that they ask a clock for the time."""

    def __init__(self, name: str, path: str, clock: Clock) -> None:
        super().__init__(name, path)
        self._clock = clock

    def source_to_code(  # type: ignore[override] # importlib's own types are narrower than its use
        self, data: Any, path: Any, *, _optimize: int = -1
    ) -> CodeType:
        """Compile a module after its questions for the time have been turned to the clock."""
        tree = ast.parse(data, path)
        asking = ast.fix_missing_locations(_Asking().visit(tree))
        code: CodeType = compile(asking, path, "exec", dont_inherit=True, optimize=_optimize)
        return code

    def exec_module(self, module: ModuleType) -> None:
        """Run a module with the clock among its builtins."""
        ours = {_ASK: self._clock.attribute, "getattr": self._clock.getattr}
        module.__dict__["__builtins__"] = {**vars(builtins), **ours}
        super().exec_module(module)


class _Asking(ast.NodeTransformer):
    """Writes `x.now` as a call that gets `x` and "now"; lines and columns stay what they are."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if node.attr not in _NOW or not isinstance(node.ctx, ast.Load):
            return node
        asked = ast.Call(ast.Name(_ASK, ast.Load()), [node.value, ast.Constant(node.attr)], [])
        return ast.copy_location(asked, node)

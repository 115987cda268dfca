"""Forces the kit's runtime on the `ntro` SDK before anything of `ntro.workflow` is bound.

The SDK picks its backend at the first use of a facade and decorates its base class once, at import
(D47); whether `ntro.workflow.exceptions` are Temporal's is read from `TEMPORAL_HOST` at import too
(D33, D34). So order matters, and this module makes it right: `force_runtime` does the work,
`force_on_import` does it at the last moment, when somebody imports `ntro.workflow`.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ntro_testkit.runtime.local import HarnessRuntime

BOUND_BY = ("ntro.workflow.exceptions", "ntro.workflow._base")
"""Modules whose import binds the SDK to a set of exception classes or to a runtime."""

FORCED_BEFORE = ("ntro.workflow.registry", "ntro.workflow._facade", "ntro.workflow._base")
"""Modules before whose import the runtime is forced: what `ntro.workflow` imports first, and what
binds a runtime, in case the first came too early. `force_runtime` imports none of them."""

RESOLVE_CHILD = "__ntro_testkit_resolve_child"
"""The function, given to a worker's workflows, that looks up what plays a child slug."""


class RuntimeBoundError(RuntimeError):
    """`ntro.workflow` was bound to another runtime before the kit could force its own."""


class ForceOnImport:
    """A finder that finds nothing: it forces the runtime when `ntro.workflow` is first imported."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Force the runtime just before a module is imported that would bind another one."""
        if name in FORCED_BEFORE:
            force_runtime()
        return None


def force_on_import() -> None:
    """Arrange that the runtime is forced as soon as `ntro.workflow` is needed, and not before."""
    if not is_forced() and not any(isinstance(finder, ForceOnImport) for finder in sys.meta_path):
        sys.meta_path.insert(0, ForceOnImport())


def remove_import_hook() -> None:
    """Take the import hook away again."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, ForceOnImport)]


def is_forced() -> bool:
    """Tell whether the SDK runs on the kit's runtime."""
    runtime_module = sys.modules.get("ntro.workflow.runtime")
    runtime = getattr(runtime_module, "_runtime", None)
    return getattr(runtime, "name", None) == "ntro-testkit"


def force_runtime() -> HarnessRuntime:
    """Make the SDK use the kit's runtime and return it; a second call changes nothing.

    Raises `RuntimeBoundError` when `ntro.workflow` was bound to another runtime before, naming who
    did it and what has to be imported first.
    """
    if is_forced():
        from ntro.workflow.runtime import get_runtime

        forced: HarnessRuntime = get_runtime()
        return forced
    remove_import_hook()
    _refuse_if_bound()
    with _temporal_host():
        exceptions = importlib.import_module("ntro.workflow.exceptions")
    from ntro_testkit.runtime.failures import HAS_TEMPORALIO
    from ntro_testkit.runtime.local import HarnessRuntime

    runtime: HarnessRuntime
    if HAS_TEMPORALIO:
        from ntro_testkit.runtime.dual import DualRuntime

        runtime = DualRuntime()
    else:
        _give_exceptions_their_shapes(exceptions)
        runtime = HarnessRuntime()
    from ntro.workflow.runtime import set_runtime

    set_runtime(runtime)
    return runtime


def _refuse_if_bound() -> None:
    bound = [name for name in BOUND_BY if name in sys.modules]
    runtime_module = sys.modules.get("ntro.workflow.runtime")
    runtime = getattr(runtime_module, "_runtime", None)
    if not bound and runtime is None:
        return
    binding = type(runtime).__name__ if runtime is not None else "no runtime yet"
    raise RuntimeBoundError(
        f"ntro.workflow is already bound ({binding}), by {_who_imported()}; then NtroWorkflow's "
        f"`user_action` and queries are not registered (D47): import `ntro_testkit` before "
        f"`ntro.workflow` and before any bundle, or run under pytest with the plugin loaded"
    )


def _who_imported() -> str:
    """Name the modules outside the SDK that hold something of `ntro.workflow`."""
    holders = [
        name
        for name, module in list(sys.modules.items())
        if module is not None
        and not name.startswith(("ntro.", "ntro_testkit."))
        and any(
            str(getattr(value, "__module__", "")).startswith("ntro.workflow")
            for value in list(vars(module).values())
        )
    ]
    return ", ".join(f"`{name}`" for name in sorted(holders)[:3]) or "an earlier import"


@contextlib.contextmanager
def _temporal_host() -> Iterator[None]:
    """Set the variable `ntro.workflow.exceptions` asks at import, and put it back."""
    before = os.environ.get("TEMPORAL_HOST")
    os.environ["TEMPORAL_HOST"] = before or "ntro-testkit"
    try:
        yield
    finally:
        if before is None:
            del os.environ["TEMPORAL_HOST"]


def _give_exceptions_their_shapes(exceptions: ModuleType) -> None:
    """Replace the SDK's bare exceptions where temporalio is not installed (D33)."""
    from ntro_testkit.runtime import failure_shapes

    for name in ("WorkflowError", "ApplicationError", "ActivityError"):
        setattr(exceptions, name, getattr(failure_shapes, name))


def resolve_children_by_run() -> None:
    """Let the SDK look up child slugs in the current run, not in its process-wide registry (D12).

    On temporalio's engine the function `RESOLVE_CHILD` of the worker is asked, if it has one;
    everywhere else the registry answers as before.
    """
    from ntro.workflow import _base

    from ntro_testkit.runtime.execution import current_execution

    shipped = _base._resolve_workflow_class
    if getattr(shipped, "__module__", None) == __name__:
        return

    def resolve(slug: str) -> object:
        execution = current_execution.get()
        if execution is not None:
            return execution.calls.resolve_child(slug)
        return (_resolver_of_worker() or shipped)(slug)

    _base._resolve_workflow_class = resolve


def _resolver_of_worker() -> Callable[[str], object] | None:
    """Return what a worker of ours gave its workflows to look up children with."""
    temporal = sys.modules.get("temporalio.workflow")
    if temporal is None or not temporal.in_workflow():
        return None
    found: Callable[[str], object] | None = temporal.extern_functions().get(RESOLVE_CHILD)
    return found

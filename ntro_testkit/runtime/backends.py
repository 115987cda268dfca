"""The engines a run can be on, by name; one that is not asked for is not imported."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from typing import Literal, get_args

from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.failures import HAS_TEMPORALIO

Backend = Literal["local", "sdk"]
"""`local`: the kit's own runtime. `sdk`: temporalio's workflow instance, driven in-process."""

SUPPORTED = "1.12 to 1.35"
"""The versions of temporalio whose workflow instance was tested."""


class BackendError(ValueError):
    """A backend that there is not, or not in this environment; the message says what to do."""


def engine_of(backend: str, *, sandbox: bool = False) -> type[Engine]:
    """Return the class of engine for a backend.

    Raises `BackendError` for an unknown name, for a sandbox on a backend that has none, without
    temporalio, and with a temporalio that is none the kit understands.
    """
    if backend not in get_args(Backend):
        known = ", ".join(get_args(Backend))
        raise BackendError(f"no backend `{backend}` (there are: {known})")
    if backend == "local":
        if sandbox:
            raise BackendError("only the backend `sdk` has Temporal's sandbox: add backend `sdk`")
        return Engine
    if not HAS_TEMPORALIO:
        raise BackendError(
            "the backend `sdk` needs temporalio: pip install 'ntro-testkit[temporal]'"
        )
    return _sdk_engine()


@lru_cache(maxsize=1)
def _sdk_engine() -> type[Engine]:
    """Return the engine on temporalio's instance, once the installed version is found to fit."""
    try:
        from ntro_testkit.runtime.sdk.engine import SdkEngine
        from ntro_testkit.runtime.sdk.selftest import SelftestError, run_selftest
    except (ImportError, AttributeError, TypeError) as error:
        raise _refused(error) from error
    try:
        run_selftest()
    except (AttributeError, TypeError, SelftestError) as error:
        raise _refused(error) from error
    return SdkEngine


def _refused(error: Exception) -> BackendError:
    return BackendError(
        f"the backend `sdk` does not understand temporalio {version('temporalio')} ({error}); "
        f"it works with {SUPPORTED}: install one of these, or use the backend `local`"
    )

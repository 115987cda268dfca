"""The engines a run can be on, by name; one that is not asked for is not imported."""

from __future__ import annotations

from typing import Literal, get_args

from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.failures import HAS_TEMPORALIO

Backend = Literal["local", "sdk"]
"""`local`: the kit's own runtime. `sdk`: temporalio's workflow instance, driven in-process."""


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
    from ntro_testkit.runtime.sdk.selftest import refuse_unknown_temporalio

    refuse_unknown_temporalio()
    from ntro_testkit.runtime.sdk.engine import SdkEngine

    return SdkEngine

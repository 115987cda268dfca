"""Which faults are the user's (one line says what to do) and which are ours."""

from __future__ import annotations


class UsageError(ValueError):
    """A wrong argument; the message says which values there are."""


def is_users(error: Exception) -> bool:
    """Tell whether an exception is about what the user gave, not about the tool."""
    from ntro_testkit.import_errors import BundleError
    from ntro_testkit.mocks import MockError
    from ntro_testkit.runtime.forcing import RuntimeBoundError

    return isinstance(error, UsageError | BundleError | MockError | RuntimeBoundError | OSError)

"""Keeps what workflow code logs, and what temporalio logs of its failures, off the streams."""

from __future__ import annotations

from contextlib import AbstractContextManager

from ntro_testkit.quiet_logs import quiet

_LOGGERS = ("temporalio.worker._workflow_instance", "temporalio.workflow")
"""What tells at length about failed activations, and what workflow code logs."""


def quiet_logs() -> AbstractContextManager[None]:
    """Keep off the streams what is told in the verdict."""
    return quiet(_LOGGERS)

"""Keeps what workflow code logs, and what temporalio logs of its failures, off the streams."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

_LOGGERS = ("temporalio.worker._workflow_instance", "temporalio.workflow")
"""What tells at length about failed activations, and what workflow code logs."""


@contextlib.contextmanager
def quiet_logs() -> Iterator[None]:
    """Keep off the streams what is told in the verdict."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled

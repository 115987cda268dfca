"""What workflow code logs, and temporalio about it, kept off the streams."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

_LOGGERS = ("temporalio.worker._workflow_instance", "temporalio.workflow")
"""What tells at length about failed activations, and what workflow code logs."""


@contextlib.contextmanager
def workflow_logs_off() -> Iterator[None]:
    """Keep off the streams what a verdict tells, as long as the block lasts."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled

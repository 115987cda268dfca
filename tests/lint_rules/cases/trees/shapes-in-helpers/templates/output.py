"""What the house prints and logs."""

from __future__ import annotations

import logging
import warnings

from ntro.workflow import runbook

log = logging.getLogger("house")


def shout(text: str) -> None:
    print(text.upper())  # expect: NTR116/noise
    log.warning(text)  # expect: NTR116/noise


def warn(text: str) -> None:
    warnings.warn(text, stacklevel=2)  # expect: NTR116/noise


def whisper(text: str) -> None:
    runbook.logger.info(text)


def shout_in_activities(text: str) -> None:
    print(text.upper())
    log.warning(text)

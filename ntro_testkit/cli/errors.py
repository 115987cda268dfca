"""Which faults are the user's (one line says what to do) and which are ours."""

from __future__ import annotations

import sys
from collections.abc import Iterator

_OF_USERS = {
    "lint_rules.baseline": "BaselineError",
    "lint_rules.config.problems": "ConfigError",
    "lint_rules.discovery.discover": "UnknownPathError",
    "lint_rules.worker_pool": "WorkerDiedError",
    "ntro_testkit.chosen_codes": "UnknownCodeError",
    "ntro_testkit.import_errors": "BundleError",
    "ntro_testkit.mocks": "MockError",
    "ntro_testkit.replay.recording.corpus": "CorpusError",
    "ntro_testkit.replay.recording.record": "RecordError",
    "ntro_testkit.replay.recording.redaction": "RedactionError",
    "ntro_testkit.replay.server.dev_server": "DevServerError",
    "ntro_testkit.replay.fetching.order": "FetchError",
    "ntro_testkit.replay.official.replayer": "OfficialError",
    "ntro_testkit.replay.against.revision": "RevisionError",
    "ntro_testkit.replay.server.recording": "ServerRecordingError",
    "ntro_testkit.twin.twin": "TwinError",
    "ntro_testkit.runtime.backends": "BackendError",
    "ntro_testkit.runtime.forcing": "RuntimeBoundError",
}
"""Module -> its exception about what a user gave."""


class UsageError(ValueError):
    """A wrong argument; the message says which values there are."""


def is_users(error: Exception) -> bool:
    """Tell whether an exception is about what the user gave, not about the tool."""
    return isinstance(error, (UsageError, OSError, *_known()))


def _known() -> Iterator[type[Exception]]:
    """Yield the exceptions of modules that are imported; no other can have been raised."""
    for module, name in _OF_USERS.items():
        if module in sys.modules:
            yield getattr(sys.modules[module], name)

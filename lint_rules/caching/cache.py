"""What earlier runs worked out: the facts of texts, and the results of whole projects.

Names of entries are digests of everything the content depends on, so nothing is ever out of date.
JSON throughout, since a cache that lies in a repository is input.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lint_rules.caching.cache_directory import CacheDirectory
from lint_rules.caching.tool_version import fingerprint
from lint_rules.files.digests import digest

if TYPE_CHECKING:
    from lint_rules.facts import ModuleFacts, ParseProblem

__all__ = [
    "CacheDirectory",
    "FactsCache",
    "ResultCache",
    "fingerprint",
]

_PROBLEM = '{"problem":'


class FactsCache:
    """The facts of a text, or why it has none, by the digest of the text."""

    def __init__(
        self, directory: CacheDirectory, tool: str | None = None, *, writes: bool = True
    ) -> None:
        self._directory = directory
        self._writes = writes
        self._tool = fingerprint() if tool is None else tool

    def get(self, text_digest: str) -> ModuleFacts | ParseProblem | None:
        """Return what is known of a text; None when that is nothing."""
        from lint_rules.facts import from_json

        name = self._name(text_digest)
        text = self._directory.read("facts", name)
        if text is None:
            return None
        try:
            return _read_problem(text) if text.startswith(_PROBLEM) else from_json(text)
        except (ValueError, TypeError, RecursionError) as error:
            self._directory.note_damage("facts", name, error)
            return None

    def put(self, text_digest: str, facts: ModuleFacts | ParseProblem) -> None:
        """Remember the facts of a text."""
        from lint_rules.facts import ParseProblem, to_json

        if not self._writes:
            return
        text = _write_problem(facts) if isinstance(facts, ParseProblem) else to_json(facts)
        self._directory.write("facts", self._name(text_digest), text)

    def _name(self, text_digest: str) -> str:
        return digest(f"{self._tool} {text_digest}".encode())


class ResultCache:
    """Texts that the engine makes, by a digest of all they depend on."""

    def __init__(self, directory: CacheDirectory) -> None:
        self._directory = directory

    def get(self, key: str) -> str | None:
        """Return a result; None when it is not known."""
        return self._directory.read("results", key)

    def put(self, key: str, text: str) -> None:
        """Remember a result."""
        self._directory.write("results", key, text)


def _write_problem(problem: ParseProblem) -> str:
    place = [problem.line, problem.column, problem.message]
    return json.dumps({"problem": place}, separators=(",", ":"))


def _read_problem(text: str) -> ParseProblem:
    from lint_rules.facts import ParseProblem

    line, column, message = json.loads(text)["problem"]
    return ParseProblem(int(line), int(column), str(message))

"""What the commands that run a bundle are given: scenarios by name, the input, a server."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.cli.errors import UsageError
from ntro_testkit.scenario import Scenario


def named_scenarios(
    bundle: Path, names: Sequence[str], generate: Callable[[], Iterable[Scenario]] = tuple
) -> list[Scenario]:
    """Return the scenarios named: built-in ones, the author's, or those `generate` returns.

    Raises `UsageError` for an unknown name, listing those there are.
    """
    if not names:
        return []
    available = available_scenarios(bundle)
    if any(name not in available for name in names):
        available = {**{one.name: one for one in generate()}, **available}
    unknown = [name for name in names if name not in available]
    if unknown:
        near = difflib.get_close_matches(unknown[0], available, n=1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        raise UsageError(
            f"no scenario `{unknown[0]}`{hint} (available: {', '.join(available)}; an author's own "
            f"are read from {bundle / 'tests' / 'scenarios.py'})"
        )
    return [available[name] for name in names]


def parse_input(given: str) -> Any:
    """Return the value of `--input`.

    Raises `UsageError` when it is no JSON, with the place; OSError when the file cannot be read.
    """
    text, place = given, "--input"
    if given.startswith("@"):
        place = given[1:]
    try:
        if given.startswith("@"):
            text = Path(place).read_text(encoding="utf-8-sig")
        return json.loads(text)
    except ValueError as error:
        raise UsageError(f"{place}: no JSON: {error}") from error


def arguments_of_runs(given: str | None, timeout: float) -> dict[str, Any]:
    """Return the arguments of every run, from `--input` and `--timeout`.

    Without an input the runs' is faked. Raises what `parse_input` does.
    """
    if given is None:
        return {"timeout_s": timeout}
    return {"timeout_s": timeout, "input": parse_input(given)}


def check_address(backend: str, address: str | None) -> None:
    """Raise `UsageError` for an `--address` that is none, or that no server is meant by."""
    if address is None:
        return
    if backend != "server":
        raise UsageError("`--address` is where a server runs: add `--backend server`")
    host, _, port = address.rpartition(":")
    if not host or not port.isascii() or not port.isdigit():
        raise UsageError(f"--address: expected HOST:PORT, found `{address}`")

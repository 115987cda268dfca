"""Payloads held against each other: the same bytes, or else the first value that differs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ntro_testkit.history.payloads import Payload, as_payload, payload_bytes, payloads_of

_SHOWN = 60
"""Characters of a value that a message shows."""

_NOTHING = object()


def argument_changes(recorded: Any, now: Sequence[Any]) -> Iterator[str]:
    """Yield the changes of arguments: `argument 1: slip.amount: 10 -> 20`.

    `recorded` is an attribute with payloads, `now` temporalio's payloads. Raises `ValueError`.
    """
    before = payloads_of(recorded)
    if len(before) != len(now):
        yield f"arguments: {len(before)} -> {len(now)}"
    for number, (had, have) in enumerate(zip(before, now, strict=False), start=1):
        yield from _change(f"argument {number}", had, have)


def value_changes(name: str, recorded: Any, now: Sequence[Any]) -> Iterator[str]:
    """Yield the change of a single value, which may be missing on either side."""
    before = [each for each in payloads_of(recorded) if _data(each)]
    have = [each for each in now if each.data]
    if before and have:
        yield from _change(name, before[0], have[0])
    elif before or have:
        had = _shown(_value(*payload_bytes(before[0]))) if before else "nothing"
        now_ = _shown(_value(dict(have[0].metadata), have[0].data)) if have else "nothing"
        yield f"{name}: {had} -> {now_}"


def map_changes(name: str, recorded: Any, field: str, now: Mapping[str, Any]) -> Iterator[str]:
    """Yield the changes of named payloads, such as a memo's."""
    before = (recorded or {}).get(field) or {}
    for key in dict.fromkeys((*before, *now)):
        if key not in now:
            yield f"{name} `{key}`: dropped"
        elif key not in before:
            yield f"{name} `{key}`: added"
        else:
            yield from _change(f"{name} `{key}`", as_payload(before[key]), now[key])


def _data(payload: Payload) -> bytes:
    return payload_bytes(payload)[1]


def _change(name: str, recorded: Payload, now: Any) -> Iterator[str]:
    metadata, data = payload_bytes(recorded)
    have = dict(now.metadata)
    if data == now.data and metadata.get("encoding") == have.get("encoding"):
        return
    path, had, has = _first_difference(_value(metadata, data), _value(have, now.data))
    if had is _NOTHING and has is _NOTHING:
        return
    place = f"{name}: {path}" if path else name
    yield f"{place}: {_shown(had)} -> {_shown(has)}"


def _value(metadata: Mapping[str, bytes], data: bytes) -> Any:
    """Return the value of a payload; bytes where it is no JSON."""
    if metadata.get("encoding") == b"binary/null":
        return None
    if metadata.get("encoding", b"").startswith(b"json/"):
        try:
            return json.loads(data)
        except ValueError:
            return data
    return data


def _first_difference(had: Any, has: Any, path: str = "") -> tuple[str, Any, Any]:
    """Return where two values first differ, and both there; `_NOTHING` twice if nowhere."""
    if isinstance(had, dict) and isinstance(has, dict):
        for key in dict.fromkeys((*had, *has)):
            below = f"{path}.{key}" if path else str(key)
            found = _first_difference(had.get(key, _NOTHING), has.get(key, _NOTHING), below)
            if found[1:] != (_NOTHING, _NOTHING):
                return found
        return path, _NOTHING, _NOTHING
    if isinstance(had, list) and isinstance(has, list):
        for index in range(max(len(had), len(has))):
            below = f"{path}[{index}]"
            found = _first_difference(_at(had, index), _at(has, index), below)
            if found[1:] != (_NOTHING, _NOTHING):
                return found
        return path, _NOTHING, _NOTHING
    # `1` is not `true`, but it is `1.0`, as it is for most readers of JSON.
    same = had is has or (had == has and isinstance(had, bool) == isinstance(has, bool))
    return (path, _NOTHING, _NOTHING) if same else (path, had, has)


def _at(values: Sequence[Any], index: int) -> Any:
    return values[index] if index < len(values) else _NOTHING


def _shown(value: Any) -> str:
    if value is _NOTHING:
        return "nothing"
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."

"""Caches that are damaged, shared, forbidden or none at all: the run goes on and says it once."""

from __future__ import annotations

import errno
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lint_rules.caching.cache import CacheDirectory, FactsCache, ResultCache
from lint_rules.facts import ParseProblem
from lint_rules.facts.collect import collect
from lint_rules.files.digests import digest

SOURCE = b"VALUE = 1\n"
KEY = digest(SOURCE)


def caches(path: Path) -> tuple[FactsCache, ResultCache, list[str]]:
    told: list[str] = []
    directory = CacheDirectory(path, told.append)
    return FactsCache(directory, "1"), ResultCache(directory), told


def only_entry(directory: Path) -> Path:
    [path] = directory.rglob("*.entry")
    return path


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-3] ^= 1
    path.write_bytes(data)


def foreign(path: Path) -> None:
    path.write_text('{"version": 1}')


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)))


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def of_another_key(path: Path) -> None:
    told: list[str] = []
    ResultCache(CacheDirectory(path.parents[2], told.append)).put(digest(b"other"), "other")
    [other] = [each for each in path.parents[2].rglob("*.entry") if each != path]
    other.replace(path)


DAMAGES = [truncated, emptied, flipped, foreign, binary, piped, of_another_key]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_result_is_missing_and_can_be_kept_anew(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    caches(tmp_path)[1].put(KEY, "{}")
    damage(only_entry(tmp_path))
    _, results, told = caches(tmp_path)
    assert results.get(KEY) is None
    assert [str(only_entry(tmp_path)) in message for message in told] == [True]
    results.put(KEY, "new")
    assert results.get(KEY) == "new"
    assert len(told) == 1


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_facts_are_missing_and_can_be_kept_anew(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    facts = collect(SOURCE)
    caches(tmp_path)[0].put(KEY, facts)
    damage(only_entry(tmp_path))
    kept, _, told = caches(tmp_path)
    assert kept.get(KEY) is None
    kept.put(KEY, facts)
    assert kept.get(KEY) == facts
    assert len(told) == 1


@pytest.mark.parametrize(
    "text", ["", "null", "{}", '{"problem":', '{"problem":[1]}', '{"problem":3}', "[" * 99_999]
)
def test_entries_that_are_whole_but_no_facts_are_missing(tmp_path: Path, text: str) -> None:
    facts, _, told = caches(tmp_path)
    facts.put(KEY, ParseProblem(1, 1, ""))
    place = only_entry(tmp_path)
    name = place.parent.name + place.stem
    CacheDirectory(tmp_path, told.append).write("facts", name, text)
    assert facts.get(KEY) is None
    assert [message.partition(":")[0].partition(",")[0] for message in told] == [
        "damaged cache entries are made anew"
    ]


def test_damage_is_said_once_however_much_there_is(tmp_path: Path) -> None:
    keys = [digest(bytes([number])) for number in range(5)]
    _, results, told = caches(tmp_path)
    for key in keys:
        results.put(key, "{}")
    for path in tmp_path.rglob("*.entry"):
        truncated(path)
    assert [results.get(key) for key in keys] == [None] * 5
    assert len(told) == 1


def test_a_file_in_place_of_the_cache_switches_it_off(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("mine")
    facts, results, told = caches(tmp_path / "cache")
    assert results.get(KEY) is None
    for _ in range(3):
        results.put(KEY, "{}")
        facts.put(KEY, ParseProblem(1, 1, ""))
    assert results.get(KEY) is None
    assert len(told) == 1
    assert "is not used" in told[0]
    assert (tmp_path / "cache").read_text() == "mine"


def test_a_file_in_place_of_a_part_of_the_cache_switches_it_off(tmp_path: Path) -> None:
    (tmp_path / "results").touch()
    _, results, told = caches(tmp_path)
    results.put(KEY, "{}")
    assert results.get(KEY) is None
    assert len(told) == 1


def refuse(monkeypatch: pytest.MonkeyPatch, name: str, code: int) -> None:
    def refusing(*_: Any, **__: Any) -> Any:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, name, refusing)


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_takes_nothing_switches_the_cache_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    caches(tmp_path)[1].put(KEY, "old")
    facts, results, told = caches(tmp_path)
    refuse(monkeypatch, "fdopen" if code == errno.ENOSPC else "urandom", code)
    assert results.get(KEY) == "old"
    results.put(KEY, "new")
    facts.put(KEY, ParseProblem(1, 1, ""))
    assert told == [f"cache {tmp_path} is not used: {os.strerror(code)}"]
    assert results.get(KEY) is None
    assert list(tmp_path.rglob("*.tmp")) == []
    monkeypatch.undo()
    assert caches(tmp_path)[1].get(KEY) == "old"


def test_an_entry_that_cannot_be_touched_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caches(tmp_path)[1].put(KEY, "old")
    os.utime(only_entry(tmp_path), (0, 0))
    refuse(monkeypatch, "utime", errno.EROFS)
    _, results, told = caches(tmp_path)
    assert results.get(KEY) == "old"
    assert told == []


def hammer(path: Path, number: int, answers: multiprocessing.SimpleQueue[list[str]]) -> None:
    facts, results, told = caches(path)
    wrong = []
    for round_number in range(60):
        key = digest(bytes([round_number % 4]))
        text = key * 500
        results.put(key, text)
        if results.get(key) != text:
            wrong.append(f"process {number} lost {key}")
        facts.put(key, ParseProblem(1, 1, key))
        if facts.get(key) != ParseProblem(1, 1, key):
            wrong.append(f"process {number} lost the facts of {key}")
    answers.put(wrong + told)


def test_three_processes_may_write_one_cache_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    answers: Any = context.SimpleQueue()
    processes = [
        context.Process(target=hammer, args=(tmp_path / "cache", number, answers))
        for number in range(3)
    ]
    for process in processes:
        process.start()
    assert [answers.get() for _ in processes] == [[], [], []]
    for process in processes:
        process.join()
    assert len(list(tmp_path.rglob("*.entry"))) == 8
    assert list(tmp_path.rglob("*.tmp")) == []


def test_ctrl_c_while_an_entry_is_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    directory = CacheDirectory(tmp_path / "cache", pytest.fail)
    with pytest.raises(KeyboardInterrupt):
        directory.write("results", "abcdef", "text")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]

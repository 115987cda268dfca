"""The caches: what was put is what is got, only for the same text and the same tool."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lint_rules.caching import tool_version
from lint_rules.caching.cache import CacheDirectory, FactsCache, ResultCache, fingerprint
from lint_rules.facts import ParseProblem
from lint_rules.facts.collect import collect
from lint_rules.files.digests import digest

SOURCE = b"import time\n\ndef now(zone='\xc3\xa9'):\n    return time.time()\n"
KEY = digest(SOURCE)
DAY = 86_400


def unspoken(message: str) -> None:
    raise AssertionError(message)


def caches(path: Path, tool: str = "1") -> tuple[FactsCache, ResultCache]:
    directory = CacheDirectory(path, unspoken)
    return FactsCache(directory, tool), ResultCache(directory)


def files(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())


def test_facts_come_back_in_another_run(tmp_path: Path) -> None:
    facts = collect(SOURCE)
    before, after = caches(tmp_path / "cache"), caches(tmp_path / "cache")
    assert before[0].get(KEY) is None
    before[0].put(KEY, facts)
    assert before[0].get(KEY) == facts
    assert after[0].get(KEY) == facts
    assert after[0].get(digest(b"")) is None


def test_the_reason_why_a_text_has_no_facts_comes_back(tmp_path: Path) -> None:
    problem = ParseProblem(3, 7, 'syntax error: "quoted"\n\ud800')
    caches(tmp_path)[0].put(KEY, problem)
    assert caches(tmp_path)[0].get(KEY) == problem


def test_facts_of_another_tool_are_not_used(tmp_path: Path) -> None:
    caches(tmp_path, "1")[0].put(KEY, ParseProblem(1, 1, "one"))
    assert caches(tmp_path, "2")[0].get(KEY) is None
    caches(tmp_path, "2")[0].put(KEY, ParseProblem(1, 1, "two"))
    assert caches(tmp_path, "1")[0].get(KEY) == ParseProblem(1, 1, "one")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters()), st.text(st.characters()))
def test_results_come_back_as_they_were(tmp_path: Path, first: str, second: str) -> None:
    directory = tmp_path / "cache"
    for text in (first, second):
        caches(directory)[1].put(KEY, text)
        assert caches(directory)[1].get(KEY) == text


def test_facts_and_results_with_one_key_are_two_things(tmp_path: Path) -> None:
    facts, results = caches(tmp_path)
    results.put(KEY, "{}")
    assert facts.get(KEY) is None
    assert results.get(KEY) == "{}"


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a/b", "a.b", "a\0b"])
def test_a_key_is_no_path(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="no name of a cache entry"):
        caches(tmp_path)[1].get(key)
    with pytest.raises(ValueError, match="no name of a cache entry"):
        caches(tmp_path)[1].put(key, "")


def test_nothing_is_made_before_something_is_kept(tmp_path: Path) -> None:
    _, results = caches(tmp_path / "cache")
    results.get(KEY)
    assert list(tmp_path.iterdir()) == []


def test_the_directory_hides_from_git_and_from_backups(tmp_path: Path) -> None:
    caches(tmp_path / "deep/cache")[1].put(KEY, "{}")
    made = tmp_path / "deep/cache"
    assert (made / ".gitignore").read_text() == "*\n"
    assert (
        (made / "CACHEDIR.TAG")
        .read_text()
        .startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    )


def test_an_empty_directory_becomes_a_cache_and_a_filled_one_is_not_hidden(tmp_path: Path) -> None:
    empty, filled = tmp_path / "empty", tmp_path / "filled"
    empty.mkdir()
    filled.mkdir()
    (filled / "mine.txt").touch()
    for directory in (empty, filled):
        caches(directory)[1].put(KEY, "{}")
        assert caches(directory)[1].get(KEY) == "{}"
    assert (empty / ".gitignore").exists()
    assert not (filled / ".gitignore").exists()


def test_a_cache_that_is_removed_during_a_run_is_made_again(tmp_path: Path) -> None:
    _, results = caches(tmp_path / "cache")
    results.put(KEY, "one")
    (tmp_path / "cache").rename(tmp_path / "gone")
    assert results.get(KEY) is None
    results.put(KEY, "two")
    assert results.get(KEY) == "two"
    assert (tmp_path / "cache/.gitignore").exists()


def age(path: Path, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(path, (then, then))


def entry(directory: Path, results: ResultCache, key: str) -> Path:
    before = set(files(directory))
    results.put(key, key)
    [new] = [path for path in files(directory) if path not in before and path.suffix == ".entry"]
    return new


def test_entries_that_nobody_uses_for_a_month_go_and_the_others_stay(tmp_path: Path) -> None:
    _, results = caches(tmp_path)
    old, used, new = (entry(tmp_path, results, digest(name)) for name in (b"1", b"2", b"3"))
    for path in (old, used):
        age(path, 31)
    assert results.get(digest(b"2")) == digest(b"2")
    age(tmp_path / "swept", 1.1)
    caches(tmp_path)[1].get(KEY)
    assert [path.exists() for path in (old, used, new)] == [False, True, True]


def test_the_cache_is_swept_once_a_day(tmp_path: Path) -> None:
    _, results = caches(tmp_path)
    old = entry(tmp_path, results, KEY)
    caches(tmp_path)[1].get(digest(b"1"))
    age(old, 31)
    caches(tmp_path)[1].get(digest(b"1"))
    assert old.exists()
    age(tmp_path / "swept", -400)
    caches(tmp_path)[1].get(digest(b"1"))
    assert not old.exists()


def test_an_entry_is_touched_at_most_once_a_day(tmp_path: Path) -> None:
    _, results = caches(tmp_path)
    path = entry(tmp_path, results, KEY)
    age(path, 0.9)
    before = path.stat().st_mtime_ns
    results.get(KEY)
    assert path.stat().st_mtime_ns == before
    age(path, 1.1)
    results.get(KEY)
    assert path.stat().st_mtime_ns > before


def test_what_a_killed_process_left_goes_after_an_hour(tmp_path: Path) -> None:
    _, results = caches(tmp_path)
    path = entry(tmp_path, results, KEY)
    left = [path.with_name(f"{path.name}.0123456789a{number}.tmp") for number in "bc"]
    for each in left:
        each.write_text("half")
    age(left[0], 2 / 24)
    age(tmp_path / "swept", 2)
    caches(tmp_path)[1].get(KEY)
    assert [each.exists() for each in left] == [False, True]


def test_files_of_other_people_are_never_swept(tmp_path: Path) -> None:
    others = [tmp_path / name for name in ("a.tmp", "b.entry.txt", "x/c.entry", "facts/d.entry")]
    for path in others:
        path.parent.mkdir(exist_ok=True)
        path.touch()
        age(path, 100)
    caches(tmp_path)[1].put(KEY, "{}")
    assert all(path.exists() for path in others)


def test_the_fingerprint_is_one_within_a_tool_and_changes_with_its_files(tmp_path: Path) -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 32
    package = tmp_path / "lint_rules"
    (package / "rules").mkdir(parents=True)
    for name in ("tool_version.py", "rules/a.py", "rules/table.json", "rules/notes.txt"):
        (package / name).write_text("1")
    age(package / "rules/a.py", 1)

    def of_copy() -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tool_version, "__file__", str(package / "tool_version.py"))
            return tool_version.fingerprint.__wrapped__()

    seen = [of_copy()]
    (package / "rules/notes.txt").write_text("22")
    assert of_copy() == seen[0]
    (package / "rules/table.json").write_text("22")
    seen.append(of_copy())
    (package / "rules/a.py").write_text("2")
    seen.append(of_copy())
    (package / "rules/b.py").touch()
    seen.append(of_copy())
    assert len(set(seen)) == len(seen)


def test_a_run_from_the_cache_imports_nothing_heavy() -> None:
    program = (
        "import sys, lint_rules.discovery.discover, lint_rules.files.layout\n"
        "import lint_rules.caching.cache as cache\n"
        "cache.fingerprint()\n"
        "print([m for m in ('libcst', 'pydantic', 'yaml', 'typer', 'tempfile')"
        " if m in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"

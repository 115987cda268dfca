"""Modules with the places of fixes marked in them: `«time-time|time.time()»`; marks can nest."""

from __future__ import annotations

import re
from collections.abc import Collection
from textwrap import dedent

from lint_rules.fixes import Facade, Fixed, Request
from lint_rules.fixes.fixing import fix_module

_MARK = re.compile(r"«([a-z-]+)\||»")


def read(marked: str, facade: Facade = "ntro") -> tuple[str, list[Request]]:
    """Return the source without marks, and the requests in the order they begin."""
    source, opened, spans = "", [], []
    done = 0
    for mark in _MARK.finditer(marked):
        source += marked[done : mark.start()]
        done = mark.end()
        if mark.group(1):
            opened.append((mark.group(1), len(source)))
        else:
            name, start = opened.pop()
            spans.append((start, len(source), name))
    source += marked[done:]
    requests = [
        Request(name, (*_position(source, start), *_position(source, end)), facade)
        for start, end, name in sorted(spans)
    ]
    return source, requests


def _position(source: str, offset: int) -> tuple[int, int]:
    before = source[:offset].removeprefix("\ufeff")
    lines = re.split(r"\r\n?|\n", before)
    return len(lines), len(lines[-1]) + 1


def fix(marked: str, facade: Facade = "ntro", keep: Collection[str] = ()) -> Fixed:
    """Make the marked fixes."""
    source, requests = read(dedent(marked), facade)
    return fix_module(source, requests, keep)


def fixed(marked: str, facade: Facade = "ntro", keep: Collection[str] = ()) -> str:
    """Return the source with all marked fixes, none of which may be refused."""
    answer = fix(marked, facade, keep)
    assert not answer.refused
    return answer.source


def refusal(marked: str, facade: Facade = "ntro") -> str:
    """Return why the marked fixes are refused, all for one reason."""
    answer = fix(marked, facade)
    assert not answer.applied
    [reason] = {reason for _, reason in answer.refused}
    return reason

"""Whether two requirements for one package can hold together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lint_rules.requirements.naming import normalised
from lint_rules.requirements.requirement import Entry

if TYPE_CHECKING:
    from packaging.markers import Marker

_PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_PLATFORMS = (
    ("linux", "Linux", "posix", "x86_64"),
    ("linux", "Linux", "posix", "aarch64"),
    ("darwin", "Darwin", "posix", "arm64"),
    ("win32", "Windows", "nt", "AMD64"),
)


def contradict(one: Entry, other: Entry) -> bool:
    """Tell whether no version can satisfy both; only where one of them is a pin."""
    for pinned, asked in ((one, other.parsed), (other, one.parsed)):
        if pinned.pin is not None and asked is not None:
            return not asked.specifier.contains(pinned.pin, prereleases=True)
    return False


def says_the_same(earlier: Entry, later: Entry) -> bool:
    """Tell whether nothing is lost without the later one."""
    one, other = earlier.parsed, later.parsed
    if one is None or other is None or other.url is not None or later.options:
        return False
    extras = {normalised(extra) for extra in one.extras}
    return (
        one.specifier == other.specifier
        and extras.issuperset(map(normalised, other.extras))
        and str(one.marker) == str(other.marker)
    )


def can_both_hold(one: Entry, other: Entry) -> bool:
    """Tell whether there is an environment in which both conditions hold."""
    parsed = [entry.parsed for entry in (one, other) if entry.marker is not None]
    markers = [each.marker for each in parsed if each is not None and each.marker is not None]
    if not markers:
        return True
    return any(all(_holds(m, where) for m in markers) for where in _environments())


def _environments() -> Iterator[dict[str, str]]:
    for python in _PYTHONS:
        for platform, system, name, machine in _PLATFORMS:
            yield {
                "python_version": python,
                "python_full_version": f"{python}.4",
                "sys_platform": platform,
                "platform_system": system,
                "os_name": name,
                "platform_machine": machine,
                "platform_python_implementation": "CPython",
                "implementation_name": "cpython",
                "extra": "",
            }


def _holds(marker: Marker, where: dict[str, str]) -> bool:
    """Evaluate a condition; what cannot be evaluated does not hold."""
    from packaging.markers import UndefinedComparison, UndefinedEnvironmentName

    try:
        return marker.evaluate(where)
    except (UndefinedComparison, UndefinedEnvironmentName, ValueError, RecursionError):
        return False

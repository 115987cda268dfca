"""What some requirements bring along: the packages they need, and those that these need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lint_rules.requirements import known_distributions as known
from lint_rules.requirements.installed import Installed, Wanted
from lint_rules.requirements.naming import normalised
from lint_rules.requirements.ntro_needs import WANTS

Root = tuple[str, frozenset[str]]
"""A distribution by its key, with the extras that are asked for."""

_NEEDLESS = frozenset(key for brought in known.BRINGS.values() for key in brought)


@dataclass(frozen=True, slots=True)
class Brought:
    """The keys of all that gets installed; `unknown` are those that may bring more."""

    keys: frozenset[str]
    unknown: frozenset[str]


def brought_by(roots: Iterable[Root], installed: Installed) -> Brought:
    """Return what gets installed for some requirements."""
    done: set[Root] = set()
    unknown: set[str] = set()
    waiting = [(root, True) for root in roots]
    while waiting:
        root, certain = waiting.pop()
        if root in done:
            continue
        done.add(root)
        wants = wants_of(root, installed)
        if wants is not None:
            waiting += [((w.key, frozenset(w.extras)), not w.somewhere) for w in wants]
        elif certain:
            # What is needed in other surroundings, and so is not here, most likely is not there.
            unknown.add(root[0])
    return Brought(frozenset(key for key, _ in done), frozenset(unknown))


def wants_of(root: Root, installed: Installed) -> tuple[Wanted, ...] | None:
    """Return what a distribution needs by itself; None when nobody knows."""
    key, extras = root
    found = installed.get(key)
    if found is not None:
        wants = found.wants
    elif key == "ntro":
        wants = WANTS
    elif extras:
        return None
    elif key in known.BRINGS:
        wants = tuple(Wanted(each) for each in known.BRINGS[key])
    elif key in _NEEDLESS:
        wants = ()
    else:
        return None
    return tuple(want for want in wants if want.extra is None or want.extra in extras)


def imports_of_distribution(key: str, installed: Installed) -> frozenset[str] | None:
    """Return the names a distribution is imported by; None when nobody knows."""
    if key in known.IMPORTS:
        return frozenset(known.IMPORTS[key])
    found = installed.get(key)
    if found is not None and found.imports:
        return found.imports
    is_known = key == "ntro" or key in known.BRINGS or key in _NEEDLESS
    return frozenset({key.replace("-", "_")}) if is_known else None


def distributions_of(name: str, installed: Installed) -> frozenset[str] | None:
    """Return which distributions an imported name may be from; None when nobody knows."""
    top = name.partition(".")[0]
    if top in known.SHARED:
        parts = name.split(".")
        for end in range(len(parts), 0, -1):
            found = known.BY_IMPORT.get(".".join(parts[:end]))
            if found is not None:
                return frozenset(found)
        return None
    found_there = installed.providers(top)
    listed = frozenset(known.BY_IMPORT.get(top, ()))
    return found_there | (listed or frozenset({normalised(top)}))

"""The value of a YAML scalar: text, number, bool, date, bytes, None."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

TAG = "tag:yaml.org,2002:"
TEXT = f"{TAG}str"
MERGE = f"{TAG}merge"
DEFAULT = f"{TAG}value"
"""What a plain `=` is; PyYAML knows it as a key alone."""

_LONGEST = 4_000
"""Characters of a number or date; more take PyYAML a time that grows with their square."""


def scalar(event: Any, tag: str, *, is_key: bool, error: Callable[[str, Any], Exception]) -> object:
    """Return what the safe loader makes of a scalar; raises `error(message, mark)`."""
    if tag == TEXT or (is_key and tag in (MERGE, DEFAULT)):
        return event.value
    mark = event.start_mark
    if len(event.value) > _LONGEST and tag != f"{TAG}binary":
        raise error("a number or date of several thousand characters", mark)
    node = yaml.ScalarNode(tag, event.value, mark, event.end_mark)
    try:
        # Deep, so that a tag for a mapping or list is refused at once.
        return yaml.constructor.SafeConstructor().construct_object(node, deep=True)
    except yaml.MarkedYAMLError as problem:
        raise error(" ".join(str(problem.problem).split()), mark) from problem
    except (ValueError, OverflowError, LookupError, AttributeError, TypeError) as problem:
        # A date such as 2026-13-45; a tag that does not fit what it stands before.
        raise error(f"{event.value[:40]!r} is no {tag.removeprefix(TAG)}", mark) from problem

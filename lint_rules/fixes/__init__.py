"""Fixes that keep histories valid: requests for a module in, edits of its text out.

`fixing.fix_module` makes all fixes of a module at once, `fixing.plan` and `fixing.plan_each` say
what single ones would change; `files` writes the result, `text_diff` shows it. Positions are those
of `ast`, in characters from 1, the end exclusive. Here is only what a report needs, because a run
that fixes nothing must not pay for the rest.
"""

from lint_rules.fixes.edits import (
    Combined,
    OverlappingEditsError,
    TextEdit,
    apply_edits,
    combine,
)
from lint_rules.fixes.messages import MESSAGES, message
from lint_rules.fixes.requests import Facade, Fixed, Refusal, Request

__all__ = [
    "MESSAGES",
    "Combined",
    "Facade",
    "Fixed",
    "OverlappingEditsError",
    "Refusal",
    "Request",
    "TextEdit",
    "apply_edits",
    "combine",
    "message",
]

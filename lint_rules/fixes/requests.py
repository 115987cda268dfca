"""What a fix is asked for, and the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lint_rules.fixes.edits import TextEdit

Facade = Literal["ntro", "temporalio"]
"""Whose names are used: `runbook` of `ntro.workflow`, or `workflow` of `temporalio`."""


@dataclass(frozen=True, slots=True)
class Request:
    """A fix wanted at a place.

    `span` is the line, column, end line and end column of the hazard expression, as `ast` has
    them, in characters from 1; for a call the whole call. `edits` are those of a fix that needs no
    planning.
    """

    id: str
    span: tuple[int, int, int, int]
    facade: Facade = "ntro"
    edits: tuple[TextEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a fix is not made, as half a sentence for people."""

    reason: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A module with the fixes that could be made, and why the others were not."""

    source: str
    applied: tuple[Request, ...]
    refused: tuple[tuple[Request, str], ...]

"""What the names of a program mean: across modules, through aliases, classes and simple types."""

from lint_rules.program.meaning import (
    External,
    Getter,
    Instance,
    Meaning,
    Meanings,
    Namespace,
    Partial,
    ProjectClass,
    ProjectFunction,
    ProjectModule,
    Super,
    Unknown,
    Written,
)
from lint_rules.program.modules import Loader, Module
from lint_rules.program.program import Program

__all__ = [
    "External",
    "Getter",
    "Instance",
    "Loader",
    "Meaning",
    "Meanings",
    "Module",
    "Namespace",
    "Partial",
    "Program",
    "ProjectClass",
    "ProjectFunction",
    "ProjectModule",
    "Super",
    "Unknown",
    "Written",
]

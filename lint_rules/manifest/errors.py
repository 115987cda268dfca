"""What is wrong with a text that is no YAML."""

from __future__ import annotations


class ComposeError(ValueError):
    """The text is no YAML that can be read; line and column are those of the file, from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column

"""Text of other people made fit for a terminal, a log or XML: nothing invisible or unencodable."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return text on one line, with whatever does not print written as an escape.

    Control and format characters, line breaks, odd spaces and lone surrogates: none of them may
    move a cursor, turn the reading direction or break an encoding.
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else _escaped(character) for character in text
    )


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")

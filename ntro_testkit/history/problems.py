"""What is wrong with a file that should hold histories."""

from __future__ import annotations


class HistoryError(ValueError):
    """Something that cannot be read as a history.

    The message is one line and begins with the place: a path, a line of it where there are many
    histories, the number of an event.
    """


class DamagedError(ValueError):
    """A value in a history that has not the shape it should; whoever knows the place adds it."""

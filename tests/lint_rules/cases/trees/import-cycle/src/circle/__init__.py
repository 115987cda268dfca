"""Modules that import each other, and functions that call each other."""

from .first import even
from .second import odd

__all__ = ["even", "odd"]

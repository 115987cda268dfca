"""Fakes from types: one legal, repeatable value for any annotation pydantic can describe."""

from ntro_testkit.fakes.generation import generate_fake
from ntro_testkit.fakes.unavailable import MockUnavailable

__all__ = ["MockUnavailable", "generate_fake"]

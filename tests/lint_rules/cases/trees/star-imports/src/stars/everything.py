"""All the stars together; what is bound last wins."""

from .drawing import *
from .naming import *


def overridden() -> str:
    return "fixed"

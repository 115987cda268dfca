"""Chooses a module."""

import sys

if sys.version_info >= (3, 12):
    from .fast import fixed, stamp
else:
    from .slow import fixed, stamp

try:
    from either.missing import draw
except ImportError:
    from random import random as draw

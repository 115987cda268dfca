"""Needs them all, and itself through a star."""

from circle.first import *
from circle.third import *

start = 1

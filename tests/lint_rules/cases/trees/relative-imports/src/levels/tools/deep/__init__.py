"""Two levels down."""

from .. import tools_region
from ... import common as top
from .reader import *

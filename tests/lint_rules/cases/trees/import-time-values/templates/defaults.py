"""Settings once more."""

from .settings import LIMIT, LOADED
from .settings import REGION as DEFAULT_REGION

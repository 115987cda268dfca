"""What the rest of the shop may use of the clocks."""

from . import wall as wall
from .wall import hours as _hours
from .wall import moment as now
from .wall import quiet_moment

__all__ = ["now", "quiet_moment", "wall"]

private_hours = _hours

"""Names once more."""

from shop.clock import *
from shop.clock import private_hours as hours_of_clock

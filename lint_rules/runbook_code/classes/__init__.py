"""How workflow classes are put together: constructors, steps, attributes."""

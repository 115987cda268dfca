"""How a version of the SDK is written down: names of modules to short texts.

A name is one of

* `>module:name`  something defined elsewhere in the SDK; without a name the module itself
* `(a, b=, /)`    a function by its parameters, as `Signature` reads them
* `@module:name`  an object of a class of the SDK
* an empty text   something that exists and says no more
* a table         a class: its own members, what makes its objects under `()`, its bases under `:`

A module under whose key `*` anything stands may have more names than are written down.
"""

from __future__ import annotations

from collections.abc import Mapping

ClassTable = Mapping[str, str]
ModuleTable = Mapping[str, str | ClassTable]
Modules = Mapping[str, ModuleTable]
"""By the dotted name of the module."""

ALIAS = ">"
OBJECT = "@"
OPEN = "*"
BASES = ":"
MAKING = "()"

OUTSIDE = "?"
"""A base class that is no part of the SDK: the class may have any member."""
ENUM = "!"
"""A base class that makes the plain attributes of a class all of its members."""

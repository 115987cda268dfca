"""Methods that Python calls by itself: for a `with`, a loop, an operator, a text."""

from __future__ import annotations

from benchmarks.lint_corpus.shape import Shape


def _implicit(name: str, run: str, method: str) -> Shape:
    """Return the shape of a class with one special method, and of code that sets it off."""
    before = f'''
class Thing:
    """Does more than one sees."""

    def __init__(self, number=0):
        self.number = number

    {method}
'''
    return Shape(name, run, before=before)


SHAPES = (
    _implicit(
        "dunder_enter",
        "with Thing() as found:\n    return found",
        """def __enter__(self):
        return $call  #!

    def __exit__(self, kind, error, traceback):
        return None""",
    ),
    _implicit(
        "dunder_exit",
        "thing = Thing()\nwith thing:\n    count = ctx.count\nreturn (count, thing.number)",
        """def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.number = $call  #!""",
    ),
    _implicit(
        "dunder_aenter",
        "async with Thing() as found:\n    return found",
        """async def __aenter__(self):
        return $use  #!

    async def __aexit__(self, kind, error, traceback):
        return None""",
    ),
    _implicit(
        "dunder_iter",
        "found = []\nfor item in Thing():\n    found.append(item)\nreturn found",
        "def __iter__(self):\n        yield $call  #!",
    ),
    _implicit(
        "dunder_iter_by_list",
        "return list(Thing())",
        "def __iter__(self):\n        return iter([$call])  #!",
    ),
    _implicit(
        "dunder_next",
        "found = []\nfor item in Thing():\n    found.append(item)\nreturn found",
        """def __iter__(self):
        return self

    def __next__(self):
        if self.number:
            raise StopIteration
        self.number += 1
        return $call  #!""",
    ),
    _implicit(
        "dunder_aiter",
        "return [item async for item in Thing()]",
        "async def __aiter__(self):\n        yield $use  #!",
    ),
    _implicit(
        "dunder_format",
        'return f"{Thing():>8}"',
        'def __format__(self, how):\n        return "%s %s" % (how, $call)  #!',
    ),
    _implicit(
        "dunder_str",
        'return f"seen: {Thing()}"',
        'def __str__(self):\n        return "%s" % ($call,)  #!',
    ),
    _implicit(
        "dunder_str_by_str",
        "return str(Thing())",
        'def __str__(self):\n        return "%s" % ($call,)  #!',
    ),
    _implicit(
        "dunder_eq",
        "return Thing(1) == Thing(2)",
        "def __eq__(self, other):\n        return bool($call)  #!",
    ),
    _implicit(
        "dunder_lt",
        "return Thing(1) < Thing(2)",
        "def __lt__(self, other):\n        return bool($call)  #!",
    ),
    _implicit(
        "dunder_add",
        "return Thing(1) + Thing(2)",
        "def __add__(self, other):\n        return $call  #!",
    ),
    _implicit(
        "dunder_getitem",
        "return Thing()[ctx.count]",
        "def __getitem__(self, key):\n        return $call  #!",
    ),
    _implicit(
        "dunder_contains",
        "return ctx.kind in Thing()",
        "def __contains__(self, item):\n        return bool($call)  #!",
    ),
    _implicit(
        "dunder_call",
        "thing = Thing()\nreturn thing(ctx.count)",
        "def __call__(self, count):\n        return (count, $call)  #!",
    ),
    _implicit(
        "dunder_len",
        "return len(Thing())",
        "def __len__(self):\n        return int(bool($call))  #!",
    ),
    _implicit(
        "dunder_bool",
        "return 'yes' if Thing() else 'no'",
        "def __bool__(self):\n        return bool($call)  #!",
    ),
    _implicit(
        "dunder_getattr",
        "return Thing().moment",
        "def __getattr__(self, name):\n        return (name, $call)  #!",
    ),
    Shape(
        "dunder_new",
        "return Thing().moment",
        before="""
        class Thing:
            \"\"\"Does more than one sees.\"\"\"

            def __new__(cls):
                made = super().__new__(cls)
                made.moment = $call  #!
                return made
        """,
    ),
)
"""The text that sets a method off never names it."""

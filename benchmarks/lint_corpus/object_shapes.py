"""Classes that hide a hazard: methods and properties, found through objects."""

from __future__ import annotations

from benchmarks.lint_corpus.shape import Shape

CLOCK = """
class Clock:
    \"\"\"Says when.\"\"\"

    def read(self):
        return $call  #!
"""

SHAPES = (
    Shape("local_object", "return Clock().read()", before=CLOCK),
    Shape(
        "local_object_kept",
        """
        clock = Clock()
        return clock.read()
        """,
        before=CLOCK,
    ),
    Shape(
        "object_in_self",
        "return self.clock.read()",
        before=CLOCK,
        members="""
        def __init__(self) -> None:
            super().__init__()
            self.clock = Clock()
        """,
    ),
    Shape(
        "object_of_an_object",
        "return self.desk.clock.read()",
        before=CLOCK
        + """

class Desk:
    \"\"\"Has a clock.\"\"\"

    def __init__(self):
        self.clock = Clock()
""",
        members="""
        def __init__(self) -> None:
            super().__init__()
            self.desk = Desk()
        """,
    ),
    Shape(
        "annotated_parameter",
        "return look(Clock())",
        before=CLOCK
        + """

def look(clock: Clock) -> object:
    return clock.read()
""",
    ),
    Shape(
        "annotated_optional_parameter",
        "return look(None if ctx.kind == 'early' else Clock())",
        before=CLOCK
        + """

def look(clock: Clock | None = None) -> object:
    return None if clock is None else clock.read()
""",
    ),
    Shape(
        "annotated_attribute",
        "return self.clock.read()",
        before=CLOCK
        + """

def make_clock(kind):
    return {"late": Clock()}[kind]
""",
        members="""
        clock: Clock

        def __init__(self) -> None:
            super().__init__()
            self.clock = make_clock("late")
        """,
    ),
    Shape(
        "object_from_a_function",
        "return make_clock().read()",
        before=CLOCK
        + """

def make_clock():
    return Clock()
""",
    ),
    Shape("class_alias", "return Watch().read()", before=CLOCK + "\n\nWatch = Clock\n"),
    Shape("bound_method_kept", "return read()", before=CLOCK + "\n\nread = Clock().read\n"),
    Shape("method_as_function", "return Clock.read(Clock())", before=CLOCK),
    Shape(
        "staticmethod",
        "return Clock.read()",
        before="""
        class Clock:
            \"\"\"Says when.\"\"\"

            @staticmethod
            def read():
                return $call  #!
        """,
    ),
    Shape(
        "classmethod",
        "return Clock.read()",
        before="""
        class Clock:
            \"\"\"Says when.\"\"\"

            @classmethod
            def read(cls):
                return (cls.__name__, $call)  #!
        """,
    ),
    Shape(
        "property",
        "return Clock().reading",
        before="""
        class Clock:
            \"\"\"Says when.\"\"\"

            @property
            def reading(self):
                return $call  #!
        """,
    ),
    Shape(
        "property_of_the_workflow",
        "return self._reading",
        members="""
        @property
        def _reading(self):
            return $call  #!
        """,
    ),
    Shape(
        "cached_property",
        "return Clock().reading",
        imports="import functools\n\n$import",
        before="""
        class Clock:
            \"\"\"Says when.\"\"\"

            @functools.cached_property
            def reading(self):
                return $call  #!
        """,
    ),
    Shape(
        "enum_method",
        "return Kind.LATE.read()",
        imports="import enum\n\n$import",
        before="""
        class Kind(enum.Enum):
            \"\"\"When.\"\"\"

            EARLY = 1
            LATE = 2

            def read(self):
                return (self.value, $call)  #!
        """,
    ),
)
"""The workflow has or makes an object of the class."""

"""Classes whose code stands in another class: bases, mixins, `super()`, overriding."""

from __future__ import annotations

from benchmarks.lint_corpus.shape import Shape

BASE = """
\"\"\"What all workflows share.\"\"\"

$import


class Shared:
    \"\"\"A base class.\"\"\"

    def stamp(self):
        return $call  #!
"""

SHAPES = (
    Shape(
        "base_class",
        "return self.stamp()",
        bases="Shared",
        before="""
        class Shared:
            \"\"\"A base class.\"\"\"

            def stamp(self):
                return $call  #!
        """,
    ),
    Shape(
        "base_class_elsewhere",
        "return self.stamp()",
        imports="",
        bases="Shared",
        before="from .shared import Shared",
        files=(("shared.py", BASE),),
    ),
    Shape(
        "grandparent_elsewhere",
        "return self.stamp()",
        imports="",
        bases="Middle",
        before="from .middle import Middle",
        files=(
            (
                "middle.py",
                'from . import shared\n\n\nclass Middle(shared.Shared):\n    """Adds nothing."""\n',
            ),
            ("shared.py", BASE),
        ),
    ),
    Shape(
        "super_call",
        "return self.stamp()",
        imports="",
        bases="Shared",
        before="from .shared import Shared",
        members="""
        def stamp(self):
            return (self.__class__.__name__, super().stamp())
        """,
        files=(("shared.py", BASE),),
    ),
    Shape(
        "diamond",
        "return self.stamp()",
        bases="Left, Right",
        before="""
        class Top:
            \"\"\"At the top.\"\"\"

            def stamp(self):
                return 0


        class Left(Top):
            \"\"\"Passes on to the right.\"\"\"

            def stamp(self):
                return super().stamp()


        class Right(Top):
            \"\"\"Comes after the left one.\"\"\"

            def stamp(self):
                return $call  #!
        """,
    ),
    Shape(
        "mixin",
        "return self.stamp()",
        bases="Stamping, Plain",
        before="""
        class Plain:
            \"\"\"Comes second.\"\"\"

            def stamp(self):
                return 0


        class Stamping:
            \"\"\"Comes first.\"\"\"

            def stamp(self):
                return $call  #!
        """,
    ),
    Shape(
        "template_method",
        "return self.frame()",
        bases="Frame",
        before="""
        class Frame:
            \"\"\"Leaves a part to others.\"\"\"

            def frame(self):
                return self.part()

            def part(self):
                return 0
        """,
        members="""
        def part(self):
            return $call  #!
        """,
    ),
)
"""The workflow itself inherits."""

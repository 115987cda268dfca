"""Names that only look like a hazard: shadowed, in texts, in annotations, never called."""

from __future__ import annotations

from benchmarks.lint_corpus.shape import Shape

OWN = """
class Own:
    \"\"\"Stands for anything and does nothing.\"\"\"

    def __init__(self, *values):
        self.values = values

    def __call__(self, *values):
        return Own(*values)

    def __getattr__(self, name):
        return Own(name)

    def __getitem__(self, key):
        return Own(key)
"""

SHAPES = (
    Shape(
        "shadowed_by_a_function",
        "return $plain($arguments)",
        imports="",
        before="""
        def $plain(*values):
            return len(values)
        """,
    ),
    Shape(
        "shadowed_by_a_nested_function",
        """
        def $plain(*values):
            return len(values)

        return $plain($arguments)
        """,
        imports="from $module import $plain",
    ),
    Shape(
        "shadowed_by_an_object",
        "return bool($call)",
        imports="",
        before=OWN + "\n\n$name = Own()\n",
    ),
    Shape(
        "shadowed_by_a_local",
        """
        $name = Own()
        return bool($call)
        """,
        before=OWN,
    ),
    Shape(
        "shadowed_by_a_parameter",
        "return look(Own())",
        before=OWN
        + """

def look($name):
    return bool($call)
""",
    ),
    Shape(
        "shadowed_by_a_lambda_parameter",
        "return (lambda $name: bool($call))(Own())",
        before=OWN,
    ),
    Shape(
        "shadowed_by_an_own_module",
        "return bool($namesake.$plain($arguments))",
        imports="",
        before="from . import $namesake",
        files=(
            (
                "${namesake}.py",
                """
                \"\"\"Our own.\"\"\"


                def $plain(*values):
                    return len(values)
                """,
            ),
        ),
    ),
    Shape(
        "shadowed_by_a_loop",
        """
        found = 0
        for $name in [Own(), Own()]:
            found += len($name.values)
            found += bool($call)
        return found
        """,
        before=OWN,
    ),
    Shape(
        "attribute_of_own_object",
        "return bool(Own().$path$made$tail)",
        before=OWN,
    ),
    Shape(
        "method_of_own_object",
        "return Desk().$plain($arguments)",
        before="""
        class Desk:
            \"\"\"Has a method that is called like a function of a module.\"\"\"

            def $plain(self, *values):
                return len(values)
        """,
    ),
    Shape(
        "rebound_before_the_call",
        """
        borrowed = $reference
        borrowed = len
        return borrowed(ctx.kind)
        """,
    ),
    Shape(
        "text",
        """
        wanted = {"$top": ctx.count, "source": "$module.$path"}
        return wanted["$top"]
        """,
        before='''
        EXPLANATION = """
        Nobody calls $module.$path here.
        """
        ''',
    ),
    Shape(
        "comment_and_docstring",
        """
        # $module.$path would do as well.
        return self._count(ctx.count)
        """,
        members='''
        def _count(self, count: int) -> int:
            """Count without $module.$path."""
            return count + 1
        ''',
    ),
    Shape("import_only", "return ctx.count"),
    Shape(
        "import_only_elsewhere",
        "return clock.harmless(ctx.count)",
        imports="",
        before="from . import clock",
        files=(
            (
                "clock.py",
                "import $module\nfrom $module import $top\n\n\n"
                "def harmless(count):\n    return count + 1\n",
            ),
        ),
    ),
    Shape(
        "type_checking_import",
        "return look(ctx.count)",
        imports="""
        from typing import TYPE_CHECKING

        if TYPE_CHECKING:
            import $module
        """,
        before="""
        def look(count: int, source: $module.$top | None = None) -> int:
            return count + 1
        """,
    ),
    Shape(
        "annotation_only",
        """
        kept: list[outside.$top] = []
        return len(kept)
        """,
        imports="import $module as outside",
    ),
    Shape(
        "reference_compared",
        "return ctx.kind is not $reference",
    ),
)
"""The workflow runs the line, and nothing of the hazard happens."""

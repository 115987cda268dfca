"""Hazards in code that no workflow runs: scripts, tests, what is overridden or never called."""

from __future__ import annotations

from benchmarks.lint_corpus.shape import Shape

SHAPES = (
    Shape(
        "main_block",
        "return ctx.count",
        before="""
        async def main() -> None:
            await Workflows().run($use)


        class Workflows:
            \"\"\"Runs workflows by hand.\"\"\"

            async def run(self, value):
                return value


        if __name__ == "__main__":
            import asyncio

            asyncio.run(main())
        """,
    ),
    Shape(
        "call_in_the_main_block",
        "return ctx.count",
        before="""
        if __name__ == "__main__":
            found = $value
        """,
    ),
    Shape(
        "unreached_function",
        "return ctx.count",
        before="""
        async def forgotten() -> object:
            return $use
        """,
    ),
    Shape(
        "unreached_method",
        "return ctx.count",
        members="""
        async def _forgotten(self) -> object:
            return $use
        """,
    ),
    Shape(
        "unreached_helper_module",
        "return harmless(ctx.count)",
        imports="",
        before="from .clock import harmless",
        files=(
            (
                "clock.py",
                """
                \"\"\"Says when.\"\"\"

                $import


                def harmless(count):
                    return count + 1


                async def stamp():
                    return $use
                """,
            ),
        ),
    ),
    Shape(
        "module_nobody_imports",
        "return ctx.count",
        imports="",
        files=(("script.py", "$import\n\n\nasync def main():\n    print($use)\n"),),
    ),
    Shape(
        "nested_function_never_called",
        """
        async def forgotten() -> object:
            return $use

        return ctx.count
        """,
    ),
    Shape(
        "test_class",
        "return ctx.count",
        imports="",
        files=(
            (
                "/tests/test_measure.py",
                """
                \"\"\"Tests.\"\"\"

                $import


                class TestMeasure:
                    async def test_measuring(self):
                        assert $use
                """,
            ),
        ),
    ),
    Shape(
        "overridden_method",
        "return self.stamp()",
        bases="Shared",
        before="""
        class Shared:
            \"\"\"A base class.\"\"\"

            def stamp(self):
                return $call
        """,
        members="""
        def stamp(self):
            return 0
        """,
    ),
    Shape(
        "overridden_on_the_way",
        "return self.stamp()",
        bases="Left, Right",
        before="""
        class Left:
            \"\"\"Comes first, and does not pass on.\"\"\"

            def stamp(self):
                return 0


        class Right:
            \"\"\"Comes second.\"\"\"

            def stamp(self):
                return $call
        """,
    ),
    Shape(
        "class_nobody_makes",
        "return Counter().read()",
        before="""
        class Clock:
            \"\"\"Says when; has a method like the other one.\"\"\"

            def read(self):
                return $call


        class Counter:
            \"\"\"Counts.\"\"\"

            def read(self):
                return 1
        """,
    ),
    Shape(
        "property_nobody_reads",
        "return Clock().number",
        before="""
        class Clock:
            \"\"\"Says when, if asked.\"\"\"

            def __init__(self):
                self.number = 1

            @property
            def reading(self):
                return $call
        """,
    ),
    Shape(
        "default_that_is_given",
        "return Entry(1, moment=ctx.kind).moment",
        imports="from dataclasses import dataclass, field\n\n$import",
        before="""
        @dataclass
        class Entry:
            \"\"\"One line.\"\"\"

            number: int
            moment: object = field(default_factory=lambda: $call)
        """,
    ),
)
"""The hazard stands beside the workflow, in its module or near it."""

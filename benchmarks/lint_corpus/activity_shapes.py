"""Hazards that only activities use, which is what activities are for."""

from __future__ import annotations

from benchmarks.lint_corpus.shape import Shape

EXECUTE = """
return await $facade.execute_activity(
    measure, ctx.kind, start_to_close_timeout=timedelta(minutes=1)
)
"""
TIMEOUT = "from datetime import timedelta\n\n"

ACTIVITY = """
@activity.defn
async def measure(kind: str) -> object:
    return $use
"""

ACTIVITIES = """
\"\"\"What touches the world.\"\"\"

from $library import activity
$import


@activity.defn
async def measure(kind: str) -> object:
    return $use
"""

SHAPES = (
    Shape("activity", EXECUTE, imports=TIMEOUT + "$import", before=ACTIVITY),
    Shape(
        "activity_elsewhere",
        EXECUTE,
        imports=TIMEOUT,
        before="from .activities import measure",
        files=(("activities.py", ACTIVITIES),),
    ),
    Shape(
        "activity_of_a_module",
        """
        return await $facade.execute_activity(
            activities.measure, ctx.kind, start_to_close_timeout=timedelta(minutes=1)
        )
        """,
        imports=TIMEOUT,
        before="from . import activities",
        files=(("activities.py", ACTIVITIES),),
    ),
    Shape(
        "activity_in_a_step",
        'return await self.run_step("measure", measure, ctx.kind)',
        imports="",
        before="from .activities import measure",
        files=(("activities.py", ACTIVITIES),),
        facade="runbook",
    ),
    Shape(
        "activity_method",
        """
        return await $facade.execute_activity_method(
            Measuring.measure, ctx.kind, start_to_close_timeout=timedelta(minutes=1)
        )
        """,
        imports=TIMEOUT + "$import",
        before="""
        class Measuring:
            \"\"\"Activities that share something.\"\"\"

            @activity.defn
            async def measure(self, kind: str) -> object:
                return $use
        """,
        facade="workflow",
    ),
    Shape(
        "undecorated_reference",
        EXECUTE,
        imports=TIMEOUT + "$import",
        before="""
        async def measure(kind: str) -> object:
            return $use
        """,
    ),
    Shape(
        "helper_of_an_activity",
        EXECUTE,
        imports=TIMEOUT + "$import",
        before="""
        async def look() -> object:
            return $use


        @activity.defn
        async def measure(kind: str) -> object:
            return await look()
        """,
    ),
    Shape(
        "helper_module_of_an_activity",
        EXECUTE,
        imports=TIMEOUT,
        before="from .activities import measure",
        files=(
            (
                "activities.py",
                """
                \"\"\"What touches the world.\"\"\"

                from $library import activity

                from . import sources


                @activity.defn
                async def measure(kind: str) -> object:
                    return await sources.look()
                """,
            ),
            (
                "sources.py",
                """
                \"\"\"Where activities look.\"\"\"

                $import


                async def look() -> object:
                    return $use
                """,
            ),
        ),
    ),
    Shape(
        "constant_of_an_activity",
        EXECUTE,
        imports=TIMEOUT + "$import",
        before="""
        STARTED = $value


        @activity.defn
        async def measure(kind: str) -> object:
            return STARTED
        """,
    ),
    Shape(
        "constant_module_of_an_activity",
        EXECUTE,
        imports=TIMEOUT,
        before="from .activities import measure",
        files=(
            (
                "activities.py",
                """
                \"\"\"What touches the world.\"\"\"

                from $library import activity

                from .constants import STARTED


                @activity.defn
                async def measure(kind: str) -> object:
                    return STARTED
                """,
            ),
            (
                "constants.py",
                """
                \"\"\"Constants.\"\"\"

                $import

                STARTED = $value
                """,
            ),
        ),
    ),
    Shape(
        "model_made_in_an_activity",
        EXECUTE,
        imports=TIMEOUT + "from dataclasses import dataclass, field\n\n$import",
        before="""
        @dataclass
        class Entry:
            \"\"\"One line.\"\"\"

            number: int
            moment: object = field(default_factory=lambda: $call)


        @activity.defn
        async def measure(kind: str) -> Entry:
            return Entry(1)
        """,
    ),
)
"""The workflow leads to the hazard, and the walk must stop on the way."""

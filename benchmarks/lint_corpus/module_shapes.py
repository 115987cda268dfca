"""Hazards in other modules, and values that were made while a module was imported."""

from __future__ import annotations

from benchmarks.lint_corpus.shape import Shape

CLOCK = """
\"\"\"Says when.\"\"\"

$import


def stamp():
    return $call  #!
"""

ASYNC_CLOCK = """
\"\"\"Says when.\"\"\"

$import


async def stamp():
    return $use  #!
"""

STARTED = """
\"\"\"Constants.\"\"\"

$import

STARTED = $value  #!
"""

SHAPES = (
    Shape(
        "helper_elsewhere",
        "return stamp()",
        imports="",
        before="from .clock import stamp",
        files=(("clock.py", CLOCK),),
    ),
    Shape(
        "async_helper_elsewhere",
        "return await stamp()",
        imports="",
        before="from .clock import stamp",
        files=(("clock.py", ASYNC_CLOCK),),
    ),
    Shape(
        "helper_module",
        "return clock.stamp()",
        imports="",
        before="from . import clock",
        files=(("clock.py", CLOCK),),
    ),
    Shape(
        "helper_module_alias",
        "return await source.stamp()",
        imports="",
        before="from . import clock as source",
        files=(("clock.py", ASYNC_CLOCK),),
    ),
    Shape(
        "helper_of_the_package_by_full_name",
        "return stamp()",
        imports="",
        before="from $package.clock import stamp",
        files=(("clock.py", CLOCK),),
        facade="workflow",
    ),
    Shape(
        "helper_imported_late",
        """
        from .clock import stamp

        return stamp()
        """,
        imports="",
        files=(("clock.py", CLOCK),),
    ),
    Shape(
        "helper_through_init",
        "return parts.stamp()",
        imports="",
        before="from . import parts",
        files=(
            ("parts/__init__.py", "from .clock import stamp\n\n__all__ = ['stamp']\n"),
            ("parts/clock.py", CLOCK),
        ),
    ),
    Shape(
        "helper_by_star_import",
        "return stamp()",
        imports="",
        before="from .clock import *",
        files=(("clock.py", CLOCK),),
    ),
    Shape(
        "chain_of_modules",
        "return first(ctx.kind)",
        imports="",
        before="from .one import first",
        files=(
            ("one.py", "from .two import second\n\n\ndef first(kind):\n    return second(kind)\n"),
            (
                "two.py",
                "from . import three\n\n\ndef second(kind):\n    return three.third(kind)\n",
            ),
            (
                "three.py",
                "from .clock import stamp\n\n\ndef third(kind):\n    return (kind, stamp())\n",
            ),
            ("clock.py", CLOCK),
        ),
    ),
    Shape(
        "circle_of_modules",
        "return first(ctx.count)",
        imports="",
        before="from .one import first",
        files=(
            (
                "one.py",
                """
                from . import two


                def first(count):
                    return two.second(count)
                """,
            ),
            (
                "two.py",
                """
                $import

                from . import one


                def second(count):
                    return $call if count == 0 else one.first(count - 1)  #!
                """,
            ),
        ),
    ),
    Shape("import_time_constant", "return STARTED", before="STARTED = $value  #!", code="NTR117"),
    Shape(
        "import_time_constant_elsewhere",
        "return STARTED",
        imports="",
        before="from .constants import STARTED",
        files=(("constants.py", STARTED),),
        code="NTR117",
    ),
    Shape(
        "import_time_constant_of_a_module",
        "return constants.STARTED",
        imports="",
        before="from . import constants",
        files=(("constants.py", STARTED),),
        code="NTR117",
    ),
    Shape(
        "import_time_class_attribute",
        "return Settings.started",
        before="""
        class Settings:
            \"\"\"What the process was started with.\"\"\"

            started = $value  #!
        """,
        code="NTR117",
    ),
    Shape(
        "import_time_attribute_of_the_workflow",
        "return self.started",
        members="started = $value  #!",
        code="NTR117",
    ),
    Shape(
        "import_time_default",
        "return stamp()",
        before="""
        def stamp(moment=$value):  #!
            return moment
        """,
        code="NTR117",
    ),
    Shape(
        "import_time_constant_in_a_helper",
        "return stamp()",
        before="""
        STARTED = $value  #!


        def stamp():
            return STARTED
        """,
        code="NTR117",
    ),
)
"""An import-time value is found where it is made, since workflow code reads it."""

"""Ways to name the same thing: aliases, rebinding, looking it up by a constant text, imports."""

from __future__ import annotations

from benchmarks.lint_corpus.shape import Shape

SHAPES = (
    Shape("direct", "return $use  #!"),
    Shape(
        "module_alias",
        "return ${wait}outside.$below$tail  #!",
        imports="import $module as outside",
    ),
    Shape("from_import", "return $wait$top$rest$tail  #!", imports="from $module import $top"),
    Shape(
        "from_import_as",
        "return ${wait}borrowed$rest$tail  #!",
        imports="from $module import $top as borrowed",
    ),
    Shape(
        "import_in_function",
        """
        import $module as outside

        return ${wait}outside.$below$tail  #!
        """,
        imports="",
    ),
    Shape(
        "module_rebound",
        "return ${wait}source.$below$tail  #!",
        imports="import $module as outside",
        before="source = outside",
    ),
    Shape(
        "rebound_at_module_level",
        "return ${wait}borrowed($arguments)  #!",
        before="borrowed = $reference",
    ),
    Shape(
        "rebound_locally",
        """
        borrowed = $reference
        return ${wait}borrowed($arguments)  #!
        """,
    ),
    Shape(
        "rebound_in_a_tuple",
        """
        measure, borrowed = len, $reference
        return (measure(ctx.kind), ${wait}borrowed($arguments))  #!
        """,
    ),
    Shape("walrus", "return ${wait}(borrowed := $reference)($arguments)  #!"),
    Shape(
        "walrus_in_a_condition",
        """
        if borrowed := $reference:
            return ${wait}borrowed($arguments)  #!
        return None
        """,
    ),
    Shape(
        "getattr",
        'return ${wait}getattr(outside, "$top")$rest$tail  #!',
        imports="import $module as outside",
    ),
    Shape(
        "getattr_of_a_constant",
        "return ${wait}getattr(outside, WANTED)$rest$tail  #!",
        imports="import $module as outside",
        before='WANTED = "$top"',
    ),
    Shape(
        "attrgetter",
        'return ${wait}operator.attrgetter("$path")(outside)$made$tail  #!',
        imports="import operator\n\nimport $module as outside",
    ),
    Shape(
        "vars",
        'return ${wait}vars(outside)["$top"]$rest$tail  #!',
        imports="import $module as outside",
    ),
    Shape(
        "module_dict",
        'return ${wait}outside.__dict__["$top"]$rest$tail  #!',
        imports="import $module as outside",
    ),
    Shape(
        "import_module",
        'return ${wait}importlib.import_module("$module").$below$tail  #!',
        imports="import importlib",
    ),
    Shape(
        "import_module_kept",
        "return ${wait}source.$below$tail  #!",
        imports="from importlib import import_module",
        before='source = import_module("$module")',
    ),
    Shape(
        "import_function",
        'return ${wait}__import__("$module")$submodules.$below$tail  #!',
        imports="",
    ),
    Shape(
        "conditional_import",
        "return ${wait}source.$below$tail  #!",
        imports="""
        try:
            import quicker_than_standard as source
        except ImportError:
            import $module as source
        """,
    ),
    Shape(
        "conditional_import_by_version",
        "return ${wait}borrowed$rest$tail  #!",
        imports="""
        import sys

        if sys.version_info >= (3, 8):
            from $module import $top as borrowed
        else:
            from backport import $top as borrowed
        """,
    ),
    Shape(
        "star_import",
        "return $wait$top$rest$tail  #!",
        imports="",
        before="from .names import *",
        files=(
            (
                "names.py",
                """
                \"\"\"Names for everybody.\"\"\"

                from $module import $top

                __all__ = ["$top"]
                """,
            ),
        ),
    ),
    Shape(
        "re_export",
        "return ${wait}borrowed$rest$tail  #!",
        imports="",
        before="from .parts import borrowed",
        files=(
            ("parts/__init__.py", "from .inner import borrowed\n\n__all__ = ['borrowed']\n"),
            ("parts/inner.py", "from $module import $top as borrowed\n"),
        ),
    ),
    Shape(
        "module_of_a_module",
        "return ${wait}names.outside.$below$tail  #!",
        imports="",
        before="from . import names",
        files=(("names.py", "import $module as outside\n"),),
    ),
    Shape(
        "conditional_expression",
        """
        chosen = $reference if ctx.kind == "late" else len
        return ${wait}chosen($arguments)  #!
        """,
    ),
    Shape("boolean_or", "return ${wait}(ctx.kind == 'no' or $reference)($arguments)  #!"),
    Shape(
        "dispatch_by_key",
        'return ${wait}SOURCES["late"]($arguments)  #!',
        before='SOURCES = {"late": $reference, "early": len}',
    ),
    Shape(
        "class_attribute",
        "return ${wait}Sources.borrowed($arguments)  #!",
        before="""
        class Sources:
            \"\"\"Where values come from.\"\"\"

            borrowed = staticmethod($reference)
        """,
    ),
    Shape(
        "partial",
        "return ${wait}functools.partial($reference$more)()  #!",
        imports="import functools\n\n$import",
    ),
    Shape(
        "partial_at_module_level",
        "return ${wait}prepared()  #!",
        imports="from functools import partial\n\n$import",
        before="prepared = partial($reference$more)",
    ),
    Shape(
        "match_statement",
        """
        match ctx.kind:
            case "early":
                return None
            case _:
                return $use  #!
        """,
    ),
    Shape(
        "exception_handler",
        """
        try:
            number = int(ctx.kind)
        except ValueError:
            number = $use  #!
        return number
        """,
    ),
    Shape(
        "comprehension",
        "return [$use for _ in range(ctx.count)]  #!",
    ),
    Shape(
        "dict_comprehension",
        "return {number: $use for number in range(ctx.count)}  #!",
    ),
)
"""Everything here happens in `run` itself."""

"""Functions that hide a hazard: lambdas, closures, defaults, recursion."""

from __future__ import annotations

from benchmarks.lint_corpus.shape import Shape

STAMP = """
def stamp():
    return $call  #!
"""

ASYNC_STAMP = """
async def stamp():
    return $use  #!
"""

SHAPES = (
    Shape("helper", "return stamp()", before=STAMP),
    Shape("async_helper", "return await stamp()", before=ASYNC_STAMP),
    Shape("lambda_called", "return (lambda: $call)()  #!"),
    Shape("lambda_kept", "return stamp()", before="stamp = lambda: $call  #!"),
    Shape(
        "lambda_as_sort_key",
        "return sorted([3, 1, 2], key=lambda item: (item, $call))  #!",
    ),
    Shape("lambda_in_map", "return list(map(lambda item: (item, $call), [3, 1, 2]))  #!"),
    Shape("lambda_in_filter", "return list(filter(lambda item: $call, [3, 1, 2]))  #!"),
    Shape(
        "lambda_in_reduce",
        "return functools.reduce(lambda left, right: (left, $call), [3, 1, 2])  #!",
        imports="import functools\n\n$import",
    ),
    Shape(
        "function_as_key",
        "return max([3, 1, 2], key=rank)",
        before="""
        def rank(item):
            return (item, $call)  #!
        """,
    ),
    Shape(
        "nested_function",
        """
        def stamp():
            return $call  #!

        return stamp()
        """,
    ),
    Shape(
        "closure_factory",
        """
        stamp = make_stamp(ctx.kind)
        return stamp()
        """,
        before="""
        def make_stamp(kind):
            def stamp():
                return (kind, $call)  #!

            return stamp
        """,
    ),
    Shape(
        "closure_over_a_name",
        """
        borrowed = $reference

        async def stamp():
            return ${wait}borrowed($arguments)  #!

        return await stamp()
        """,
    ),
    Shape(
        "given_to_own_function",
        "return apply(lambda: $call, ctx.count)  #!",
        before="""
        def apply(function, times):
            return [function() for _ in range(times)]
        """,
    ),
    Shape(
        "reference_given_to_own_function",
        "return ${wait}apply($bare)  #!",
        before="""
        def apply(function):
            return function()  #!
        """,
    ),
    Shape(
        "default_argument",
        "return ${wait}stamp()",
        before="""
        def stamp(source=$reference):
            return source($arguments)  #!
        """,
    ),
    Shape(
        "keyword_default",
        "return ${wait}stamp(ctx.kind)",
        before="""
        def stamp(kind, *, source=$reference):
            return source($arguments)  #!
        """,
    ),
    Shape(
        "recursion",
        "return deep(ctx.count)",
        before="""
        def deep(level):
            return $call if level == 0 else deep(level - 1)  #!
        """,
    ),
    Shape(
        "mutual_recursion",
        "return even(ctx.count)",
        before="""
        def even(level):
            return 0 if level == 0 else odd(level - 1)


        def odd(level):
            return $call if level == 1 else even(level - 1)  #!
        """,
    ),
    Shape(
        "dispatch_of_own_functions",
        'return STAMPS["late"]()',
        before="""
        def stamp():
            return $call  #!


        STAMPS = {"late": stamp, "early": len}
        """,
    ),
)
"""Everything here stands in the module of the workflow, and nothing of it in a class of data."""

"""Functions that run around or inside others: decorators, tasks, generators, contexts."""

from __future__ import annotations

from benchmarks.lint_corpus.function_shapes import ASYNC_STAMP
from benchmarks.lint_corpus.shape import Shape

SHAPES = (
    Shape(
        "decorator_wrapper",
        "return await work(ctx.count)",
        imports="import functools\n\n$import",
        before="""
        def timed(function):
            @functools.wraps(function)
            async def wrapper(*values):
                before = $use  #!
                return (before, await function(*values))

            return wrapper


        @timed
        async def work(count):
            return count + 1
        """,
    ),
    Shape(
        "decorator_with_arguments",
        "return work(ctx.count)",
        before="""
        def timed(label):
            def decorate(function):
                def wrapper(*values):
                    return (label, $call, function(*values))  #!

                return wrapper

            return decorate


        @timed("work")
        def work(count):
            return count + 1
        """,
    ),
    Shape(
        "decorator_class",
        "return work(ctx.count)",
        before="""
        class Timed:
            \"\"\"Notes when its function was called.\"\"\"

            def __init__(self, function):
                self.function = function

            def __call__(self, *values):
                return ($call, self.function(*values))  #!


        @Timed
        def work(count):
            return count + 1
        """,
    ),
    Shape(
        "decorated_method",
        "return await self._work(ctx.count)",
        before="""
        def timed(function):
            async def wrapper(self, *values):
                before = $use  #!
                return (before, await function(self, *values))

            return wrapper
        """,
        members="""
        @timed
        async def _work(self, count):
            return count + 1
        """,
    ),
    Shape(
        "gather",
        "return await asyncio.gather(stamp(), stamp())",
        imports="import asyncio\n\n$import",
        before=ASYNC_STAMP,
    ),
    Shape(
        "gather_of_many",
        "return await asyncio.gather(*[stamp() for _ in range(ctx.count)])",
        imports="import asyncio\n\n$import",
        before=ASYNC_STAMP,
    ),
    Shape(
        "create_task",
        """
        task = asyncio.create_task(stamp())
        return await task
        """,
        imports="import asyncio\n\n$import",
        before=ASYNC_STAMP,
    ),
    Shape(
        "task_group",
        """
        async with asyncio.TaskGroup() as group:
            task = group.create_task(stamp())
        return task.result()
        """,
        imports="import asyncio\n\n$import",
        before=ASYNC_STAMP,
    ),
    Shape(
        "generator",
        "return list(stamps(ctx.count))",
        before="""
        def stamps(count):
            for _ in range(count):
                yield $call  #!
        """,
    ),
    Shape(
        "delegating_generator",
        """
        found = []
        for stamp in all_stamps():
            found.append(stamp)
        return found
        """,
        before="""
        def stamps():
            yield $call  #!


        def all_stamps():
            yield from stamps()
        """,
    ),
    Shape(
        "async_generator",
        "return [stamp async for stamp in stamps(ctx.count)]",
        before="""
        async def stamps(count):
            for _ in range(count):
                yield $use  #!
        """,
    ),
    Shape("generator_expression", "return tuple($call for _ in range(ctx.count))  #!"),
    Shape(
        "context_manager",
        """
        with span() as started:
            found = (started, ctx.kind)
        return found
        """,
        imports="import contextlib\n\n$import",
        before="""
        @contextlib.contextmanager
        def span():
            started = $call  #!
            yield started
        """,
    ),
    Shape(
        "async_context_manager",
        """
        async with span() as started:
            found = (started, ctx.kind)
        return found
        """,
        imports="from contextlib import asynccontextmanager\n\n$import",
        before="""
        @asynccontextmanager
        async def span():
            started = $use  #!
            yield started
        """,
    ),
)
"""Python, or a library, decides when these run."""

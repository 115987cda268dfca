"""Where the runtime enters a workflow, and what it calls there: handlers, steps, predicates."""

from __future__ import annotations

from benchmarks.lint_corpus.shape import Shape

SHAPES = (
    Shape(
        "init",
        "return self.moment",
        members="""
        def __init__(self) -> None:
            super().__init__()
            self.moment = $call  #!
        """,
    ),
    Shape(
        "signal",
        """
        await $facade.wait_condition(lambda: bool(self.seen))
        return self.seen
        """,
        members="""
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[object] = []

        @$facade.signal
        def uploaded(self, reference: str) -> None:
            self.seen.append((reference, $call))  #!
        """,
    ),
    Shape(
        "async_signal",
        """
        await $facade.wait_condition(lambda: bool(self.seen))
        return self.seen
        """,
        members="""
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[object] = []

        @$facade.signal(name="uploaded")
        async def on_upload(self, reference: str) -> None:
            self.seen.append((reference, $use))  #!
        """,
    ),
    Shape(
        "query",
        "return ctx.count",
        members="""
        @$facade.query
        def progress(self) -> object:
            return $call  #!
        """,
    ),
    Shape(
        "update",
        """
        await $facade.wait_condition(lambda: bool(self.seen))
        return self.seen
        """,
        members="""
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[object] = []

        @$facade.update
        async def correct(self, reference: str) -> object:
            moment = $use  #!
            self.seen.append((reference, moment))
            return moment
        """,
        facade="workflow",
    ),
    Shape(
        "update_validator",
        """
        await $facade.wait_condition(lambda: bool(self.seen))
        return self.seen
        """,
        members="""
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[object] = []

        @$facade.update
        async def correct(self, reference: str) -> str:
            self.seen.append(reference)
            return reference

        @correct.validator
        def check(self, reference: str) -> None:
            if not $call:  #!
                raise ValueError(reference)
        """,
        facade="workflow",
    ),
    Shape(
        "step",
        "return await self._measure()",
        members="""
        @$facade.step(name="measure", title="Measure", icon="Clock")
        async def _measure(self) -> object:
            return $use  #!
        """,
        facade="runbook",
    ),
    Shape(
        "base_hook",
        "return await self.wait_for_action(payload=ctx.kind, reason='Look.', display_hint={})",
        members="""
        def on_row_action(self, action: dict[str, object]) -> None:
            self.last = (action, $call)  #!
        """,
        facade="runbook",
    ),
    Shape(
        "run_step",
        'return await self.run_step("measure", stamp, ctx.kind)',
        before="""
        async def stamp(kind):
            return (kind, $use)  #!
        """,
        facade="runbook",
    ),
    Shape(
        "run_step_of_a_method",
        'return await self.run_step("measure", self._measure)',
        members="""
        async def _measure(self) -> object:
            return $use  #!
        """,
        facade="runbook",
    ),
    Shape(
        "method",
        "return self._measure()",
        members="""
        def _measure(self) -> object:
            return $call  #!
        """,
    ),
    Shape(
        "method_of_a_method",
        "return await self._outer(ctx.kind)",
        members="""
        async def _outer(self, kind: str) -> object:
            return (kind, await self._inner())

        async def _inner(self) -> object:
            return $use  #!
        """,
    ),
    Shape(
        "method_kept",
        """
        measure = self._measure
        return measure()
        """,
        members="""
        def _measure(self) -> object:
            return $call  #!
        """,
    ),
    Shape(
        "method_in_a_mapping",
        'return {"late": self._late, "early": self._early}[ctx.kind]()',
        members="""
        def _late(self) -> object:
            return $call  #!

        def _early(self) -> object:
            return None
        """,
    ),
    Shape(
        "predicate",
        """
        await $facade.wait_condition(lambda: bool($call))  #!
        return ctx.count
        """,
    ),
    Shape(
        "predicate_method",
        """
        await $facade.wait_condition(self._ready)
        return ctx.count
        """,
        members="""
        def _ready(self) -> bool:
            return bool($call)  #!
        """,
    ),
    Shape(
        "predicate_function",
        """
        def ready() -> bool:
            return ctx.count > 1 and bool($call)  #!

        await $facade.wait_condition(ready)
        return ctx.count
        """,
    ),
    Shape(
        "activity_argument",
        """
        return await $facade.execute_activity(
            store,
            $use,  #!
            start_to_close_timeout=timedelta(minutes=1),
        )
        """,
        imports="from datetime import timedelta\n\n$import",
        before="""
        @activity.defn
        async def store(value: object) -> object:
            return value
        """,
    ),
    Shape(
        "branch",
        """
        moment = $use  #!
        if moment:
            await asyncio.sleep(1)
        return ctx.count
        """,
        imports="import asyncio\n\n$import",
    ),
    Shape(
        "loop_bound",
        """
        moment = $use  #!
        for _ in range(int(bool(moment))):
            await asyncio.sleep(1)
        return ctx.count
        """,
        imports="import asyncio\n\n$import",
    ),
    Shape(
        "finally_block",
        """
        try:
            await asyncio.sleep(1)
        finally:
            self.moment = $use  #!
        return self.moment
        """,
        imports="import asyncio\n\n$import",
    ),
)
"""Every way in which code of the workflow class itself comes to run."""

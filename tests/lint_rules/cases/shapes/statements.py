"""Every place in a statement or an expression where a hazard can stand."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import hazard_module
from ntro.workflow import NtroWorkflow, activity, runbook

SHORT = timedelta(minutes=5)


@activity.defn
async def book(values: list[object]) -> list[object]:
    while not hazard_module.hazard_function():
        values.append(hazard_module.hazard_function())
    return values


@runbook.defn
class Expressions(NtroWorkflow):
    @runbook.run
    async def run(self, names: list[str]) -> list[object]:
        values = [
            [hazard_module.hazard_function() for _ in names],  # expect: HAZARD/payload
            {name: hazard_module.hazard_function() for name in names},  # expect: HAZARD/payload
            tuple(hazard_module.hazard_function() for _ in names),  # expect: HAZARD/payload
            {"made": hazard_module.hazard_function()},  # expect: HAZARD/payload
            (1, (2, hazard_module.hazard_function())),  # expect: HAZARD/payload
            [*names, hazard_module.hazard_function()],  # expect: HAZARD/payload
            dict(made=hazard_module.hazard_function()),  # expect: HAZARD/payload
            f"made {hazard_module.hazard_function()!s}",  # expect: HAZARD/payload
            f"{1:{hazard_module.hazard_function()}}",  # expect: HAZARD/payload
            "made %s" % hazard_module.hazard_function(),  # expect: HAZARD/payload
            "made {}".format(hazard_module.hazard_function()),  # expect: HAZARD/payload
            str(hazard_module.hazard_function()).upper(),  # expect: HAZARD/payload
            -hazard_module.hazard_function() + 1,  # expect: HAZARD/payload
            [1, 2][: hazard_module.hazard_function()],  # expect: HAZARD/payload
            (made := hazard_module.hazard_function()),  # expect: HAZARD/payload
            made,
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="flow", title="Flow")
    async def flow(self, names: list[str]) -> None:
        values: list[object] = []
        values.append(hazard_module.hazard_function())  # expect: HAZARD/payload
        values += [hazard_module.hazard_function()]  # expect: HAZARD/payload
        first, *rest = [hazard_module.hazard_function(), 1]  # expect: HAZARD/payload
        values.extend([first, *rest])
        row = {}
        row["made"] = hazard_module.hazard_function()  # expect: HAZARD/payload
        row.update(again=hazard_module.hazard_function())  # expect: HAZARD
        values.append(row)
        copied = list(values)
        await runbook.execute_activity(book, copied, start_to_close_timeout=SHORT)

    @runbook.step(name="places", title="Places")
    async def places(self, names: list[str]) -> None:
        value: object = None
        try:
            value = hazard_module.hazard_function()  # expect: HAZARD/payload
            names.index("none")
        except ValueError:
            value = hazard_module.hazard_function()  # expect: HAZARD/payload
        else:
            hazard_module.hazard_function()  # expect: HAZARD
        finally:
            names.append(str(hazard_module.hazard_function()))  # expect: HAZARD
        match names:
            case [name, *_] if name:
                value = hazard_module.hazard_function()  # expect: HAZARD/payload
            case {"made": name}:
                value = name
            case _:
                value = "none"
        for _ in names:
            hazard_module.hazard_function()  # expect: HAZARD
        else:
            hazard_module.hazard_function()  # expect: HAZARD
        while len(names) > 10:
            names.remove(str(hazard_module.hazard_function()))  # expect: HAZARD
        del names[0], row_of(names)[hazard_module.hazard_function()]  # expect: HAZARD
        await runbook.execute_activity(book, [value], start_to_close_timeout=SHORT)

    @runbook.step(name="local-class", title="Local class")
    async def local_class(self, names: list[str]) -> None:
        class Local:
            made = hazard_module.hazard_function()  # expect: HAZARD

            def draw(self) -> object:
                return hazard_module.hazard_function()  # expect: HAZARD/payload

            def never_called(self) -> object:
                return hazard_module.hazard_function()

        await runbook.execute_activity(book, [Local().draw()], start_to_close_timeout=SHORT)

    @runbook.step(name="timers", title="Timers")
    async def timers(self, names: list[str]) -> None:
        async with asyncio.timeout(60):
            await asyncio.sleep(1)
            hazard_module.hazard_function()  # expect: HAZARD
        async with asyncio.TaskGroup() as group:
            group.create_task(self._in_a_task(names))

    async def _in_a_task(self, names: list[str]) -> None:
        value = hazard_module.hazard_function()  # expect: HAZARD/payload
        await runbook.execute_activity(book, [value], start_to_close_timeout=SHORT)

    @runbook.step(name="quiet", title="Quiet")
    async def quiet(self, names: list[str]) -> None:
        text = "hazard_module.hazard_function()"
        function = hazard_module.hazard_function
        names = [text, function.__name__, hazard_module.hazard_function.__name__]
        await runbook.execute_activity(book, names, start_to_close_timeout=SHORT)


def row_of(names: list[str]) -> dict[object, object]:
    return {name: name for name in names}

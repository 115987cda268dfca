"""One function under many names."""

from __future__ import annotations

import importlib
import operator
from datetime import timedelta

import hazard_module as source
from hazard_module import hazard_function as imported_function
from temporalio import activity, workflow

SHORT = timedelta(minutes=5)

first_name = source.hazard_function
second_name = first_name
third_name = fourth_name = imported_function
pair_left, pair_right = imported_function, str
pick = operator.attrgetter("hazard_function")
loaded = importlib.import_module("hazard_module")
looked_up = getattr(source, "hazard_function")

try:
    from hazard_module import hazard_function as tried
except ImportError:
    tried = None

if SHORT:
    chosen = source.hazard_function
else:
    chosen = None


@activity.defn
async def book(values: list[object]) -> list[object]:
    return [*values, source.hazard_function(), imported_function(), first_name()]


@workflow.defn
class Names:
    @workflow.run
    async def run(self, account: str) -> list[object]:
        values = [
            source.hazard_function(),  # expect: HAZARD/payload
            imported_function(),  # expect: HAZARD/payload
            first_name(),  # expect: HAZARD/payload
            second_name(),  # expect: HAZARD/payload
            third_name(),  # expect: HAZARD/payload
            fourth_name(),  # expect: HAZARD/payload
            pair_left(),  # expect: HAZARD/payload
            pair_right(account),
            tried(),  # expect: HAZARD/payload
            chosen(),  # expect: HAZARD/payload
            looked_up(),  # expect: HAZARD/payload
            loaded.hazard_function(),  # expect: HAZARD/payload
            pick(source)(),  # expect: HAZARD/payload
            getattr(source, "hazard_function")(),  # expect: HAZARD/payload
            operator.attrgetter("hazard_function")(source)(),  # expect: HAZARD/payload
            vars(source)["hazard_function"](),  # expect: HAZARD/payload
            source.__dict__["hazard_function"](),  # expect: HAZARD/payload
            importlib.import_module("hazard_module").hazard_function(),  # expect: HAZARD/payload
            (imported_function if account else str)(),  # expect: HAZARD/payload
            (lambda: source.hazard_function())(),  # expect: HAZARD/payload
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)


@workflow.defn
class LocalNames:
    @workflow.run
    async def run(self, account: str) -> list[object]:
        import hazard_module as inner_module
        from hazard_module import hazard_function as inner_function

        local = source.hazard_function
        rebound = str
        rebound = imported_function
        left, (middle, right) = account, (imported_function, account)
        values = [
            inner_module.hazard_function(),  # expect: HAZARD/payload
            inner_function(),  # expect: HAZARD/payload
            local(),  # expect: HAZARD/payload
            rebound(),  # expect: HAZARD/payload
            middle(),  # expect: HAZARD/payload
            (walrus := imported_function)(),  # expect: HAZARD/payload
            walrus(),  # expect: HAZARD/payload
            left,
            right,
        ]
        await self._plain_import()
        await self._from_import()
        await self._names_of_its_own(source)
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)

    async def _plain_import(self) -> None:
        import hazard_module

        value = hazard_module.hazard_function()  # expect: HAZARD/payload
        await workflow.execute_activity(book, [value], start_to_close_timeout=SHORT)

    async def _from_import(self) -> None:
        from hazard_module import hazard_function

        value = hazard_function()  # expect: HAZARD/payload
        await workflow.execute_activity(book, [value], start_to_close_timeout=SHORT)

    async def _names_of_its_own(self, account: object) -> None:
        source = account
        imported_function = str
        values = [str(source), imported_function(account)]
        await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)

    def _never_called(self) -> object:
        return source.hazard_function()


def never_called() -> object:
    return imported_function()

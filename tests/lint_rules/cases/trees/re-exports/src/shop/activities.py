"""What may look at the clock."""

from temporalio import activity

from shop.clock.wall import stamp_of_activities


@activity.defn
async def book(value: object) -> object:
    return [value, stamp_of_activities()]

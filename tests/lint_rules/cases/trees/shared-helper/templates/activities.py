"""Activities, which may do anything."""

from __future__ import annotations

from ntro.workflow import activity

from .shared import of_activities, pure, shared


@activity.defn
async def load(name: str) -> list[str]:
    return [shared(name), of_activities(name), pure(name)]


class Mailer:
    def __init__(self, name: str) -> None:
        self.text = of_activities(name)

    @activity.defn
    async def send(self, name: str) -> str:
        return of_activities(self.text)

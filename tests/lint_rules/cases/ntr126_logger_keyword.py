"""NTR126: keywords that raise in the workflow's logger, which wedges the task."""

from __future__ import annotations

from datetime import timedelta

from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)


class Diary:
    """Takes any keyword."""

    def info(self, text: str, **details: object) -> str:
        return f"{text} {sorted(details)}"

    def warning(self, text: str, name: str) -> str:
        return f"{text} {name}"


@activity.defn
async def book(value: object) -> object:
    return value


def note(name: str) -> None:
    runbook.logger.info("noted", name=name)  # expect: NTR126


def note_properly(name: str) -> None:
    runbook.logger.info("noted %s", name)


@runbook.defn
class Keywords(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> str:
        runbook.logger.debug("at", name=name)  # expect: NTR126
        runbook.logger.info("at", name=name)  # expect: NTR126
        runbook.logger.warning("at", name=name, step="run")  # expect: NTR126
        runbook.logger.error("at", name=name)  # expect: NTR126
        runbook.logger.exception("at", name=name)  # expect: NTR126
        runbook.logger.critical("at %s", name, step="run")  # expect: NTR126
        runbook.logger.info("at", extra={"name": name}, step="run")  # expect: NTR126
        logger = runbook.logger
        logger.info("at", name=name)  # expect: NTR126
        note(name)
        return name

    @runbook.signal
    def noted(self, name: str) -> None:
        runbook.logger.info("noted", name=name)  # expect: NTR126


@workflow.defn
class TemporalKeywords:
    @workflow.run
    async def run(self, name: str) -> str:
        workflow.logger.info("at", name=name)  # expect: NTR126
        workflow.logger.info("at %s", name)
        return name


@runbook.defn
class Arguments(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> str:
        runbook.logger.info("at %s", name)
        runbook.logger.info("at %(name)s", {"name": name})
        runbook.logger.info("at", extra={"name": name})
        runbook.logger.warning("at", exc_info=True)
        runbook.logger.error("at", stack_info=True, extra={"name": name})
        note_properly(name)
        return name

    @runbook.step(name="own", title="Own names")
    async def own_names(self, name: str) -> None:
        diary = Diary()
        values = [diary.info("at", name=name), diary.warning("at", name=name)]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, diary: Diary) -> None:
        logger = diary
        values = [logger.info("at", name="a")]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)


def main(name: str) -> None:
    runbook.logger.info("main", name=name)

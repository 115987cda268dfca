"""NTR116: what is printed or logged again on every replay."""

from __future__ import annotations

import logging
import pprint
import sys
import syslog
import time
import traceback
import warnings
from collections.abc import Callable
from datetime import timedelta

import click
import rich
import structlog
from icecream import ic
from loguru import logger as loguru_logger
from ntro.workflow import NtroWorkflow, activity, runbook
from rich import print as rich_print
from temporalio import workflow

SHORT = timedelta(minutes=5)

log = logging.getLogger(__name__)
child_log = log.getChild("detail")
adapter = logging.LoggerAdapter(log, {"team": "funds"})


class Printer:
    """Keeps lines; writes nothing."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def print(self, line: str) -> None:
        self.lines.append(line)

    def info(self, line: str) -> None:
        self.lines.append(line)

    def write(self, line: str) -> None:
        self.lines.append(line)


@activity.defn
async def book(value: object) -> object:
    print(value)
    log.info("booked %s", value)
    warnings.warn("booked", stacklevel=2)
    tell_activities(str(value))
    return value


def tell_activities(text: str) -> None:
    print(text)
    logging.info(text)


def tell(text: str) -> None:
    print(text)  # expect: NTR116/noise
    log.info("told %s", text)  # expect: NTR116/noise


def announced(function: Callable[[str], str]) -> Callable[[str], str]:
    def wrapper(name: str) -> str:
        print("calling", name)  # expect: NTR116/noise
        return function(name)

    return wrapper


@announced
def upper(name: str) -> str:
    return name.upper()


@workflow.defn
class Prints:
    @workflow.run
    async def run(self, name: str) -> str:
        print(name)  # expect: NTR116/noise
        print("a", "b", sep="-", file=sys.stderr)  # expect: NTR116/noise
        sys.stdout.write(name)  # expect: NTR116/noise
        sys.stderr.write(name)  # expect: NTR116/noise
        pprint.pprint({"name": name})  # expect: NTR116/noise
        rich.print(name)  # expect: NTR116/noise
        rich_print(name)  # expect: NTR116/noise
        click.echo(name)  # expect: NTR116/noise
        ic(name)  # expect: NTR116/noise
        syslog.syslog(name)  # expect: NTR116/noise
        show = print
        show(name)  # expect: NTR116/noise
        tell(name)
        return upper(name)

    @workflow.query
    def shown(self) -> str:
        print("asked")  # expect: NTR116/noise
        return "shown"


@runbook.defn
class Logs(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.log = logging.getLogger("funds")
        self.log.debug("made")  # expect: NTR116/noise

    @runbook.run
    async def run(self, name: str) -> str:
        logging.debug("at %s", name)  # expect: NTR116/noise
        logging.info("at %s", name)  # expect: NTR116/noise
        logging.warning("at %s", name)  # expect: NTR116/noise
        logging.error("at %s", name)  # expect: NTR116/noise
        logging.getLogger("funds").info("at %s", name)  # expect: NTR116/noise
        log.info("at %s", name)  # expect: NTR116/noise
        log.log(logging.INFO, "at %s", name)  # expect: NTR116/noise
        child_log.warning("at %s", name)  # expect: NTR116/noise
        adapter.info("at %s", name)  # expect: NTR116/noise
        self.log.info("at %s", name)  # expect: NTR116/noise
        loguru_logger.info("at {}", name)  # expect: NTR116/noise
        structlog.get_logger().info("at", name=name)  # expect: NTR116/noise
        log.info("at %s", time.time())  # expect: NTR116/noise NTR101/noise
        return name

    @runbook.step(name="trouble", title="Trouble")
    async def trouble(self, name: str) -> None:
        try:
            await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)
        except Exception:
            log.exception("failed")  # expect: NTR116/noise
            traceback.print_exc()  # expect: NTR116/noise
            warnings.warn("failed", stacklevel=2)  # expect: NTR116/noise


@runbook.defn
class SilentOnReplay(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> str:
        runbook.logger.info("at %s", name)
        runbook.logger.warning("at %s", name, extra={"team": "funds"})
        runbook.logger.exception("at %s", name)
        logger = runbook.logger
        logger.debug("at %s", name)
        return name

    @runbook.step(name="looks", title="Looks")
    async def looks(self, name: str) -> None:
        is_verbose = log.isEnabledFor(logging.DEBUG)
        levels = [logging.getLevelName(logging.INFO), is_verbose, log.name]
        runbook.logger.info("levels %s", levels)

    @runbook.step(name="texts", title="Texts")
    async def texts(self, name: str) -> None:
        text = pprint.pformat({"name": name})
        await runbook.execute_activity(book, text, start_to_close_timeout=SHORT)

    @runbook.step(name="own", title="Own names")
    async def own_names(self, name: str) -> None:
        printer = Printer()
        printer.print(name)
        printer.info(name)
        printer.write(name)
        await runbook.execute_activity(book, printer.lines, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, printer: Printer, logging: Printer) -> None:
        print = printer.print
        print("a")
        logging.info("b")
        log = printer
        log.info("c")


@workflow.defn
class TemporalLogs:
    @workflow.run
    async def run(self, name: str) -> str:
        workflow.logger.info("at %s", name)
        return name


def main() -> None:
    print("starting")
    logging.basicConfig()
    log.info("started")


if __name__ == "__main__":
    print("main")
    main()

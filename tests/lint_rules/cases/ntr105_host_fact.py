"""NTR105: what the worker, its host and its process happen to be."""

from __future__ import annotations

import argparse
import gc
import getpass
import importlib.metadata
import inspect
import os
import platform
import pwd
import resource
import socket
import sys
import sysconfig
import traceback
import weakref
from datetime import timedelta
from os import environ, getenv

import psutil
from dotenv import dotenv_values
from ntro.workflow import NtroWorkflow, activity, runbook
from pydantic_settings import BaseSettings
from temporalio import workflow

SHORT = timedelta(minutes=5)
BUCKET = os.environ.get("BUCKET", "none")


class Settings(BaseSettings):
    region: str = "eu"


class Environment:
    """A setting of the author's own, given from outside."""

    def __init__(self, values: dict[str, str]) -> None:
        self.environ = values

    def getenv(self, name: str) -> str:
        return self.environ[name]


@activity.defn
async def book(value: object) -> object:
    return [value, os.environ["REGION"], os.getpid(), socket.gethostname(), BUCKET, Settings()]


def region() -> str:
    return os.environ.get("REGION", "eu")  # expect: NTR105/sequence


@workflow.defn
class EnvironmentReads:
    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [
            os.environ["REGION"],  # expect: NTR105/payload
            os.environ[name],  # expect: NTR105/payload
            os.environ.get("REGION"),  # expect: NTR105/payload
            os.environ.copy(),  # expect: NTR105/payload
            sorted(os.environ.items()),  # expect: NTR105/payload
            {**os.environ},  # expect: NTR105/payload
            dict(os.environ),  # expect: NTR105/payload
            "REGION" in os.environ,  # expect: NTR105/payload
            [key for key in os.environ],  # expect: NTR105/payload
            os.environb[b"REGION"],  # expect: NTR105/payload
            os.getenv("REGION"),  # expect: NTR105/payload
            environ["REGION"],  # expect: NTR105/payload
            getenv("REGION", "eu"),  # expect: NTR105/payload
            vars(os)["environ"]["REGION"],  # expect: NTR105/payload
            getattr(os, "environ")["REGION"],  # expect: NTR105/payload
            Settings(),  # expect: NTR105/payload
            dotenv_values(".env"),  # expect: NTR105/payload
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)


@runbook.defn
class HostReads(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> list[object]:
        values = [
            os.getpid(),  # expect: NTR105/payload
            os.getppid(),  # expect: NTR105/payload
            os.getcwd(),  # expect: NTR105/payload
            os.cpu_count(),  # expect: NTR105/payload
            os.uname(),  # expect: NTR105/payload
            os.getlogin(),  # expect: NTR105/payload
            os.getuid(),  # expect: NTR105/payload
            os.getloadavg(),  # expect: NTR105/payload
            os.times(),  # expect: NTR105/payload
            sys.argv[1:],  # expect: NTR105/payload
            sys.path,  # expect: NTR105/payload
            sys.executable,  # expect: NTR105/payload
            "pandas" in sys.modules,  # expect: NTR105/payload
            sys.getrecursionlimit(),  # expect: NTR105/payload
            sys.getsizeof(name),  # expect: NTR105/payload
            platform.node(),  # expect: NTR105/payload
            platform.system(),  # expect: NTR105/payload
            socket.gethostname(),  # expect: NTR105/payload
            socket.getfqdn(),  # expect: NTR105/payload
            getpass.getuser(),  # expect: NTR105/payload
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="process", title="Process")
    async def process(self, name: str) -> None:
        link = weakref.ref(self)
        values = [
            pwd.getpwuid(0),  # expect: NTR105/payload
            resource.getrusage(resource.RUSAGE_SELF),  # expect: NTR105/payload
            sysconfig.get_paths(),  # expect: NTR105/payload
            psutil.virtual_memory(),  # expect: NTR105/payload
            importlib.metadata.version("ntro"),  # expect: NTR105/payload
            gc.collect(),  # expect: NTR105/payload
            link(),  # expect: NTR105/payload
            inspect.stack()[1].function,  # expect: NTR105/payload
            sys._getframe(1),  # expect: NTR105/payload
            traceback.format_stack(),  # expect: NTR105/payload
            argparse.ArgumentParser().parse_args(),  # expect: NTR105/payload
        ]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="decides", title="Decides")
    async def decides(self, name: str) -> str:
        if region() == "eu":
            await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)
        if os.getenv("DRY_RUN"):  # expect: NTR105/sequence
            return "dry"
        for key in os.environ:  # expect: NTR105/sequence
            await runbook.execute_activity(book, key, start_to_close_timeout=SHORT)
        runbook.logger.info("on %s", socket.gethostname())  # expect: NTR105/noise
        child_id = f"{name}-{os.getpid()}"  # expect: NTR105/sequence
        return await runbook.execute_child_workflow("audit", name, id=child_id)


@runbook.defn
class Constants(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> list[object]:
        values = [
            os.sep.join([name, "rows"]),
            os.linesep,
            os.curdir,
            os.O_RDONLY,
            isinstance(name, os.PathLike),
            sys.maxsize,
            sys.byteorder,
            sys.version_info >= (3, 12),
            sys.float_info.epsilon,
            resource.RUSAGE_SELF,
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="given", title="Given")
    async def given(self, settings: dict[str, str]) -> None:
        environment = Environment(settings)
        values = [environment.environ["REGION"], environment.getenv("REGION"), settings["REGION"]]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, os: Environment) -> None:
        environ = os.environ
        values = [environ["REGION"], os.getenv("REGION")]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="arguments", title="Arguments")
    async def arguments(self, words: list[str]) -> None:
        parser = argparse.ArgumentParser()
        parser.add_argument("--period")
        parsed = parser.parse_args(words)
        await runbook.execute_activity(book, parsed.period, start_to_close_timeout=SHORT)

    @runbook.step(name="cycles", title="Cycles")
    async def cycles(self, name: str) -> None:
        self.link = weakref.ref(self)
        signature = inspect.signature(region)
        await runbook.execute_activity(book, str(signature), start_to_close_timeout=SHORT)


def host() -> str:
    return f"{platform.node()} {os.environ['REGION']}"


if __name__ == "__main__":
    sys.argv.append(host())

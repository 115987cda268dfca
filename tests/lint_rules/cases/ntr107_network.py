"""NTR107: the network, databases, SDKs and ntro's capabilities; types and builders are clean."""

from __future__ import annotations

import asyncio
import http.client
import smtplib
import socket
import sqlite3
import ssl
import urllib.parse
import urllib.request
from datetime import timedelta

import asyncpg
import boto3
import grpc
import httpx
import psycopg
import redis
import requests
import sqlalchemy
import yarl
from boto3.dynamodb.conditions import Key
from google.cloud import storage as cloud_storage
from ntro.capabilities import ai, config, email, notify, storage
from ntro.data import get_data_plane
from ntro.types.wire import DisplayHint
from ntro.workflow import NtroWorkflow, activity, agents, runbook
from ntro.workflow.task import previous
from openai import OpenAI
from sqlalchemy import create_engine, select
from temporalio import workflow
from temporalio.client import Client, WorkflowFailureError

SHORT = timedelta(minutes=5)
BASE = httpx.URL("https://example.test")


class Desk:
    """Answers from a table, not from the network."""

    def __init__(self, rows: dict[str, str]) -> None:
        self.rows = rows

    def get(self, name: str) -> str:
        return self.rows[name]

    def connect(self) -> Desk:
        return self

    def send(self, name: str) -> str:
        return name


@activity.defn
async def book(value: object) -> object:
    response = requests.get("https://example.test", timeout=5)
    return [value, response.text, await storage.read_file("rows.csv"), fetch_rows("rows")]


def fetch_rows(name: str) -> str:
    return httpx.get(f"https://example.test/{name}").text


def rate(currency: str) -> float:
    text = requests.get(f"https://example.test/{currency}").text  # expect: NTR107/sequence
    return float(text)


@workflow.defn
class Requests:
    def __init__(self) -> None:
        self.client = httpx.Client()  # expect: NTR107/sequence

    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [
            requests.get(name),  # expect: NTR107/sequence
            requests.post(name, json={}).json(),  # expect: NTR107/sequence
            requests.Session().get(name),  # expect: NTR107/sequence
            httpx.get(name),  # expect: NTR107/sequence
            self.client.get(name),  # expect: NTR107/sequence
            urllib.request.urlopen(name),  # expect: NTR107/sequence
            http.client.HTTPSConnection(name),  # expect: NTR107/sequence
            socket.create_connection((name, 80)),  # expect: NTR107/sequence
            socket.getaddrinfo(name, 80),  # expect: NTR107/sequence
            socket.socket(),  # expect: NTR107/sequence
            ssl.create_default_context(),  # expect: NTR107/sequence
            smtplib.SMTP(name),  # expect: NTR107/sequence
            await asyncio.open_connection(name, 80),  # expect: NTR107/sequence
            grpc.insecure_channel(name),  # expect: NTR107/sequence
            rate("EUR"),
        ]
        async with httpx.AsyncClient() as client:  # expect: NTR107/sequence
            values.append(await client.get(name))  # expect: NTR107/sequence
        return [len(values)]


@workflow.defn
class Databases:
    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [
            sqlite3.connect(name),  # expect: NTR107/sequence
            await asyncpg.connect(name),  # expect: NTR107/sequence
            psycopg.connect(name),  # expect: NTR107/sequence
            redis.Redis(),  # expect: NTR107/sequence
            create_engine(name),  # expect: NTR107/sequence
            sqlalchemy.create_engine(name),  # expect: NTR107/sequence
            boto3.client("s3"),  # expect: NTR107/sequence
            cloud_storage.Client(),  # expect: NTR107/sequence
            OpenAI(),  # expect: NTR107/sequence
            await Client.connect(name),  # expect: NTR107/sequence
        ]
        connection = sqlite3.connect(name)  # expect: NTR107/sequence
        connection.execute("select 1")  # expect: NTR107/sequence
        return [len(values)]


@runbook.defn
class Capabilities(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> list[object]:
        return [
            await storage.read_file(name),  # expect: NTR107/sequence
            await storage.write_table(name, []),  # expect: NTR107/sequence
            await ai.extract(name),  # expect: NTR107/sequence
            await email.send(name),  # expect: NTR107/sequence
            await notify.send(name),  # expect: NTR107/sequence
            config.get(name),  # expect: NTR107/sequence
            get_data_plane(),  # expect: NTR107/sequence
            await agents.invoke(name, input={}),  # expect: NTR107/sequence
        ]

    @runbook.step(name="inline", title="Inline")
    async def inline(self, name: str) -> None:
        await self.run_step("fetch", self._fetch, name)

    async def _fetch(self, name: str) -> object:
        return await storage.read_file(name)  # expect: NTR107/sequence


@runbook.defn
class Types(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> object:
        try:
            return await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)
        except (requests.RequestException, httpx.HTTPError, grpc.RpcError, WorkflowFailureError):
            return "failed"

    @runbook.step(name="builders", title="Builders")
    async def builders(self, name: str) -> None:
        values = [
            httpx.URL(name),
            BASE.join(name),
            yarl.URL(name) / "rows",
            urllib.parse.quote(name),
            urllib.parse.urlsplit(name).netloc,
            httpx.codes.OK,
            requests.codes.ok,
            grpc.StatusCode.OK,
            select(sqlalchemy.column("a")),
            sqlalchemy.text("select 1"),
            Key("name").eq(name),
            socket.AF_INET,
            http.HTTPStatus.OK,
        ]
        await runbook.execute_activity(book, len(values), start_to_close_timeout=SHORT)

    @runbook.step(name="annotated", title="Annotated")
    async def annotated(self, response: httpx.Response, kind: type[requests.Session]) -> None:
        values = [response.text, response.status_code, kind.__name__]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="workflow-safe", title="Workflow-safe")
    async def workflow_safe(self, name: str) -> None:
        await self.load_previous_task(workflow_slug=name, entity_id=name)
        await previous(workflow_slug=name)
        hint = DisplayHint(component="SUMMARY")
        await runbook.execute_activity(book, hint, start_to_close_timeout=SHORT)

    @runbook.step(name="own", title="Own names")
    async def own_names(self, rows: dict[str, str]) -> None:
        desk = Desk(rows).connect()
        values = [desk.get("a"), desk.send("b")]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, requests: Desk, storage: Desk) -> None:
        values = [requests.get("a"), storage.send("b")]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)


async def main() -> None:
    client = await Client.connect("localhost:7233")
    await client.execute_workflow(Requests.run, "a", id="a", task_queue="a")


if __name__ == "__main__":
    asyncio.run(main())

"""Decorated functions."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow

from wrapped import decorators
from wrapped.decorators import Retried, delayed, of_activities, registered

SHORT = timedelta(minutes=5)


@activity.defn
@of_activities
def book(value: str) -> str:
    return value


@decorators.timed
def upper(name: str) -> str:
    return name.upper()


@delayed(1)
def lower(name: str) -> str:
    return name.lower()


@Retried
async def send(name: str) -> str:
    return await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)


@registered
def title(name: str) -> str:
    return name.title()


@of_activities
def prepared(name: str) -> str:
    return name

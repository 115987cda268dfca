"""Texts of workflow classes, activities and models, for the ntro facade and for temporalio."""

from __future__ import annotations

MODELS_HEADER = '''
"""What is passed between the workflow and its activities."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, Field


class Line(BaseModel):
    """One line of a document."""

    reference: str
    account: str = ""
    kind: str = "debit"
    amount: Decimal = Decimal(0)
    rate: Decimal = Decimal(1)
    quantity: int = 1
    currency: str = "EUR"


class Context(BaseModel):
    """What a run is started with."""

    tenant_slug: str
    entity_slug: str
    period: str = "2026-01"
    currency: str = "EUR"


class Outcome(BaseModel):
    """What a run says in the end."""

    status: str
    notes: list[str] = Field(default_factory=list)
'''

OWN_BASE = 'BASE = os.environ.get("BASE_URL", "https://books.example")'

MODEL = '''
class $request(BaseModel):
    """Asks for the $plain."""

    tenant_slug: str
    period: str
    limit: int = $number
    accounts: list[str] = Field(default_factory=list)


class $answer(BaseModel):
    """The $plain, as it was read."""

    lines: list[Line] = Field(default_factory=list)
    complete: bool = True
    remark: str | None = None
'''

ACTIVITIES_HEADER = '''
"""What touches the world."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import httpx
from $library import activity

$imports

$base
FOLDER = Path(os.environ.get("FOLDER", "inbox"))
'''

ACTIVITY = '''
@activity.defn
async def $function(request: $request) -> $answer:
    """Read the $plain from the service, or from the inbox if it is down."""
    started = time.monotonic()
    url = f"{BASE}/{request.tenant_slug}/$name"
    try:
        async with httpx.AsyncClient(timeout=$number) as client:
            response = await client.get(url, params={"limit": request.limit})
            response.raise_for_status()
            found = response.json()
    except httpx.HTTPError:
        # The inbox is filled by hand on such days.
        found = json.loads((FOLDER / "$name.json").read_text())
    activity.logger.info("read in %s s", time.monotonic() - started)
    return $answer(
        lines=[Line.model_validate(line) for line in found["lines"]],
        complete=bool(found.get("complete", True)),
    )
'''

WORKFLOW_HEADER = '''
"""$about"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from $library import $names

$imports

ATTEMPT_TIMEOUT = timedelta(minutes=5)
LIMIT = timedelta(hours=1)


@$facade.defn
class $workflow_class$bases:
    """$about"""

    def __init__(self) -> None:
        super().__init__()
        self._answers: list[dict[str, Any]] = []
        self._notes: list[str] = []

    @$facade.signal
    def answered(self, answer: dict[str, Any]) -> None:
        """Note an answer; the run reads the first one."""
        self._answers.append(answer)

    @$facade.query
    def notes(self) -> list[str]:
        """Return what was noted so far."""
        return list(self._notes)
'''

STEP_MARK = """
    @runbook.step(name="$name", title="$title", icon="ListChecks")
"""

STEP = '''
    async def _$name(self, ctx: Context) -> list[Line]:
        """Read the $plain and look at them."""
        found = await $facade.execute_activity(
            $function,
            $request(tenant_slug=ctx.tenant_slug, period=ctx.period),
            start_to_close_timeout=ATTEMPT_TIMEOUT,
            schedule_to_close_timeout=LIMIT,
        )
        lines = found.lines
        if not found.complete:
            self._notes.append("the $plain are not complete")
$calls
        if len(lines) > $number:
            # Too many to look at one by one.
            await $facade.wait_condition(lambda: bool(self._answers), timeout=LIMIT)
            answer = self._answers[0]
$decisions
        return lines
'''

DECISION = """
            if not $function(answer):
                return []
"""

CALL = """
        result = $function(lines, ctx.currency)
        self._notes.append(f"$plain: {result}")
"""

RUN_HEADER = '''
    @$facade.run
    async def run(self, ctx: Context) -> Outcome:
        """Go through all steps."""
        kept: list[Line] = []
'''

RUN_CALL = "        kept.extend(await self._$name(ctx))\n"

RUN_END = """
        if not kept:
            return Outcome(status="rejected", notes=self._notes)
        $facade.logger.info("kept %s lines", len(kept))
        return Outcome(status="done", notes=self._notes)
"""

MANIFEST = """
---
id: rb-$slug
slug: $slug
name: $title
description: "$about"
classification: TREASURY
tags: [benchmark]
jurisdictions: [GB]
version: 0.1.0
state: DRAFT
author: Fund Operations
steps:
$steps
templates:
$templates
config_schema:
  global:
    period:
      type: string
      description: The month, as YYYY-MM.
      pattern: ^\\d{4}-\\d{2}$$
---

# $title

## When to use

- At the end of each month.

## Workflow patterns

Every step reads what a service has, looks at it, and asks a person when there is too much of it.

## Edge cases / variants

- **Nothing is kept.** The result says `rejected`.
"""

MANIFEST_STEP = """
  - id: $name
    label: $title
    component: LOADING
    description: Reads the $plain and looks at them.
    responsibility: accountant
    timeout_minutes: 60
"""

MANIFEST_TEMPLATE = """
  - path: $path
    description: A part of it.
"""

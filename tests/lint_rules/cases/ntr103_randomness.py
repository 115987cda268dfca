"""NTR103: numbers nobody can draw twice, and generators that draw the same ones again."""

from __future__ import annotations

import asyncio
import os
import random
import secrets
import ssl
import time
import uuid
from datetime import timedelta
from random import choice, shuffle

import numpy
import numpy as np
import pandas
import scipy.stats
import torch
from cryptography.fernet import Fernet
from faker import Faker
from numpy.random import default_rng
from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    random.seed()
    return [value, random.random(), secrets.token_hex(8), os.urandom(4), random.Random().random()]


@activity.defn
async def cancel(value: object) -> object:
    return value, choice([1, 2])


class Urn:
    """Draws of its own, in a fixed order."""

    def __init__(self, balls: list[str]) -> None:
        self.balls = balls

    def random(self) -> str:
        return self.balls[0]

    def choice(self) -> str:
        return self.balls[-1]

    def shuffle(self) -> None:
        self.balls = self.balls[::-1]


@workflow.defn
class Draws:
    @workflow.run
    async def run(self, names: list[str]) -> list[object]:
        values = [
            random.random(),  # expect: NTR103/payload
            random.randint(1, 6),  # expect: NTR103/payload
            random.randrange(10),  # expect: NTR103/payload
            random.uniform(0, 1),  # expect: NTR103/payload
            random.gauss(0, 1),  # expect: NTR103/payload
            random.choice(names),  # expect: NTR103/payload
            random.choices(names, k=2),  # expect: NTR103/payload
            random.sample(names, 2),  # expect: NTR103/payload
            random.getrandbits(64),  # expect: NTR103/payload
            random.randbytes(8),  # expect: NTR103/payload
            random.triangular(),  # expect: NTR103/payload
            random.betavariate(1, 1),  # expect: NTR103/payload
            random.getstate(),  # expect: NTR103/payload
            choice(names),  # expect: NTR103/payload
            vars(random)["choice"](names),  # expect: NTR103/payload
            random._urandom(8),  # expect: NTR103/payload
            uuid.os.urandom(8),  # expect: NTR103/payload
        ]
        shuffle(names)  # expect: NTR103/sequence
        random.seed(7)  # expect: NTR103/sequence
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)

    @workflow.signal
    async def secret_values(self, name: str) -> None:
        values = [
            secrets.token_hex(8),  # expect: NTR103/payload
            secrets.token_bytes(),  # expect: NTR103/payload
            secrets.token_urlsafe(),  # expect: NTR103/payload
            secrets.choice("abc"),  # expect: NTR103/payload
            secrets.randbelow(10),  # expect: NTR103/payload
            secrets.SystemRandom().random(),  # expect: NTR103/payload
            secrets._sysrand.random(),  # expect: NTR103/payload
            os.urandom(8),  # expect: NTR103/payload
            os.getrandom(8),  # expect: NTR103/payload
            ssl.RAND_bytes(8),  # expect: NTR103/payload
            random.SystemRandom().choice("abc"),  # expect: NTR103/payload
            Fernet.generate_key(),  # expect: NTR103/payload
        ]
        await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)

    @workflow.signal
    async def arrays(self, name: str) -> None:
        values = [
            numpy.random.rand(3),  # expect: NTR103/payload
            np.random.randint(0, 10),  # expect: NTR103/payload
            np.random.default_rng(),  # expect: NTR103/payload
            default_rng().normal(),  # expect: NTR103/payload
            torch.rand(2),  # expect: NTR103/payload
            pandas.DataFrame([name]).sample(),  # expect: NTR103/payload
            scipy.stats.norm.rvs(size=3),  # expect: NTR103/payload
            Faker().name(),  # expect: NTR103/payload
        ]
        await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)


@runbook.defn
class Generators(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.unseeded = random.Random()  # expect: NTR103
        self.seeded = random.Random("close-month")

    @runbook.run
    async def run(self, names: list[str]) -> list[object]:
        values = [
            random.Random().random(),  # expect: NTR103/payload
            random.Random(None).random(),  # expect: NTR103/payload
            self.unseeded.random(),
            self.seeded.random(),
        ]
        badly_seeded = [
            random.Random(time.time()),  # expect: NTR101 NTR103
            random.Random(hash(names[0])),  # expect: NTR103 NTR113
            random.Random(os.getpid()),  # expect: NTR103 NTR105
        ]
        values.extend(generator.random() for generator in badly_seeded)
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)


@runbook.defn
class Jitter(NtroWorkflow):
    @runbook.run
    async def run(self, names: list[str]) -> str:
        await asyncio.sleep(1 + random.random())  # expect: NTR103/sequence
        chosen = random.choice([book, cancel])  # expect: NTR103/sequence
        await runbook.execute_activity(chosen, names, start_to_close_timeout=SHORT)
        for name in random.sample(names, 3):  # expect: NTR103/sequence
            await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)
        if random.random() < 0.1:  # expect: NTR103/sequence
            return "sampled"
        runbook.logger.info("dice %s", random.randint(1, 6))  # expect: NTR103/noise
        token = secrets.token_hex(4)  # expect: NTR103/sequence
        return await runbook.execute_child_workflow("audit", names, id=f"audit-{token}")


@runbook.defn
class Seeded(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.generator = random.Random(7)

    @runbook.run
    async def run(self, names: list[str]) -> list[object]:
        generator = random.Random(f"{runbook.info().workflow_id}:sample")
        generator.shuffle(names)
        values = [
            generator.random(),
            generator.choice(names),
            generator.sample(names, 2),
            self.generator.randint(1, 6),
            random.Random(x=names[0]).random(),
            np.random.default_rng(7).normal(),
            default_rng(seed=7).integers(10),
            pandas.DataFrame(names).sample(random_state=7),
            scipy.stats.norm.rvs(size=3, random_state=7),
            secrets.compare_digest("a", "b"),
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="own", title="Own names")
    async def own_names(self, names: list[str]) -> None:
        urn = Urn(names)
        urn.shuffle()
        values = [urn.random(), urn.choice()]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed names")
    async def shadowed(self, random: Urn) -> None:
        choice = random.choice
        values = [random.random(), choice()]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="recorded", title="Recorded")
    async def recorded(self, names: list[str]) -> None:
        drawn = await runbook.execute_activity(cancel, names, start_to_close_timeout=SHORT)
        await runbook.execute_activity(book, drawn, start_to_close_timeout=SHORT)


@workflow.defn
class TemporalRandom:
    @workflow.run
    async def run(self, names: list[str]) -> object:
        generator: random.Random = workflow.random()
        generator.shuffle(names)
        return [workflow.random().random(), generator.choice(names)]


def roll() -> int:
    return random.randint(1, 6)

"""Decorators; a wrapper runs whenever the decorated function is called."""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

from temporalio import workflow

P = ParamSpec("P")
R = TypeVar("R")


def timed(function: Callable[P, R]) -> Callable[P, R]:
    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        started = time.perf_counter()  # expect: NTR102/noise
        result = function(*args, **kwargs)
        workflow.logger.info("took %s", time.perf_counter() - started)  # expect: NTR102/noise
        return result

    return wrapper


def delayed(seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            time.sleep(seconds)  # expect: NTR108/sequence
            return function(*args, **kwargs)

        return wrapper

    return decorate


class Retried:
    """A decorator that is a class."""

    def __init__(self, function: Callable[..., Awaitable[str]]) -> None:
        self.function = function

    async def __call__(self, name: str) -> str:
        if random.random() < 0.5:  # expect: NTR103/sequence
            return await self.function(name)
        return await self.function(name)


def registered(function: Callable[P, R]) -> Callable[P, R]:
    function.registered_at = time.time()
    return function


def of_activities(function: Callable[P, R]) -> Callable[P, R]:
    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        time.sleep(random.random())
        return function(*args, **kwargs)

    return wrapper

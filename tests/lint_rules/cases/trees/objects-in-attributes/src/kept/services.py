"""Services of the workflow."""

from __future__ import annotations

import random
import time
from pathlib import Path


class Dice:
    def __init__(self, seed: str) -> None:
        self.generator = random.Random(seed)
        self.unseeded = random.Random()  # expect: NTR103

    def roll(self) -> int:
        return self.generator.randint(1, 6)

    def throw(self) -> int:
        return random.randint(1, 6)  # expect: NTR103/payload


class Archive:
    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())  # expect: NTR106/sequence

    def path_of(self, name: str) -> str:
        return (self.folder / name).as_posix()


class Services:
    def __init__(self, name: str) -> None:
        self.dice = Dice(name)
        self.archive = Archive(name)
        self.clock = time.time


def make(name: str) -> Services:
    return Services(name)

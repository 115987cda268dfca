"""Reads files, or only their names."""

from __future__ import annotations

from pathlib import Path, PurePath


def read(name: str) -> str:
    return Path(name).read_text()  # expect: NTR106/sequence


def stem(name: str) -> str:
    return PurePath(name).stem

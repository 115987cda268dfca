"""NTR106: the worker's disk, under all its names, and paths that are only text."""

from __future__ import annotations

import bz2
import codecs
import configparser
import csv
import fnmatch
import glob
import gzip
import importlib.resources
import io
import json
import linecache
import os
import pathlib
import pkgutil
import shelve
import shutil
import tarfile
import tempfile
import zipfile
from datetime import timedelta
from os.path import exists, join
from pathlib import Path, PurePath, PurePosixPath

import aiofiles
import openpyxl
import pandas
import pandas as pd
import yaml
from ntro.workflow import NtroWorkflow, activity, runbook
from PIL import Image
from temporalio import workflow

SHORT = timedelta(minutes=5)
ROOT = Path("statements")


class Drawer:
    """Opens and reads things that are not files."""

    def __init__(self, rows: dict[str, str]) -> None:
        self.rows = rows

    def open(self, name: str) -> str:
        return self.rows[name]

    def read_text(self) -> str:
        return ",".join(self.rows)

    def exists(self, name: str) -> bool:
        return name in self.rows

    def stat(self) -> int:
        return len(self.rows)


@activity.defn
async def book(value: object) -> object:
    with open("rows.csv") as file:
        return [value, file.read(), Path("rows.csv").exists(), os.listdir("."), read_rows("r.csv")]


def read_rows(name: str) -> str:
    return Path(name).read_text()


def load(path: Path) -> str:
    return path.read_text()  # expect: NTR106/sequence


def load_perhaps(path: "pathlib.Path | None" = None) -> str:
    return path.read_text() if path else "none"  # expect: NTR106/sequence


@workflow.defn
class Opens:
    @workflow.run
    async def run(self, name: str) -> list[object]:
        with open(name) as file:  # expect: NTR106/sequence
            first = file.readline()
        with Path(name).open("w") as file:  # expect: NTR106/sequence
            file.write(first)
        async with aiofiles.open(name) as file:  # expect: NTR106/sequence
            await file.read()
        rows = json.load(open(name))  # expect: NTR106/sequence
        shared = yaml.safe_load(open(name))  # expect: NTR106/sequence
        values = [
            io.open(name),  # expect: NTR106/sequence
            io.FileIO(name),  # expect: NTR106/sequence
            codecs.open(name),  # expect: NTR106/sequence
            gzip.open(name),  # expect: NTR106/sequence
            bz2.BZ2File(name),  # expect: NTR106/sequence
            zipfile.ZipFile(name),  # expect: NTR106/sequence
            tarfile.open(name),  # expect: NTR106/sequence
            shelve.open(name),  # expect: NTR106/sequence
            tempfile.mkdtemp(),  # expect: NTR106/sequence
            shutil.copy(name, "other"),  # expect: NTR106/sequence
            glob.glob("*.csv"),  # expect: NTR106/sequence
            linecache.getline(name, 1),  # expect: NTR106/sequence
            pkgutil.get_data("pack", name),  # expect: NTR106/sequence
            importlib.resources.files("pack"),  # expect: NTR106/sequence
            configparser.ConfigParser().read("rows.ini"),  # expect: NTR106/sequence
            pandas.read_csv(name),  # expect: NTR106/sequence
            pd.read_excel(name),  # expect: NTR106/sequence
            openpyxl.load_workbook(name),  # expect: NTR106/sequence
            Image.open(name),  # expect: NTR106/sequence
        ]
        return [rows, shared, len(values)]


@runbook.defn
class Paths(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path("statements")

    @runbook.run
    async def run(self, name: str) -> list[object]:
        path = Path(name)
        with_suffix = path.with_suffix(".csv")
        values = [
            path.read_text(),  # expect: NTR106/sequence
            path.exists(),  # expect: NTR106/sequence
            path.stat(),  # expect: NTR106/sequence
            path.resolve(),  # expect: NTR106/sequence
            path.absolute(),  # expect: NTR106/sequence
            path.expanduser(),  # expect: NTR106/sequence
            list(path.iterdir()),  # expect: NTR106/sequence
            sorted(path.glob("*.csv")),  # expect: NTR106/sequence
            with_suffix.read_bytes(),  # expect: NTR106/sequence
            path.parent.exists(),  # expect: NTR106/sequence
            (path / "rows.csv").read_text(),  # expect: NTR106/sequence
            (ROOT / name).is_file(),  # expect: NTR106/sequence
            ROOT.joinpath(name).unlink(),  # expect: NTR106/sequence
            self.folder.mkdir(),  # expect: NTR106/sequence
            Path.cwd(),  # expect: NTR106/sequence
            Path.home() / name,  # expect: NTR106/sequence
            pathlib.PosixPath(name).touch(),  # expect: NTR106/sequence
            load(path),
            load_perhaps(),
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="os", title="The module os")
    async def with_os(self, name: str) -> None:
        values = [
            os.listdir(name),  # expect: NTR106/sequence
            os.scandir(name),  # expect: NTR106/sequence
            list(os.walk(name)),  # expect: NTR106/sequence
            os.stat(name),  # expect: NTR106/sequence
            os.access(name, os.R_OK),  # expect: NTR106/sequence
            os.path.exists(name),  # expect: NTR106/sequence
            os.path.getmtime(name),  # expect: NTR106/sequence
            os.path.isdir(name),  # expect: NTR106/sequence
            os.path.realpath(name),  # expect: NTR106/sequence
            os.path.abspath(name),  # expect: NTR106/sequence
            os.path.expanduser(name),  # expect: NTR106/sequence
            exists(name),  # expect: NTR106/sequence
        ]
        os.makedirs(name)  # expect: NTR106/sequence
        os.remove(name)  # expect: NTR106/sequence
        os.rename(name, "other")  # expect: NTR106/sequence
        shutil.rmtree(name)  # expect: NTR106/sequence
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="frames", title="Frames")
    async def frames(self, rows: list[list[str]]) -> None:
        frame = pandas.DataFrame(rows)
        frame.to_csv("rows.csv")  # expect: NTR106/sequence
        frame.to_parquet("rows.parquet")  # expect: NTR106/sequence


@runbook.defn
class Lexical(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> list[object]:
        path = Path("statements") / name
        values = [
            path.name,
            path.suffix,
            path.stem,
            path.parent,
            path.parts,
            path.with_suffix(".csv"),
            path.with_name("rows.csv"),
            path.as_posix(),
            path.match("*.csv"),
            path.relative_to("statements"),
            str(path),
            PurePath(name).parent,
            PurePosixPath(name) / "rows.csv",
            ROOT / name,
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="lexical", title="Lexical functions")
    async def lexical(self, name: str) -> None:
        values = [
            os.path.join("statements", name),
            join("statements", name),
            os.path.basename(name),
            os.path.dirname(name),
            os.path.splitext(name),
            os.path.split(name),
            os.path.normpath(name),
            os.path.isabs(name),
            os.path.commonpath([name, "statements"]),
            os.path.relpath(name, "statements"),
            fnmatch.filter([name], "*.csv"),
        ]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="memory", title="In memory")
    async def memory(self, text: str) -> None:
        buffer = io.BytesIO(text.encode())
        config = configparser.ConfigParser()
        config.read_string(text)
        values = [
            io.StringIO(text).read(),
            buffer.getvalue(),
            zipfile.ZipFile(io.BytesIO(), "w"),
            zipfile.ZipFile(buffer),
            tarfile.open(fileobj=buffer),
            gzip.decompress(buffer.getvalue()),
            json.loads(text),
            yaml.safe_load(text),
            list(csv.reader([text])),
            pandas.read_csv(io.StringIO(text)),
            pandas.DataFrame([text]).to_csv(),
        ]
        await runbook.execute_activity(book, len(values), start_to_close_timeout=SHORT)

    @runbook.step(name="own", title="Own names")
    async def own_names(self, rows: dict[str, str]) -> None:
        drawer = Drawer(rows)
        values = [drawer.open("a"), drawer.read_text(), drawer.exists("a"), drawer.stat()]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, drawer: Drawer) -> None:
        open = drawer.open
        values = [open("a"), open("b")]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="parsed", title="Parsed by an activity")
    async def parsed(self, name: str) -> None:
        rows = await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)
        runbook.logger.info("rows of %s: %s", PurePath(name).name, rows)


def export(name: str) -> None:
    Path(name).write_text("rows")

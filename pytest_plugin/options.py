"""The plugin's options: each on the command line and, under `ntro_...`, in the ini file.

All but `--ntro-record`, which is given on purpose or not at all.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ntro_testkit.chosen_codes import ChosenCodes


def add_options(parser: pytest.Parser) -> None:
    """Declare the options and their ini twins."""
    group = parser.getgroup("ntro", "ntro runbooks")
    group.addoption(
        "--ntro-collect",
        dest="ntro_collect",
        action="store_true",
        default=None,
        help="Collect each runbook.md as tests, one per scenario (the default; ini: ntro_collect). "
        "Example: pytest runbooks/",
    )
    group.addoption(
        "--no-ntro-collect",
        dest="ntro_collect",
        action="store_false",
        help="Collect no runbook.md. Example: pytest --no-ntro-collect",
    )
    group.addoption(
        "--ntro-scenario",
        dest="ntro_scenario",
        action="append",
        metavar="NAME",
        help="Collect only this scenario of each runbook.md; repeatable (ini: ntro_scenario). "
        "Example: --ntro-scenario reject_all",
    )
    group.addoption(
        "--ntro-runbook-path",
        dest="ntro_runbook_paths",
        action="append",
        metavar="DIR",
        help="Also look here for child bundles, a bundle or a folder of them; repeatable "
        "(ini: ntro_runbook_paths). Example: --ntro-runbook-path ../shared/runbooks",
    )
    group.addoption(
        "--ntro-select",
        dest="ntro_select",
        action="append",
        metavar="CODES",
        help="Report only these verdicts on collected bundles; repeatable (ini: ntro_select). "
        "Example: --ntro-select NTR701,stale-approval",
    )
    group.addoption(
        "--ntro-ignore",
        dest="ntro_ignore",
        action="append",
        metavar="CODES",
        help="Do not report these, NTR7 for none at all; repeatable (ini: ntro_ignore). "
        "Example: --ntro-ignore NTR702",
    )
    group.addoption(
        "--ntro-twin",
        dest="ntro_twin",
        action="store_true",
        default=None,
        help="Also run collected bundles in another process, at another time and place, and "
        "compare; the default where the variable CI is set (ini: ntro_twin).",
    )
    group.addoption(
        "--no-ntro-twin",
        dest="ntro_twin",
        action="store_false",
        help="Do not. Example: pytest --no-ntro-twin",
    )
    group.addoption(
        "--ntro-record",
        dest="ntro_record",
        action="store_true",
        help="Write the histories of each collected bundle anew, instead of replaying them. "
        "Example: pytest --ntro-record runbooks/nav-monthly",
    )
    parser.addini(
        "ntro_collect",
        "Collect each runbook.md as tests. Example: ntro_collect = false",
        type="bool",
        default=True,
    )
    parser.addini(
        "ntro_scenario",
        "Collect only these scenarios. Example: ntro_scenario = happy reject_all",
        type="args",
        default=[],
    )
    parser.addini(
        "ntro_select",
        "Report only these verdicts. Example: ntro_select = NTR701 NTR702",
        type="args",
        default=[],
    )
    parser.addini(
        "ntro_ignore",
        "Do not report these verdicts. Example: ntro_ignore = NTR702",
        type="args",
        default=[],
    )
    parser.addini(
        "ntro_twin",
        "Also run collected bundles in another process. Example: ntro_twin = true",
        type="bool",
        default=None,
    )
    parser.addini(
        "ntro_runbook_paths",
        "Where to look for child bundles, beside the siblings of the bundle under test. "
        "Example: ntro_runbook_paths = ../shared/runbooks",
        type="paths",
        default=[],
    )


def collects(config: pytest.Config) -> bool:
    """Tell whether `runbook.md` files are collected."""
    said = config.getoption("ntro_collect")
    return bool(config.getini("ntro_collect") if said is None else said)


def wanted_scenarios(config: pytest.Config) -> list[str]:
    """Return the scenarios to collect, none for all of them."""
    return _said(config, "ntro_scenario")


def wants_twin(config: pytest.Config) -> bool:
    """Tell whether bundles are run in another process too: as it was said, else on CI."""
    for said in (config.getoption("ntro_twin"), config.getini("ntro_twin")):
        if said is not None:
            return bool(said)
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def records(config: pytest.Config) -> bool:
    """Tell whether histories are recorded anew."""
    return bool(config.getoption("ntro_record"))


def chosen_codes(config: pytest.Config) -> ChosenCodes:
    """Return which verdicts are reported. Raises `pytest.UsageError` for a code there is not."""
    from ntro_testkit.chosen_codes import ChosenCodes, UnknownCodeError

    try:
        return ChosenCodes(
            _said(config, "ntro_select"),
            _said(config, "ntro_ignore"),
            options=("--ntro-select", "--ntro-ignore"),
        )
    except UnknownCodeError as error:
        raise pytest.UsageError(str(error)) from error


def runbook_paths(config: pytest.Config) -> tuple[Path, ...]:
    """Return where child bundles may be besides the siblings, the command line's first."""
    invoked_in = config.invocation_params.dir
    given = [invoked_in / path for path in config.getoption("ntro_runbook_paths") or ()]
    return (*given, *config.getini("ntro_runbook_paths"))


def _said(config: pytest.Config, name: str) -> list[str]:
    return list(config.getoption(name) or config.getini(name))


def check_options(config: pytest.Config) -> None:
    """Refuse what cannot be meant. Raises `pytest.UsageError`."""
    if any(_said(config, name) for name in ("ntro_select", "ntro_ignore")):
        chosen_codes(config)
    for path in runbook_paths(config):
        if not path.is_dir():
            raise pytest.UsageError(
                f"ntro_runbook_paths / --ntro-runbook-path: no such directory: {path}"
            )

"""The page in a real browser: it opens, filters, switches colours, loads nothing, runs nothing.

Skipped where no browser is installed, unless `NTRO_TESTKIT_BROWSER=required` says that there has to
be one, as `.ci/run` does: then the tests fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntro_testkit import HAPPY, REJECT_ALL
from ntro_testkit.report.html import html
from ntro_testkit.trace import SourceLine
from ntro_testkit.verdict import Verdict
from tests.bundles import run
from tests.report.html.browser import Browser, browser, missing
from tests.report.html.pages import HOSTILE, page_of, section_of
from tests.test_fixtures import RUNBOOKS

PETTY_CASH = RUNBOOKS / "petty-cash"

SHOWN = "return [...document.querySelectorAll('[data-filtered]:not([hidden])')].map(b => b.id)"
PAGE_COLOUR = "return getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    """One browser for all tests."""
    reason = missing()
    if reason and os.environ.get("NTRO_TESTKIT_BROWSER") == "required":
        pytest.fail(f"{reason}, and NTRO_TESTKIT_BROWSER says there has to be one")
    if reason:
        pytest.skip(reason)
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scenarios, one of which fails by two verdicts, and a section of somebody else's."""
    runs = [run(PETTY_CASH, HAPPY), run(PETTY_CASH, REJECT_ALL)]
    line = SourceLine(str(PETTY_CASH / "templates/workflow.py"), 40, "run")
    runs[1].verdicts += [
        Verdict("NTR701", "nothing changes", "reject_all", line=line, reproduce="Scenario()"),
        Verdict("NTR702", "opens for an old answer", "reject_all", severity="warning"),
    ]
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(html(runs, sections=[section_of("Replay")]), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of nothing but hostile strings."""
    file = tmp_path_factory.mktemp("hostile") / "report.html"
    file.write_text(page_of(*HOSTILE), encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def _usual_window(window: Browser) -> None:
    window.devtools("Emulation.setScriptExecutionDisabled", value=False)
    look(window, "light")
    resize(window, 1200, 900)


def look(window: Browser, scheme: str) -> None:
    """Let the system prefer light or dark colours."""
    preferred = [{"name": "prefers-color-scheme", "value": scheme}]
    window.devtools("Emulation.setEmulatedMedia", features=preferred)


def resize(window: Browser, width: int, height: int) -> None:
    window.devtools(
        "Emulation.setDeviceMetricsOverride",
        **{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
    )


def choose(window: Browser, name: str, value: str) -> None:
    """Choose from a list, as the keyboard or a finger would."""
    window.run(
        "const field = document.querySelector(`[name=${arguments[0]}]`);"
        "field.value = arguments[1];"
        "field.dispatchEvent(new Event('input', {bubbles: true}));",
        name,
        value,
    )


def test_it_opens_without_a_complaint_and_asks_for_nothing(window: Browser, page: Path) -> None:
    window.open(page)
    assert window.run("return document.querySelector('h1').textContent") == "petty-cash"
    assert window.console() == []
    assert window.requests() == [page.as_uri()]


def test_its_policy_lets_no_other_script_run(window: Browser, page: Path) -> None:
    window.open(page)
    window.run(
        "const script = document.createElement('script');"
        "script.textContent = 'window.stranger = 1';"
        "document.body.append(script);"
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"stranger = 2\">');"
    )
    assert window.run("return typeof stranger") == "undefined"
    refused = "\n".join(window.console())
    assert "inline script" in refused
    assert "image 'file://" in refused


@pytest.mark.parametrize(
    "name, value, shown",
    [
        ("scenario", "happy", ["scenario-happy"]),
        ("status", "passed", ["scenario-happy"]),
        ("status", "failed", ["scenario-reject_all"]),
        ("status", "warning", ["finding-ntr702"]),
        ("code", "NTR701", ["finding-ntr701", "scenario-reject_all"]),
        ("text", "old answer", ["finding-ntr702"]),
        ("text", " OLD ANSWER ", ["finding-ntr702"]),
        ("text", "nowhere to be found", []),
    ],
)
def test_filters_leave_what_they_are_asked_for(
    window: Browser, page: Path, name: str, value: str, shown: list[str]
) -> None:
    window.open(page)
    everything = window.run(SHOWN)
    choose(window, name, value)
    assert window.run(SHOWN) == shown
    told = window.run("return document.querySelector('#filters output').textContent")
    assert told == f"{len(shown)} of {len(everything)} shown"
    assert window.run("return document.getElementById('no-match').hidden") is bool(shown)
    window.click("[type=reset]")
    assert window.run(SHOWN) == everything


def test_filters_are_joined_and_typing_searches(window: Browser, page: Path) -> None:
    window.open(page)
    choose(window, "scenario", "reject_all")
    window.type("[name=text]", "old answer")
    assert window.run(SHOWN) == ["finding-ntr702"]


def test_a_link_to_a_scenario_leads_there_whatever_is_filtered(window: Browser, page: Path) -> None:
    window.open(page, "#scenario-reject_all")
    top = "return document.getElementById(arguments[0]).getBoundingClientRect().top"
    assert 0 <= window.run(top, "scenario-reject_all") < 900
    choose(window, "status", "failed")
    window.run("location.hash = '#scenario-happy'; dispatchEvent(new Event('hashchange'))")
    assert "scenario-happy" in window.run(SHOWN)
    assert 0 <= window.run(top, "scenario-happy") < 900


def test_a_scenario_to_paste_is_copied(window: Browser, page: Path) -> None:
    window.open(page)
    window.devtools(
        "Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"]
    )
    window.click("#finding-ntr701 button")
    wait = "return new Promise(done => setTimeout(() => done(button()), 50))"
    label = window.run(
        f"const button = () => document.querySelector('#finding-ntr701 button').textContent; {wait}"
    )
    assert label == "Copied"
    assert window.run("return navigator.clipboard.readText()") == "Scenario()"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_those_of_the_system_until_they_are_switched(
    window: Browser, page: Path, scheme: str
) -> None:
    colours = {"light": "rgb(246, 246, 248)", "dark": "rgb(19, 19, 24)"}
    other = "dark" if scheme == "light" else "light"
    look(window, scheme)
    window.open(page)
    assert window.run(PAGE_COLOUR) == colours[scheme]
    window.click("#theme")
    assert window.run(PAGE_COLOUR) == colours[other]
    window.click("#theme")
    assert window.run(PAGE_COLOUR) == colours[scheme]
    assert window.console() == []


@pytest.mark.parametrize("width", [360, 768, 1200])
@pytest.mark.parametrize("name", ["page", "hostile"])
def test_it_never_scrolls_sideways(
    window: Browser, name: str, width: int, request: pytest.FixtureRequest
) -> None:
    resize(window, width, 800)
    window.open(request.getfixturevalue(name))
    window.run("for (const each of document.querySelectorAll('details')) each.open = true")
    assert window.run("return document.documentElement.scrollWidth") == width


def test_lanes_scroll_in_their_own_box_and_by_keyboard(window: Browser, page: Path) -> None:
    resize(window, 360, 800)
    window.open(page)
    wider = "const box = document.querySelector('.lanes'); return box.scrollWidth > box.clientWidth"
    assert window.run(wider)
    window.run("document.querySelector('.lanes').focus()")
    assert window.run("return document.activeElement.className") == "lanes"


def test_hostile_strings_stay_text(window: Browser, hostile: Path, page: Path) -> None:
    window.open(hostile)
    assert window.alert() is None
    assert window.console() == []
    assert window.requests() == [hostile.as_uri()]
    text = window.run("return document.body.textContent")
    for shown in (
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(2)>",
        "javascript:alert(4)",
        "&lt;i&gt; &#x202e;",
        "\\u202egnp.exe",
        "nul \\x00 escape",
        "lone \\ud800 surrogate",
        "عربي 漢字 🏦",
    ):
        assert shown in text
    tags = "return [...new Set([...document.querySelectorAll('*')].map(e => e.localName))].sort()"
    found = window.run(tags)
    assert not {"img", "iframe", "b", "i", "object", "form-x"} & set(found)
    assert window.run("return document.querySelectorAll('script, style').length") == 2
    handlers = (
        "return [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames())"
        ".filter(n => n.startsWith('on') || ['src', 'style'].includes(n))"
    )
    assert window.run(handlers) == []
    links = "return [...document.links].filter(a => !a.getAttribute('href').startsWith('#')).length"
    assert window.run(links) == 0


def test_it_filters_by_hostile_names_too(window: Browser, hostile: Path) -> None:
    window.open(hostile)
    choose(window, "scenario", HOSTILE[0])
    found = window.run(
        "return [...document.querySelectorAll('[data-filtered]:not([hidden])')]"
        ".map(b => b.dataset.scenario)"
    )
    assert set(found) == {HOSTILE[0]}


def test_everything_can_be_read_without_its_script(window: Browser, page: Path) -> None:
    window.devtools("Emulation.setScriptExecutionDisabled", value=True)
    window.open(page)
    text = window.run("return document.body.innerText")
    for shown in ("opens for an old answer", "reject_all", "Coverage", "Scenario()"):
        assert shown in text
    visible = "return getComputedStyle(document.querySelector(arguments[0])).display"
    assert window.run(visible, "#filters") == "none"
    assert window.run(visible, "#theme") == "none"

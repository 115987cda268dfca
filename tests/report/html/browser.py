"""A real browser for tests: headless Chromium, spoken to by the WebDriver protocol.

The few commands the tests need are plain JSON over HTTP (W3C WebDriver), so no client library is:
the usual one would bring a dozen packages, and look for drivers in the network by itself.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DRIVER = "chromedriver"

OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--no-first-run"),
    *("--hide-scrollbars", "--force-prefers-reduced-motion", "--force-color-profile=srgb"),
)

_READY_S = 60.0
"""Real seconds the driver may take to say where it listens, and each command to answer."""


class BrowserError(Exception):
    """A command of WebDriver that failed, in the driver's words."""


def missing() -> str | None:
    """Say which program the tests cannot do without is not installed; None if all are."""
    if not any(map(shutil.which, BROWSERS)):
        return f"no browser is installed ({', '.join(BROWSERS)})"
    return None if shutil.which(DRIVER) else f"`{DRIVER}` is not installed"


class Browser:
    """One window of a browser."""

    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self._connection = connection
        self._session = ""
        binary = next(filter(None, map(shutil.which, BROWSERS)))
        capabilities = {
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": binary, "args": list(OPTIONS)},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        started = self._ask("POST", "", {"capabilities": {"alwaysMatch": capabilities}})
        self._session = f"/{started['sessionId']}"

    def open(self, page: Path, fragment: str = "") -> None:
        """Load a file afresh, and forget what was logged before."""
        if fragment:
            # From a page to a place on the same page a browser only scrolls.
            self._ask("POST", "/url", {"url": "about:blank"})
        self.console()
        self.requests()
        self._ask("POST", "/url", {"url": page.as_uri() + fragment})

    def run(self, script: str, *arguments: Any) -> Any:
        """Return what a script returns; errors in it raise `BrowserError`."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": arguments})

    def click(self, selector: str) -> None:
        """Click on an element as a person does: it has to be visible and in nobody's shadow."""
        self._ask("POST", f"/element/{self._find(selector)}/click", {})

    def type(self, selector: str, text: str) -> None:
        """Type into an element."""
        self._ask("POST", f"/element/{self._find(selector)}/value", {"text": text})

    def devtools(self, command: str, **parameters: Any) -> Any:
        """Send a command of Chromium's own protocol."""
        return self._ask("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def console(self) -> list[str]:
        """Return what was logged since the last time: errors, refusals of the policy, ..."""
        return [entry["message"] for entry in self._ask("POST", "/se/log", {"type": "browser"})]

    def requests(self) -> list[str]:
        """Return the URLs that were asked for since the last time."""
        entries = self._ask("POST", "/se/log", {"type": "performance"})
        messages = [json.loads(entry["message"])["message"] for entry in entries]
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]

    def alert(self) -> str | None:
        """Return the text of a dialog that is open."""
        try:
            text: str = self._ask("GET", "/alert/text")
        except BrowserError as error:
            if "no such alert" in str(error):
                return None
            raise
        return text

    def screenshot(self, file: Path) -> None:
        """Write what the window shows as a PNG."""
        file.write_bytes(base64.b64decode(self._ask("GET", "/screenshot")))

    def close(self) -> None:
        """End the browser."""
        self._ask("DELETE", "")

    def _find(self, selector: str) -> str:
        found = self._ask("POST", "/element", {"using": "css selector", "value": selector})
        [reference] = found.values()
        return str(reference)

    def _ask(self, method: str, path: str, data: Any = None) -> Any:
        body = None if data is None else json.dumps(data)
        headers = {"Content-Type": "application/json"}
        self._connection.request(method, f"/session{self._session}{path}", body, headers)
        value = json.loads(self._connection.getresponse().read())["value"]
        if isinstance(value, dict) and "error" in value:
            raise BrowserError(f"{value['error']}: {value['message']}")
        return value


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Start a driver and a browser, and end both."""
    with subprocess.Popen(
        [DRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as driver:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", _port(driver), timeout=_READY_S)
            with contextlib.closing(connection):
                window = Browser(connection)
                try:
                    yield window
                finally:
                    window.close()
        finally:
            driver.terminate()


def _port(driver: subprocess.Popen[str]) -> int:
    assert driver.stdout is not None
    for line in driver.stdout:
        if found := re.search(r"started successfully on port (\d+)", line):
            return int(found[1])
    raise BrowserError(f"`{DRIVER}` ended before it said where it listens")

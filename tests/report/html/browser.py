"""A real browser for tests: headless Chromium, through Selenium."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from selenium.common.exceptions import NoAlertPresentException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DRIVER = "chromedriver"

OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--no-first-run"),
    *("--hide-scrollbars", "--force-prefers-reduced-motion", "--force-color-profile=srgb"),
)


def missing() -> str | None:
    """Say which program the tests cannot do without is not installed; None if all are."""
    if not any(map(shutil.which, BROWSERS)):
        return f"no browser is installed ({', '.join(BROWSERS)})"
    return None if shutil.which(DRIVER) else f"`{DRIVER}` is not installed"


class Browser:
    """One window of a browser."""

    def __init__(self, driver: Chrome) -> None:
        self._driver = driver

    def open(self, page: Path, fragment: str = "") -> None:
        """Load a file afresh, and forget what was logged before."""
        if fragment:
            # From a page to a place on the same page a browser only scrolls.
            self._driver.get("about:blank")
        self.console()
        self.requests()
        self._driver.get(page.as_uri() + fragment)

    def run(self, script: str, *arguments: Any) -> Any:
        """Return what a script returns; errors in it are raised."""
        return self._driver.execute_script(script, *arguments)

    def click(self, selector: str) -> None:
        """Click on an element as a person does: it has to be visible and in nobody's shadow."""
        self._driver.find_element(By.CSS_SELECTOR, selector).click()

    def type(self, selector: str, text: str) -> None:
        """Type into an element."""
        self._driver.find_element(By.CSS_SELECTOR, selector).send_keys(text)

    def devtools(self, command: str, **parameters: Any) -> Any:
        """Send a command of Chromium's own protocol."""
        return self._driver.execute_cdp_cmd(command, parameters)

    def console(self) -> list[str]:
        """Return what was logged since the last time: errors, refusals of the policy, ..."""
        return [entry["message"] for entry in self._driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Return the URLs that were asked for since the last time."""
        entries = self._driver.get_log("performance")
        messages = [json.loads(entry["message"])["message"] for entry in entries]
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]

    def alert(self) -> str | None:
        """Return the text of a dialog that is open."""
        try:
            return str(self._driver.switch_to.alert.text)
        except NoAlertPresentException:
            return None

    def screenshot(self, file: Path) -> None:
        """Write what the window shows as a PNG."""
        file.write_bytes(self._driver.get_screenshot_as_png())


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Start a driver and a browser, and end both.

    Both are named, or Selenium would look for them in the network.
    """
    options = ChromeOptions()
    options.binary_location = next(filter(None, map(shutil.which, BROWSERS)))
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(shutil.which(DRIVER)))
    try:
        yield Browser(driver)
    finally:
        driver.quit()

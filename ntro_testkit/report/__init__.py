"""Presents runs: `human` for a terminal, `json` and `junit` for machines, `html` for a browser.

Each returns text.
"""

from ntro_testkit.report.html import html
from ntro_testkit.report.human_report import human
from ntro_testkit.report.json_report import json
from ntro_testkit.report.junit_report import junit

__all__ = ["html", "human", "json", "junit"]

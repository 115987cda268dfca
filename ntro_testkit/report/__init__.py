"""Presents runs: `human` for a terminal, `json` and `junit` for machines; each returns text.

The page for a browser is `ntro_testkit.report.html.html`, imported only by those who want it.
"""

from ntro_testkit.report.human_report import human
from ntro_testkit.report.json_report import json
from ntro_testkit.report.junit_report import junit

__all__ = ["human", "json", "junit"]

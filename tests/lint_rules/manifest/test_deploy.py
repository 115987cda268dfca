"""What deploy reads is what its regular expressions find in the file as text."""

from __future__ import annotations

import io
import re

from hypothesis import given
from hypothesis import strategies as st

from lint_rules.files.source_text import SourceText
from lint_rules.files.text_file import TextFile
from lint_rules.manifest.deploy import deploy_reading
from lint_rules.manifest.manifest import read_manifest

PIECES = [
    "version:",
    "slug:",
    " ",
    "\n",
    "\r\n",
    "\r",
    "0.1.0",
    '"nav"',
    "---",
    "#",
    "\u2028",
    "\t",
]


def _by_the_cli(text: str, key: str) -> str | None:
    opened = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8").read()
    found = re.search(rf"^{key}:\s*(\S+)", opened, flags=re.MULTILINE)
    return found[1] if found else None


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_the_reading_is_that_of_the_cli_and_has_its_place(text: str) -> None:
    manifest = read_manifest(TextFile("/nav/runbook.md", text), exists=True)
    for key, otherwise in (("slug", "nav"), ("version", "0.1.0")):
        found = deploy_reading(manifest, key, "nav")
        assert found.text == (_by_the_cli(text, key) or otherwise)
        if found.span is not None:
            line, column, end_line, end_column = found.span
            assert SourceText(text).between((line, column), (end_line, end_column)) == found.text

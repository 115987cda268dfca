"""The list of templates against the files, both ways."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.linted import within
from tests.lint_rules.petty_cash import planted, said

M = "runbook.md"
LAST = "  - path: templates/requirements.txt\n"


def listing(path: str, **files: str) -> list[Finding]:
    entry = f"  - path: {path}\n    description: More.\n"
    more = {name.replace("__", "/"): text for name, text in files.items()}
    return planted("NTR5", (M, LAST, entry + LAST), files=more)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("templates/nothing.py", "there is no file `templates/nothing.py`"),
        ("../other/workflow.py", "`../other/workflow.py` leads out of the bundle"),
        ("templates/../../x.py", "leads out of the bundle"),
        ("/etc/workflow.py", "leads out of the bundle"),
        ("~/workflow.py", "leads out of the bundle"),
        ("'C:/workflow.py'", "leads out of the bundle"),
        ("templates/models.py", "`templates/models.py` is listed on line 50 already"),
        ("./templates/models.py", "is listed on line 50 already"),
    ],
)
def test_a_path_that_fits_no_file_is_shown(path: str, words: str) -> None:
    [found] = listing(path)
    assert (found.code, found.severity, found.place.line) == ("NTR512", "warning", 52)
    assert words in found.message


def test_the_nearest_file_is_suggested_and_not_called_unlisted() -> None:
    [found] = planted("NTR5", (M, "templates/workflow.py", "templates/workflows.py"))
    assert (found.place.line, found.alternative) == (46, "`templates/workflow.py`")


def test_a_path_may_start_at_the_bundle_or_at_templates() -> None:
    assert planted("NTR512", (M, "path: templates/models.py", "path: models.py")) == []
    assert planted("NTR512", (M, "path: templates/models.py", "path: ./templates//models.py")) == []


def test_files_that_are_not_listed_are_mentioned_together() -> None:
    more = {"templates/rates.csv": "a,b\n", "templates/more/rules.py": "", "templates/.keep": ""}
    [found] = planted("NTR5", files=more)
    assert (found.code, found.severity, found.place.line) == ("NTR512", "info", 43)
    assert found.message.startswith("`templates/rates.csv`, `templates/more/rules.py`: not listed")


def test_what_tools_leave_behind_and_other_directories_need_no_entry() -> None:
    more = {
        "templates/__pycache__/models.cpython-311.pyc": b"\x00",
        "templates/models.pyc": b"\x00",
        "tests/test_more.py": "",
        "assets/logo.svg": "<svg/>",
    }
    assert planted("NTR512", files=more) == []


def test_a_bundle_without_a_list_is_written_by_hand() -> None:
    text = "---\nslug: petty-cash\n---\n"
    assert planted("NTR512", files={M: text}) == []


@pytest.mark.parametrize("value", ["{}", "text", "[1, [2]]", "[{path: [a]}]", "[{path: }]", ""])
def test_a_list_of_another_shape_is_left_to_the_rule_for_types(value: str) -> None:
    found = planted("NTR512", files={M: f"---\nslug: petty-cash\ntemplates: {value}\n---\n"})
    assert [finding for finding in found if finding.severity != "info"] == []


def test_a_file_that_is_missing_anyway_is_not_said_twice() -> None:
    found = planted("NTR512", files={"templates/__init__.py": None})
    assert said(found) == []


def test_thousands_of_wrong_paths_take_no_time() -> None:
    entries = "".join(f"  - path: templates/w{n}.py\n    description: x\n" for n in range(5_000))
    with within(20):
        assert len(planted("NTR512", (M, LAST, entries + LAST))) == 5_000

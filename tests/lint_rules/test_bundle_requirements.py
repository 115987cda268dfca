"""What a bundle says of its requirements, as data for whoever loads it."""

from __future__ import annotations

from pathlib import Path

from lint_rules.bundle import RequirementLine, read_bundle, read_requirements
from tests.lint_rules.linted import write

TEXT = """\
# pinned
ntro[workflow] \\
    ==0.1.2 --hash=sha256:00
Python_Dateutil==4.0.0  # dates
-r base.txt
rules=1
./wheels/rules
"""


def test_the_lines_that_ask_for_something_are_listed_by_name(tmp_path: Path) -> None:
    file = write(tmp_path, {"requirements.txt": "\ufeff" + TEXT}) / "requirements.txt"
    assert read_requirements(file) == (
        RequirementLine(2, "ntro[workflow]     ==0.1.2", "ntro"),
        RequirementLine(4, "Python_Dateutil==4.0.0", "python-dateutil"),
        RequirementLine(6, "rules=1", None),
        RequirementLine(7, "./wheels/rules", None),
    )


def test_a_line_is_found_by_any_spelling_of_the_name(tmp_path: Path) -> None:
    root = write(tmp_path, {"templates/requirements.txt": TEXT, "requirements.txt": "other==1\n"})
    bundle = read_bundle(root)
    assert bundle.requirements_file == root / "templates/requirements.txt"
    line = bundle.requirement("python.dateutil")
    assert line is not None
    assert line.line == 4
    assert bundle.requirement("other") is None


def test_no_bytes_raise(tmp_path: Path) -> None:
    file = tmp_path / "requirements.txt"
    file.write_bytes(b"\xff\xfe\x00==1\nntro==0.1.2\n")
    assert read_requirements(file)[-1] == RequirementLine(2, "ntro==0.1.2", "ntro")

"""Whatever a requirements file says: nothing raises, places are in it, and fixes do as they say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.files.source_text import SourceText
from lint_rules.finding import Finding
from lint_rules.requirements.read import read_requirements_text
from tests.lint_rules.rules.requirements.asking import asked, fixed, lines

NAMES = st.sampled_from(["ntro", "Ntro", "pydantic", "PyYAML", "pytest", "requests", "strange"])
EXTRAS = st.sampled_from(["", "[workflow]", "[GL , dev]", " [http2]", "["])
VERSIONS = st.sampled_from(
    ["", "==1.0", " == 1.0", ">=1", "==1.*", "=1", " @ https://x/y", "==${V}"]
)
TAILS = st.sampled_from(
    ["", "; os_name == 'nt'", " ; python_version<'3.12'", ";", ";;", " --hash=x"]
)
COMMENTS = st.sampled_from(["", "  # why", " # noqa: NTR603 -- why", " \\", "\\"])
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\x0c", ""])
REQUIREMENTS = st.builds("{}{}{}{}{}{}".format, NAMES, EXTRAS, VERSIONS, TAILS, COMMENTS, ENDS)
OTHERS = st.sampled_from(
    ["-r base.txt\n", "-e .\n", "--pre\n", "./x\n", "# c\n", "\ufeff", "\x00\n"]
)
TEXTS = st.lists(REQUIREMENTS | OTHERS, max_size=6).map("".join) | st.text(max_size=60)


def kinds(findings: list[Finding]) -> list[str]:
    return sorted(each.code for each in findings)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_place_is_in_the_file_and_every_fix_removes_its_finding(text: str) -> None:
    body = text.removeprefix("\ufeff")
    found = asked("NTR6", text)
    source = SourceText(body)
    lines(found)
    for finding in found:
        place = finding.place
        start, end = (place.line, place.column), (place.end_line, place.end_column)
        assert start <= end
        assert source.position(source.offset(start)) == start
        assert source.position(source.offset(end)) == end
        assert finding.alternative
        if finding.fix is not None:
            after = fixed(text, finding)
            left = kinds(asked(finding.code, after))
            assert len(left) < kinds(found).count(finding.code)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_safe_fix_leaves_a_file_that_reads_the_same(text: str) -> None:
    for finding in asked("NTR6", text):
        if finding.fix is None or finding.fix.applicability != "safe":
            continue
        before = read_requirements_text(text.removeprefix("\ufeff")).entries
        after = read_requirements_text(fixed(text, finding).removeprefix("\ufeff")).entries
        assert {entry.key for entry in after} == {entry.key for entry in before}
        assert {entry.clauses for entry in after} == {entry.clauses for entry in before}
        assert {e.marker and e.marker.text for e in after} == {
            e.marker and e.marker.text for e in before
        }
        comments = [entry.comment and entry.comment.text for entry in before]
        gone = comments.count(None) - [entry.comment for entry in after].count(None)
        assert len(before) - len(after) == (finding.code == "NTR605") == gone

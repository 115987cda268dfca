"""A requirements file is read as pip reads it, with the place of every part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import InvalidRequirement, Requirement

from lint_rules.facts.records import Span
from lint_rules.files.source_text import SourceText
from lint_rules.requirements.read import read_requirements_text
from lint_rules.requirements.requirement import Entry, Part
from tests.lint_rules.linted import within

HASH = "sha256:" + "0" * 64


def read(text: str) -> tuple[Entry, ...]:
    return read_requirements_text(text).entries


def only(text: str) -> Entry:
    [entry] = read(text)
    return entry


def test_every_part_of_a_requirement_has_its_place() -> None:
    entry = only("\n  Ntro [Workflow, gl] == 0.1.2 ; python_version > '3' --hash=x  # why\n")
    assert entry.kind == "requirement"
    assert entry.key == "ntro"
    assert entry.name == Part("Ntro", Span(2, 3, 2, 7))
    assert entry.bracket == Part("[Workflow, gl]", Span(2, 8, 2, 22))
    assert [extra.text for extra in entry.extras] == ["Workflow", "gl"]
    assert entry.extras[1].span == Span(2, 19, 2, 21)
    assert entry.version == Part("== 0.1.2", Span(2, 23, 2, 31))
    assert entry.marker is not None
    assert entry.marker.text == "python_version > '3'"
    assert entry.comment == Part("# why", Span(2, 65, 2, 70))
    assert [(option.name, option.value) for option in entry.options] == [("--hash", "x")]
    assert entry.pin == "0.1.2"


def test_lines_that_go_on_are_one() -> None:
    text = (
        f"ntro[workflow] \\\n    ==0.1.2 \\\n    --hash={HASH} \\\r\n    --hash {HASH}\nhttpx==1\n"
    )
    first, second = read(text)
    assert first.pin == "0.1.2"
    assert first.asked.span == Span(1, 1, 2, 12)
    assert first.version == Part("==0.1.2", Span(2, 5, 2, 12))
    assert [option.value for option in first.options] == [HASH, HASH]
    assert first.whole.span == Span(1, 1, 4, 5 + len("--hash ") + len(HASH))
    assert second.line == 5


def test_a_comment_ends_a_line_even_with_a_backslash_behind_it() -> None:
    first, second = read("a==1  # why \\\n# and more\nb==2\n# c==3 \\\n")
    assert (first.key, second.key) == ("a", "b")
    [joined] = read("a==1 \\\n# b==2\n")
    assert joined.key == "a"
    assert joined.comment is not None
    assert joined.comment.text == "# b==2"


def test_a_hash_in_a_url_is_no_comment() -> None:
    entry = only("git+https://git.example.com/x#egg=Ledger_Rules  # the rules")
    assert (entry.kind, entry.key) == ("location", "ledger-rules")


@pytest.mark.parametrize(
    ("line", "kind", "key"),
    [
        ("ntro", "requirement", "ntro"),
        ("ntro @ https://x.example/ntro.whl", "requirement", "ntro"),
        ("ntro==0.1.2;", "requirement", "ntro"),
        ("https://x.example/ntro-0.1.2-py3-none-any.whl", "location", "ntro"),
        ("./wheels/ntro-0.1.2-py3-none-any.whl", "location", "ntro"),
        ("..", "location", None),
        ("wheels/ledgers", "location", None),
        ("C:\\wheels\\ledgers", "location", None),
        ("-e .", "location", None),
        ("--editable=git+https://x.example/y#egg=ledgers", "location", "ledgers"),
        ("ntro==${NTRO_VERSION}", "variable", "ntro"),
        ("-r base.txt", "option", None),
        ("-rbase.txt", "option", None),
        ("--extra-index https://x.example", "option", None),
        ("--pre", "option", None),
        ("ntro=0.1.2", "unreadable", "ntro"),
        ("ntro 0.1.2", "unreadable", "ntro"),
        ("[workflow]", "unreadable", None),
        ("ntro==0.1.2 --with-love", "unreadable", "ntro"),
        ("--no-index=yes", "unreadable", None),
        ("-r", "unreadable", None),
        ("ntro[workflow==0.1.2", "unreadable", "ntro"),
        ("\x00", "unreadable", None),
        ("\u2018ntro\u2019==0.1.2", "unreadable", None),
    ],
)
def test_what_a_line_asks_for(line: str, kind: str, key: str | None) -> None:
    entry = only(line)
    assert (entry.kind, entry.key) == (kind, key)
    assert (entry.problem is not None) == (kind == "unreadable")


@pytest.mark.parametrize(
    ("line", "pin"),
    [
        ("a==1", "1"),
        ("a===1", "1"),
        ("a>=1,==1.5", "1.5"),
        ("a (==1.5)", "1.5"),
        ("a==1.*", None),
        ("a~=1.0", None),
        ("a", None),
    ],
)
def test_only_one_exact_version_is_a_pin(line: str, pin: str | None) -> None:
    assert only(line).pin == pin


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        " " * 1_000_000 + "#",
        "#" * 1_000_000,
        "a==1 " + "--hash=x " * 100_000,
        "a==1 \\\n" * 100_000,
        "a; " + "(" * 1_000_000,
        "a; " + "(" * 900 + "python_version>'3'" + ")" * 900,
        "a[" + "b," * 900 + "b]",
        "a==" + "1." * 900 + "1",
        "a" + "-" * 1900 + "==1",
        "\\" * 1_000_000,
        "/" * 1_000_000,
        "egg=" * 250_000 + "/#egg=" * 10,
        "\x0c\x1c\u2028\x85" * 1000,
    ],
    ids=range(14),
)
def test_huge_and_deep_texts_are_read_at_once(text: str) -> None:
    with within(5):
        read(text)


SIGNS = ["==", "#", "@", "'", '"', ",", "é", "${V}", "./x", "[", "]", ";", "\\"]
WORDS = ["ntro", "PyYAML", "0.1.2", "[workflow]", "--hash", "-r", "-e", *SIGNS]
BLANKS = [" ", "\t", "\\\n", "\\\r\n", "\n", "\r\n", "\r", "\x0c", "\u2028", "\x00", " # c"]
LONGER = [" --hash=sha256:ab", "-r base.txt", "-e .", "; python_version<'3'", "@ https://x/y.whl"]
PIECES = st.sampled_from([*WORDS, *BLANKS, *LONGER])
TEXTS = st.lists(PIECES, max_size=24).map("".join) | st.text()


def parts(entry: Entry) -> list[Part]:
    single = (entry.comment, entry.name, entry.bracket, entry.version, entry.url, entry.marker)
    several = (*entry.extras, *(option.part for option in entry.options))
    return [entry.whole, entry.asked, *several, *(part for part in single if part is not None)]


def flat(text: str) -> str:
    """What is left of a text without line breaks, backslashes and blanks."""
    return "".join(character for character in text if not character.isspace() and character != "\\")


@given(TEXTS)
def test_every_place_lies_in_the_file_and_has_the_text_that_was_read(text: str) -> None:
    source = SourceText(text)
    for entry in read(text):
        for part in parts(entry):
            start, end = part.span[:2], part.span[2:]
            assert (1, 1) <= start <= end
            assert source.position(source.offset(start)) == start
            assert source.offset(end) <= len(text)
            assert flat(source.between(start, end)) == flat(part.text)


@given(st.binary())
def test_no_bytes_raise(data: bytes) -> None:
    read(data.decode("utf-8", "replace"))


@given(TEXTS, TEXTS)
def test_a_line_is_read_alike_wherever_it_stands(first: str, second: str) -> None:
    before = f"{first}\n\n" if not first.endswith("\\") else f"{first} x\n\n"
    texts = [entry.whole.text for entry in read(before)]
    both = [entry.whole.text for entry in read(before + second)]
    assert both == texts + [entry.whole.text for entry in read(second)]


NUMBERS = st.text("0123456789.abrcpostdev*+!-_ ", max_size=12)
LOOKS = st.builds(
    "{}{}=={}".format,
    st.text("abzAZ09._-", min_size=1, max_size=8),
    st.sampled_from(["", "[a]", "[a,b-c]", "[a,]", "[]", "[a--b]", "[A]"]),
    NUMBERS | st.sampled_from(["0.1.2", "1", "2026.10.19", "1.0rc1"]),
)


@given(LOOKS)
def test_what_looks_usual_is_read_as_packaging_reads_it(line: str) -> None:
    entry = only(line)
    try:
        expected = Requirement(line.rstrip("; \t"))
    except InvalidRequirement:
        assert entry.kind in ("unreadable", "location")
        return
    assert entry.kind == "requirement"
    assert entry.parsed == expected
    assert entry.name is not None
    assert entry.name.text == expected.name
    assert {extra.text for extra in entry.extras} == expected.extras
    assert {*entry.clauses} == {(each.operator, each.version) for each in expected.specifier}

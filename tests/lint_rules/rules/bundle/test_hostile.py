"""The whole lint of a bundle whose manifest, ledgers or imports are anything at all."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lint_rules.files.source_text import SourceText
from lint_rules.finding import Finding
from tests.lint_rules.linted import within
from tests.lint_rules.manifest.test_properties import FRAGMENTS
from tests.lint_rules.petty_cash import planted, sound

SOUND = sound()["runbook.md"]
LINES = SOUND.decode().splitlines(keepends=True)

SOME = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def linted(text: str | bytes, seconds: float = 20) -> list[Finding]:
    """Lint the bundle with another manifest; every place has to be in its file."""
    with within(seconds):
        found = planted("ALL", files={"runbook.md": text})
    data = text if isinstance(text, bytes) else text.encode()
    source = SourceText(data.decode(errors="replace").removeprefix("\ufeff"))
    for place in (f.place for f in found if f.place.path.endswith("runbook.md")):
        assert (place.line, place.column) <= (place.end_line, place.end_column)
        assert place.end_line <= max(source.line_count, 1)
        assert place.end_column <= len(source.line(place.end_line).rstrip("\r\n")) + 1
        assert place.column >= 1
    return found


@SOME
@given(st.data())
def test_lines_that_are_replaced_cut_or_doubled(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        what = data.draw(st.sampled_from(["replace", "cut", "double", "value", "swap"]))
        if what == "replace":
            lines[at] = data.draw(FRAGMENTS) + "\n"
        elif what == "cut":
            del lines[at]
        elif what == "double":
            lines.insert(at, lines[at])
        elif what == "value":
            lines[at] = lines[at].partition(":")[0] + ": " + data.draw(FRAGMENTS) + "\n"
        else:
            lines[at], lines[-1] = lines[-1], lines[at]
    linted("".join(lines))


@SOME
@given(st.binary(max_size=80), st.integers(0, len(SOUND)), st.integers(0, 40))
def test_bytes_that_are_put_anywhere(piece: bytes, at: int, cut: int) -> None:
    linted(SOUND[:at] + piece + SOUND[at + cut :])


@SOME
@given(FRAGMENTS, FRAGMENTS, st.sampled_from(["\n", "\r\n", "\r", "\x0c", "\u2028"]))
def test_any_frontmatter_and_body(block: str, body: str, newline: str) -> None:
    linted(newline.join(["---", block, "---", body]))


def _block(lines: str) -> str:
    return f"---\nslug: petty-cash\n{lines}\n---\n"


@pytest.mark.parametrize(
    "text",
    [
        _block("steps: &a\n  - *a"),
        _block("steps: &s [{id: a, label: b, description: c}]\ntemplates: *s\ntags: *s"),
        _block("steps:\n" + "  - {}\n" * 20_000),
        _block("steps:\n" + "  - {id: a, idd: b, labl: c}\n" * 5_000),
        _block("templates:\n" + "".join(f"  - path: {'../' * 200}{n}\n" for n in range(2_000))),
        _block(f"templates:\n  - path: {'a/' * 50_000}\n"),
        _block('templates:\n  - path: "templates/\\0.py"\n'),
        _block("config_schema: " + "{a: " * 99 + "1" + "}" * 99),
        _block("".join(f"a: {n}\n" for n in range(20_000))),
        _block("&a a: *a\n" * 3),
        _block("name: |\n" + "  x\n" * 50_000),
        _block("version: 0x" + "f" * 3_900),
        _block("slug: " + "a-" * 40_000),
        _block('"slug\\nname": "petty\\ncash"\nname: "a\\u2028b"'),
        "---\n" + " " * 500_000 + "\n---\n",
        "---\nslug: petty-cash\n---\n" + "version:" + " " * 300_000,
        "---\nslug: petty-cash\n---\n" + "# \n" * 100_000,
        "---\nslug: petty-cash\n---\n" + "`" * 300_000,
        "---\nslug: petty-cash\n---\n" + "ntro workflow " * 30_000,
        "---\nslug: petty-cash\n---\n" + "x\n=\n" * 50_000,
        "---\n" * 100_000,
        "\n" * 300_000,
        "\x0c" * 100_000 + "---",
        "\ufeff" * 3 + "---\n---",
    ],
    ids=lambda text: repr(text[:44]),
)
def test_monsters_end_in_good_time(text: str) -> None:
    linted(text, 30)


@SOME
@given(
    st.dictionaries(
        st.from_regex(r"(subledgers|migrations|templates)/[a-z0-9_. -]{1,24}", fullmatch=True),
        st.binary(max_size=30) | st.sampled_from([b"from . import x\n", b"from .. import y\n"]),
        max_size=5,
    )
)
def test_any_files_in_what_is_uploaded(files: dict[str, bytes]) -> None:
    with within(20):
        planted("NTR5", files=files)

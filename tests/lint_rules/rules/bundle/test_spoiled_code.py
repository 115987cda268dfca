"""Code in any state between two edits: the rules and the outline answer, and never raise."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lint_rules.linted import lint_texts
from tests.lint_rules.outline.outlined import RUNBOOKS, of_texts

SLUGS = ("petty-cash", "nav-monthly", "facade-old")
FILES = ("workflow", "models", "activities")


def lines_of(slug: str, file: str) -> list[str]:
    return (RUNBOOKS / slug / f"templates/{file}.py").read_text("utf-8").splitlines(keepends=True)


def spoiled(slug: str, changes: list[tuple[str, int, int, str]]) -> dict[str, str | bytes]:
    """Return the files of a bundle with lines lost, doubled, moved and cut off."""
    texts: dict[str, str | bytes] = {
        f"{slug}/{path.relative_to(RUNBOOKS / slug).as_posix()}": path.read_bytes()
        for path in (RUNBOOKS / slug).rglob("*")
        if path.suffix in (".md", ".py", ".txt") and "tests" not in path.parts
    }
    for file, one, other, how in changes:
        lines = lines_of(slug, file)
        one, other = one % len(lines), other % len(lines)
        match how:
            case "lose":
                del lines[one : one + 1 + other % 4]
            case "double":
                lines.insert(other, lines[one])
            case "swap":
                lines[one], lines[other] = lines[other], lines[one]
            case _:
                lines[one] = lines[one][: other % 40].rstrip("\n") + "\n"
        texts[f"{slug}/templates/{file}.py"] = "".join(lines)
    return texts


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    slug=st.sampled_from(SLUGS),
    changes=st.lists(
        st.tuples(
            st.sampled_from(FILES),
            st.integers(0, 400),
            st.integers(0, 400),
            st.sampled_from(["lose", "double", "swap", "cut"]),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_spoiled_code_is_answered(slug: str, changes: list[tuple[str, int, int, str]]) -> None:
    texts = spoiled(slug, changes)
    for found in lint_texts(texts, select=("NTR5",)).findings:
        assert found.alternative
    [outline] = of_texts(texts)
    assert outline.bundle == slug
    assert outline.classes or outline.notes

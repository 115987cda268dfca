"""The element builder: data becomes text or attributes, and nothing a browser would run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntro_testkit.report.html.element import element, raw_element, rendered
from ntro_testkit.report.html.text import LIMIT
from ntro_testkit.report.printable import printable
from tests.report.html.pages import HOSTILE, parsed

ANY_TEXT = st.text(st.characters(), max_size=60) | st.sampled_from(HOSTILE)


def test_elements_hold_elements_and_text() -> None:
    built = element("p", "a ", element("b", "c"), None, class_="x", data_status="y", hidden=True)
    assert rendered(built) == '<p class="x" data-status="y" hidden="">a <b>c</b></p>'


def test_an_attribute_that_is_none_or_false_is_left_out() -> None:
    assert rendered(element("br", id=None, hidden=False)) == "<br>"


def test_zero_is_a_value() -> None:
    assert rendered(element("rect", x=0)) == '<rect x="0"></rect>'


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_stays_text_and_any_value_stays_a_value(text: str, value: str) -> None:
    found = parsed(rendered(element("p", text, title=value)))
    assert found.tags == ["p"]
    assert found.attributes == [("p", "title", printable(value))]
    assert "".join(found.texts) == printable(text)


@pytest.mark.parametrize(
    "name", ["onclick", "ONCLICK", "sTyle", "style", "src", "srcset", "x y", "action"]
)
def test_attributes_that_could_run_or_load_something_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="attribute"):
        element("p", **{name: "x"})


@pytest.mark.parametrize("target", ["javascript:alert(1)", "https://x", "//x", "data:,", " #x"])
def test_links_lead_nowhere_but_to_the_page_itself(target: str) -> None:
    with pytest.raises(ValueError, match="links only to itself"):
        element("a", href=target)


@pytest.mark.parametrize("tag", ["script", "style", "p onload=x", "P", ""])
def test_other_tags_are_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="no element"):
        element(tag)


@pytest.mark.parametrize("text", ["</script>", "</ style", "<!-- x"])
def test_a_script_that_would_end_early_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="may hold neither"):
        raw_element("script", text)


def test_only_scripts_and_styles_are_raw() -> None:
    with pytest.raises(ValueError, match="use `element`"):
        raw_element("p", "<b>")


def test_very_long_texts_are_cut_with_a_note() -> None:
    written = rendered(element("p", "x" * 1_000_000))
    assert written.endswith(f"... {1_000_000 - LIMIT:,} more characters</p>")
    assert len(written) < LIMIT + 100

"""What requirements bring along, by metadata or by what is known of common packages."""

from __future__ import annotations

from pathlib import Path

from lint_rules.requirements import known_distributions as known
from lint_rules.requirements.brought import (
    brought_by,
    distributions_of,
    imports_of_distribution,
    wants_of,
)
from lint_rules.requirements.installed import Installed, installed
from lint_rules.requirements.ntro_needs import WANTS
from tests.lint_rules.requirements.site import install

NOTHING = Installed([])
NO_EXTRAS = frozenset[str]()


def test_needs_are_followed_to_the_end_and_extras_only_where_asked_for(tmp_path: Path) -> None:
    install(tmp_path, "a", needs=["b", "c; extra == 'more'"])
    install(tmp_path, "b", needs=["a[more]"])
    install(tmp_path, "c")
    found = Installed([str(tmp_path)])
    assert brought_by([("a", NO_EXTRAS)], found).keys == {"a", "b", "c"}
    assert brought_by([("c", NO_EXTRAS)], found).keys == {"c"}


def test_what_nobody_knows_is_unknown_unless_it_is_for_other_surroundings(tmp_path: Path) -> None:
    install(tmp_path, "a", needs=["strange", "winonly; sys_platform == 'win32'"])
    found = brought_by([("a", NO_EXTRAS)], Installed([str(tmp_path)]))
    assert found.keys == {"a", "strange", "winonly"}
    assert found.unknown == {"strange"}


def test_extras_of_what_is_not_installed_are_unknown() -> None:
    assert wants_of(("sqlalchemy", NO_EXTRAS), NOTHING) is not None
    assert wants_of(("sqlalchemy", frozenset({"asyncio"})), NOTHING) is None


def test_the_extras_of_ntro_are_known_without_it() -> None:
    found = brought_by([("ntro", frozenset({"workflow", "gl"}))], NOTHING)
    assert not found.unknown
    assert {"temporalio", "asyncpg", "pdfplumber", "apideck-unify", "pillow"} <= found.keys
    assert "pytest" not in found.keys


def test_what_is_known_of_ntro_is_what_the_installed_one_says() -> None:
    found = installed().get("ntro")
    assert found is not None
    assert set(found.wants) == set(WANTS)


def test_the_import_names_of_packages_are_those_of_the_installed_ones() -> None:
    seen = 0
    for key in known.BRINGS:
        found = installed().get(key)
        if found is not None and not key.startswith("types-"):
            seen += 1
            names = imports_of_distribution(key, NOTHING)
            tops = {name.partition(".")[0] for name in names or ()}
            assert tops & found.imports, key
    assert seen > 10


def test_names_are_found_by_their_distribution_and_the_other_way_round() -> None:
    for imported, key in [
        ("yaml", "pyyaml"),
        ("dateutil.parser.parse", "python-dateutil"),
        ("PIL.Image", "pillow"),
        ("bs4", "beautifulsoup4"),
        ("sklearn", "scikit-learn"),
        ("cv2", "opencv-python-headless"),
        ("docx", "python-docx"),
        ("openpyxl", "openpyxl"),
        ("google.protobuf.json_format", "protobuf"),
        ("google.cloud.storage.Client", "google-cloud-storage"),
        ("some_thing", "some-thing"),
    ]:
        found = distributions_of(imported, NOTHING)
        assert found is not None
        assert key in found, imported


def test_a_shared_name_with_nothing_known_behind_it_is_unknown() -> None:
    assert distributions_of("google.somewhere", NOTHING) is None
    assert distributions_of("google", NOTHING) is None


def test_the_import_names_of_an_unknown_distribution_are_unknown() -> None:
    assert imports_of_distribution("strange-thing", NOTHING) is None
    assert imports_of_distribution("requests", NOTHING) == {"requests"}

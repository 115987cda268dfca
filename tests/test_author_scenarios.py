"""An author's scenarios are found by name in `tests/scenarios.py` (D11)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ntro_testkit import BundleError
from ntro_testkit.author_scenarios import available_scenarios, load_author_scenarios
from tests.bundles import cli
from tests.conftest import BundleFactory

IMPORT = "from ntro_testkit import HAPPY, REJECT_ALL, Scenario\n"


def with_scenarios(bundle: BundleFactory, source: str) -> Path:
    return bundle(files={"tests/scenarios.py": IMPORT + source})


@pytest.mark.parametrize(
    "source, names",
    [
        ("LATE = Scenario('late')", ["late"]),
        ("A = Scenario('a')\nB = Scenario('b')", ["a", "b"]),
        ("SCENARIOS = [Scenario('a'), Scenario('b')]", ["a", "b"]),
        ("SCENARIOS = {'x': Scenario('a')}", ["a"]),
        ("A = Scenario('a')\nSCENARIOS = [A]", ["a"]),
        ("_HIDDEN = Scenario('hidden')", []),
        ("", []),
        ("class Mine(Scenario): ...\nA = Mine('a')", ["a"]),
    ],
)
def test_scenarios_of_the_module_are_found(
    bundle: BundleFactory, source: str, names: list[str]
) -> None:
    assert list(load_author_scenarios(with_scenarios(bundle, source))) == names


def test_a_bundle_without_the_file_has_the_built_in_scenarios(bundle: BundleFactory) -> None:
    assert list(available_scenarios(bundle())) == ["happy", "reject_all"]


def test_an_authors_scenario_of_a_built_in_name_wins(bundle: BundleFactory) -> None:
    directory = with_scenarios(bundle, "MINE = Scenario('happy', approve_reviews=False)")
    assert available_scenarios(directory)["happy"].approve_reviews is False


def test_two_scenarios_of_one_name_are_an_error(bundle: BundleFactory) -> None:
    with pytest.raises(BundleError, match="late"):
        load_author_scenarios(
            with_scenarios(bundle, "A = Scenario('late')\nB = Scenario('late', False)")
        )


@pytest.mark.parametrize("source", ["def :", "raise ValueError('x')", "import sys; sys.exit(1)"])
def test_a_file_that_cannot_be_imported_names_its_line(bundle: BundleFactory, source: str) -> None:
    with pytest.raises(BundleError) as caught:
        load_author_scenarios(with_scenarios(bundle, source))
    assert "scenarios.py:2" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_scenarios_of_two_bundles_do_not_mix(bundle: BundleFactory) -> None:
    one = bundle("one", files={"tests/scenarios.py": IMPORT + "A = Scenario('a')"})
    two = bundle("two", files={"tests/scenarios.py": IMPORT + "B = Scenario('b')"})
    assert (list(load_author_scenarios(one)), list(load_author_scenarios(two))) == (["a"], ["b"])
    assert not [
        name for name in sys.modules if name.endswith("scenarios") and "author" in name[:12]
    ]


def test_a_scenario_file_written_for_ntro_testing_counts(bundle: BundleFactory) -> None:
    """Existing bundles still import from the SDK; that must not bind another runtime."""
    directory = bundle(
        files={
            "tests/scenarios.py": "from ntro_testkit import Scenario\nOLD = Scenario(name='old')\n"
        }
    )
    done = cli("test", directory, "-s", "old")
    assert done.returncode == 0, done.stderr
    assert "old" in done.stdout

"""The linter and `ntro runbook validate`, asked about the same faults side by side.

The validator imports what it judges, so it runs in a process of its own, once for all cases.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import ntro.runbook.validate
import pytest

from lint_rules.config.settings import Settings
from lint_rules.engine import lint
from tests.bundles import ROOT

SAMPLE = ROOT / "fixtures/runbooks/petty-cash"
PAGE = ROOT / "docs/validator.md"
M, W, A = "runbook.md", "templates/workflow.py", "templates/activities.py"
MODELS = "templates/models.py"
FILES = {f"NTR{number}" for number in range(501, 520)}

VALIDATE = """
import json, sys
from ntro.runbook import validate_runbook

answers = {}
for directory in json.loads(sys.argv[1]):
    try:
        answers[directory] = sorted({issue.code for issue in validate_runbook(directory).errors})
    except BaseException as error:
        answers[directory] = [type(error).__name__]
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump(answers, file)
"""


@dataclass(frozen=True)
class Case:
    """A fault: how it is planted, what the validator says of it, and which rules report it."""

    name: str
    validator: set[str]
    rules: set[str]
    edits: tuple[tuple[str, str, str], ...] = ()
    files: Mapping[str, str | bytes | None] = field(default_factory=dict)

    def plant(self, root: Path) -> Path:
        """Write the bundle with the fault; return its directory."""
        bundle = root / self.name.replace(" ", "-") / "petty-cash"
        shutil.copytree(SAMPLE, bundle, ignore=shutil.ignore_patterns("tests", "__pycache__"))
        for name, old, new in self.edits:
            text = (bundle / name).read_text("utf-8")
            assert text.count(old) == 1, (self.name, old)
            (bundle / name).write_text(text.replace(old, new), "utf-8")
        for name, content in self.files.items():
            if content is None:
                (bundle / name).unlink()
            else:
                data = content if isinstance(content, bytes) else content.encode()
                (bundle / name).write_bytes(data)
        return bundle


def edit(name: str, validator: str, rules: str, file: str, old: str, new: str) -> Case:
    return Case(name, set(validator.split()), set(rules.split()), ((file, old, new),))


def put(name: str, validator: str, rules: str, file: str, content: str | bytes | None) -> Case:
    return Case(name, set(validator.split()), set(rules.split()), files={file: content})


W_IMPORT, A_IMPORT = "WORKFLOW_PY_IMPORT_ERROR", "ACTIVITIES_PY_IMPORT_ERROR"
M_IMPORT = "MODELS_PY_IMPORT_ERROR"
BOTH = f"{W_IMPORT} {A_IMPORT}"
SLIPS = "from .models import PostedSlip, PostSlipInput, ReadSlipInput, Slip"
MODELS_HEAD = "from ntro.events import ObservableResult\n"
RUN = "    @runbook.run\n    async def run"
FIELD = "FRONTMATTER_FIELD_MISSING"

FAULTS = [
    put("no manifest", "RUNBOOK_MD_MISSING", "NTR501", M, None),
    put("no frontmatter", "FRONTMATTER_MISSING", "NTR502", M, "# Petty cash\n"),
    put("empty frontmatter", "FRONTMATTER_MISSING", "NTR502", M, "---\n---\n"),
    edit("a mark", "FRONTMATTER_MISSING", "NTR513", M, "---\nid:", "\ufeff---\nid:"),
    put("never closed", "FRONTMATTER_PARSE_ERROR", "NTR502", M, "---\nslug: petty-cash\n"),
    edit("a colon", "FRONTMATTER_PARSE_ERROR", "NTR502", M, "name: Petty", "name: Cash: petty"),
    edit("a tab", "FRONTMATTER_PARSE_ERROR", "NTR502", M, "name: Petty", "name: Petty\t"),
    put("a list", "FRONTMATTER_NOT_MAPPING", "NTR502", M, "---\n- slug\n---\n"),
    put("a text", "FRONTMATTER_NOT_MAPPING", "NTR502", M, "---\nslug\n---\n"),
    edit("no slug", FIELD, "NTR503", M, "\nslug: petty-cash\n", "\n"),
    edit("no name", FIELD, "NTR503", M, "name: Petty cash slip\n", ""),
    edit("no version", FIELD, "NTR503", M, "version: 0.1.0\n", ""),
    edit("no state", FIELD, "NTR503", M, "state: DRAFT\n", ""),
    edit("no author", FIELD, "NTR503", M, "author: Fund Operations\n", ""),
    edit("an empty author", FIELD, "NTR503", M, "author: Fund Operations", "author:"),
    edit("a blank author", FIELD, "NTR503", M, "author: Fund Operations", "author: '  '"),
    edit("a misspelt author", FIELD, "NTR509", M, "author: Fund", "autor: Fund"),
    put("no workflow", "WORKFLOW_PY_MISSING", "NTR501", W, None),
    put("a workflow that is no Python", W_IMPORT, "NTR901", W, "class PettyCashWorkflow(:\n"),
    edit("a missing module", W_IMPORT, "NTR511", W, "from .activities import", "from .acts import"),
    edit(
        "a missing name", W_IMPORT, "NTR511", W, "post_slip, read_slip\n", "post_slip, reed_slip\n"
    ),
    edit(
        "another class", "WORKFLOW_CLASS_NOT_FOUND", "NTR506", W, "class PettyCashW", "class CashW"
    ),
    put("no activities", f"ACTIVITIES_PY_MISSING {W_IMPORT}", "NTR501", A, None),
    put("activities that are no Python", BOTH, "NTR901", A, "async def (:\n"),
    edit(
        "an absolute import", BOTH, "NTR511", A, SLIPS, SLIPS.replace(".models", "templates.models")
    ),
    edit("a sibling import", BOTH, "NTR511", A, SLIPS, SLIPS.replace(".models", "models")),
    edit("an import from above", BOTH, "NTR511", A, SLIPS, SLIPS.replace(".models", "..models")),
    put("no models that are imported", BOTH, "NTR511", MODELS, None),
    put("models that are no Python", f"{BOTH} {M_IMPORT}", "NTR901", MODELS, "class (:\n"),
    edit(
        "models that import what is missing",
        f"{BOTH} {M_IMPORT}",
        "NTR511",
        MODELS,
        MODELS_HEAD,
        f"from .money import cents\n{MODELS_HEAD}",
    ),
]

SHAPE = [
    edit("no defn", "WORKFLOW_DEFN_MISSING", "NTR413", W, "@runbook.defn\n", ""),
    edit("no run", W_IMPORT, "NTR403", W, RUN, "    async def run"),
    edit("a run that is not async", W_IMPORT, "NTR403", W, RUN, "    @runbook.run\n    def run"),
]
"""What the rules over the shape of classes report."""

CRASHES = [
    put("no UTF-8", "UnicodeDecodeError", "NTR502", M, b"---\nslug: caf\xe9\n---\n"),
    edit("no date", "ValueError", "NTR502", M, "state: DRAFT", "state: DRAFT\nsince: 2026-13-45"),
    edit(
        "an exit", "SystemExit", "", MODELS, MODELS_HEAD, f"import sys\n{MODELS_HEAD}sys.exit(3)\n"
    ),
]

FALSE = [
    edit("not installed", BOTH, "", A, SLIPS, f"import polars_of_the_worker\n\n{SLIPS}"),
]

BLIND = [
    put("no package", "", "NTR501", "templates/__init__.py", None),
    edit("a number as slug", "", "NTR504", M, "slug: petty-cash\n", "slug: 2026\n"),
    edit("a number as version", "", "NTR507", M, "version: 0.1.0", "version: 0.1"),
    edit("a quoted version", "", "NTR508", M, "version: 0.1.0", 'version: "0.1.0"'),
    edit("a key twice", "", "NTR510", M, "state: DRAFT", "state: DRAFT\nstate: LIVE"),
    edit(
        "a missing template", "", "NTR512", M, "- path: templates/models", "- path: templates/mods"
    ),
    put("a picture", "", "NTR513 NTR512", "templates/logo.png", b"\x89PNG\xff"),
]

CASES = [*FAULTS, *SHAPE, *CRASHES, *FALSE, *BLIND]


@dataclass(frozen=True)
class Answers:
    """What both say of each case."""

    validator: Mapping[str, set[str]]
    bundles: Mapping[str, Path]

    def rules(self, case: Case) -> set[str]:
        """Return the codes of the rules that speak of a case."""
        bundle = self.bundles[case.name]
        chosen = Settings(bundle, select=("NTR4", "NTR5", "NTR9"))
        return {finding.code for finding in lint([bundle], chosen, jobs=1, cache=None).findings}


def validated(directories: list[str], root: Path, **environment: str) -> dict[str, set[str]]:
    """Ask the validator about some directories."""
    answers = root / "answers.json"
    known = {key: value for key, value in os.environ.items() if key != "TEMPORAL_HOST"}
    command = [sys.executable, "-c", VALIDATE, json.dumps(directories), str(answers)]
    subprocess.run(command, check=True, env={**known, **environment}, capture_output=True)
    return {name: set(codes) for name, codes in json.loads(answers.read_text("utf-8")).items()}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    root = tmp_path_factory.mktemp("parity")
    bundles = {case.name: case.plant(root) for case in CASES}
    found = validated([str(path) for path in bundles.values()], root, TEMPORAL_HOST="anything")
    return Answers({name: found[str(path)] for name, path in bundles.items()}, bundles)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_known_to_both_or_to_the_linter_alone(case: Case, answers: Answers) -> None:
    assert answers.validator[case.name] == case.validator
    rules = answers.rules(case)
    assert case.rules <= rules
    assert rules & FILES == case.rules & FILES


def test_the_page_names_the_codes_of_the_validator_and_the_rules_that_are_tried_here() -> None:
    source = Path(ntro.runbook.validate.__file__).read_text("utf-8")
    codes = set(re.findall(r'ctx\.err\(\s*"([A-Z_]+)"', source))
    table = re.findall(r"^\| `([A-Z_]+)` \| (\w+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert {code for code, _ in table} == codes
    tried = {
        (code, rule) for case in FAULTS + SHAPE for code in case.validator for rule in case.rules
    }
    assert {row for row in table if row[1] != "none"} <= tried
    # An import that fails takes those with it that import the module.
    assert {rule for _, rule in tried} == {rule for _, rule in table} - {"none"}


def test_a_sound_bundle_is_one_to_both(tmp_path: Path) -> None:
    sound = Case("sound", set(), set()).plant(tmp_path)
    assert validated([str(sound)], tmp_path, TEMPORAL_HOST="anything") == {str(sound): set()}
    assert Answers({}, {"sound": sound}).rules(Case("sound", set(), set())) == set()


def test_without_temporal_host_the_validator_misses_a_decorator_that_is_there(
    tmp_path: Path,
) -> None:
    sound = Case("sound", set(), set()).plant(tmp_path)
    assert validated([str(sound)], tmp_path) == {str(sound): {"WORKFLOW_DEFN_MISSING"}}


def test_a_path_that_is_no_directory_is_refused_by_both(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_text("no bundle", "utf-8")
    missing = tmp_path / "nothing"
    found = validated([str(missing), str(file)], tmp_path)
    assert found == {str(missing): {"RUNBOOK_DIR_NOT_FOUND"}, str(file): {"RUNBOOK_DIR_NOT_A_DIR"}}
    command = [sys.executable, "-m", "ntro_testkit", "lint", "--no-cache", str(missing)]
    assert subprocess.run(command, check=False, capture_output=True, cwd=ROOT).returncode == 2

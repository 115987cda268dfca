"""The corpus of the lint benchmark: it is large, the same each time, and tells the truth."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from benchmarks.lint_corpus.hazards import HAZARDS, Hazard
from benchmarks.lint_corpus.pairs import SHAPES, Corpus, corpus
from benchmarks.lint_corpus.program import Program, program
from benchmarks.lint_corpus.rehearsal import rehearse, truth
from benchmarks.lint_corpus.shape import Shape, misfit
from benchmarks.lint_corpus.tree import write
from benchmarks.lint_corpus.verdict import Found, findings, judge
from lint_rules.hazards.model import Hazards
from lint_rules.hazards.table import HazardTable, load

NAMED_CODES = {f"NTR{number}" for number in [*range(101, 110), 112, 113, 116, 118]}
SAMPLE = ("time.time", "datetime.datetime.now", "open", "os.environ", "random.randint")


@pytest.fixture(scope="module")
def whole() -> Corpus:
    return corpus()


@pytest.fixture(scope="module")
def table() -> HazardTable:
    return load()


def hazard(name: str) -> Hazard:
    return next(one for one in HAZARDS if one.name == name)


def shape(name: str) -> Shape:
    return next(one for one in chain(*SHAPES.values()) if one.name == name)


def test_the_corpus_is_as_large_as_promised(whole: Corpus) -> None:
    for kind, least in {"hidden": 25, "harmless": 8}.items():
        per_shape = Counter(one.shape.name for one in whole.programs if one.kind == kind)
        assert sum(count >= 50 for count in per_shape.values()) >= least


def test_every_pair_is_a_program_or_left_out_for_a_reason(whole: Corpus) -> None:
    pairs = len(HAZARDS) * sum(map(len, SHAPES.values()))

    assert len(whole.programs) + sum(whole.left_out.values()) == pairs
    assert sum(whole.left_out.values()) < pairs / 10


def test_names_tell_all_programs_apart(whole: Corpus) -> None:
    directories = Counter(one.directory.lower() for one in whole.programs)

    assert max(directories.values()) == 1


def test_every_code_a_name_can_earn_is_there() -> None:
    assert {one.code for one in HAZARDS} == NAMED_CODES


@pytest.mark.parametrize("one", HAZARDS, ids=lambda one: one.name)
def test_the_hazard_data_knows_the_name(one: Hazard, table: HazardTable) -> None:
    name = f"{one.module}.{one.path}"
    if one.make:
        method = one.make.rpartition(".")[2]
        name = f"{table.result_type(name) or name}.{method}"
    known = table.lookup(name)

    assert isinstance(known, Hazards)
    assert one.code in {variant.code for variant in known.variants}


def test_making_the_corpus_again_gives_the_same_files(whole: Corpus) -> None:
    assert corpus().programs == whole.programs


def test_every_module_compiles(whole: Corpus) -> None:
    for one in whole.programs[::5]:
        for path, text in one.files:
            if path.endswith(".py"):
                compile(text, path, "exec")


def test_every_expected_line_is_marked_with_its_code(whole: Corpus) -> None:
    for one in whole.programs:
        files = dict(one.files)
        for place in one.expected:
            line = files[place.path].splitlines()[place.line - 1]
            assert line.endswith(f"# expected: {place.code}")
        assert bool(one.expected) == (one.kind == "hidden")


@pytest.mark.parametrize("name", [one.name for one in chain(*SHAPES.values())])
def test_a_shape_does_what_it_says(name: str) -> None:
    programs = corpus(shapes=[name], hazards=SAMPLE).programs

    assert programs
    assert [truth(one) for one in programs] == [None] * len(programs)


@pytest.mark.parametrize("name", [one.name for one in HAZARDS])
def test_a_hazard_happens_where_it_is_expected(name: str) -> None:
    [one] = corpus(shapes=["direct"], hazards=[name]).programs
    [happened] = rehearse(one)
    [place] = one.expected

    assert (happened.phase, happened.path, happened.line) == ("run", place.path, place.line)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        pytest.param("hidden", Shape("lie", "x = 1  #!\nreturn $call"), id="another line"),
        pytest.param("hidden", Shape("lie", "return $facade  #!"), id="never happens"),
        pytest.param("harmless", Shape("lie", "return $call"), id="happens"),
        pytest.param("hidden", Shape("lie", "return $call  #!", code="NTR117"), id="runs too late"),
    ],
)
def test_a_shape_that_lies_is_found_out(kind: str, told: Shape) -> None:
    lie = program(kind, told, hazard("time.time"), facade="workflow")  # type: ignore[arg-type]

    assert truth(lie) is not None


@pytest.mark.parametrize(
    ("shape_name", "hazard_name", "fits"),
    [
        ("helper", "asyncio.wait", False),
        ("async_helper", "asyncio.wait", True),
        ("partial", "os.environ", False),
        ("partial", "os.getenv", True),
        ("dataclass_default_factory", "random.randint", False),
        ("dataclass_default_factory", "random.random", True),
        ("import_time_constant", "print", False),
        ("import_time_constant", "time.time", True),
        ("shadowed_by_a_function", "datetime.datetime.now", False),
        ("shadowed_by_a_function", "time.time", True),
    ],
)
def test_pairs_that_make_no_sense_are_left_out(
    shape_name: str, hazard_name: str, fits: bool
) -> None:
    assert (misfit(shape(shape_name), hazard(hazard_name)) is None) is fits


@pytest.fixture
def programs() -> tuple[Program, ...]:
    return corpus(shapes=["helper", "activity"], hazards=SAMPLE).programs


def answer(programs: tuple[Program, ...]) -> list[Found]:
    return [
        Found(f"{one.directory}/{place.path}", place.line, place.code)
        for one in programs
        for place in one.expected
    ]


def test_the_right_answer_is_perfect(programs: tuple[Program, ...]) -> None:
    verdict = judge(programs, answer(programs))

    assert verdict.is_perfect
    assert verdict.recall == 1
    assert (len(verdict.hidden), len(verdict.harmless)) == (5, 5)


def test_what_is_not_found_is_missed(programs: tuple[Program, ...]) -> None:
    missed, *rest = answer(programs)
    verdict = judge(programs, rest)

    assert [one.directory for one in verdict.missed] == [missed.path.rpartition("/templates")[0]]
    assert verdict.recall == pytest.approx(0.8)
    assert not verdict.is_perfect


@pytest.mark.parametrize("change", [{"line": 1}, {"code": "NTR104"}], ids=["line", "code"])
def test_the_wrong_line_or_code_is_a_miss_and_a_false_alarm(
    programs: tuple[Program, ...], change: dict[str, int | str]
) -> None:
    first, *rest = answer(programs)
    wrong = replace(first, **change)  # type: ignore[arg-type]
    verdict = judge(programs, [wrong, *rest])

    assert len(verdict.missed) == 1
    assert [alarm.found for alarm in verdict.false_alarms] == [wrong]


def test_a_finding_in_a_harmless_program_is_a_false_alarm(programs: tuple[Program, ...]) -> None:
    harmless = next(one for one in programs if one.kind == "harmless")
    extra = Found(f"{harmless.directory}/templates/workflow.py", 3, "NTR101")
    verdict = judge(programs, [*answer(programs), extra])

    assert [(alarm.found, alarm.program) for alarm in verdict.false_alarms] == [(extra, harmless)]


def test_a_finding_outside_all_programs_is_a_false_alarm(programs: tuple[Program, ...]) -> None:
    extra = Found("pyproject.toml", 1, "NTR901")
    verdict = judge(programs, [*answer(programs), extra])

    assert [(alarm.found, alarm.program) for alarm in verdict.false_alarms] == [(extra, None)]


def test_a_set_of_tasks_may_earn_more_than_one_code() -> None:
    programs = corpus(shapes=["direct"], hazards=["asyncio.wait", "time.time"]).programs
    clock, tasks = answer(programs)
    more = [replace(one, code="NTR111") for one in (clock, tasks)]
    verdict = judge(programs, [clock, tasks, *more])

    assert [alarm.found for alarm in verdict.false_alarms] == [replace(clock, code="NTR111")]


def test_only_determinism_is_judged_and_paths_are_made_equal() -> None:
    codes = ["NTR101", "NTR501", "NTR901"]
    report = {"findings": [{"code": code, "path": ".\\a\\b.py", "line": 3} for code in codes]}

    assert findings(report) == (Found("a/b.py", 3, "NTR101"), Found("a/b.py", 3, "NTR901"))


def test_programs_are_written_as_they_are(tmp_path: Path) -> None:
    programs = corpus(shapes=["re_export", "test_class"], hazards=SAMPLE).programs
    write(programs, tmp_path)

    for one in programs:
        for path, text in one.files:
            written = tmp_path / one.directory / path
            assert written.read_text(encoding="utf-8") == text

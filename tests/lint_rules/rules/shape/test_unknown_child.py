"""A slug that no bundle has is reported as far as one can see other bundles at all."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.shape.bundles import imported, in_quiet, in_run, with_archive

CODE = "NTR422"
DOCUMENTS = "await self.collect_documents(expected=[{'source': 'a'}], inputs=[ctx]{more})"


@pytest.mark.parametrize(
    "call",
    [
        'await self.run_child_workflow(slug="slip-archives", input=ctx)',
        'await self.run_child_workflows(slug="slip-archives", inputs=[ctx])',
        DOCUMENTS.replace("{more}", ', runbook_slug="slip-archives"'),
    ],
)
def test_a_misspelt_slug_is_an_error_that_names_the_right_one(call: str) -> None:
    [found] = with_archive(CODE, in_run(call))
    assert said([found]) == ["workflow.py:107 NTR422"]
    assert "`slip-archives`" in found.message
    assert "hangs" in found.message
    assert found.alternative == "`slip-archive`"
    assert found.severity == "error"


def test_a_slug_like_no_other_may_be_deployed_from_elsewhere() -> None:
    [found] = with_archive(CODE, in_run('await self.run_child_workflow(slug="kyc", input=ctx)'))
    assert found.severity == "warning"
    assert "deploy `kyc` first" in (found.alternative or "")


def test_a_slug_that_is_only_alike_is_likely_another_runbook() -> None:
    [found] = with_archive(
        CODE, in_run('await self.run_child_workflow(slug="slip-check", input=1)')
    )
    assert (found.severity, found.alternative) == ("warning", "`slip-archive`")


def test_the_default_of_collect_documents_counts_as_written() -> None:
    [found] = with_archive(CODE, in_run(DOCUMENTS.replace("{more}", "")))
    assert "`document-ingest`" in found.message


def test_a_bundle_alone_in_its_repository_says_nothing_of_its_children() -> None:
    call = 'await self.run_child_workflow(slug="slip-archive", input=ctx)'
    assert planted(CODE, in_run(call)) == []


def test_a_slug_in_a_constant_is_shown_where_it_is_used() -> None:
    constant = imported('SLUG = "slip-archives"')
    call = in_run("await self.run_child_workflow(slug=SLUG, input=ctx)")
    [found] = with_archive(CODE, constant, call)
    assert "`slip-archives`" in found.message


@pytest.mark.parametrize(
    "call",
    [
        'await self.run_child_workflow(slug="slip-archive", input=ctx)',
        'await self.run_child_workflow(slug="petty-cash", input=ctx)',
        "await self.run_child_workflow(slug=slip.payee, input=ctx)",
        'await self.run_child_workflow(slug=f"slip-{slip.payee}", input=ctx)',
        "await self.run_child_workflow(**{'slug': 'kyc', 'input': ctx})",
        "await runbook.execute_child_workflow('Anything', ctx)",
    ],
)
def test_a_known_slug_its_own_and_one_that_is_made_up_at_run_time_are_fine(call: str) -> None:
    assert in_quiet(CODE, in_run(call)) == []

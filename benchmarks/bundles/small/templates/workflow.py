"""Repay an expense: wait for its receipt, read it, convert it, have it approved, post it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ntro.workflow import NtroWorkflow, WorkflowError, runbook

from .activities import convert, post, read_receipt
from .models import (
    Claim,
    ConvertInput,
    PostedClaim,
    PostInput,
    ReadInput,
    Receipt,
    ReceiptSubmitted,
    SmallContext,
    SmallResult,
)

UPLOAD_TIMEOUT = timedelta(hours=24)
ATTEMPT_TIMEOUT = timedelta(minutes=5)
RETRY_LIMIT = timedelta(minutes=15)
APPROVALS = ("approve", "approved", "corrected")


@runbook.defn
class SmallWorkflow(NtroWorkflow):
    """One receipt, one decision; nothing is posted without the decision."""

    def __init__(self) -> None:
        super().__init__()
        self._receipts: list[ReceiptSubmitted] = []

    @runbook.signal
    def document_submitted(self, event: ReceiptSubmitted) -> None:
        """Note an upload; the run reads the first one, so a double click changes nothing."""
        self._receipts.append(event)

    @runbook.step(name="upload", title="Upload receipt", icon="Upload")
    async def _upload(self, ctx: SmallContext) -> ReceiptSubmitted:
        try:
            await self.await_signal_with_action(
                predicate=lambda: bool(self._receipts),
                action={
                    "kind": "submit_file",
                    "reason": f"The receipt of {ctx.claimant} for {ctx.period} is needed.",
                    "tool": "ntro_task_file_ingest",
                    "args": {
                        "tenant_id_or_slug": ctx.tenant_slug,
                        "entity_id_or_slug": ctx.entity_slug,
                        "source": "receipt",
                        "schema_slug": "receipt",
                        "signal_task_id": runbook.info().workflow_id,
                        "signal_name": "document_submitted",
                    },
                },
                display_hint={
                    "component": "FILE_UPLOAD",
                    "config": {
                        "title": "Upload the receipt",
                        "accept": ["application/pdf", "image/jpeg"],
                        "max_size_mb": 10,
                        "multiple": False,
                    },
                },
                timeout=UPLOAD_TIMEOUT,
            )
        except TimeoutError as err:
            raise WorkflowError("no receipt within a day", type="NO_RECEIPT") from err
        return self._receipts[0]

    @runbook.step(name="read", title="Read receipt", icon="ScanText")
    async def _read(self, ctx: SmallContext, document_ref: str) -> Receipt:
        return await runbook.execute_activity(
            read_receipt,
            ReadInput(tenant_slug=ctx.tenant_slug, document_ref=document_ref),
            start_to_close_timeout=ATTEMPT_TIMEOUT,
            schedule_to_close_timeout=RETRY_LIMIT,
        )

    @runbook.step(name="convert", title="Convert amounts", icon="Coins")
    async def _convert(self, ctx: SmallContext, receipt: Receipt) -> Claim:
        return await runbook.execute_activity(
            convert,
            ConvertInput(period=ctx.period, currency=ctx.currency, receipt=receipt),
            start_to_close_timeout=ATTEMPT_TIMEOUT,
            schedule_to_close_timeout=RETRY_LIMIT,
        )

    @runbook.step(name="review_claim", title="Check claim", icon="ListChecks")
    async def _review(self, ctx: SmallContext, claim: Claim) -> dict[str, Any]:
        return await self.wait_for_action(
            payload=claim,
            reason=f"{ctx.claimant} claims {claim.total} {ctx.currency}.",
            display_hint={
                "component": "DATA_TABLE",
                "config": {
                    "title": f"Claim of {ctx.claimant}, {ctx.period}",
                    "datasets": [
                        {
                            "key": "positions",
                            "label": "Positions",
                            "data_key": "positions",
                            "columns": [
                                {"key": "text", "label": "Text"},
                                {"key": "amount", "label": "Amount", "type": "currency"},
                                {"key": "tax", "label": "Tax", "type": "currency"},
                            ],
                        }
                    ],
                    "actions": [
                        {"kind": "approve", "label": "Repay", "primary": True},
                        {"kind": "reject", "label": "Reject claim"},
                    ],
                },
            },
        )

    @runbook.step(name="post", title="Post claim", icon="BookCheck")
    async def _post(self, ctx: SmallContext, document_ref: str, claim: Claim) -> PostedClaim:
        return await runbook.execute_activity(
            post,
            PostInput(
                entity_slug=ctx.entity_slug,
                claimant=ctx.claimant,
                period=ctx.period,
                document_ref=document_ref,
                claim=claim,
            ),
            start_to_close_timeout=ATTEMPT_TIMEOUT,
            schedule_to_close_timeout=RETRY_LIMIT,
        )

    @runbook.run
    async def run(self, ctx: SmallContext) -> SmallResult:
        document_ref = (await self._upload(ctx)).document_ref
        receipt = await self._read(ctx, document_ref)
        claim = await self._convert(ctx, receipt)
        answer = await self._review(ctx, claim)
        if not is_approval(answer):
            reason = str(answer.get("reason") or "The approver gave no reason.")
            return SmallResult(status="rejected", document_ref=document_ref, reason=reason)
        posted = await self._post(ctx, document_ref, claim)
        return SmallResult(
            status="posted",
            document_ref=document_ref,
            journal_id=posted.journal_id,
            total=posted.total,
        )


def is_approval(answer: dict[str, Any]) -> bool:
    """Read the decision, whichever client sent it; anything unclear is a rejection."""
    words = {str(answer.get(key, "")).lower() for key in ("kind", "type", "action")}
    return not words & {"reject", "rejected"} and bool(words & set(APPROVALS))

"""Reading a receipt, converting it, and posting it: everything that touches the data plane."""

from __future__ import annotations

import json
from decimal import Decimal
from uuid import UUID, uuid5

from ntro.workflow import WorkflowError, activity

from .models import Claim, ConvertInput, Position, PostedClaim, PostInput, ReadInput, Receipt

CENT = Decimal("0.01")
NAMESPACE = UUID("8d1f3f0e-52a7-4c1e-9b0c-3f0a7f5b7c11")
RATES = {
    ("EUR", "GBP"): Decimal("0.85"),
    ("USD", "GBP"): Decimal("0.78"),
    ("GBP", "EUR"): Decimal("1.17"),
    ("USD", "EUR"): Decimal("0.92"),
    ("GBP", "USD"): Decimal("1.28"),
    ("EUR", "USD"): Decimal("1.09"),
}


@activity.defn(name="small.read_receipt")
async def read_receipt(payload: ReadInput) -> Receipt:
    """Fetch the uploaded receipt, which the scanner has already turned into JSON."""
    from ntro.data import get_data_plane
    from ntro.ingest import fetch_submitted_document_by_id

    plane = await get_data_plane(payload.tenant_slug)
    document = await fetch_submitted_document_by_id(plane, document_ref=payload.document_ref)
    if document is None:
        raise WorkflowError(
            f"no uploaded document {payload.document_ref}",
            type="DOCUMENT_MISSING",
            non_retryable=True,
        )
    scanned = json.loads(document.data_bytes)
    return Receipt.model_validate({**scanned, "document_ref": payload.document_ref})


@activity.defn(name="small.convert")
async def convert(payload: ConvertInput) -> Claim:
    """Convert every position to the currency of the books."""
    receipt = payload.receipt
    rate = rate_between(receipt.currency, payload.currency)
    positions = [
        position.model_copy(
            update={
                "amount": (position.amount * rate).quantize(CENT),
                "tax": (position.tax * rate).quantize(CENT),
            }
        )
        for position in receipt.positions
    ]
    return Claim(
        merchant=receipt.merchant, positions=positions, total=total_of(positions), rate=rate
    )


@activity.defn(name="small.post")
async def post(payload: PostInput) -> PostedClaim:
    """Post the claim; the journal's id is the same on every attempt."""
    from ntro.capabilities import storage

    journal_id = uuid5(NAMESPACE, f"{payload.entity_slug} {payload.document_ref}")
    await storage.write(
        path=f"journals/{payload.entity_slug}/{payload.period}/{journal_id}.json",
        content=payload.model_dump_json().encode(),
        content_type="application/json",
    )
    positions = payload.claim.positions
    return PostedClaim(
        journal_id=journal_id, total=payload.claim.total, position_count=len(positions)
    )


def rate_between(given: str, wanted: str) -> Decimal:
    """Return what one unit of `given` is in `wanted`."""
    if given == wanted:
        return Decimal(1)
    rate = RATES.get((given, wanted))
    if rate is None:
        raise WorkflowError(f"no rate from {given} to {wanted}", type="NO_RATE", non_retryable=True)
    return rate


def total_of(positions: list[Position]) -> Decimal:
    """Return amounts and taxes together."""
    return sum((position.amount + position.tax for position in positions), Decimal(0))

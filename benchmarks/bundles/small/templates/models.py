"""What one claim is given, hears, passes to its activities and answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Currency = Literal["GBP", "EUR", "USD"]


class SmallContext(BaseModel):
    """Input of the run; the platform adds the tenant and entity fields."""

    tenant_id: UUID
    tenant_slug: str = Field(min_length=1)
    entity_id: UUID
    entity_slug: str = Field(min_length=1)
    claimant: str = Field(min_length=1)
    period: str = Field(pattern=r"^\d{4}-\d{2}$")
    currency: Currency = "GBP"


class ReceiptSubmitted(BaseModel):
    """Payload of the signal: a reference to an uploaded file, never its bytes."""

    model_config = ConfigDict(extra="ignore")

    document_ref: str
    source: str = ""
    filename: str = ""
    content_type: str = ""


class ReadInput(BaseModel):
    tenant_slug: str
    document_ref: str


class Position(BaseModel):
    text: str
    amount: Decimal
    tax: Decimal = Decimal(0)
    posted_on: date | None = None
    confidence: float = Field(default=1.0, ge=0, le=1)


class Receipt(BaseModel):
    document_ref: str
    merchant: str
    currency: str
    positions: list[Position]


class ConvertInput(BaseModel):
    period: str
    currency: Currency
    receipt: Receipt


class Claim(BaseModel):
    """The receipt in the currency of the books; what the approver sees."""

    merchant: str
    positions: list[Position]
    total: Decimal
    rate: Decimal = Decimal(1)


class PostInput(BaseModel):
    entity_slug: str
    claimant: str
    period: str
    document_ref: str
    claim: Claim


class PostedClaim(BaseModel):
    journal_id: UUID
    total: Decimal
    position_count: int = Field(ge=0)


class SmallResult(BaseModel):
    """What a parent runbook reads: it must look at `status` before it uses `total`."""

    status: Literal["posted", "rejected"]
    document_ref: str
    reason: str = ""
    journal_id: UUID | None = None
    total: Decimal = Decimal(0)

"""A payload codec for tests: it turns the bytes of every payload around."""

from __future__ import annotations

from collections.abc import Sequence

from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

ENCODING = b"binary/reversed"


class Reversing(PayloadCodec):
    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [
            Payload(metadata={"encoding": ENCODING}, data=each.SerializeToString()[::-1])
            for each in payloads
        ]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [
            Payload.FromString(each.data[::-1])
            if each.metadata.get("encoding") == ENCODING
            else each
            for each in payloads
        ]


def broken() -> PayloadCodec:
    raise RuntimeError("the key server is away")


class Failing(Reversing):
    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        raise RuntimeError("wrong key")


NO_CODEC = "a word"


def makes_no_codec() -> str:
    return NO_CODEC

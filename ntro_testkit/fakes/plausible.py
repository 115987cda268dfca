"""Plausible texts by kind of field, for patterns and validators that refuse "auto-mock".

Public documentation values only: example domains, documentation addresses, published test numbers.
"""

import re
from collections.abc import Iterator

# text -> the words in a field name that make it the likely one; the order is the order of trial
PLAUSIBLE: dict[str, str] = {
    "2026-01": "period month reporting accounting fiscal",
    "2026-01-01": "date day on start begin from valuation due effective",
    "2026-01-31": "end until to through close",
    "EUR": "currency ccy",
    "USD": "currency ccy quote",
    "DE": "country nation jurisdiction domicile",
    "DEU": "country alpha3",
    "US": "country state",
    "1": "number count version line amount quantity sequence index id",
    "0": "amount balance total",
    "1.00": "amount price total balance value rate sum nav",
    "0.00": "amount price total balance value",
    "2026": "year",
    "auto-mock@example.com": "email mail recipient sender assignee approver reviewer",
    "https://example.com/": "url uri link href endpoint website webhook",
    "DE89370400440532013000": "iban account",
    "DEUTDEFF": "bic swift",
    "US0378331005": "isin security instrument",
    "5493001KJTIIGC8Y1R12": "lei entity",
    "037833100": "cusip",
    "0263494": "sedol",
    "DE136695976": "vat tax",
    "01": "month day",
    "2026-Q1": "quarter period",
    "Q1": "quarter",
    "2026Q1": "quarter period",
    "202601": "period month",
    "20260101": "date day",
    "2026/01": "period month",
    "01/2026": "period month",
    "2026-W01": "week",
    "2026-01-01T00:00:00Z": "timestamp datetime at time created updated when",
    "2026-01-01T00:00:00+00:00": "timestamp datetime at",
    "2026-01-01 00:00:00": "timestamp datetime",
    "2026-01-01T00:00:00": "timestamp datetime",
    "01.01.2026": "date",
    "01/01/2026": "date",
    "12:00:00": "time hour",
    "12:00": "time hour",
    "P1D": "duration period interval",
    "00000000-0000-0000-0000-000000000000": "uuid guid id",
    "00000000-0000-4000-8000-000000000000": "uuid guid id",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV": "ulid id",
    "+4930123456": "phone mobile tel fax",
    "+12025550123": "phone mobile tel",
    "10115": "zip postal postcode plz",
    "approved": "status state decision outcome verdict",
    "pending": "status state",
    "active": "status state",
    "draft": "status state",
    "debit": "side direction entry sign",
    "credit": "side direction entry",
    "buy": "side direction",
    "sell": "side direction",
    "Auto": "first last given family surname name title",
    "Auto Mock": "name title person fund company",
    "AutoMock": "name title class",
    "AUTO-MOCK": "code symbol ticker",
    "AUTO_MOCK": "code key constant",
    "auto_mock": "key identifier field column name",
    "automock": "user login handle",
    "AUTOMOCK": "code symbol ticker",
    "AM": "initials code",
    "A": "grade class code letter",
    "a": "letter",
    "A1": "cell code",
    "AM-1": "reference ref key ticket",
    "AM-0001": "reference ref number invoice",
    "INV-0001": "invoice",
    "auto/mock": "repository path",
    "auto.mock": "module qualified",
    "en": "language lang locale",
    "en_GB": "locale language",
    "en-GB": "locale language",
    "UTC": "timezone tz zone",
    "Europe/Berlin": "timezone tz zone",
    "#000000": "color colour",
    "100%": "percent percentage",
    "1.0.0": "version release",
    "v1": "version",
    "v1.0.0": "version tag",
    "main": "branch",
    "example.com": "host hostname domain server",
    "192.0.2.1": "ip address host",
    "2001:db8::1": "ip address",
    "192.0.2.0/24": "network cidr subnet",
    "2001:db8::/32": "network cidr",
    "192.0.2.1/24": "interface",
    "00:00:5e:00:53:00": "mac",
    "auto-mock.pdf": "file filename document attachment",
    "auto-mock.csv": "file filename report export",
    "auto-mock.xlsx": "file filename workbook",
    "/auto-mock": "path route directory folder",
    "s3://auto-mock/auto-mock.pdf": "bucket location storage",
    "postgresql://localhost/auto_mock": "dsn database",
    "application/pdf": "mime content media",
    "d41d8cd98f00b204e9800998ecf8427e": "md5 hash checksum",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709": "sha1 commit hash",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855": "sha sha256 digest hash",
    "YXV0by1tb2Nr": "base64 content blob",
    "0 0 * * *": "cron schedule",
    "4242424242424242": "card pan",
    "Auto-mock1!": "password secret",
    "{}": "json payload metadata",
    "[]": "json",
    "true": "flag enabled",
    "yes": "answer flag",
    "<p/>": "xml html",
}

_VAGUE = {"account", "at", "code", "entity", "id", "key", "name", "number", "on", "value"}
_HINTED: dict[str, list[str]] = {}
for _text, _words in PLAUSIBLE.items():
    for _word in _words.split():
        _HINTED.setdefault(_word, []).append(_text)


def plausible_texts(field_name: str) -> Iterator[str]:
    """Yield every plausible text once, those the field's name speaks for first."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+", field_name)
    # the last word of a name says what it is (`invoice_currency` is a currency), unless it is vague
    telling = sorted((word.lower() for word in reversed(words)), key=_VAGUE.__contains__)
    hinted = [text for word in telling for text in _HINTED.get(word, ())]
    yield from dict.fromkeys([*hinted, *PLAUSIBLE])

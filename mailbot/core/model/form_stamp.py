"""The stamp inside a form: which cycle, unit and template it was made for, and every value it left the house with.

File names and senders do not matter where the stamp holds. Its HMAC covers the values too, so that the form as it was
sent out can be compared with the form as it came back.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass

MARK = "mailbot-form"
"""First cell of the stamp sheet."""

FIRST_VALUE_ROW = 5
"""Rows before it: mark and version, cycle, unit, signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """What a stamp says: for whom the form was made, and what it held when it was sent out."""

    cycle: str
    unit: str
    version: int
    values: dict[str, dict[str, str]]
    """`{sheet}/{code}` -> field -> text as sent out; '' for an input cell that was left open."""

    def row(self, sheet: str, code: str) -> dict[str, str] | None:
        """Return what one row held when it was sent out, or None if it was not in the form."""
        return self.values.get(f"{sheet}/{code}")

    def codes(self, sheet: str) -> tuple[str, ...]:
        """Return the codes of a sheet's rows, in the order they were sent out."""
        return tuple(key.partition("/")[2] for key in self.values if key.startswith(f"{sheet}/"))

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return the stamp's lines below the signature: a row's key and its fields as JSON."""
        return tuple(
            (key, json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":")))
            for key, fields in self.values.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StampCells:
    """The cells of a stamp as they stand in a workbook, before anybody has looked whether it holds."""

    version: str
    cycle: str
    unit: str
    signature: str
    lines: tuple[tuple[str, str], ...]

    def made_with(self, secret: bytes) -> bool:
        """Say whether the signature was made with that secret, and covers exactly these cells."""
        return holds(secret, self.signature, self.cycle, self.unit, self.version, self.lines)


def sign(secret: bytes, cycle: str, unit: str, version: str, lines: tuple[tuple[str, str], ...]) -> str:
    """Return the HMAC-SHA256 of a stamp as hex; every part is length-prefixed, so that none can pass for another."""
    mac = hmac.new(secret, MARK.encode(), hashlib.sha256)
    for part in (version, cycle, unit, *(piece for line in lines for piece in line)):
        data = part.encode()
        mac.update(b"%d:%b" % (len(data), data))
    return mac.hexdigest()


def holds(
    secret: bytes, signature: str, cycle: str, unit: str, version: str, lines: tuple[tuple[str, str], ...]
) -> bool:
    """Say whether a signature is ours and covers exactly these parts."""
    return hmac.compare_digest(sign(secret, cycle, unit, version, lines), signature)

"""Two ways out that do not do what they say: one hands a receipt over twice, one not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.examiner.letter import Letter
from tests.examiner.tape import Left

if TYPE_CHECKING:
    from collections.abc import Callable


class Doubles:
    """Hands every receipt over twice."""

    def __init__(self, courier: Any) -> None:  # noqa: ANN401 - any way out
        """Stand before the way out."""
        self._courier = courier

    def send(self, sender: str, recipient: str, raw: bytes, *, before_data: Callable[[], None]) -> str:
        """Hand a letter over."""
        reply: str = self._courier.send(sender, recipient, raw, before_data=before_data)
        if _is_receipt(raw):
            self._courier.send(sender, recipient, raw, before_data=lambda: None)
        return reply


class Drops:
    """Says that a receipt was taken, and drops it."""

    def __init__(self, courier: Any) -> None:  # noqa: ANN401 - any way out
        """Stand before the way out."""
        self._courier = courier

    def send(self, sender: str, recipient: str, raw: bytes, *, before_data: Callable[[], None]) -> str:
        """Hand a letter over, or not."""
        if _is_receipt(raw):
            before_data()
            return "250 2.0.0 Ok"
        reply: str = self._courier.send(sender, recipient, raw, before_data=before_data)
        return reply


def _is_receipt(raw: bytes) -> bool:
    return Letter(Left(at=datetime(2026, 1, 5, tzinfo=UTC), to="", raw=raw)).kind == "receipt"

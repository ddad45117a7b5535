"""A paper's question and its check as they pass between the daemon and the reader's own process (rows 7 and 8)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperReason, PaperSignature
from mailbot.reading.signature.paper import Examined, Question
from mailbot.reading.signature.trusted import Trusted


def dump_question(name: str, question: Question) -> bytes:
    """Return a question as JSON; the document to hold it against follows the paper, and is told by its length."""
    trusted = question.trusted
    return json.dumps(
        {
            "name": name,
            "certificates": [one.hex() for one in trusted.certificates],
            "revoked": [one.hex() for one in trusted.revoked],
            "signers": trusted.signers,
            "at": question.at.isoformat(),
            "against": len(question.against),
            "largest_bytes": question.largest_bytes,
        }
    ).encode("ascii")


def load_question(told: bytes, content: bytes) -> tuple[str, bytes, Question]:
    """Return the name of a paper, the paper, and the question that `dump_question` told of it."""
    its = json.loads(told)
    end = len(content) - its["against"]
    question = Question(
        trusted=Trusted(
            certificates=tuple(map(bytes.fromhex, its["certificates"])),
            revoked=tuple(map(bytes.fromhex, its["revoked"])),
            signers=tuple(its["signers"]),
        ),
        at=datetime.fromisoformat(its["at"]),
        against=content[end:],
        largest_bytes=its["largest_bytes"],
    )
    return its["name"], content[:end], question


def dump_examined(examined: Examined) -> dict[str, Any]:
    """Return what was found as plain values."""
    return {"check": dump_check(examined.check), "expected": examined.expected, "to_read": examined.to_read}


def load_examined(values: dict[str, Any]) -> Examined:
    """Return what was found that `dump_examined` made the values from.

    Raises:
        KeyError, ValueError, TypeError: the values are of another make.
    """
    return Examined(
        check=load_check(values["check"]),
        expected=tuple(map(str, values["expected"])),
        to_read=tuple(map(int, values["to_read"])),
    )


def dump_check(check: PaperCheck) -> dict[str, Any]:
    """Return a check as plain values."""
    signatures = [
        asdict(one) | {"signed_at": _moment(one.signed_at), "stamped_at": _moment(one.stamped_at)}
        for one in check.signatures
    ]
    return asdict(check) | {"signatures": signatures}


def load_check(values: dict[str, Any]) -> PaperCheck:
    """Return the check that `dump_check` made the values from; raises as `load_examined`."""
    signatures = tuple(
        PaperSignature(**one | {"signed_at": _read(one["signed_at"]), "stamped_at": _read(one["stamped_at"])})
        for one in values["signatures"]
    )
    reasons = tuple(PaperReason(**one | {"flaw": PaperFlaw(one["flaw"])}) for one in values["reasons"])
    return PaperCheck(**values | {"signatures": signatures, "reasons": reasons})


def _moment(at: datetime | None) -> str | None:
    """Return a moment as text."""
    return None if at is None else at.isoformat()


def _read(text: str | None) -> datetime | None:
    """Return the moment of a text."""
    return None if text is None else datetime.fromisoformat(text)

"""`mailbot restore --check`: what a backup is worth, and what putting it in place would come to; nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.cli.standing import local
from mailbot.ledger.copies.comparing import since
from mailbot.ledger.copies.proving import Fault, prove
from mailbot.ledger.files_and_notes import SIGNED_BY
from mailbot.ledger.place import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from mailbot.core.model.office import Office
    from mailbot.ledger.copies.comparing import Since
    from mailbot.ledger.copies.proving import Proof

_HOUR_SECONDS = 3600
_DAY_HOURS = 48
_WRONG = {
    Fault.NO_LEDGER: "it is no ledger of mailbot's: {detail}",
    Fault.DAMAGED: "it is damaged: {detail}",
    Fault.CHANGED: "its bytes are not those that were written, by the digest in {detail}",
    Fault.FILE: "files kept in it are not what they were: {detail}",
    Fault.CHAIN: "line {detail} of its journal does not fit the one before",
    Fault.NEWER: "a newer mailbot wrote it (schema {detail}, this program knows up to "
    + SCHEMA
    + "); install that one",
}


def backup_words(copy: Path, ledger: Path, office: Office, key: str, at: datetime) -> tuple[bool, tuple[str, ...]]:
    """Return whether a backup can be put in place, and what a person reads about it.

    Args:
        copy: the backup.
        ledger: where it would be put.
        office: whose clock it is told by.
        key: fingerprint of the office's present key; empty where there is none.
        at: now.

    Raises:
        OSError: the file cannot be read.
    """
    proof = prove(copy)
    if proof.wrong:
        wrong = (f"  {_WRONG[fault].format(detail=detail)}" for fault, detail in proof.wrong)
        return False, (f"{copy} must NOT be put in place:", *wrong, "Take another one; nothing was changed.")
    return True, tuple(_good(copy, proof, ledger, office, key, at))


def _good(copy: Path, proof: Proof, ledger: Path, office: Office, key: str, at: datetime) -> Iterator[str]:
    """Yield what a person reads of a backup that is sound."""
    digest = "its bytes are those that were written" if proof.digest_held else "no digest lies beside it"
    yield f"{copy}: whole; {digest}. {proof.size_bytes / 1_000_000:.1f} MB, schema {proof.schema}{_upgrade(proof)}."
    figures = (
        f"{proof.rows.get('inbox', 0)} mails, {proof.rows.get('outbox', 0)} letters, {proof.lines} lines of journal"
    )
    yield f"In it: {figures}; cycles: {', '.join(proof.cycles) or 'none'}."
    if proof.last_at is not None:
        yield f"Its last line is of {local(proof.last_at, office)}, {_age(proof.last_at, at)}; head {proof.head[:16]}."
    yield from _since_words(since(ledger, proof), ledger)
    yield _key_words(proof.notes.get(SIGNED_BY, ""), key)
    yield f"Nothing was changed. With the daemon stopped, it is put in place by: mailbot restore {copy}"


def _upgrade(proof: Proof) -> str:
    """Say what becomes of an older schema."""
    return f", brought up to {SCHEMA} by the next start" if proof.schema < SCHEMA else ""


def _age(then: datetime, at: datetime) -> str:
    """Say how long ago a moment is."""
    hours = round((at - then).total_seconds() / _HOUR_SECONDS)
    return f"{hours} hours ago" if hours < _DAY_HOURS else f"{hours // 24} days ago"


def _since_words(came: Since | None, ledger: Path) -> Iterator[str]:
    """Yield what the present ledger has that the backup lacks."""
    if came is None:
        yield f"The present ledger {ledger} is not there, or cannot be read: what came since cannot be told."
        return
    if not came.former:
        yield f"It is NO former state of {ledger}: another ledger's, or of one that was put back since."
        return
    opened = f", cycles opened: {', '.join(came.cycles)}" if came.cycles else ""
    yield f"Since then: {came.mails} mails, {came.letters} letters, {came.lines} lines of journal{opened}."
    yield "What came is read again from the mailbox, and nothing is sent twice; what was typed on this machine is not."


def _key_words(signed_by: str, key: str) -> str:
    """Say whether the office's key is the one by which the forms of that time are known."""
    if not signed_by:
        return "By which key its forms are signed is not noted in it; keep the secret.key of its time."
    if not key:
        return f"Its forms are signed by the key {signed_by}; there is none here. Put secret.key back as well."
    if key != signed_by:
        return (
            f"Its forms are signed by the key {signed_by}, and the one here is {key}: put its secret.key back as well."
        )
    return f"Its forms are signed by the key that is here ({key})."

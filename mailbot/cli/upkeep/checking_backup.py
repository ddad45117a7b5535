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
    from mailbot.settings.sayings.catalogue import Say

_HOUR_SECONDS = 3600
_DAY_HOURS = 48
_WRONG = {
    Fault.NO_LEDGER: "re_no_ledger",
    Fault.DAMAGED: "re_damaged",
    Fault.CHANGED: "re_changed",
    Fault.FILE: "re_file",
    Fault.CHAIN: "re_chain",
    Fault.NEWER: "re_newer",
}


def backup_words(
    copy: Path, ledger: Path, office: Office, key: str, at: datetime, say: Say
) -> tuple[bool, tuple[str, ...]]:
    """Return whether a backup can be put in place, and what a person reads about it.

    Args:
        copy: the backup.
        ledger: where it would be put.
        office: whose clock it is told by.
        key: fingerprint of the office's present key; empty where there is none.
        at: now.
        say: in whose language it is said.

    Raises:
        OSError: the file cannot be read.
    """
    proof = prove(copy)
    if proof.wrong:
        wrong = (f"  {say(_WRONG[fault], detail=detail, known=SCHEMA)}" for fault, detail in proof.wrong)
        return False, (say("re_must_not", copy=copy), *wrong, say("re_take_another"))
    return True, tuple(_good(copy, proof, ledger, office, (key, at), say))


def _good(
    copy: Path, proof: Proof, ledger: Path, office: Office, here: tuple[str, datetime], say: Say
) -> Iterator[str]:
    """Yield what a person reads of a backup that is sound, where the present key is that, at that moment."""
    key, at = here
    yield say(
        "re_whole",
        copy=copy,
        digest=say("re_digest_held") if proof.digest_held else say("re_no_digest"),
        size=f"{proof.size_bytes / 1_000_000:.1f}",
        schema=proof.schema,
        upgrade=say("re_upgraded", known=SCHEMA) if proof.schema < SCHEMA else "",
    )
    yield say(
        "re_in_it",
        mails=proof.rows.get("inbox", 0),
        letters=proof.rows.get("outbox", 0),
        lines=proof.lines,
        cycles=", ".join(proof.cycles) or say("st_none"),
    )
    if proof.elsewhere:
        yield say("ba_elsewhere", count=proof.elsewhere)
    if proof.last_at is not None:
        age = _age(proof.last_at, at, say)
        yield say("re_last", at=local(proof.last_at, office), age=age, head=proof.head[:16])
    yield from _since_words(since(ledger, proof), ledger, say)
    yield _key_words(proof.notes.get(SIGNED_BY, ""), key, say)
    yield say("re_how", command=f"mailbot restore {copy}")


def _age(then: datetime, at: datetime, say: Say) -> str:
    """Say how long ago a moment is."""
    hours = round((at - then).total_seconds() / _HOUR_SECONDS)
    if hours < _DAY_HOURS:
        return say("re_hours_ago", count=hours)
    return say("re_days_ago", count=hours // 24)


def _since_words(came: Since | None, ledger: Path, say: Say) -> Iterator[str]:
    """Yield what the present ledger has that the backup lacks."""
    if came is None:
        yield say("re_no_present", ledger=ledger)
        return
    if not came.former:
        yield say("re_another", ledger=ledger)
        return
    opened = say("re_opened", cycles=", ".join(came.cycles)) if came.cycles else ""
    yield say("re_since", mails=came.mails, letters=came.letters, lines=came.lines, opened=opened)
    yield say("re_again")


def _key_words(signed_by: str, key: str, say: Say) -> str:
    """Say whether the office's key is the one by which the forms of that time are known."""
    if not signed_by:
        return say("re_key_unknown")
    if not key:
        return say("re_key_gone", key=signed_by)
    if key != signed_by:
        return say("re_key_other", key=signed_by, here=key)
    return say("re_key_here", key=key)

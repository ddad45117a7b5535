"""What the ledger knows of configurations: the one in force, with its very files, and the one that waits for a word."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.core.configuration.edits import WaitingEdit
from mailbot.core.procedure.addressing import line
from mailbot.ledger.files_and_notes import CONFIG_ACCEPTED, CONFIG_APPROVED, CONFIG_REFUSED, CONFIG_WAITS
from mailbot.ledger.values import Changes, KeptFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.core.configuration.edits import DecidedEdit
    from mailbot.core.model.outcome import JournalLine
    from mailbot.ledger.ledger import Ledger

_YAML, _OTHER = "application/yaml", "application/octet-stream"
Notes = tuple[tuple[str, str], ...]


def accepted_files(ledger: Ledger) -> dict[str, bytes] | None:
    """Return what belongs to the configuration in force by name, as a folder is read; None where none was accepted."""
    noted = ledger.notes.read(CONFIG_ACCEPTED)
    if not noted:
        return None
    return {name: ledger.files.read(sha256) for name, sha256 in json.loads(noted)["files"].items()}


def accepted_digest(ledger: Ledger) -> str:
    """Return the digest of the configuration in force; empty where none was ever accepted."""
    noted = ledger.notes.read(CONFIG_ACCEPTED)
    return str(json.loads(noted)["digest"]) if noted else ""


def accepted_whole(ledger: Ledger) -> bool:
    """Say whether what was accepted is all that belongs to a configuration, and not its five files alone, as once."""
    noted = ledger.notes.read(CONFIG_ACCEPTED)
    return bool(noted and json.loads(noted).get("whole"))


def accept(ledger: Ledger, digest: str, contents: Mapping[str, bytes], at: datetime) -> None:
    """Keep the first configuration this ledger sees, as it is."""
    notes, files = accepting(digest, contents, at)
    ledger.commit(Changes(at=at, notes=notes, files=files))


def accepting(digest: str, contents: Mapping[str, bytes], at: datetime) -> tuple[Notes, tuple[KeptFile, ...]]:
    """Return what is written down of a configuration that counts from now on: no other one waits any more."""
    import hashlib  # noqa: PLC0415 - a quiet pass takes no configuration

    named = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    accepted = json.dumps({"digest": digest, "since": at.isoformat(), "files": named, "whole": True})
    files = tuple(
        KeptFile(content=content, media_type=_YAML if name.isalpha() else _OTHER) for name, content in contents.items()
    )
    return ((CONFIG_ACCEPTED, accepted), *nothing_waits()), files


def nothing_waits() -> Notes:
    """Return the notes by which no configuration waits, and none is approved or refused."""
    return ((CONFIG_WAITS, ""), (CONFIG_APPROVED, ""), (CONFIG_REFUSED, ""))


def waiting_edit(ledger: Ledger) -> WaitingEdit | None:
    """Return the edited configuration that waits for the operator's word, if one does."""
    noted = ledger.notes.read(CONFIG_WAITS)
    if not noted:
        return None
    values = json.loads(noted)
    since, words = datetime.fromisoformat(values["since"]), tuple(values["words"])
    return WaitingEdit(digest=values["digest"], since=since, words=words, count=values["count"])


def noted_edit(edit: WaitingEdit) -> str:
    """Return the note of a configuration that waits."""
    return json.dumps(asdict(edit) | {"since": edit.since.isoformat()})


def decided_notes(decided: DecidedEdit | None) -> Notes:
    """Return the note of what the operator has decided about the configuration that waits."""
    if decided is None:
        return ()
    return ((CONFIG_APPROVED if decided.approved else CONFIG_REFUSED, decided.digest),)


def decided_line(decided: DecidedEdit, at: datetime) -> JournalLine:
    """Return the journal's line of what he has decided, and by what it is known that it was he."""
    event = "configuration_approved" if decided.approved else "configuration_refused"
    detail = {"digest": decided.digest, "mail": decided.mail_sha256, "address": decided.address, "proof": decided.proof}
    return line(at, event, decided.person, **detail)

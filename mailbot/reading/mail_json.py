"""One mail between the reader's own process and the daemon: JSON for what it says, bare bytes for its files.

The daemon makes every value of it anew, by kind: a process that a mail has taken over can send nothing else.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mailbot.core.model.mail import Attachment, Automatic, Bounce, Gesture, Mail, OwnText, Proof

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOT_READ = frozenset({"received_at", "forms", "lines", "oversize", "subject_beside"})
"""Fields of a mail that are the caller's, and no reader's."""
_TEXTS = ("sha256", "message_id", "subject", "own_words", "sent_by", "returns_on", "stands_in")
_LISTS = ("senders", "in_reply_to", "tokens", "codes", "unopened", "cloud_links", "defects")
_TRUTHS = ("renderings_agree", "quotes", "through_list")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTask:
    """What a mail is read with beside its bytes; as the arguments of `read_mail`."""

    received_at: datetime
    own_addresses: tuple[str, ...]
    authserv_ids: tuple[str, ...]
    signed_by: str


def dump_mail_task(task: MailTask) -> dict[str, Any]:
    """Return a task as plain values."""
    return asdict(task) | {"received_at": task.received_at.isoformat()}


def load_mail_task(values: dict[str, Any]) -> MailTask:
    """Return the task that `dump_mail_task` made the values from."""
    return MailTask(
        received_at=datetime.fromisoformat(values["received_at"]),
        own_addresses=tuple(values["own_addresses"]),
        authserv_ids=tuple(values["authserv_ids"]),
        signed_by=str(values["signed_by"]),
    )


def dump_mail(mail: Mail) -> dict[str, Any]:
    """Return what a mail says as plain values; the bytes of its files are left out, their lengths are not."""
    values = {field.name: getattr(mail, field.name) for field in fields(mail) if field.name not in _NOT_READ}
    files = [[file.sha256, file.name, file.media_type, file.size_bytes] for file in mail.attachments]
    return values | {
        "attachments": files,
        "bounces": [asdict(bounce) for bounce in mail.bounces],
        "own_texts": [[text.own, text.doubtful] for text in mail.own_texts],
    }


def load_mail(values: dict[str, Any], contents: Sequence[bytes], received_at: datetime) -> Mail:
    """Return the mail that `dump_mail` made the values from.

    Args:
        values: as dumped, and put through JSON.
        contents: the bytes of its files, in order.
        received_at: when our server took it.

    Raises:
        KeyError, ValueError, TypeError: the values are of another make.
    """
    body = values["words_of_body"]
    files = [_attachment(file, content) for file, content in zip(values["attachments"], contents, strict=True)]
    made: dict[str, Any] = {name: str(values[name]) for name in _TEXTS}
    made |= {name: tuple(map(str, values[name])) for name in _LISTS}
    made |= {name: bool(values[name]) for name in _TRUTHS}
    return Mail(
        **made,
        received_at=received_at,
        proof=Proof(values["proof"]),
        gesture=None if values["gesture"] is None else Gesture(values["gesture"]),
        automatic=None if values["automatic"] is None else Automatic(values["automatic"]),
        words_of_body=None if body is None else str(body),
        own_texts=tuple(OwnText(own=str(own), doubtful=str(doubtful)) for own, doubtful in values["own_texts"]),
        bounces=tuple(map(_bounce, values["bounces"])),
        attachments=tuple(files),
    )


def _bounce(values: dict[str, Any]) -> Bounce:
    """Return what a report says of one recipient."""
    returned = tuple((str(name), str(value)) for name, value in values.pop("returned"))
    return Bounce(**values, returned=returned)


def _attachment(values: list[Any], content: bytes) -> Attachment:
    """Return one file of a mail."""
    sha256, name, media_type, size_bytes = values
    return Attachment(
        sha256=str(sha256), name=str(name), media_type=str(media_type), size_bytes=int(size_bytes), content=content
    )

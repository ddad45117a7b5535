"""Mails laid on a desk: a mail's fields by keyword, beside a cycle of the small office."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.form import ReadForm
from mailbot.core.model.letters import Answers, Letter
from mailbot.core.model.mail import Attachment, Mail, Proof, Source
from mailbot.core.model.office import Office
from mailbot.core.sorting.placing import Desk, SentLetter
from tests.offices.small import OFFICE, wib

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MAIL = Mail(
    sha256="a" * 64,
    message_id="<balasan@example.go.id>",
    received_at=wib(8, 9),
    senders=("kabid.dafduk@example.go.id",),
    subject="Re: Permintaan Data",
    in_reply_to=("<mb1.2@example.go.id>", "<mb1.1@example.go.id>"),
    own_words="",
    proof=Proof.AUTHENTICATED,
)


def attachment(sha256: str, media_type: str = XLSX, name: str = "berkas") -> Attachment:
    """Return a file of a mail."""
    return Attachment(sha256=sha256, name=name, media_type=media_type, size_bytes=3, content=b"isi")


def sent(letter: Letter) -> SentLetter:
    """Return a letter as the outbox knows it."""
    return SentLetter(
        key=letter.key,
        kind=letter.kind.value,
        cycle=letter.cycle,
        unit=letter.unit,
        person=letter.to,
        address=letter.address,
        asks=letter.asks,
        number=letter.number,
    )


def desk(
    *cycles: Cycle,
    mail: Mail = MAIL,
    about: tuple[SentLetter, ...] = (),
    at: datetime = wib(8, 9),  # noqa: B008 - a moment never changes
    office: Office = OFFICE,
) -> Desk:
    """Lay a mail on the desk."""
    return Desk(
        mail=mail,
        at=at,
        office=office,
        about=about,
        bounced=(),
        cycles=cycles,
        last={cycle.key: {"IKU-02": Decimal("99.12")} for cycle in cycles},
    )


def mail_of(person: str, own_words: str = "", *forms: ReadForm, files: tuple[Attachment, ...] = ()) -> Mail:
    """Return a mail of somebody on the list."""
    address = OFFICE.roster.person(person).addresses[0]
    carried = tuple(attachment(form.file_sha256, name=form.file_name) for form in forms)
    return replace(MAIL, senders=(address,), own_words=own_words, forms=forms, attachments=(*carried, *files))


def source(person: str, address: str = "") -> Source:
    """Return where the facts of that person's mail come from."""
    who = OFFICE.roster.person(person)
    return Source(
        mail_sha256="a" * 64,
        answers=Answers(
            message_id="<balasan@example.go.id>",
            references=("<mb1.1@example.go.id>", "<mb1.2@example.go.id>"),
            subject="Re: Permintaan Data",
            proved=True,
        ),
        address=address or who.addresses[0],
        person=who,
        proof=Proof.AUTHENTICATED,
        received_at=MAIL.received_at,
    )

"""The plain way and the floor of a pass over returned forms: what libraries do by themselves, what must be done.

Plain: imap-tools one mail at a time; openpyxl opens the form, looks at each answer, marks what is wrong, saves;
SQLModel writes a row for each answer and commits; EmailMessage; one SMTP session a letter. Floor: the same bytes
fetched in one command, written with one commit, and letters of the same size handed over in one session.
"""

from __future__ import annotations

import imaplib
import io
import smtplib
import sqlite3
from email.message import EmailMessage
from pathlib import Path

import openpyxl
from imap_tools import MailBox, MailMessage
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from sqlmodel import Field, Session, SQLModel, create_engine

from mailbot.post.account import Account

_WRONG = PatternFill("solid", fgColor="FFF4CCCC")
_ANSWERS = ("Realisasi", "Faktor Pendukung", "Faktor Penghambat", "Tindak Lanjut", "Data Dukung", "Realisasi (Rp)")
_SUBJECT = "Form isian dikembalikan untuk diperbaiki"
_WORDS = "Dengan hormat,\n\nform isian belum dapat diterima. Mohon diperbaiki pada sel yang ditandai.\n"


class MailRow(SQLModel, table=True):
    """One mail that came."""

    __tablename__ = "plain_mail"
    id: int | None = Field(default=None, primary_key=True)
    uid: str
    sender: str
    raw: bytes


class AnswerRow(SQLModel, table=True):
    """One answer of a form."""

    __tablename__ = "plain_answer"
    id: int | None = Field(default=None, primary_key=True)
    mail: int = Field(foreign_key="plain_mail.id")
    code: str
    column: str
    text: str
    fault: str


def plain_pass(imap: Account, smtp: Account, ledger: Path) -> int:
    """Take in every mail of INBOX, return each form with its marked workbook; return how many were returned."""
    engine = create_engine(f"sqlite:///{ledger}")
    SQLModel.metadata.create_all(engine, tables=[MailRow.__table__, AnswerRow.__table__])  # type: ignore[attr-defined]  # SQLModel does not type it
    returned = 0
    with (
        MailBox(imap.host, imap.port, ssl_context=imap.tls_context()).login(imap.user, imap.password) as box,
        Session(engine) as session,
    ):
        for mail in box.fetch(mark_seen=False):
            for file in mail.attachments:
                _send(smtp, _answer(mail, smtp.user, _returned(session, mail, file.payload), file.filename))
                returned += 1
    engine.dispose()
    return returned


def _returned(session: Session, mail: MailMessage, content: bytes) -> bytes:
    """Look at a form's answers, mark what is wrong, and write everything down; return the marked workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    row = MailRow(uid=mail.uid or "", sender=mail.from_, raw=mail.obj.as_bytes())
    session.add(row)
    session.flush()
    session.add_all(
        AnswerRow(mail=row.id or 0, code=code, column=column, text=text, fault=fault)
        for code, column, text, fault in _judged(book)
    )
    session.commit()
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _judged(book: Workbook) -> list[tuple[str, str, str, str]]:
    """Return code, column, text and fault of every answer; cells with a fault are coloured, and bear a comment."""
    found = []
    for sheet in book.worksheets:
        columns: dict[int, str] = {}
        for cells in sheet.iter_rows():
            named = {
                cell.column: str(cell.value).removesuffix(" *").strip() for cell in cells if cell.value is not None
            }
            if "Kode" in named.values():
                columns = dict(named)
                continue
            coded = [cell.value for cell in cells if columns.get(cell.column or 0) == "Kode"]
            code = str(coded[0]) if coded and coded[0] else ""
            for cell in cells:
                column = columns.get(cell.column or 0, "")
                if not code or column not in _ANSWERS:
                    continue
                fault = _fault(column, cell.value)
                if fault:
                    cell.fill = _WRONG
                    cell.comment = Comment(fault, "mailbot")
                found.append((code, column, "" if cell.value is None else str(cell.value), fault))
    return found


def _fault(column: str, value: object) -> str:
    """Return what is wrong with an answer, empty if nothing is."""
    if column.startswith("Realisasi"):
        return "" if isinstance(value, int | float) else "Isilah dengan angka."
    return "" if value is not None or column != "Faktor Pendukung" else "Mohon diisi."


def _answer(mail: MailMessage, sender: str, content: bytes, name: str) -> EmailMessage:
    """Write the letter that returns a form."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, mail.from_, _SUBJECT
    letter["In-Reply-To"] = letter["References"] = mail.headers["message-id"][0]
    letter.set_content(_WORDS)
    letter.add_attachment(
        content,
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        filename=name,
    )
    return letter


def _send(account: Account, letter: EmailMessage) -> None:
    """Hand one letter over, in a session of its own."""
    with smtplib.SMTP(account.host, account.port) as smtp:
        smtp.starttls(context=account.tls_context())
        smtp.login(account.user, account.password)
        smtp.send_message(letter)


def floor_pass(imap: Account, smtp: Account, ledger: Path, letters: dict[str, bytes]) -> int:
    """Fetch every mail of INBOX, write mails and letters down, hand the letters over; return how many left.

    Args:
        imap: where the mails are.
        smtp: where the letters go.
        ledger: a SQLite file that is not there yet.
        letters: the finished bytes by recipient.
    """
    with imaplib.IMAP4_SSL(imap.host, imap.port, ssl_context=imap.tls_context()) as box:
        box.login(imap.user, imap.password)
        box.select("INBOX", readonly=True)
        _, parts = box.fetch("1:*", "(UID BODY.PEEK[])")
        mails = [part[1] for part in parts if isinstance(part, tuple)]
    database = sqlite3.connect(ledger)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    with database:
        database.execute("CREATE TABLE mail (raw BLOB, letter BLOB)")
        database.executemany("INSERT INTO mail VALUES (?, ?)", zip(mails, letters.values(), strict=True))
    database.close()
    with smtplib.SMTP(smtp.host, smtp.port) as post:
        post.starttls(context=smtp.tls_context())
        post.login(smtp.user, smtp.password)
        for recipient, raw in letters.items():
            post.sendmail(smtp.user, [recipient], raw)
    return len(letters)

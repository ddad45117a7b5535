"""Letters composed, and the Surat Pengantar filled, beside EmailMessage and docxtpl, with the limit beside them.

EmailMessage is given finished words: it renders none, as mailbot does, in plain text and in HTML. The limit is what no
way can do without: encoding the files of the mail, packing the one part of the Word file that changes.
"""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial

import jinja2
from docxtpl import DocxTemplate

from bench.side_by_side import Way, measure, table
from mailbot.core.model.letters import LetterKind
from mailbot.writing.letters.letter import Attached, write_letter
from mailbot.writing.word.cover_letter import REQUEST_FILE, cover_values, write_cover_letter
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import shipped_templates
from tests.offices.long_names import SECRET, long_named_office
from tests.writing.sample_letters import WRITTEN_AT, full_letter

KINDS = (LetterKind.REQUEST, LetterKind.RETURNED, LetterKind.RECEIPT)
FILE_BYTES = 24_000
_FOLDERS = (shipped_templates(),)
_HEADERS = ("From", "To", "Subject", "Message-ID", "Date")


def main() -> None:
    """Print a table for each kind of letter, and one for the Word file."""
    for kind in KINDS:
        print(table(f"Letter composed: {kind.value}, with a file of {FILE_BYTES // 1000} kB", measure(composed(kind))))
    print(table("Surat Pengantar filled, as DOCX", measure(filled())))


def composed(kind: LetterKind) -> tuple[Way, ...]:
    """Return the ways of composing a letter."""
    sample = full_letter(kind)
    file = Attached(name="Form-Isian.xlsx", media_type="application/octet-stream", content=bytes(FILE_BYTES))
    ours = partial(
        write_letter,
        sample.letter,
        sample.cycle,
        long_named_office(),
        enclosures=(file,),
        edits=sample.edits,
        secret=SECRET,
        written_at=WRITTEN_AT,
        template_folders=_FOLDERS,
    )
    raw = ours().raw
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    files = [part.get_content() for part in mail.iter_attachments()]
    files = [content if isinstance(content, bytes) else str(content).encode() for content in files]
    return (
        Way(name="EmailMessage, from finished words", work=partial(_plainly, mail, files)),
        Way(name="mailbot, words rendered too", work=ours, times=10),
        Way(name="limit: encoding the files", work=partial(_encode, files), times=50),
    )


def _plainly(mail: EmailMessage, files: list[bytes]) -> bytes:
    """Put the same mail together with the standard library."""
    plain = EmailMessage(policy=policy.SMTP)
    for name in _HEADERS:
        plain[name] = mail[name]
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    plain.set_content(text.get_content())
    if html is not None:
        plain.add_alternative(html.get_content(), subtype="html")
    for number, content in enumerate(files):
        plain.add_attachment(content, maintype="application", subtype="octet-stream", filename=f"berkas-{number}.bin")
    return plain.as_bytes()


def _encode(files: list[bytes]) -> None:
    """Encode the files, and nothing else."""
    for content in files:
        base64.encodebytes(content)


def filled() -> tuple[Way, ...]:
    """Return the ways of filling the Word file of a Surat Pengantar."""
    sample, office = full_letter(LetterKind.REQUEST), long_named_office()
    assert sample.cycle is not None
    values = cover_values(sample.letter, sample.cycle, office, read_phrases(_FOLDERS, office.calendar))
    template = (shipped_templates() / REQUEST_FILE).read_bytes()
    ours = partial(write_cover_letter, sample.letter, sample.cycle, office, template_folders=_FOLDERS)
    with zipfile.ZipFile(io.BytesIO(ours())) as made:
        part = made.read("word/document.xml")
    return (
        Way(name="docxtpl, template opened, filled, saved", work=partial(_fill, template, values)),
        Way(name="mailbot, read back as well", work=ours),
        Way(name="limit: packing the part that changes", work=partial(zlib.compress, part, 6), times=50),
    )


def _fill(template: bytes, values: dict[str, object]) -> bytes:
    """Fill the Word file as docxtpl's manual does."""
    document, target = DocxTemplate(io.BytesIO(template)), io.BytesIO()
    document.render({**values, "logo": ""}, jinja2.Environment(autoescape=True))
    document.save(target)
    return target.getvalue()

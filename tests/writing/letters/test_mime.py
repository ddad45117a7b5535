"""Every byte of a letter is the one that the standard library writes for the same mail."""

from __future__ import annotations

import base64
import email
import hashlib
from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailbot.writing.letters.address_field import address_field
from mailbot.writing.letters.mime import POLICY, Attached, header, mail_bytes
from mailbot.writing.words.phrases import MAIL

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES = st.text(st.characters(blacklist_categories=["Cs"]), max_size=300)
WORDS = st.lists(
    st.text(st.characters(min_codepoint=33, blacklist_categories=["Cs", "Zl", "Zp", "Zs", "Cc"]), min_size=1)
)
NAMES = st.text(st.sampled_from("abc Form–é._()'"), min_size=1, max_size=70).map(str.strip).filter(bool)
FILES = st.lists(
    st.builds(
        Attached, name=NAMES, media_type=st.sampled_from((XLSX, "application/pdf")), content=st.binary(max_size=200)
    ),
    max_size=3,
)


def by_the_library(subject: str, text: str, html: str, files: tuple[Attached, ...], key: str) -> bytes:
    """Write the same mail by the library alone."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = Address(display_name="Dinas Kependudukan dan Pencatatan Sipil", addr_spec="lkjip@example.go.id")
    mail["Subject"] = subject
    mail["Auto-Submitted"] = "auto-generated"
    mail["Message-ID"] = "<mb1.0123456789abcdef@example.go.id>"
    mail["References"] = "<1@example.go.id> <2@example.go.id>"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    for file in files:
        maintype, _, subtype = file.media_type.partition("/")
        mail.add_attachment(file.content, maintype=maintype, subtype=subtype, filename=file.name)
    stem = hashlib.sha256(key.encode()).hexdigest()[:24]
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_mb1_{stem}_{number}")
    return mail.as_bytes()


@given(words=WORDS, text=LINES, html=LINES, files=FILES.map(tuple), key=st.text("abc/12", min_size=1))
@example(words=["Pengesahan", "–"], text="a\n\nb ", html="<p>.</p>\n", files=(), key="receipt/2025/piak/1")
def test_a_letter_is_written_as_the_library_writes_it(
    words: list[str], text: str, html: str, files: tuple[Attached, ...], key: str
) -> None:
    """Headers folded and encoded, faces, names of files, boundaries and line ends."""
    subject = " ".join(words)
    headers = (
        address_field("From", "Dinas Kependudukan dan Pencatatan Sipil", "lkjip@example.go.id"),
        header("Subject", subject),
        header("Auto-Submitted", "auto-generated"),
        header("Message-ID", "<mb1.0123456789abcdef@example.go.id>"),
        header("References", "<1@example.go.id> <2@example.go.id>"),
    )
    assert mail_bytes(headers, text, html, files, key) == by_the_library(subject, text, html, files, key)


@given(words=st.lists(st.text("abc[]/-.12", min_size=1, max_size=30), min_size=1, max_size=12))
@example(words=["Mohon", "nomor", "Surat", "Pengantar", "LKjIP", "-", "s.d.", "21", "Jan", "[DISDUKCAPIL-LKJIP/2025]"])
def test_a_subject_begins_beside_its_name_and_stays_what_it_is(words: list[str]) -> None:
    """However long it is, its first line is not left empty, no line is too long, and it reads as it was."""
    written = header("Subject", " ".join(words))
    lines = written.decode().removesuffix("\r\n").split("\r\n")
    assert lines[0].startswith(f"Subject: {words[0]}")
    assert max(map(len, lines)) <= 78
    assert email.message_from_bytes(written + b"\r\n", policy=POLICY)["Subject"] == " ".join(words)


def parts_of(raw: bytes) -> tuple[str, bytes]:
    """Return type and bytes of the one mail that encloses another one, as it lies between the boundaries."""
    mail = mail_bytes(
        (header("Subject", "Asal"),), "a", "<p>a</p>", (Attached(name="asal.eml", media_type=MAIL, content=raw),), "x/1"
    )
    _, _, rest = mail.partition(b'filename="asal.eml"')
    boundary = b"\r\n--=_mb1_" + hashlib.sha256(b"x/1").hexdigest()[:24].encode() + b"_0--"
    content = rest.partition(b"\r\n\r\n")[2].partition(boundary)[0]
    part = next(part for part in email.message_from_bytes(mail).walk() if part.get_filename() == "asal.eml")
    return part.get_content_type(), content


def test_a_mail_that_passes_everywhere_is_enclosed_as_it_is() -> None:
    """As message/rfc822, byte for byte."""
    raw = b"From: a@example.go.id\r\nSubject: Data\r\n\r\n.\r\nFrom whom\r\n\r\n"
    assert parts_of(raw) == ("message/rfc822", raw)


@pytest.mark.parametrize(
    "raw",
    [
        "Subject: Dáta\r\n\r\nx\r\n".encode(),
        b"Subject: a\n\nx\n",
        b"Subject: a\r\n\r\nx",
        b"Subject: a\r\n\r\n" + b"x" * 999 + b"\r\n",
        b"Subject: a\r\n\r\n\x00\r\n",
        b"Subject: a\r\n\r\nx\ry\r\n",
    ],
    ids=["eight bits", "bare newlines", "no last line end", "long line", "NUL", "bare return"],
)
def test_a_mail_that_a_server_would_change_is_enclosed_as_a_file(raw: bytes) -> None:
    """In base64: it comes out as it went in."""
    kind, content = parts_of(raw)
    assert (kind, base64.decodebytes(content)) == ("application/octet-stream", raw)

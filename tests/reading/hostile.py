"""Mails made to exhaust whoever reads them, each by its recipe (T1 to T3, T12, T29), made on demand."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable

from mailbot.reading.limits import MEBIBYTE
from tests.reading.mails import with_file

FROM = b"From: kabid@example.go.id\r\n"
REPORT = b"From: mailer-daemon@example.go.id\r\nSubject: Undelivered mail\r\n\r\n"
OUT_OF_OFFICE = b"From: kabid@example.go.id\r\nSubject: Out of office\r\n\r\n"


def _page(content: bytes) -> bytes:
    """Make a mail of HTML."""
    return FROM + b"Content-Type: text/html\r\n\r\n" + content


def _text(content: bytes) -> bytes:
    """Make a mail of text."""
    return FROM + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + content


def _mixed(body: bytes) -> bytes:
    """Make a multipart of the boundary `b` with that body."""
    return FROM + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + body


def _parts(parameters: bytes, content: bytes, *, kind: bytes = b"text/plain", count: int = 190) -> bytes:
    """Make a mail of so many parts, each with those parameters in two fields of its header."""
    head = b"Content-Type: " + kind + parameters + b"\r\nContent-Disposition: inline" + parameters + b"\r\n\r\n"
    return _mixed((b"--b\r\n" + head + content + b"\r\n") * count + b"--b--\r\n")


def _nested(levels: int, filling: bytes = b"x") -> bytes:
    """Make multiparts within multiparts."""
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(levels))
    return FROM + parts + b"\r\n" + filling


def _zip(members: int, mebibytes: int = 0) -> bytes:
    """Make a zip of many members, or of one that unpacks to many zeros."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(members):
            archive.writestr(f"{number}.txt", "x")
        if mebibytes:
            with archive.open("form.xlsx", "w") as member:
                for _ in range(mebibytes):
                    member.write(bytes(MEBIBYTE))
    return packed.getvalue()


def _overlapping_zip() -> bytes:
    """Make a zip whose directory lists one member's bytes under many names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.xlsx", bytes(MEBIBYTE // 2))
        first = archive.infolist()[0]
        for number in range(1, 150):
            double = zipfile.ZipInfo(f"{number}.xlsx")
            double.header_offset, double.CRC = first.header_offset, first.CRC
            double.compress_size, double.file_size, double.compress_type = (
                first.compress_size,
                first.file_size,
                first.compress_type,
            )
            archive.filelist.append(double)
    return packed.getvalue()


RECIPES: dict[str, Callable[[], bytes]] = {
    "subject of one long encoded word": lambda: FROM + b"Subject: =?utf-8?q?" + b"a" * 214_000 + b"?=\r\n\r\nx",
    "subject of 20,000 encoded words": lambda: FROM + b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n\r\nx",
    "50,000 recipients": lambda: FROM + b"To: " + b", ".join(b"a%d@b.id" % n for n in range(50_000)) + b"\r\n\r\nx",
    "50,000 senders": lambda: b"From: " + b", ".join(b"a%d@b.id" % n for n in range(50_000)) + b"\r\n\r\nx",
    "one field of 10 MB": lambda: FROM + b"X: " + b"a" * 10 * MEBIBYTE + b"\r\n\r\nx",
    "100,000 fields": lambda: FROM + b"".join(b"X%d: a\r\n" % n for n in range(100_000)) + b"\r\nx",
    "100,000 references": lambda: FROM + b"References: " + b"<a@b.id> " * 100_000 + b"\r\n\r\nx",
    "1,000 levels": lambda: _nested(1_000),
    "5,000 levels": lambda: _nested(5_000),
    "50 levels around 20 MB": lambda: _nested(50, b"-" * 20 * MEBIBYTE),
    "50 levels around lines like delimiters": lambda: _nested(50, b"--b\r\n" * 4 * MEBIBYTE),
    "30,000 attached mails": lambda: FROM + b"Content-Type: message/rfc822\r\n\r\n" * 30_000 + b"\r\nx",
    "200,000 parts": lambda: (
        FROM + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\na\r\n" * 200_000 + b"--x--\r\n"
    ),
    "100,000 pieces of a file name": lambda: (
        FROM
        + b"Content-Disposition: attachment;"
        + b"".join(b" filename*%d*=a;" % n for n in range(100_000))
        + b"\r\n\r\nx"
    ),
    "a boundary of 1 MB": lambda: (
        FROM
        + b"Content-Type: multipart/mixed; boundary="
        + b"b" * MEBIBYTE
        + b"\r\n\r\n--"
        + b"b" * MEBIBYTE
        + b"\r\n\r\nx"
    ),
    "a charset that is slow": lambda: FROM + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a-" * 200_000,
    "NUL everywhere": lambda: FROM + bytes(MEBIBYTE),
    "HTML: only brackets": lambda: _page(b"<" * MEBIBYTE),
    "HTML: only tags": lambda: _page(b"<b>" * 350_000),
    "HTML: comments that never end": lambda: _page(b"<!--" * 250_000),
    "HTML: quotes that never end": lambda: _page(b'<a href="' * 100_000),
    "HTML: attributes without end": lambda: _page(b"<a " + b"x=y " * 250_000 + b">"),
    "HTML: elements never closed": lambda: _page(b"<div>x" * 170_000),
    "HTML: closed and never opened": lambda: _page(b"<div>" * 500 + b"</i>" * 250_000),
    "HTML: scripts never closed": lambda: _page(b"<script>" * 130_000),
    "HTML: style sheets": lambda: _page(b"<style>" + b".a{display:none}" * 30_000 + b"</style><p class=a>x</p>"),
    "text: half a million lines": lambda: _text(b"a\n" * 500_000),
    "text: one line": lambda: _text(b"a" * MEBIBYTE),
    "text: lines that nearly announce a quotation": lambda: _text(b"Pada 1 2026 10:00 @ a:\n" * 100_000),
    "text: announcements of figures": lambda: _text((b"On " + b"12:00 " * 97 + b"wrote:\n") * 800),
    "text: half addresses": lambda: _text((b"a@b." * 150 + b"\n") * 1_700),
    "text: half links": lambda: _text(b"a." * 130_000),
    "report: half addresses": lambda: REPORT + b"a@" * 100_000,
    "report: only key words": lambda: REPORT + b"recipient address user " * 10_000,
    "report: only failures": lambda: REPORT + b"could not be delivered to " * 10_000,
    "report: only signs": lambda: REPORT + b"    >>>>\n" * 10_000 + b" " * 60_000,
    "vacation: only key words": lambda: OUT_OF_OFFICE + b"kembali masuk " * 5_000,
    "Authentication-Results without end": lambda: (
        b"Authentication-Results: "
        + b"a=b " * 20_000
        + b"\r\nAuthentication-Results: "
        + b"(" * 90_000
        + b"\r\nReceived: from x by y; "
        + b" by " * 20_000
        + b"\r\n"
        + FROM
        + b"\r\nx"
    ),
    "zip of 100,000 members": lambda: with_file("a.zip", _zip(100_000)),
    "zip that unpacks to 300 MB": lambda: with_file("a.zip", _zip(0, 300)),
    "zip whose members overlap": lambda: with_file("a.zip", _overlapping_zip()),
    "winmail.dat of zeros": lambda: with_file("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(2 * MEBIBYTE)),
    "winmail.dat of 1,500,000 attributes": lambda: with_file(
        "winmail.dat", b"\x78\x9f\x3e\x22\x00\x00" + b"\x02\x02\x90\x06\x00\x00\x00\x00\x00\x00\x00" * 1_500_000
    ),
    "one file of 17 MB": lambda: with_file("a.bin", bytes(17 * MEBIBYTE)),
    "delimiters in one line": lambda: _mixed(b"--b" * 8 * MEBIBYTE),
    "lines that nearly are delimiters": lambda: _mixed(b"\n--b x" * 4 * MEBIBYTE),
    "a boundary of dashes in a line of dashes": lambda: (
        FROM + b"Content-Type: multipart/mixed; boundary=" + b"-" * 1_000 + b"\r\n\r\n" + b"-" * 24 * MEBIBYTE
    ),
    "190 headers of carriage returns": lambda: _parts(b"; " + b"\r" * 3_900 + b"x", b""),
    "190 headers of semicolons": lambda: _parts(b'; a="' + b";" * 3_900, b""),
    "190 texts": lambda: _parts(b"", b"kata kata kata\r\n" * 8_000),
    "190 pages": lambda: _parts(b"", b"<p>kata <b>kata</b></p>" * 5_000, kind=b"text/html"),
    "20 attached mails in one another with 150 texts": lambda: (
        FROM
        + b"Content-Type: message/rfc822\r\n\r\n" * 20
        + _parts(b"", b"kata mb1.0123456 \r\n" * 8_000, count=150).removeprefix(FROM)
    ),
    "HTML: blanks in styles": lambda: _page((b'<p style="opacity:0' + b" " * 15_000 + b'x">x</p>') * 1_600),
    "HTML: blanks in a style sheet": lambda: _page(b"<style>" + (b"a{opacity:0" + b" " * 60_000 + b"x}") * 8),
    "base64 in a million blocks": lambda: (
        FROM
        + b"Content-Type: application/x; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b"QQ==\n" * 4 * MEBIBYTE
    ),
    "26 MB of text": lambda: _text(base64.b64encode(bytes(19 * MEBIBYTE))),
}

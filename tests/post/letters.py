"""Letters for the tests of the post: finished bytes, as the outbox holds them."""

from __future__ import annotations


def letter(
    subject: str = "Laporan", body: str = "Terlampir.\r\n", *, author: str = "sekretaris@example.go.id"
) -> bytes:
    """Give a small letter with CRLF line ends; a body beyond ASCII goes as 8-bit UTF-8."""
    head = f"From: {author}\r\nTo: mailbot@example.go.id\r\nSubject: {subject}\r\n"
    return (
        f"{head}Message-ID: <{subject}@example.go.id>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}".encode()
    )

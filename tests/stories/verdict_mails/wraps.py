"""What gateways, lists, programs and people put around the body of a mail."""

from __future__ import annotations

import base64

from tests.stories.verdict_mails.envelopes import Part, Wrap, together


def _file(media: str, name: str, content: bytes, *, inline: bool = False) -> Part:
    """Return a part that is a file."""
    head = (
        f'Content-Type: {media}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: {"inline" if inline else "attachment"}; filename="{name}"'
    )
    return head, base64.encodebytes(content).replace(b"\n", b"\r\n")


def _words(text: str) -> Part:
    """Return a part of plain text."""
    return "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit", f"{text}\r\n".encode()


def above(text: str) -> Wrap:
    """Put a text above the body, as a gateway's banner."""
    return lambda part: together("mixed", "=_atas", _words(text), part)


def below(text: str) -> Wrap:
    """Put a text below the body, as a gateway's small print or the second half of a mail."""
    return lambda part: together("mixed", "=_bawah", part, _words(text))


def signed(part: Part) -> Part:
    """Sign the body by S/MIME; the signature lies beside it."""
    seal = _file("application/pkcs7-signature", "smime.p7s", b"\x30\x82" * 200)
    return together('signed; protocol="application/pkcs7-signature"; micalg=sha-256', "=_smime", part, seal)


def signed_by_pgp(part: Part) -> Part:
    """Sign the body by OpenPGP."""
    seal = "Content-Type: application/pgp-signature", b"-----BEGIN PGP SIGNATURE-----\r\n\r\nabc\r\n"
    return together('signed; protocol="application/pgp-signature"; micalg=pgp-sha256', "=_pgp", part, seal)


def with_logo(part: Part) -> Part:
    """Show a small picture under the name."""
    return together("related", "=_logo", part, _file("image/png", "image001.png", b"\x89PNG" + bytes(300), inline=True))


def with_card(part: Part) -> Part:
    """Enclose a business card."""
    return together("mixed", "=_kartu", part, _file("text/vcard", "kadis.vcf", b"BEGIN:VCARD\r\nEND:VCARD\r\n"))


def with_winmail(part: Part) -> Part:
    """Enclose what Outlook sends to those who are not Outlook."""
    return together("mixed", "=_tnef", part, _file("application/ms-tnef", "winmail.dat", b"\x78\x9f\x3e\x22\x01\x00"))


def with_text_file(part: Part) -> Part:
    """Enclose a text file that says the word."""
    return together("mixed", "=_berkas", part, _file("text/plain", "jawaban.txt", b"DISAHKAN\r\n"))


def forwarded(part: Part) -> Part:
    """Enclose the mail as one that was written by somebody, below a note of one's own."""
    head = "Content-Type: message/rfc822\r\nContent-Disposition: attachment"
    inner = b"From: kepala.disdukcapil@example.go.id\r\nSubject: Re: Mohon pengesahan\r\n" + part[0].encode()
    return together("mixed", "=_terus", _words("Berikut jawaban Bapak."), (head, inner + b"\r\n\r\n" + part[1]))


def calendar(method: str) -> Wrap:
    """Make the mail an invitation, or an answer to one."""
    event = f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nEND:VCALENDAR\r\n".encode()
    return lambda part: together(
        "alternative", "=_acara", part, (f"Content-Type: text/calendar; charset=utf-8; method={method}", event)
    )


def reaction(part: Part) -> Part:
    """Make the mail a reaction, as Gmail sends it."""
    sign = "Content-Type: text/vnd.google.email-reaction+json; charset=utf-8", b'{"emoji":"x","version":1}'
    return together("alternative", "=_reaksi", part, sign)


def twice_otherwise(text: str) -> Wrap:
    """Put a second plain text beside the body that says something else."""
    return lambda part: together("alternative", "=_dua", part, _words(text))

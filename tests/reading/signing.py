"""Mails signed as a domain's own server signs them, and a DNS that knows the key."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.reading.mails import RECEIVED_AT, plain

DOMAIN = "disdukcapil.example.go.id"
SELECTOR = "kunci"
SIGNED = ("from", "to", "subject", "date", "message-id", "in-reply-to")
WRITTEN_AT = RECEIVED_AT - timedelta(minutes=2)
_SHORT_PRIVATE = (
    "MIIBygIBAAJhAMHsAe8Sbc+6X/Lcy0xSUed2u7z4hO6oCRsNBNuhr2Nqeum7dzbx/wSOEDpvw6rQM0YAWBXWhTj/dF8Qq+5ATZdI"
    "8Ws+T494arRDKaft4EHyVrRFeR2LISjjrWYmO7gwTwIDAQABAmBjPytaNL9YshULEa9GV1cttBmvRC2ciwll+8rBsUU3Bzbyyovf"
    "5ghTR3XMwoiMslK2ue9JzsC4IPRQr3V12QU5MZHDDNGnVaE78Nms4j2buDIBRAH5mt9tZqwa2qQB9nECMQDxEMDgCRNadJ20Tsl9"
    "yHoqeX0PYGI4Cbda+FZEmAjQ+JKorqoEnbidtXVnjDrjUokCMQDN75FR474oE2r34JqhgrGmWl2OVfrtFlu3XoU38Bbxj5+YyBze"
    "C0/jhn/Zm+mUFhcCMQCKAp1ppch+sOTYpYKVkIDgcE040GVqz6U5X5OEEcZ6XNUZ3WVY3zMilxBwB8hu/IECME5ydRQRwk034Gae"
    "e6kMxSmOgNcIr7aC7tsyOWMupT7NrEkh6cU33+3XPXqipt7PbwIwBdEtF+cPN3XyEvX58FylHQXS3ezeNFDR+3Sr9IU+DTP8q8Z5"
    "QNufut0SSdx8YvSY"
)
_SHORT_PUBLIC = (
    "MHwwDQYJKoZIhvcNAQEBBQADawAwaAJhAMHsAe8Sbc+6X/Lcy0xSUed2u7z4hO6oCRsNBNuhr2Nqeum7dzbx/wSOEDpvw6rQM0YA"
    "WBXWhTj/dF8Qq+5ATZdI8Ws+T494arRDKaft4EHyVrRFeR2LISjjrWYmO7gwTwIDAQAB"
)


@dataclass(frozen=True, slots=True)
class Signer:
    """A domain that signs: its private key, and what stands in the DNS."""

    pem: bytes
    record: str
    domain: str = DOMAIN

    @property
    def name(self) -> str:
        """Where its key stands in the DNS."""
        return f"{SELECTOR}._domainkey.{self.domain}"

    def dns(self, name: str) -> str:
        """Answer as a DNS that knows this one key."""
        return self.record if name == self.name else ""

    def sign(self, raw: bytes, *, fields: tuple[str, ...] = SIGNED, length: bool = False, tags: str = "") -> bytes:
        """Sign a mail; `tags` are more tags of the signature, such as `t=1; x=2;`."""
        signer = _Dated(raw, tags)
        there = [name for name in fields if f"\n{name}:".encode() in b"\n" + raw.lower()]
        field = signer.sign(
            SELECTOR.encode(),
            self.domain.encode(),
            self.pem,
            include_headers=[name.encode() for name in there],
            length=length,
        )
        return field + raw


class _Dated(dkim.DKIM):  # type: ignore[misc] # dkimpy has no types
    """dkimpy's signer with the signing time, and further tags, of our choice: its own is always the present."""

    def __init__(self, raw: bytes, tags: str) -> None:
        """Take the mail and the tags."""
        super().__init__(raw)
        self._tags = tags

    def gen_header(self, fields: list[tuple[bytes, bytes]], *rest: object, **named: object) -> bytes:
        """Sign with these tags in place of the signing time."""
        wanted = [(name.encode(), value.encode()) for name, value in _pairs(self._tags)]
        return bytes(super().gen_header([*_before_end(fields), *wanted, fields[-1]], *rest, **named))


def _before_end(fields: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the fields before the last one (b=), without the signing time."""
    return [(name, value) for name, value in fields[:-1] if name != b"t"]


def _pairs(tags: str) -> list[tuple[str, str]]:
    """Return `t=1; x=2;` as pairs."""
    return [
        (name.strip(), value.strip())
        for name, _, value in (tag.partition("=") for tag in tags.split(";"))
        if name.strip()
    ]


def new_signer(domain: str = DOMAIN, bits: int = 2_048) -> Signer:
    """Make a domain with a key of its own."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=bits)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Signer(private, "v=DKIM1; k=rsa; p=" + "".join(public.decode().splitlines()[1:-1]), domain)


def weak_signer() -> Signer:
    """Give a domain whose key has 768 bits, made for this test: today's libraries make none that short."""
    body = "".join(f"{line}\n" for line in textwrap.wrap(_SHORT_PRIVATE, 64))
    pem = f"-----BEGIN RSA PRIVATE KEY-----\n{body}-----END RSA PRIVATE KEY-----\n"
    return Signer(pem.encode(), f"v=DKIM1; k=rsa; p={_SHORT_PUBLIC}")


def letter(words: str = "SETUJU\n", *header: str) -> bytes:
    """Write the Sekretaris' mail with all that a mail program puts in its header."""
    return plain(
        words,
        "To: program@disdukcapil.example.go.id",
        f"Date: {format_datetime(WRITTEN_AT)}",
        "Message-ID: <1@disdukcapil.example.go.id>",
        *header,
    )

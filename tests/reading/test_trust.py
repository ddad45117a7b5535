"""A sender is proved by our own border server or our own check of a signature, by nothing a sender can write."""

from __future__ import annotations

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from mailbot.core.mail import Proof
from mailbot.reading.auth_results import AuthResults, Finding, parse_auth_results
from mailbot.reading.mail import read_mail
from mailbot.reading.trust import TxtLookup, aligned
from tests.reading.mails import OUR_SERVER, RECEIVED_AT, plain, read

DOMAIN = "disdukcapil.example.go.id"
PASS = f"Authentication-Results: {OUR_SERVER}; dmarc=pass header.from={DOMAIN}"
BORDER = f"Received: from smtp.{DOMAIN} (smtp [203.0.113.7]) by {OUR_SERVER} (Postfix) with ESMTPS id 1"


def _proof(*top: str, believed: tuple[str, ...] = (OUR_SERVER,)) -> Proof:
    """Give the proof of a mail whose header begins with these fields."""
    return read("\r\n".join((*top, "")).encode() + plain("SETUJU"), believed=believed).proof


def test_an_own_result_above_the_border_proves_the_sender() -> None:
    """What our server wrote above its own Received line cannot come from outside."""
    assert _proof(PASS, BORDER) is Proof.AUTHENTICATED


@pytest.mark.parametrize(
    "top",
    [
        (BORDER, PASS),
        (PASS,),
        (PASS.replace(OUR_SERVER, "mail.example.com"), BORDER),
        (PASS.replace("dmarc=pass", "dmarc=bestguesspass"), BORDER),
        (PASS.replace("dmarc=pass", "dmarc=none"), BORDER),
        (PASS.replace(f"header.from={DOMAIN}", ""), BORDER),
        (PASS.replace("Authentication-Results", "ARC-Authentication-Results"), BORDER),
        (PASS.replace("Authentication-Results", "X-Original-Authentication-Results"), BORDER),
        (PASS.replace(f"header.from={DOMAIN}", f"header.from={DOMAIN}.penipu.example.com"), BORDER),
        (f"{PASS}; dmarc=fail header.from={DOMAIN}", BORDER),
        (f"Authentication-Results: {OUR_SERVER} (x; dmarc=pass header.from={DOMAIN}", BORDER),
        (f"Authentication-Results: {OUR_SERVER}; =?utf-8?q?dmarc=3Dpass?= header.from={DOMAIN}", BORDER),
        ("Received: by mail.example.go.id (Postfix, from userid 33) id 2", PASS, BORDER),
        (f"Received: from pc (pc [10.0.0.9]) by {OUR_SERVER} with ESMTP id 2", PASS, BORDER),
    ],
)
def test_anything_less_proves_nobody(top: tuple[str, ...]) -> None:
    """Below the border, without a border, by a stranger, for somebody else, half, in a comment: all nothing."""
    assert _proof(*top) is Proof.NONE


def test_nothing_is_believed_where_nothing_is_configured() -> None:
    """An office that names no server of its own always asks for the code."""
    assert _proof(PASS, BORDER, believed=()) is Proof.NONE


def test_results_in_two_fields_of_our_server_are_read_together() -> None:
    """Postfix writes the filter's findings and the policy's in two fields."""
    dkim_field = f"Authentication-Results: {OUR_SERVER}; dkim=pass header.d={DOMAIN}"
    assert _proof(dkim_field, BORDER) is Proof.AUTHENTICATED
    assert _proof(dkim_field, PASS.replace("dmarc=pass", "dmarc=fail"), BORDER) is Proof.NONE


@pytest.mark.parametrize(
    ("border", "proof"),
    [
        (BORDER, Proof.AUTHENTICATED),
        (BORDER.replace("with ESMTPS", "with ESMTPSA"), Proof.NONE),
        (BORDER.replace(f"by {OUR_SERVER}", "by mail.example.com"), Proof.NONE),
        (f"Received: by {OUR_SERVER} (Postfix, from userid 33) id 1", Proof.NONE),
    ],
)
def test_a_server_that_writes_below_its_border_must_be_named_so(border: str, proof: Proof) -> None:
    """`below:` believes the topmost result right under that server's own line, unless somebody logged in to send it."""
    assert _proof(border, PASS, believed=(f"below:{OUR_SERVER}",)) is proof
    assert _proof(border, PASS, believed=(OUR_SERVER,)) is Proof.NONE


def test_below_the_border_only_the_topmost_result_counts() -> None:
    """A second one there may be the sender's."""
    fail = PASS.replace("dmarc=pass", "dmarc=none")
    assert _proof(BORDER, fail, PASS, believed=(f"below:{OUR_SERVER}",)) is Proof.NONE


def test_microsofts_nameless_result_counts_only_above_its_own_line() -> None:
    """The empty name stands for Microsoft 365, and for nobody who simply leaves the name out."""
    nameless = f"Authentication-Results: dmarc=pass header.from={DOMAIN}"
    theirs = (
        "Received: from a (203.0.113.7) by SG2.mail.protection.outlook.com (10.1.1.1) with Microsoft SMTP Server id 1"
    )
    assert _proof(nameless, theirs, believed=("",)) is Proof.AUTHENTICATED
    assert _proof(nameless, theirs, believed=("microsoft-365",)) is Proof.AUTHENTICATED
    assert _proof(nameless, BORDER, believed=("",)) is Proof.NONE
    assert _proof(theirs, nameless, believed=("",)) is Proof.NONE
    assert _proof(nameless, theirs, believed=(OUR_SERVER,)) is Proof.NONE


@pytest.mark.parametrize(
    ("signer", "domain", "speaks"),
    [
        ("example.go.id", "example.go.id", True),
        ("example.go.id", "disdukcapil.example.go.id", True),
        ("go.id", "example.go.id", False),
        ("id", "example.go.id", False),
        ("xample.go.id", "example.go.id", False),
        ("disdukcapil.example.go.id", "example.go.id", False),
        ("com", "example.com", False),
        ("", "example.go.id", False),
    ],
)
def test_a_signer_speaks_for_its_own_name_and_those_under_it(signer: str, domain: str, *, speaks: bool) -> None:
    """A public suffix speaks for nobody, a part of a label neither."""
    assert aligned(signer, domain) is speaks


def test_a_field_is_taken_apart_with_comments_and_quotes() -> None:
    """Gmail's way of writing, with a comment that holds a result and a quoted property."""
    field = (
        b"mx.google.com;\r\n dkim=pass (1; dmarc=pass) header.i=@example.go.id;"
        b'\r\n spf=pass smtp.mailfrom="a;b"@x.id; dmarc=fail header.from=example.go.id'
    )
    assert parse_auth_results(field) == AuthResults(
        authserv_id="mx.google.com",
        findings=(
            Finding(method="dkim", result="pass", properties=(("header.i", "@example.go.id"),)),
            Finding(method="spf", result="pass", properties=(("smtp.mailfrom", "a;b"),)),
            Finding(method="dmarc", result="fail", properties=(("header.from", "example.go.id"),)),
        ),
    )


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    """A signing key of the office's domain."""
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


@pytest.fixture
def dns(key: rsa.RSAPrivateKey) -> TxtLookup:
    """A DNS that knows the office's key under selector `kunci`, and nothing else."""
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    record = "v=DKIM1; k=rsa; p=" + "".join(public.decode().splitlines()[1:-1])
    return lambda name: record if name == f"kunci._domainkey.{DOMAIN}" else ""


def _signed(key: rsa.RSAPrivateKey, raw: bytes, domain: str = DOMAIN, *, length: bool = False) -> bytes:
    """Sign a mail as the office's server would."""
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    return (
        dkim.sign(raw, b"kunci", domain.encode(), private, include_headers=[b"from", b"subject"], length=length) + raw
    )


def _checked(raw: bytes, dns: TxtLookup | None) -> Proof:
    """Give the proof of a mail when signatures are checked by ourselves."""
    return read_mail(raw, received_at=RECEIVED_AT, own_addresses=(), dns=dns).proof


def test_an_own_check_of_an_aligned_signature_proves_the_sender(key: rsa.RSAPrivateKey, dns: TxtLookup) -> None:
    """Where our server writes no results, the signature itself does."""
    assert _checked(_signed(key, plain("SETUJU\n")), dns) is Proof.AUTHENTICATED


def test_without_a_dns_no_signature_is_checked(key: rsa.RSAPrivateKey) -> None:
    """Sockets are the caller's: no look-up, no proof."""
    assert _checked(_signed(key, plain("SETUJU\n")), None) is Proof.NONE


def test_a_signature_that_does_not_hold_proves_nobody(key: rsa.RSAPrivateKey, dns: TxtLookup) -> None:
    """A changed word, a foreign domain, a partial signature, an unknown key, a broken field."""
    raw = plain("SETUJU\n")
    assert _checked(_signed(key, raw).replace(b"SETUJU", b"DISAHKAN"), dns) is Proof.NONE
    assert _checked(_signed(key, raw, "penipu.example.com"), dns) is Proof.NONE
    assert _checked(_signed(key, raw, length=True) + b"DISAHKAN\r\n", dns) is Proof.NONE
    assert _checked(_signed(key, raw, length=True), dns) is Proof.NONE
    assert _checked(_signed(key, raw), lambda _: "") is Proof.NONE
    assert _checked(f"DKIM-Signature: v=1; d={DOMAIN}; b=!!\r\n".encode() + raw, dns) is Proof.NONE


def test_a_signature_with_a_second_from_proves_nobody(key: rsa.RSAPrivateKey, dns: TxtLookup) -> None:
    """The signature covers one From; the other one is what mail programs may show."""
    signed = _signed(key, plain("SETUJU\n"))
    assert _checked(b"From: kepala@disdukcapil.example.go.id\r\n" + signed, dns) is Proof.NONE

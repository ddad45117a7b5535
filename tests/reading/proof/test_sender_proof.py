"""A sender is proved by our own border server or our own check of a signature, by nothing a sender can write."""

from __future__ import annotations

import pytest

from mailbot.core.model.mail import Proof
from mailbot.reading.proof.sender_proof import AuthResults, Finding, parse_auth_results
from tests.reading.mails import OUR_SERVER, plain, read

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
    spf_field = f"Authentication-Results: {OUR_SERVER}; spf=pass smtp.mailfrom={DOMAIN}"
    assert _proof(dkim_field, BORDER) is Proof.AUTHENTICATED
    assert _proof(dkim_field, PASS, spf_field, BORDER) is Proof.AUTHENTICATED
    assert _proof(dkim_field, PASS.replace("dmarc=pass", "dmarc=fail"), BORDER) is Proof.FAILED


def test_a_failure_that_our_server_found_is_less_than_nothing() -> None:
    """Whatever passes beside it, the mail does not come from the domain it names."""
    assert _proof(f"{PASS}; dmarc=fail header.from={DOMAIN}", BORDER) is Proof.FAILED
    assert _proof(PASS.replace("dmarc=pass", "dmarc=fail"), BORDER) is Proof.FAILED
    assert _proof(BORDER, PASS.replace("dmarc=pass", "dmarc=fail")) is Proof.NONE


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

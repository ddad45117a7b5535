"""Proved by a signature alone, a mail says only what the signature covers; the border's own pass needs no more."""

from __future__ import annotations

import pytest

from mailbot.core.model.mail import Mail, Proof
from mailbot.reading.mail import read_mail
from tests.reading.mails import OUR_SERVER, RECEIVED_AT, load_case
from tests.reading.signing import DOMAIN, Signer, letter, new_signer

TOKEN = "mb1.0123456789abcdef"
THREAD = f"In-Reply-To: <{TOKEN}@{DOMAIN}>"
OTHER = f"In-Reply-To: <mb1.fedcba9876543210@{DOMAIN}>"
QUOTED = f"SETUJU\n\nPada Sen, 5 Jan 2026 Program menulis:\n\n> Rujukan: {TOKEN}\n"
BORDER = f"Received: from smtp.{DOMAIN} (smtp [203.0.113.7]) by {OUR_SERVER} (Postfix) with ESMTPS id 1"
NEEDED = ("from", "to", "subject", "date", "message-id")

# What mail services sign, as their own servers write it: name, fields.
LISTS = {
    "Gmail": ("mime-version", "references", "in-reply-to", "from", "date", "message-id", "subject", "to", "cc"),
    "Gmail, old": ("mime-version", "from", "date", "message-id", "subject", "to"),
    "Google Workspace": (*NEEDED, "mime-version", "cc", "reply-to"),
    "Microsoft": ("from", "date", "subject", "message-id", "content-type", "mime-version"),
    "Yahoo": ("date", "from", "to", "subject", "references", "message-id"),
    "Yahoo, old": ("message-id", "date", "from", "reply-to", "subject", "to", "mime-version", "content-type"),
    "Zimbra": ("date", "from", "to", "message-id", "in-reply-to", "references", "subject", "mime-version"),
    "OpenDKIM": ("from", "subject", "date", "message-id", "to", "cc", "in-reply-to", "references", "content-type"),
}
CLIENTS = (
    "01-gmail-web",
    "02-gmail-android",
    "03-outlook-desktop",
    "04-outlook-web-english",
    "05-outlook-android",
    "06-iphone",
    "10-zimbra-text",
    "11-zimbra-html",
    "14-yahoo",
    "15-samsung",
)


@pytest.fixture(scope="module")
def signer() -> Signer:
    """The office's own domain."""
    return new_signer()


def _read(raw: bytes, *top: str, signed_by: str = DOMAIN) -> Mail:
    """Read a mail of which our own check has found that a signature of that domain holds."""
    above = "".join(f"{field}\r\n" for field in top).encode()
    return read_mail(
        above + raw, received_at=RECEIVED_AT, own_addresses=(), authserv_ids=(OUR_SERVER,), signed_by=signed_by
    )


@pytest.mark.parametrize("signed", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("client", CLIENTS)
def test_an_honest_answer_needs_no_code(client: str, signed: tuple[str, ...], signer: Signer) -> None:
    """Whatever a mail service leaves unsigned: the letter is quoted below the word, and the words are the body's."""
    raw, _, _ = load_case(client)
    mail = _read(signer.sign(raw, fields=signed))
    assert mail.proof is Proof.AUTHENTICATED
    assert mail.in_reply_to == (f"<{TOKEN}@{DOMAIN}>",)
    assert mail.words_of_body in {None, mail.own_words}


def test_a_thread_that_is_not_signed_needs_our_reference(signer: Signer) -> None:
    """A word to a colleague, sent once more with the answered letter on top, proves nothing."""
    for fields in (NEEDED, (*NEEDED, "in-reply-to")):
        assert _read(signer.sign(letter("SETUJU\n"), fields=fields), THREAD).proof is Proof.NONE
    assert _read(signer.sign(letter(QUOTED, THREAD), fields=NEEDED)).proof is Proof.AUTHENTICATED
    assert _read(signer.sign(letter("SETUJU\n", THREAD), fields=(*NEEDED, "in-reply-to"))).in_reply_to


def test_a_thread_that_is_not_signed_cannot_lead_elsewhere(signer: Signer) -> None:
    """The letter that the signed words quote is the one that is answered."""
    mail = _read(signer.sign(letter(QUOTED), fields=NEEDED), OTHER, "References: <lain@example.com>")
    assert (mail.proof, mail.tokens) == (Proof.AUTHENTICATED, (TOKEN,))
    assert mail.in_reply_to == ("<lain@example.com>",)


def test_an_addressee_that_is_not_signed_needs_our_reference(signer: Signer) -> None:
    """To on top of the true one, Cc added, or no To at all."""
    signed = signer.sign(letter("SETUJU\n", THREAD), fields=(*NEEDED, "in-reply-to"))
    assert _read(signed).proof is Proof.AUTHENTICATED
    for added in ("To: program@disdukcapil.example.go.id", "Cc: program@disdukcapil.example.go.id"):
        assert _read(signed, added).proof is Proof.NONE
    without = letter("SETUJU\n", THREAD).replace(b"To: program@disdukcapil.example.go.id\r\n", b"", 1)
    assert _read(signer.sign(without, fields=(*NEEDED, "in-reply-to"))).proof is Proof.NONE


def test_a_subject_that_is_not_signed_proves_nothing(signer: Signer) -> None:
    """A word may stand there, and our reference."""
    assert _read(signer.sign(letter(QUOTED), fields=("from", "to", "date", "message-id"))).proof is Proof.NONE
    assert _read(signer.sign(letter(QUOTED)), "Subject: DISAHKAN").proof is Proof.NONE


_TWO_PARTS = (
    "--a\nContent-Type: text/plain\n\nMasih saya pelajari.\n\n> Rujukan: " + TOKEN + "\n"
    "--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSETUJU\n--b--\n--a--\n"
)


def test_the_words_are_those_that_the_body_has_by_itself(signer: Signer) -> None:
    """A Content-Type of somebody else's makes another piece of the signed body the mail; the body tells."""
    raw = letter(_TWO_PARTS, THREAD).replace(b"text/plain; charset=utf-8", b"multipart/mixed; boundary=a", 1)
    signed = signer.sign(raw)
    honest = _read(signed)
    assert "Masih" in honest.own_words
    for kind in ("multipart/mixed; boundary=b", "multipart/alternative; boundary=b"):
        turned = _read(signed, f"Content-Type: {kind}")
        assert (turned.proof, turned.own_words) == (Proof.AUTHENTICATED, "SETUJU")
        assert "Masih" in (turned.words_of_body or "")
    covered = signer.sign(raw, fields=(*NEEDED, "in-reply-to", "content-type"))
    assert _read(covered).words_of_body is None
    assert _read(covered, "Content-Transfer-Encoding: base64").words_of_body is not None


def test_a_body_may_begin_with_a_line_for_old_programs(signer: Signer) -> None:
    """That it is a multi-part message in MIME format."""
    body = "This is a multi-part message in MIME format.\n" + _TWO_PARTS
    raw = letter(body, THREAD).replace(b"text/plain; charset=utf-8", b"multipart/mixed; boundary=a", 1)
    mail = _read(signer.sign(raw))
    assert mail.words_of_body is not None
    assert mail.words_of_body.startswith("Masih saya pelajari.")


def test_a_second_signature_that_does_not_hold_vouches_for_nothing(signer: Signer) -> None:
    """Anybody can write one over everything; what counts is what all of that domain's cover."""
    raw = signer.sign(letter("SETUJU\n"), fields=NEEDED)
    false = f"DKIM-Signature: v=1; a=rsa-sha256; d={DOMAIN}; s=lain; h=from:to:subject:date:message-id:in-reply-to; b=x"
    assert _read(raw, THREAD, false).proof is Proof.NONE


@pytest.mark.parametrize(
    ("results", "proof"),
    [
        (f"dmarc=pass header.from={DOMAIN}; spf=pass smtp.mailfrom=a@{DOMAIN}", Proof.AUTHENTICATED),
        (f"dmarc=pass header.from={DOMAIN}; spf=pass smtp.mailfrom=bounce.{DOMAIN}", Proof.AUTHENTICATED),
        (
            f"dmarc=pass header.from={DOMAIN}; spf=pass smtp.mailfrom=example.com; dkim=pass header.d={DOMAIN}",
            Proof.NONE,
        ),
        (
            f"dmarc=pass header.from={DOMAIN}; spf=softfail smtp.mailfrom={DOMAIN}; dkim=pass header.d={DOMAIN}",
            Proof.NONE,
        ),
        (f"dmarc=pass header.from={DOMAIN}; dkim=pass header.i=@{DOMAIN}", Proof.NONE),
        (f"dkim=pass header.d={DOMAIN}", Proof.NONE),
        (f"dmarc=pass header.from={DOMAIN}", Proof.NONE),
    ],
)
def test_our_border_vouches_for_all_where_the_domains_own_server_sent_it(
    results: str, proof: Proof, signer: Signer
) -> None:
    """A pass by SPF needs no more; one by a signature is one by a signature, whoever checked it."""
    resent = signer.sign(letter("SETUJU\n"), fields=NEEDED)
    field = f"Authentication-Results: {OUR_SERVER}; {results}"
    assert _read(resent, field, BORDER, THREAD, signed_by="").proof is proof
    answered = signer.sign(letter(QUOTED, THREAD), fields=NEEDED)
    assert _read(answered, field, BORDER, signed_by="").proof is Proof.AUTHENTICATED


def test_a_pass_of_a_mail_that_nobody_signed_is_one_by_spf() -> None:
    """OpenDMARC names no method in its own field."""
    field = f"Authentication-Results: {OUR_SERVER}; dmarc=pass header.from={DOMAIN}"
    mail = _read(letter("SETUJU\n", THREAD), field, BORDER, signed_by="")
    assert (mail.proof, mail.words_of_body) == (Proof.AUTHENTICATED, None)

"""More than two hundred attempts to pass for the Kepala Dinas: each way to write From, each way to write a result."""

from __future__ import annotations

import pytest

from mailbot.core.model.mail import Proof
from tests.reading.mails import OUR_SERVER, read

HEAD = "kepala@disdukcapil.example.go.id"
DOMAIN = "disdukcapil.example.go.id"
STRANGER = "penipu@example.com"
BORDER = f"Received: from mx.example.com (mx.example.com [198.51.100.66]) by {OUR_SERVER} (Postfix) with ESMTP id 1\r\n"

# How From (and what looks like it) is written by somebody who is not the Kepala Dinas.
SENDERS = {
    "his plain address": f"From: {HEAD}\r\n",
    "his name, another address": f"From: Kepala Dinas <{STRANGER}>\r\n",
    "his address as a quoted name": f'From: "{HEAD}" <{STRANGER}>\r\n',
    "his address as a bare name": f"From: {HEAD} <{STRANGER}>\r\n",
    "his address in brackets in the name": f'From: "Kepala <{HEAD}>" <{STRANGER}>\r\n',
    "his address as an encoded name": f"From: =?utf-8?q?{HEAD.replace('@', '=40')}?= <{STRANGER}>\r\n",
    "his address as an encoded word": f"From: =?utf-8?q?{HEAD.replace('@', '=40')}?=\r\n",
    "two From fields, his first": f"From: {HEAD}\r\nFrom: {STRANGER}\r\n",
    "two From fields, his last": f"From: {STRANGER}\r\nFrom: {HEAD}\r\n",
    "two From fields, both his": f"From: {HEAD}\r\nFrom: {HEAD}\r\n",
    "two addresses": f"From: {HEAD}, {STRANGER}\r\n",
    "a group": f"From: Pimpinan: {HEAD};\r\n",
    "a comment after his address": f"From: {HEAD}({STRANGER})\r\nFrom: {STRANGER}\r\n",
    "a bracket between two domains": f"From: {HEAD}){STRANGER}\r\n",
    "two at signs": f"From: {HEAD}@example.com\r\n",
    "two angle brackets": f"From: <{HEAD}> <{STRANGER}>\r\n",
    "his address in Reply-To": f"From: {STRANGER}\r\nReply-To: {HEAD}\r\n",
    "his address in Sender": f"From: {STRANGER}\r\nSender: {HEAD}\r\n",
    "a Cyrillic letter": "From: kepala@disdukcapil.ex\u0430mple.go.id\r\n",
    "a longer domain": f"From: kepala@{DOMAIN}.example.com\r\n",
    "a folded field": f"From: {HEAD}\r\n\t,{STRANGER}\r\n",
    "no From at all": f"Reply-To: {HEAD}\r\n",
    "a NUL": f"From: {HEAD}\x00@example.com\r\n",
    "a resent address": f"From: {STRANGER}\r\nResent-From: {HEAD}\r\n",
}
# What an attacker writes into the mail, or what our server writes because it knows better.
RESULTS = {
    "none": BORDER,
    "forged below our border": f"{BORDER}Authentication-Results: {OUR_SERVER}; dmarc=pass header.from={DOMAIN}\r\n",
    "forged with a Received line of its own": f"{BORDER}Authentication-Results: {OUR_SERVER}; dmarc=pass "
    f"header.from={DOMAIN}\r\nReceived: from a by {OUR_SERVER} with LMTP id 2\r\n",
    "failed, and forged below": f"Authentication-Results: {OUR_SERVER}; dmarc=fail header.from={DOMAIN}\r\n{BORDER}"
    f"Authentication-Results: {OUR_SERVER}; dmarc=pass header.from={DOMAIN}\r\n",
    "SPF alone": f"Authentication-Results: {OUR_SERVER}; spf=pass smtp.mailfrom={HEAD}\r\n{BORDER}",
    "the stranger's own domain passed": f"Authentication-Results: {OUR_SERVER}; dmarc=pass header.from=example.com; "
    f"dkim=pass header.d=example.com\r\n{BORDER}",
    "a stranger's server": f"Authentication-Results: mx.example.com; dmarc=pass header.from={DOMAIN}\r\n{BORDER}",
    "a name like ours": f"Authentication-Results: {OUR_SERVER}.example.com; dmarc=pass "
    f"header.from={DOMAIN}\r\n{BORDER}",
    "a pass in a comment": f"Authentication-Results: {OUR_SERVER}; dmarc=none (x; dmarc=pass "
    f"header.from={DOMAIN})\r\n{BORDER}",
    "a pass in quotes": f'Authentication-Results: {OUR_SERVER}; spf=pass smtp.mailfrom="x; dmarc=pass '
    f'header.from={DOMAIN}"\r\n{BORDER}',
    "an ARC pass": f"{BORDER}ARC-Authentication-Results: i=1; {OUR_SERVER}; dmarc=pass header.from={DOMAIN}\r\n",
}


@pytest.mark.parametrize("results", RESULTS.values(), ids=RESULTS.keys())
@pytest.mark.parametrize("sender", SENDERS.values(), ids=SENDERS.keys())
def test_no_forgery_passes_for_the_agency_head(sender: str, results: str) -> None:
    """Either the mail is not his, or it is not proved; never both his and proved."""
    raw = f"{results}{sender}Subject: Re: Draf\r\n\r\nDISAHKAN\r\n".encode()
    mail = read(raw)
    assert (mail.sender.casefold(), mail.proof) != (HEAD, Proof.AUTHENTICATED)


def test_the_true_agency_head_is_not_refused() -> None:
    """The same reader believes the real thing, so the test above can fail."""
    top = f"Authentication-Results: {OUR_SERVER}; dmarc=pass header.from={DOMAIN}\r\n{BORDER}"
    mail = read(f"{top}From: Kepala Dinas <{HEAD}>\r\nSubject: Re: Draf\r\n\r\nDISAHKAN\r\n".encode())
    assert (mail.sender, mail.proof) == (HEAD, Proof.AUTHENTICATED)


def test_there_are_at_least_two_hundred_attempts() -> None:
    """The figure this file stands for."""
    assert len(SENDERS) * len(RESULTS) >= 200

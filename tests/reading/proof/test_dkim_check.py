"""Our own DKIM check believes a fresh, whole signature of the sender's own domain, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest

from mailbot.core.model.mail import Proof
from mailbot.reading.limits import MailLimits
from mailbot.reading.mail import read_mail
from mailbot.reading.proof.dkim_check import FRESH_FOR, TxtLookup, aligned, signing_domain
from tests.reading.mails import OUR_SERVER, RECEIVED_AT
from tests.reading.signing import DOMAIN, WRITTEN_AT, Signer, letter, new_signer, weak_signer


@pytest.fixture(scope="module")
def signer() -> Signer:
    """The office's own domain."""
    return new_signer()


def _found(raw: bytes, dns: TxtLookup, received_at: datetime = RECEIVED_AT) -> str:
    """Give the domain whose signature holds."""
    return signing_domain(raw, received_at=received_at, limits=MailLimits(), dns=dns)


@pytest.mark.parametrize(
    ("signing", "domain", "speaks"),
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
def test_a_signer_speaks_for_its_own_name_and_those_under_it(signing: str, domain: str, *, speaks: bool) -> None:
    """A public suffix speaks for nobody, a part of a label neither."""
    assert aligned(signing, domain) is speaks


def test_a_signature_of_the_senders_domain_holds(signer: Signer) -> None:
    """As it left the sender's server."""
    assert _found(signer.sign(letter()), signer.dns) == DOMAIN


def test_a_signature_of_the_domain_above_holds() -> None:
    """A regency signs for its offices."""
    regency = new_signer("example.go.id")
    assert _found(regency.sign(letter()), regency.dns) == "example.go.id"


def test_a_second_signature_may_be_the_one_that_holds(signer: Signer) -> None:
    """A relay signs as well, above the sender's own."""
    relay = new_signer("relay.example.com")
    assert _found(relay.sign(signer.sign(letter())), signer.dns) == DOMAIN


def test_what_was_found_proves_the_sender(signer: Signer) -> None:
    """The one From address is proved by it; where our own server found DMARC failed, it is known to be false."""
    failed = f"Authentication-Results: {OUR_SERVER}; dmarc=fail header.from={DOMAIN}\r\nReceived: from a by b\r\n"
    for top, domain, proof in (
        ("", DOMAIN, Proof.AUTHENTICATED),
        ("", "penipu.example.com", Proof.NONE),
        ("", "", Proof.NONE),
        (failed, DOMAIN, Proof.FAILED),
    ):
        mail = read_mail(
            top.encode() + signer.sign(letter()),
            received_at=RECEIVED_AT,
            own_addresses=(),
            authserv_ids=(OUR_SERVER,),
            signed_by=domain,
        )
        assert mail.proof is proof


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"SETUJU", b"DISAHKAN"),
        (b"SETUJU\r\n", b""),
        (b"SETUJU\r\n", b"SETUJU\r\nDISAHKAN\r\n"),
        (b"From: sekretaris@", b"From: kepala@"),
        (b"Subject: Re: Draf", b"Subject: Re: Lain"),
        (b"Message-ID: <1@", b"Message-ID: <2@"),
        (b"d=disdukcapil.example.go.id", b"d=example.go.id"),
        (b"; h=", b"; l=4; h="),
        (b"Date: ", b"Date: x"),
        (b"bh=", b"bh=A"),
    ],
)
def test_a_changed_mail_holds_no_longer(signer: Signer, old: bytes, new: bytes) -> None:
    """Another word, none, one more; another sender, subject, number; another domain in the signature."""
    signed = signer.sign(letter())
    assert old in signed
    assert _found(signed.replace(old, new, 1), signer.dns) == ""


def test_a_mail_cut_short_holds_no_longer(signer: Signer) -> None:
    """At any of a hundred places."""
    signed = signer.sign(letter("SETUJU\n" + "Catatan panjang.\n" * 40))
    ends = range(len(signed) - 1, 0, -max(1, len(signed) // 100))
    # The last line end alone is no content: both canonical forms leave it out.
    assert {_found(signed[:end], signer.dns) for end in ends if end < len(signed) - 2} == {""}


def test_a_stranger_who_signs_for_himself_proves_nothing() -> None:
    """His signature is valid, and not the From domain's; for one that is, only its own key in the DNS counts."""
    stranger = new_signer("penipu.example.com")
    assert _found(stranger.sign(letter()), stranger.dns) == ""
    pretender = new_signer(DOMAIN)
    assert _found(pretender.sign(letter()), new_signer().dns) == ""


def test_nothing_is_looked_up_for_a_signature_that_would_not_count(signer: Signer) -> None:
    """A sender must not choose whom our DNS asks."""
    asked: list[str] = []

    def dns(name: str) -> str:
        asked.append(name)
        return signer.record

    _found(Signer(signer.pem, signer.record, "penipu.example.com").sign(letter()), dns)
    _found(signer.sign(letter()).replace(b"s=kunci", b"s=ku nci/../x"), dns)
    _found(signer.sign(letter(), length=True), dns)
    assert asked == []
    _found(signer.sign(letter()), dns)
    assert asked == [signer.name]


def test_no_answer_is_no_proof(signer: Signer) -> None:
    """A DNS that is away, that knows no such name, that answers nonsense."""
    signed = signer.sign(letter())
    for record in ("", "v=spf1 -all", "v=DKIM1; p=", "v=DKIM1; k=rsa; p=AAAA", "v=DKIM2; p=x", signer.record[:-9]):
        assert _found(signed, replace(signer, record=record).dns) == ""


def test_a_short_key_proves_nothing() -> None:
    """1,024 bits may, 768 may not."""
    for short, found in ((new_signer(bits=1_024), DOMAIN), (weak_signer(), "")):
        assert _found(short.sign(letter()), short.dns) == found


def test_a_signature_over_a_part_of_the_body_proves_nothing(signer: Signer) -> None:
    """With `l=`, anybody may write on."""
    signed = signer.sign(letter(), length=True)
    assert b"l=" in signed.partition(b"\r\nFrom:")[0]
    assert _found(signed, signer.dns) == ""
    assert _found(signed + b"DISAHKAN\r\n", signer.dns) == ""


@pytest.mark.parametrize("left_out", ["date", "message-id"])
def test_what_must_be_signed_must_be_signed(signer: Signer, left_out: str) -> None:
    """Otherwise a mail of long ago could be sent again with a new date, or as another mail."""
    fields = tuple(name for name in ("from", "subject", "date", "message-id") if name != left_out)
    assert _found(signer.sign(letter(), fields=fields), signer.dns) == ""


@pytest.mark.parametrize("field", ["From: kepala@disdukcapil.example.go.id", "Date: x", "Message-ID: <2@a.example>"])
def test_a_second_field_of_a_signed_kind_proves_nothing(signer: Signer, field: str) -> None:
    """The signature covers one of them; the other one is what a reader may show."""
    assert _found(field.encode() + b"\r\n" + signer.sign(letter()), signer.dns) == ""


def _at(moment: datetime) -> int:
    return int(moment.timestamp())


@pytest.mark.parametrize(
    ("tags", "holds"),
    [
        (f"t={_at(WRITTEN_AT)}", True),
        (f"t={_at(RECEIVED_AT - FRESH_FOR - timedelta(minutes=1))}", False),
        (f"t={_at(RECEIVED_AT + timedelta(days=1))}", False),
        (f"t={_at(WRITTEN_AT)}; x={_at(RECEIVED_AT - timedelta(minutes=1))}", False),
        ("t=kemarin", False),
        ("x=99999999999", True),
        ("x=999999999999", False),
    ],
)
def test_the_signed_times_must_fit_the_arrival(signer: Signer, tags: str, *, holds: bool) -> None:
    """Expired, made long ago, made in the future, no time at all: nothing."""
    assert (_found(signer.sign(letter(), tags=tags), signer.dns) == DOMAIN) is holds


def test_a_mail_sent_again_after_days_proves_nothing(signer: Signer) -> None:
    """The very bytes of an old mail, handed in once more: its date is signed, and old."""
    signed = signer.sign(letter())
    assert _found(signed, signer.dns, RECEIVED_AT + timedelta(days=1)) == DOMAIN
    assert _found(signed, signer.dns, RECEIVED_AT + FRESH_FOR) == ""


@pytest.mark.parametrize("date", ["Mon, 5 Jan 2026 10:18:00 -0000", "kemarin", ""])
def test_a_date_without_a_zone_proves_nothing(signer: Signer, date: str) -> None:
    """When it was written cannot be said."""
    raw = letter().replace(format_datetime(WRITTEN_AT).encode(), date.encode())
    assert _found(signer.sign(raw), signer.dns) == ""

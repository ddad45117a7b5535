"""Where our own server has proved nothing, a signature may; what was found is kept, and judged by ever after."""

from __future__ import annotations

from email.utils import format_datetime

from mailbot.core.model.mail import Proof
from mailbot.core.model.sop import Step
from tests.office import ToyOffice
from tests.reading.signing import Signer, new_signer

SIGNER = new_signer("example.go.id")


def waiting() -> ToyOffice:
    """Return the office on the first morning of its cycle."""
    office = ToyOffice()
    office.works()
    return office


def checking(asked: list[str], signer: Signer = SIGNER) -> ToyOffice:
    """Return an office that waits for the Sekretaris' word on the data needs, and checks signatures itself."""

    def dns(name: str) -> str:
        asked.append(name)
        return signer.dns(name)

    office = waiting()
    office.has(look_up_txt=dns)
    return office


def said(office: ToyOffice, words: str = "SETUJU", *, address: str = "") -> bytes:
    """Return the Sekretaris' answer to the list of data needs, not proved by our server, and not signed yet."""
    date = (("Date", format_datetime(office.clock())),)
    asked = office.letter("sekretaris", "data_needs")
    return office.mail("sekretaris", asked, words, proved=False, address=address, extra=date)


def test_a_signed_verdict_counts() -> None:
    """No challenge is sent; the verdict bears the proof."""
    asked: list[str] = []
    office = checking(asked)
    office.arrives(SIGNER.sign(said(office)))
    assert office.cycle().step is Step.COLLECT
    assert office.cycle().verdicts[-1].proof is Proof.AUTHENTICATED
    assert office.letters_to("sekretaris", "challenge") == []
    assert asked == [SIGNER.name]
    assert office.ledger.inbox.listing()[0].signed_by == "example.go.id"


def test_a_forged_signature_is_answered_by_a_challenge() -> None:
    """A changed word; the finding is kept as well."""
    asked: list[str] = []
    office = checking(asked)
    office.arrives(SIGNER.sign(said(office, "Belum.")).replace(b"Belum.", b"SETUJU"))
    assert office.cycle().step is Step.INFORM
    assert len(office.letters_to("sekretaris", "challenge")) == 1
    assert office.ledger.inbox.listing()[0].signed_by == ""


def test_a_replay_judges_by_what_was_found_then() -> None:
    """The key has gone from the DNS, or has come into it: history stays as it was."""
    asked: list[str] = []
    office = checking(asked)
    office.arrives(SIGNER.sign(said(office)))
    mail = office.ledger.inbox.listing()[0]
    office.has(look_up_txt=lambda _: "")
    before = office.cycle()
    assert office.ledger.inbox.replay(mail.id)
    office.works()
    assert office.ledger.inbox.get(mail.id).signed_by == "example.go.id"
    assert office.cycle().verdicts == before.verdicts
    assert office.letters_to("sekretaris", "challenge") == []

    later = checking([], new_signer("lain.example.go.id"))
    later.arrives(SIGNER.sign(said(later)))
    later.has(look_up_txt=SIGNER.dns)
    assert later.ledger.inbox.replay(later.ledger.inbox.listing()[0].id)
    later.works()
    assert later.cycle().step is Step.INFORM


def test_a_signed_mail_in_other_clothes_proves_nothing() -> None:
    """The same signed mail with a header added that is not signed: the code is asked for."""
    office = checking([])
    signed = SIGNER.sign(said(office, "Masih saya pelajari."))
    office.arrives(signed)
    assert office.ledger.inbox.listing()[0].signed_by in {"", "example.go.id"}
    office.arrives(b"X-Lain: 1\r\n" + signed)
    assert office.ledger.inbox.listing()[0].signed_by == ""


def test_the_same_signed_bytes_again_are_a_duplicate() -> None:
    """Acted on once."""
    office = checking([])
    signed = SIGNER.sign(said(office))
    office.arrives(signed)
    verdicts = office.cycle().verdicts
    office.arrives(signed)
    assert office.cycle().verdicts == verdicts
    assert office.ledger.inbox.counts().by_outcome["duplicate"] == 1


def test_nothing_is_looked_up_for_strangers_robots_and_those_already_proved() -> None:
    """Nobody outside the list can make us ask the DNS; a vacation reply of somebody on it is checked."""
    asked: list[str] = []
    office = checking(asked)
    office.arrives(SIGNER.sign(said(office, address="orang@example.go.id")))
    office.arrives(SIGNER.sign(said(office, "Saya cuti.").replace(b"Subject: Re: ", b"Subject: Balasan otomatis: ")))
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "Masih saya pelajari.")
    assert asked == [SIGNER.name]
    assert [mail.signed_by for mail in office.ledger.inbox.listing(limit=3)] == [None, "example.go.id", None]


def test_an_office_that_wants_no_check_makes_none() -> None:
    """`trust.own_dkim_check: false`."""
    office = waiting()
    office.arrives(SIGNER.sign(said(office)))
    assert office.cycle().step is Step.INFORM
    assert office.ledger.inbox.listing()[0].signed_by is None

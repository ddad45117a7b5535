"""Story 12: who a mail is from: forms by listed address or stamp, words only with proof, deputies in their dates."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.mail import Proof
from mailbot.core.model.people import Acting, Person
from mailbot.core.model.sop import Step
from tests.office import ACCOUNT, AUTHSERV_ID, ToyOffice, requested

UNLISTED = "staf.piak@pribadi.example"
DEPUTY = "plt.sekretaris@example.go.id"
ALIAS = "ibu.kabid.piak@pribadi.example"


@pytest.fixture
def office() -> ToyOffice:
    """The office in which every unit owes its form."""
    return requested()


def with_people(office: ToyOffice, change: Callable[[tuple[Person, ...]], tuple[Person, ...]]) -> ToyOffice:
    """Return the office with another list of people."""
    roster = office.office.roster
    office.office = replace(office.office, roster=replace(roster, people=change(roster.people)))
    office.has(office=office.office)
    return office


def other_figures(form: bytes) -> bytes:
    """Return a filled form with another figure: every spending is a thousand rupiah less."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book["Anggaran"]
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, int) and cell.value > 1_000_000 and not cell.protection.locked:
                cell.value -= 1_000
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_form_needs_no_more_than_a_listed_address(office: ToyOffice) -> None:
    """Nothing proves the sender; a form decides nothing, and is checked figure by figure."""
    request = office.letter("kabid-piak", "request")
    office.answers("kabid-piak", request, "Terlampir.", office.filled("PIAK"), proved=False)
    assert office.unit("PIAK").state is UnitState.ACCEPTED


def test_an_unlisted_colleague_s_form_waits_for_the_head_who_admits_him(office: ToyOffice) -> None:
    """The Kepala Bidang forwards the request to somebody who is on nobody's list: he is asked, both hear of it."""
    head = office.person("kabid-piak").addresses[0]
    office.answers("kabid-piak", None, "Terlampir.", office.filled("PIAK"), address=UNLISTED, proved=False)
    assert office.unit("PIAK").state is UnitState.WAITING
    asked = office.letter("kabid-piak", "conflict")
    assert UNLISTED in asked.text
    assert [name for name, _ in asked.files] == ["Batas-Waktu-PIAK-2025.ics"]
    (waits,) = [raw for address, raw in office.post.delivered if address == UNLISTED]
    told = office.seen(UNLISTED, waits)
    assert (told.kind, told.files) == ("form_waits", ())
    office.answers("kabid-piak", asked, "BENAR", proved=False)
    assert office.unit("PIAK").state is UnitState.WAITING
    office.answers("kabid-piak", asked, "BENAR")
    assert office.unit("PIAK").state is UnitState.ACCEPTED
    assert UNLISTED in office.letter("kabid-piak", "receipt").text
    assert [address for address, raw in office.post.delivered if office.seen(address, raw).kind == "receipt"] == [
        head,
        UNLISTED,
    ]
    office.days_pass(1)
    assert UNLISTED in office.letter("perencanaan", "digest").text


def test_an_admitted_colleague_is_answered_himself_where_his_mail_is_proved(office: ToyOffice) -> None:
    """A later form of his counts at once, and the head gets a copy that names him; unproved, he is a stranger."""
    office.answers("kabid-piak", None, "Terlampir.", office.filled("PIAK", mistakes=1), address=UNLISTED)
    office.answers("kabid-piak", office.letter("kabid-piak", "conflict"), "BENAR")
    assert office.unit("PIAK").state is UnitState.RETURNED
    office.letter("kabid-piak", "returned")
    office.answers("kabid-piak", None, "STATUS", address=UNLISTED, proved=False)
    office.answers("kabid-piak", None, "Terlampir.", office.filled("PIAK"), address=UNLISTED)
    assert office.unit("PIAK").state is UnitState.ACCEPTED
    theirs = [office.seen(address, raw) for address, raw in office.post.delivered if address == UNLISTED]
    assert [letter.kind for letter in theirs] == ["form_waits", "receipt"]
    assert UNLISTED in office.letter("kabid-piak", "receipt").text
    office.days_pass(1)
    assert UNLISTED in office.letter("perencanaan", "digest").text


def test_a_forged_form_after_a_proved_one_changes_no_figure(office: ToyOffice) -> None:
    """Under the head's address, with DMARC failed or no result: he is asked, and hears that it is not proved."""
    office.sends_form("kabid-piak", "PIAK")
    counted = office.unit("PIAK")
    name, form = office.filled("PIAK")
    forged = other_figures(form)
    office.answers("kabid-piak", None, "Terlampir.", (name, forged), proved=False)
    assert office.unit("PIAK").counted == counted.counted
    failed = office.mail("kabid-piak", None, "Terlampir.", (name, other_figures(forged))).replace(
        b"dmarc=pass", b"dmarc=fail"
    )
    office.arrives(failed)
    assert office.unit("PIAK").counted == counted.counted
    unproved, false = office.letters_to("kabid-piak", "conflict")
    assert "belum dapat kami pastikan" in " ".join(unproved.text.split())
    assert "tidak berasal dari alamat" in " ".join(false.text.split())
    assert office.letters_to("kabid-piak", "receipt")[1:] == []


def test_a_kasi_s_form_is_answered_to_him(office: ToyOffice) -> None:
    """As the list has him."""
    office.answers("kasi-inovasi", office.letter("kasi-inovasi", "request_copy"), "Terlampir.", office.filled("PIAK"))
    assert office.unit("PIAK").state is UnitState.ACCEPTED
    assert len(office.letters_to("kasi-inovasi", "receipt")) == 1


def test_a_form_without_a_stamp_of_ours_from_an_unlisted_address_meets_silence(office: ToyOffice) -> None:
    """Bytes of a workbook that anybody can make; the operator reads of its sender in the morning."""
    before = len(office.post.delivered)
    office.answers("kabid-piak", None, "Terlampir.", ("Form.xlsx", b"PK\x03\x04 no form"), address=UNLISTED)
    assert len(office.post.delivered) == before
    assert office.unit("PIAK").state is UnitState.WAITING
    office.morning()
    assert UNLISTED in office.letters_to("operator", "morning")[-1].text


def test_a_command_without_proof_is_answered_by_a_challenge(office: ToyOffice) -> None:
    """TERIMA would take a form as it is."""
    office.sends_form("kabid-piak", "PIAK", mistakes=1)
    office.answers("perencanaan", None, "TERIMA PIAK: data benar", proved=False)
    assert office.unit("PIAK").state is UnitState.RETURNED
    assert len(office.letters_to("perencanaan", "challenge")) == 1
    office.answers("perencanaan", None, "TERIMA PIAK: data benar")
    assert office.unit("PIAK").state is UnitState.ACCEPTED


def test_reply_to_sender_and_name_are_nobody(office: ToyOffice) -> None:
    """Only the one address in From says whose mail it is."""
    office.sends_form("kabid-piak", "PIAK", mistakes=1)
    planning = office.person("perencanaan").addresses[0]
    before = len(office.post.delivered)
    for extra in ((("Reply-To", planning),), (("Sender", planning),), (("Resent-From", planning),)):
        office.answers("perencanaan", None, "TERIMA PIAK: ya", address=UNLISTED, extra=extra)
    named = office.mail("perencanaan", None, "TERIMA PIAK: ya", address=UNLISTED)
    office.arrives(named.replace(f"From: {UNLISTED}".encode(), f'From: "{planning}" <{UNLISTED}>'.encode()))
    assert office.unit("PIAK").state is UnitState.RETURNED
    assert len(office.post.delivered) == before


def test_two_senders_are_none(office: ToyOffice) -> None:
    """Two From fields, or one with two addresses, whatever our server says of the mail."""
    office.sends_form("kabid-piak", "PIAK", mistakes=1)
    planning = office.person("perencanaan").addresses[0]
    before = len(office.post.delivered)
    mail = office.mail("perencanaan", None, "TERIMA PIAK: ya")
    field = f"From: {planning}\r\n".encode()
    assert field in mail
    office.arrives(mail.replace(field, field + f"From: {UNLISTED}\r\n".encode()))
    office.arrives(mail.replace(field, f"From: {planning}, {UNLISTED}\r\n".encode()))
    assert office.unit("PIAK").state is UnitState.RETURNED
    assert len(office.post.delivered) == before


def test_a_second_address_of_a_person_is_that_person() -> None:
    """A head who answers from a private address is the head, and is answered there."""

    def with_alias(people: tuple[Person, ...]) -> tuple[Person, ...]:
        return tuple(
            replace(one, addresses=(*one.addresses, ALIAS)) if one.key == "kabid-piak" else one for one in people
        )

    office = with_people(requested(), with_alias)
    before = len(office.post.delivered)
    office.answers("kabid-piak", office.letter("kabid-piak", "request"), "STATUS", address=ALIAS)
    assert [address for address, _ in office.post.delivered[before:]] == [ALIAS]


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (date(2026, 1, 5), date(2026, 1, 9), True),
        (date(2026, 1, 5), date(2026, 1, 5), True),
        (date(2026, 1, 6), date(2026, 1, 9), False),
        (date(2025, 12, 1), date(2026, 1, 4), False),
    ],
    ids=["in his days", "on his last day", "before his days", "after his days"],
)
def test_a_deputy_speaks_in_his_dates_and_only_then(since: date, until: date, *, counts: bool) -> None:
    """A Plt. Sekretaris consents to the data needs on Monday, 5 January; before and after he hears whose word it is."""

    def with_deputy(people: tuple[Person, ...]) -> tuple[Person, ...]:
        head = next(one for one in people if one.key == "sekretaris")
        deputy = replace(
            head, key="plt-sekretaris", addresses=(DEPUTY,), acting=Acting.ACTING, since=since, until=until
        )
        return (*people, deputy)

    office = with_people(ToyOffice(), with_deputy)
    office.works()
    holder = "plt-sekretaris" if counts else "sekretaris"
    letter = office.letter(holder, "data_needs")
    office.answers("plt-sekretaris", letter, "SETUJU")
    assert (office.cycle().step is Step.COLLECT) is counts
    if counts:
        verdict = office.cycle().verdicts[-1]
        assert (verdict.person, verdict.proof) == ("plt-sekretaris", Proof.AUTHENTICATED)
    else:
        assert office.ledger.inbox.counts().by_outcome["stranger"] == 1
        assert "Sekretaris" in office.letter("plt-sekretaris", "no_longer").text


@pytest.mark.parametrize(
    ("believed", "top"),
    [
        (
            "mx.google.com",
            (
                "Received: from mail.example.go.id (mail [203.0.113.7]) by mx.google.com with ESMTPS id a1\r\n"
                "Authentication-Results: mx.google.com; dkim=pass header.i=@example.go.id header.s=k; spf=pass "
                "smtp.mailfrom=sekretaris@example.go.id; dmarc=pass (p=REJECT) header.from=example.go.id\r\n"
            ),
        ),
        (
            "microsoft-365",
            (
                "Authentication-Results: spf=pass (sender IP is 203.0.113.7) smtp.mailfrom=example.go.id; dkim=pass "
                "(signature was verified) header.d=example.go.id;dmarc=pass action=none header.from=example.go.id;"
                "compauth=pass reason=100\r\n"
                "Received: from mail.example.go.id (203.0.113.7) by SG2PEPF000B66CB.mail.protection.outlook.com "
                "(2603:1096::1) with Microsoft SMTP Server (version=TLS1_3) id 15.20.1\r\n"
            ),
        ),
        (
            f"below:{AUTHSERV_ID}",
            (
                f"Received: from mail.example.go.id (a [203.0.113.7]) by {AUTHSERV_ID} (Postfix) with ESMTPS id 1\r\n"
                f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass (p=none) header.from=example.go.id\r\n"
            ),
        ),
    ],
    ids=["Gmail", "Microsoft 365", "a milter under Postfix"],
)
def test_each_kind_of_server_proves_by_what_it_writes_where_it_writes_it(believed: str, top: str) -> None:
    """The Sekretaris' word counts if his office's server is named so in `trust.authserv_ids`, and not otherwise."""
    for names, step in (((believed,), Step.COLLECT), (("mx.lain.example",), Step.INFORM)):
        office = ToyOffice()
        office.has(believed={ACCOUNT: names})
        office.works()
        mail = office.mail("sekretaris", office.letter("sekretaris", "data_needs"), "SETUJU", proved=False)
        office.arrives(top.encode() + mail.partition(b"\r\n")[2])
        assert office.cycle().step is step

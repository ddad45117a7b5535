"""Story 06: one address refuses; the others get their letters, the operator is told, and nothing is sent twice."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.model.cycle import UnitState
from tests.office import ToyOffice, requested
from tests.simulation.mails import report


def test_an_address_that_is_gone_for_good_stops_nobody_and_is_told_the_same_day() -> None:
    """550 for one head: operator and Subbag Program hear of it; the row goes on."""
    office = ToyOffice()
    office.post.refusals["kabid.capil@example.go.id"] = (550, "5.1.1 user unknown")
    office.works()
    office.days_pass(2)
    assert office.letters_to("kabid-capil", "request") == []
    assert len(office.letters_to("kabid-piak", "request")) == 1
    assert len(office.letters_to("operator", "undelivered")) == 1
    assert len(office.letters_to("perencanaan", "undelivered")) == 1


def test_an_address_refused_for_days_delays_nobody_and_gets_its_letter_once_it_is_back() -> None:
    """451 for three days: the other units are collected meanwhile, the late letter arrives once, byte for byte."""
    office = ToyOffice()
    office.post.refusals["kabid.capil@example.go.id"] = (451, "4.2.0 try again later")
    office.works()
    office.days_pass(2)
    for unit, key in (("SEKRETARIAT", "umum"), ("DAFDUK", "kabid-dafduk"), ("PIAK", "kabid-piak")):
        office.sends_form(key, unit)
        assert office.unit(unit).state is UnitState.ACCEPTED
    office.days_pass(1)
    del office.post.refusals["kabid.capil@example.go.id"]
    office.days_pass(2)
    assert len(office.letters_to("kabid-capil", "request")) == 1


def test_nobody_is_reminded_the_day_after_his_second_address_was_asked() -> None:
    """The request came back a day later: the second address is asked on Thursday, and reminded on Monday, the last."""
    office = requested()
    roster, second = office.office.roster, "capil@surel.example"
    people = tuple(replace(one, second_address=second) if one.key == "kabid-capil" else one for one in roster.people)
    office.has(office=replace(office.office, roster=replace(roster, people=people)))
    first = next(one for one in office.ledger.letters.of_cycle("2025") if (one.kind, one.unit) == ("request", "CAPIL"))
    office.morning()
    office.arrives(report(office.office.mailbox, first.message_id, first.address, "5.1.1", office.clock(), 1)[0])

    def got() -> list[str]:
        return [office.seen(address, raw).kind for address, raw in office.post.delivered if address == second]

    assert got() == ["request"]
    office.morning()
    assert got() == ["request"]
    assert len(office.letters_to("kabid-piak", "reminder")) == 1
    office.morning()
    assert got() == ["request", "reminder_today"]

"""Deciding and writing down in one stroke: anew where somebody else was quicker, and never half."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from mailbot.clerk.composing import compose_all
from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.opening.openings import open_cycle
from mailbot.core.decide import decide
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.facts import AbsenceNoticed, CycleOpened, MailUnplaced
from mailbot.core.model.letters import Letter
from mailbot.core.model.letters_in_answer import Unplaced
from mailbot.core.model.outcome import JournalLine
from mailbot.core.sorting.placing import Desk, source_of
from mailbot.errors import StaleCycle
from mailbot.ledger.cycles import Cycles
from mailbot.ledger.values import Changes, CycleChange, Outgoing
from mailbot.reading.limits import MailLimits
from mailbot.reading.mail import read_mail
from tests.office import CYCLE, ToyOffice, requested


class OvertakenCycles(Cycles):
    """Cycles that somebody else moves, so many times, just after they were read."""

    others: list[Callable[[Cycle], None]]

    def get(self, key: str) -> Cycle | None:
        """Read a cycle, whereupon it is moved."""
        found = super().get(key)
        if self.others and found is not None:
            self.others.pop()(found)
        return found


def overtaken(office: ToyOffice, times: int) -> None:
    """Let somebody else move the cycle that often."""

    def moves(cycle: Cycle) -> None:
        moved = replace(cycle, reminders=cycle.reminders + 1)
        office.ledger.commit(Changes(at=office.clock(), cycles=(CycleChange(before=cycle, after=moved),)))

    cycles = OvertakenCycles(office.ledger.engine)
    cycles.others = [moves] * times
    office.ledger.cycles = cycles


def absence(office: ToyOffice) -> AbsenceNoticed:
    """Return a small fact."""
    return AbsenceNoticed(
        at=office.clock(), person=office.person("kabid-piak"), returns_on=None, received_at=office.clock()
    )


def test_a_decision_is_made_anew_on_a_cycle_that_was_moved_meanwhile() -> None:
    """Both the other's move and ours stand in the end; ours is written once."""
    office = requested()
    overtaken(office, 4)
    asked: list[int] = []

    def made() -> Decision:
        asked.append(1)
        return Decision(beside=Changes(at=office.clock()), facts=((CYCLE, absence(office)),))

    write_down(office.clerk.books, office.clerk.maker, made)
    assert len(asked) == 5
    assert office.cycle().reminders == 4
    assert [entry.line.event for entry in office.ledger.journal.read()].count("absence") == 1


def test_who_is_overtaken_every_time_gives_up_and_has_written_nothing() -> None:
    """Five times; the caller tries again at the next pass."""
    office = requested()
    overtaken(office, 99)
    head, letters = office.ledger.journal.head(), office.letter_keys()
    absent = Decision(beside=Changes(at=office.clock()), facts=((CYCLE, absence(office)),))
    with pytest.raises(StaleCycle):
        write_down(office.clerk.books, office.clerk.maker, lambda: absent)
    assert (office.ledger.journal.head(), office.letter_keys()) == (head, letters)


def test_a_mail_that_is_overtaken_is_worked_at_its_next_attempt() -> None:
    """It is not lost, has one effect, and is not blamed for it."""
    office = requested()
    request = office.letter("kabid-piak", "request")
    overtaken(office, 6)
    office.answers("kabid-piak", request, "STATUS")
    office.works()
    (mail,) = office.ledger.inbox.listing()
    assert (mail.outcome, mail.attempts) == ("command", 1)
    assert len(office.letters_to("kabid-piak", "status")) == 1


def test_facts_of_one_decision_build_on_each_other() -> None:
    """A cycle is opened and hears of an absence in the same stroke."""
    office = ToyOffice()
    at = office.clock()
    facts = ((CYCLE, CycleOpened(at=at, cycle=CYCLE)), (CYCLE, absence(office)))
    decision = Decision(beside=Changes(at=at), facts=facts)
    committed = write_down(office.clerk.books, office.clerk.maker, lambda: decision)
    assert [cycle.version for cycle in committed.cycles] == [1]
    events = [entry.line.event for entry in office.ledger.journal.read()]
    assert (events[0], *events[-2:]) == ("cycle_opened", "absence", "letter_written")


def test_opening_a_cycle_twice_opens_it_once() -> None:
    """The second time nothing is written."""
    office = ToyOffice()
    assert open_cycle(office.clerk.books, office.clerk.maker, CYCLE, office.clock())
    head = office.ledger.journal.head()
    assert not open_cycle(office.clerk.books, office.clerk.maker, CYCLE, office.clock())
    assert office.ledger.journal.head() == head


def answer_to(office: ToyOffice, words: str) -> tuple[Letter, ...]:
    """Return the letter that answers a mail of the Kepala Bidang PIAK, as decided and not yet written."""
    raw = office.mail("kabid-piak", None, words)
    mail = read_mail(
        raw, received_at=office.clock(), own_addresses=office.office.own_addresses, authserv_ids=(), limits=MailLimits()
    )
    desk = Desk(
        mail=mail, at=office.clock(), office=office.office, about=(), bounced=(), cycles=(office.cycle(),), last={}
    )
    source = source_of(desk, office.person("kabid-piak"))
    return decide(office.cycle(), MailUnplaced(at=office.clock(), source=source), office.office).letters


def composed(
    office: ToyOffice, letters: tuple[Letter, ...]
) -> tuple[tuple[Outgoing, ...], tuple[tuple[str, JournalLine], ...]]:
    """Let letters of the cycle be made; return those that may leave, and what the journal says of the others."""
    cycles = {CYCLE: office.cycle()}
    composed = compose_all(office.clerk.books, office.clerk.maker, letters, cycles, office.clock())
    return composed.outgoing, composed.journal


def test_answers_above_the_days_fill_are_withheld_and_written_down() -> None:
    """Counted over one decision and what was queued before; the journal names the letter that was not written (F25)."""
    office = requested()
    office.has(pacing=office.clerk.books.pacing.but(answers_per_day=1))
    letters = answer_to(office, "satu") + answer_to(office, "dua dua")
    outgoing, (withheld_line, written) = composed(office, letters)
    assert [letter.key for letter in outgoing] == [letters[0].key]
    sent = hashlib.sha256(outgoing[0].raw).hexdigest()
    assert (written[1].event, dict(written[1].detail)) == ("letter_written", {"letter": letters[0].key, "sent": sent})
    assert [(key, line.event, dict(line.detail)) for key, line in [withheld_line]] == [
        (CYCLE, "answer_withheld", {"letter": letters[1].key, "address": letters[1].address})
    ]


def test_answers_above_the_days_fill_of_all_addresses_are_withheld() -> None:
    """Whoever writes: a flood from many addresses ends there, and the operator reads of it in the morning."""
    office = requested()
    office.has(pacing=office.clerk.books.pacing.but(answers_in_all_per_day=2))
    for key in ("kabid-piak", "kabid-dafduk", "kabid-capil"):
        office.answers(key, office.letter(key, "request"), "STATUS")
    answered = [len(office.letters_to(key, "status")) for key in ("kabid-piak", "kabid-dafduk", "kabid-capil")]
    assert answered == [1, 1, 0]
    (silenced,) = [entry.line for entry in office.ledger.journal.read() if entry.line.event == "answer_withheld"]
    assert dict(silenced.detail)["address"] == office.person("kabid-capil").addresses[0]
    office.hours_pass(25)
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), "STATUS")
    assert len(office.letters_to("kabid-capil", "status")) == 1


def test_one_decision_counts_what_it_adds_to_the_fill_of_all() -> None:
    """Two answers of one decision are not both written where one is left."""
    office = requested()
    office.has(pacing=office.clerk.books.pacing.but(answers_in_all_per_day=1))
    letters = answer_to(office, "satu") + answer_to(office, "dua dua")
    outgoing, _ = composed(office, letters)
    assert [letter.key for letter in outgoing] == [letters[0].key]


def test_a_day_later_the_address_is_answered_again() -> None:
    """The fill is of twenty-four hours."""
    office = requested()
    office.has(pacing=office.clerk.books.pacing.but(answers_per_day=1))
    request = office.letter("kabid-piak", "request")
    office.answers("kabid-piak", request, "STATUS")
    office.hours_pass(23)
    office.answers("kabid-piak", request, "STATUS")
    assert len(office.letters_to("kabid-piak", "status")) == 1
    office.hours_pass(2)
    office.answers("kabid-piak", request, "STATUS")
    assert len(office.letters_to("kabid-piak", "status")) == 2


def test_a_letter_that_is_in_the_outbox_is_not_written_again() -> None:
    """Its key is known; the slow work is spared."""
    office = requested()
    request = office.letter("kabid-piak", "request")
    office.answers("kabid-piak", request, "Apa kabar?")
    (kept,) = office.ledger.letters.listing(limit=1)
    letter = Letter(key=kept.key, about=Unplaced(), to=kept.person, address=kept.address)
    assert composed(office, (letter,)) == ((), ())

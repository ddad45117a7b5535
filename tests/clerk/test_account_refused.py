"""A refusal of our account rests the way out, and gives up no letter; given up is not sent, and reminds nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailbot.clerk.readdressing import try_all_again
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.sop import Step
from mailbot.errors import Refused
from mailbot.ledger.values import LetterState
from tests.clerk.post import OddPost, odd_office
from tests.clerk.test_watchdog import told
from tests.office import ToyOffice
from tests.remembered import fill

CAPIL = "kabid.capil@example.go.id"
LIMIT = Refused(permanent=True, code=550, reply="5.4.5 Daily user sending limit exceeded", command="DATA")
UNCLEAR = Refused(permanent=True, code=554, reply="5.7.1 Rejected by policy", command="RCPT")


class RefusingPost(OddPost):
    """A server that takes nothing for a while."""

    refuses: Refused | None = None

    def send(self, sender, recipient, raw, *, before_data):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201, D102
        if self.refuses is not None:
            self.offered.append(recipient)
            raise self.refuses
        return OddPost.send(self, sender, recipient, raw, before_data=before_data)


def refusing_office() -> tuple[ToyOffice, RefusingPost]:
    """Return the toy office, row 1 begun, at such a server."""
    office, _ = odd_office()
    post = RefusingPost(office.clock)
    office.post = post
    office.works()
    return office, post


@pytest.mark.parametrize("refusal", [LIMIT, UNCLEAR], ids=["the account", "one after the other alike"])
def test_a_refusal_of_the_account_gives_nothing_up_and_resumes(refusal: Refused) -> None:
    """Seven requests wait: one is tried every so often; once the server takes them, all leave, once each (P3)."""
    office, post = refusing_office()
    post.refuses = refusal
    office.days_pass(1)
    for _ in range(24):
        office.hours_pass(1)
    counts = office.ledger.letters.counts()
    assert {letter.kind for letter in office.ledger.letters.listing(LetterState.GIVEN_UP)} <= {"morning"}
    assert counts.queued + counts.put_off >= 7
    assert office.cycle().step is Step.REQUEST
    assert len(post.offered) < 45
    post.refuses = None
    office.days_pass(2)
    assert office.cycle().step is Step.COLLECT
    for unit in office.cycle().units:
        head = next(person.key for person in office.office.roster.people if person.unit == unit.unit)
        assert len(office.letters_to(head, "request")) == 1
    assert told(office)[-1] == "Pulih: layanan surel"


def test_a_letter_that_alone_is_refused_is_given_up_once_another_was_taken() -> None:
    """What the server says is unclear; the letters to others show that it is this one's fault."""
    office, post = refusing_office()
    post.breaks[CAPIL] = [UNCLEAR] * 9
    office.days_pass(2)
    for _ in range(2):
        office.hours_pass(0.1)
    (lost,) = office.ledger.letters.listing(LetterState.GIVEN_UP)
    assert (lost.address, lost.kind) == (CAPIL, "request")
    assert len(office.letters_to("operator", "undelivered")) == 1


def test_a_letter_that_alone_waits_and_is_refused_is_given_up_soon() -> None:
    """Nothing else shows whose fault it is: after four tries somebody hears of it."""
    office, post = odd_office()
    post.breaks["operator.disdukcapil@example.go.id"] = [UNCLEAR] * 9
    for _ in range(8):
        office.hours_pass(0.2)
    assert [letter.kind for letter in office.ledger.letters.listing(LetterState.GIVEN_UP)] == ["morning"]


def test_a_request_that_was_given_up_was_not_sent() -> None:
    """The row waits, nobody is reminded; tried again with success, the row goes on (P3)."""
    office, post = refusing_office()
    post.refusals[CAPIL] = (550, "5.1.1 user unknown")
    office.days_pass(10)
    assert office.cycle().step is Step.REQUEST
    assert not [letter for letter in office.ledger.letters.listing(limit=500) if letter.kind.startswith("reminder")]
    del post.refusals[CAPIL]
    assert try_all_again(office.ledger, office.office, office.clock() - timedelta(days=20)) == 1
    office.morning()
    assert len(office.letters_to("kabid-capil", "request")) == 1
    assert office.cycle().step is Step.COLLECT


def test_a_unit_whose_form_came_has_got_its_request() -> None:
    """By whatever way: the row waits for no letter to it."""
    office, post = refusing_office()
    post.refusals[CAPIL] = (550, "5.1.1 user unknown")
    office.days_pass(2)
    (lost,) = office.ledger.letters.listing(LetterState.GIVEN_UP)
    name, form = office.seen(CAPIL, office.ledger.letters.raw(lost.key)).file(".xlsx")
    office.answers("kabid-capil", None, "Terlampir form isian.", (name, fill(form, office.script, mistakes=0)))
    office.works()
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    assert office.cycle().step is Step.COLLECT


def test_silence_on_a_letter_that_never_left_is_no_consent() -> None:
    """Row 1: the Sekretaris was not told; his time to object runs from when he is."""
    office, post = odd_office()
    post.refusals["sekretaris.disdukcapil@example.go.id"] = (550, "5.1.1 user unknown")
    office.works()
    office.days_pass(4)
    assert office.cycle().step is Step.INFORM
    post.refusals.clear()
    assert try_all_again(office.ledger, office.office, office.clock()) == 1
    office.works()
    assert office.cycle().step is Step.INFORM
    office.days_pass(2)
    assert office.cycle().step is not Step.INFORM

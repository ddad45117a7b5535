"""The outbox: one letter to one claimant, every end written down, nothing sent that is held."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.ledger.ledger import Ledger
from mailbot.ledger.letters import Pace
from mailbot.ledger.looking.counts import OutboxCounts
from mailbot.ledger.outbox import LONGEST, next_try
from mailbot.ledger.values import WITHDRAWN, Changes, ClaimedLetter, Committed, LetterState, OutboxLetter
from tests.ledger.examples import DAY, LEASE, MINUTE, NOW, a_letter, queueing

WAIT = timedelta(minutes=20)


def claim(ledger: Ledger, now_plus: timedelta = timedelta(), who: str = "a") -> ClaimedLetter:
    """Claim a letter that must be there."""
    letter = ledger.outbox.claim_due(NOW + now_plus, who, LEASE)
    assert letter is not None
    return letter


def state(ledger: Ledger, key: str) -> tuple[LetterState, int, str]:
    """Return where a letter stands, how often it was tried, and what was last said about it."""
    letter = ledger.letters.by_key(key)
    assert letter is not None
    return letter.state, letter.tries, letter.last_error


def test_a_letter_goes_out_with_the_bytes_it_was_decided_with(ledger: Ledger) -> None:
    """Queued, claimed, marked, sent: and read back whole."""
    letter = a_letter("request/2026/piak", is_answer=True)
    ledger.commit(queueing(letter))
    claimed = claim(ledger)
    assert claimed == ClaimedLetter(
        id=claimed.id,
        fence=1,
        key=letter.key,
        kind="request",
        cycle="2026",
        unit="piak",
        person="kabid-piak",
        address="kabid-piak@example.go.id",
        message_id=letter.message_id,
        raw=letter.raw,
        queued_at=NOW,
        tries=1,
    )
    assert ledger.outbox.mark_data(claimed)
    assert ledger.outbox.mark_sent(claimed, "250 2.0.0 Ok: queued as 4F", NOW + MINUTE)
    assert ledger.outbox.claim_due(NOW + DAY, "a", LEASE) is None
    assert ledger.letters.raw(letter.key) == letter.raw
    assert ledger.letters.by_key(letter.key) == OutboxLetter(
        id=claimed.id,
        key=letter.key,
        kind="request",
        cycle="2026",
        unit="piak",
        person="kabid-piak",
        address="kabid-piak@example.go.id",
        message_id=letter.message_id,
        sha256=hashlib.sha256(letter.raw).hexdigest(),
        is_answer=True,
        proved=False,
        queued_at=NOW,
        due_at=NOW,
        state=LetterState.SENT,
        tries=1,
        fence=1,
        reply="250 2.0.0 Ok: queued as 4F",
        sent_at=NOW + MINUTE,
        last_error="",
        held_why=None,
        asks=None,
        number=0,
        answers_mail="",
        bounce="",
    )


def test_a_known_key_is_skipped_and_reported(ledger: Ledger) -> None:
    """The letter that is there stays as it is, whatever the second one says."""
    first = a_letter("reminder/2026/piak/week-2")
    ledger.commit(queueing(first))
    again = replace(first, raw=b"other bytes", message_id="<other@example.go.id>")
    new = a_letter("reminder/2026/capil/week-2")
    assert ledger.commit(queueing(again, new, new)) == Committed(cycles=(), queued=(new.key,), known=(first.key,))
    assert ledger.letters.raw(first.key) == first.raw
    assert ledger.letters.counts() == OutboxCounts(queued=2)


@pytest.mark.parametrize(("why", "leaves"), [(f"{WITHDRAWN}: it says what holds no more", True), ("550", False)])
def test_a_letter_that_was_withdrawn_is_queued_anew_once_it_is_decided_anew(
    ledger: Ledger, why: str, *, leaves: bool
) -> None:
    """One that was refused for good is not; and whoever had claimed it before it was withdrawn can mark nothing."""
    first = a_letter("reminder/2026/piak/2026-01-09/af9f2494")
    ledger.commit(queueing(first))
    former = claim(ledger)
    assert ledger.outbox.give_up(former, why, told=True)
    again = replace(first, raw=b"the days of now")
    done = ledger.commit(queueing(again, at=NOW + MINUTE))
    assert (done.queued, done.known) == (((first.key,), ()) if leaves else ((), (first.key,)))
    assert state(ledger, first.key) == ((LetterState.QUEUED, 0, "") if leaves else (LetterState.GIVEN_UP, 1, why))
    assert not ledger.outbox.mark_data(former)
    if leaves:
        letter = claim(ledger, MINUTE)
        assert (letter.raw, letter.fence, letter.queued_at) == (again.raw, former.fence + 1, NOW + MINUTE)


def test_letters_leave_in_the_order_they_are_due_then_by_age(ledger: Ledger) -> None:
    """Nothing leaves before its hour."""
    ledger.commit(
        queueing(
            a_letter("later", due_at=NOW + DAY),
            a_letter("second"),
            a_letter("third"),
            a_letter("first", due_at=NOW - MINUTE),
        )
    )
    assert [claim(ledger).key for _ in range(3)] == ["first", "second", "third"]
    assert ledger.outbox.claim_due(NOW, "a", LEASE) is None
    assert claim(ledger, DAY).key == "later"


def test_a_letter_that_is_refused_for_now_stops_no_other(ledger: Ledger) -> None:
    """One address that refuses for days has its own due time (the outage story)."""
    ledger.commit(queueing(a_letter("stuck"), a_letter("other")))
    assert ledger.outbox.put_off(claim(ledger), NOW + MINUTE, "450 4.2.0 greylisted")
    assert claim(ledger).key == "other"
    assert ledger.outbox.claim_due(NOW, "a", LEASE) is None
    assert state(ledger, "stuck") == (LetterState.PUT_OFF, 1, "450 4.2.0 greylisted")
    again = claim(ledger, MINUTE)
    assert (again.key, again.tries, again.fence, again.raw) == ("stuck", 2, 2, a_letter("stuck").raw)


def test_a_server_that_cannot_be_reached_costs_no_try(ledger: Ledger) -> None:
    """A week of outage gives up nothing."""
    ledger.commit(queueing(a_letter("k")))
    for _ in range(50):
        assert ledger.outbox.put_back(claim(ledger), "connection refused")
    assert state(ledger, "k") == (LetterState.QUEUED, 0, "connection refused")


def test_a_letter_given_up_is_shown_until_a_decision_has_noted_it(ledger: Ledger) -> None:
    """A crash between giving up and telling the core loses nothing."""
    ledger.commit(queueing(a_letter("k"), a_letter("m")))
    assert ledger.outbox.give_up(claim(ledger), "550 5.1.1 no such user")
    assert ledger.outbox.give_up(claim(ledger), "550 5.1.1 no such user")
    assert [letter.key for letter in ledger.letters.undelivered()] == ["k", "m"]
    ledger.commit(Changes(at=NOW, told=("k",)))
    assert [letter.key for letter in ledger.letters.undelivered()] == ["m"]
    assert ledger.outbox.claim_due(NOW + DAY, "a", LEASE) is None


def test_whoever_lost_his_claim_can_mark_nothing(ledger: Ledger) -> None:
    """The fencing number of an older claim is worth nothing once another one was made."""
    ledger.commit(queueing(a_letter("k")))
    old = claim(ledger, who="a")
    ledger.outbox.recover(NOW + LEASE, WAIT)
    new = claim(ledger, LEASE, who="b")
    assert new.fence > old.fence
    assert not ledger.outbox.mark_data(old)
    assert not ledger.outbox.put_off(old, NOW + DAY, "late")
    assert not ledger.outbox.put_back(old, "late")
    assert not ledger.outbox.give_up(old, "late")
    assert not ledger.outbox.doubt(old, NOW + DAY, "late")
    assert not ledger.outbox.mark_sent(old, "250 late", NOW)
    assert ledger.outbox.mark_sent(new, "250 ok", NOW + LEASE)
    assert not ledger.outbox.mark_sent(old, "250 later still", NOW)
    letter = ledger.letters.by_key("k")
    assert letter is not None
    assert (letter.state, letter.reply) == (LetterState.SENT, "250 ok")


def test_a_250_counts_even_after_the_claim_was_taken_back(ledger: Ledger) -> None:
    """The server has the letter; not to write it down would send it twice."""
    ledger.commit(queueing(a_letter("k")))
    slow = claim(ledger)
    ledger.outbox.mark_data(slow)
    ledger.outbox.recover(NOW + LEASE, WAIT)
    assert ledger.outbox.mark_sent(slow, "250 at last", NOW + LEASE)
    assert state(ledger, "k")[0] is LetterState.SENT


def test_a_dead_senders_letter_is_queued_again_if_no_byte_of_it_had_left(ledger: Ledger) -> None:
    """Not before its lease is over."""
    ledger.commit(queueing(a_letter("k")))
    claim(ledger)
    assert ledger.outbox.recover(NOW + LEASE - MINUTE, WAIT) == 0
    assert ledger.outbox.recover(NOW + LEASE, WAIT) == 1
    assert state(ledger, "k")[0] is LetterState.QUEUED
    assert claim(ledger, LEASE).tries == 2


def test_a_dead_senders_letter_is_in_doubt_once_its_first_byte_may_have_left(ledger: Ledger) -> None:
    """It waits for evidence, then goes again with the same bytes."""
    ledger.commit(queueing(a_letter("k")))
    ledger.outbox.mark_data(claim(ledger))
    assert ledger.outbox.recover(NOW + LEASE, WAIT) == 1
    assert state(ledger, "k")[0] is LetterState.IN_DOUBT
    assert ledger.outbox.resolve(NOW + LEASE + WAIT - MINUTE) == 0
    assert ledger.outbox.resolve(NOW + LEASE + WAIT) == 1
    assert claim(ledger, LEASE + WAIT).raw == a_letter("k").raw


def test_a_claimant_that_starts_anew_takes_back_its_own_at_once(ledger: Ledger) -> None:
    """Restarting does not wait for a lease; another one's claim stands."""
    ledger.commit(queueing(a_letter("mine"), a_letter("other")))
    claim(ledger, who="daemon-1")
    claim(ledger, who="daemon-2")
    assert ledger.outbox.recover(NOW, WAIT, who="daemon-1") == 1
    assert state(ledger, "mine")[0] is LetterState.QUEUED
    assert state(ledger, "other")[0] is LetterState.SENDING


def test_evidence_settles_a_doubt(ledger: Ledger) -> None:
    """A copy in Sent, a delivery report or an answer proves that it arrived: it is not sent again."""
    ledger.commit(queueing(a_letter("k")))
    doubtful = claim(ledger)
    ledger.outbox.mark_data(doubtful)
    assert ledger.outbox.doubt(doubtful, NOW + WAIT, "cut after the last dot")
    assert state(ledger, "k") == (LetterState.IN_DOUBT, 1, "cut after the last dot")
    assert ledger.outbox.found("<k@example.go.id>", "answered by <x@example.go.id>", NOW + MINUTE)
    assert not ledger.outbox.found("<k@example.go.id>", "again", NOW + MINUTE)
    assert not ledger.outbox.found("<unknown@example.go.id>", "never", NOW + MINUTE)
    assert ledger.outbox.resolve(NOW + DAY) == 0
    letter = ledger.letters.by_key("k")
    assert letter is not None
    assert (letter.state, letter.reply) == (LetterState.SENT, "answered by <x@example.go.id>")


def test_a_letter_in_doubt_twice_is_held_however_the_doubts_came(ledger: Ledger) -> None:
    """One repeat; a sender that died is a doubt, too. Whoever tries it anew begins anew."""
    ledger.commit(queueing(a_letter("k")))
    ledger.outbox.mark_data(claim(ledger))
    assert ledger.outbox.recover(NOW + LEASE, WAIT) == 1
    assert ledger.outbox.resolve(NOW + LEASE + WAIT) == 1
    again = claim(ledger, LEASE + WAIT)
    ledger.outbox.mark_data(again)
    assert ledger.outbox.doubt(again, NOW + DAY, "no answer")
    assert ledger.outbox.resolve(NOW + DAY) == 0
    assert [letter.key for letter in ledger.letters.held_in_doubt()] == ["k"]
    assert ledger.outbox.retry("k", NOW + DAY)
    once_more = claim(ledger, DAY)
    ledger.outbox.mark_data(once_more)
    ledger.outbox.doubt(once_more, NOW + 2 * DAY, "no answer")
    assert ledger.outbox.resolve(NOW + 2 * DAY) == 1


def test_a_doubtful_report_is_held_and_not_sent_again(ledger: Ledger) -> None:
    """Of some kinds a second copy is worse than asking the operator."""
    ledger.commit(queueing(a_letter("report", kind="submission"), a_letter("other", kind="request")))
    for letter in (claim(ledger), claim(ledger)):
        ledger.outbox.mark_data(letter)
        ledger.outbox.doubt(letter, NOW + WAIT, "cut")
    assert ledger.outbox.resolve(NOW + WAIT, hold_kinds=("submission",)) == 1
    assert state(ledger, "report")[0] is LetterState.HELD
    ledger.outbox.release_all()
    assert state(ledger, "report")[0] is LetterState.HELD
    assert ledger.outbox.release("report")
    assert not ledger.outbox.release("report")
    assert state(ledger, "report")[0] is LetterState.QUEUED


def test_the_red_button_stops_everything_and_what_is_queued_after_it(ledger: Ledger) -> None:
    """And releasing lets all of it go."""
    ledger.commit(queueing(a_letter("before"), a_letter("off")))
    ledger.outbox.put_off(claim(ledger), NOW + MINUTE, "450")
    ledger.outbox.hold_all()
    ledger.commit(queueing(a_letter("after")))
    assert ledger.outbox.claim_due(NOW + DAY, "a", LEASE) is None
    assert ledger.letters.held()
    assert ledger.letters.counts() == OutboxCounts(held=3)
    ledger.outbox.release_all()
    assert not ledger.letters.held()
    assert ledger.letters.counts() == OutboxCounts(queued=2, put_off=1)
    assert claim(ledger).key == "off"


def test_one_letter_can_be_held_released_and_tried_again(ledger: Ledger) -> None:
    """What has left cannot be held."""
    ledger.commit(queueing(a_letter("k", due_at=NOW + DAY)))
    assert ledger.outbox.hold("k")
    assert not ledger.outbox.hold("k")
    assert ledger.outbox.claim_due(NOW + DAY, "a", LEASE) is None
    assert ledger.outbox.retry("k", NOW)
    letter = claim(ledger)
    assert not ledger.outbox.hold("k")
    assert not ledger.outbox.retry("k", NOW)
    ledger.outbox.give_up(letter, "550")
    assert ledger.outbox.retry("k", NOW)
    assert state(ledger, "k")[:2] == (LetterState.QUEUED, 0)
    ledger.outbox.mark_sent(claim(ledger), "250", NOW)
    assert not ledger.outbox.retry("k", NOW)
    assert not ledger.outbox.retry("unknown", NOW)


def test_what_waits_of_a_cycle_is_told_to_the_core(ledger: Ledger) -> None:
    """Everything that has neither left nor been given up, in doubt and held included."""
    ledger.commit(queueing(*(a_letter(key) for key in ("a", "b", "c", "d", "e"))))
    ledger.commit(queueing(replace(a_letter("f"), cycle="2027")))
    ledger.outbox.mark_sent(claim(ledger), "250", NOW)
    ledger.outbox.give_up(claim(ledger), "550")
    ledger.outbox.put_off(claim(ledger), NOW + DAY, "450")
    ledger.outbox.doubt(claim(ledger), NOW + DAY, "cut")
    ledger.outbox.hold("e")
    assert ledger.letters.unsent("2026") == ("c", "d", "e")
    assert [letter.key for letter in ledger.letters.of_cycle("2026")] == ["a", "b", "c", "d", "e"]
    assert ledger.letters.counts() == OutboxCounts(queued=1, sent=1, put_off=1, given_up=1, in_doubt=1, held=1)
    assert [letter.key for letter in ledger.letters.listing(LetterState.HELD)] == ["e"]
    assert [letter.key for letter in ledger.letters.listing(limit=2)] == ["f", "e"]


def test_an_errand_is_done_by_a_later_letter_and_by_no_earlier_one(ledger: Ledger) -> None:
    """The first revision left, the second was given up: its addressee does not know what it asks."""
    ledger.commit(queueing(a_letter("first"), a_letter("second")))
    ledger.outbox.mark_sent(claim(ledger), "250", NOW)
    ledger.outbox.give_up(claim(ledger), "550 5.1.1 no such user")
    assert [letter.key for letter in ledger.letters.never_left("2026")] == ["second"]
    ledger.commit(queueing(a_letter("to the mended address")))
    ledger.outbox.mark_sent(claim(ledger), "250", NOW)
    assert ledger.letters.never_left("2026") == ()


def test_an_answer_finds_the_letter_it_belongs_to(ledger: Ledger) -> None:
    """By the nearest Message-ID that is ours."""
    ledger.commit(queueing(a_letter("old"), a_letter("new")))
    found = ledger.letters.by_message_id(["<foreign@x>", "<new@example.go.id>", "<old@example.go.id>"])
    assert found is not None
    assert found.key == "new"
    assert ledger.letters.by_message_id(["<foreign@x>"]) is None
    assert ledger.letters.by_message_id([]) is None
    assert ledger.letters.by_key("unknown") is None
    with pytest.raises(KeyError):
        ledger.letters.raw("unknown")


def test_the_budget_counts_what_is_due_left_or_not_and_by_whether_its_cause_is_proved(ledger: Ledger) -> None:
    """In order, those put off among them; letters that answer nothing are none of it."""
    ledger.commit(queueing(a_letter("later", due_at=NOW + DAY, is_answer=True), a_letter("now", is_answer=True)))
    ledger.commit(queueing(a_letter("old", due_at=NOW - DAY, is_answer=True), a_letter("request")))
    ledger.commit(queueing(a_letter("proved", is_answer=True, proved=True)))
    whose = "kabid-piak@example.go.id"
    assert ledger.letters.answers_due(NOW, proved=False) == ((NOW, whose), (NOW + DAY, whose))
    assert [due for due, _ in ledger.letters.answers_due(NOW - DAY, proved=False)] == [NOW - DAY, NOW, NOW + DAY]
    assert ledger.letters.answers_due(NOW, proved=True) == ((NOW, whose),)
    assert ledger.letters.latest_answers(whose, NOW, 5, proved=True) == ("request",)
    assert ledger.letters.latest_answers(whose, NOW, 2, proved=False) == ("request", "request")


def test_pacing_counts_what_left(ledger: Ledger) -> None:
    """Sent letters by minute and day."""
    ledger.commit(queueing(a_letter("a", is_answer=True), a_letter("b"), at=NOW - DAY))
    ledger.commit(queueing(a_letter("c", is_answer=True), a_letter("d")))
    ledger.outbox.mark_sent(claim(ledger), "250", NOW - MINUTE)
    ledger.outbox.mark_sent(claim(ledger), "250", NOW)
    assert ledger.letters.pace(NOW) == Pace(in_minute=2, in_day=2, due=True)
    assert ledger.letters.pace(NOW + MINUTE) == Pace(in_minute=1, in_day=2, due=True)
    assert ledger.letters.pace(NOW + DAY) == Pace(in_minute=0, in_day=1, due=True)
    for _ in range(2):
        ledger.outbox.mark_sent(claim(ledger), "250", NOW)
    assert not ledger.letters.pace(NOW + DAY).due


def test_a_bounce_is_written_on_its_letter(ledger: Ledger) -> None:
    """In the same commit as the decision about it."""
    ledger.commit(queueing(a_letter("k")))
    ledger.commit(Changes(at=NOW, bounces=(("k", "5.1.1"),)))
    letter = ledger.letters.by_key("k")
    assert letter is not None
    assert letter.bounce == "5.1.1"


def test_two_claimants_never_get_the_same_letter(ledger: Ledger) -> None:
    """Four threads empty the outbox: every letter once."""
    letters = 60
    ledger.commit(queueing(*(a_letter(f"k{number}") for number in range(letters))))

    def send_all(who: str) -> list[str]:
        sent = []
        while letter := ledger.outbox.claim_due(NOW, who, LEASE):
            assert ledger.outbox.mark_data(letter)
            assert ledger.outbox.mark_sent(letter, "250", NOW)
            sent.append(letter.key)
        return sent

    with ThreadPoolExecutor(4) as pool:
        sent = [key for keys in pool.map(send_all, "abcd") for key in keys]
    assert sorted(sent) == sorted(f"k{number}" for number in range(letters))
    assert ledger.letters.counts() == OutboxCounts(sent=letters)


def test_the_pauses_grow_and_end_within_five_days() -> None:
    """1, 5, 15, 60 minutes, then every four hours; after five days the operator is told."""
    pauses: list[timedelta] = []
    while pause := next_try(len(pauses) + 1):
        pauses.append(pause)
    minutes = [int(pause / MINUTE) for pause in pauses]
    assert minutes == [1, 5, 15, 60] + [240] * 29
    assert LONGEST - timedelta(hours=4) < sum(pauses, start=timedelta()) <= LONGEST


@given(st.integers(min_value=1, max_value=10_000))
def test_a_pause_never_shrinks_and_giving_up_is_for_good(tries: int) -> None:
    """Whatever the number of tries."""
    now, later = next_try(tries), next_try(tries + 1)
    assert later is None or (now is not None and now <= later)

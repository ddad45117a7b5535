"""Story 15: we cannot hear while time passes; nobody's silence counts until all that was written to us is read."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from mailbot.clerk.deciding import changes_something
from mailbot.clerk.parts import Box
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState, row_due_at
from mailbot.core.model.facts import TimePassed
from mailbot.core.model.sop import Step
from mailbot.errors import PostUnavailable
from tests.clerk.post import OddPost, letter_from, odd_office
from tests.office import ToyOffice, collected, requested
from tests.stories.test_13_libreoffice_away import with_libreoffice
from tests.writing.word.stand_in import FAILS, WORKS, stand_in

AWAY = PostUnavailable("the mailbox does not answer")
CHASED = {"reminder", "reminder_today", "escalation"}


def asked_secretary() -> tuple[ToyOffice, OddPost, datetime]:
    """Return the office on its first morning, the data needs before the Sekretaris, and row 1's deadline."""
    office, post = odd_office()
    office.works()
    return office, post, office.cycle().due_at


def collecting() -> tuple[ToyOffice, OddPost]:
    """Return the office with its requests out, and an odd post."""
    office = requested()
    post = OddPost(office.clock, mails=list(office.post.mails), delivered=list(office.post.delivered))
    office.post = post
    return office, post


def chased(office: ToyOffice, key: str = "kabid-dafduk") -> list[str]:
    """Return the reminders and escalations somebody has got."""
    return [letter.kind for letter in office.letters_to(key) if letter.kind in CHASED]


def test_an_objection_that_could_not_be_read_in_time_counts_when_it_is() -> None:
    """IMAP is away over row 1's deadline, SMTP works; the row stands, and the objection that lay there stops it."""
    office, post, due_at = asked_secretary()
    post.mailbox_away = AWAY
    post.arrive(office.mail("sekretaris", office.letter("sekretaris", "data_needs"), "KEBERATAN\n\nBelum disepakati."))
    office.silent_until(due_at + timedelta(hours=20))
    assert office.cycle().step is Step.INFORM
    post.mailbox_away = None
    office.hours_pass(1)
    assert office.cycle().step is Step.INFORM
    assert [verdict.word for verdict in office.cycle().verdicts] == [Word.KEBERATAN]
    office.days_pass(3)
    assert office.cycle().step is Step.INFORM


def test_silence_counts_once_the_mailbox_is_read_and_from_the_deadline() -> None:
    """Nothing lay there: row 1 ended at its deadline, as if it had been seen."""
    office, post, due_at = asked_secretary()
    post.mailbox_away = AWAY
    office.silent_until(due_at + timedelta(days=1))
    post.mailbox_away = None
    office.hours_pass(0.25)
    assert office.cycle().step is not Step.INFORM
    assert office.cycle().rows_done[0][3] == due_at


def test_the_time_to_object_runs_from_when_the_letter_left_though_the_machine_was_off_meanwhile() -> None:
    """Written, and not sent before the machine went off for longer than the row lasts: he has his whole time."""
    office, post = odd_office()
    post.breaks[office.person("sekretaris").addresses[0]] = [PostUnavailable("the way out is broken")]
    office.works()
    assert office.letters_to("sekretaris", "data_needs") == []
    calendar, due_at = office.office.calendar, office.cycle().due_at
    office.silent_until(calendar.next_office_moment(due_at + timedelta(days=3)))
    assert len(office.letters_to("sekretaris", "data_needs")) == 1
    assert office.cycle().step is Step.INFORM
    assert office.cycle().due_at == row_due_at(office.cycle(), Step.INFORM, office.clock(), office.office)
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "KEBERATAN\n\nBelum disepakati.")
    assert office.letters_to("kabid-dafduk", "request") == []


def test_a_pass_in_which_row_1_only_waits_changes_nothing() -> None:
    """The letter left in time: each look at the clock is free, and no round of the pass goes in circles."""
    office, _, _ = asked_secretary()
    at = office.clock()
    looked = TimePassed(at=at, heard_until=at, asked_at=at)
    assert not changes_something(office.cycle(), looked, office.office)


def test_a_second_folder_that_cannot_be_read_is_enough() -> None:
    """The objection may lie among what the provider took for Junk."""
    office, post, due_at = asked_secretary()
    office.has(folders=office.clerk.post.boxes[0].folders.but(extra=("Junk",)))
    post.missing_folders.add("Junk")
    office.silent_until(due_at + timedelta(hours=1))
    assert office.cycle().step is Step.INFORM
    post.missing_folders.clear()
    office.hours_pass(0.25)
    assert office.cycle().step is not Step.INFORM


def test_a_mail_that_is_listed_and_not_given_is_enough() -> None:
    """It may be the objection; nobody is reminded either."""
    office, post, due_at = asked_secretary()
    post.arrive(letter_from("orang@luar.example"))
    post.stumbles_over = {1}
    office.silent_until(due_at + timedelta(hours=1))
    assert office.cycle().step is Step.INFORM
    post.stumbles_over = set()
    office.hours_pass(0.25)
    assert office.cycle().step is not Step.INFORM


def test_one_of_two_mailboxes_that_was_never_read_is_enough() -> None:
    """A mailbox that is new in the YAML and refuses us: whatever lies there is unheard."""
    office, _, due_at = asked_secretary()
    second = OddPost(office.clock, mailbox_away=AWAY)
    box = office.clerk.post.boxes[0]
    office.has(boxes=(box, Box(account="bersama", folders=box.folders, open_mailbox=lambda: nullcontext(second))))
    office.silent_until(due_at + timedelta(hours=1))
    assert office.cycle().step is Step.INFORM
    second.mailbox_away = None
    office.hours_pass(0.25)
    assert office.cycle().step is not Step.INFORM


def test_nobody_is_reminded_while_mail_cannot_be_read_and_none_who_has_answered_afterwards() -> None:
    """Two weeks without IMAP: not a letter; then one to each who owes, none to who answered meanwhile."""
    office, post = collecting()
    form = office.filled("DAFDUK")
    post.mailbox_away = AWAY
    post.arrive(office.mail("kabid-dafduk", office.letter("kabid-dafduk", "request"), "Terlampir.", form))
    office.days_pass(10)
    assert [chased(office, key) for key in ("kabid-dafduk", "kabid-piak", "sekretaris")] == [[], [], []]
    post.mailbox_away = None
    office.morning()
    office.days_pass(1)
    assert office.unit("DAFDUK").state is UnitState.ACCEPTED
    assert chased(office) == []
    assert len(chased(office, "kabid-piak")) == 1
    (above,) = office.letters_to("sekretaris", "escalation")
    assert "Pendaftaran Penduduk" not in above.text


def test_a_word_that_was_read_and_could_not_be_worked_yet_spares_its_sender(tmp_path: Path) -> None:
    """DISAHKAN waits for a PDF for a week: who has said it is not reminded, nor is his superior told."""
    office, libreoffice = requested(), stand_in(tmp_path)
    with with_libreoffice(office, libreoffice.program, waits=True):
        collected(office)
        for key, kind, word in (("perencanaan", "draft", "TERUSKAN"), ("sekretaris", "review", "SETUJU")):
            office.answers(key, office.letter(key, kind), word)
        libreoffice.goes(FAILS)
        office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
        office.days_pass(8)
        assert (office.cycle().step, chased(office, "kadis")) == (Step.RATIFY, [])
        libreoffice.goes(WORKS)
        office.days_pass(1)
    assert (office.cycle().step, chased(office, "kadis")) == (Step.SUBMIT, [])


def test_what_came_before_our_last_look_does_not_wait_for_the_clock_of_the_server() -> None:
    """A server whose clock is a day ahead makes no mail that would keep everybody waiting."""
    office, post = collecting()
    post.arrive(letter_from("orang@luar.example"))
    post.mails[-1] = replace(post.mails[-1], internal_date=office.clock() + timedelta(days=1))
    office.works()
    office.days_pass(3)
    assert chased(office) == ["reminder", "reminder_today"]

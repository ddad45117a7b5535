"""Story 16: a letter that could not leave at once is looked at again when it does: is it owed still, is it day."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from mailbot.clerk.readdressing import try_all_again
from mailbot.core.calendar.work_calendar import SpecialHours
from mailbot.core.model.sop import Step
from mailbot.errors import PostUnavailable, Refused
from mailbot.ledger.values import LetterState
from tests.clerk.post import OddPost
from tests.office import CYCLE, ToyOffice, collected, requested
from tests.stories.test_27_report_of_bad_input import filled_with

LATER = Refused(permanent=False, code=451, reply="4.2.0 later")
NEVER = Refused(permanent=True, code=550, reply="5.2.2 mailbox full", command="DATA")


def collecting() -> tuple[ToyOffice, OddPost]:
    """Return the office with its requests out, and a post of many moods."""
    office = requested()
    post = OddPost(office.clock, mails=list(office.post.mails), delivered=list(office.post.delivered))
    office.post = post
    return office, post


def on_the_day(office: ToyOffice) -> None:
    """Go to the morning of the deadline, when the reminders of the day are written."""
    day = office.office.calendar.local(office.cycle().due_at).date()
    office.silent_until(office.office.calendar.at(day, office.office.calendar.opens))


def state_of(office: ToyOffice, kind: str, person: str) -> list[tuple[LetterState, str]]:
    """Return how somebody's letters of that kind stand."""
    letters = office.ledger.letters.listing(limit=999)
    return [(one.state, one.last_error) for one in letters if (one.kind, one.person) == (kind, person)]


def test_a_reminder_put_off_is_withdrawn_once_the_form_is_there() -> None:
    """A 451 in the morning, the form before noon: the reminder never leaves, and nobody is told of a lost letter."""
    office, post = collecting()
    address = office.person("kabid-dafduk").addresses[0]
    post.breaks[address] = [LATER] * 3
    on_the_day(office)
    assert state_of(office, "reminder_today", "kabid-dafduk")[0][0] is LetterState.PUT_OFF
    office.sends_form("kabid-dafduk", "DAFDUK")
    office.hours_pass(3)
    office.hours_pass(3)
    assert office.letters_to("kabid-dafduk", "reminder_today") == []
    ((state, why),) = state_of(office, "reminder_today", "kabid-dafduk")
    assert (state, why.startswith("withdrawn")) == (LetterState.GIVEN_UP, True)
    assert "letter_withdrawn" in [entry.line.event for entry in office.ledger.journal.read()]
    assert office.letters_to("operator", "undelivered") == []
    assert len(office.letters_to("kabid-piak", "reminder_today")) == 1


def test_a_reminder_put_off_until_the_night_leaves_anew_when_the_office_opens() -> None:
    """Still owed: what leaves in office hours says what holds then, and not that the deadline is today."""
    office, post = collecting()
    address = office.person("kabid-dafduk").addresses[0]
    post.breaks[address] = [LATER] * 6
    on_the_day(office)
    for _ in range(7 * 4):
        office.hours_pass(0.5)
        if office.letters_to("kabid-dafduk", "reminder_today"):
            break
    assert office.letters_to("kabid-dafduk", "reminder_today") == []
    assert not office.office.calendar.in_office_hours(office.clock())
    post.breaks[address] = []
    office.morning()
    assert office.letters_to("kabid-dafduk", "reminder_today") == []
    (left,) = office.letters_to("kabid-dafduk", "reminder")
    assert "telah lewat 1 (satu) hari kerja" in " ".join(left.text.split())
    assert office.unit("DAFDUK").reminders == 1


def test_a_reminder_put_off_waits_until_his_mail_was_read() -> None:
    """Written in the morning, put off, and then the mailbox is away: the form lies there, and nobody is reminded."""
    office, post = collecting()
    post.breaks[office.person("kabid-dafduk").addresses[0]] = [LATER] * 3
    on_the_day(office)
    post.mailbox_away = PostUnavailable("the mailbox does not answer")
    request = office.letter("kabid-dafduk", "request")
    post.arrive(office.mail("kabid-dafduk", request, "Terlampir.", office.filled("DAFDUK")))
    for _ in range(5):
        office.hours_pass(1.5)
    assert office.letters_to("kabid-dafduk", "reminder_today") == []
    post.mailbox_away = None
    office.hours_pass(1)
    office.morning()
    ((state, why),) = state_of(office, "reminder_today", "kabid-dafduk")
    assert (state, why.startswith("withdrawn")) == (LetterState.GIVEN_UP, True)


def test_the_daily_letter_put_off_until_the_night_leaves_when_the_office_opens() -> None:
    """It belongs to no cycle, and waits for office hours all the same."""
    office, post = collecting()
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), "Mohon dijelaskan dulu maksud kolom F.")
    post.breaks[office.person("perencanaan").addresses[0]] = [LATER] * 6
    office.morning()
    assert state_of(office, "digest", "perencanaan")[0][0] is LetterState.PUT_OFF
    for _ in range(7 * 4):
        office.hours_pass(0.5)
    assert not office.office.calendar.in_office_hours(office.clock())
    assert office.letters_to("perencanaan", "digest") == []
    office.morning()
    assert len(office.letters_to("perencanaan", "digest")) == 1


def test_a_request_put_off_past_the_end_of_a_short_day_leaves_when_the_office_opens_again() -> None:
    """The office closes at eight that day: a second try then is no better hour than a first."""
    office = ToyOffice()
    short = SpecialHours(opens=time(7, 30), closes=time(8, 0), weekday=2)
    office.office = replace(office.office, calendar=replace(office.office.calendar, special=(short,)))
    office.has(office=office.office)
    post = OddPost(office.clock)
    office.post = post
    post.breaks[office.person("kabid-dafduk").addresses[0]] = [LATER]
    office.works()
    office.days_pass(1)
    office.morning()  # a try when the office opens, and a pass when it has closed
    assert office.letters_to("kabid-piak", "request") != []
    assert office.letters_to("kabid-dafduk", "request") == []
    office.morning()
    assert len(office.letters_to("kabid-dafduk", "request")) == 1
    letters = office.ledger.letters.of_cycle(CYCLE)
    sent_at = next(one.sent_at for one in letters if (one.kind, one.person) == ("request", "kabid-dafduk"))
    assert sent_at is not None
    assert f"{office.office.calendar.local(sent_at):%a %H.%M}" == "Thu 07.30"


def test_an_answer_leaves_at_night() -> None:
    """Whoever wrote at night waits for it."""
    office, _ = collecting()
    office.silent_until(office.clock() + timedelta(hours=11))
    assert not office.office.calendar.in_office_hours(office.clock())
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), "STATUS")
    assert len(office.letters_to("kabid-dafduk", "status")) == 1


def test_of_reminders_that_waited_only_the_latest_leaves() -> None:
    """The way out was closed for two weeks: nobody gets three reminders of one thing in one minute."""
    office, _ = collecting()
    office.ledger.outbox.hold_all()
    office.days_pass(16)
    waiting = [one.kind for one in office.ledger.letters.listing(LetterState.QUEUED, limit=999)]
    assert waiting.count("reminder") == len(office.cycle().units)
    office.ledger.outbox.release_all()
    office.morning()
    assert office.unit("DAFDUK").reminders == 1
    got = [one for one in office.letters_to("kabid-dafduk") if one.kind in {"reminder", "reminder_today"}]
    assert len(got) == 1
    assert office.letters_to("operator", "undelivered") == []
    withdrawn = office.ledger.letters.listing(LetterState.GIVEN_UP, limit=999)
    assert {one.kind for one in withdrawn} <= {"reminder", "reminder_today", "escalation"}
    assert all(one.withdrawn for one in withdrawn)
    assert try_all_again(office.ledger, office.office, office.clock()) == 0


def test_a_reminder_that_was_withdrawn_for_a_later_one_ends_no_reminding() -> None:
    """Given up, it never reached anybody, and yet its addressee was asked before: he is reminded again in due time."""
    office, _ = collecting()
    collected(office)
    office.ledger.outbox.hold_all()
    office.days_pass(16)
    office.ledger.outbox.release_all()
    office.morning()
    assert len(office.letters_to("perencanaan", "reminder")) == 1
    office.days_pass(3)
    assert len(office.letters_to("perencanaan", "reminder")) == 2


def test_a_reminder_that_was_withdrawn_leaves_when_all_is_again_as_it_says() -> None:
    """A deadline is moved by a day declared closed by mistake, and moved back before noon: one reminder leaves."""
    office, post = collecting()
    calendar, due = office.office.calendar, office.office.calendar.local(office.cycle().due_at).date()
    post.breaks[office.person("kabid-dafduk").addresses[0]] = [LATER] * 3
    while calendar.next_working_day(calendar.local(office.clock()).date()) < due:
        office.morning()
    for closed in (frozenset({due}), calendar.closed):
        office.office = replace(office.office, calendar=replace(calendar, closed=closed))
        office.has(office=office.office)
        office.hours_pass(0.5)
    assert [why.split(":")[0] for _, why in state_of(office, "reminder", "kabid-dafduk")] == ["withdrawn", ""]
    assert len(office.letters_to("kabid-dafduk", "reminder")) == office.unit("DAFDUK").reminders == 1


def test_a_reminder_that_was_refused_for_good_ends_no_reminding() -> None:
    """He was asked before, by the draft: whoever was reminded in vain is reminded again, and superiors hear."""
    office, post = collecting()
    collected(office)
    post.breaks[office.person("perencanaan").addresses[0]] = [NEVER]
    on_the_day(office)
    office.hours_pass(1)
    assert state_of(office, "reminder_today", "perencanaan") == [(LetterState.GIVEN_UP, str(NEVER))]
    office.days_pass(9)
    assert office.letters_to("perencanaan", "reminder") != []
    assert office.letters_to("sekretaris", "escalation") != []


def test_a_code_that_was_refused_for_good_ends_no_reminding() -> None:
    """He was asked by the draft; that the code for his unproved word is lost must not let the row lie for ever."""
    office, post = collecting()
    collected(office)
    post.breaks[office.person("perencanaan").addresses[0]] = [NEVER]
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN", proved=False)
    assert state_of(office, "challenge", "perencanaan") == [(LetterState.GIVEN_UP, str(NEVER))]
    on_the_day(office)
    assert len(office.letters_to("perencanaan", "reminder_today")) == 1


def test_nobody_is_reminded_the_day_after_a_letter_that_left_late() -> None:
    """The draft left two days before the deadline: the next morning reminds nobody, the day itself does."""
    office, _ = collecting()
    calendar = office.office.calendar
    office.ledger.outbox.hold_all()
    collected(office)
    due = calendar.local(office.cycle().due_at).date()
    while calendar.next_working_day(calendar.next_working_day(calendar.local(office.clock()).date())) < due:
        office.morning()
    office.ledger.outbox.release_all()
    office.works()
    assert len(office.letters_to("perencanaan", "draft")) == 1
    office.morning()
    assert office.letters_to("perencanaan", "reminder") == []
    on_the_day(office)
    assert len(office.letters_to("perencanaan", "reminder_today")) == 1


def test_a_word_to_the_superior_is_withdrawn_once_the_word_was_given() -> None:
    """Of a row's word as of a form: the reminder of row 6b and what goes with it, held until SETUJU was there."""
    office, _ = collecting()
    collected(office)
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    review = office.letter("sekretaris", "review")
    office.ledger.outbox.hold_all()
    office.days_pass(12)
    waiting = {one.kind for one in office.ledger.letters.listing(LetterState.QUEUED, limit=999)}
    assert {"reminder_today", "escalation"} <= waiting
    office.answers("sekretaris", review, "SETUJU")
    assert office.cycle().step is Step.RATIFY
    office.ledger.outbox.release_all()
    office.hours_pass(0.5)
    office.morning()
    kinds = [one.kind for key in ("sekretaris", "kadis") for one in office.letters_to(key)]
    assert not {"reminder", "reminder_today", "escalation"} & set(kinds)
    assert len(office.letters_to("kadis", "ratify")) == 1


def test_a_draft_put_off_is_withdrawn_once_a_later_version_is_there() -> None:
    """Of two versions that waited for one mailbox, the later one is laid before Subbag Program, and no other."""
    office, post = collecting()
    address = office.person("perencanaan").addresses[0]
    post.breaks[address] = [LATER] * 999
    collected(office)
    assert state_of(office, "draft", "perencanaan")[0][0] is LetterState.PUT_OFF
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "receipt"), "SALAH")
    name, form = office.filled("DAFDUK")
    anew = filled_with(form, {"Faktor Pendukung": "Layanan keliling ditambah dua hari."})
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), "Terlampir.", (name, anew))
    post.breaks[address] = []
    for _ in range(6):
        office.hours_pass(3)
    (laid,) = office.letters_to("perencanaan", "draft")
    assert laid.files[0][0] == "LKjIP-2025-versi-2.docx"
    later, first = state_of(office, "draft", "perencanaan")
    assert (later[0], first[0], first[1].startswith("withdrawn")) == (LetterState.SENT, LetterState.GIVEN_UP, True)
    assert office.letters_to("operator", "undelivered") == []

"""Story 34: days that are odd in the calendar: what leaves, to whom, and that it leaves in office hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from mailbot.clerk.opening.openings import open_by_hand
from mailbot.core.model.sop import Step
from mailbot.errors import Refused
from tests.clerk.post import OddPost
from tests.core.configuration.middle import Edit
from tests.office import ToyOffice, requested
from tests.stories.test_32_a_configuration_that_lives import LivingOffice

LATER = Refused(permanent=False, code=451, reply="4.2.0 later")
WITA: tuple[Edit, ...] = (
    ("office", "zone: Asia/Jakarta", "zone: Asia/Makassar"),
    ("office", "zone_label: WIB", "zone_label: WITA"),
)


def at(office: ToyOffice, day: date, hour: int, minute: int = 0) -> datetime:
    """Return that time of a day in the office's zone."""
    return office.office.calendar.at(day, time(hour, minute))


def leaving(office: ToyOffice, since: datetime) -> set[str]:
    """Return weekday and clock, in the office's zone, at which letters have left since then."""
    sent = [one.sent_at for one in office.ledger.letters.listing(limit=1000)]
    return {f"{office.office.calendar.local(one):%a %H.%M}" for one in sent if one is not None and one > since}


def test_a_cycle_opened_by_hand_on_a_holiday_writes_to_nobody_before_the_next_working_day() -> None:
    """Friday, 3 April 2026 is Good Friday: the day of opening counts as the Monday after it."""
    office = ToyOffice()
    office.clock.set_to(at(office, date(2026, 4, 3), 10))
    assert open_by_hand(office.clerk.books, office.clerk.maker, "2026-tw1", office.clock()) == "2026-tw1"
    opened_at = office.clock()
    for _ in range(5):
        office.hours_pass(12)
    assert leaving(office, opened_at) == set()
    office.silent_until(at(office, date(2026, 4, 6), 7, 30))
    office.silent_until(at(office, date(2026, 4, 7), 7, 30))
    assert office.letters_to("kabid-capil", "request")
    assert leaving(office, opened_at) == {"Mon 07.30", "Tue 07.30"}


def test_a_year_ends_inside_a_cycle() -> None:
    """Requested on the last day of 2026: New Year's Day is none of the two working days that the units have."""
    office = ToyOffice()
    office.clock.set_to(at(office, date(2026, 12, 30), 7, 30))
    assert open_by_hand(office.clerk.books, office.clerk.maker, "2026-tw1", office.clock())
    office.works()
    office.silent_until(at(office, date(2026, 12, 30), 16, 5))
    office.silent_until(at(office, date(2026, 12, 31), 7, 30))
    cycle = office.ledger.cycles.get("2026-tw1")
    assert cycle is not None
    assert cycle.step is Step.COLLECT
    assert cycle.due_at == at(office, date(2027, 1, 6), 16)  # 4 and 6 January; the 5th is a holiday
    year_end = office.clock()
    for day in (1, 2, 3):
        office.silent_until(at(office, date(2027, 1, day), 9))
    assert leaving(office, year_end) == set()
    office.silent_until(at(office, date(2027, 1, 6), 7, 30))
    assert len(office.letters_to("kabid-capil", "reminder_today")) == 1


def test_the_office_moves_to_another_zone_inside_a_cycle() -> None:
    """The office opens by its new clock, and four o'clock is an hour earlier: each head is told so, in WITA."""
    office = LivingOffice()
    office.counts(office.is_edited(*WITA))
    counts_at = office.clock()
    office.silent_until(datetime.fromisoformat("2026-01-08T07:29:00+08:00"))
    assert leaving(office, counts_at) == set()
    office.silent_until(datetime.fromisoformat("2026-01-08T07:30:00+08:00"))
    moved = " ".join(office.letter("kabid-capil", "deadline_moved").text.split())
    assert "menjadi hari Senin, 12 Januari 2026 pukul 16.00 WITA" in moved
    office.silent_until(datetime.fromisoformat("2026-01-09T07:30:00+08:00"))
    assert "12 Januari 2026 pukul 16.00 WITA" in " ".join(office.letter("kabid-capil", "reminder").text.split())
    assert leaving(office, counts_at) == {"Thu 07.30", "Fri 07.30"}


def test_after_a_week_off_everybody_hears_once_of_all_that_happened_meanwhile() -> None:
    """Off from Thursday to Thursday, over the deadline: one mail each, and it says how late it is."""
    office = requested()
    sent = len(office.post.delivered)
    office.silent_until(at(office, date(2026, 1, 15), 9))
    office.hours_pass(1)
    heads = [address for address, raw in office.post.delivered[sent:] if office.seen(address, raw).kind == "reminder"]
    assert len(heads) == len(set(heads)) == 4
    assert "telah lewat 3 (tiga) hari kerja" in " ".join(office.letter("kabid-capil", "reminder").text.split())


def test_an_answer_a_minute_before_the_reminder_is_thanked_for_and_nothing_else() -> None:
    """At 07.29 of the day of the deadline his form lies in the mailbox; at half past seven the others are reminded."""
    office = requested()
    office.silent_until(at(office, date(2026, 1, 12), 7, 29))
    request = office.letter("kabid-capil", "request")
    office.post.arrive(office.mail("kabid-capil", request, "Terlampir.", office.filled("CAPIL")))
    office.silent_until(at(office, date(2026, 1, 12), 7, 30))
    assert office.letters_to("kabid-capil", "reminder_today") == []
    assert len(office.letters_to("kabid-capil", "receipt")) == 1
    assert len(office.letters_to("kabid-piak", "reminder_today")) == 1


def test_a_reminder_that_a_server_put_off_on_friday_leaves_on_monday() -> None:
    """Never on a Saturday, whenever the server would take it; on Monday it says that the deadline is that day."""
    office = requested()
    post = OddPost(office.clock, mails=list(office.post.mails), delivered=list(office.post.delivered))
    office.post = post
    address = office.person("kabid-dafduk").addresses[0]
    post.breaks[address] = [LATER] * 40
    office.silent_until(at(office, date(2026, 1, 9), 7, 30))
    while office.clock() < at(office, date(2026, 1, 9), 18):
        office.hours_pass(1)
    post.breaks[address] = []
    sent = len(office.post.delivered)
    while office.clock() < at(office, date(2026, 1, 12), 6):
        office.hours_pass(1)
    assert office.post.delivered[sent:] == []
    office.silent_until(at(office, date(2026, 1, 12), 7, 30) + timedelta(minutes=1))
    assert office.letters_to("kabid-dafduk", "reminder") == []
    assert len(office.letters_to("kabid-dafduk", "reminder_today")) == 1

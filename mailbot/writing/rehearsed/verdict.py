"""The first page in words: what was rehearsed, and the verdict in three sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.writing.rehearsed.answered import settled_at
from mailbot.writing.rehearsed.mail_counts import most_a_day
from mailbot.writing.rehearsed.row_times import sop_words, spent_days

if TYPE_CHECKING:
    from mailbot.core.model.people import Person
    from mailbot.writing.rehearsed.told import Rehearsed


def facts_of(told: Rehearsed) -> list[tuple[str, str]]:
    """Return what was rehearsed, as pairs of a label and what it says."""
    words, phrases = told.words["pokok"], told.phrases
    cycles = "; ".join(
        words["siklus_mulai"].format(period=phrases.period(plan.period), day=phrases.long_date(plan.starts_on))
        for plan in told.plans
    )
    people = {mail.person for mail in told.mails}
    mode = words["tenang" if told.calm else "kebiasaan"]
    return [
        (words["kantor"], told.office.letterhead.agency_name),
        (words["siklus"], cycles),
        (words["waktu"], words["sampai"].format(first=phrases.day(told.since), last=phrases.day(told.until))),
        (words["pelaku"], words["orang"].format(count=len(people), mode=mode)),
        (words["surel"], words["banyaknya"].format(sent=len(told.mails), came=told.answers)),
        (words["dokumen"], words["dengan" if told.documents else "tanpa"]),
    ]


def sentences_of(told: Rehearsed) -> list[str]:
    """Return the verdict: whether the cycles were finished, what it cost people in mail, and what went otherwise."""
    return [_finished(told), _mailed(told), _otherwise(told)]


def _finished(told: Rehearsed) -> str:
    """Say how many cycles were finished, and in what time."""
    words = told.words["simpulan"]
    closed = [cycle for cycle in told.cycles if cycle.closed_at is not None]
    days = ", ".join(
        words["hari_siklus"].format(period=told.period(cycle.key), days=spent_days(cycle, told)) for cycle in closed
    )
    if len(closed) == len(told.plans):
        return str(words["semua"].format(count=len(closed), days=days, sop=sop_words(told)))
    open_ones = [told.period(plan.key) for plan in told.plans if plan.key not in {cycle.key for cycle in closed}]
    sentence = words["sebagian"].format(count=len(closed), all=len(told.plans), open=", ".join(open_ones))
    return f"{sentence} {words['yang_selesai'].format(days=days)}" if days else str(sentence)


def _mailed(told: Rehearsed) -> str:
    """Say how many mails left, who got the most on one day, and whether any left while the office was closed."""
    words, calendar = told.words["simpulan"], told.office.calendar
    staff = [key for key in {mail.person for mail in told.mails} if not _is_operator(told.person(key))]
    fullest = max(sorted(staff), key=lambda key: most_a_day(told, key), default="")
    outside = sum(not calendar.in_office_hours(mail.at) for mail in told.mails)
    return str(
        words["surel"].format(
            people=sum(mail.person in staff for mail in told.mails),
            operator=sum(mail.person not in staff for mail in told.mails),
            most=most_a_day(told, fullest) if fullest else 0,
            who=told.title(fullest),
            hours=words["di_luar"].format(count=outside) if outside else words["dalam_jam"],
        )
    )


def _otherwise(told: Rehearsed) -> str:
    """Say how much went otherwise than it should, and whether all of it was settled."""
    words = told.words["simpulan"]
    open_ones = sum(settled_at(one, told) is None for one in told.happenings)
    settled = words["belum_selesai"] if _unfinished(told) else words["tuntas"]
    ended = words["belum_tuntas"].format(count=open_ones) if open_ones else settled
    trouble = f" {words['kendala'].format(count=len(told.troubles))}" if told.troubles else ""
    if not told.happenings:
        return f"{words['lancar']}{trouble}"
    return f"{words['menyimpang'].format(count=len(told.happenings), ended=ended)}{trouble}"


def approver_of(told: Rehearsed) -> Person | None:
    """Return who approves: the head of Subbag Program at the end of what was rehearsed."""
    return told.office.roster.holder(Role.PLANNING, told.office.calendar.local(told.until).date())


def looked_at(told: Rehearsed) -> list[str]:
    """Return what the admin should look at, a line each: troubles first, then what `check` says."""
    words = told.words["perhatian"]
    lines = [words["kendala"].format(at=told.when(at), what=what) for at, what in told.troubles]
    lines += [words["tanpa_target"].format(period=told.phrases.period(plan.period)) for plan in told.without]
    lines += [words["belum_selesai"].format(period=period) for period in _unfinished(told)]
    estimated = [
        told.period(cycle.key)
        for cycle in told.cycles
        if told.office.calendar.is_estimate(cycle.opened_at, cycle.closed_at or told.until)
    ]
    lines += [words["perkiraan"].format(period=period) for period in estimated]
    return [*lines, *told.notes]


def _unfinished(told: Rehearsed) -> list[str]:
    """Return the periods of the cycles that were not finished."""
    closed = {cycle.key for cycle in told.cycles if cycle.closed_at is not None}
    return [told.period(plan.key) for plan in told.plans if plan.key not in closed]


def _is_operator(person: Person | None) -> bool:
    """Say whether somebody looks after the machine."""
    return person is not None and person.role is Role.OPERATOR

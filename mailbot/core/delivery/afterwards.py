"""What is still done by hand when the report has arrived: print and file it, publish it (SOP row 8, hard copy).

It is asked for in the letter that tells Subbag Program of the end, and what is owed together is asked for together.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.delivery.delivery import Delivery, HardCopy, Publication
from mailbot.core.delivery.letters_of_delivery import HardCopyWanted, PublicationWanted
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import Enclosure, EnclosureKind, Reason
from mailbot.core.model.letters_in_answer import OutOfTurn, Unclear, VerdictNoted
from mailbot.core.model.letters_of_rows import Closed
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.profile import CriterionRule
from mailbot.core.orders.planning_orders import read_date
from mailbot.core.procedure.addressing import answered, holder, in_answer, line, make_letter, on_initiative
from mailbot.core.procedure.row_beginnings import closed_letter
from mailbot.core.recall.letters_of_recall import Recalled

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.delivery.delivery_facts import ArchiveMade
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import CommandGiven, TimePassed
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.model.people import Person

AGAIN_AFTER_DAYS = 5
"""Working days after which what is still owed is asked for once more."""
MOST = 3
"""So often something is asked for in all; then nobody is asked any more."""
_ADDRESS = re.compile(r"https?://\S+|\b(?:[a-z0-9-]+\.)+(?:id|com|org|net|info|gov)\b(?:/\S*)?", re.IGNORECASE)
"""An address of a page, as people write it."""


def archive_made(cycle: Cycle, fact: ArchiveMade, office: Office) -> Outcome:
    """Once the archive is laid down: one letter tells Subbag Program that the cycle is over, and what is left to do.

    It is to print the binder and to file it; and to publish the report, and say when and where.
    """
    delivery = _delivery(cycle)
    if delivery.hard_copy is not None and delivery.hard_copy.binder_sha256 == fact.binder_sha256:
        return Outcome(cycle=cycle)
    copy = HardCopy(
        binder_sha256=fact.binder_sha256,
        sheets=fact.sheets,
        enclosed=fact.enclosed,
        folder=fact.folder,
        asked=1,
        asked_at=fact.at,
    )
    told = delivery.published
    if told is None and cycle.delivery is not None and _publishes(office):
        told = Publication(asked=1, asked_at=fact.at)
    asked = replace(cycle, delivery=replace(delivery, hard_copy=copy, published=told))
    return Outcome(cycle=asked, letters=_closed_letter(asked, fact.at, office))


def _publishes(office: Office) -> bool:
    """Say whether the office publishes its reports, or is graded by it."""
    profile = office.profile
    return bool(profile.published) or any(one.rule is CriterionRule.PUBLISHED for one in profile.criteria)


def filed(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """ARSIP [tempat]: the hard copy is printed and filed."""
    del office
    delivery = _delivery(cycle)
    copy = delivery.hard_copy or HardCopy()
    if copy.filed_at is not None:
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.ALREADY), cycle, fact.source, fact.at)
    where = " ".join(text for text in (fact.said.arguments, *fact.said.remarks) if text)
    done = replace(
        delivery, hard_copy=replace(copy, filed_at=fact.received_at, where=where, person=fact.source.person.key)
    )
    note = line(fact.at, "hard_copy_filed", fact.source.person.key, where=where, **_source(fact))
    return _noted(replace(cycle, delivery=done), fact, note)


def published(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """TERBIT tanggal alamat: the report is published; a file that came along shows it."""
    delivery = cycle.delivery
    if delivery is None or delivery.leaves_at is None:
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.NOT_YET), cycle, fact.source, fact.at)
    whole = " ".join((fact.said.arguments, *fact.said.remarks))
    address = _ADDRESS.search(whole)
    day = read_date(_ADDRESS.sub(" ", whole))
    today = office.calendar.local(fact.received_at).date()
    proved = address is not None or fact.file_sha256
    if day is None or day > today or not proved:
        about = Unclear(word=fact.spoken, reason=Reason.PUBLICATION)
        return answered(about, cycle, fact.source, fact.at)
    where = address[0].rstrip(".,;)") if address is not None else ""
    told = replace(
        delivery.published or Publication(),
        day=day,
        where=where,
        proof_sha256=fact.file_sha256,
        mail_sha256=fact.source.mail_sha256,
        person=fact.source.person.key,
        told_at=fact.received_at,
    )
    detail = {"day": day.isoformat(), "where": where, "file": fact.file_sha256, **_source(fact)}
    note = line(fact.at, "report_published", fact.source.person.key, **detail)
    return _noted(replace(cycle, delivery=replace(delivery, published=told)), fact, note)


def said_last(cycle: Cycle, person: Person) -> tuple[datetime, Word] | None:
    """Return when and by which word somebody said last what he has done by hand; None if he has not."""
    copy = cycle.delivery.hard_copy if cycle.delivery is not None else None
    told = cycle.delivery.published if cycle.delivery is not None else None
    said = [(copy.filed_at, Word.ARSIP)] if copy is not None and copy.filed_at and copy.person == person.key else []
    said += [(told.told_at, Word.TERBIT)] if told is not None and told.told_at and told.person == person.key else []
    return max(said, default=None)


def not_done(cycle: Cycle, word: Word, fact: CommandGiven) -> Outcome:
    """BATAL after ARSIP or TERBIT: it counts no more, and is asked for in the answer and, in time, again."""
    delivery = _delivery(cycle)
    copy, told = delivery.hard_copy, delivery.published
    if word is Word.ARSIP and copy is not None:
        copy = replace(copy, filed_at=None, where="", person="", asked_at=fact.at)
    elif told is not None:
        told = Publication(asked=told.asked, asked_at=fact.at)
    moved = replace(cycle, delivery=replace(delivery, hard_copy=copy, published=told))
    about = Recalled(word=fact.spoken, said=word.value, step=cycle.step)
    note = line(fact.at, "by_hand_recalled", fact.source.person.key, word=word.value, **_source(fact))
    return Outcome(cycle=moved, letters=(make_letter(about, moved, in_answer(fact.source)),), journal=(note,))


def time_passed(cycle: Cycle, fact: TimePassed, office: Office) -> Outcome:
    """After the close: what is to be done by hand is asked for again, every five working days, three times in all.

    Nobody is asked again before his mail was read.
    """
    delivery, heard = cycle.delivery, fact.heard_until
    if delivery is None or heard is None:
        return Outcome(cycle=cycle)
    copy, told = delivery.hard_copy, delivery.published
    prints = copy is not None and copy.filed_at is None and _due(copy.asked, copy.asked_at, heard, office)
    publishes = told is not None and told.day is None and _due(told.asked, told.asked_at, heard, office)
    if copy is not None and prints:
        copy = replace(copy, asked=copy.asked + 1, asked_at=fact.at)
    if told is not None and publishes:
        told = replace(told, asked=told.asked + 1, asked_at=fact.at)
    if not (prints or publishes):
        return Outcome(cycle=cycle)
    asked = replace(cycle, delivery=replace(delivery, hard_copy=copy, published=told))
    if prints:
        return Outcome(cycle=asked, letters=_hard_copy_letter(asked, fact.at, office, publishes=publishes))
    return Outcome(cycle=asked, letters=_publication_letter(asked, fact.at, office))


def owed_by_hand(cycle: Cycle) -> bool:
    """Say whether something is still asked for of a closed cycle, so that its clock goes on."""
    delivery = cycle.delivery
    if not cycle.closed or delivery is None:
        return False
    copy, told = delivery.hard_copy, delivery.published
    filing = copy is not None and copy.filed_at is None and copy.asked < MOST
    return filing or (told is not None and told.day is None and told.asked < MOST)


def _due(asked: int, asked_at: datetime | None, heard_until: datetime, office: Office) -> bool:
    """Say whether it is time to ask for something once more."""
    if asked_at is None or asked >= MOST:
        return False
    return heard_until >= office.calendar.add_days(asked_at, AGAIN_AFTER_DAYS)


def _delivery(cycle: Cycle) -> Delivery:
    """Return the delivery of a cycle; one that closed before deliveries were kept has begun none."""
    draft = cycle.draft
    version, report = (draft.version, draft.docx_sha256) if draft is not None else (0, "")
    return cycle.delivery or Delivery(version=version, report_sha256=report, leaves_at=cycle.since)


def _noted(cycle: Cycle, fact: CommandGiven, note: JournalLine) -> Outcome:
    """Confirm what was said."""
    noted = make_letter(VerdictNoted(word=fact.spoken, step=cycle.step), cycle, in_answer(fact.source))
    return Outcome(cycle=cycle, letters=(noted,), journal=(note,))


def _source(fact: CommandGiven) -> dict[str, str]:
    """Return by what mail, and how far proved, something was said."""
    return {"proof": fact.source.proof.value, "mail": fact.source.mail_sha256}


def _closed_letter(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Tell Subbag Program that the cycle is over, and ask for what is done by hand."""
    planning, delivery = holder(Role.PLANNING, office, at), cycle.delivery
    copy = delivery.hard_copy if delivery is not None else None
    if planning is None or delivery is None or copy is None:
        return ()
    told = delivery.published
    about = Closed(
        archive=copy.folder,
        prints=True,
        sheets=copy.sheets,
        publishes=told is not None and told.day is None,
        where=office.profile.published,
    )
    return (closed_letter(about, cycle, planning, at, office, *_binder(copy)),)


def _binder(copy: HardCopy) -> tuple[Enclosure, ...]:
    """Return the binder, where it is small enough for a mail."""
    binder = Enclosure(kind=EnclosureKind.FILE, sha256=copy.binder_sha256, name="binder")
    return (binder,) if copy.enclosed and copy.binder_sha256 else ()


def _hard_copy_letter(cycle: Cycle, at: datetime, office: Office, *, publishes: bool) -> tuple[Letter, ...]:
    """Ask Subbag Program once more to print the binder and to file it; and to publish, where that is due again too."""
    planning, delivery = holder(Role.PLANNING, office, at), cycle.delivery
    copy = delivery.hard_copy if delivery is not None else None
    if planning is None or delivery is None or copy is None:
        return ()
    where = office.profile.published if publishes else ""
    about = HardCopyWanted(sheets=copy.sheets, folder=copy.folder, publishes=publishes, where=where)
    # Not the binder's digest: its letters print where the journal ended, which a restart in between moves.
    parts = (delivery.version, copy.asked)
    return (make_letter(about, cycle, on_initiative(planning, office, at), *parts, enclosures=_binder(copy)),)


def _publication_letter(cycle: Cycle, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Ask Subbag Program when and where the report is published."""
    planning, delivery = holder(Role.PLANNING, office, at), cycle.delivery
    told = delivery.published if delivery is not None else None
    if planning is None or delivery is None or told is None:
        return ()
    about = PublicationWanted(where=office.profile.published, again=told.asked > 1)
    parts = (delivery.version, told.asked)
    return (make_letter(about, cycle, on_initiative(planning, office, at), *parts),)

"""An edited configuration: held up until the operator has said his word, or taken, and told to whom it concerns."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.composing import to_operator
from mailbot.clerk.configuration.replanning import replan
from mailbot.clerk.configuration.waiting import accepting, noted_edit, nothing_waits, waiting_edit
from mailbot.clerk.deciding import Decision, write_down
from mailbot.core.codes.languages import Language
from mailbot.core.configuration.comparing import weightiest_first
from mailbot.core.configuration.edits import WaitingEdit
from mailbot.core.configuration.holders import handovers
from mailbot.core.configuration.letters_of_configuration import ConfigWaits, HolderChanged
from mailbot.core.model.letters import Letter, LetterKind, letter_key
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder, line
from mailbot.ledger.files_and_notes import CONFIG_APPROVED, CONFIG_WAITS
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.clerk.parts import Clerk
    from mailbot.core.configuration.change import Change
    from mailbot.core.configuration.holders import Handover


def words_of(clerk: Clerk, changes: tuple[Change, ...], language: Language = Language.INDONESIAN) -> tuple[str, ...]:
    """Return what an edit changes, a sentence each, those that wait first; the journal has them in Indonesian.

    Raises:
        TemplateProblem: the words are missing.
    """
    from mailbot.writing.words.edit_words import sentences  # noqa: PLC0415 - a quiet pass writes nothing
    from mailbot.writing.words.phrases import read_phrases  # noqa: PLC0415 - as above
    from mailbot.writing.words.templates import in_language  # noqa: PLC0415 - as above

    folders = in_language(clerk.lookout.template_folders, language)
    phrases = read_phrases(folders, clerk.books.office.calendar)
    return sentences(weightiest_first(changes), phrases)


def hold_up(clerk: Clerk, digest: str, changes: tuple[Change, ...]) -> bool:
    """Let a configuration wait for the operator, and write to him, once; say whether that is news.

    The letter goes to whoever is the operator by the configuration in force, and his answer is proved by its rules.

    Raises:
        TemplateProblem: the letter cannot be written; nothing was written down.
    """
    books = clerk.books
    known, at = waiting_edit(books.ledger), books.clock()
    if known is not None and known.digest == digest:
        return False
    operator = holder(Role.OPERATOR, books.office, at)
    language = books.office.speaks_to(operator) if operator is not None else books.office.language
    count = sum(change.waits for change in changes)
    edit = WaitingEdit(digest=digest, since=at, words=words_of(clerk, changes, language), count=count)
    about = ConfigWaits(digest=digest, count=edit.count)
    letters = tuple(
        replace(letter, remarks=edit.words) for letter in to_operator(books.office, at, about, digest, at.isoformat())
    )
    noted = line(at, "configuration_waits", digest=digest, words=" ".join(words_of(clerk, changes)))
    notes = (*nothing_waits(), (CONFIG_WAITS, noted_edit(edit)))
    beside = Changes(at=at, notes=notes, journal=(("", noted),))
    write_down(books, clerk.maker, lambda: Decision(beside=beside, letters=letters))
    return True


def put_back(clerk: Clerk) -> None:
    """Let nothing wait any more, for what was edited was put back as it was."""
    books = clerk.books
    known, at = waiting_edit(books.ledger), books.clock()
    approved = books.ledger.notes.read(CONFIG_APPROVED)  # `mailbot apply` may have been quicker than the next look
    if known is not None or approved:
        noted = line(at, "configuration_put_back", digest=known.digest if known is not None else approved)
        books.ledger.commit(Changes(at=at, notes=nothing_waits(), journal=(("", noted),)))


def take(
    former: Clerk,
    now: Clerk,
    digests: tuple[str, str],
    contents: Mapping[str, bytes],
    changes: tuple[Change, ...],
) -> None:
    """Let a configuration count: deadlines move with it, former holders are told, and it is kept as the one in force.

    A machine that dies in between does it all again, and nobody is told twice.

    Args:
        former: the clerk by the configuration that was in force; former holders are named by it.
        now: the clerk by the one that counts, on the same ledger, or on the one that it names.
        digests: of the files in force before, and now.
        contents: the files that count now, by name.
        changes: what they change.

    Raises:
        TemplateProblem: a letter cannot be written; the configuration is not noted as the one in force.
    """
    before, digest = digests
    books, at = now.books, now.books.clock()
    replan(now, former.books.office, digest)
    day = former.books.office.calendar.local(at).date()
    told = handovers(former.books.office, books.office, day)
    letters = tuple(map(partial(_handed_over, former, digest), told))
    notes, files = accepting(digest, contents, at)
    noted = line(at, "configuration_taken", former=before, now=digest, words=" ".join(words_of(now, changes)))
    beside = Changes(at=at, notes=notes, files=files, journal=(("", noted),))
    as_before = replace(former.books, ledger=books.ledger)
    write_down(as_before, former.maker, lambda: Decision(beside=beside, letters=letters))


def _handed_over(former: Clerk, digest: str, told: Handover) -> Letter:
    """Return what a former holder is told, at the address that was his."""
    person, books = told.person, former.books
    about = HolderChanged(
        change=told.what,  # type: ignore[arg-type]  # of these four it is one
        post=person.title,
        now=told.now,
        since=told.since,
        until=told.until,
    )
    return Letter(
        key=letter_key(LetterKind.HOLDER_CHANGED, digest[:16], person.key),
        about=about,
        to=person.key,
        address=person.addresses[0],
        send_after=books.office.calendar.next_office_moment(books.clock()),
    )

"""What a verdict that counts leaves behind: it is recorded, confirmed, and its remarks reach Subbag Program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.draft.document import UNEXAMINED
from mailbot.core.draft.letters_of_drafts import Revision
from mailbot.core.draft.versions import Draft
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import Cycle, Verdict
from mailbot.core.model.letters import AlarmCode, Enclosure, EnclosureKind
from mailbot.core.model.letters_in_answer import VerdictNoted
from mailbot.core.model.letters_of_rows import DataNeedsObjected, FileShown
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.papers.checked import PaperVerdict, Ratified
from mailbot.core.procedure.addressing import holder, in_answer, line, make_letter, on_initiative, repeating
from mailbot.core.procedure.obstacles import reviewed
from mailbot.core.procedure.row_beginnings import draft_enclosure
from mailbot.core.procedure.seen_drafts import seen_by
from mailbot.core.procedure.word_asked import asked_in, bound_version, waiting_word
from mailbot.core.remarks.listed import in_files, of_mail
from mailbot.core.remarks.listing import with_remarks

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.facts import VerdictGiven
    from mailbot.core.model.letters import Asked, Letter
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office


def reasons_of(fact: VerdictGiven) -> tuple[str, ...]:
    """Return the remarks of a verdict: what stands beside the word, then every other own line."""
    return tuple(text for text in (fact.said.arguments, *fact.said.remarks) if text)


def recorded(cycle: Cycle, fact: VerdictGiven, office: Office, *, approved: bool, ratifies: bool) -> Outcome:
    """Record the verdict, confirm it, and show what came along; the table says where the cycle goes from here.

    It takes the place of one of the same row that can still be taken back.
    """
    former = waiting_word(cycle, fact.received_at)
    verdict = _verdict(cycle, fact, former, office, approved=approved)
    moved = taken_back(cycle, former) if former is not None else cycle
    moved = replace(moved, verdicts=(*moved.verdicts, verdict))
    if not approved and cycle.draft is not None:
        earlier = in_files(cycle, former.mail_sha256) if former is not None else ()
        marked = replace(fact.marked, remarks=(*earlier, *fact.marked.remarks))
        moved = with_remarks(moved, verdict, fact.source.person, marked, office)
    note = line(
        fact.at,
        "verdict",
        fact.source.person.key,
        step=cycle.step.value,
        word=verdict.word,
        version=str(verdict.draft_version),
        docx=verdict.docx_sha256,
        proof=verdict.proof.value,
        mail=verdict.mail_sha256,
        **({AlarmCode.OWN_REVIEW.value: "yes"} if ratifies and reviewed(cycle, fact.source.person) else {}),
    )
    letters = (_noted(moved, fact, verdict, office), *(_shown(cycle, fact, verdict, office) if approved else ()))
    return Outcome(cycle=moved, letters=letters, journal=(note,), done=True)


def _verdict(cycle: Cycle, fact: VerdictGiven, former: Verdict | None, office: Office, *, approved: bool) -> Verdict:
    """Make the verdict of a word; of two refusals the remarks go together."""
    given_at = max(fact.at, cycle.since)  # a clock set back must not make it look older than the row it was given in
    adds = former if former is not None and not (approved or former.approved) else None
    return Verdict(
        step=cycle.step,
        person=fact.source.person.key,
        address=fact.source.address,
        word=fact.spoken.value,
        approved=approved,
        draft_version=bound_version(cycle),
        docx_sha256=cycle.draft.docx_sha256 if cycle.draft else "",
        given_at=given_at,
        message_id=fact.source.answers.message_id,
        mail_sha256=fact.source.mail_sha256,
        proof=fact.source.proof,
        remarks=(*(adds.remarks if adds else ()), *reasons_of(fact)),
        files=(*(adds.files if adds else ()), *_marked(fact)),
        stands_at=_stands_at(cycle, fact, given_at, office),
    )


def _shown(cycle: Cycle, fact: VerdictGiven, verdict: Verdict, office: Office) -> tuple[Letter, ...]:
    """Show Subbag Program a PDF that came beside a consent; nobody else gets it, for any PDF may call itself signed."""
    planning = holder(Role.PLANNING, office, fact.at)
    if planning is None or not fact.signed_pdf_sha256 or planning.key == fact.source.person.key:
        return ()
    if _checked(fact, office):
        return ()
    about = FileShown(
        person=fact.source.person.key,
        word=verdict.word,
        step=verdict.step,
        version=verdict.draft_version if cycle.draft else None,
        file_name=fact.signed_pdf_name,
    )
    file = Enclosure(kind=EnclosureKind.FILE, sha256=fact.signed_pdf_sha256, name="shown_file")
    to = on_initiative(planning, office, fact.at)
    return (make_letter(about, cycle, to, verdict.step.value, fact.source.mail_sha256[:16], enclosures=(file,)),)


def _checked(fact: VerdictGiven, office: Office) -> bool:
    """Say whether the PDF beside a word goes the way of signed papers: it is one, or the office wants one."""
    signed = any(check.verdict is PaperVerdict.SIGNED for check in fact.papers)
    return bool(fact.papers) and (signed or office.ratification.report is not Ratified.BY_MAIL)


def _noted(cycle: Cycle, fact: VerdictGiven, verdict: Verdict, office: Office) -> Letter:
    """Confirm what was recorded, and on which file; the remarks of a consent go nowhere, so they are not repeated."""
    along = bool(fact.document_sha256) and verdict.approved
    about = VerdictNoted(
        word=fact.spoken,
        step=verdict.step,
        version=verdict.draft_version if cycle.draft else None,
        sha_short=verdict.docx_sha256[:12],
        file_name=fact.document_name if verdict.approved else "",
        unread="\n".join(fact.said.footer),
        shown=fact.signed_pdf_name if verdict.approved and not _checked(fact, office) else "",
        signer=next((check.signer for check in fact.papers if check.verdict is PaperVerdict.SIGNED), ""),
        until=verdict.stands_at,
        same=along and fact.examined.same,
    )
    numbers = tuple(one.number for one in of_mail(cycle, verdict.mail_sha256))
    remarks = () if verdict.approved or numbers else verdict.remarks
    examined = fact.examined if along else UNEXAMINED
    letter = make_letter(about, cycle, in_answer(fact.source), remarks=remarks, examined=examined)
    return repeating(letter, numbers)


def edited(cycle: Cycle, docx_sha256: str, source: Source, office: Office, *, same: bool) -> Cycle:
    """Return the cycle with an edited DOCX as the next version of its draft, still to be compiled.

    Where words and figures are the same as before, the number stays; the file is taken all the same, for it may look
    better.

    Args:
        cycle: the cycle.
        docx_sha256: of the file as it goes on.
        source: the mail that brought it.
        office: whose head signs.
        same: it says what the version before says.
    """
    version, again = (cycle.draft.version, cycle.draft.again) if cycle.draft else (0, 0)
    head = holder(Role.AGENCY_HEAD, office, source.received_at)
    draft = Draft(
        version=version if same else version + 1,
        docx_sha256=docx_sha256,
        edited_by=source.address,
        again=again + 1 if same else 0,
        signer=head.key if head is not None else "",
    )
    return seen_by(replace(cycle, draft=draft), source.person.key, source.received_at)


def objected(outcome: Outcome, fact: VerdictGiven, office: Office) -> Outcome:
    """Row 1: tell Subbag Program what the Sekretaris objects to; each objection of the round is told."""
    cycle = outcome.cycle
    objections = sum(verdict.step is Step.INFORM and not verdict.approved for verdict in cycle.verdicts)
    about = DataNeedsObjected(person=fact.source.person.key)
    asks = asked_in(cycle, Step.INFORM)
    return _with_remarks(about, outcome, cycle.verdicts[-1], fact.at, office, asks, objections)


def told_to_revise(outcome: Outcome, judged: Cycle, refusal: Verdict, at: datetime, office: Office) -> Outcome:
    """Rows 6b and 7: give Subbag Program the numbered remarks, with the draft that the answer will be about."""
    about = Revision(person=refusal.person, version=judged.draft.version if judged.draft else 0)
    draft = outcome.cycle.draft
    asks = asked_in(outcome.cycle, Step.DRAFT)
    again = draft.again if draft is not None else 0
    laid, due_at = (draft_enclosure(outcome.cycle),), outcome.cycle.due_at
    parts = (judged.step.value, again)
    numbers = tuple(one.number for one in of_mail(outcome.cycle, refusal.mail_sha256))
    return _with_remarks(
        about, outcome, refusal, at, office, asks, *parts, numbers=numbers, due_at=due_at, enclosures=laid
    )


def _with_remarks(  # noqa: PLR0913 - the parts of a letter, all named
    about: DataNeedsObjected | Revision,
    outcome: Outcome,
    refusal: Verdict,
    at: datetime,
    office: Office,
    asks: Asked,
    *parts: object,
    numbers: tuple[int, ...] = (),
    due_at: datetime | None = None,
    enclosures: tuple[Enclosure, ...] = (),
) -> Outcome:
    """Give Subbag Program the remarks of a refusal, with the marked document if one came."""
    planning = holder(Role.PLANNING, office, at)
    if planning is None:
        return outcome
    marked = tuple(Enclosure(kind=EnclosureKind.FILE, sha256=sha256, name="marked_draft") for sha256 in refusal.files)
    letter = make_letter(
        about,
        outcome.cycle,
        on_initiative(planning, office, at),
        *parts,
        asks.version,
        asks=asks,
        due_at=due_at,
        remarks=() if numbers else refusal.remarks,
        enclosures=(*enclosures, *marked),
    )
    return replace(outcome, letters=(*outcome.letters, repeating(letter, numbers)))


def _marked(fact: VerdictGiven) -> tuple[str, ...]:
    """Return what came along: with a refusal, the draft with his notes in it, as a document or a scan."""
    files = dict.fromkeys((fact.document_sha256, fact.signed_pdf_sha256, *fact.returned))
    return tuple(sha256 for sha256 in files if sha256)


def _stands_at(cycle: Cycle, fact: VerdictGiven, given_at: datetime, office: Office) -> datetime | None:
    """Return from when a word stands: at once where the office wants no window, or it was given at its own machine.

    The window begins with the echo, however long the mail has lain. Subbag Program's answer to an objection in row 1
    has none: it lays the same matter before the Sekretaris anew, who decides.
    """
    minutes, asks_again = office.policy.recall_minutes, cycle.step is Step.INFORM and fact.spoken is Word.TERUSKAN
    if not minutes or asks_again or fact.source.proof is Proof.OPERATOR:
        return None
    return office.calendar.add_minutes(given_at, minutes)


def taken_back(cycle: Cycle, word: Verdict) -> Cycle:
    """Return the cycle without a word that is taken back: it decides nothing any more, and is kept for the record.

    A draft that it would have passed on lies with its author again, and what it remarked is on the list no more; nor is
    a PDF beside it that of the ratified report.
    """
    draft = replace(cycle.draft, passed_on=False) if cycle.draft is not None else None
    return replace(
        cycle,
        draft=draft,
        signed_pdf_sha256="" if word.step is Step.RATIFY else cycle.signed_pdf_sha256,
        verdicts=tuple(one for one in cycle.verdicts if one is not word),
        recalled=(*cycle.recalled, word),
        remarks=tuple(one for one in cycle.remarks if one.mail_sha256 != word.mail_sha256),
    )

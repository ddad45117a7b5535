"""Papers that come back in rows 7 and 8: kept, answered, shown where somebody must look, and what goes on with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.codes.awaited import Awaited
from mailbot.core.delivery.awaiting import awaited, has_left
from mailbot.core.delivery.leaving import gone_on, left, letters, paper_wanted
from mailbot.core.delivery.letters_of_delivery import PaperNoted, PaperShown
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import AnswerUnclear, MailUnplaced
from mailbot.core.model.letters import AlarmCode, Enclosure, EnclosureKind, LetterKind, Reason
from mailbot.core.model.letters_in_answer import OutOfTurn
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome, join
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.orders.hearing import asked_back, replied
from mailbot.core.papers.checked import PaperKind, PaperVerdict, Ratified
from mailbot.core.papers.kept import KeptPaper, kept_of, paper_of
from mailbot.core.procedure.addressing import (
    answered,
    challenge,
    holder,
    in_answer,
    line,
    make_letter,
    on_initiative,
    unproved,
)
from mailbot.core.procedure.word_asked import given_in_row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mailbot.core.delivery.delivery_facts import CoverMade, PaperLooked
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import VerdictGiven
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.papers.checked import PaperCheck
    from mailbot.core.papers.paper_facts import PaperArrived, PaperSealed

_BRING_SCANS = frozenset({Role.AGENCY_HEAD, Role.SECRETARY, Role.PLANNING})
"""Whose scan counts by itself, where he is proved: an electronic signature proves itself, whoever brings it."""


def kept_with(cycle: Cycle, papers: Iterable[PaperCheck], source: Source, office: Office) -> Cycle:
    """Return the cycle with the papers of a mail kept.

    One that is kept already stays as it is, unless it counts now by who has brought it.
    """
    for check in papers:
        kind = _kind(cycle, check)
        before = next((one for one in kept_of(cycle, kind) if one.check.file_sha256 == check.file_sha256), None)
        if before is not None and (before.settled or not _counts(check, kind, source, office)):
            continue
        kept = KeptPaper(
            kind=kind,
            of_sha256=paper_of(cycle, kind),
            check=check,
            mail_sha256=source.mail_sha256,
            person=source.person.key,
            received_at=source.received_at,
            counts=_counts(check, kind, source, office),
            unsure=_unsure(check, kind, source, office),
        )
        cycle = replace(cycle, papers=(*cycle.papers, kept))
    return cycle


def _kind(cycle: Cycle, check: PaperCheck) -> PaperKind:
    """Return which paper a file was held against: in row 8 the cover letter, unless it is the report's."""
    report = cycle.draft.pdf_sha256 if cycle.draft is not None else ""
    if cycle.step is not Step.SUBMIT or (check.against_sha256 and check.against_sha256 == report):
        return PaperKind.REPORT
    return PaperKind.COVER_LETTER


def _counts(check: PaperCheck, kind: PaperKind, source: Source, office: Office) -> bool:
    """Say whether a paper is by itself what the office wants; a scan only from whom it may come, proved."""
    if not check.meets(office.ratification.of(kind)):
        return False
    brings = source.person.role in _BRING_SCANS and not unproved(source, office)
    return check.verdict is PaperVerdict.SIGNED or brings


def _unsure(check: PaperCheck, kind: PaperKind, source: Source, office: Office) -> bool:
    """Say whether somebody has to look: it cannot be told, or it is a scan of whoever."""
    wanted = office.ratification.of(kind)
    if wanted is Ratified.BY_MAIL or source.proof is Proof.FAILED or _counts(check, kind, source, office):
        return False
    return check.may_be_confirmed(wanted) or check.meets(wanted)


def papers_beside(outcome: Outcome, fact: VerdictGiven, office: Office) -> Outcome:
    """Row 7: keep the papers beside the word that ratifies; where a signed one is wanted and lacks, ask for it."""
    cycle = kept_with(outcome.cycle, fact.papers, fact.source, office)
    new = _new(outcome.cycle, cycle)
    by_mail = office.ratification.report is Ratified.BY_MAIL
    told = () if by_mail else _told(cycle, new, fact.source, fact.at, office)
    asked = () if new else paper_wanted(cycle, fact.at, office)
    return replace(
        outcome,
        cycle=cycle,
        letters=(*outcome.letters, *told, *asked),
        journal=(*outcome.journal, *(_kept_line(one, fact.at) for one in new)),
    )


def paper_arrived(cycle: Cycle, fact: PaperArrived, office: Office) -> Outcome:
    """Rows 7 and 8: keep a paper that came without a word; where it is what was wanting, the cycle goes on.

    The word itself is asked for where nobody has said it: a signature by itself ratifies nothing. What comes when the
    report has left takes the place of nothing that did.
    """
    if has_left(cycle):
        unplaced = MailUnplaced(at=fact.at, source=fact.source, remarks=fact.remarks)
        return replied(cycle, unplaced, office)
    kept = kept_with(cycle, fact.papers, fact.source, office)
    new = _new(cycle, kept)
    told = _told(kept, new, fact.source, fact.at, office)
    journal = tuple(_kept_line(one, fact.at) for one in new)
    if not new:
        told = tuple(_noted_again(kept, check, fact.source) for check in fact.papers[:1])
    outcome = _gone_on(Outcome(cycle=kept, letters=told, journal=journal), fact.at, office)
    if kept.step is Step.RATIFY and given_in_row(kept) is None and fact.source.person.role is Role.AGENCY_HEAD:
        said = Said(unclear=True, remarks=fact.remarks)
        unsaid = AnswerUnclear(at=fact.at, source=fact.source, said=said, about=fact.about)
        return replace(join(outcome, asked_back(outcome.cycle, unsaid, office)), done=True)
    return replace(outcome, done=True)


def paper_looked_at(cycle: Cycle, fact: PaperLooked, office: Office) -> Outcome:
    """BENAR or SALAH of Subbag Program to a paper that it was shown: it counts, or the signer is asked once more."""
    paper = next((one for one in cycle.papers if one.check.file_sha256.startswith(fact.paper)), None)
    if fact.source.person.role is not Role.PLANNING or paper is None or not paper.unsure:
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.ALREADY), cycle, fact.source, fact.at)
    if unproved(fact.source, office):
        return challenge(cycle, fact.source, fact.at, fact.spoken, office)
    over = paper.settled or has_left(cycle) or paper.of_sha256 != paper_of(cycle, paper.kind)
    if over:
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.ALREADY), cycle, fact.source, fact.at)
    who, yes = fact.source.person.key, fact.word is Word.BENAR
    judged = replace(paper, confirmed_by=who) if yes else replace(paper, rejected_by=who)
    papers = tuple(judged if one is paper else one for one in cycle.papers)
    moved = replace(cycle, papers=papers)
    about = PaperNoted(which=paper.kind, looked="yes" if yes else "no")
    noted = replace(make_letter(about, moved, in_answer(fact.source)), papers=(paper.check,))
    event = "paper_confirmed" if yes else "paper_rejected"
    proof, mail = fact.source.proof.value, fact.source.mail_sha256
    note = line(fact.at, event, who, paper=paper.check.file_sha256, which=paper.kind.value, proof=proof, mail=mail)
    asked = () if yes else paper_wanted(moved, fact.at, office, paper.check.file_sha256[:12])
    outcome = Outcome(cycle=moved, letters=(noted, *asked), journal=(note,))
    return replace(_gone_on(outcome, fact.at, office), done=True)


def cover_made(cycle: Cycle, fact: CoverMade, office: Office) -> Outcome:
    """Row 8: the cover letter that is to be signed is there; its signature is asked for."""
    delivery = cycle.delivery
    if delivery is None or awaited(cycle, office) is not Awaited.COVER or delivery.number != fact.number:
        return Outcome(cycle=cycle)
    made = replace(delivery, cover_docx_sha256=fact.docx_sha256, cover_pdf_sha256=fact.pdf_sha256, signer=fact.signer)
    note = line(fact.at, "cover_made", docx=fact.docx_sha256, pdf=fact.pdf_sha256)
    return _gone_on(Outcome(cycle=replace(cycle, delivery=made), journal=(note,)), fact.at, office)


def paper_sealed(cycle: Cycle, fact: PaperSealed, office: Office) -> Outcome:
    """Rows 7 and 8: the office's own service gave a paper back; it counts if it is what it should be, else it is told.

    What is given back for a version that is no longer the present one changes nothing.
    """
    own = cycle.draft.pdf_sha256 if cycle.draft is not None else ""
    if fact.kind is PaperKind.COVER_LETTER:
        own = cycle.delivery.cover_pdf_sha256 if cycle.delivery is not None else ""
    if awaited(cycle, office) is not Awaited.SEAL or not own or own != fact.pdf_sha256:
        return Outcome(cycle=cycle)
    if fact.paper is None or fact.paper.verdict is not PaperVerdict.SIGNED:
        why = fact.failed or (fact.paper.verdict.value if fact.paper is not None else "")
        return _seal_failed(cycle, fact, why, office)
    kept = KeptPaper(
        kind=fact.kind, of_sha256=paper_of(cycle, fact.kind), check=fact.paper, received_at=fact.at, counts=True
    )
    moved = replace(cycle, papers=(*cycle.papers, kept))
    return replace(_gone_on(Outcome(cycle=moved, journal=(_kept_line(kept, fact.at),)), fact.at, office), done=True)


def _seal_failed(cycle: Cycle, fact: PaperSealed, why: str, office: Office) -> Outcome:
    """Tell the operator, once for each paper, that the office's service did not seal it."""
    operator = holder(Role.OPERATOR, office, fact.at)
    note = line(fact.at, "seal_failed", which=fact.kind.value, pdf=fact.pdf_sha256, why=why)
    if operator is None:
        return Outcome(cycle=cycle, journal=(note,))
    about = Alarm(what=AlarmCode.SEAL_FAILED, detail=why)
    to = on_initiative(operator, office, fact.at)
    told = make_letter(about, cycle, to, about.what.value, fact.pdf_sha256[:16])
    return Outcome(cycle=cycle, letters=(told,), journal=(note,))


def _new(before: Cycle, after: Cycle) -> tuple[KeptPaper, ...]:
    """Return the papers that have come to a cycle."""
    return after.papers[len(before.papers) :]


def _told(cycle: Cycle, new: Iterable[KeptPaper], source: Source, at: datetime, office: Office) -> tuple[Letter, ...]:
    """Answer whoever brought papers, and show Subbag Program what is not sure."""
    told: list[Letter] = []
    for paper in new:
        about = PaperNoted(which=paper.kind, counts=paper.counts, shown=paper.unsure)
        answer = make_letter(about, cycle, in_answer(source), *_key(paper))
        told.append(replace(answer, papers=(paper.check,)))
        planning = holder(Role.PLANNING, office, at) if paper.unsure else None
        if planning is not None:
            proved = not unproved(source, office)
            told.append(_shown(cycle, paper, planning.key, at, office, proved=proved))
    return tuple(told)


def _noted_again(cycle: Cycle, check: PaperCheck, source: Source) -> Letter:
    """Answer a file that is kept already."""
    kind = _kind(cycle, check)
    before = next(one for one in kept_of(cycle, kind) if one.check.file_sha256 == check.file_sha256)
    about = PaperNoted(which=kind, counts=before.counts, shown=before.unsure)
    return replace(make_letter(about, cycle, in_answer(source)), papers=(before.check,))


def _key(paper: KeptPaper) -> tuple[object, ...]:
    """Return what tells the letters about one file apart from those about another."""
    return paper.mail_sha256[:16], paper.check.file_sha256[:16]


def _shown(cycle: Cycle, paper: KeptPaper, planning: str, at: datetime, office: Office, *, proved: bool) -> Letter:
    """Show Subbag Program a paper, with the one that it should be; BENAR lets it count, SALAH does not."""
    should = cycle.draft.pdf_sha256 if cycle.draft is not None and paper.kind is PaperKind.REPORT else ""
    if paper.kind is PaperKind.COVER_LETTER and cycle.delivery is not None:
        should = cycle.delivery.cover_pdf_sha256
    files = [Enclosure(kind=EnclosureKind.FILE, sha256=paper.check.file_sha256, name="returned_paper")]
    if should:
        files.append(Enclosure(kind=EnclosureKind.FILE, sha256=should, name="paper_as_sent"))
    to = on_initiative(office.roster.person(planning), office, at)
    about = PaperShown(which=paper.kind, person=paper.person, proved=proved)
    asked = make_letter(about, cycle, to, paper.check.file_sha256[:16], enclosures=tuple(files))
    return replace(asked, papers=(paper.check,))


def _kept_line(paper: KeptPaper, at: datetime) -> JournalLine:
    """Return the journal's line of a paper that was kept."""
    return line(
        at,
        "paper_kept",
        paper.person or "mailbot",
        which=paper.kind.value,
        paper=paper.check.file_sha256,
        of=paper.of_sha256,
        verdict=paper.check.verdict.value,
        counts="yes" if paper.counts else "no",
        mail=paper.mail_sha256,
    )


def _gone_on(outcome: Outcome, at: datetime, office: Office) -> Outcome:
    """Go on in row 8 where what was wanting has come; row 7 ends by itself."""
    before = outcome.cycle
    if before.step is not Step.SUBMIT or before.delivery is None:
        return outcome
    if awaited(before, office) is before.delivery.wants:
        return outcome
    moved = gone_on(before, at, office)
    asked = any(letter.kind is LetterKind.PAPER_WANTED for letter in outcome.letters)
    return replace(
        outcome,
        cycle=moved,
        letters=(*outcome.letters, *(() if asked else letters(moved, at, office))),
        journal=(*outcome.journal, *left(before, moved, at)),
    )

"""A cycle wandering through random facts, and what must hold of it after every one of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from mailbot.core.draft.document import UNEXAMINED, ChangeKind, Difference, DifferenceKind, Examined, TrackedChange
from mailbot.core.draft.draft_facts import ChangesAccepted, DraftCompiled, DraftEdited, RemarksAnswered, SignerChanged
from mailbot.core.forms.judging import says_otherwise
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.facts import (
    AbsenceNoticed,
    AnswerUnclear,
    CommandGiven,
    CycleOpened,
    EvidenceArrived,
    Fact,
    FormArrived,
    LetterUndelivered,
    LinesAnswered,
    LinesArrived,
    MailUnplaced,
    TimePassed,
    UnreadableArrived,
    VerdictGiven,
)
from mailbot.core.model.form import Entry, FormData
from mailbot.core.model.letters import Asked, LetterKind, Reason
from mailbot.core.model.mail import Proof, Source
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperKind, PaperReason, PaperSignature
from mailbot.core.papers.paper_facts import PaperArrived, PaperSealed
from mailbot.core.remarks.remark import UNMARKED, Marked, Remark, RemarkSource
from tests.core.moves import check_by_table
from tests.core.play import HEADS, Play
from tests.core.small_forms import NIL, evidence, faulty, only, read, whole, written
from tests.offices.small import OFFICE, YEAR

REPEATED = frozenset({LetterKind.HELP_WANTED, LetterKind.UNDELIVERED, LetterKind.FORM_WAITS})
"""Kinds whose letter is meant again with the same key, so that it leaves once."""
_ENOUGH = 12
REVIEWED = frozenset({Step.RATIFY, Step.SUBMIT})
PEOPLE = tuple(person.key for person in OFFICE.roster.people)
ADDRESSES = frozenset(
    address for person in OFFICE.roster.people for address in (*person.addresses, person.second_address) if address
)
OUTSIDE = "kasi@surel.example"
"""An address that is on nobody's list."""

ANSWERS_TO_A_FORM = frozenset({LetterKind.UNREADABLE, LetterKind.LATE, LetterKind.RECEIPT})
"""What an address on nobody's list may be told of a form it sent."""

OLD = Asked(step=Step.DRAFT, version=0)
"""What a letter about no version that there ever was would ask for."""


FINDINGS = (
    Examined(differences=(Difference(kind=DifferenceKind.GONE, code="IKU-01"),)),
    Examined(open_changes=(TrackedChange(kind=ChangeKind.INSERTED, author="", at="", words="kata"),)),
    Examined(same=True),
)
"""What may be found in an edited draft."""
MARKS = (
    Marked(remarks=(Remark(source=RemarkSource.COMMENT, text="Mohon dicek."),)),
    Marked(remarks=(Remark(source=RemarkSource.PHOTOGRAPH),)),
    Marked(remarks=(Remark(source=RemarkSource.SCAN),), damaged=("word/footnotes.xml",)),
)
"""What may be marked in the files beside a word."""
DOUBTED = Said(unclear=True, meant=Word.SETUJU, in_the_way=("Tahan dulu.",))


@dataclass(slots=True)
class Wanderer:
    """Draws facts from a seeded generator, weighted toward what can happen in the present row."""

    dice: random.Random
    play: Play = field(default_factory=Play)
    keys: dict[str, LetterKind] = field(default_factory=dict)

    def step(self) -> None:
        """Let one random fact happen, and look at everything that must hold."""
        self.happens(self.fact())

    def happens(self, fact: Fact) -> None:
        """Let that fact happen, and look at everything that must hold."""
        before = self.play.now
        outcome = self.play.happens(fact)
        check(before, outcome)
        if before is not None:
            check_by_table(before, fact, outcome, self.play.office)
        for letter in outcome.letters:
            again = letter.kind in REPEATED or "/second/" in letter.key
            assert again or letter.key not in self.keys, letter.key
            self.keys[letter.key] = letter.kind

    def fact(self) -> Fact:
        """Draw a fact."""
        if self.play.now is None:
            return CycleOpened(at=self.play.at, cycle=YEAR)
        self.play.at += timedelta(minutes=self.dice.choice([-90, 0, 1, 30, 240, 1440, 1440, 4320]))
        draws = (
            self.time,
            self.time,
            self.form,
            self.form,
            self.fitting,
            self.fitting,
            self.verdict,
            self.command,
            self.lines,
        )
        return self.dice.choice((*draws, self.compiled, self.compiled, self.oddity))()

    def time(self) -> Fact:
        """Look at the clock; sometimes a request has not left yet."""
        unsent = ("request/2025/capil/kabid-capil",) if self.dice.random() < 0.2 else ()
        return TimePassed(at=self.at(), heard_until=self.at(), unsent=unsent)

    def at(self) -> datetime:
        """Return the present moment of the play."""
        return self.play.at

    def source(self, person: str) -> Source:
        """Return a mail of that person with some proof."""
        proofs = [Proof.NONE, Proof.FAILED, *(Proof.AUTHENTICATED,) * 10, Proof.CODE]
        return self.play.source(person, proof=self.dice.choice(proofs))

    def form(self) -> Fact:
        """Send some unit's form, in some state, by somebody of the unit."""
        unit = self.dice.choice(list(HEADS))
        kasi = ("kasi-identitas", "kasi-pindah") if unit == "DAFDUK" else ()
        form = read(self.filled(unit), unit, name=f"form-{self.play.mails}.xlsx")
        stamped = self.dice.choice([form, form, form, replace(form, stamp=None), replace(form, untouched=True)])
        return FormArrived(
            at=self.at(),
            source=self.source(self.dice.choice((HEADS[unit], *kasi))),
            unit=unit if self.dice.random() < 0.97 else "PIAK",
            form=stamped,
            last={},
            sent_from=self.dice.choice(["", "", "", OUTSIDE]),
        )

    def filled(self, unit: str) -> FormData:
        """Return a unit's form: in order, changed, faulty, in part, nil, or empty."""
        changed = whole(unit)
        first = replace(changed.indicators[0], remark=Entry(text="Diperiksa"))
        cents = Decimal(self.dice.randrange(1, 50)) / 100
        moved = replace(first, actual=replace(first.actual, value=(first.actual.value or Decimal(0)) + cents))
        nothing = replace(changed, indicators=(replace(first, actual=NIL), *changed.indicators[1:]))
        return self.dice.choice(
            [
                changed,
                changed,
                replace(changed, indicators=(moved, *changed.indicators[1:])),
                faulty(unit),
                only(changed, changed.indicators[0].code),
                nothing,
                FormData(),
            ]
        )

    def lines(self) -> Fact:
        """Answer in lines for some unit, or say a word to lines that were read back, mostly to the last ones."""
        unit = self.dice.choice(list(HEADS))
        form = self.play.cycle.form_of(unit)
        source = self.source(self.dice.choice((HEADS[unit], HEADS[unit], "perencanaan")))
        if form is None or form.waiting is None or self.dice.random() < 0.3:
            data = self.filled(unit)
            words = f"baris {self.play.mails}"
            lines = written(data, words=words)
            return LinesArrived(
                at=self.at(),
                source=source,
                unit=unit,
                lines=lines,
                last={},
                evidence=evidence("a.pdf"),
            )
        word = self.dice.choice([Word.BENAR, Word.BENAR, Word.BENAR, Word.SALAH, None])
        number = self.dice.choice([form.line_mails, form.line_mails, form.line_mails, 0, 1])
        return LinesAnswered(at=self.at(), source=source, unit=unit, number=number, word=word, last={})

    def fitting(self) -> Fact:
        """Say the word that ends the present row, by whom it waits for, in answer to the right letter."""
        row = {
            Step.INFORM: ("sekretaris", [Word.SETUJU, Word.KEBERATAN]),
            Step.DRAFT: ("perencanaan", [Word.TERUSKAN]),
            Step.REVIEW: ("sekretaris", [Word.SETUJU, Word.SETUJU, Word.PERBAIKI]),
            Step.RATIFY: ("kadis", [Word.DISAHKAN, Word.DISAHKAN, Word.PERBAIKI]),
            Step.SUBMIT: ("bappeda", [Word.DITERIMA]),
        }
        person, words = row.get(self.play.cycle.step, ("perencanaan", [Word.TERUSKAN]))
        return self.said(person, self.dice.choice(words), self.play.last_asked(person))

    def verdict(self) -> Fact:
        """Say any deciding word, by anybody, in answer to anything."""
        about = self.dice.choice([*(letter.asks for letter in self.play.letters[-12:]), None])
        word = self.dice.choice([Word.SETUJU, Word.PERBAIKI, Word.DISAHKAN, Word.DITERIMA, Word.TERUSKAN, None])
        return self.said(self.dice.choice(PEOPLE), word, about)

    def said(self, person: str, word: Word | None, about: Asked | None) -> Fact:
        """Make a verdict, sometimes without a remark, sometimes with a document."""
        return VerdictGiven(
            at=self.at(),
            source=self.source(person),
            said=Said(word=word, remarks=self.dice.choice([(), ("Catatan.",), ("Satu.", "Dua.")])),
            about=about,
            document_sha256=self.dice.choice(["", "", "", f"{self.play.mails:064x}"]),
            signed_pdf_sha256=self.dice.choice(["", "e" * 64]),
            examined=self.examined(),
            marked=self.dice.choice([*(UNMARKED,) * 6, *MARKS]),
            returned=self.dice.choice([(), (), ("d" * 64,)]),
            confirms=self.dice.random() < 0.5,
        )

    def examined(self) -> Examined:
        """Find something in a draft, mostly nothing."""
        return self.dice.choice([*(UNEXAMINED,) * 4, *FINDINGS])

    def command(self) -> Fact:
        """Give any command, by anybody, for any unit; every second time one that fits its speaker."""
        unit = self.dice.choice([*HEADS, "", "PIAK"])
        person, word = self.dice.choice(PEOPLE), self.dice.choice([*Word, None])
        if self.dice.random() < 0.5:
            unit = self.dice.choice(list(HEADS))
            orders = [("perencanaan", word) for word in (Word.TERIMA, Word.KEMBALIKAN, Word.PERPANJANG)]
            own = [(HEADS[unit], word) for word in (Word.TUNDA, Word.SALAH, Word.BENAR, Word.BANTUAN, Word.ASAL)]
            person, word = self.dice.choice([*orders, *own])
        arguments = self.dice.choice(
            ["", "1 HARI", "9", "IKU-02", f"{unit} dicek", unit, f"{unit} {self.at().date()}", f"{unit} 2026-06-30"]
        )
        said = Said(word=word, arguments=arguments, remarks=self.dice.choice([(), ("Ya.",)]))
        form = self.play.cycle.form_of(unit)
        number = self.dice.choice([0, 0, form.forms_asked, 1]) if form is not None else 0
        return CommandGiven(at=self.at(), source=self.source(person), said=said, unit=unit, number=number)

    def compiled(self) -> Fact:
        """Compile the draft that is wanted, if one is."""
        draft = self.play.cycle.draft
        version = draft.version if draft is not None else 1
        docx = draft.docx_sha256 if draft is not None and draft.docx_sha256 else f"{version:064x}"
        if draft is not None and draft.renew and self.dice.random() < 0.7:
            version, docx = version + 1, f"{self.play.mails:064x}"
        return DraftCompiled(at=self.at(), version=version, docx_sha256=docx, pdf_sha256="", examined=self.examined())

    def papers(self) -> tuple[PaperCheck, ...]:
        """Return the check of a paper that came: signed, a scan, or with one fault or another."""
        flaw = self.dice.choice([None, *PaperFlaw])
        reasons = () if flaw is None else (PaperReason(flaw=flaw),)
        signed = (PaperSignature(signer="Kepala Dinas", holds=True),) if self.dice.random() < 0.5 else ()
        return (PaperCheck(file_sha256="c" * 64, scan=not signed, signatures=signed, reasons=reasons),)

    def oddity(self) -> Fact:
        """Let something happen that is neither form nor word."""
        person = self.dice.choice(PEOPLE)
        about = self.play.last_asked(person)
        letter = self.dice.choice(self.play.letters)
        unit = self.dice.choice([*HEADS, ""])
        draft = self.play.cycle.draft
        waiting = draft.waiting if draft is not None else None
        back = self.at().date() + timedelta(days=self.dice.randrange(-3, 30))
        draws: tuple[Fact, ...] = (
            CycleOpened(at=self.at(), cycle=YEAR),
            MailUnplaced(
                at=self.at(), source=self.source(person), remarks=("Mohon arahan.",), in_turn=self.dice.random() < 0.5
            ),
            MailUnplaced(at=self.at(), source=self.source(person), reason=Reason.UNREAD),
            AnswerUnclear(
                at=self.at(),
                source=self.source(person),
                said=self.dice.choice([Said(unclear=True, remarks=("Tabel 3 keliru.",)), DOUBTED]),
                about=about,
                reason=self.dice.choice(
                    [
                        None,
                        Reason.BAD_CODE,
                        Reason.REMARKS,
                        Reason.NOT_DOCX,
                        Reason.WHICH,
                        Reason.TOO_LARGE,
                        Reason.GESTURE,
                        Reason.SEVERAL_DOCX,
                        Reason.LOOSE_DOCX,
                        Reason.NO_MARKS,
                        Reason.TO_BE_SEEN,
                        Reason.LOOSE_MARKS,
                    ]
                ),
            ),
            AbsenceNoticed(
                at=self.at(),
                person=OFFICE.roster.person(person),
                returns_on=self.dice.choice([None, back]),
                received_at=self.at(),
            ),
            DraftEdited(at=self.at(), source=self.source(person), about=about or OLD, document_sha256="a" * 64),
            ChangesAccepted(
                at=self.at(),
                source=self.source(self.dice.choice([person, "perencanaan"])),
                asked_about=waiting.mail_sha256 if waiting is not None else "",
                document_sha256=f"{self.play.mails:064x}",
                examined=self.examined(),
            ),
            PaperArrived(at=self.at(), source=self.source(person), papers=self.papers(), about=about),
            RemarksAnswered(
                at=self.at(),
                source=self.source(self.dice.choice([person, "perencanaan"])),
                answers=((self.dice.randint(1, 4), "diperbaiki"),),
            ),
            PaperSealed(at=self.at(), kind=PaperKind.REPORT, pdf_sha256="c" * 64, failed="timeout"),
            SignerChanged(at=self.at(), person=OFFICE.roster.person(self.dice.choice(["kadis", "sekretaris"]))),
            DraftEdited(
                at=self.at(),
                source=self.source("perencanaan"),
                about=self.play.last_asked("perencanaan") or OLD,
                document_sha256=f"{self.play.mails:064x}",
                examined=self.examined(),
            ),
            UnreadableArrived(
                at=self.at(),
                source=self.source(person),
                unit=unit,
                reason=self.dice.choice(list(Unreadable)),
                file_name="berkas",
                evidence=evidence(f"berkas-{self.play.mails}.pdf"),
            ),
            EvidenceArrived(
                at=self.at(),
                source=self.source(person),
                unit=unit or "DAFDUK",
                last={},
                evidence=evidence("a.pdf", f"bukti-{self.play.mails}.pdf"),
            ),
            LetterUndelivered(
                at=self.at(),
                letter=letter.key,
                kind=letter.kind.value,
                person=letter.to,
                address=letter.address,
                status="5.1.1",
                permanent=self.dice.random() < 0.7,
                received_at=self.at(),
            ),
        )
        return self.dice.choice(draws)


def wander(seed: int, steps: int = 120) -> Play:
    """Return a play after that many random facts, each checked; a closed cycle is left alone after a dozen more."""
    wanderer = Wanderer(dice=random.Random(seed))  # noqa: S311 - chance with a seed, to wander by
    closed_for = 0
    while steps > 0 and closed_for < _ENOUGH:
        wanderer.step()
        steps -= 1
        closed_for += wanderer.play.cycle.closed
    return wanderer.play


def check(before: Cycle | None, outcome: Outcome) -> None:
    """Look at everything that must hold after a decision."""
    cycle = outcome.cycle
    if before is not None and before.closed:
        assert replace(cycle, delivery=before.delivery) == before  # what is done by hand afterwards is noted beside it
    for form in cycle.units:
        former = before.form_of(form.unit) if before is not None else None
        assert former is None or form.evidence[: len(former.evidence)] == former.evidence
        assert len({file.file_sha256 for file in form.evidence}) == len(form.evidence)
        assert form.state is not UnitState.ACCEPTED or (form.counting is not None and form.accepted_at is not None)
        assert [sent.number for sent in form.submissions] == list(range(1, form.attempts + 1))
        assert OUTSIDE not in {sent.sender for sent in form.submissions} or OUTSIDE in form.admitted
        assert former is None or former.counting is None or not _silently(former, form)
    keys = [letter.key for letter in outcome.letters]
    assert len(keys) == len(set(keys)), keys
    for letter in outcome.letters:
        assert letter.address in ADDRESSES or letter.address == letter.to == OUTSIDE
        assert letter.to in PEOPLE or letter.kind in {LetterKind.FORM_WAITS, *ANSWERS_TO_A_FORM}
    _check_approvals(cycle)


def _silently(former: UnitForm, form: UnitForm) -> bool:
    """Say whether a form that is not proved has taken the place of one that says anything else."""
    now = form.counting
    return (
        now is not None
        and form.counted != former.counted
        and now.proof in {Proof.NONE, Proof.FAILED}
        and not now.reason
        and says_otherwise(former, now)
    )


def _check_approvals(cycle: Cycle) -> None:
    """Whatever is past a row that needs a word has that word, by the right person, on the current version, proved."""
    needed = [(Step.REVIEW, Role.SECRETARY)] if cycle.step in REVIEWED else []
    needed += [(Step.RATIFY, Role.AGENCY_HEAD)] if cycle.step is Step.SUBMIT else []
    for step, role in needed:
        draft = cycle.draft
        assert draft is not None
        assert any(
            verdict.approved
            and verdict.step is step
            and OFFICE.roster.person(verdict.person).role is role
            and (verdict.draft_version, verdict.docx_sha256) == (draft.version, draft.docx_sha256)
            and verdict.proof not in {Proof.NONE, Proof.FAILED}
            for verdict in cycle.verdicts
        )
    assert not cycle.closed or cycle.step is Step.SUBMIT
    assert date(2025, 1, 1) < OFFICE.calendar.local(cycle.due_at).date()

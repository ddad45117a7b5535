"""A cycle of the small office played by hand: verbs make facts, `decide` answers, everything meant is kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from mailbot.core.decide import decide
from mailbot.core.draft.document import UNEXAMINED, Examined
from mailbot.core.draft.draft_facts import DraftCompiled
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.cycle import Cycle, UnitForm
from mailbot.core.model.facts import CommandGiven, CycleOpened, Fact, FormArrived, TimePassed, VerdictGiven
from mailbot.core.model.form import FormData, ReadForm
from mailbot.core.model.letters import Answers, Asked, Letter, LetterKind
from mailbot.core.model.mail import Evidence, Proof, Source
from mailbot.core.model.office import Office, Policy
from mailbot.core.model.outcome import JournalLine, Outcome
from mailbot.core.model.sop import Step
from tests.core.small_forms import read, whole
from tests.offices.small import KICK_OFF, OFFICE, YEAR, wib

HEADS = {"SEKRETARIAT": "kepala-sekretariat", "DAFDUK": "kabid-dafduk", "CAPIL": "kabid-capil"}
FIRST_FILE = f"d{1:063x}"
"""Digest of the first draft as `Play.compiles` makes it."""


def value_of(letter: Letter, name: str) -> object:
    """Return one of the values that the letter's kind gives its words."""
    return getattr(letter.about, name)


@dataclass(slots=True)
class Play:
    """One cycle, the clock, and all that was decided so far."""

    office: Office = OFFICE
    at: datetime = KICK_OFF
    now: Cycle | None = None
    letters: list[Letter] = field(default_factory=list)
    journal: list[JournalLine] = field(default_factory=list)
    mails: int = 0

    @property
    def cycle(self) -> Cycle:
        """Return the cycle as it stands."""
        assert self.now is not None
        return self.now

    def step(self) -> Step:
        """Return the row the cycle stands in."""
        return self.cycle.step

    def unit(self, key: str) -> UnitForm:
        """Return a unit's part."""
        return self.cycle.unit(key)

    def happens(self, fact: Fact) -> Outcome:
        """Decide a fact and go on from there."""
        outcome = decide(self.now, fact, self.office)
        self.now = outcome.cycle
        self.letters.extend(outcome.letters)
        self.journal.extend(outcome.journal)
        return outcome

    def opens(self, cycle: str = YEAR) -> Play:
        """Open a cycle."""
        self.happens(CycleOpened(at=self.at, cycle=cycle))
        return self

    def clock(self, at: datetime, *unsent: str) -> Outcome:
        """Look at the clock at that moment, everybody having been heard up to it."""
        return self.unheard(at, at, *unsent)

    def unheard(self, at: datetime, heard_until: datetime | None, *unsent: str) -> Outcome:
        """Look at the clock at that moment, when nobody's mail has been read since the other."""
        self.at = at
        return self.happens(TimePassed(at=at, heard_until=heard_until, unsent=unsent))

    def source(self, person: str, *, proof: Proof = Proof.AUTHENTICATED, address: str = "") -> Source:
        """Return a new mail of that person."""
        self.mails += 1
        who = self.office.roster.person(person)
        return Source(
            mail_sha256=f"{self.mails:08x}" * 8,
            answers=Answers(message_id=f"<mail-{self.mails}@example.go.id>"),
            address=address or who.addresses[0],
            person=who,
            proof=proof,
            received_at=self.at,
        )

    def sends(
        self,
        unit: str,
        data: FormData | None = None,
        *,
        by: str = "",
        sent_from: str = "",
        form: ReadForm | None = None,
        evidence: tuple[Evidence, ...] = (),
    ) -> Outcome:
        """Send a unit's form; by its head and in order unless said otherwise."""
        head = HEADS[unit]
        filled = whole(unit, self.cycle.period, self.office) if data is None else data
        return self.happens(
            FormArrived(
                at=self.at,
                source=self.source(by or head),
                unit=unit,
                form=form or read(filled, unit, cycle=self.cycle.key),
                last={},
                evidence=evidence,
                sent_from=sent_from,
            )
        )

    def says(  # noqa: PLR0913 - a verdict has this many parts
        self,
        person: str,
        word: Word | None,
        *remarks: str,
        about: Asked | Literal[""] | None = None,
        proof: Proof = Proof.AUTHENTICATED,
        document: str = "",
        signed: str = "",
        address: str = "",
        examined: Examined = UNEXAMINED,
        confirms: bool = False,
    ) -> Outcome:
        """Say a deciding word in answer to the last letter that asked this person (or to `about`; "": to none)."""
        return self.happens(
            VerdictGiven(
                at=self.at,
                source=self.source(person, proof=proof, address=address),
                said=Said(word=word, remarks=remarks),
                about=self.last_asked(person) if about is None else about or None,
                document_sha256=document,
                signed_pdf_sha256=signed,
                examined=examined,
                confirms=confirms,
            )
        )

    def saying(self, person: str, word: Word) -> VerdictGiven:
        """Return the fact of a deciding word that comes now, in answer to the last letter that asked this person."""
        source, about = self.source(person), self.last_asked(person)
        return VerdictGiven(at=self.at, source=source, said=Said(word=word), about=about)

    def asks(
        self,
        person: str,
        word: Word | None,
        arguments: str = "",
        *remarks: str,
        unit: str = "",
        proof: Proof | None = None,
        number: int = 0,
    ) -> Outcome:
        """Give a command."""
        return self.happens(
            replace(self.asking(person, word, arguments, *remarks, unit=unit, proof=proof), number=number)
        )

    def asking(
        self,
        person: str,
        word: Word | None,
        arguments: str = "",
        *remarks: str,
        unit: str = "",
        proof: Proof | None = None,
    ) -> CommandGiven:
        """Return the fact of a command that comes now, to be worked whenever a test says so."""
        return CommandGiven(
            at=self.at,
            source=self.source(person, proof=proof or Proof.AUTHENTICATED),
            said=Said(word=word, arguments=arguments, remarks=remarks),
            unit=unit,
        )

    def compiles(self, *, same: bool = False, examined: Examined = UNEXAMINED) -> Outcome:
        """Compile the wanted draft; one that is made anew says something else now, unless it is the `same`."""
        draft = self.cycle.draft
        assert draft is not None
        version = draft.version + (draft.renew and not same)
        docx = draft.docx_sha256 if draft.docx_sha256 and version == draft.version else f"d{version:063x}"
        fact = DraftCompiled(
            at=self.at, version=version, docx_sha256=docx, pdf_sha256=f"f{version:063x}", examined=examined
        )
        return self.happens(fact)

    def last_asked(self, person: str) -> Asked | None:
        """Return what the last letter to that person asks for that asks for a deciding word of itself."""
        kinds = {
            *(LetterKind.DATA_NEEDS, LetterKind.DATA_NEEDS_OBJECTED, LetterKind.DRAFT, LetterKind.REVIEW),
            *(LetterKind.RATIFY, LetterKind.SUBMISSION),
        }
        letters = (letter for letter in reversed(self.letters) if letter.to == person and letter.kind in kinds)
        return next((letter.asks for letter in letters), None)

    def letter(self, kind: LetterKind, to: str = "") -> Letter:
        """Return the last letter of a kind."""
        return self.all_letters(kind, to)[-1]

    def all_letters(self, kind: LetterKind, to: str = "") -> list[Letter]:
        """Return every letter of a kind, to that person or to anybody."""
        return [letter for letter in self.letters if letter.kind is kind and to in {"", letter.to}]


def collecting(office: Office = OFFICE) -> Play:
    """Return the annual cycle in row 3, on the morning of Wednesday 7 January."""
    play = Play(office=office).opens()
    play.clock(wib(6, 16))
    play.clock(wib(7, 8))
    assert play.step() is Step.COLLECT
    return play


def drafting(office: Office = OFFICE) -> Play:
    """Return the annual cycle with the first draft compiled, on Monday 12 January."""
    play = collecting(office)
    play.at = wib(12, 9)
    for unit in HEADS:
        play.sends(unit)
    play.compiles()
    assert play.step() is Step.DRAFT
    return play


def reviewing(office: Office = OFFICE) -> Play:
    """Return the annual cycle with the draft before the Sekretaris."""
    play = drafting(office)
    play.says("perencanaan", Word.TERUSKAN)
    assert play.step() is Step.REVIEW
    return play


def ratifying(office: Office = OFFICE) -> Play:
    """Return the annual cycle with the reviewed draft before the Kepala Dinas."""
    play = reviewing(office)
    play.says("sekretaris", Word.SETUJU)
    assert play.step() is Step.RATIFY
    return play


def submitted(office: Office = OFFICE) -> Play:
    """Return the annual cycle with the report at Bappeda Litbang."""
    play = ratifying(office)
    play.says("kadis", Word.DISAHKAN)
    assert play.step() is Step.SUBMIT
    return play


def closed(office: Office = OFFICE) -> Play:
    """Return the annual cycle closed."""
    play = submitted(office)
    play.says("bappeda", Word.DITERIMA)
    assert play.cycle.closed
    return play


def day_of(moment: datetime) -> date:
    """Return the office's day of a moment."""
    return OFFICE.calendar.local(moment).date()


def with_policy(policy: Policy) -> Office:
    """Return the small office with another policy."""
    return replace(OFFICE, policy=policy)

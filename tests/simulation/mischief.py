"""What comes to the mailbox beside honest answers: robots, strangers, spoofers, the wrong person's word, chatter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.sop import Step
from tests.simulation.mails import Sheet

if TYPE_CHECKING:
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from tests.simulation.dice import Dice
    from tests.simulation.phrases import Phrases
    from tests.simulation.server import OnWire

_FILES = (
    ("form.pdf", "application/pdf", b"%PDF-1.4 scan"),
    ("form.xlsx", "application/octet-stream", b"PK\x03\x04 broken"),
    ("form.xlsx", "application/octet-stream", b""),
    ("note.txt", "text/plain", b"figures follow"),
)
ASKS_FOR_A_WORD = frozenset(
    {
        LetterKind.DATA_NEEDS,
        LetterKind.DATA_NEEDS_OBJECTED,
        LetterKind.DRAFT,
        LetterKind.REVISION,
        LetterKind.DRAFT_HELD,
        LetterKind.REVIEW,
        LetterKind.RATIFY,
        LetterKind.SUBMISSION,
    }
)
"""Letters that lay something before somebody, and ask for a word on it."""
_CHATTER = {LetterKind.DATA_NEEDS: 3, LetterKind.REVIEW: 3, LetterKind.RATIFY: 9, LetterKind.SUBMISSION: 4}
"""How often people of every unit may write beside the letter of a row that few seeds reach before the calm."""
CONSENT = {
    Step.INFORM: "SETUJU",
    Step.DRAFT: "TERUSKAN",
    Step.REVIEW: "SETUJU",
    Step.RATIFY: "DISAHKAN",
    Step.SUBMIT: "DITERIMA",
}
"""The word that ends a row."""


class Around(Protocol):
    """What mischief needs of the world."""

    office: Office
    dice: Dice
    phrases: Phrases

    def slip(self, name: str, chance: float) -> bool:
        """Say whether this happens now; if so, it is counted."""

    def post(self, sheet: Sheet, *, after: timedelta, in_office: bool = True) -> None:
        """Let a mail arrive after that time."""


class Mischief:
    """Everything that a delivered letter may provoke beside an answer."""

    def __init__(self, world: Around) -> None:
        """Take the world."""
        self._world = world
        self._robot = ""
        """Key of the one person whose mailbox answers every letter, without saying that it is a machine."""

    def around(self, person: Person, letter: Letter, wire: OnWire) -> None:
        """Let things happen around one delivered letter."""
        world, dice = self._world, self._world.dice
        if world.slip("vacation_reply", 0.05):
            world.post(_vacation(person, wire, world), after=timedelta(minutes=1), in_office=False)
        if world.slip("chatter", 0.05):
            said = world.phrases.some("orang_lain" if dice.chance(0.25) else "obrolan")
            world.post(_plain(person, wire, dice.one_of(said), world), after=dice.hours(0, 8))
        if world.slip("stranger", 0.02):
            world.post(_stranger(wire, world), after=dice.hours(0, 8), in_office=False)
        if letter.kind in ASKS_FOR_A_WORD and world.slip("spoofer", 0.12):
            world.post(_spoofed(person, wire, world), after=dice.hours(0, 8), in_office=False)
        for _ in range(_CHATTER.get(letter.kind, letter.kind in ASKS_FOR_A_WORD)):
            if not world.slip("chatter_about_a_row", 0.25):
                continue
            # People of every unit write while a row lasts, and not only whoever is asked.
            other = dice.one_of(world.office.roster.people)
            sheet = _plain(other, wire, dice.one_of(world.phrases.some("obrolan")), world)
            world.post(spoiled_file(sheet, world) if dice.chance(0.4) else sheet, after=dice.hours(0, 8))
        if letter.kind in ASKS_FOR_A_WORD and world.slip("word_of_another_person", 0.12):
            other = dice.one_of(world.office.roster.people)
            world.post(
                _plain(other, wire, dice.one_of(world.phrases.some("orang_lain")), world), after=dice.hours(0, 8)
            )
        often = 0.5 if letter.kind is LetterKind.RATIFY else 0.15
        if letter.asks is not None and letter.asks.step in CONSENT and world.slip("word_out_of_turn", often):
            # The very word that is asked for, proved, before whoever is asked has said it: it is not his to say.
            words = CONSENT[letter.asks.step]
            others = [one for one in world.office.roster.people if one.key != person.key]
            world.post(_plain(dice.one_of(others), wire, words, world), after=dice.hours(0, 1))
        if not self._robot and world.slip("unmarked_robot", 0.004):
            self._robot = person.key
        if person.key == self._robot and letter.kind is not LetterKind.MORNING and world.slip("robot_answer", 1):
            words = world.phrases.one("mesin")
            world.post(_plain(person, wire, words, world), after=timedelta(minutes=2), in_office=False)

    def beside(self, honest: Sheet) -> None:
        """Let somebody forge a mail of the same person, on the same day: without a proof, or found to be false."""
        words = honest.words if honest.files else self._world.dice.one_of(self._world.phrases.some("orang_lain"))
        sender = honest.sender if "@surel." not in honest.sender else "tamu@luar.example"
        forged = replace(
            honest, sender=sender, words=words, author="", proved=False, failed=self._world.dice.chance(0.5)
        )
        self._world.post(forged, after=self._world.dice.hours(0, 10), in_office=False)


def _plain(person: Person, wire: OnWire, words: str, world: Around) -> Sheet:
    """Return an honest answer of a person."""
    return Sheet(
        sender=person.addresses[0],
        to=world.office.mailbox,
        words=words,
        author=person.key,
        answers=wire.message_id,
        subject=f"Re: {wire.subject}",
        quoted=f"Rujukan: {wire.message_id[1:].partition('@')[0]}",
        proved=True,
    )


def _vacation(person: Person, wire: OnWire, world: Around) -> Sheet:
    """Return a vacation reply, marked as such in one of the usual ways; the word in it is no word."""
    marks = world.dice.one_of(
        [("Auto-Submitted: auto-replied",), ("X-Autoreply: yes",), ("Precedence: bulk",), ("X-Autorespond: x",)]
    )
    return replace(_plain(person, wire, world.phrases.one("cuti"), world), author="", marks=marks, envelope="")


def _stranger(wire: OnWire, world: Around) -> Sheet:
    """Return a mail of somebody who stands on no list."""
    words = world.dice.one_of(world.phrases.some("orang_luar"))
    return Sheet(sender="tamu@luar.example", to=world.office.mailbox, words=words, answers=wire.message_id)


def _spoofed(person: Person, wire: OnWire, world: Around) -> Sheet:
    """Return a mail that says it is from the person asked, and is not."""
    forged = _plain(person, wire, world.dice.one_of(world.phrases.some("orang_lain")), world)
    return replace(forged, author="", proved=False, failed=world.dice.chance(0.5))


def spoiled_file(sheet: Sheet, world: Around) -> Sheet:
    """Return a mail with something in place of the form: a scan, a broken or empty file, a link, nothing."""
    if world.dice.chance(0.25):
        return replace(sheet, words=world.phrases.one(world.dice.one_of(("tautan", "lupa_lampiran"))))
    return replace(sheet, files=(world.dice.one_of(_FILES),))

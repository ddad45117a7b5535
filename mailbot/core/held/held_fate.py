"""HAPUS and SIMPAN of Subbag Program, in answer to the letter about a file that is held back (UU 27/2022)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import Letter, LetterKind, letter_key
from mailbot.core.model.letters_in_answer import Challenge
from mailbot.core.model.letters_to_operator import HeldFate, HeldNoted
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import line, unproved
from mailbot.core.sorting.placing import HeldOrder, Sorted, source_of

if TYPE_CHECKING:
    from mailbot.core.model.letters import About
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.sorting.placing import Desk

CHALLENGED = "held"
"""Begins the key of a challenge about a file that is held back, after its kind."""
EVENTS = {
    HeldFate.DESTROYED: "held_destroyed",
    HeldFate.KEPT: "held_kept",
    HeldFate.GONE: "held_gone",
    HeldFate.LEAVING: "held_leaving",
}
"""What the journal calls it."""


def held_order(desk: Desk) -> Sorted | None:
    """Does Subbag Program say what is to become of a file that is held back, in answer to the letter about it?

    What cannot be put back costs the code, however the mail is proved; SIMPAN is proved like any order.
    """
    letter = next((one for one in desk.about if one.kind == LetterKind.HELD_BACK), None)
    planning = next((person for person in desk.people if person.role is Role.PLANNING), None)
    word = desk.said.word
    if letter is None or planning is None:
        return None
    if word is not Word.HAPUS and word is not Word.SIMPAN:
        return None
    order = HeldOrder(at=desk.at, source=source_of(desk, planning), word=word, mark=letter.key.split("/")[1])
    proved = order.source.proof is Proof.CODE if word is Word.HAPUS else not unproved(order.source, desk.office)
    if not proved:
        return Sorted(outcome=MailOutcome.UNCLEAR, letters=(_challenge(order, desk),), detail=word.value)
    return Sorted(outcome=MailOutcome.COMMAND, detail=word.value, held_order=order)


def fated(order: HeldOrder, stands: Literal["there", "gone", "leaving"]) -> HeldFate:
    """Return what comes of an order, by how the mail stands: its bytes are there, are gone, or are still to leave."""
    if stands == "gone":
        return HeldFate.GONE
    if order.word is Word.SIMPAN:
        return HeldFate.KEPT
    return HeldFate.LEAVING if stands == "leaving" else HeldFate.DESTROYED


def fate_noted(order: HeldOrder, fate: HeldFate, mail_sha256: str) -> tuple[Letter, JournalLine]:
    """Return the answer, and the journal's line: who decided what about which mail, by which mail, proved how."""
    about = HeldNoted(word=order.word, fate=fate)
    detail = {"held": mail_sha256 or order.mark, "mail": order.source.mail_sha256, "proof": order.source.proof.value}
    return _letter(about, order), line(order.at, EVENTS[fate], order.source.person.key, **detail)


def _challenge(order: HeldOrder, desk: Desk) -> Letter:
    """Ask for the one-time code at the registered address."""
    mail, person = order.source.mail_sha256, order.source.person
    asked = _letter(Challenge(word=order.word), order, CHALLENGED, person.key, mail)
    due_at = desk.at + timedelta(days=desk.office.policy.code_valid_days)
    return replace(asked, address=person.addresses[0], answers_mail=mail, due_at=due_at)


def _letter(about: About, order: HeldOrder, *parts: str) -> Letter:
    """Return a letter in answer to what was said."""
    source = order.source
    key = letter_key(about.letter_kind, *(parts or (source.mail_sha256[:16],)))
    return Letter(key=key, about=about, to=source.person.key, address=source.address, answers=source.answers)

"""What the ledger remembers of a person's own footer: in which matters the block under his mails was confirmed.

The block is kept as a digest that holds his name and address, too: another holder of the post begins anew, and so does
everybody who says SALAH where his word was noted.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.footers import MATTERS
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import LetterKind
from mailbot.core.sorting.said import footer_in

if TYPE_CHECKING:
    from mailbot.core.model.mail import Mail
    from mailbot.core.model.people import Person
    from mailbot.core.sorting.placing import Desk, SentLetter
    from mailbot.ledger.ledger import Ledger


def with_footer(ledger: Ledger, desk: Desk) -> Desk:
    """Return the desk with the sender's known footer, where a block stands in the way of his word."""
    if desk.said.meant is None or not desk.mail.proof.holds:
        return desk
    block = footer_in(desk.mail, desk.office, desk.people)
    known = bool(block) and any(len(_matters(ledger, person, block)) >= MATTERS for person in desk.people)
    return replace(desk, footers=frozenset({block})) if known else desk


def confirmed_block(ledger: Ledger, desk: Desk, mail: Mail, asking: SentLetter) -> tuple[tuple[str, str], ...]:
    """Return the note of one more matter in which the block of a mail was confirmed by BENAR, if it has one.

    Args:
        ledger: where notes stand.
        desk: of the mail that says BENAR.
        mail: the one that was asked about.
        asking: our letter between them.
    """
    person = next((one for one in desk.people if one.key == asking.person), None)
    block = footer_in(mail, desk.office, desk.people) if person is not None and asking.asks is not None else ""
    if not block or person is None or asking.asks is None or not desk.mail.proof.holds:
        return ()
    matter = f"{asking.cycle}/{asking.asks.step.value}"
    matters = sorted({*_matters(ledger, person, block), matter})
    return ((_name(ledger, person, block), json.dumps(matters)),)


def ended(ledger: Ledger, desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return the note that ends every footer of whoever says SALAH in answer to the letter that noted his word."""
    nearest = desk.about[0] if desk.about else None
    if desk.said.word is not Word.SALAH or nearest is None or nearest.kind != LetterKind.VERDICT_NOTED:
        return ()
    if not desk.mail.proof.holds:
        return ()
    return tuple((_era(person), str(1 + int(ledger.notes.read(_era(person)) or 0))) for person in desk.people)


def _matters(ledger: Ledger, person: Person, block: str) -> list[str]:
    """Return in which matters a block was confirmed: cycle and row."""
    return list(json.loads(ledger.notes.read(_name(ledger, person, block)) or "[]"))


def _name(ledger: Ledger, person: Person, block: str) -> str:
    """Return the name of a block's note."""
    whole = "\n".join((person.name, person.addresses[0], ledger.notes.read(_era(person)), block))
    return f"footer/{person.key}/{hashlib.sha256(whole.encode()).hexdigest()[:32]}"


def _era(person: Person) -> str:
    """Return the name of the note that counts how often a person's footers were ended."""
    return f"footer_era/{person.key}"

"""The paper that the office's own service is to seal: given to its command, checked as any other, and decided on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.chasing.looking import heard_until
from mailbot.clerk.deciding import Decision, write_down
from mailbot.core.delivery.awaiting import wants_seal
from mailbot.core.model.sop import Step
from mailbot.core.papers.awaited import awaited
from mailbot.core.papers.checked import Ratified
from mailbot.core.papers.paper_facts import PaperSealed
from mailbot.core.procedure.word_asked import last_word, stands
from mailbot.ledger.values import Changes, KeptFile
from mailbot.reading.signature.checking import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.clerk.parts import Books, Box, MakesLetters, SealsPapers
    from mailbot.core.model.cycle import Cycle

ASKED_TO_SEAL = "sealing/"
"""Before the digest of a PDF: when the command was last asked to seal it."""
_AGAIN = timedelta(hours=1)
"""After so long a command that failed is asked once more."""
_PDF, _NAME = "application/pdf", "bersegel.pdf"


def seal_one(books: Books, maker: MakesLetters, seals: SealsPapers | None, boxes: Sequence[Box]) -> bool:
    """Have one paper sealed that waits for it; return whether one was given to the command.

    One that this machine has made no PDF of waits until it has, and one whose word can still be taken back for that.

    Raises:
        OSError: there is no room for its folder, or the certificates cannot be read.
        ReadingStalled: what came back could not be looked into, for the machine is too busy.
    """
    for cycle in books.ledger.cycles.open() if seals is not None else ():
        asked = _wanted(books, cycle) if _is_decided(books, cycle, boxes) else None
        if asked is not None and seals is not None and _is_time(books, asked):
            _seal(books, maker, seals, cycle, asked)
            return True
    return False


def _is_decided(books: Books, cycle: Cycle, boxes: Sequence[Box]) -> bool:
    """Say whether the word of the row stands: what may yet be taken back goes to no service outside."""
    word = last_word(cycle) if cycle.step is Step.RATIFY else None
    return word is None or stands(word, heard_until(books, boxes))


def _wanted(books: Books, cycle: Cycle) -> PaperSealed | None:
    """Return which paper of a cycle is to be sealed, as what is still to be known of it."""
    kind = wants_seal(cycle, books.office)
    digest = dict(awaited(cycle, books.office)).get(kind, "") if kind is not None else ""
    return PaperSealed(at=books.clock(), kind=kind, pdf_sha256=digest) if kind is not None and digest else None


def _is_time(books: Books, asked: PaperSealed) -> bool:
    """Say whether the command was not asked lately for the same paper."""
    last = books.ledger.notes.read(ASKED_TO_SEAL + asked.pdf_sha256)
    return not last or asked.at - datetime.fromisoformat(last) >= _AGAIN


def _seal(books: Books, maker: MakesLetters, seals: SealsPapers, cycle: Cycle, asked: PaperSealed) -> None:
    """Give a paper to the command, and decide on what came back."""
    # Said first: a command that takes the machine down with it is not asked again at once.
    books.ledger.notes.write(ASKED_TO_SEAL + asked.pdf_sha256, asked.at.isoformat())
    pdf = books.ledger.files.read(asked.pdf_sha256)
    made = seals.sealer.seal(pdf)
    wanted = Wanted(against=pdf, as_what=Ratified.SEALED, signers=seals.signers, at=asked.at)
    fact = (
        replace(asked, failed=made.failed)
        if made.failed
        else replace(asked, paper=seals.checker.check(_NAME, made.content, wanted))
    )
    files = (KeptFile(content=made.content, media_type=_PDF),) if made.content else ()
    beside = Changes(at=asked.at, files=files)
    # The letter that encloses it is made before it is kept.
    with books.ledger.files.at_hand(file.content for file in files):
        write_down(books, maker, partial(Decision, beside=beside, facts=((cycle.key, fact),)))

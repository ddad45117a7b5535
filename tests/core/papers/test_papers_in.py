"""Signed papers in a mail (rows 7 and 8): beside a word they go with it, without one they are a fact of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import AnswerUnclear, VerdictGiven
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperReason, PaperSignature, Ratification, Ratified
from mailbot.core.papers.paper_facts import PaperArrived
from mailbot.core.sorting.placing import Desk
from mailbot.core.sorting.sorting import sort
from tests.core.desks import PDF, attachment, desk, mail_of, sent, source
from tests.core.play import Play, ratifying
from tests.offices.small import OFFICE, wib

WORKED = wib(8, 11)
SIGNED = replace(OFFICE, ratification=Ratification(report=Ratified.SIGNED_PDF))
CHECK = PaperCheck(file_sha256="5" * 64, signatures=(PaperSignature(signer="kadis", holds=True),))
PLAY: Play = ratifying()
LAID = sent(PLAY.letter(LetterKind.RATIFY))


def laid(words: str, person: str = "kadis", check: PaperCheck | None = CHECK) -> Desk:
    """Return a mail with one checked PDF in answer to the letter that laid the report before the Kepala Dinas."""
    mail = mail_of(person, words, files=(attachment("5" * 64, PDF, "ttd.pdf"), attachment("6" * 64, PDF, "lain.pdf")))
    made = desk(PLAY.cycle, mail=mail, about=(LAID,), at=WORKED, office=SIGNED)
    return replace(made, papers={"5" * 64: check} if check is not None else {})


def test_what_was_found_of_a_file_goes_with_the_word() -> None:
    """DISAHKAN with the signed PDF: the check of it stands in the fact."""
    ((_, fact),) = sort(laid("DISAHKAN")).facts
    assert isinstance(fact, VerdictGiven)
    assert fact.papers == (CHECK,)


@pytest.mark.parametrize("person", ["kadis", "perencanaan"])
def test_a_signed_paper_without_a_word_is_a_fact_of_its_own(person: str) -> None:
    """From whoever of the house passes it on, with what is written beside it."""
    found = sort(laid("Terlampir yang sudah ditandatangani.", person))
    fact = PaperArrived(
        at=WORKED,
        source=source(person),
        papers=(CHECK,),
        about=LAID.asks,
        remarks=("Terlampir yang sudah ditandatangani.",),
    )
    assert (found.outcome, found.facts, found.detail) == (MailOutcome.VERDICT, (("2025", fact),), "signed")


@pytest.mark.parametrize(
    ("person", "check"),
    [
        ("bappeda", CHECK),
        ("kadis", replace(CHECK, signatures=(), reasons=(PaperReason(flaw=PaperFlaw.ANNOTATION),))),
        ("kadis", None),
    ],
)
def test_nothing_else_is_such_a_fact(person: str, check: PaperCheck | None) -> None:
    """Of the board, a marked file, a file that nobody has looked at: each goes on as it did."""
    facts = [fact for _, fact in sort(laid("Terlampir.", person, check)).facts]
    assert not any(isinstance(fact, PaperArrived) for fact in facts)


def test_who_is_to_sign_hears_what_is_wrong_with_what_he_sends() -> None:
    """In answer to a reminder, too; before his word it is the word that is asked for, and of others it is any file."""
    play = ratifying(SIGNED)
    unsigned = replace(CHECK, signatures=(), reasons=(PaperReason(flaw=PaperFlaw.NO_SIGNATURE),))
    for who, word, kind in (
        ("kadis", False, AnswerUnclear),
        ("kadis", True, PaperArrived),
        ("sekretaris", True, AnswerUnclear),
    ):
        if word and play.cycle.verdicts[-1].word != Word.DISAHKAN:
            play.says("kadis", Word.DISAHKAN)
        made = replace(laid("Terlampir.", who, unsigned), cycles=(play.cycle,))
        ((_, fact),) = sort(made).facts
        assert isinstance(fact, kind), who

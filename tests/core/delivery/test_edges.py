"""What rows 7 and 8 do at their edges: nothing to do it with, the same asked of a closed cycle, what waits to leave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.chasing.still_owed import still_owed
from mailbot.core.delivery.awaiting import awaited
from mailbot.core.delivery.delivery_facts import PaperLooked
from mailbot.core.delivery.leaving import gone_on, prepared
from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import CommandGiven
from mailbot.core.model.letters import LetterKind
from mailbot.core.papers.checked import PaperFlaw, Ratified
from mailbot.core.procedure.passage import Passage, after
from mailbot.core.recall.deputies import acting_for
from mailbot.core.sorting.sorting import sort
from tests.core.delivery.test_row_8 import ASKING
from tests.core.delivery.test_signed_papers import checked, comes, wanting
from tests.core.desks import desk, mail_of, sent
from tests.core.play import closed, collecting, drafting, ratifying, submitted
from tests.core.recall.test_recalls import windowed
from tests.offices.small import OFFICE, wib


def test_where_there_is_nothing_to_do_it_with_nothing_is_done() -> None:
    """A cycle of before deliveries and drafts were kept, one that is closed, and a report that has left."""
    cycle = submitted().cycle
    bare = replace(cycle, draft=None, delivery=None)
    assert prepared(bare, wib(12, 9), OFFICE) is bare
    assert gone_on(bare, wib(12, 9), OFFICE) is bare
    assert gone_on(cycle, wib(13, 9), OFFICE) is cycle
    assert awaited(closed().cycle, OFFICE) is None


def test_the_row_after_a_word_begins_when_its_draft_is_there() -> None:
    """Passed on with an edit at nine, it stood at half past and was compiled at ten."""
    play = windowed(drafting())
    play.says("perencanaan", Word.TERUSKAN)
    (word,) = play.cycle.verdicts
    draft = play.cycle.draft
    assert draft is not None
    late = replace(play.cycle, draft=replace(draft, compiled_at=wib(12, 10)))
    assert after(late, word, wib(12, 11)) == Passage(since=wib(12, 10))


def test_an_order_that_changes_nothing_is_nothing_to_put_back() -> None:
    """TERIMA without its reason is asked back; and nobody stands in who was only named."""
    play = windowed(collecting())
    play.sends("DAFDUK")
    play.asks("perencanaan", Word.KEMBALIKAN, "DAFDUK")
    assert play.unit("DAFDUK").ordered is None
    play.asks("kadis", Word.PLH, "kabid-dafduk 13-16 Januari 2026")
    assert acting_for(play.cycle.deputies[0], OFFICE) == ()


def test_a_paper_without_one_of_ours_is_shown_by_itself() -> None:
    """This machine made no PDF: nothing lies beside it to hold it against."""
    play = ratifying(wanting(report=Ratified.SCAN))
    play.says("kadis", Word.DISAHKAN)
    assert play.cycle.draft is not None
    play.now = replace(play.cycle, draft=replace(play.cycle.draft, pdf_sha256=""))
    comes(play, checked(PaperFlaw.NO_ORIGINAL, against="", scan=True))
    shown = play.letter(LetterKind.PAPER_SHOWN)
    assert len(shown.enclosures) == 1
    about = (replace(sent(shown), key=shown.key),)
    for words, said in (("BENAR", Word.BENAR), ("SALAH", Word.SALAH)):
        ((_, fact),) = sort(desk(play.cycle, mail=mail_of("perencanaan", words), about=about)).facts
        assert isinstance(fact, PaperLooked)
        assert (fact.word, shown.key.endswith(fact.paper)) == (said, True)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("000.8.6.3/12/425.111/2026", "000.8.6.3/12/425.111/2026"),
        ("Nomor suratnya: 12", "12"),
        ("12 tanggal 13 Januari 2026", "12 tanggal 13 Januari 2026"),
        ("12\n13", ""),
        ("Nanti ya.", ""),
    ],
)
def test_a_number_by_itself_in_answer_to_the_letter_that_asks_for_it(words: str, number: str) -> None:
    """As people write it; two of them are none, and once it is given a number is only a text."""
    play = submitted(ASKING)
    about = (sent(play.letter(LetterKind.NUMBER_WANTED)),)
    facts = [
        fact
        for cycle in (play.cycle, submitted().cycle)
        for _, fact in sort(desk(cycle, mail=mail_of("perencanaan", words), about=about, office=ASKING)).facts
        if isinstance(fact, CommandGiven)
    ]
    assert [fact.said.arguments for fact in facts] == ([number] if number else [])


def test_a_reminder_that_waits_leaves_while_the_same_is_owed() -> None:
    """Of a unit's form, of a row's word and of the number; and not once that is there."""
    play = collecting()
    assert still_owed(play.cycle, "reminder/2025/dafduk", "DAFDUK", None, wib(12, 9), OFFICE)
    play.sends("DAFDUK")
    assert not still_owed(play.cycle, "reminder/2025/dafduk", "DAFDUK", None, wib(12, 9), OFFICE)
    asking = submitted(ASKING)
    key = "reminder/2025/submit/1/number/2026-01-19/x"
    assert still_owed(asking.cycle, key, "", None, wib(19, 9), ASKING)
    asking.asks("perencanaan", Word.NOMOR, "12")
    assert not still_owed(asking.cycle, key, "", None, wib(19, 9), ASKING)
    assert still_owed(asking.cycle, "reminder/x", "", asking.last_asked("bappeda"), wib(19, 9), ASKING)

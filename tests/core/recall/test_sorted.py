"""BATAL and KOREKSI as they come by mail: which word, of whom, about which cycle."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.facts import CommandGiven, VerdictGiven
from mailbot.core.sorting.sorting import sort
from tests.core.desks import desk, mail_of
from tests.core.play import ratifying, with_policy
from tests.offices.small import OFFICE


@pytest.mark.parametrize(
    "words", ["BATAL", "Batal", "batalkan", "Mohon dibatalkan.", "Tarik kembali", "Batal, salah kirim"]
)
def test_ways_to_take_a_word_back(words: str) -> None:
    """As people write it, alone or with why."""
    play = ratifying()
    ((_, fact),) = sort(desk(play.cycle, mail=mail_of("kadis", words))).facts
    assert isinstance(fact, CommandGiven)
    assert fact.said.word is Word.BATAL


@pytest.mark.parametrize("words", ["DISAHKAN\nBATAL", "Tidak jadi batal", "DISAHKAN\n\nBatalkan saja yang kemarin."])
def test_what_is_not_plainly_batal_takes_nothing_back_and_decides_nothing(words: str) -> None:
    """It is asked about, like everything that is not plain."""
    play = ratifying()
    facts = [fact for _, fact in sort(desk(play.cycle, mail=mail_of("kadis", words))).facts]
    assert not any(isinstance(fact, CommandGiven | VerdictGiven) for fact in facts)


def test_koreksi_of_whoever_judges_a_draft_is_perbaiki() -> None:
    """Only Subbag Program opens a report again."""
    play = ratifying()
    for who, kind in (("kadis", VerdictGiven), ("perencanaan", CommandGiven)):
        ((_, fact),) = sort(desk(play.cycle, mail=mail_of(who, "Koreksi: tabel 3.2"))).facts
        assert isinstance(fact, kind)


def test_batal_in_a_mail_of_its_own_is_about_the_cycle_in_which_its_sender_spoke() -> None:
    """Of two open cycles, the one with a word of his that waits; where none does, the oldest."""
    play = ratifying()
    play.office = with_policy(replace(OFFICE.policy, recall_minutes=30))
    play.says("kadis", Word.DISAHKAN)
    older = replace(ratifying().cycle, key="2024")
    mail = replace(mail_of("kadis", "BATAL"), received_at=play.at)
    ((key, _),) = sort(desk(older, play.cycle, mail=mail)).facts
    assert key == play.cycle.key
    ((key, _),) = sort(desk(older, ratifying().cycle, mail=mail)).facts
    assert key == "2024"

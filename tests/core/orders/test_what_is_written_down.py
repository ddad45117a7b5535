"""What an order that was carried out leaves in the journal, in the forms and in the letters about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.letters_in_answer import NotYours, Unclear, VerdictNoted
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from tests.core.orders.test_commands import in_conflict
from tests.core.play import collecting, drafting
from tests.core.small_forms import faulty
from tests.offices.small import wib


def test_a_reopened_form_is_written_down_with_who_said_so_and_why() -> None:
    """The journal is where somebody looks for why a figure changed after it had counted."""
    play = collecting()
    play.sends("DAFDUK")
    play.at = wib(7, 11)
    outcome = play.asks("kasi-identitas", Word.SALAH, "IKU-02 keliru", "Seharusnya 99,50.", unit="DAFDUK")
    (line,) = outcome.journal
    assert (line.at, line.event, line.actor, line.unit) == (wib(7, 11), "form_reopened", "kasi-identitas", "DAFDUK")
    assert dict(line.detail) == {"reason": "IKU-02 keliru / Seharusnya 99,50."}


@pytest.mark.parametrize(
    ("word", "arguments", "event", "kind"),
    [
        (Word.TERIMA, "CAPIL dicek", "unit_accepted", LetterKind.UNIT_ACCEPTED),
        (Word.KEMBALIKAN, "CAPIL dicek", "returned_by_planning", LetterKind.RETURNED_BY_PLANNING),
        (Word.PERPANJANG, "CAPIL 19-01-2026", "extended", LetterKind.EXTENDED),
    ],
)
def test_an_order_is_confirmed_told_and_written_down(word: Word, arguments: str, event: str, kind: LetterKind) -> None:
    """Subbag Program reads what it ordered, in which row; each order has a letter of its own to the head."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    play.at = wib(7, 11)
    outcome = play.asks("perencanaan", word, arguments)
    sha256 = f"{play.mails:08x}" * 8
    confirmed, told, *_ = outcome.letters
    reason = () if word is Word.PERPANJANG else ("dicek",)
    assert confirmed.about == VerdictNoted(word=word, step=Step.COLLECT)
    assert (confirmed.to, confirmed.unit, confirmed.remarks) == ("perencanaan", "CAPIL", reason)
    assert (told.kind, told.key) == (kind, f"{kind.value}/2025/capil/{sha256[:16]}")
    assert (told.remarks, told.submission) == (reason, play.unit("CAPIL").submissions[-1])
    line = outcome.journal[0]
    assert (line.at, line.event, line.actor, line.unit) == (wib(7, 11), event, "perencanaan", "CAPIL")
    assert dict(line.detail) == {"reason": " ".join(reason), "proof": "authenticated"}


def test_a_form_that_was_accepted_by_order_counts_as_one_from_then_on() -> None:
    """It is marked so, from that moment; other tries of the unit stay what they were."""
    play = collecting()
    play.sends("CAPIL", faulty("CAPIL"))
    play.sends("CAPIL", replace(faulty("CAPIL"), filled_by="lain"))
    play.at = wib(7, 11)
    play.asks("perencanaan", Word.TERIMA, "CAPIL dicek")
    form = play.unit("CAPIL")
    assert [(sent.number, sent.accepted) for sent in form.submissions] == [(1, False), (2, True)]
    assert (form.accepted_at, form.counted) == (wib(7, 11), 2)


def test_benar_where_two_forms_differ_no_more_is_noted_and_a_kasi_s_is_not_his() -> None:
    """The answer names the word, the row, and whose word it is."""
    play = collecting()
    play.sends("DAFDUK")
    noted = play.asks("kabid-dafduk", Word.BENAR, unit="DAFDUK").letters[0]
    assert noted.about == VerdictNoted(word=Word.BENAR, step=Step.COLLECT)
    play = in_conflict(collecting())
    refused = play.asks("kasi-pindah", Word.BENAR, unit="DAFDUK").letters[0]
    assert refused.about == NotYours(word=Word.BENAR, role=(Role.DIVISION_HEAD,))


def test_benar_to_lines_alone_is_asked_which_it_means() -> None:
    """A form waits for the head by its number: one that is gone is too late, none at all is asked back."""
    play = collecting()
    play.sends("DAFDUK")
    late = play.asks("kabid-dafduk", Word.BENAR, unit="DAFDUK", number=7).letters[0]
    assert (late.kind, getattr(late.about, "reason", None)) == (LetterKind.OUT_OF_TURN, Reason.ALREADY)
    stranger = "kasi@surel.example"
    play = collecting()
    play.sends("DAFDUK", sent_from=stranger)
    assert play.unit("DAFDUK").waiting_forms
    asked = play.asks("kabid-dafduk", Word.BENAR, unit="DAFDUK").letters[0]
    assert asked.about == Unclear(word=Word.BENAR, reason=Reason.NO_THREAD)


@pytest.mark.parametrize("word", [Word.STATUS, Word.FORM, Word.DRAF])
def test_bappeda_is_told_whose_words_those_are(word: Word) -> None:
    """What is not ratified stays in the house."""
    about = drafting().asks("bappeda", word).letters[0].about
    assert about == NotYours(word=word)

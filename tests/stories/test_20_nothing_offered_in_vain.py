"""Story 20: a word that can no longer act is answered as such, no letter offers one, and an open conflict waits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.sop import Step
from mailbot.writing.values.words_now import may_be_said
from tests.office import HEADS, Seen, ToyOffice, requested, told_once
from tests.stories.test_11_code import code_in, ratifying
from tests.stories.test_17_one_mail_one_answer import _changed

OFFERED = re.compile(rf"^ {{4}}({'|'.join(Word)})\b", re.MULTILINE)


@told_once
def contradicted() -> ToyOffice:
    """Return the office where a Kasi contradicts his head's form, and every other form is in."""
    office = requested()
    office.sends_form("kabid-dafduk", "DAFDUK")
    request = office.letter("kabid-dafduk", "request")
    office.answers("identitas-penduduk", request, "Terlampir.", ("kasi.xlsx", _changed(office)))
    for unit, key in HEADS.items():
        if unit != "DAFDUK":
            office.sends_form(key, unit)
    return office


@told_once
def closed() -> ToyOffice:
    """Return the office after the end."""
    office = ratifying()
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
    office.answers("bappeda", office.letter("bappeda", "submission"), "DITERIMA")
    assert office.cycle().closed
    return office


def test_an_open_conflict_holds_the_cycle_and_is_reminded_of() -> None:
    """The draft is not made of figures that may be wrong; the head is reminded, Subbag Program knows."""
    office = contradicted()
    assert office.cycle().step is Step.CHECK
    assert "menunggu" in office.letter("perencanaan", "conflict").text
    office.days_pass(12)
    assert office.cycle().step is Step.CHECK
    reminders = [one for kind in ("reminder", "reminder_today") for one in office.letters_to("kabid-dafduk", kind)]
    assert reminders
    assert all(set(OFFERED.findall(one.text)) == {"BENAR"} for one in reminders)
    assert not office.letters_to("kabid-capil", "reminder")
    office.answers("kabid-dafduk", reminders[-1], "BENAR")
    assert office.cycle().step is Step.DRAFT
    assert office.unit("DAFDUK").counted == 2


def test_the_right_form_ends_a_conflict_and_so_does_subbag_program() -> None:
    """The head attaches the right one; or the form goes back to the unit."""
    office = contradicted()
    office.sends_form("kabid-dafduk", "DAFDUK")
    assert office.cycle().step is Step.DRAFT
    office = contradicted()
    told = office.letter("perencanaan", "conflict")
    office.answers("perencanaan", told, "KEMBALIKAN DAFDUK\nMohon dibahas bersama dahulu.")
    assert office.unit("DAFDUK").state is UnitState.RETURNED


def test_a_late_form_is_answered_without_advice_that_is_refused() -> None:
    """KEMBALIKAN is offered while it acts, and not once the Sekretaris has the draft."""
    for office in (ratifying(), closed()):
        office.answers(
            "kabid-dafduk", office.letter("kabid-dafduk", "request"), "Terlampir.", ("baru.xlsx", _changed(office))
        )
        office.days_pass(1)
        told = office.letter("perencanaan", "digest")
        assert not OFFERED.findall(told.text)
        assert "kami simpan, dan laporan tidak berubah" in " ".join(told.text.split())


def test_an_unproved_word_that_cannot_act_is_asked_for_no_code() -> None:
    """SALAH after the end: answered as what it is."""
    office = closed()
    before = len(office.letters_to("kabid-dafduk"))
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "receipt"), "SALAH", proved=False)
    assert [one.kind for one in office.letters_to("kabid-dafduk")[before:]] == ["out_of_turn"]


def test_a_code_that_comes_after_the_end_is_answered_for_its_word() -> None:
    """Not asked back in a loop: the word came too late, and that is said."""
    office = ratifying()
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN", proved=False)
    challenge = office.letter("kadis", "challenge")
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
    office.answers("bappeda", office.letter("bappeda", "submission"), "DITERIMA")
    before = len(office.letters_to("kadis"))
    office.answers("kadis", challenge, code_in(challenge), proved=False)
    assert [one.kind for one in office.letters_to("kadis")[before:]] == ["out_of_turn"]


def test_a_guide_offers_only_what_acts() -> None:
    """BANTUAN in every row, of everybody who may ask."""
    for office in (requested(), ratifying(), closed()):
        for key in ("kadis", "sekretaris", "perencanaan", "kabid-dafduk"):
            office.answers(key, None, "BANTUAN")
            for word in _listed(office.letter(key, "guide")):
                assert may_be_said(word, office.person(key).role, office.cycle()), word


def _listed(guide: Seen) -> Iterator[Word]:
    """Give every word that a guide lists."""
    yield from (Word(found[1]) for found in re.finditer(rf"^({'|'.join(Word)})\b.*: ", guide.text, re.MULTILINE))

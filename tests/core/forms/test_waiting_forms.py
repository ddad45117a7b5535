"""Forms that nobody vouches for wait for their unit's head: a stranger's, and one not proved against what counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import Narrative
from mailbot.core.model.letters import Change, LetterKind, Reason
from mailbot.core.model.letters_in_answer import FormWaits
from mailbot.core.model.letters_of_rows import Conflict
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role, unlisted
from tests.core.play import Play, collecting, drafting, reviewing, value_of, with_policy
from tests.core.procedure.test_rows import vacant
from tests.core.small_forms import evidence, faulty, read, whole, words
from tests.offices.small import OFFICE, wib

OUTSIDE = "kasi@surel.example"


def sends(  # noqa: PLR0913 - a form has this many parts
    play: Play,
    value: str = "99.45",
    *,
    by: str = "kabid-dafduk",
    proof: Proof = Proof.NONE,
    sent_from: str = "",
    told: str = "",
    name: str = "form.xlsx",
    unit: str = "DAFDUK",
) -> Outcome:
    """Send a form of a unit that is not proved."""
    data = whole(unit, IKU_02=value) if unit == "DAFDUK" else whole(unit)
    data = replace(data, narrative=Narrative(analysis=words(told))) if told else data
    form = read(data, unit, name=name, cycle="2025")
    source = play.source(by, proof=proof)
    if sent_from:
        source = replace(source, person=unlisted(sent_from, unit), address=sent_from)
    files = evidence(f"bukti-{play.mails}.pdf")
    fact = FormArrived(at=play.at, source=source, unit=unit, form=form, last={}, sent_from=sent_from, evidence=files)
    return play.happens(fact)


def benar(play: Play, number: int, *, by: str = "kabid-dafduk", proof: Proof = Proof.AUTHENTICATED) -> Outcome:
    """Let the head say BENAR in answer to the letter about the form of that number."""
    return play.asks(by, Word.BENAR, unit="DAFDUK", proof=proof, number=number)


def test_a_form_that_is_not_proved_replaces_nothing_that_counts() -> None:
    """Other figures under the head's own address: he is asked, and the proved ones count on."""
    play = collecting()
    play.sends("DAFDUK")
    before = play.unit("DAFDUK")
    sends(play, "99.90")
    form = play.unit("DAFDUK")
    assert (form.counted, form.submissions, form.evidence) == (1, before.submissions, before.evidence)
    (asked,) = play.all_letters(LetterKind.CONFLICT)
    assert (asked.to, asked.number, asked.key) == ("kabid-dafduk", 1, "conflict/2025/dafduk/waits/1")
    assert asked.about == Conflict(first="kabid-dafduk", second="kabid-dafduk", proved=False)
    assert asked.changes == (Change(code="IKU-02", old="99.45", new="99.90"),)
    assert play.all_letters(LetterKind.FORM_WAITS) == []
    assert play.journal[-1].event == "form_waits"
    assert dict(play.journal[-1].detail)["proof"] == "none"


@pytest.mark.parametrize("by", ["perencanaan", "kasi-identitas"])
def test_nor_does_one_in_somebody_else_s_name(by: str) -> None:
    """Subbag Program's word is enough only where it is proved; who sent it hears that it waits."""
    play = collecting()
    play.sends("DAFDUK")
    sends(play, "99.90", by=by)
    assert play.unit("DAFDUK").counted == 1
    assert play.letter(LetterKind.FORM_WAITS).to == by
    assert play.letter(LetterKind.FORM_WAITS).about == FormWaits(listed=True)
    assert value_of(play.letter(LetterKind.CONFLICT), "second") == by


def test_other_words_beside_the_same_figures_wait_too() -> None:
    """What a report says is not only figures."""
    play = collecting()
    play.sends("DAFDUK")
    sends(play, told="Seluruh target tercapai berkat pihak lain.")
    assert play.unit("DAFDUK").counted == 1
    assert len(play.all_letters(LetterKind.CONFLICT)) == 1


def test_what_says_the_same_needs_nobody_s_word() -> None:
    """The same form once more, from a phone that proves nothing."""
    play = collecting()
    play.sends("DAFDUK")
    sends(play)
    assert play.unit("DAFDUK").counted == 2
    assert play.all_letters(LetterKind.CONFLICT) == []


def test_the_first_form_counts_from_a_listed_address() -> None:
    """As ever: a form needs no code. One that our server found to be false is not from that address."""
    play = collecting()
    sends(play)
    assert play.unit("DAFDUK").state is UnitState.ACCEPTED
    told = dict(play.journal[-1].detail)
    assert (told["sender"], told["proof"]) == ("kabid.dafduk@example.go.id", "none")
    play = collecting()
    sends(play, proof=Proof.FAILED, sent_from="kabid.dafduk@example.go.id")
    assert play.unit("DAFDUK").state is UnitState.WAITING
    about = play.letter(LetterKind.CONFLICT).about
    assert about == Conflict(first="", second="kabid-dafduk", proved=False, failed=True)


def test_a_part_that_is_not_proved_changes_no_figure_of_a_part_that_is() -> None:
    """What was still open may be filled in; what was filled in stands."""
    play = collecting()
    part = replace(whole("DAFDUK"), indicators=whole("DAFDUK").indicators[:1])
    play.sends("DAFDUK", part)
    sends(play, "99.90")
    assert (play.unit("DAFDUK").state, play.unit("DAFDUK").counted) == (UnitState.PARTIAL, 1)
    assert len(play.unit("DAFDUK").waiting_forms) == 1
    sends(play, name="lain.xlsx")
    assert play.unit("DAFDUK").state is UnitState.ACCEPTED


def test_a_faulty_form_that_is_not_proved_goes_back_and_waits_for_nobody() -> None:
    """It changes nothing; and TERIMA takes the proved form before it."""
    play = collecting()
    play.sends("DAFDUK", faulty("DAFDUK"))
    fact = FormArrived(
        at=play.at,
        source=play.source("kabid-dafduk", proof=Proof.NONE),
        unit="DAFDUK",
        form=read(faulty("DAFDUK"), name="lain.xlsx", cycle="2025"),
        last={},
    )
    play.happens(fact)
    form = play.unit("DAFDUK")
    assert (form.attempts, form.waiting_forms) == (2, ())
    play.asks("perencanaan", Word.TERIMA, "DAFDUK sudah dicek")
    assert play.unit("DAFDUK").counted == 1


def test_an_office_that_asks_for_no_proof_takes_its_list_s_word() -> None:
    """`trust.proof_required: false`."""
    play = collecting(with_policy(replace(OFFICE.policy, proof_required=False)))
    play.sends("DAFDUK")
    sends(play, "99.50")
    assert play.unit("DAFDUK").counted == 2


def test_a_stranger_s_form_waits_and_both_are_told() -> None:
    """The head is shown who sent it and what it says, the sender hears once that it waits; nothing of it counts."""
    play = collecting()
    sends(play, "99.50", sent_from=OUTSIDE, proof=Proof.AUTHENTICATED)
    form = play.unit("DAFDUK")
    assert (form.state, form.submissions, form.evidence) == (UnitState.WAITING, (), ())
    asked, told = play.letters[-2:]
    assert asked.about == Conflict(first="", second=OUTSIDE, listed=False)
    assert (asked.submission, asked.changes, asked.enclosures) == (form.waiting_forms[0].read, (), ())
    assert (told.kind, told.to, told.address) == (LetterKind.FORM_WAITS, OUTSIDE, OUTSIDE)
    assert (told.key, told.enclosures) == (f"form_waits/2025/dafduk/{OUTSIDE}", ())
    sends(play, "99.60", sent_from=OUTSIDE, name="lain.xlsx")
    assert [kept.read.number for kept in play.unit("DAFDUK").waiting_forms] == [2]
    assert len({letter.key for letter in play.all_letters(LetterKind.FORM_WAITS)}) == 1
    assert sends(play, "99.60", sent_from=OUTSIDE, name="lain.xlsx").letters == ()


def test_the_head_s_benar_lets_the_form_go_its_way_and_names_its_sender() -> None:
    """It is judged like any other; the head, Subbag Program and the sender are told, the address is admitted."""
    play = collecting()
    sends(play, "99.50", sent_from=OUTSIDE)
    benar(play, 1)
    form = play.unit("DAFDUK")
    assert (form.state, form.waiting_forms, form.admitted) == (UnitState.ACCEPTED, (), (OUTSIDE,))
    assert form.counting is not None
    assert (form.counting.sender, form.counting.proof) == (OUTSIDE, Proof.AUTHENTICATED)
    assert [file.file_name for file in form.evidence] == ["bukti-1.pdf"]
    receipt, copy = play.all_letters(LetterKind.RECEIPT)
    assert (receipt.to, value_of(receipt, "sender")) == ("kabid-dafduk", OUTSIDE)
    assert (copy.to, copy.address, copy.answers) == (OUTSIDE, OUTSIDE, None)
    assert dict(play.journal[-1].detail)["sender"] == OUTSIDE


def test_a_faulty_form_goes_back_to_the_head_who_vouched_for_it() -> None:
    """Only then is anything of it sent on."""
    play = collecting()
    source = replace(play.source("kabid-dafduk"), person=unlisted(OUTSIDE, "DAFDUK"), address=OUTSIDE)
    form = read(faulty("DAFDUK"), cycle="2025")
    play.happens(FormArrived(at=play.at, source=source, unit="DAFDUK", form=form, last={}, sent_from=OUTSIDE))
    assert play.all_letters(LetterKind.RETURNED) == []
    benar(play, 1)
    assert play.letter(LetterKind.RETURNED).to == "kabid-dafduk"


def test_benar_is_about_the_form_of_the_letter_it_answers() -> None:
    """The head's, proved; about a form that waits no more, or about none, it is answered and does nothing."""
    play = collecting()
    sends(play, "99.50", sent_from=OUTSIDE)
    sends(play, "99.60", sent_from="lain@surel.example", name="lain.xlsx")
    assert [letter.kind for letter in benar(play, 2, proof=Proof.NONE).letters] == [LetterKind.CHALLENGE]
    assert [letter.kind for letter in benar(play, 2, by="kasi-pindah").letters] == [LetterKind.NOT_YOURS]
    assert value_of(benar(play, 0).letters[0], "reason") is Reason.NO_THREAD
    assert len(play.unit("DAFDUK").waiting_forms) == 2
    benar(play, 1)
    assert value_of(benar(play, 1).letters[0], "reason") is Reason.ALREADY
    assert [kept.read.sender for kept in play.unit("DAFDUK").waiting_forms] == ["lain@surel.example"]


def test_a_form_that_is_not_proved_counts_at_the_head_s_word() -> None:
    """Nobody is admitted for it: the address is on the list."""
    play = collecting()
    play.sends("DAFDUK")
    sends(play, "99.50", by="kasi-identitas")
    benar(play, 1)
    form = play.unit("DAFDUK")
    assert (form.counted, form.admitted) == (2, ())
    assert play.letter(LetterKind.RECEIPT, "kasi-identitas").address == "kasi.identitas@example.go.id"


def test_benar_to_a_form_during_the_draft_is_answered_as_a_late_one() -> None:
    """The rows that follow stop for Subbag Program's word alone."""
    play = collecting()
    sends(play, "99.50", sent_from=OUTSIDE)
    play.at = wib(12, 9)
    for unit in ("SEKRETARIAT", "DAFDUK", "CAPIL"):
        play.sends(unit)
    benar(play, 1)
    assert play.letter(LetterKind.LATE, "perencanaan").submission is not None


def test_a_stranger_s_form_after_the_lock_is_shown_and_not_kept() -> None:
    """Subbag Program sees from whom while it can act on it; the head is asked for nothing, TERIMA cannot take it."""
    for play, shown in ((drafting(), ["perencanaan"]), (reviewing(), [])):
        before = play.unit("DAFDUK")
        sends(play, "99.90", sent_from=OUTSIDE)
        assert play.unit("DAFDUK") == before
        answer, *told = play.all_letters(LetterKind.LATE)
        assert (answer.address, [letter.to for letter in told]) == (OUTSIDE, shown)
        assert play.all_letters(LetterKind.CONFLICT) == []


def test_a_stranger_s_form_of_another_kind_is_answered_without_a_form_of_the_unit() -> None:
    """Unfilled, or of another unit: he gets no file of ours."""
    play = collecting()
    source = replace(play.source("kabid-dafduk"), person=unlisted(OUTSIDE, "DAFDUK"), address=OUTSIDE)
    form = replace(read(whole("DAFDUK"), cycle="2025"), untouched=True)
    play.happens(FormArrived(at=play.at, source=source, unit="DAFDUK", form=form, last={}, sent_from=OUTSIDE))
    answer = play.letter(LetterKind.UNREADABLE)
    assert (answer.address, answer.unit, answer.enclosures) == (OUTSIDE, "", ())


def test_a_form_in_the_name_of_the_head_is_answered_once() -> None:
    """He is asked; where nobody heads the unit, nobody is, and the sender hears that it waits."""
    play = collecting()
    play.sends("DAFDUK")
    outcome = sends(play, "99.90")
    assert [letter.kind for letter in outcome.letters] == [LetterKind.CONFLICT]
    play.office = vacant(Role.DIVISION_HEAD)
    outcome = sends(play, "99.80", by="perencanaan")
    assert [(letter.kind, letter.to) for letter in outcome.letters] == [(LetterKind.FORM_WAITS, "perencanaan")]

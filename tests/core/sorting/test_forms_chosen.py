"""Of several forms of one unit in one mail: which counts, and what its answer says of the others."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mailbot.core.model.facts import Fact, FormArrived, UnreadableArrived
from mailbot.core.model.form import Entry, FaultCode, FormData, ReadForm, Severity
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.sorting.sorting import sort
from tests.core.desks import PDF, attachment, desk, mail_of, sent
from tests.core.play import collecting
from tests.core.small_forms import faulty, read, whole
from tests.offices.small import wib

CYCLE = collecting().cycle
WHOLE = whole("DAFDUK")


def came(*forms: ReadForm, words: str = "Terlampir.") -> list[Fact]:
    """Return the facts of a mail of the unit's head with these forms."""
    return [fact for _, fact in sort(desk(CYCLE, mail=mail_of("kabid-dafduk", words, *forms))).facts]


def named(data: FormData, name: str) -> ReadForm:
    """Return a form under a name."""
    return replace(read(data, name=name), file_sha256=name[0] * 64)


def other(data: FormData) -> FormData:
    """Return the same form with one other spending."""
    first, *rest = data.budget
    spent = Entry(text="1", value=Decimal(1), sheet="Anggaran", cell="E9")
    return replace(data, budget=(replace(first, spent_idr=spent), *rest))


def test_the_form_in_order_counts_and_the_faulty_one_is_named() -> None:
    """In either order."""
    good, bad = named(WHOLE, "a.xlsx"), named(faulty("DAFDUK"), "b.xlsx")
    for forms in ((good, bad), (bad, good)):
        (fact,) = came(*forms)
        assert isinstance(fact, FormArrived)
        assert fact.form.file_name == "a.xlsx"
        assert [(fault.code, fault.given) for fault in fact.form.faults] == [(FaultCode.FILE_UNUSED, "b.xlsx")]


def test_two_forms_in_order_that_differ_are_asked_back() -> None:
    """And a third, that is for another period or broken, has its own answer beside."""
    (fact,) = came(named(WHOLE, "a.xlsx"), named(other(WHOLE), "b.xlsx"))
    assert isinstance(fact, UnreadableArrived)
    assert (fact.reason, fact.file_name) == (Unreadable.TWO_FORMS, "a.xlsx, b.xlsx")
    assert (fact.unit, fact.at, fact.source.person.key) == ("DAFDUK", wib(8, 9), "kabid-dafduk")


def test_what_came_beside_two_forms_that_differ_is_kept() -> None:
    """A PDF that may be evidence of either."""
    pdf = ReadForm(file_sha256="7" * 64, file_name="Rekap.pdf", unreadable=Unreadable.PDF)
    mail = mail_of("kabid-dafduk", "Terlampir.", named(WHOLE, "a.xlsx"), named(other(WHOLE), "b.xlsx"), pdf)
    mail = replace(mail, attachments=(attachment(pdf.file_sha256, PDF, pdf.file_name),))
    ((_, fact),) = sort(desk(CYCLE, mail=mail)).facts
    assert isinstance(fact, UnreadableArrived)
    assert [file.file_name for file in fact.evidence] == ["Rekap.pdf"]


def test_a_file_that_was_not_used_is_a_note_and_no_fault() -> None:
    """The form in order is accepted with it."""
    (fact,) = came(named(WHOLE, "a.xlsx"), named(faulty("DAFDUK"), "b.xlsx"))
    assert isinstance(fact, FormArrived)
    assert [fault.severity for fault in fact.form.faults] == [Severity.NOTE]


def test_of_two_faulty_ones_the_last_counts() -> None:
    """One return, with the faults of one file."""
    worse = other(faulty("DAFDUK"))
    (fact,) = came(named(faulty("DAFDUK"), "a.xlsx"), named(worse, "b.xlsx"))
    assert isinstance(fact, FormArrived)
    assert fact.form.file_name == "b.xlsx"


def test_a_part_that_contradicts_another_part_gives_way_to_the_later_one() -> None:
    """Neither is whole."""
    part = FormData(budget=WHOLE.budget)
    (fact,) = came(named(part, "a.xlsx"), named(other(part), "b.xlsx"))
    assert isinstance(fact, FormArrived)
    assert fact.form.file_name == "b.xlsx"


def test_a_form_of_another_period_gives_way() -> None:
    """The stamp says for which cycle a form was sent out."""
    former = replace(named(other(WHOLE), "lama.xlsx"), years=(2019,), stamp=None)
    (fact,) = came(named(WHOLE, "a.xlsx"), former)
    assert isinstance(fact, FormArrived)
    assert fact.form.file_name == "a.xlsx"


def test_our_empty_form_submits_nothing_beside_a_filled_one_or_a_word() -> None:
    """Alone it is said to be empty."""
    empty = replace(read(FormData()), untouched=True)
    assert len(came(empty, named(WHOLE, "a.xlsx"))) == 1
    assert [type(fact).__name__ for fact in came(empty, words="STATUS")] == ["CommandGiven"]
    assert [type(fact).__name__ for fact in came(empty)] == ["FormArrived"]


def test_the_unit_s_own_last_form_beside_a_word_is_no_new_try() -> None:
    """As we returned it, marked; a form with other answers is one."""
    play = collecting()
    play.sends("DAFDUK", faulty("DAFDUK"))
    again = named(faulty("DAFDUK"), "kembali.xlsx")
    for form, facts in ((again, ["CommandGiven"]), (named(WHOLE, "a.xlsx"), ["FormArrived"])):
        found = sort(desk(play.cycle, mail=mail_of("kabid-dafduk", "STATUS", form)))
        assert [type(fact).__name__ for _, fact in found.facts] == facts


def test_our_empty_form_beside_what_sounds_like_a_decision_submits_nothing() -> None:
    """A phone hangs it on the Sekretaris' answer; from a head, who decides about no row, it is the form he sent."""
    empty = replace(read(FormData(), "SEKRETARIAT"), untouched=True)
    for words in ("Setuju, tetapi nanti saja", "siap pak"):
        mail = mail_of("sekretaris", words, empty)
        assert [type(fact).__name__ for _, fact in sort(desk(CYCLE, mail=mail)).facts] == ["AnswerUnclear"]
    mine = replace(read(FormData()), untouched=True)
    assert [type(fact).__name__ for fact in came(mine, words="Setuju, tetapi nanti saja")] == ["FormArrived"]


def test_our_empty_form_in_answer_to_a_letter_that_asks_for_a_word_submits_nothing() -> None:
    """Whatever is written beside it; in answer to the request, it is a form."""
    play = collecting()
    empty = replace(read(FormData(), "SEKRETARIAT"), untouched=True)
    mail = mail_of("sekretaris", "Masih saya baca.", empty)
    needs = sent(play.letter(LetterKind.DATA_NEEDS))
    request = sent(play.letter(LetterKind.REQUEST, "kepala-sekretariat"))
    for about, kinds in (
        ((needs,), ["MailUnplaced"]),
        ((request,), ["FormArrived"]),
        ((request, needs), ["FormArrived"]),
    ):
        assert [type(fact).__name__ for _, fact in sort(desk(CYCLE, mail=mail, about=about)).facts] == kinds

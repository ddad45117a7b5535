"""Numbers like a NIK: masked in what is kept, told to Subbag Program, the operator and the sender, never repeated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mailbot.core.facts import FormArrived
from mailbot.core.form import BudgetAnswer, Entry, FaultCode, FormData, IndicatorAnswer, Narrative, ReadForm
from mailbot.core.letters import LetterKind
from mailbot.core.mail import Mail
from mailbot.core.outcome import MailOutcome
from mailbot.core.people import Role
from mailbot.core.placing import Desk, Sorted
from mailbot.core.privacy import held_letters, holds_nik, masked, masked_data
from tests.core.forms import read, row, whole, words
from tests.core.play import collecting
from tests.core.small_office import OFFICE, wib

NIK = "3574016408900001"
HIDDEN = "#" * 16


def test_a_number_of_sixteen_digits_is_masked_however_it_is_grouped() -> None:
    """A NIP has eighteen and stays; so do figures."""
    assert masked(f"a.n. {NIK}, 3574.0164.0890.0001.") == f"a.n. {HIDDEN}, {HIDDEN}."
    assert masked("NIP 19640728 199103 1 004, 309.725.000") == "NIP 19640728 199103 1 004, 309.725.000"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (f"12 {NIK}", f"12 {HIDDEN}"),
        (f"{NIK} 12", f"{HIDDEN} 12"),
        (f"1.{NIK}", f"1.{HIDDEN}"),
        (f"{NIK} 3276011502850002", f"{HIDDEN} {HIDDEN}"),
        ("12 3574 0164 0890 0001", f"12 {HIDDEN}"),
        ("2 3574-0164-0890-0001 3", f"2 {HIDDEN} 3"),
        ("12 9999999999999999", f"12 {HIDDEN}"),
        ("3574 1164 0812 0112 0001", HIDDEN),
        ("12 9999 9999 9999 9999", "12 9999 9999 9999 9999"),
        ("Rp 3.574.010.101.900.001", f"Rp {HIDDEN}"),
        ("Rp 574.010.101.900.001", "Rp 574.010.101.900.001"),
        ("Rp 309.725.000 4.120.000.000", "Rp 309.725.000 4.120.000.000"),
        ("Rp 3.574 010.101.900.001.5", "Rp 3.574 010.101.900.001.5"),
        ("95.3488372093023256", "95.3488372093023256"),
        ("2021 2022 2023 2024 2025", "2021 2022 2023 2024 2025"),
        ("12 196407281991031004", "12 196407281991031004"),
        ("35740164089000011", "35740164089000011"),
    ],
)
def test_a_nik_is_masked_beside_other_digits_and_amounts_stay(written: str, kept: str) -> None:
    """The rule of `masked`, row by row."""
    assert masked(written) == kept
    assert holds_nik(written) == (HIDDEN in kept)


@st.composite
def niks(draw: st.DrawFn) -> str:
    """Draw sixteen digits with a day of birth in them."""
    place = draw(st.integers(110101, 979999))
    born = draw(st.dates(min_value=date(1930, 1, 1), max_value=date(2026, 12, 31)))
    day = born.day + draw(st.sampled_from((0, 40)))
    return f"{place}{day:02}{born.month:02}{born.year % 100:02}{draw(st.integers(1, 9999)):04}"


AROUND = st.text(alphabet="0123456789 .,-\u00a0a\n", max_size=30)


@given(nik=niks(), before=AROUND, after=AROUND, sizes=st.sampled_from(((16,), (4, 4, 4, 4), (6, 6, 4))), data=st.data())
def test_no_nik_survives_whatever_stands_around_it(
    nik: str, before: str, after: str, sizes: tuple[int, ...], data: st.DataObject
) -> None:
    """Unbroken, or in groups of one kind; only digits that touch it make it another number."""
    assume(not before[-1:].isdigit() and not after[:1].isdigit())
    ends = list(accumulate(sizes))
    groups = [nik[end - size : end] for end, size in zip(ends, sizes, strict=True)]
    written = data.draw(st.sampled_from((" ", ".", "-", "\u00a0"))).join(groups)
    text = before + written + after
    assert holds_nik(text)
    assert written not in masked(text)
    assert masked(masked(text)) == masked(text)


def test_every_text_of_a_form_is_masked_and_every_figure_stays() -> None:
    """Indicators, budget, narrative, and who filled it in."""
    figure = Entry(value=Decimal(1234567890123456), text="1234567890123456")
    data = FormData(
        indicators=(IndicatorAnswer(code="IKU-02", actual=figure, obstacles=Entry(text=NIK)),),
        budget=(BudgetAnswer(code="1", note=Entry(text=NIK)),),
        narrative=Narrative(analysis=Entry(text=NIK)),
        filled_by=NIK,
    )
    assert masked_data(data) == FormData(
        indicators=(IndicatorAnswer(code="IKU-02", actual=figure, obstacles=Entry(text=HIDDEN)),),
        budget=(BudgetAnswer(code="1", note=Entry(text=HIDDEN)),),
        narrative=Narrative(analysis=Entry(text=HIDDEN)),
        filled_by=HIDDEN,
    )


def test_a_form_with_a_nik_is_returned_and_kept_without_it() -> None:
    """The cell is named; neither the finding nor what is kept repeats the number."""
    play = collecting()
    told = replace(whole("CAPIL"), indicators=(row("IKK-10", "2.7", enabling_factors=words(f"a.n. {NIK}")),))
    play.sends("CAPIL", told)
    (kept,) = play.unit("CAPIL").submissions
    assert [fault.code for fault in kept.faults] == [FaultCode.PERSONAL_DATA]
    assert NIK not in repr(kept)


def test_a_form_with_a_nik_is_not_shown_to_who_is_asked_to_help() -> None:
    """The request for help says what was found; the workbook stays with its sender."""
    play = collecting()
    for value in ("-1", "-2", "-3"):
        play.sends("CAPIL", replace(whole("CAPIL"), indicators=(row("IKK-10", value, remark=words(NIK)),)))
    assert play.letter(LetterKind.HELP_WANTED).enclosures == ()
    other = collecting()
    for value in ("-1", "-2", "-3"):
        other.sends("CAPIL", replace(whole("CAPIL"), indicators=(row("IKK-10", value),)))
    assert other.letter(LetterKind.HELP_WANTED).enclosures != ()


def desk(*files: tuple[str, bool], sender: str) -> Desk:
    """Lay a mail with these files on the desk; True: it holds a number like a NIK."""
    mail = Mail(
        sha256="ab" * 32,
        message_id="<1@example.go.id>",
        received_at=wib(8, 9),
        senders=(sender,),
        subject="Data dukung",
        in_reply_to=(),
        own_words="",
        forms=tuple(ReadForm(file_sha256=name, file_name=name, personal_data=held) for name, held in files),
    )
    return Desk(mail=mail, at=wib(8, 9), office=OFFICE, about=(), bounced=(), cycles=(), last={})


def address(role: Role) -> str:
    """Return the address of who holds a role."""
    return next(one.addresses[0] for one in OFFICE.roster.people if one.role is role)


NOTHING = Sorted(outcome=MailOutcome.UNPLACED)


def test_planning_operator_and_sender_are_told_of_a_held_file() -> None:
    """By its name; the sender in the thread of his mail, the others in office hours."""
    found = held_letters(
        desk(("a.xlsx", True), ("b.xlsx", False), ("c.csv", True), sender="kabid.capil@example.go.id"), NOTHING
    )
    roles = [OFFICE.roster.person(letter.to).role for letter in found]
    assert roles == [Role.PLANNING, Role.OPERATOR, Role.DIVISION_HEAD]
    assert {letter.value("file_name") for letter in found} == {"a.xlsx, c.csv"}
    assert [letter.answers is not None for letter in found] == [False, False, True]
    assert len({letter.key for letter in found}) == 3


def test_nobody_is_told_where_nothing_is_held_or_a_stranger_wrote() -> None:
    """A stranger's mail is in no cycle, and spreads nowhere; who is told anyhow is told once."""
    assert held_letters(desk(("a.xlsx", False), sender="kabid.capil@example.go.id"), NOTHING) == ()
    assert held_letters(desk(("a.xlsx", True), sender="orang@example.com"), NOTHING) == ()
    assert len(held_letters(desk(("a.xlsx", True), sender=address(Role.PLANNING)), NOTHING)) == 2


def test_a_sender_whose_form_is_answered_reads_of_it_there() -> None:
    """As a note among the findings; the form itself is judged for itself."""
    play = collecting()
    outcome = play.sends("CAPIL", held=("pemohon.xlsx",))
    receipt = next(one for one in outcome.letters if one.kind is LetterKind.RECEIPT)
    assert [(fault.code, fault.given) for fault in receipt.faults] == [
        (FaultCode.EVIDENCE_PERSONAL_DATA, "pemohon.xlsx")
    ]
    fact = FormArrived(
        at=play.at,
        source=play.source("kabid-capil"),
        unit="CAPIL",
        form=read(whole("CAPIL"), "CAPIL"),
        received_at=play.at,
        last={},
    )
    found = Sorted(outcome=MailOutcome.FORM, facts=(("2025", fact),))
    held = held_letters(desk(("pemohon.xlsx", True), sender="kabid.capil@example.go.id"), found)
    assert [OFFICE.roster.person(letter.to).role for letter in held] == [Role.PLANNING, Role.OPERATOR]

"""A flood of hostile mails makes one letter and one line in the morning mail; the cycle's letters leave first (P4)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from mailbot.core.model.outcome import MailOutcome
from tests.clerk.post import letter_from, odd_office
from tests.office import ToyOffice, requested

FLOOD = Path(__file__).parents[1] / "cases" / "flood"
HOSTILE = ("flood-hostile-stranger", "sangat-dalam-alternative", "ribuan-baris-kepala", "ratusan-bagian")
HOSTILE_NAMED = (*HOSTILE, "surat-dalam-surat", "atas-nama-kepala-bidang")


def hostile(number: int, name: str) -> bytes:
    """Return one of the kept mails, with a Message-ID of its own."""
    raw = (FLOOD / f"{name}.eml").read_bytes()
    return raw.replace(b"Message-ID: <", b"Message-ID: <%d." % number, 1)


def kinds(office: ToyOffice) -> Counter[str]:
    """Return how many letters of each kind the operator got."""
    return Counter(letter.kind for letter in office.letters_to("operator"))


@pytest.mark.parametrize("name", HOSTILE_NAMED)
def test_every_kept_hostile_mail_is_set_aside(name: str) -> None:
    """None is read, none is answered."""
    office, post = odd_office()
    office.works()
    office.arrives(hostile(1, name))
    assert [mail.outcome for mail in office.ledger.inbox.listing()] == [MailOutcome.SET_ASIDE]
    del post


def test_four_hundred_hostile_mails_make_one_letter_and_one_line_in_the_morning() -> None:
    """The day's letters to the staff leave all the same, each in its time."""
    office = requested()
    office.has(pacing=office.clerk.books.pacing.but(per_day=60))
    before = kinds(office)
    for number in range(400):
        office.post.arrive(hostile(number, HOSTILE[number % len(HOSTILE)]))
    office.sends_form("kabid-piak", "PIAK")
    assert len(office.letters_to("kabid-piak", "receipt")) == 1
    assert kinds(office) - before == Counter({"set_aside": 1})
    office.morning()
    assert kinds(office) - before == Counter({"set_aside": 1, "morning": 1})
    text = " ".join(office.letters_to("operator", "morning")[-1].text.split())
    assert "399 pesan disisihkan tanpa diproses" in text
    assert "dan 379 lainnya" in text
    office.morning()
    text = " ".join(office.letters_to("operator", "morning")[-1].text.split())
    assert "disisihkan" not in text


def test_other_causes_of_the_same_day_stand_in_the_morning_mail() -> None:
    """One letter a day for all causes; what cannot be read or sent is told of beside it."""
    office, post = odd_office()
    office.works()
    office.arrives(hostile(1, HOSTILE[0]))
    post.arrive(letter_from("orang@luar.example", "satu"))
    post.stumbles_over = {2}
    for _ in range(3):
        office.works()
    assert kinds(office) == Counter({"morning": 1, "set_aside": 1})
    office.morning()
    text = " ".join(office.letters_to("operator", "morning")[-1].text.split())
    assert "Pesan di server yang belum ada dalam buku catatan: toy INBOX UIDVALIDITY 1 UID 2" in text
    office.arrives(hostile(3, HOSTILE[1]))
    assert kinds(office)["set_aside"] == 2


def test_what_a_cycle_has_to_say_leaves_before_what_the_machine_has() -> None:
    """With one letter left for the day, it is the cycle's, however long the machine's has waited."""
    office, _ = odd_office()
    office.has(pacing=office.clerk.books.pacing.but(per_day=1))
    office.works()
    assert [letter.kind for letter in office.letters_to("operator")] == []
    assert len(office.letters_to("sekretaris", "data_needs")) == 1

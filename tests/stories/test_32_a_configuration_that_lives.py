"""The operator and the configuration: what waits for his BENAR, who is told, and what moves once it counts."""

from __future__ import annotations

import pytest

from mailbot.clerk.configuration.taking import hold_up, put_back, take
from mailbot.clerk.configuration.waiting import accept, accepted_digest, waiting_edit
from mailbot.core.configuration.change import Change
from mailbot.core.configuration.comparing import changes
from mailbot.ledger.files_and_notes import CONFIG_APPROVED, CONFIG_REFUSED
from mailbot.settings.settings import Settings
from mailbot.writing.words.beside_words import with_words
from tests.core.configuration.middle import FILES, SETTINGS, Edit, configured, edited
from tests.given import given
from tests.office import CYCLE, Seen, ToyOffice

SECRETARY: Edit = (
    "recipients",
    "address: sekretaris.disdukcapil@example.go.id",
    "address: sekretaris.baru@example.go.id",
)
SHUT: Edit = ("office", "closed: []", "closed:\n    - {day: 2026-01-12, reason: Libur setempat}")
OPERATOR: Edit = ("recipients", "address: operator.disdukcapil@example.go.id", "address: orang.lain@example.com")


class LivingOffice(ToyOffice):
    """An office whose files are edited while its cycle runs."""

    def __init__(self) -> None:
        """Come to row 3, by the sample's configuration."""
        super().__init__()
        accept(self.ledger, SETTINGS.digest, FILES, self.clock())
        self.works()
        self.days_pass(2)

    def is_edited(self, *edits: Edit) -> Settings:
        """Let files be edited, and held up where something waits."""
        settings = edited(edits)
        found = self.changes(settings)
        if any(change.waits for change in found):
            hold_up(self.clerk, settings.digest, found)
        else:
            self.counts(settings)
        self.works()
        return settings

    def changes(self, settings: Settings) -> tuple[Change, ...]:
        """Return what settings change for the cycle under way."""
        cycles = self.ledger.cycles.open()
        return changes(configured(SETTINGS), configured(settings), cycles, self.clock(), frozenset({CYCLE}))

    def counts(self, settings: Settings) -> None:
        """Let settings count."""
        former, found = self.clerk, self.changes(settings)
        self.office = with_words(settings.office(), settings.template_folders)
        self.clerk = given(self.clerk, office=self.office)
        take(former, self.clerk, (SETTINGS.digest, settings.digest), FILES, found)
        self.works()

    def asked(self) -> Seen:
        """Return the operator's last letter about a configuration that waits."""
        return self.letter("operator", "config_waits")

    def approved(self) -> str:
        """Return the digest that he has approved."""
        return self.ledger.notes.read(CONFIG_APPROVED)

    def told(self) -> str:
        """Return what the operator was answered last."""
        return self.letter("operator", "config_answered").text


@pytest.fixture
def office() -> LivingOffice:
    """Wednesday evening, row 3."""
    return LivingOffice()


def test_his_benar_lets_it_count_and_the_former_address_is_told(office: LivingOffice) -> None:
    """The letter has the words and the digest; nothing moves before the word, and the former holder hears of it."""
    settings = office.is_edited(SECRETARY)
    asked = office.asked()
    words = " ".join(asked.text.split())
    assert "berganti dari sekretaris.disdukcapil@example.go.id menjadi sekretaris.baru@example.go.id." in words
    assert settings.digest[:16] in asked.text
    office.answers("operator", asked, "BENAR\n\nTerima kasih.")
    assert office.approved() == settings.digest
    assert "telah kami catat" in office.told().replace("\n", " ")
    office.counts(settings)
    office.morning()
    told = [raw for address, raw in office.post.delivered if address == "sekretaris.disdukcapil@example.go.id"]
    assert "sekretaris.baru@example.go.id" in office.seen("sekretaris.disdukcapil@example.go.id", told[-1]).text
    assert accepted_digest(office.ledger) == settings.digest
    assert (waiting_edit(office.ledger), office.approved()) == (None, "")
    events = [entry.line.event for entry in office.ledger.journal.read("")]
    assert [event for event in events if event.startswith("configuration_")] == [
        "configuration_waits",
        "configuration_approved",
        "configuration_taken",
    ]


def test_a_benar_that_nobody_proved_asks_for_a_code_and_the_code_lets_it_count(office: LivingOffice) -> None:
    """A forged one never has the code."""
    settings = office.is_edited(SECRETARY)
    office.answers("operator", office.asked(), "BENAR", proved=False)
    assert office.approved() == ""
    challenge = office.letter("operator", "challenge")
    code = next(word for word in challenge.text.split() if word.isdigit() and len(word) == 6)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    office.answers("operator", challenge, wrong, proved=False)
    assert office.approved() == ""
    office.answers("operator", challenge, code, proved=False)
    assert office.approved() == settings.digest


def test_a_benar_to_what_was_edited_again_acts_on_nothing(office: LivingOffice) -> None:
    """A new letter with a new digest; the old one is answered as such."""
    office.is_edited(SECRETARY)
    former = office.asked()
    settings = office.is_edited(SECRETARY, SHUT)
    assert len(office.letters_to("operator", "config_waits")) == 2
    office.answers("operator", former, "BENAR")
    assert office.approved() == ""
    assert "tidak lagi menunggu" in office.told()
    office.answers("operator", office.asked(), "Benar.")
    assert office.approved() == settings.digest


@pytest.mark.parametrize("words", ["SALAH", "BATAL", "BENAR\ntapi alamat Sekretaris jangan dulu", "BENAR?"])
def test_any_other_word_lets_nothing_count(words: str, office: LivingOffice) -> None:
    """SALAH tells what is to be put back; a reservation beside BENAR is asked about."""
    settings = office.is_edited(SECRETARY)
    office.answers("operator", office.asked(), words)
    assert office.approved() == ""
    refused = office.ledger.notes.read(CONFIG_REFUSED)
    assert refused == (settings.digest if words in {"SALAH", "BATAL"} else "")
    if refused:
        assert "dikembalikan" in office.told()


def test_nobody_else_approves(office: LivingOffice) -> None:
    """The letter was sent on; a colleague's BENAR, proved, is none. Nor is that of who would become the operator."""
    office.is_edited(OPERATOR)
    assert office.asked().address == "operator.disdukcapil@example.go.id"
    office.answers("perencanaan", office.asked(), "BENAR")
    office.answers("operator", office.asked(), "BENAR", address="orang.lain@example.com")
    assert office.approved() == ""


def test_what_is_put_back_waits_no_more(office: LivingOffice) -> None:
    """The letter is answered as one about nothing."""
    office.is_edited(SECRETARY)
    put_back(office.clerk)
    assert waiting_edit(office.ledger) is None
    office.answers("operator", office.asked(), "BENAR")
    assert office.approved() == ""


def test_an_old_benar_sent_once_more_lets_the_same_files_in_no_second_time(office: LivingOffice) -> None:
    """They were put back, and lie there again: that is asked anew, and the letter of then lets nothing in."""
    settings = office.is_edited(SECRETARY)
    former = office.asked()
    put_back(office.clerk)
    office.days_pass(1)
    office.is_edited(SECRETARY)
    office.answers("operator", former, "BENAR")
    assert office.approved() == ""
    assert "tidak lagi menunggu" in office.told()
    office.answers("operator", office.asked(), "BENAR")
    assert office.approved() == settings.digest


def test_a_day_declared_closed_is_told_to_who_owes_something(office: LivingOffice) -> None:
    """It acts at once; each head hears once from when to when, and the deadline is the new one."""
    office.is_edited(SHUT)
    office.morning()
    (told,) = office.letters_to("kabid-capil", "deadline_moved")
    text = " ".join(told.text.split())
    assert "bergeser dari hari Senin, 12 Januari 2026 pukul 16.00 WIB menjadi hari Selasa, 13 Januari 2026" in text
    assert {form.due_at for form in office.cycle().units} == {office.cycle().due_at}
    assert office.letters_to("operator", "config_waits") == []
    (taken,) = [entry.line for entry in office.ledger.journal.read("") if entry.line.event == "configuration_taken"]
    assert "Kantor tutup pada Senin, 12 Januari 2026; Libur setempat." in dict(taken.detail)["words"]


def test_a_request_that_waits_leaves_with_the_deadline_that_holds_then(office: LivingOffice) -> None:
    """Its server was away when it was written: it is written anew, and no second letter tells of a move."""
    del office
    late = LivingOffice.__new__(LivingOffice)
    ToyOffice.__init__(late)
    accept(late.ledger, SETTINGS.digest, FILES, late.clock())
    late.works()
    late.post.refusals["kabid.capil@example.go.id"] = (451, "4.3.0 try again")
    late.days_pass(2)
    assert late.letters_to("kabid-capil", "request") == []
    late.is_edited(SHUT)
    late.post.refusals.clear()
    late.morning()
    (request,) = late.letters_to("kabid-capil", "request")
    assert "Selasa, 13 Januari 2026" in request.text
    assert late.letters_to("kabid-capil", "deadline_moved") == []
    assert len(late.letters_to("kabid-dafduk", "deadline_moved")) == 1

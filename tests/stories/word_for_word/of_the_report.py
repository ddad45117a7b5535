"""Scenes of the letters about data needs, draft, review and ratification (SOP rows 1, 5 to 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from mailbot.core.codes.letter_kinds import LetterKind as K
from mailbot.core.model.people import Acting
from tests.office import ToyOffice, collected, laid, requested
from tests.offices.small import row_5_apart
from tests.stories.test_03_secretary_sends_back import drafted
from tests.stories.test_11_code import ratifying
from tests.stories.test_12_who_is_it import with_people
from tests.stories.test_30_taken_back import windowed
from tests.stories.word_for_word.scene import scene
from tests.writing.edited.small_documents import paragraph, run, tracked, with_body

PDF = ("Undangan rapat.pdf", b"%PDF-1.4\nundangan\n%%EOF\n")


def informed() -> ToyOffice:
    """Return the office in row 1."""
    office = ToyOffice()
    office.works()
    return office


@scene(K.DATA_NEEDS, "sekretaris")
def data_needs(_: Path) -> ToyOffice:
    """The cycle opens, and row 1 begins."""
    return informed()


@scene(K.DATA_NEEDS_OBJECTED, "perencanaan")
def data_needs_objected(_: Path) -> ToyOffice:
    """The Sekretaris would not have one indicator asked for."""
    office = informed()
    letter = office.letter("sekretaris", "data_needs")
    office.answers("sekretaris", letter, "KEBERATAN\nIKU-14 belum dapat diminta.")
    return office


@scene(K.RECAP, "perencanaan")
def recap(_: Path) -> ToyOffice:
    """The last form is in, in an office whose row 5 takes time of its own."""
    office = requested()
    office.has(office=row_5_apart(office.office))
    collected(office)
    return office


@scene(K.DRAFT, "perencanaan")
def draft(_: Path) -> ToyOffice:
    """The last form is in, and the draft is written."""
    return laid()


@scene(K.DRAFT_AGAIN, "sekretaris")
def draft_again(_: Path) -> ToyOffice:
    """The Sekretaris would look at the draft before it is laid before him."""
    office = laid()
    office.answers("sekretaris", None, "DRAF")
    return office


@scene(K.OPEN_CHANGES, "perencanaan")
def open_changes(_: Path) -> ToyOffice:
    """Subbag Program passes on an edited draft in which a tracked change is open."""
    office = laid()
    letter = office.letter("perencanaan", "draft")
    content = with_body(letter.file(".docx")[1], paragraph(tracked("ins", run("Usulan baru."))))
    office.answers("perencanaan", letter, "TERUSKAN", ("Draf sunting.docx", content))
    return office


@scene(K.REVIEW, "sekretaris")
def review(_: Path) -> ToyOffice:
    """Subbag Program passes the draft on."""
    office = laid()
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    return office


@scene(K.REVISION, "perencanaan")
def revision(_: Path) -> ToyOffice:
    """The Sekretaris sends the draft back with two remarks."""
    office = drafted()
    words = "PERBAIKI\n1. Ikhtisar eksekutif terlalu panjang.\n2. Tabel anggaran mohon dicek."
    office.answers("sekretaris", office.letter("sekretaris", "review"), words)
    return office


@scene(K.ANSWERS_NOTED, "perencanaan")
def answers_noted(_: Path) -> ToyOffice:
    """Subbag Program says what was done about one of them."""
    office = revision(Path())
    letter = office.letter("perencanaan", "revision")
    office.answers("perencanaan", letter, "1: dipersingkat menjadi dua halaman")
    return office


@scene(K.DRAFT_HELD, "perencanaan")
def draft_held(_: Path) -> ToyOffice:
    """Subbag Program passes the very same draft on, and remarks are unanswered."""
    office = revision(Path())
    office.answers("perencanaan", office.letter("perencanaan", "revision"), "TERUSKAN")
    return office


@scene(K.RATIFY, "kadis")
def ratify(_: Path) -> ToyOffice:
    """The Sekretaris agrees."""
    return ratifying()


@scene(K.VERDICT_NOTED, "kadis")
def verdict_noted(_: Path) -> ToyOffice:
    """The Kepala Dinas ratifies the report."""
    office = ratifying()
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
    return office


@scene(K.CHALLENGE, "kadis")
def challenge(_: Path) -> ToyOffice:
    """Somebody ratifies in the name of the Kepala Dinas."""
    office = ratifying()
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN", proved=False)
    return office


@scene(K.UNCLEAR, "sekretaris")
def unclear(_: Path) -> ToyOffice:
    """A consent with a reservation is none, and no refusal."""
    office = drafted()
    words = "Setuju dengan catatan, tabel 3 dicek lagi."
    office.answers("sekretaris", office.letter("sekretaris", "review"), words)
    return office


@scene(K.HEARD, "perencanaan")
def heard(_: Path) -> ToyOffice:
    """What the Sekretaris wrote beside his consent is to be read by a person."""
    return unclear(Path())


@scene(K.DOUBTED, "sekretaris")
def doubted(_: Path) -> ToyOffice:
    """Beside the word stands a sentence that nobody understands."""
    office = drafted()
    words = "SETUJU\n\nNanti malam saya telepon soal halaman 12."
    office.answers("sekretaris", office.letter("sekretaris", "review"), words)
    return office


@scene(K.OUT_OF_TURN, "kadis")
def out_of_turn(_: Path) -> ToyOffice:
    """The draft is still with the Sekretaris."""
    office = drafted()
    office.answers("kadis", None, "DISAHKAN")
    return office


@scene(K.NOT_YOURS, "kabid-capil")
def not_yours(_: Path) -> ToyOffice:
    """A head of a unit ratifies the report."""
    office = ratifying()
    office.answers("kabid-capil", None, "DISAHKAN")
    return office


@scene(K.ORIGIN, "sekretaris")
def origin(_: Path) -> ToyOffice:
    """The Sekretaris asks where a figure comes from."""
    office = laid()
    office.answers("sekretaris", None, "ASAL IKU-03")
    return office


@scene(K.FILE_SHOWN, "perencanaan")
def file_shown(_: Path) -> ToyOffice:
    """A PDF hangs on the word of the Kepala Dinas."""
    office = ratifying()
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN", PDF)
    return office


@scene(K.RECALLED, "kadis")
def recalled(_: Path) -> ToyOffice:
    """The Kepala Dinas takes his word back within half an hour."""
    office = windowed()
    for who, kind, word in (("perencanaan", "draft", "TERUSKAN"), ("sekretaris", "review", "SETUJU")):
        office.answers(who, office.letter(who, kind), word)
        office.hours_pass(0.5)
    office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
    office.hours_pass(0.25)
    office.answers("kadis", None, "Batal")
    return office


@scene(K.RECALL_TOLD, "sekretaris")
def recall_told(_: Path) -> ToyOffice:
    """Subbag Program pulls back the draft that lies with the Sekretaris."""
    office = drafted()
    words = "BATAL\nTabel anggaran tertukar."
    office.answers("perencanaan", office.letter("perencanaan", "verdict_noted"), words)
    return office


@scene(K.DEPUTY_ECHO, "sekretaris")
def deputy_echo(_: Path) -> ToyOffice:
    """The Sekretaris names who stands in for two days."""
    office = drafted()
    until = office.office.calendar.local(office.clock()).date() + timedelta(days=1)
    office.answers("sekretaris", None, f"PLH kabid.capil@example.go.id sampai {until}")
    return office


@scene(K.DEPUTY_TOLD, "kabid-capil")
def deputy_told(_: Path) -> ToyOffice:
    """He says that it is meant."""
    office = deputy_echo(Path())
    office.answers("sekretaris", office.letter("sekretaris", "deputy_echo"), "BENAR")
    return office


@scene(K.SIGNER_CHANGED, "perencanaan")
def signer_changed(_: Path) -> ToyOffice:
    """From the next day on, somebody else signs for the Kepala Dinas."""
    office = ratifying()
    calendar = office.office.calendar
    tomorrow = calendar.next_working_day(calendar.local(office.clock()).date())
    acting = replace(
        office.person("kadis"),
        key="plh-kadis",
        name="Pelaksana Harian",
        addresses=("plh.disdukcapil@example.go.id",),
        acting=Acting.DAILY_ACTING,
        since=tomorrow,
        until=tomorrow + timedelta(days=9),
    )
    with_people(office, lambda people: (*people, acting))
    office.days_pass(1)
    return office


@scene(K.NO_LONGER, "plt-sekretaris")
def no_longer(_: Path) -> ToyOffice:
    """Who stood in for the Sekretaris until the day before still answers for him."""
    office = drafted()
    yesterday = office.office.calendar.local(office.clock()).date() - timedelta(days=1)
    stood_in = replace(
        office.person("sekretaris"),
        key="plt-sekretaris",
        addresses=("plt.sekretaris@example.go.id",),
        acting=Acting.ACTING,
        since=yesterday,
        until=yesterday,
    )
    with_people(office, lambda people: (*people, stood_in))
    office.answers("plt-sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    return office

"""Scenes of the letters that units read, and of what Subbag Program reads about a unit (SOP rows 2 to 4)."""

from __future__ import annotations

from pathlib import Path

from mailbot.core.codes.letter_kinds import LetterKind as K
from tests.office import ToyOffice, laid, requested
from tests.stories.form_life import filled, sends, typed, workbook
from tests.stories.test_11_code import code_in
from tests.stories.test_32_a_configuration_that_lives import SHUT, LivingOffice
from tests.stories.word_for_word.scene import scene

NIK = "3574016408900001"
UNLISTED = "staf.piak@pribadi.example"
LINES = """IKU-03: 98,6
IKU-03 pendukung: Layanan jemput bola
IKU-03 data dukung: Laporan pelayanan 2025
IKK-10: 3.000"""


@scene(K.REQUEST, "kabid-capil")
def request(_: Path) -> ToyOffice:
    """Row 2 begins, and Kepala Bidang Pencatatan Sipil is asked for the data of his unit."""
    return requested()


@scene(K.REQUEST_COPY, "kasi-inovasi")
def request_copy(_: Path) -> ToyOffice:
    """Row 2 begins; a Kepala Seksi gets the copy of what his head is asked."""
    return requested()


@scene(K.RETURNED, "kabid-capil")
def returned(_: Path) -> ToyOffice:
    """Words stand where a figure is wanted, and a cell is empty."""
    office = requested()
    office.sends_form("kabid-capil", "CAPIL", mistakes=1)
    return office


@scene(K.RECEIPT, "kabid-piak")
def receipt(_: Path) -> ToyOffice:
    """A form in order."""
    office = requested()
    office.sends_form("kabid-piak", "PIAK")
    return office


@scene(K.PARTIAL, "kabid-piak")
def partial(_: Path) -> ToyOffice:
    """Five of seven rows are filled."""
    office = requested()
    got = office.letter("kabid-piak", "request")
    gaps = (typed("IKK-11", "Realisasi", None), typed("2.12.05.2.01.0001", "Realisasi (Rp)", None))
    sends(office, "kabid-piak", got, filled(office, got, *gaps))
    return office


@scene(K.REOPENED, "kabid-piak")
def reopened(_: Path) -> ToyOffice:
    """He reads his receipt, and a figure is not what he meant."""
    office = receipt(Path())
    office.answers("kabid-piak", office.letter("kabid-piak", "receipt"), "SALAH")
    return office


@scene(K.CONFLICT, "kabid-dafduk")
def conflict(_: Path) -> ToyOffice:
    """The head's form counts already; a colleague of the unit sends another figure."""
    office = requested()
    got = office.letter("kabid-dafduk", "request")
    sends(office, "kabid-dafduk", got, filled(office, got))
    copy = office.letter("identitas-penduduk", "request_copy")
    sends(office, "identitas-penduduk", copy, filled(office, copy, typed("IKU-02", "Realisasi", 99.4)))
    return office


@scene(K.FORM_WAITS, UNLISTED)
def form_waits(_: Path) -> ToyOffice:
    """The head has sent the request on to somebody whom nobody listed."""
    office = requested()
    office.answers("kabid-piak", None, "Terlampir.", office.filled("PIAK"), address=UNLISTED, proved=False)
    return office


@scene(K.UNREADABLE, "umum")
def unreadable(_: Path) -> ToyOffice:
    """The empty form comes back."""
    office = requested()
    got = office.letter("umum", "request")
    sends(office, "umum", got, workbook(got))
    return office


@scene(K.EXTENDED, "kabid-dafduk")
def extended(_: Path) -> ToyOffice:
    """He asks for two days more."""
    office = requested()
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), "Mohon TUNDA 2 hari, terima kasih.")
    return office


@scene(K.HELP_WANTED, "perencanaan")
def help_wanted(_: Path) -> ToyOffice:
    """The third form of a unit goes back, as the two before it."""
    office = requested()
    got = office.letter("umum", "request")
    for words in ("baik", "cukup", "bagus"):
        sends(office, "umum", got, filled(office, got, typed("IKU-01", "Realisasi", words)))
    return office


@scene(K.UNIT_ACCEPTED, "umum")
def unit_accepted(_: Path) -> ToyOffice:
    """Subbag Program has telephoned, and takes the form as it is."""
    office = help_wanted(Path())
    words = "TERIMA SEKRETARIAT\nNilai dikonfirmasi lewat telepon."
    office.answers("perencanaan", office.letter("perencanaan", "help_wanted"), words)
    return office


@scene(K.RETURNED_BY_PLANNING, "umum")
def returned_by_planning(_: Path) -> ToyOffice:
    """Subbag Program sends back what counted."""
    office = unit_accepted(Path())
    words = "KEMBALIKAN SEKRETARIAT\nMohon dilengkapi setelah survei selesai."
    office.answers("perencanaan", office.letter("perencanaan", "help_wanted"), words)
    return office


@scene(K.LATE, "kabid-capil")
def late(_: Path) -> ToyOffice:
    """The draft lies with Subbag Program when another form of the unit comes."""
    office = laid()
    got = office.letter("kabid-capil", "request")
    sends(office, "kabid-capil", got, filled(office, got, typed("IKU-03", "Realisasi", 98.6)))
    return office


@scene(K.LINES_READ, "kabid-capil")
def lines_read(_: Path) -> ToyOffice:
    """He answers in lines from his phone; of one figure nobody can say what it is."""
    office = requested()
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), LINES)
    return office


@scene(K.LINES_DROPPED, "kabid-capil")
def lines_dropped(_: Path) -> ToyOffice:
    """They were not what he meant."""
    office = lines_read(Path())
    office.answers("kabid-capil", office.letter("kabid-capil", "lines_read"), "SALAH")
    return office


@scene(K.EVIDENCE_KEPT, "kabid-piak")
def evidence_kept(_: Path) -> ToyOffice:
    """The form counts, and the evidence for it comes afterwards."""
    office = receipt(Path())
    files = (("Rekap anomali.csv", b"bulan;jumlah\r\n1;12\r\n"),)
    office.answers("kabid-piak", office.letter("kabid-piak", "receipt"), "Terlampir data dukung.", *files)
    return office


@scene(K.HELD_BACK, "perencanaan")
def held_back(_: Path) -> ToyOffice:
    """Beside a form lies a list of people with their numbers."""
    office = requested()
    files = (office.filled("CAPIL"), ("daftar pemohon.csv", f"nama;nik\r\nA;{NIK}\r\n".encode()))
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), "Terlampir form dan data dukung.", *files)
    return office


@scene(K.HELD_NOTED, "perencanaan")
def held_noted(folder: Path) -> ToyOffice:
    """Subbag Program has the list destroyed, and brings the code that this costs."""
    office = held_back(folder)
    office.answers("perencanaan", office.letter("perencanaan", "held_back"), "HAPUS")
    asked = office.letter("perencanaan", "challenge")
    office.answers("perencanaan", asked, code_in(asked))
    return office


@scene(K.FORM_AGAIN, "kabid-dafduk")
def form_again(_: Path) -> ToyOffice:
    """He has lost his form."""
    office = requested()
    office.answers("kabid-dafduk", None, "FORM")
    return office


@scene(K.GUIDE, "kabid-dafduk")
def guide(_: Path) -> ToyOffice:
    """He asks how the form is filled in."""
    office = requested()
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), "BANTUAN")
    return office


@scene(K.STATUS, "kadis")
def status(_: Path) -> ToyOffice:
    """The Kepala Dinas asks how it stands."""
    office = receipt(Path())
    office.answers("kadis", None, "STATUS")
    return office


@scene(K.REMINDER, "kabid-dafduk")
def reminder(_: Path) -> ToyOffice:
    """Nothing has come, and the deadline is the next working day."""
    office = requested()
    office.days_pass(2)
    return office


@scene(K.REMINDER_TODAY, "kabid-capil")
def reminder_today(_: Path) -> ToyOffice:
    """His form went back and was not sent again; the deadline is today."""
    office = returned(Path())
    office.days_pass(3)
    return office


@scene(K.ESCALATION, "sekretaris")
def escalation(_: Path) -> ToyOffice:
    """Two working days after the deadline one unit's form came, one went back, of two nothing was heard."""
    office = returned(Path())
    office.sends_form("kabid-piak", "PIAK")
    office.days_pass(5)
    return office


@scene(K.DEADLINE_MOVED, "kabid-capil")
def deadline_moved(_: Path) -> ToyOffice:
    """The admin writes into office.yaml that the office is closed on the day on which the forms are due."""
    office = LivingOffice()
    office.is_edited(SHUT)
    office.morning()
    return office


@scene(K.UNPLACED, "kabid-piak")
def unplaced(_: Path) -> ToyOffice:
    """He writes something that is no form, no line and no word of ours."""
    office = requested()
    words = "Apakah data semester I masih dipakai?"
    office.answers("kabid-piak", office.letter("kabid-piak", "request"), words)
    return office

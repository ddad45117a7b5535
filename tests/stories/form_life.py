"""The life of a form, scene by scene, told once and played in memory and on real servers (SOP rows 3 and 4)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Protocol, TypeVar

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from mailbot.clerk.parts import Clerk
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState
from mailbot.core.model.form import Asked, FaultCode, Submission
from mailbot.core.model.sop import Step
from mailbot.rehearsal.cast import read_script
from mailbot.rehearsal.filling import fill
from mailbot.writing.form.form import write_form
from mailbot.writing.form.workbook_model import Fill
from mailbot.writing.words.form_words import read_form_words

RED, GREEN = f"FF{Fill.BAD.value}", f"FF{Fill.GOOD.value}"
HEADER_ROW = 7


class Letter(Protocol):
    """A letter in somebody's mailbox."""

    @property
    def text(self) -> str:
        """Return what it says."""

    @property
    def files(self) -> tuple[tuple[str, bytes], ...]:
        """Return its enclosures."""


L = TypeVar("L", bound=Letter)


class AtWork(Protocol[L]):
    """The office at work, in memory or on real servers."""

    clerk: Clerk

    def letter(self, key: str, kind: str, number: int = 1) -> L:
        """Return somebody's letter of that kind, counted from 1."""

    def answers(self, key: str, got: L, words: str, *files: tuple[str, bytes]) -> None:
        """Let somebody answer a letter."""

    def unit(self, key: str) -> UnitForm:
        """Return one unit's part."""

    def cycle(self) -> Cycle:
        """Return the cycle as it stands."""


Change = Callable[[Workbook], None]


def cell(book: Workbook, code: str, header: str) -> Cell:
    """Return the cell of a row, by its code, in a column, by its header."""
    for name in ("Indikator", "Anggaran"):
        sheet = book[name]
        columns = {str(one.value).removesuffix(" *"): one.column or 0 for one in sheet[HEADER_ROW]}
        for row in range(HEADER_ROW + 1, sheet.max_row + 1):
            if sheet.cell(row, columns["Kode"]).value == code and header in columns:
                found = sheet.cell(row, columns[header])
                assert isinstance(found, Cell)
                return found
    raise KeyError(code, header)


def typed(code: str, header: str, value: object) -> Change:
    """Somebody types into a cell; `#REF!` stands for a formula gone wrong, None for a cell emptied."""

    def change(book: Workbook) -> None:
        place = cell(book, code, header)
        place.value = value  # type: ignore[assignment] # what fits a cell
        if str(value).startswith("#"):
            place.data_type = "e"

    return change


def changed(content: bytes, *changes: Change) -> bytes:
    """Return a workbook after somebody's edits."""
    book = load_workbook(io.BytesIO(content))
    for change in changes:
        change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def workbook(got: Letter) -> bytes:
    """Return the form that came with a letter."""
    return next(content for name, content in got.files if name.lower().endswith(".xlsx"))


def filled(office: AtWork[L], got: L, *changes: Change) -> bytes:
    """Return the form of a letter, filled in by the unit, with some changes."""
    return changed(fill(workbook(got), read_script(office.clerk.lookout.template_folders), mistakes=0), *changes)


def sends(office: AtWork[L], key: str, got: L, content: bytes, name: str = "Form Isian (1) fix.xlsx") -> None:
    """Let somebody answer a letter with a workbook."""
    office.answers(key, got, "Terlampir form isian.", (name, content))


def coloured(content: bytes, colour: str) -> list[str]:
    """Return the cells of a workbook with that background, `Indikator!K8`."""
    book = load_workbook(io.BytesIO(content))
    return [
        f"{sheet.title}!{one.coordinate}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for one in row
        if one.fill.fgColor.rgb == colour
    ]


def plain(text: str) -> str:
    """Return a letter's text on one line."""
    return re.sub(r"\s+", " ", text)


def last(form: UnitForm) -> Submission:
    """Return the newest form of a unit."""
    return form.submissions[-1]


def told(form: UnitForm) -> set[tuple[FaultCode, str]]:
    """Return code and cell of everything found in a unit's newest form."""
    return {(fault.code, f"{fault.sheet}!{fault.cell}") for fault in last(form).faults}


def returned_with_three_faults(office: AtWork[L]) -> None:
    """CAPIL: three faults named at once, in the mail and red in the sender's own workbook; mended there, accepted."""
    request = office.letter("kabid-capil", "request")
    faulty = filled(
        office,
        request,
        typed("IKU-03", "Realisasi", "1.234"),
        typed("IKU-04", "Realisasi", "#REF!"),
        typed("2.12.03.2.01.0001", "Realisasi (Rp)", 2_031_180_000),
    )
    sends(office, "kabid-capil", request, faulty)
    assert office.unit("CAPIL").state is UnitState.RETURNED
    assert told(office.unit("CAPIL")) == {
        (FaultCode.AMBIGUOUS_NUMBER, "Indikator!K8"),
        (FaultCode.CELL_ERROR, "Indikator!K9"),
        (FaultCode.SPENT_OVER_BUDGET, "Anggaran!E8"),
    }
    back = office.letter("kabid-capil", "returned")
    text = plain(back.text)
    assert "terdapat 3 (tiga) isian yang perlu disesuaikan" in text
    assert "dapat dibaca 1,234 atau 1234" in text
    assert "#REF!" in text
    assert "melebihi pagu" in text
    marked = workbook(back)
    book = load_workbook(io.BytesIO(marked))
    assert book.sheetnames[0] == "Yang perlu diperbaiki (3)"
    assert coloured(marked, RED) == ["Indikator!K8", "Indikator!K9", "Anggaran!E8"]
    assert "Indikator!K10" in coloured(marked, GREEN)
    links = [one.hyperlink.location for row in book.worksheets[0].iter_rows() for one in row if one.hyperlink]
    assert links == ["'Indikator'!K8", "'Indikator'!K9", "'Anggaran'!E8"]

    mended = changed(
        marked,
        typed("IKU-03", "Realisasi", 98.57),
        typed("IKU-04", "Realisasi", 100),
        typed("2.12.03.2.01.0001", "Realisasi (Rp)", 203_118_000),
    )
    sends(office, "kabid-capil", back, mended)
    assert (office.unit("CAPIL").state, office.unit("CAPIL").counted) == (UnitState.ACCEPTED, 2)
    receipt = plain(office.letter("kabid-capil", "receipt").text)
    for shown in ("IKU-03", "98,57", "100,07%", "Sangat Tinggi", "Rp203.118.000", "SALAH"):
        assert shown in receipt


def part_now_and_the_rest_later(office: AtWork[L]) -> None:
    """PIAK: five of seven rows, then only the two that were open; what came first stays."""
    request = office.letter("kabid-piak", "request")
    part = filled(
        office,
        request,
        typed("IKK-11", "Realisasi", None),
        typed("2.12.05.2.01.0001", "Realisasi (Rp)", None),
    )
    sends(office, "kabid-piak", request, part)
    assert office.unit("PIAK").state is UnitState.PARTIAL
    got = office.letter("kabid-piak", "partial")
    text = plain(got.text)
    assert "telah kami terima sebagian: 5 dari 7 isian" in text
    assert "IKK-11" in text
    assert "2.12.05.2.01.0001" in text

    rest = changed(
        workbook(got),
        typed("IKK-11", "Realisasi", 0.47),
        typed("IKK-11", "Faktor Pendukung", "Pemadanan data"),
        typed("IKK-11", "Data Dukung", "Rekap anomali.pdf"),
        typed("2.12.05.2.01.0001", "Realisasi (Rp)", 45_100_000),
    )
    sends(office, "kabid-piak", got, rest)
    assert office.unit("PIAK").state is UnitState.ACCEPTED
    figures = {row.code: str(row.actual.value) for row in last(office.unit("PIAK")).data.indicators}
    assert figures == {"IKU-06": "12.85", "IKU-08": "19", "IKK-11": "0.47", "IKK-15": "3"}


def wrong_after_the_receipt(office: AtWork[L]) -> None:
    """PIAK: SALAH opens the form again; the next receipt shows what changed from the form that counted before."""
    office.answers("kabid-piak", office.letter("kabid-piak", "receipt"), "SALAH")
    assert office.unit("PIAK").state is UnitState.RETURNED
    again = office.letter("kabid-piak", "reopened")
    form = filled(office, again, typed("IKU-08", "Realisasi", 18))
    sends(office, "kabid-piak", again, form)
    assert office.unit("PIAK").state is UnitState.ACCEPTED
    receipt = plain(office.letter("kabid-piak", "receipt", 2).text)
    assert "Angka yang berubah dari kiriman sebelumnya" in receipt
    assert re.search(r"IKU-08.{0,120}19.{0,40}18", receipt)


def two_people_of_a_unit_differ(office: AtWork[L]) -> None:
    """DAFDUK: the head's form counts; a colleague's differs; the head is asked, and his BENAR decides."""
    request = office.letter("kabid-dafduk", "request")
    sends(office, "kabid-dafduk", request, filled(office, request))
    assert (office.unit("DAFDUK").state, office.unit("DAFDUK").counted) == (UnitState.ACCEPTED, 1)
    copy = office.letter("identitas-penduduk", "request_copy")
    sends(office, "identitas-penduduk", copy, filled(office, copy, typed("IKU-02", "Realisasi", 99.4)))
    assert office.unit("DAFDUK").counted == 1
    asked = office.letter("kabid-dafduk", "conflict")
    text = plain(asked.text)
    assert "Kepala Bidang Pelayanan Pendaftaran Penduduk" in text
    assert "Analis Kebijakan Identitas Penduduk" in text
    assert re.search(r"IKU-02.{0,120}99,46.{0,40}99,4", text)
    office.answers("kabid-dafduk", asked, "BENAR")
    assert (office.unit("DAFDUK").state, office.unit("DAFDUK").counted) == (UnitState.ACCEPTED, 2)


def a_later_bad_form_harms_nothing(office: AtWork[L]) -> None:
    """CAPIL: after the good form a bad one comes; it is answered, and the good one counts."""
    request = office.letter("kabid-capil", "request")
    bad = filled(office, request, typed("IKU-03", "Realisasi", "banyak sekali"))
    sends(office, "kabid-capil", request, bad)
    assert (office.unit("CAPIL").state, office.unit("CAPIL").counted) == (UnitState.ACCEPTED, 2)
    assert "banyak sekali" in office.letter("kabid-capil", "returned", 2).text


def of_no_use_and_why(office: AtWork[L]) -> None:
    """SEKRETARIAT: the unfilled original, another unit's form, another period's form: each is told what it is."""
    request = office.letter("umum", "request")
    sends(office, "umum", request, workbook(request))
    sends(office, "umum", request, filled(office, office.letter("kabid-capil", "request")))
    sends(office, "umum", request, filled_for_another_period(office))
    said = [plain(office.letter("umum", "unreadable", number).text) for number in (1, 2, 3)]
    assert "masih sama dengan form yang kami kirimkan" in said[0]
    assert "merupakan form milik unit lain" in said[1]
    assert "merupakan form untuk periode lain" in said[2]
    assert (office.unit("SEKRETARIAT").state, office.unit("SEKRETARIAT").attempts) == (UnitState.WAITING, 0)
    assert all(workbook(office.letter("umum", "unreadable", number)) for number in (1, 2, 3))


def filled_for_another_period(office: AtWork[L]) -> bytes:
    """Return the Sekretariat's form of the first quarter of 2026, which nobody asked for yet."""
    known, unit, key = office.clerk.books.office, "SEKRETARIAT", "2026-tw1"
    period = known.plan(key).period
    asked = Asked(
        cycle=key,
        period=period,
        unit=unit,
        due_at=office.cycle().due_at,
        indicators=tuple(one.code for one in known.asked_indicators(unit, period)),
        budget=tuple(one.code for one in known.asked_budget(unit, period)),
    )
    folders = office.clerk.lookout.template_folders
    form = write_form(known, asked, read_form_words(folders, known.calendar), office.clerk.reader.secret)
    return fill(form, read_script(folders), mistakes=0)


def subbag_program_decides(office: AtWork[L]) -> None:
    """SEKRETARIAT: more time, three returns and the history told, TERIMA with a reason, KEMBALIKAN with a reason."""
    request = office.letter("umum", "request")
    office.answers("perencanaan", office.letter("perencanaan", "conflict"), "PERPANJANG SEKRETARIAT 15 Januari 2026")
    assert office.letter("perencanaan", "verdict_noted")
    assert "15 Januari 2026" in office.letter("umum", "extended").text
    for words in ("baik", "cukup", "bagus"):
        sends(office, "umum", request, filled(office, request, typed("IKU-01", "Realisasi", words)))
    assert (office.unit("SEKRETARIAT").state, office.unit("SEKRETARIAT").returned) == (UnitState.RETURNED, 3)
    wanted = office.letter("perencanaan", "help_wanted")
    text = plain(wanted.text)
    assert "3 (tiga) kali dikembalikan" in text
    assert all(f"Kiriman ke-{number}" in text for number in (1, 2, 3))
    assert "“bagus”" in text
    assert coloured(workbook(wanted), RED) == ["Indikator!K8"]

    office.answers("perencanaan", wanted, "TERIMA SEKRETARIAT\nNilai dikonfirmasi lewat telepon.")
    form = office.unit("SEKRETARIAT")
    assert (form.state, form.counted) == (UnitState.ACCEPTED, 3)
    assert last(form).reason == "Nilai dikonfirmasi lewat telepon."
    assert "Nilai dikonfirmasi lewat telepon." in plain(office.letter("umum", "unit_accepted").text)

    office.answers("perencanaan", wanted, "KEMBALIKAN SEKRETARIAT\nMohon dilengkapi setelah survei selesai.")
    assert office.unit("SEKRETARIAT").state is UnitState.RETURNED
    back = office.letter("umum", "returned_by_planning")
    assert "Mohon dilengkapi setelah survei selesai." in plain(back.text)
    sends(office, "umum", back, filled(office, back))
    assert office.unit("SEKRETARIAT").state is UnitState.ACCEPTED


def after_the_lock(office: AtWork[L]) -> None:
    """CAPIL: once Subbag Program has the draft, a form is kept and answered, and changes no figure."""
    assert office.cycle().step is Step.DRAFT
    request = office.letter("kabid-capil", "request")
    sends(office, "kabid-capil", request, filled(office, request, typed("IKU-03", "Realisasi", 98.6)))
    assert (office.unit("CAPIL").state, office.unit("CAPIL").counted) == (UnitState.ACCEPTED, 2)
    assert "belum mengubah laporan" in plain(office.letter("kabid-capil", "late").text)
    shown = plain(office.letter("perencanaan", "late").text)
    assert re.search(r"IKU-03.{0,120}98,57.{0,40}98,6", shown)


SCENES = (
    returned_with_three_faults,
    part_now_and_the_rest_later,
    wrong_after_the_receipt,
    two_people_of_a_unit_differ,
    a_later_bad_form_harms_nothing,
    of_no_use_and_why,
    subbag_program_decides,
    after_the_lock,
)
"""The scenes of one cycle, in the order they are played."""

"""Story 24: a draft that people edit is never lost, is held against the data, and tells each reader what is new."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta

from mailbot.core.draft.document import ChangeKind
from mailbot.core.model.people import Acting
from mailbot.core.model.sop import Step
from mailbot.reading.document.document import read_document
from mailbot.reading.workbook.workbook import USUAL_LIMITS
from mailbot.writing.edited.accepting import is_open
from tests.office import Seen, ToyOffice, laid, requested
from tests.stories.test_15_edited_drafts import drafted
from tests.writing.edited.small_documents import (
    GOOGLE,
    LIBREOFFICE,
    WPS,
    members_of,
    packed,
    paragraph,
    run,
    table,
    tracked,
    with_body,
)

EDIT = paragraph(run("Kalimat suntingan Subbag Program."))
ANCHORED = re.compile(r'(w:val="mb:IKU-05:actual"/>.*?<w:t[^>]*>)[^<]*(</w:t>)', re.DOTALL)


def own(office: ToyOffice, kind: str = "draft") -> bytes:
    """Return the draft as Subbag Program got it last."""
    return office.letter("perencanaan", kind).file(".docx")[1]


def with_figure(content: bytes, text: str) -> bytes:
    """Return a Word file in which the figure of IKU-05 says something else, everywhere."""
    members = members_of(content)
    xml, count = ANCHORED.subn(rf"\g<1>{text}\g<2>", members["word/document.xml"].decode())
    assert count
    members["word/document.xml"] = xml.encode()
    return packed(members)


def sends(office: ToyOffice, content: bytes, words: str = "", letter: Seen | None = None) -> None:
    """Let Subbag Program send an edited draft in answer to the draft."""
    office.answers(
        "perencanaan", letter or office.letter("perencanaan", "draft"), words, ("Draf sunting.docx", content)
    )


def texts(content: bytes) -> str:
    """Return all words of a Word file."""
    return "\n".join(block.text for block in read_document(content, USUAL_LIMITS).blocks)


def test_an_edit_survives_remarks_and_the_next_version_grows_from_it() -> None:
    """Row 6, edited; row 6b sends it back; what is edited next has the first edit in it, and says what is new."""
    office = laid()
    sends(office, with_body(own(office), EDIT), "TERUSKAN")
    assert office.cycle().step is Step.REVIEW
    office.answers("sekretaris", office.letter("sekretaris", "review"), "PERBAIKI\nBab IV terlalu singkat.")
    revision = office.letter("perencanaan", "revision")
    assert "tetap bernomor versi 2" in " ".join(revision.text.split())
    back = revision.file(".docx")[1]
    assert "Kalimat suntingan Subbag Program." in texts(back)
    sends(office, with_body(back, paragraph(run("Bab IV dilengkapi."))), "TERUSKAN", revision)
    review = office.letter("sekretaris", "review")
    assert drafted(office).version == 3
    assert review.files[0][0] == "LKjIP-2025-versi-3.docx"
    assert {"Kalimat suntingan Subbag Program.", "Bab IV dilengkapi."} <= set(texts(review.files[0][1]).splitlines())
    assert "Perubahan sejak versi 2 yang terakhir Bapak/Ibu terima" in " ".join(review.text.split())
    assert "ditambahkan “Bab IV dilengkapi.”" in " ".join(review.text.split())
    name, marked = next(file for file in review.files if "perubahan" in file[0])
    assert name == "LKjIP-2025-versi-3-perubahan.docx"
    (change,) = [one for one in read_document(marked, USUAL_LIMITS).changes if "Bab IV" in one.words]
    assert (change.kind, change.author) == (ChangeKind.INSERTED, office.office.letterhead.agency_name)


def test_teruskan_without_any_change_after_remarks_is_asked_about_once() -> None:
    """The remarks are listed; said again in answer to that, it is obeyed, and the number stays."""
    office = laid()
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    office.answers("sekretaris", office.letter("sekretaris", "review"), "PERBAIKI\nBab IV terlalu singkat.")
    office.answers("perencanaan", office.letter("perencanaan", "revision"), "TERUSKAN")
    assert office.cycle().step is Step.DRAFT
    held = office.letter("perencanaan", "draft_held")
    assert "1. Bab IV terlalu singkat." in held.text
    office.answers("perencanaan", held, "TERUSKAN")
    assert (office.cycle().step, drafted(office).version) == (Step.REVIEW, 1)
    assert len(office.letters_to("sekretaris", "review")) == 2
    assert "nomor versinya tetap" in " ".join(office.letter("sekretaris", "review").text.split())
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    assert office.cycle().step is Step.RATIFY


def test_a_figure_that_disagrees_with_the_data_is_named_and_passed_on_when_it_is_meant() -> None:
    """Named in the answer to the file, asked about at TERUSKAN, recorded in the journal when it is said again."""
    office = laid()
    sends(office, with_figure(own(office), "67,50"))
    noted = " ".join(office.letter("perencanaan", "verdict_noted").text.split())
    assert re.search(r"IKU-05: 67,50 di draf, \d+,\d+ di data", noted)
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    assert office.cycle().step is Step.DRAFT
    held = office.letter("perencanaan", "draft_held")
    assert re.search(r"IKU-05: 67,50 di draf", " ".join(held.text.split()))
    office.answers("perencanaan", held, "TERUSKAN")
    assert office.cycle().step is Step.REVIEW
    assert re.search(r"IKU-05: 67,50 di draf", " ".join(office.letter("sekretaris", "review").text.split()))
    events = [one.line.event for one in office.ledger.journal.read(office.cycle().key)]
    assert "draft_held" in events


def test_data_that_change_after_an_edit_come_as_a_list_and_never_as_an_overwrite() -> None:
    """KEMBALIKAN during row 6: the form comes anew, the edited draft stays, and the letter says what is otherwise."""
    office = laid()
    sends(office, with_body(own(office), EDIT))
    assert drafted(office).version == 2
    office.answers("perencanaan", None, "KEMBALIKAN DAFDUK angka IKU-05 keliru")
    assert office.cycle().step is Step.CHECK
    name, form = office.filled("DAFDUK", mistakes=0)
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), "Terlampir.", (name, refilled(form)))
    assert office.cycle().step is Step.DRAFT
    letter = office.letter("perencanaan", "draft")
    assert "Kalimat suntingan Subbag Program." in texts(letter.file(".docx")[1])
    assert re.search(r"IKU-05: .* di draf, 69,75 di data", " ".join(letter.text.split()))
    assert drafted(office).version == 2


def refilled(form: bytes) -> bytes:
    """Return a form with another figure for IKU-05."""
    from openpyxl import load_workbook  # noqa: PLC0415 - as staff fill in a form

    book = load_workbook(io.BytesIO(form))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            if any(cell.value == "IKU-05" for cell in row[:3]):
                cell = next(cell for cell in reversed(row) if isinstance(cell.value, float) and 60 < cell.value < 75)
                cell.value = 69.75
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_open_changes_are_asked_about_and_accepted_by_benar() -> None:
    """Nothing goes on before; BENAR makes the draft with all of them accepted the next version; formats ask nobody."""
    office = laid()
    sends(office, with_body(own(office), paragraph(tracked("ins", run("Usulan baru.")))), "TERUSKAN")
    assert (office.cycle().step, drafted(office).version) == (Step.DRAFT, 1)
    asked = office.letter("perencanaan", "open_changes")
    assert "ditambahkan: “Usulan baru.”" in asked.text
    office.answers("perencanaan", asked, "BENAR")
    letter = office.letter("perencanaan", "draft")
    assert drafted(office).version == 2
    read = read_document(letter.file(".docx")[1], USUAL_LIMITS)
    assert not read.changes
    assert "Usulan baru." in [block.text for block in read.blocks]
    bold = '<w:r><w:rPr><w:b/><w:rPrChange w:id="1" w:author="x"><w:rPr/></w:rPrChange></w:rPr><w:t>Tebal.</w:t></w:r>'
    content = with_body(letter.file(".docx")[1], paragraph(bold))
    office.answers("perencanaan", letter, "TERUSKAN", ("Draf.docx", content))
    assert office.cycle().step is Step.REVIEW
    assert not is_open(office.letter("sekretaris", "review").file(".docx")[1])


def test_drafts_from_other_programs_are_the_next_version() -> None:
    """LibreOffice drops the controls, Google Docs the bookmarks as well, WPS renames styles: no word is lost."""
    for program, checked in ((LIBREOFFICE, True), (WPS, True), (GOOGLE, False)):
        office = laid()
        sends(office, program.saves(with_body(own(office), EDIT)))
        assert drafted(office).version == 2
        noted = " ".join(office.letter("perencanaan", "verdict_noted").text.split())
        assert ("tidak dapat diperiksa" in noted) is not checked
        assert ("tidak dapat kami isikan" in noted) is not checked
        assert "Kalimat suntingan Subbag Program." in texts(own(office))
        assert ("2" in [one.text for one in read_document(own(office), USUAL_LIMITS).figures]) is checked


def test_a_table_of_another_office_is_noticed() -> None:
    """Its codes stand nowhere in the report."""
    office = laid()
    pasted = table((run("BM-01"), run("Jalan mantap")), (run("BM-02"), run("Jembatan mantap")))
    sends(office, with_body(own(office), paragraph(run("Tabel 9.1 Kinerja")) + pasted + EDIT))
    noted = " ".join(office.letter("perencanaan", "verdict_noted").text.split())
    assert "Tabel 9.1: tabel dengan 2 kode yang tidak dikenal pada laporan ini (BM-01, BM-02)" in noted


def test_a_file_that_says_the_same_keeps_the_number() -> None:
    """Saved once more by another program, and nothing else."""
    office = laid()
    sends(office, WPS.saves(own(office)))
    assert drafted(office).version == 1
    assert "nomor versinya tetap 1" in " ".join(office.letter("perencanaan", "verdict_noted").text.split())
    assert len(office.letters_to("perencanaan", "draft")) == 2


def test_a_plh_who_begins_between_review_and_ratification_signs_a_version_of_his_own() -> None:
    """Only the signatory is stamped; it is reviewed again, and who was to sign before is answered kindly."""
    office = laid()
    sends(office, with_body(own(office), EDIT), "TERUSKAN")
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    former = office.letter("kadis", "ratify")
    calendar = office.office.calendar
    tomorrow = calendar.next_working_day(calendar.local(office.clock()).date())
    head = office.person("kadis")
    acting = replace(
        head,
        key="plh-kadis",
        name="PELAKSANA HARIAN",
        addresses=("plh.disdukcapil@example.go.id",),
        acting=Acting.DAILY_ACTING,
        since=tomorrow,
        until=tomorrow + timedelta(days=9),
    )
    roster = office.office.roster
    office.office = replace(office.office, roster=replace(roster, people=(*roster.people, acting)))
    office.has(office=office.office)
    office.days_pass(1)
    assert (office.cycle().step, drafted(office).version) == (Step.REVIEW, 3)
    report = texts(office.letter("sekretaris", "review").files[0][1])
    assert "PELAKSANA HARIAN" in report
    assert head.title not in report.splitlines()
    assert "Kalimat suntingan Subbag Program." in report
    assert office.letters_to("perencanaan", "signer_changed")
    assert office.letters_to("plh-kadis", "signer_changed")
    office.answers("kadis", former, "DISAHKAN")
    assert office.cycle().step is Step.REVIEW
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    assert office.cycle().step is Step.RATIFY
    office.answers("kadis", former, "DISAHKAN")
    assert "penanda tangan laporan ini telah berganti" in " ".join(office.letter("kadis", "out_of_turn").text.split())
    office.morning()
    office.answers("plh-kadis", office.letter("plh-kadis", "ratify"), "DISAHKAN")
    assert office.cycle().step is Step.SUBMIT
    names = [name for name, _ in office.letter("bappeda", "submission").files]
    assert "LKjIP-2025-disahkan.docx" in names


def test_draf_says_how_complete_it_is() -> None:
    """From the first form that counts, at any hour: which units are in it, and which are not."""
    office = requested()
    office.sends_form("kabid-dafduk", "DAFDUK")
    office.answers("sekretaris", None, "DRAF")
    letter = office.letter("sekretaris", "draft_again")
    assert "Sudah termuat: Bidang Pelayanan Pendaftaran Penduduk" in " ".join(letter.text.split())
    assert "Belum termuat:" in letter.text
    assert date(2026, 1, 1) < office.clock().date()
    with zipfile.ZipFile(io.BytesIO(letter.file(".docx")[1])) as docx:
        assert "word/document.xml" in docx.namelist()

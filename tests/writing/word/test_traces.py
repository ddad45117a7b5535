"""An edited draft or form goes on without its editor's name, employer, paths and sessions; ours name no person."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from openpyxl import load_workbook

from mailbot.writing.packing import pack_zip
from mailbot.writing.report.report import write_report
from mailbot.writing.word.passive_document import passive_document
from tests.offices.long_names import long_named_office
from tests.writing import sample_cycle
from tests.writing.form.paper import good_form
from tests.writing.form.test_passive_form import marked
from tests.writing.word.test_passive_document import members

PLANTED = (b"Budi Santoso", b"PT Rahasia", b"Users/budi", b"00AB12CD", b"secret-case-7", b"thumbnail")
OF_A_PROGRAM = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
APP = f"""<Properties xmlns="{OF_A_PROGRAM}"><Template>C:/Users/budi/Normal.dotm</Template>
<Company>PT Rahasia</Company><Manager>Budi Santoso</Manager></Properties>"""


def traces_in(package: bytes) -> set[bytes]:
    """Return what was planted and stands in a package, in the names of its parts too."""
    found = [(name.encode(), held) for name, held in members(package).items()]
    return {trace for trace in PLANTED if any(trace in name or trace in held for name, held in found)}


def edited() -> bytes:
    """Return a document as somebody's Word saves it, with all that it says of him."""
    made = docx.Document()
    made.core_properties.author = made.core_properties.last_modified_by = "Budi Santoso"
    made.core_properties.comments = made.core_properties.keywords = "secret-case-7"
    made.core_properties.title = "Laporan"
    made.add_paragraph("Isi yang tetap.")
    saved = io.BytesIO()
    made.save(saved)
    parts = members(saved.getvalue())
    parts["docProps/app.xml"] = APP.encode()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:p>", b'<w:p w:rsidR="00AB12CD">')
    return pack_zip(parts)


def test_nothing_of_its_editor_goes_on_with_a_draft() -> None:
    """Properties, the picture of the first page, sessions; words and title stay."""
    given = edited()
    assert traces_in(given) == set(PLANTED)
    back = passive_document(given)
    assert traces_in(back) == set()
    read = docx.Document(io.BytesIO(back))
    assert (read.core_properties.title, read.paragraphs[0].text) == ("Laporan", "Isi yang tetap.")
    assert passive_document(back) == back


def test_a_form_goes_back_without_the_name_of_whoever_filled_it_in() -> None:
    """Excel writes it into the file with every save; what our form says of the agency stays."""
    book = load_workbook(io.BytesIO(good_form()))
    before = book.properties.creator
    book.properties.lastModifiedBy = book.properties.description = "Budi Santoso"
    saved = io.BytesIO()
    book.save(saved)
    assert b"Budi Santoso" in traces_in(saved.getvalue())
    back = marked(saved.getvalue())
    assert traces_in(back) == set()
    assert load_workbook(io.BytesIO(back)).properties.creator == before


def test_a_report_of_ours_names_no_person(folders: tuple[Path, ...]) -> None:
    """Agency and program stand in it; that it goes on byte for byte is held beside the passive document."""
    agency = long_named_office()
    report = write_report(sample_cycle.collecting(), agency, version=1, template_folders=folders)
    core = docx.Document(io.BytesIO(report)).core_properties
    assert (core.last_modified_by, core.author) == ("mailbot", agency.letterhead.agency_name)
    assert not any("thumbnail" in name or "custom" in name for name in members(report))

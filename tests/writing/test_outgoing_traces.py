"""Every kind of file that leaves is opened and looked through for what nobody wanted to send with it."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from mailbot.core.model.letters import Enclosure, EnclosureKind, LetterKind
from mailbot.writing.covers import write_covers
from mailbot.writing.edited.accepting import is_open
from mailbot.writing.enclose import enclose
from mailbot.writing.packing import pack_zip
from mailbot.writing.report.report import write_report
from mailbot.writing.word.passive_document import passive_document
from mailbot.writing.word.word_file import text_of
from mailbot.writing.words.templates import shipped_templates
from tests.architecture.source import ROOT
from tests.offices.long_names import SECRET, long_named_office
from tests.writing import sample_cycle
from tests.writing.conftest import opened_mail, written
from tests.writing.form.paper import good_form
from tests.writing.sample_letters import full_letter
from tests.writing.word.test_passive_document import members
from tests.writing.word.test_traces import APP

E = EnclosureKind
NAME, REMARK, FORMER = "Budi Santoso", "perlu dicek pak Budi", "kalimat lama"
PLANTED = (NAME, "PT Rahasia", "Users/budi", "00AB12CD", "secret-case-7", REMARK, FORMER)
IN_PARTS = re.compile(r"comments|people|custom\.xml|customProps|thumbnail|vbaProject|printerSettings")
"""Names of parts in which programs keep what is of a person or a machine."""
REFERS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId9" Type="{REFERS}/attachedTemplate" Target="file:///C:/Users/budi/kop.dotm" TargetMode="External"/>
</Relationships>""".encode()
OFFICE = long_named_office()
AGENCY = OFFICE.letterhead.agency_name
REPORT, FORM = (hashlib.sha256(name).hexdigest() for name in (b"a report", b"a form"))
AS_IT_CAME = "of its sender, byte for byte; a Word file was made passive when it was read, and lost its traces then"
OUTGOING: dict[EnclosureKind, tuple[LetterKind, Enclosure] | str] = {
    E.FORM: (LetterKind.REQUEST, Enclosure(kind=E.FORM, unit="dafduk")),
    E.FILLED_FORM: (LetterKind.RECEIPT, Enclosure(kind=E.FILLED_FORM, unit="dafduk")),
    E.RETURNED_FORM: (LetterKind.RETURNED, Enclosure(kind=E.RETURNED_FORM, unit="dafduk", sha256=FORM)),
    E.COVER_LETTER: (LetterKind.REQUEST, Enclosure(kind=E.COVER_LETTER, unit="dafduk")),
    E.RECAP: (LetterKind.RECAP, Enclosure(kind=E.RECAP)),
    E.DRAFT: (LetterKind.DRAFT_AGAIN, Enclosure(kind=E.DRAFT)),
    E.COMPARED: (LetterKind.REVIEW, Enclosure(kind=E.COMPARED, sha256=REPORT, former=REPORT)),
    E.REPORT: (LetterKind.SUBMISSION, Enclosure(kind=E.REPORT, sha256=REPORT)),
    E.FILE: AS_IT_CAME,
    E.SOURCE: AS_IT_CAME,
    E.ROLLUP: (LetterKind.ROLLUP, Enclosure(kind=E.ROLLUP)),
}
"""What a letter can carry, and how it is made here; or why nobody looks into it."""


def templates_of_a_person(folder: Path) -> Path:
    """Lay an office's own Word templates into a folder, with all that Word keeps of whoever edited them."""
    (folder / "docx").mkdir(parents=True)
    for shipped in (shipped_templates() / "docx").glob("*.docx"):
        edited = docx.Document(str(shipped))
        about = edited.core_properties
        about.last_modified_by = about.comments = NAME
        about.keywords = "secret-case-7"
        edited.add_comment(edited.paragraphs[0].runs or edited.add_paragraph().add_run("x"), REMARK, NAME, "BS")
        saved = io.BytesIO()
        edited.save(saved)
        parts = members(saved.getvalue())
        parts["docProps/app.xml"] = APP.encode()
        changes = (
            f'<w:p w:rsidR="00AB12CD"><w:del w:id="901" w:author="{NAME}"><w:r><w:delText>{FORMER}</w:delText></w:r>'
            f'</w:del><w:ins w:id="902" w:author="{NAME}"><w:r><w:t>kalimat baru</w:t></w:r></w:ins></w:p>'
        )
        body = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + changes.encode(), 1)
        parts["word/document.xml"] = body
        parts["word/_rels/settings.xml.rels"] = RELATIONS
        refers = f'<w:attachedTemplate xmlns:r="{REFERS}" r:id="rId9"/>'.encode()
        settings = re.sub(rb"(<w:settings[^>]*>)", rb"\1" + refers, parts["word/settings.xml"], count=1)
        parts["word/settings.xml"] = settings
        (folder / "docx" / shipped.name).write_bytes(pack_zip(parts))
    return folder


def form_of_a_person() -> bytes:
    """Return a form as somebody's Excel saves it."""
    book = load_workbook(io.BytesIO(good_form()))
    book.properties.lastModifiedBy = book.properties.creator = NAME
    book.properties.description = "secret-case-7"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def hidden_in(content: bytes, *places: Path) -> list[str]:
    """Return what an office file says without showing it: names, paths, remarks, former words.

    Args:
        content: the file.
        places: folders of this machine that took part in making it.
    """
    held = members(content)
    wanted = (*PLANTED, *map(str, places))
    found = [f"{word} in {name}" for name, part in held.items() for word in wanted if word.encode() in part]
    core = held["docProps/core.xml"].decode()
    found += [
        f"{tag}: {said}"
        for tag in ("creator", "lastModifiedBy", "keywords", "description", "category", "manager", "company")
        for said in re.findall(
            rf"<(?:\w+:)?{tag}(?: [^>]*)?>([^<]+)<", core + held.get("docProps/app.xml", b"").decode()
        )
        if said not in {AGENCY, "mailbot"}
    ]
    return found + [name for name in held if IN_PARTS.search(name)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[EnclosureKind, list[bytes]]:
    """Make one of every kind by templates that a person edited, of a form that a person filled in."""
    folders = (templates_of_a_person(tmp_path_factory.mktemp("own")), shipped_templates())
    report = write_report(sample_cycle.collecting(), OFFICE, version=1, template_folders=folders)
    files = {REPORT: report, FORM: form_of_a_person()}
    found = {}
    for kind, how in OUTGOING.items():
        if isinstance(how, str):
            continue
        sample = full_letter(how[0])
        letter = replace(sample.letter, enclosures=(how[1],))
        (cover,) = write_covers([(letter, sample.cycle)], OFFICE, template_folders=folders)
        attached = enclose(
            letter, sample.cycle, OFFICE, files=files.__getitem__, secret=SECRET, template_folders=folders, cover=cover
        )
        found[kind] = [one.content for one in attached]
    return found


def test_every_kind_that_leaves_stands_in_the_table() -> None:
    """A kind that is added fails here until it says how it is looked into; so does another place that makes files."""
    assert OUTGOING.keys() == set(EnclosureKind)
    makers = {path.relative_to(ROOT).as_posix() for path in (ROOT / "mailbot").rglob("*.py") if makes_files(path)}
    assert makers == {"mailbot/writing/enclose.py", "mailbot/writing/letters/deadline_file.py"}


def makes_files(path: Path) -> bool:
    """Say whether source makes a file of a letter."""
    return re.search(r"\bAttached\(\w+=|\bAttached\(\n", path.read_text(encoding="utf-8")) is not None


@pytest.mark.parametrize("kind", [kind for kind, how in OUTGOING.items() if not isinstance(how, str)])
def test_nothing_hidden_leaves(made: dict[EnclosureKind, list[bytes]], kind: EnclosureKind) -> None:
    """Whoever edited a template or filled a form in, and the machine, are nowhere in the file."""
    assert made[kind]
    for content in made[kind]:
        found = hidden_in(content, ROOT, Path.home())
        if kind is E.RETURNED_FORM:  # the marks are remarks, and ours
            found = [one for one in found if not re.search(r"comments", one)]
        assert found == []


def test_a_letter_made_of_an_edited_template_says_what_the_template_shows(
    made: dict[EnclosureKind, list[bytes]],
) -> None:
    """Open changes count as accepted, tags of the properties are filled, and the file goes on byte for byte."""
    (draft,) = made[E.DRAFT]
    assert "kalimat baru" in text_of(draft)
    assert not is_open(draft)
    about = docx.Document(io.BytesIO(draft)).core_properties
    assert (about.last_modified_by, about.author) == ("mailbot", AGENCY)
    assert passive_document(draft) == draft


def test_the_planted_templates_do_hold_all_of_it(tmp_path: Path) -> None:
    """Else nothing found would mean nothing."""
    own = templates_of_a_person(tmp_path)
    for file in (own / "docx").iterdir():
        held = b"".join(members(file.read_bytes()).values())
        assert [word for word in PLANTED if word.encode() not in held] == []
        assert {"word/comments.xml", "word/_rels/settings.xml.rels"} <= members(file.read_bytes()).keys()
    assert set(hidden_in(form_of_a_person())) >= {f"creator: {NAME}", f"lastModifiedBy: {NAME}"}


def test_a_calendar_file_names_office_and_matter_alone() -> None:
    """No program's path, no machine, no account: who made it is `mailbot`."""
    mail = opened_mail(written(full_letter(LetterKind.REQUEST)))
    (calendar,) = [part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"]
    text = str(calendar.get_content())
    fields = {line.partition(":")[0].partition(";")[0] for line in text.splitlines() if line[:1].strip()}
    assert fields.isdisjoint({"ORGANIZER", "ATTENDEE", "X-WR-CALNAME", "COMMENT", "CONTACT", "ATTACH", "URL"})
    assert not any(str(place) in text for place in (ROOT, Path.home()))

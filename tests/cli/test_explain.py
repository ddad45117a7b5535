"""`mailbot explain`: one object for each file (a contract), never stopped by a bad one, nothing touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.read_form import read_form
from tests.cli.terminal import mailbot, office_in
from tests.office import SECRET, ToyOffice, requested
from tests.reading.marks.test_word_files import CASES
from tests.reading.signature.authority import authority, holder, signed
from tests.reading.signature.plain_pdf import REPORT, document

NOTHING: dict[str, Any] = {
    "automatic": None,
    "bounces": [],
    "sender": {"address": "", "proof": "none"},
    "own_words": "",
    "verdict": None,
    "forms": [],
    "papers": [],
    "marks": [],
    "defects": [],
}
BOUNCE = b"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.go.id>
To: lkjip.disdukcapil@example.go.id
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <pantul@mx.example.go.id>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

SETUJU
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.go.id

Final-Recipient: rfc822; kabid.capil@example.go.id
Action: failed
Status: 5.1.1
--b--
""".replace(b"\n", b"\r\n")


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> ToyOffice:
    """The office after its requests; its forms are signed with the key that `explain` will find."""
    monkeypatch.setenv("MAILBOT_SECRET", SECRET.decode())
    return requested()


def explained(here: Path, *files: str | Path) -> list[dict[str, Any]]:
    """Explain files, and set aside what each cost after a look at it."""
    config = here / "kantor" if (here / "kantor").exists() else office_in(here)
    ran = mailbot("--config", config, "explain", "--json", *files)
    assert ran.code == 0
    told: list[dict[str, Any]] = ran.lines
    for one in told:
        assert one.pop("cpu_seconds") >= 0
        assert one.pop("peak_mb") > 1
    return told


def test_a_bounce_is_explained_by_recipient_and_status(here: Path) -> None:
    """Words in a robot's mail are no verdict."""
    (here / "pantul.eml").write_bytes(BOUNCE)
    assert explained(here, "pantul.eml") == [
        {"file": "pantul.eml", "kind": "mail", "outcome": "bounce"}
        | NOTHING
        | {
            "automatic": "bounce",
            "bounces": [{"recipient": "kabid.capil@example.go.id", "status": "5.1.1"}],
            "sender": {"address": "MAILER-DAEMON@mx.example.go.id", "proof": "none"},
            "own_words": "SETUJU",
        }
    ]


def test_a_word_is_explained_with_who_said_it_and_what_proves_it(here: Path, office: ToyOffice) -> None:
    """What was quoted below is not among the own words."""
    request = office.letter("kabid-piak", "request")
    (here / "status.eml").write_bytes(office.mail("kabid-piak", request, "STATUS"))
    (here / "setuju.eml").write_bytes(office.mail("sekretaris", None, "SETUJU", proved=False))
    told = {Path(one["file"]).stem: one for one in explained(here, "status.eml", "setuju.eml")}
    assert told["status"] == {"file": "status.eml", "kind": "mail", "outcome": "command"} | NOTHING | {
        "sender": {"address": "kabid.piak@example.go.id", "proof": "authenticated"},
        "own_words": "STATUS",
        "verdict": "STATUS",
    }
    assert told["setuju"]["sender"] == {"address": "sekretaris.disdukcapil@example.go.id", "proof": "none"}
    assert told["setuju"]["verdict"] == "SETUJU"


def test_a_form_is_explained_by_every_value_and_every_fault(here: Path, office: ToyOffice) -> None:
    """The same form as a mail, as a workbook, and as the daemon judged it: the same faults in the same cells."""
    office.sends_form("kabid-capil", "CAPIL", mistakes=1)
    judged = office.unit("CAPIL").submissions[0]
    name, content = office.filled("CAPIL", mistakes=1)
    (here / "form.xlsx").write_bytes(content)
    request = office.letter("kabid-capil", "request")
    (here / "form.eml").write_bytes(office.mail("kabid-capil", request, "Terlampir.", (name, content)))

    mail, workbook = explained(here, "form.eml", "form.xlsx")

    assert judged.faults
    form = {
        "unit": "CAPIL",
        "cycle": "2025",
        "unreadable": None,
        "values": {row.code: _told(row.actual.nil, row.actual.value, row.actual.text) for row in judged.data.indicators}
        | {row.code: str(row.spent_idr.value) for row in judged.data.budget},
        "faults": [
            {"code": fault.code.value, "severity": fault.severity.value, "sheet": fault.sheet, "cell": fault.cell}
            for fault in judged.faults
        ],
    }
    assert (mail["kind"], mail["outcome"], mail["forms"]) == ("mail", "form", [{"file": name} | form])
    assert workbook == {"file": "form.xlsx", "kind": "workbook", "outcome": "form"} | NOTHING | {
        "forms": [{"file": "form.xlsx"} | form]
    }


def test_a_signed_paper_is_explained_by_who_signed_it_and_what_is_wrong_with_it(here: Path) -> None:
    """Alone, and in a mail; against the PDF that was sent, and without: then nobody can say whether it is that one."""
    folder = office_in(here)
    (folder / "penerbit").mkdir()
    (folder / "penerbit" / "akar.pem").write_bytes(authority().pem)
    yaml = (folder / "office.yaml").read_text(encoding="utf-8")
    (folder / "office.yaml").write_text(yaml.replace("  certificates:", "  certificates: penerbit"), encoding="utf-8")
    ours, given = document(), signed(document(), holder("Orang Lain", days=(-400, 5000)))
    for name, content in {"kami.pdf": ours, "ttd.pdf": given, "polos.pdf": document(REPORT[:1])}.items():
        (here / name).write_bytes(content)
    told, plain = explained(here, "ttd.pdf", "polos.pdf")
    (paper,) = told["papers"]
    (signature,) = paper.pop("signatures")
    assert (told["outcome"], plain["papers"]) == ("pdf", [])
    assert (signature["signer"], signature["issuer"]) == ("Orang Lain", "Otoritas Uji Coba")
    assert paper == {
        "file": "ttd.pdf",
        "verdict": "other_signer",
        "pages": 3,
        "scan": False,
        "against": None,
        "reasons": [
            {"flaw": "other_signer", "page": None, "detail": "Orang Lain"},
            {"flaw": "no_original", "page": None, "detail": ""},
        ],
    }
    ran = mailbot("--config", folder, "explain", "--against", "kami.pdf", "ttd.pdf", "polos.pdf")
    assert b"signed paper: other_signer, 3 pages" in ran.out
    assert b"no_original" not in ran.out
    assert b"page_count 3 1" in ran.out
    assert mailbot("--config", folder, "explain", "--against", "tiada.pdf", "ttd.pdf").code == 1


def _told(nil: bool, value: object, text: str) -> str:  # noqa: FBT001 - as the entry has it
    return "NIHIL" if nil else text if value is None else str(value)


def test_a_marked_document_is_explained_remark_by_remark(here: Path) -> None:
    """Alone and in words: who marked what, under which heading; nothing of it needs a cycle."""
    back, plain = here / "draf.docx", here / "bersih.docx"
    back.write_bytes(CASES["replacement"][0])
    plain.write_bytes(CASES["nothing"][0])
    marked, clean = explained(here, back, plain)
    assert marked["marks"] == [
        {
            "file": "draf.docx",
            "kind": "docx",
            "unread": False,
            "remarks": [
                {
                    "source": "replaced",
                    "text": "turun",
                    "former": "naik",
                    "author": "Kasubbag",
                    "written_at": "2026-01-07T09:00:00Z",
                    "around": "Capaian turun.",
                    "heading": "BAB III",
                    "page": None,
                    "resolved": False,
                }
            ],
            "more": 0,
            "damaged": [],
        }
    ]
    assert [file["remarks"] for file in clean["marks"]] == [[]]
    told = mailbot("explain", back).text
    assert "document draf.docx: 1 remarks replaced by Kasubbag (BAB III): 'naik' -> 'turun'" in told


def test_a_form_nobody_has_touched_is_told_from_a_filled_one(here: Path, office: ToyOffice) -> None:
    """The form as it was sent out."""
    name, content = office.letter("kabid-piak", "request").file(".xlsx")
    (here / name).write_bytes(content)
    (told,) = explained(here, name)
    assert (told["outcome"], told["forms"][0]["unit"], told["forms"][0]["faults"]) == ("unfilled", "PIAK", [])


def test_a_form_without_a_valid_stamp_is_placed_by_its_codes(
    here: Path, office: ToyOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another office's key: the stamp says whose form it would be, and the judgement is the same."""
    _, content = office.filled("CAPIL", mistakes=1)
    (here / "form.xlsx").write_bytes(content)
    (own,) = explained(here, "form.xlsx")
    monkeypatch.setenv("MAILBOT_SECRET", "another secret of another office")
    stamp = read_form(content, "form.xlsx", known_rows(office.office), b"another secret of another office").stamp
    assert stamp is not None
    assert not stamp.valid
    (other,) = explained(here, "form.xlsx")
    assert other == own


def test_one_bad_file_never_stops_the_others(here: Path) -> None:
    """A torn workbook, a mail of nothing, a folder of files, a text: each has one outcome, and the exit code is 0."""
    folder = here / "macam-macam"
    folder.mkdir()
    (folder / "1.xlsx").write_bytes(b"PK\x03\x04 robek")
    (folder / "2.eml").write_bytes(b"")
    (folder / "3.eml").write_bytes(b"From: \xff\xfe\r\nSubject: =?utf-7?q?+AGE-?=\r\n\r\n\x00\xff")
    (folder / "4.pdf").write_bytes(b"%PDF-1.7 pindai")
    (folder / "5.csv").write_bytes(b"")
    told = explained(here, folder)
    assert [(Path(one["file"]).name, one["kind"], one["outcome"]) for one in told] == [
        ("1.xlsx", "workbook", "broken"),
        ("2.eml", "mail", "stranger"),
        ("3.eml", "mail", "stranger"),
        ("4.pdf", "workbook", "pdf"),
        ("5.csv", "workbook", "empty_file"),
    ]


def test_a_file_that_is_not_there_is_told_of_and_the_others_explained(here: Path) -> None:
    """A name typed wrongly is no silent success."""
    (here / "pantul.eml").write_bytes(BOUNCE)
    ran = mailbot("explain", "--json", "pantl.eml", "pantul.eml")
    assert ran.code == 1
    assert [(one["file"], one["kind"], one["outcome"]) for one in ran.lines] == [
        ("pantl.eml", "mail", "no_file"),
        ("pantul.eml", "mail", "bounce"),
    ]
    assert ran.err == "pantl.eml: there is no such file.\n"


def test_the_table_counts_every_file_once(here: Path) -> None:
    """One line for each outcome, the most frequent first, and the sum."""
    for number in (1, 2):
        (here / f"{number}.eml").write_bytes(BOUNCE)
    (here / "3.xlsx").write_bytes(b"PK\x03\x04 robek")
    ran = mailbot("explain", "--table", "1.eml", "2.eml", "3.xlsx")
    assert ran.code == 0
    *rows, total = ran.out.decode().splitlines()
    assert rows == ["     2  mail     bounce", "     1  workbook broken"]
    assert total.startswith("     3  files; at most ")


def test_a_person_reads_the_same_in_words(here: Path, office: ToyOffice) -> None:
    """Who, proof, word, form, findings."""
    name, content = office.filled("CAPIL", mistakes=1)
    (here / "form.eml").write_bytes(office.mail("kabid-capil", None, "Terlampir.", (name, content)))
    (here / "pantul.eml").write_bytes(BOUNCE)
    ran = mailbot("--config", office_in(here), "explain", "form.eml", "pantul.eml")
    lines = ran.out.decode().splitlines()
    assert lines[0] == "form.eml: mail, form"
    assert lines[1] == "  from kabid.capil@example.go.id, proof: authenticated"
    assert lines[2].startswith("  form CAPIL / 2025: ")
    assert "    fault: not_a_number Indikator!" in "\n".join(lines)
    assert lines[-4:-1] == [
        "pantul.eml: mail, bounce",
        "  written by a robot: bounce",
        "  could not reach kabid.capil@example.go.id (5.1.1)",
    ]


def test_without_a_configuration_the_sample_office_explains(here: Path) -> None:
    """Nothing is made in the folder; a folder that was named must be there."""
    (here / "pantul.eml").write_bytes(BOUNCE)
    assert mailbot("explain", "pantul.eml").code == 0
    assert [path.name for path in here.iterdir()] == ["pantul.eml"]
    assert mailbot("--config", "nowhere", "explain", "pantul.eml").code == 1


def test_answers_in_lines_are_explained_as_the_form_they_would_make(here: Path) -> None:
    """What was read, by code, and what is wrong with which line."""
    words = "IKU-02: 99,12\r\niku 5 = 1.234\r\nIKK-12: NIHIL\r\nIKU-03: 98"
    (here / "baris.eml").write_bytes(
        b"From: kabid.dafduk@example.go.id\r\nTo: lkjip.disdukcapil@example.go.id\r\nSubject: Isian\r\n"
        b"Message-ID: <baris@example.go.id>\r\nReceived: from client by mx.example.go.id\r\n\r\n" + words.encode()
    )
    (told,) = explained(here, "baris.eml")
    assert (told["outcome"], told["verdict"]) == ("lines", None)
    (form,) = told["forms"]
    assert (form["file"], form["unit"], form["unreadable"]) == ("balasan.txt", "DAFDUK", None)
    assert form["values"] == {"IKU-02": "99.12", "IKU-05": "1.234", "IKK-12": "NIHIL"}
    assert {(fault["code"], fault["cell"]) for fault in form["faults"]} == {
        ("ambiguous_number", ""),
        ("line_other_unit", ""),
    }

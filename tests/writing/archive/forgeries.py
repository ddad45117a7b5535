"""What a clever forger does to an archive, and by what he is found though he put list, chain, papers and seal right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mailbot.writing.archive.checking.spelling import spread
from tests.writing.archive.closed_cycle import DOCX, FIRST_DOCX, form_of, sha256
from tests.writing.archive.forger import DECISIONS, RECORD, Forger

CAPIL, DAFDUK = (f"4-form-diterima/{unit}/{unit}-kiriman-1-diterima.xlsx" for unit in ("CAPIL", "DAFDUK"))
REPORT, REPORT_PDF = "1-laporan/LKjIP-2025-disahkan.docx", "1-laporan/LKjIP-2025-disahkan.pdf"
FORMER = "1-laporan/versi/LKjIP-2025-versi-1.docx"
REQUEST, RECEIPT = (
    f"2-surat-keluar/{name}.eml"
    for name in ("002_2026-01-23_request-2025-dafduk-1", "003_2026-01-23_receipt-2025-dafduk-1")
)
MAIL, RATIFIED = "3-surat-masuk/002_2026-01-23_form.eml", "3-surat-masuk/004_2026-01-23_verdict.eml"
EVIDENCE = "4-form-diterima/SEKRETARIAT/data-dukung/01-rekap.pdf"
COVER = "1-laporan/Surat-Pengantar-LKjIP-2025.pdf"
ASKED = "5-riwayat/penetapan-format-data/Form-Isian-DAFDUK-2025.xlsx"
TABLE, UNITS = "6-data/indikator.csv", "6-data/unit.csv"
RECAP = "1-laporan/Rekap-Kinerja-2025.xlsx"


def put(path: str, content: bytes) -> Callable[[Forger], object]:
    """Put another file in a place."""
    return lambda forger: forger.files.update({path: content})


def dropped(path: str) -> Callable[[Forger], object]:
    """Take a file away, off the list too."""
    return lambda forger: forger.drop(path)


def added(path: str, kind: str, content: bytes = b"another") -> Callable[[Forger], object]:
    """Lay one more file down, and list it."""
    return lambda forger: forger.add(path, kind, content)


def moved(path: str, to: str) -> Callable[[Forger], object]:
    """Give a file another name."""

    def forge(forger: Forger) -> None:
        entry = forger.listed(path)
        forger.add(to, entry["kind"], forger.files[path])
        forger.drop(path)

    return forge


def swapped(one: str, other: str) -> Callable[[Forger], object]:
    """Put two files in each other's place."""
    return lambda forger: forger.exchange(one, other)


def line(event: str, number: int = 0, **detail: str) -> Callable[[Forger], object]:
    """Rewrite what a line says."""
    return lambda forger: forger.says(forger.told(event, number), **detail)


def field(of: str, number: int, **fields: str) -> Callable[[Forger], object]:
    """Rewrite a field of a line beside its details."""
    return lambda forger: forger.told(of, number).update(fields)


def nulled(*events: str) -> Callable[[Forger], object]:
    """Let lines look like another cycle's; all of them, where none is named."""

    def forge(forger: Forger) -> None:
        for entry in forger.lines:
            if "line" in entry and (not events or entry["line"]["event"] in events):
                del entry["line"], entry["salt"]

    return forge


def unsaid(event: str, number: int = 0) -> Callable[[Forger], object]:
    """Take a line away, and let the others count on."""

    def forge(forger: Forger) -> None:
        forger.lines.remove(forger.entry(event, number))
        forger.renumber()

    return forge


def blacked(event: str) -> Callable[[Forger], object]:
    """Take a line's words out, as one may."""

    def forge(forger: Forger) -> None:
        entry = forger.entry(event)
        del entry["line"], entry["salt"]
        entry["removed"] = True

    return forge


def decided(index: int, **fields: object) -> Callable[[Forger], object]:
    """Rewrite a decision in the record."""
    return lambda forger: forger.record["verdicts"][index].update(fields)


def recorded(*path: str | int, value: object) -> Callable[[Forger], object]:
    """Rewrite a value deep in the record."""

    def forge(forger: Forger) -> None:
        inside: Any = forger.record
        for step in path[:-1]:
            inside = inside[step]
        inside[path[-1]] = value

    return forge


def everywhere(forger: Forger) -> None:
    """Make of DISAHKAN a PERBAIKI wherever it stands but in the letter that confirmed it."""
    forger.says(forger.told("verdict", word="DISAHKAN"), word="PERBAIKI")
    forger.writes(DECISIONS, b"DISAHKAN", b"PERBAIKI")
    forger.record["verdicts"][1]["word"] = "PERBAIKI"


SEALED: tuple[tuple[str, Callable[[Forger], object], str], ...] = (
    ("the report swapped", put(REPORT, DOCX + b" and more"), "report_differs"),
    ("its PDF swapped", put(REPORT_PDF, b"%PDF-1.7 other"), "draft_missing"),
    ("its PDF taken away", dropped(REPORT_PDF), "draft_missing"),
    ("a former version passed off as the final one", swapped(REPORT, FORMER), "report_differs"),
    ("a former version rewritten", put(FORMER, FIRST_DOCX + b"!"), "draft_missing"),
    ("a former version taken away", dropped(FORMER), "draft_missing"),
    ("a version that never was", added("1-laporan/versi/LKjIP-2025-versi-3.docx", "draft"), "draft_untold"),
    ("two units' forms exchanged", swapped(CAPIL, DAFDUK), "form_exchanged"),
    ("a form under another number", moved(CAPIL, CAPIL.replace("kiriman-1", "kiriman-2")), "form_exchanged"),
    ("a form in another unit's folder", moved(CAPIL, CAPIL.replace("/CAPIL/", "/PIAK/")), "form_exchanged"),
    ("a form rewritten", put(CAPIL, b"another"), "form_untold"),
    ("a form taken away", dropped(CAPIL), "form_missing"),
    ("a form that never came", added("4-form-diterima/PIAK/PIAK-kiriman-2.xlsx", "form"), "form_untold"),
    ("a form listed as a paper", lambda forger: forger.listed(CAPIL).update(kind="paper"), "form_missing"),
    ("a letter rewritten", put(REQUEST, b"Subject: lain\r\n\r\nlain"), "letter_missing"),
    ("a letter taken away", dropped(REQUEST), "letter_missing"),
    ("a letter that was never written", added("2-surat-keluar/009_2026-01-23_x.eml", "letter"), "letter_untold"),
    ("two letters exchanged", swapped(REQUEST, RECEIPT), "letter_exchanged"),
    ("a letter's line rewritten", line("letter_written", 1, sent=sha256(b"other")), "letter_missing"),
    ("a mail rewritten", put(MAIL, b"From: a\r\n\r\nz"), "mail_missing"),
    ("a mail taken away", dropped(MAIL), "mail_missing"),
    ("a mail that never came", added("3-surat-masuk/009_2026-01-23_verdict.eml", "mail"), "mail_untold"),
    ("two mails exchanged", swapped(MAIL, RATIFIED), "mail_exchanged"),
    ("the mail of a decision rewritten", put(RATIFIED, b"PERBAIKI"), "decision_mail_missing"),
    ("evidence rewritten", put(EVIDENCE, b"%PDF-1.4 lain"), "evidence_missing"),
    ("evidence taken away", dropped(EVIDENCE), "evidence_missing"),
    ("evidence that never came", added("4-form-diterima/PIAK/data-dukung/01-x.pdf", "evidence"), "evidence_unrecorded"),
    ("the cover letter rewritten", put(COVER, b"%PDF other"), "borne_by_nothing"),
    ("the form that was settled rewritten", put(ASKED, b"PK other"), "borne_by_nothing"),
    ("a decision rewritten in the journal", line("verdict", 1, word="PERBAIKI"), "decision_differs"),
    (
        "a decision rewritten for people",
        lambda forger: forger.writes(DECISIONS, b"DISAHKAN", b"PERBAIKI"),
        "decision_differs",
    ),
    ("a decision rewritten everywhere", everywhere, "decision_unconfirmed"),
    (
        "another address for people",
        lambda forger: forger.writes(DECISIONS, b"head@", b"lain@"),
        "decision_recorded_otherwise",
    ),
    ("a decision bound to another mail", line("verdict", 1, mail=sha256(b"another")), "decision_mail_missing"),
    ("a decision bound to another file", line("verdict", 1, docx=sha256(FIRST_DOCX)), "verdict_untold"),
    ("a decision by somebody else", field("verdict", 1, actor="orang-lain"), "verdict_untold"),
    ("a decision of another row", line("verdict", 1, step="review"), "verdict_untold"),
    ("a decision said to be proved otherwise", line("verdict", 1, proof="operator"), "verdict_untold"),
    ("a decision that was never given", lambda forger: forger.twin(forger.entry("verdict", 1)), "verdict_unrecorded"),
    ("a decision unsaid", unsaid("verdict", 1), "decision_untold"),
    ("a decision nulled", nulled("verdict"), "decision_untold"),
    ("a decision's words taken out", blacked("verdict"), "line_removed"),
    ("the record's word", decided(1, word="PERBAIKI"), "verdict_untold"),
    ("the record's person", decided(1, person="orang-lain"), "verdict_untold"),
    ("the record's address", decided(1, address="x@example.go.id"), "decision_recorded_otherwise"),
    ("the record's remarks", decided(0, remarks=["Tidak ada"]), "decision_recorded_otherwise"),
    (
        "a figure in the record",
        recorded("units", 1, "submissions", 0, "data", "indicators", 0, "actual", "value", value="1"),
        "figure_differs",
    ),
    ("which form counts", recorded("units", 1, "counted", value=0), "figure_differs"),
    (
        "a form's bytes in the record",
        recorded("units", 1, "submissions", 0, "file_sha256", value=sha256(form_of("capil", 1))),
        "recorded_form_untold",
    ),
    (
        "a form's number in the record",
        recorded("units", 1, "submissions", 0, "number", value=7),
        "recorded_form_untold",
    ),
    ("the report in the record", recorded("draft", "docx_sha256", value=sha256(FIRST_DOCX)), "report_unlike_record"),
    ("its PDF in the record", recorded("draft", "pdf_sha256", value=sha256(FIRST_DOCX)), "report_unlike_record"),
    ("the report's version in the record", recorded("draft", "version", value=3), "recorded_otherwise"),
    ("the version that was decided on", decided(1, draft_version=1), "recorded_otherwise"),
    ("the opening in the record", recorded("opened_at", value="2026-01-04T01:00:00+00:00"), "recorded_otherwise"),
    ("the day of the end in the record", recorded("closed_at", value="2026-02-02T01:00:00"), "recorded_otherwise"),
    ("a form's sender", recorded("units", 1, "submissions", 0, "sender", value="x@y.go.id"), "recorded_otherwise"),
    ("a form's sender in the journal", line("form_accepted", 0, sender="x@y.go.id"), "recorded_otherwise"),
    ("the number of the letter", recorded("delivery", "number", value="900/2/2026"), "recorded_otherwise"),
    (
        "the number in the journal",
        lambda forger: forger.says(forger.told("report_submitted"), number="900/2/2026"),
        "recorded_otherwise",
    ),
    (
        "a cause in the record",
        recorded("units", 1, "submissions", 0, "data", "indicators", 0, "obstacles", "text", value="Tidak ada."),
        "figure_differs",
    ),
    ("a unit's deadline in the record", recorded("units", 1, "due_at", value="2026-03-01T09:00:00"), "figure_differs"),
    ("a kind that no archive holds", added("7-lain/nota.pdf", "lampiran"), "kind_unknown"),
    ("the end in the record", lambda forger: forger.record.pop("closed_at"), "record_closes_otherwise"),
    ("the record of another cycle", recorded("key", value="2024"), "record_of_another"),
    ("evidence left out of the record", recorded("units", 0, "evidence", value=[]), "evidence_unrecorded"),
    ("a figure in the table", lambda forger: forger.writes(TABLE, b"98.12", b"99.12"), "figure_differs"),
    (
        "a row left out of the table",
        lambda forger: forger.files.update({TABLE: b"\r\n".join(forger.files[TABLE].split(b"\r\n")[:-2]) + b"\r\n"}),
        "figure_missing",
    ),
    (
        "a row of the table twice",
        lambda forger: forger.files.update(
            {TABLE: forger.files[TABLE] + forger.files[TABLE].split(b"\r\n")[1] + b"\r\n"}
        ),
        "figure_differs",
    ),
    (
        "another state of a unit in the table",
        lambda forger: forger.writes(UNITS, b"1,0,1", b"4,3,4"),
        "table_described_otherwise",
    ),
    ("no table at all", lambda forger: forger.drop(TABLE), "table_described_otherwise"),
    ("everything nulled", nulled(), "opening_untold"),
    ("the opening nulled", nulled("cycle_opened"), "opening_untold"),
    ("the forms nulled", nulled("form_accepted"), "form_untold"),
    ("the closing nulled", nulled("cycle_closed"), "closing_untold"),
    ("the letters nulled", nulled("letter_written"), "letter_untold"),
    ("the papers nulled", nulled("paper_made"), "paper_untold"),
    ("the seal taken away", unsaid("archived"), "unsealed"),
    (
        "a line behind the seal",
        lambda forger: forger.lines.append({**forger.entry("mail_kept"), "number": forger.lines[-1]["number"] + 1}),
        "lines_after_seal",
    ),
    ("another cycle's line told", field("letter_written", 1, cycle="2024"), "line_of_another"),
    ("a line with more in it", lambda forger: forger.told("mail_kept").update(more="x"), "line_respelled"),
    ("an entry with more in it", lambda forger: forger.entry("mail_kept").update(more="x"), "line_respelled"),
    (
        "a record too deep to be read",
        put(RECORD, b'{"key":' + b"[" * 99_999 + b"]" * 99_999 + b"}"),
        "record_unreadable",
    ),
    (
        "a record with a name twice",
        lambda forger: forger.files.update({RECORD: forger.files[RECORD].replace(b'"key"', b'"key": "x", "key"', 1)}),
        "record_unreadable",
    ),
    (
        "a record spelled otherwise",
        lambda forger: forger.files.update({RECORD: forger.files[RECORD] + b"\n"}),
        "record_respelled",
    ),
    ("a record that is none", put(RECORD, spread([])), "record_unreadable"),
    ("a record without decisions and forms", put(RECORD, b"{}"), "record_senseless"),
)
"""What is done; and by which finding it is known, though papers, seal, chain and list fit it."""
LISTED: tuple[tuple[str, Callable[[Forger], object], str], ...] = (
    ("another recap", put(RECAP, b"PK other"), "paper_differs"),
    ("another checker", put("verifikasi.py", b"print('UTUH')"), "paper_differs"),
    ("a paper taken away", dropped("5-riwayat/status-laporan.html"), "paper_missing"),
    ("a paper that was never made", added("5-riwayat/berita-acara.txt", "paper"), "paper_untold"),
    ("another guide", put("BACA-DAHULU.txt", b"x"), "paper_differs"),
)
"""The same, where the forger did not think of the lines about papers."""
UNSEALED: tuple[tuple[str, Callable[[Forger], object], str], ...] = (
    ("another office", lambda forger: forger.list.update(office="Dinas Lain"), "seal_differs"),
    ("another kind", lambda forger: forger.listed(CAPIL).update(kind="evidence"), "seal_differs"),
    ("another salt", lambda forger: forger.listed(CAPIL).update(salt="00" * 16), "seal_differs"),
    ("a file that nobody tells of", added("1-laporan/lain.pdf", "other"), "seal_differs"),
    ("another name", moved(RECAP, "1-laporan/Rekap.xlsx"), "seal_differs"),
    ("a line of another event", field("form_accepted", 0, event="form_late"), "recorded_form_untold"),
    ("a line nulled", nulled("draft_compiled"), "lines_differ"),
    (
        "other lines for as many",
        lambda forger: (
            nulled("draft_compiled")(forger),
            forger.twin(forger.entry("mail_kept")),
            forger.twin(forger.entry("mail_kept")),
        ),
        "other_lines",
    ),
)
"""The same, where he did not think of the seal."""

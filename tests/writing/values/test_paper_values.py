"""What was found in a paper that came back, as people read it (rows 7 and 8)."""

from __future__ import annotations

from datetime import UTC, datetime

from mailbot.core.papers.checked import VERDICT_OF, PaperCheck, PaperFlaw, PaperReason, PaperSignature, PaperVerdict
from mailbot.writing.values.paper_values import PaperShown, pages_of, paper_shown
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import shipped_templates
from tests.offices.small import OFFICE

PHRASES = read_phrases((shipped_templates(),), OFFICE.calendar)
AT = datetime(2026, 1, 14, 3, 5, tzinfo=UTC)
DETAILS = {PaperFlaw.TOO_LARGE: "27000000 25000000", PaperFlaw.EXPIRED: "2025-12-31"}


def test_every_flaw_and_every_verdict_has_its_sentence() -> None:
    """With nothing left open in it; whatever is not right has a way out."""
    for flaw, verdict in VERDICT_OF.items():
        reason = PaperReason(flaw=flaw, page=3, detail=DETAILS.get(flaw, "12 11"))
        shown = paper_shown(PaperCheck(file_sha256="5" * 64, reasons=(reason,)), PHRASES, "Sub Bagian Program")
        (sentence,) = shown.reasons
        assert "{" not in sentence + shown.mend
        assert shown.mend
        assert shown.verdict == PHRASES.words["paper"]["verdict"][verdict.value]
    assert set(PHRASES.words["paper"]["verdict"]) == set(PaperVerdict)
    assert set(PHRASES.words["paper"]["flaw"]) == set(PaperFlaw)


def test_a_wrong_paper_reads_like_this() -> None:
    """The gravest first, pages together, who signed and by whose word it is known when."""
    check = PaperCheck(
        file_sha256="5" * 64,
        file_name="ttd.pdf",
        signatures=(
            PaperSignature(signer="BUDI", issuer="Otoritas", signed_at=AT),
            PaperSignature(signer="SRI", issuer="Otoritas", signed_at=AT, stamped_at=AT),
            PaperSignature(signer="ANI", issuer="Otoritas"),
        ),
        reasons=(
            *(PaperReason(flaw=PaperFlaw.COVERED, page=page) for page in (5, 3, 6, 7)),
            PaperReason(flaw=PaperFlaw.NOT_WHOLE, detail="120"),
        ),
    )
    by = "dengan sertifikat dari Otoritas"
    assert paper_shown(check, PHRASES, "Sub Bagian Program") == PaperShown(
        file_name="ttd.pdf",
        verdict="Berkas berubah setelah ditandatangani.",
        signatures=(
            f"Ditandatangani oleh BUDI {by}, Rabu, 14 Januari 2026 pukul 10.05 WIB menurut komputer penanda tangan.",
            f"Ditandatangani oleh SRI {by}, Rabu, 14 Januari 2026 pukul 10.05 WIB menurut penanda waktu.",
            f"Ditandatangani oleh ANI {by}, tanpa keterangan waktu.",
        ),
        reasons=(
            "Tanda tangan terakhir tidak mencakup 120 bita di akhir berkas.",
            "Halaman 3, 5–7: ada yang menutupi tulisan.",
        ),
        mend=PHRASES.words["paper"]["mend"]["altered"],
    )


def test_pages_are_written_as_people_write_them() -> None:
    """Runs as runs, each page once."""
    assert [pages_of(pages) for pages in ([4], [1, 2, 4], [7, 6, 5, 5], [1, 3])] == ["4", "1–2, 4", "5–7", "1, 3"]


def test_a_paper_that_is_right_has_nothing_to_mend() -> None:
    """And a size is told in megabytes."""
    assert paper_shown(PaperCheck(file_sha256="5" * 64, scan=True), PHRASES, "Program").mend == ""
    reason = PaperReason(flaw=PaperFlaw.TOO_LARGE, detail="27000000 25000000")
    shown = paper_shown(PaperCheck(file_sha256="5" * 64, reasons=(reason,)), PHRASES, "Program")
    assert shown.reasons == ("Ukuran berkas 27 MB; yang dapat diperiksa sampai 25 MB.",)

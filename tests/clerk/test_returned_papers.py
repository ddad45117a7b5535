"""Papers of a mail as the clerk has them checked: against what was laid before, by the names of who signs that day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.clerk.desk.returned_papers import signers_of, with_papers_checked
from mailbot.clerk.parts import Books, MailReader
from mailbot.core.model.people import Roster
from mailbot.core.papers.checked import PaperVerdict, Ratification, Ratified
from mailbot.errors import PagesAwaited
from mailbot.reading.limits import MailLimits
from mailbot.reading.signature.checking import PaperChecker, Wanted
from mailbot.reading.signature.names import is_named
from mailbot.reading.signature.paper import examine
from mailbot.settings.files.mailbox import Pacing
from mailbot.settings.files.ratified import RatifiedBlock
from tests.copied import empty_ledger
from tests.core.desks import PDF, attachment, desk, mail_of
from tests.core.play import ratifying
from tests.offices.small import OFFICE, wib
from tests.reading.signature.authority import AT, HEAD, PRINTED, authority, holder, revoked_list, signed
from tests.reading.signature.plain_pdf import REPORT, document, scan

OURS = document()
SCANNED = scan()
NAMED = replace(
    OFFICE,
    roster=Roster(
        units=OFFICE.roster.units,
        people=tuple(replace(one, name=PRINTED) if one.key == "kadis" else one for one in OFFICE.roster.people),
    ),
)


def checker(folder: Path, *texts: str) -> PaperChecker:
    """Return what checks papers by the authority in a folder; whatever is scanned says `texts`."""
    (folder / "otoritas.pem").write_bytes(authority().pem)
    for name in ("catatan.txt", "rusak.pem", "rusak.crl"):
        (folder / name).write_text("bukan sertifikat", encoding="utf-8")
    return PaperChecker(examine=examine, recognise=lambda *_: texts or None, settings=RatifiedBlock(), folder=folder)


def found(papers: PaperChecker, content: bytes, wanted: Ratified, sent_by: str = "kadis") -> dict[str, PaperVerdict]:
    """Return what the files of a mail are that brings one, beside our own and a small emblem."""
    ledger = empty_ledger()
    ours = ledger.files.keep(OURS, PDF, wib(8, 9))
    cycle = ratifying().cycle
    assert cycle.draft is not None
    cycle = replace(cycle, draft=replace(cycle.draft, pdf_sha256=ours))
    files = (
        replace(attachment("5" * 64, PDF), content=content),
        replace(attachment(ours, PDF), content=OURS),
        attachment("6" * 64, "image/png"),
    )
    office = replace(NAMED, ratification=Ratification(report=wanted))
    books = Books(office=office, pacing=Pacing(), ledger=ledger, clock=lambda: wib(8, 9))
    reader = MailReader(limits=MailLimits(), secret=b"", believed={}, read_forms=lambda _: (), papers=papers)
    mail = replace(mail_of(sent_by, "DISAHKAN", files=files), received_at=AT)
    laid = with_papers_checked(books, reader, desk(cycle, mail=mail, office=office))
    return {sha256[0]: check.verdict for sha256, check in laid.papers.items()}


def test_a_paper_is_held_against_what_was_laid_before_who_signs(tmp_path: Path) -> None:
    """Our own file and an emblem are no papers."""
    papers = checker(tmp_path)
    assert found(papers, signed(OURS), Ratified.SIGNED_PDF) == {"5": PaperVerdict.SIGNED}
    assert found(papers, OURS + b"\n", Ratified.SIGNED_PDF) == {"5": PaperVerdict.UNSIGNED}


def test_where_the_word_is_enough_nothing_is_checked(tmp_path: Path) -> None:
    """Nor what comes from nobody's address, or where no checker is."""
    assert found(checker(tmp_path), signed(OURS), Ratified.BY_MAIL) == {}


def test_a_scan_is_recognised_where_scans_are_wanted(tmp_path: Path) -> None:
    """Elsewhere it is a paper without a signature, and costs no reading."""
    papers = checker(tmp_path, *(" ".join(page) for page in REPORT))
    assert found(papers, SCANNED, Ratified.SCAN) == {"5": PaperVerdict.SCANNED}
    assert found(papers, SCANNED, Ratified.SIGNED_PDF) == {"5": PaperVerdict.UNSIGNED}


def test_a_long_scan_is_recognised_some_pages_at_a_time() -> None:
    """What was read is kept; where nothing more is read in time, a person has to look."""
    asked: list[tuple[int, ...]] = []

    def reads(_content: bytes, pages: tuple[int, ...], _seconds: float) -> tuple[str, ...]:
        asked.append(pages)
        return (" ".join(REPORT[pages[0] - 1]),) if len(asked) < 4 else ()

    settings = RatifiedBlock(recognition_seconds=15)
    papers = PaperChecker(examine=examine, recognise=reads, settings=settings, folder=None)
    wanted = Wanted(against=OURS, as_what=Ratified.SCAN, signers=(), at=AT)
    for left in ((1, 2, 3), (2, 3)):
        with pytest.raises(PagesAwaited):
            papers.check("a.pdf", SCANNED, wanted)
        assert asked[-1] == left
    assert papers.check("a.pdf", SCANNED, wanted).verdict is PaperVerdict.SCANNED
    other = replace(wanted, at=wib(14, 12))
    assert papers.check("a.pdf", SCANNED, other).verdict is PaperVerdict.SCANNED
    assert len(asked) == 3
    with pytest.raises(PagesAwaited):
        papers.check("b.pdf", SCANNED + b"\n", wanted)
    assert papers.check("b.pdf", SCANNED + b"\n", wanted).verdict is PaperVerdict.UNSURE


def test_a_list_of_revoked_certificates_counts_from_the_moment_it_lies_there(tmp_path: Path) -> None:
    """The folder is read for each paper."""
    assert found(checker(tmp_path), signed(OURS), Ratified.SEALED) == {"5": PaperVerdict.SIGNED}
    (tmp_path / "cabut.crl").write_bytes(revoked_list(holder()))
    assert found(checker(tmp_path), signed(OURS), Ratified.SEALED) == {"5": PaperVerdict.REVOKED}


def test_an_office_without_a_folder_trusts_nobody() -> None:
    """The signature is seen, and does not count."""
    papers = PaperChecker(examine=examine, recognise=lambda *_: None, settings=RatifiedBlock(), folder=None)
    assert found(papers, signed(OURS), Ratified.SIGNED_PDF) == {"5": PaperVerdict.UNTRUSTED}


@pytest.mark.parametrize(("signs_as", "wanted"), [("", PRINTED), (HEAD, HEAD)])
def test_who_signs_is_who_heads_the_agency_that_day(signs_as: str, wanted: str) -> None:
    """By his name, or as his certificate calls him."""
    people = tuple(replace(one, signs_as=signs_as) for one in NAMED.roster.people)
    office = replace(NAMED, roster=replace(NAMED.roster, people=people))
    assert signers_of(office, AT) == (wanted,)
    assert signers_of(replace(office, roster=replace(office.roster, people=())), AT) == ("",)
    assert not is_named(HEAD, "")

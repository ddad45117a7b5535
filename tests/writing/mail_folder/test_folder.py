"""The folder's names and threads: safe whatever a mail says, complete, and in an order that a person can follow."""

from __future__ import annotations

import mailbox
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.settings.packaged import templates_folder
from mailbot.writing.mail_folder.folder import folder_files
from mailbot.writing.mail_folder.threads import Handed, threaded
from tests.office import ToyOffice

AT = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
HOSTILE = "../../etc/passwd\x00<script>alert(1)</script>"


def handed(number: int, *, answers: tuple[str, ...] = (), subject: str = "Perihal", held: bool = False) -> Handed:
    """Return one mail."""
    raw = f"Subject: {subject}\r\n\r\nFrom now on\r\n{number}\r\n".encode()
    return Handed(
        at=AT + timedelta(hours=number),
        ours=number % 2 == 1,
        left=number != 3,
        who=HOSTILE if number == 2 else "Kepala Bidang",
        subject="" if held else subject,
        message_id=f"<{number}@example.go.id>",
        answers=answers,
        raw=None if held else raw,
        files=() if held else ((HOSTILE, b"a"), (HOSTILE, b"b")),
    )


def test_names_are_plain_files_are_apart_and_the_held_one_is_only_listed(tmp_path: Path) -> None:
    """What anybody writes into a name or a subject stays a name; nothing leads out, or runs in the page."""
    mails = [handed(1), handed(2, subject=HOSTILE), handed(3), handed(4, held=True)]
    office = ToyOffice().office
    about = {"period": "Tahun 2025", "cycle": "2025", "zone": "WIB"}
    files = folder_files(mails, {"Form/CAPIL/form.xlsx": b"x"}, about, office, (templates_folder(),))
    assert [path for path in files if ".." in PurePosixPath(path).parts or path.startswith("/")] == []
    assert [path for path in files if path.startswith("Surat/")] == [
        "Surat/001_2026-01-05_0830_kepada-Kepala-Bidang_Perihal.eml",
        "Surat/002_2026-01-05_0930_dari-etc-passwd-script-alert-1-scri_etc-passwd-script-alert-1-script.eml",
        "Surat/003_2026-01-05_1030_kepada-Kepala-Bidang_Perihal_tidak-terkirim.eml",
    ]
    enclosed = sorted(content for path, content in files.items() if path.startswith("Lampiran/"))
    assert enclosed == [b"a"] * 3 + [b"b"] * 3
    page, text = files["index.html"].decode(), files["index.txt"].decode()
    assert "<script>" not in page
    assert page.count("ditahan: memuat nomor yang menyerupai NIK") == text.count("ditahan: memuat nomor") == 1
    assert "http" not in page.replace("http-equiv", "")
    assert "Berkas/Form/CAPIL/form.xlsx" in text
    (tmp_path / "box").write_bytes(files["Semua-Surat.mbox"])
    with closing(mailbox.mbox(tmp_path / "box")) as box:
        assert len(box) == 3
        assert ">From now on" in str(next(iter(box)).get_payload())


def test_answers_stand_below_what_they_answer() -> None:
    """The nearest that is there counts; a circle, itself, or a stranger's name begins a thread."""
    mails = [
        handed(1, answers=("<2@example.go.id>",)),
        handed(2),
        handed(3, answers=("<lain@x>", "<1@example.go.id>")),
        handed(4, answers=("<4@example.go.id>",)),
        handed(5, answers=("<3@example.go.id>",)),
    ]
    assert threaded(mails) == ((0, 0), (2, 1), (4, 2), (1, 0), (3, 0))


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 12), max_size=3), max_size=10))
def test_every_mail_stands_there_once(answers: list[list[int]]) -> None:
    """Whatever they say they answer."""
    mails = [
        handed(number, answers=tuple(f"<{one}@example.go.id>" for one in named)) for number, named in enumerate(answers)
    ]
    assert sorted(place for place, _ in threaded(mails)) == list(range(len(mails)))

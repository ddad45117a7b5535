"""Story 27: ASAL brings the very mail that a figure came in, and the form; not what holds a NIK, nor to outsiders."""

from __future__ import annotations

import email
import hashlib

from tests.office import CYCLE, ToyOffice, laid, requested
from tests.stories.form_life import plain

NIK = "3574016408900001"


def enclosed_mail(raw: bytes) -> bytes | None:
    """Return the mail that a letter carries, byte for byte, as it stands between the boundaries; None: it has none."""
    letter = email.message_from_bytes(raw)
    for part in letter.walk():
        if part.get_content_type() == "message/rfc822":
            head, _, rest = raw.partition(b"Content-Type: message/rfc822")
            boundary = head.rstrip().rsplit(b"\r\n", 1)[-1]
            return rest.partition(b"\r\n\r\n")[2].partition(b"\r\n" + boundary)[0]
        if (part.get_filename() or "").endswith(".eml"):
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            return content
    return None


def asked(office: ToyOffice, who: str, words: str) -> bytes:
    """Let somebody ask, and return the letter he gets for it."""
    office.answers(who, None, words)
    return office.letters_to(who)[-1].raw


def test_the_mail_itself_comes_back_with_its_form() -> None:
    """Byte for byte, and the form has the digest that the letter names; the words name person, time, cell and rule."""
    office = laid()
    raw = asked(office, "sekretaris", "ASAL IKU-03")
    answer = office.letters_to("sekretaris")[-1]
    sent = office.unit("CAPIL").counting
    assert sent is not None
    (came,) = [mail for mail in office.post.mails if sent.message_id.encode() in mail.raw.split(b"\r\n\r\n")[0]]
    assert enclosed_mail(raw) == came.raw
    digests = {hashlib.sha256(content).hexdigest() for name, content in answer.files if isinstance(content, bytes)}
    assert sent.file_sha256 in digests
    said = plain(answer.text)
    for part in (sent.message_id, sent.file_sha256, sent.sender, "Sel: ", "Tertulis: ", "Capaian = realisasi / target"):
        assert part in said


def test_a_mail_with_a_nik_stays_with_us() -> None:
    """A list with a NIK came beside the form: neither goes out, and the answer says why."""
    office = requested()
    request = office.letter("kabid-capil", "request")
    listed = ("daftar pemohon.csv", f"nama;nik\r\nA;{NIK}\r\n".encode())
    office.answers("kabid-capil", request, "Terlampir.", office.filled("CAPIL"), listed)
    raw = asked(office, "sekretaris", "ASAL IKU-03")
    answer = office.letters_to("sekretaris")[-1]
    assert (answer.kind, answer.files) == ("origin", ())
    assert "deretan angka seperti NIK" in plain(answer.text)
    assert NIK.encode() not in raw


def test_an_objective_is_told_by_its_indicators() -> None:
    """SS1 and the whole office: the mean with its parts."""
    office = laid()
    asked(office, "sekretaris", "ASAL SS1")
    said = plain(office.letters_to("sekretaris")[-1].text)
    assert "Rata-rata capaian 12 dari 12 indikator" in said
    asked(office, "kadis", "ASAL TOTAL")
    assert "Perangkat daerah seluruhnya" in plain(office.letters_to("kadis")[-1].text)


def test_the_planning_board_gets_none() -> None:
    """What is not ratified stays in the house."""
    office = laid()
    asked(office, "bappeda", "ASAL IKU-03")
    answer = office.letters_to("bappeda")[-1]
    assert (answer.kind, answer.files) == ("not_yours", ())


def test_a_wrong_code_is_answered_with_the_nearest() -> None:
    """One that has a figure."""
    office = laid()
    asked(office, "sekretaris", "ASAL IKU-33")
    assert "ASAL IKU-03" in plain(office.letters_to("sekretaris")[-1].text)
    assert office.ledger.cycles.get(CYCLE) is not None

"""The office's own sealing service (rows 7 and 8): what comes back is checked like any other paper."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from pydantic import SecretStr

from mailbot.core.papers.checked import PaperVerdict, Ratified
from mailbot.reading.signature.checking import PaperChecker, Wanted
from mailbot.reading.signature.paper import examine
from mailbot.reading.signature.sealing import ENDED, NO_COMMAND, NOT_STARTED, NOTHING, TIMEOUT, SealedPdf, Sealer
from mailbot.settings.files.ratified import RatifiedBlock
from tests.reading.signature.authority import AT, authority, holder
from tests.reading.signature.plain_pdf import document

OURS = document()
SERVICE = "Segel Elektronik Dinas Contoh"
PROGRAM = Path(__file__).with_name("seals.py")


def sealer(command: str | None, **settings: int) -> Sealer:
    """Return what has PDFs sealed by a command."""
    return Sealer(None if command is None else SecretStr(command), RatifiedBlock().model_copy(update=settings))


def of_python(program: str) -> str:
    """Return a command that runs a few lines with the two places as its arguments."""
    return f'{sys.executable} -I -c "{program}" {{in}} {{out}}'


def test_a_sealed_pdf_comes_back_and_is_the_document(tmp_path: Path) -> None:
    """By a stand-in that signs; by the name of the service in its certificate, and by no other."""
    who = holder(SERVICE)
    key = who.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "kunci layanan.pem").write_bytes(key)
    (tmp_path / "sertifikat.pem").write_bytes(who.pem)
    (tmp_path / "penerbit").mkdir()
    (tmp_path / "penerbit" / "akar.crt").write_bytes(authority().pem)
    command = f"{sys.executable} -I {PROGRAM} '{tmp_path}/kunci layanan.pem' {tmp_path}/sertifikat.pem {{in}} {{out}}"
    made = sealer(command).seal(OURS)
    assert made.failed == "", made.told
    papers = PaperChecker(
        examine=examine, recognise=lambda *_: None, settings=RatifiedBlock(), folder=tmp_path / "penerbit"
    )
    for names, verdict in (((SERVICE,), PaperVerdict.SIGNED), (("Layanan Lain",), PaperVerdict.OTHER_SIGNER)):
        wanted = Wanted(against=OURS, as_what=Ratified.SEALED, signers=names, at=AT)
        assert papers.check("bersegel.pdf", made.content, wanted).verdict is verdict


@pytest.mark.parametrize(
    ("command", "failed"),
    [
        (None, NO_COMMAND),
        ("/nowhere/segel {in} {out}", NOT_STARTED),
        (of_python("pass"), NOTHING),
        (of_python("import os, sys; os.symlink('/etc/passwd', sys.argv[2])"), NOTHING),
        (of_python("import sys; sys.exit('kata sandi salah')"), ENDED),
        (of_python("import sys; open(sys.argv[2], 'wb').write(bytes(2_000_000))"), ENDED),
        (of_python("while True: pass"), TIMEOUT),
    ],
    ids=["none", "not there", "nothing", "a link elsewhere", "ended", "too large", "without end"],
)
def test_a_service_that_fails_is_told_by_a_code(command: str | None, failed: str) -> None:
    """No passphrase, no network, no room, no end: the paper waits, and the machine goes on."""
    made = sealer(command, sealing_seconds=1, largest_mb=1).seal(OURS)
    assert (made.content, made.failed) == (b"", failed)
    assert ("kata sandi salah" in made.told) is (command is not None and "kata sandi salah" in command)


def test_the_service_finds_the_pdf_in_a_folder_of_its_own() -> None:
    """Nothing else lies there, nothing of our environment goes along, and no shell reads the command."""
    program = (
        "import os, sys; told = sorted(os.listdir()), open('/proc/self/environ').read(), sys.argv[3:]; "
        "open(sys.argv[2], 'w').write(repr(told))"
    )
    made = sealer(f"{of_python(program)} $HOME ';' id").seal(OURS)
    assert made == SealedPdf(content=b"(['err', 'naskah.pdf', 'out'], '', ['$HOME', ';', 'id'])")

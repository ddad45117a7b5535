"""The folder of certificates, as `mailbot check` tells of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from mailbot.reading.signature.authorities import looked_over
from tests.reading.signature.authority import AT, authority, between, holder, revoked_list


def test_each_file_is_told_with_whom_it_names_and_until_when(tmp_path: Path) -> None:
    """What stands between, lists, and what is of no use; other files are nobody's affair."""
    files = {
        "a-akar.pem": authority().pem,
        "b-penerbit.crt": between().pem,
        "c-lama.cer": holder("Lama", days=(-400, -1)).pem,
        "d-rusak.pem": b"bukan sertifikat",
        "e-cabut.crl": revoked_list(holder()),
        "f-rusak.crl": b"bukan daftar",
        "README.txt": b"",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    told = [(wrong, line.removeprefix(f"{tmp_path}/")) for wrong, line in looked_over(tmp_path, AT)]
    ends = f"{AT + timedelta(days=2000):%Y-%m-%d}"
    assert told == [
        (False, f"a-akar.pem: Otoritas Uji Coba, an authority, until {ends}"),
        (False, f"b-penerbit.crt: Penerbit Uji Coba, certified by Otoritas Uji Coba, until {ends}"),
        (
            True,
            (
                "c-lama.cer: Lama, certified by Otoritas Uji Coba, ended on 2026-01-13; "
                "signatures made by it no longer count"
            ),
        ),
        (True, "d-rusak.pem is no certificate (PEM or DER): ValueError"),
        (False, "e-cabut.crl: revoked by Otoritas Uji Coba"),
        (True, "f-rusak.crl is no list of revoked certificates: ValueError"),
    ]
    late = [line for _, line in looked_over(tmp_path, AT + timedelta(days=30)) if "e-cabut" in line]
    assert late[0].endswith("was to be renewed by 2026-01-20; fetch it anew")


def test_a_folder_in_which_nobody_signs_himself_is_told(tmp_path: Path) -> None:
    """No signature would ever count."""
    (tmp_path / "penerbit.pem").write_bytes(between().pem)
    wrong, line = list(looked_over(tmp_path, AT))[-1]
    assert wrong
    assert line == f"{tmp_path} holds no certificate that signs itself: no signature would count"

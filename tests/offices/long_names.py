"""The office with long names: the goals and rules of the shipped sample, units and people with all their titles."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from mailbot.core.model.office import Letterhead, Office
from mailbot.core.model.people import Acting, Person, Role, Roster, Unit
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder

YEAR = 2025
OPENED = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
DUE = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
SECRET = b"a secret of invented people"

LETTERHEAD = Letterhead(
    government="PEMERINTAH KABUPATEN KEPULAUAN CONTOH SELATAN BARAT DAYA",
    agency="DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL SERTA PEMBERDAYAAN PEREMPUAN DAN PERLINDUNGAN ANAK",
    agency_name="Dinas Kependudukan dan Pencatatan Sipil serta Pemberdayaan Perempuan dan Perlindungan Anak "
    "Kabupaten Kepulauan Contoh Selatan Barat Daya",
    agency_short="DISDUKCAPIL",
    address_line="Kompleks Perkantoran Pemerintah Kabupaten, Gedung B Lantai 3 Sayap Timur, Jl. Jenderal Besar Raden "
    "Contoh Kusumonegoro No. 100-102, Telp/Fax (0000) 0000000 ext. 1234, Kode Pos 00000",
    place="Contoh Selatan Barat Daya",
    contact="Sub Bagian Perencanaan, Evaluasi, Pelaporan, dan Keuangan, telepon (0000) 0000000 ext. 1234",
)

UNITS = (
    Unit(key="sekretariat", name="Sekretariat Dinas, termasuk Sub Bagian Umum, Kepegawaian, Perencanaan, dan Keuangan"),
    Unit(
        key="dafduk",
        name="Bidang Pelayanan Pendaftaran Penduduk, Identitas Penduduk, Pindah Datang, dan Pendataan Penduduk Rentan",
    ),
    Unit(
        key="capil",
        name="Bidang Pelayanan Pencatatan Sipil: Kelahiran, Perkawinan, Perceraian, Pengakuan Anak, dan Kematian",
    ),
    Unit(
        key="piak",
        name="Bidang Pengelolaan Informasi Administrasi Kependudukan, Pemanfaatan Data, Kerja Sama, dan Inovasi",
    ),
)


RANKS = {
    "planning": ("19850101 201001 2 001", "Penata Tingkat I"),
    "secretary": ("19750101 199901 1 001", "Pembina Tingkat I"),
    "head": ("19700101 199501 2 001", "Pembina Utama Muda"),
}
"""NIP and rank of those who sign."""


def _person(key: str, role: Role, title: str, name: str, unit: str | None = None) -> Person:
    """Return one invented official."""
    address, (nip, rank) = f"{key.replace('_', '.')}@example.go.id", RANKS.get(key, ("", ""))
    return Person(key=key, role=role, title=title, name=name, addresses=(address,), unit=unit, nip=nip, rank=rank)


PEOPLE = (
    _person(
        "planning",
        Role.PLANNING,
        "Kepala Sub Bagian Perencanaan, Evaluasi, Pelaporan, dan Keuangan",
        "Ni Luh Contoh Perencana Anggraini Puspitasari, S.E., Ak., M.Ak.",
    ),
    _person(
        "secretary",
        Role.SECRETARY,
        "Sekretaris Dinas, selaku Ketua Tim Penyusun Laporan Kinerja",
        "Drs. Contoh Sekretaris Wirawan Hadikusumo, S.Sos., M.Si.",
        "sekretariat",
    ),
    _person(
        "head",
        Role.AGENCY_HEAD,
        "Kepala Dinas",
        "Dra. Hj. Contoh Pemimpin Rahmawati Kartasasmita, S.Sos., M.Si., M.A.P.",
    ),
    _person(
        "kabid_dafduk",
        Role.DIVISION_HEAD,
        "Kepala Bidang Pelayanan Pendaftaran Penduduk, Identitas Penduduk, Pindah Datang, dan Pendataan",
        "Ir. Contoh Kepala Pendaftaran Sastrowardoyo, S.T., M.T., M.P.A.",
        "dafduk",
    ),
    _person(
        "kasi_identitas",
        Role.SECTION_HEAD,
        "Kepala Seksi Identitas Penduduk, Kartu Identitas Anak, dan Identitas Kependudukan Digital",
        "Contoh Kepala Identitas Simanjuntak, S.Kom., M.Kom.",
        "dafduk",
    ),
    _person(
        "kabid_capil",
        Role.DIVISION_HEAD,
        "Kepala Bidang Pelayanan Pencatatan Sipil: Kelahiran, Perkawinan, Perceraian, dan Kematian",
        "Dr. Contoh Kepala Pencatatan Tobing-Nasution, S.H., M.Hum.",
        "capil",
    ),
    Person(
        key="plt_piak",
        role=Role.DIVISION_HEAD,
        title="Kepala Bidang Pengelolaan Informasi Administrasi Kependudukan, Pemanfaatan Data, dan Kerja Sama",
        name="Contoh Pelaksana Tugas, S.Kom., M.Si.",
        addresses=("kabid.piak@example.go.id",),
        unit="piak",
        acting=Acting.ACTING,
    ),
    _person(
        "bappeda",
        Role.PLANNING_BOARD,
        "Kepala Badan Perencanaan Pembangunan, Penelitian, dan Pengembangan Daerah",
        "Prof. Dr. Contoh Kepala Perencanaan Daerah, S.E., M.Sc., Ph.D.",
    ),
    _person(
        "inspektur",
        Role.COPIED,
        "Inspektur Daerah Kabupaten Kepulauan Contoh Selatan",
        "Drs. Contoh Inspektur, M.Si.",
    ),
    _person(
        "pembina",
        Role.OVERSEER,
        "Kepala Bagian Organisasi Sekretariat Daerah Kabupaten Kepulauan Contoh Selatan",
        "Contoh Pembina Pelaporan, S.STP., M.Si.",
    ),
    _person("operator", Role.OPERATOR, "Pranata Komputer Ahli Muda", "Contoh Pengelola Sistem, A.Md.Kom."),
)


@cache
def long_named_office() -> Office:
    """Return the whole office: what the shipped one promises and spends, under these names, without isu strategis."""
    shipped = load(sample_folder(), {}).office()
    return replace(
        shipped,
        letterhead=LETTERHEAD,
        mailbox="laporan@example.go.id",
        own_addresses=("laporan@example.go.id",),
        roster=Roster(units=UNITS, people=PEOPLE),
        strategic_issues=(),
        indicators=tuple(replace(indicator, owner=indicator.owner.casefold()) for indicator in shipped.indicators),
        budget=tuple(replace(line, owner=line.owner.casefold()) for line in shipped.budget),
    )

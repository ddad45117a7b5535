"""Story 13: what a unit gets to read, letter for letter, each beside the mail that caused it (SOP rows 2 to 4)."""

from __future__ import annotations

from tests.office import requested
from tests.stories.form_life import filled, typed
from tests.stories.verbatim import reads


def test_the_request_leaves_when_the_row_begins() -> None:
    """No mail causes it: on Wednesday, 7 January 2026, at half past seven, row 2 begins."""
    office = requested()
    request = office.letter("kabid-capil", "request")
    assert [name for name, _ in request.files] == [
        "Surat-Pengantar-CAPIL-2025.docx",
        "Form-Isian-CAPIL-2025.xlsx",
        "Batas-Waktu-CAPIL-2025.ics",
    ]
    reads(
        request,
        "Permintaan Data - CAPIL - batas 12 Jan",
        """
        Yth. Bapak/Ibu Kepala Bidang Pelayanan Pencatatan Sipil

        Dengan hormat,

        Sehubungan dengan penyusunan Laporan Kinerja Tahun 2025, mohon kiranya
        Bapak/Ibu berkenan menyampaikan data kinerja Bidang Pelayanan Pencatatan
        Sipil paling lambat hari Senin, 12 Januari 2026 pukul 16.00 WIB.

        Lampiran:
        1. Surat-Pengantar-CAPIL-2025.docx
        2. Form-Isian-CAPIL-2025.xlsx
        3. Batas-Waktu-CAPIL-2025.ics

        Pengisian cukup pada sel berwarna kuning di form terlampir (3 indikator dan
        2 sub kegiatan). Target, satuan, dan pagu telah kami isikan. Mohon dapat
        diteruskan kepada Kepala Seksi atau Kepala Sub Bagian yang membidangi;
        balasan dari yang bersangkutan juga kami terima.

        Setelah terisi, mohon form dilampirkan pada balasan pesan ini. Nama berkas
        bebas, boleh dikirim bertahap, dan setiap kiriman langsung kami periksa
        serta kami jawab.

        Indikator yang memang tidak ada capaiannya dapat diisi NIHIL. Apabila
        memerlukan petunjuk, mohon membalas dengan kata berikut pada baris
        tersendiri:

            BANTUAN

        Demikian disampaikan, atas perhatian dan kerja sama Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: mb1.8a0bf92aca167a0f
        """,
    )


def test_a_form_with_two_gaps_comes_back_and_the_mended_one_is_received() -> None:
    """The head writes two words and encloses the form; every gap is told at once, then every figure is repeated."""
    office = requested()
    request = office.letter("kabid-capil", "request")
    office.answers("kabid-capil", request, "Terlampir form isian.", office.filled("CAPIL", mistakes=1))
    returned = office.letter("kabid-capil", "returned")
    assert [name for name, _ in returned.files] == [
        "Form-Isian-CAPIL-2025-perlu-disesuaikan.xlsx",
        "Batas-Waktu-CAPIL-2025.ics",
    ]
    reads(
        returned,
        "Perbaikan Form CAPIL - batas 12 Jan",
        """
        Yth. Bapak/Ibu Kepala Bidang Pelayanan Pencatatan Sipil

        Dengan hormat,

        Terima kasih atas form isian data kinerja Bidang Pelayanan Pencatatan Sipil
        Tahun 2025 (kiriman ke-1, Rabu, 7 Januari 2026 pukul 11.30 WIB). Berdasarkan
        hasil pemeriksaan, terdapat 2 (dua) isian yang perlu disesuaikan. Mohon
        dapat diperbaiki dan dikirim kembali paling lambat hari Senin, 12 Januari
        2026 pukul 16.00 WIB.

        1. IKU-03, kolom Realisasi (lembar Indikator, sel K8)
           Isian “dua belas persen” pada IKU-03 belum dapat dibaca sebagai satu
           angka.
           Alasan: Kolom Realisasi dihitung, sehingga memerlukan satu angka saja
           tanpa keterangan lain.
           Cara memperbaiki: Mohon ketik angkanya saja; penjelasan dapat ditulis di
           kolom Keterangan. Bila tidak ada, ketik NIHIL.
           Contoh: Angkanya saja, dengan koma sebagai tanda desimal

        2. IKU-03, kolom Faktor Pendukung (lembar Indikator, sel M8)
           Kolom Faktor Pendukung pada IKU-03 belum diisi.
           Alasan: Isian ini diperlukan untuk menyusun laporan; sel kosong tidak
           dianggap nol.
           Cara memperbaiki: Mohon diisi. Bila memang tidak ada, mohon ketik NIHIL.
           Contoh: Isian singkat sesuai judul kolom Faktor Pendukung, atau NIHIL

        Lampiran:
        1. Form-Isian-CAPIL-2025-perlu-disesuaikan.xlsx
        2. Batas-Waktu-CAPIL-2025.ics

        Form terlampir memuat isian Bapak/Ibu sendiri, dengan tanda pada sel yang
        perlu disesuaikan; isian yang lain telah sesuai dan tidak perlu diubah.
        Setelah diperbaiki, mohon form tersebut dilampirkan pada balasan pesan ini.
        Apabila memerlukan bantuan, mohon membalas dengan kata berikut pada baris
        tersendiri:

            BANTUAN

        Demikian disampaikan, atas perhatian dan kerja sama Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: mb1.fe0346b080e8de9c
        """,
    )

    office.hours_pass(1.5)
    office.answers("kabid-capil", returned, "Sudah kami perbaiki, terima kasih.", office.filled("CAPIL"))
    reads(
        office.letter("kabid-capil", "receipt"),
        "Form CAPIL diterima - terima kasih",
        """
        Yth. Bapak/Ibu Kepala Bidang Pelayanan Pencatatan Sipil

        Dengan hormat,

        Form isian data kinerja Bidang Pelayanan Pencatatan Sipil Tahun 2025
        (kiriman ke-2, Rabu, 7 Januari 2026 pukul 13.00 WIB) telah kami terima
        dengan lengkap dan sesuai. Mohon berkenan mencermati angka berikut,
        sebagaimana terbaca oleh kami.

        IKU-03 Persentase kepemilikan akta kelahiran 0-18 tahun
           Realisasi: 98,57 Persen, lembar Indikator, sel K8
           Target: 98,50; capaian: 100,07% - Sangat Tinggi
           Tahun 2024: 97,71 (naik 0,86)

        IKU-04 Persentase akta kematian yang diterbitkan bagi yang melaporkan
           Realisasi: 100,00 Persen, lembar Indikator, sel K9
           Target: 100,00; capaian: 100,00% - Sangat Tinggi
           Tahun 2024: 100,00 (tetap)

        IKK-10 Rata-rata waktu penerbitan akta kelahiran
           Realisasi: 2,60 Hari kerja, lembar Indikator, sel K10
           Target: 3,00; capaian: 113,33% - Sangat Tinggi
           Tahun 2024: 3,10 (turun 0,50)

        Realisasi anggaran:

        2.12.03.2.01.0001 Pencatatan, Penatausahaan dan Penerbitan Dokumen Atas
           Pelaporan Peristiwa Penting
           Realisasi: Rp203.118.000 dari pagu Rp210.000.000; serapan: 96,72%, lembar
           Anggaran, sel E8

        2.12.03.2.01.0002 Peningkatan dalam Pelayanan Pencatatan Sipil
           Realisasi: Rp109.470.000 dari pagu Rp118.000.000; serapan: 92,77%, lembar
           Anggaran, sel E9

        Lampiran:
        1. Batas-Waktu-CAPIL-2025-selesai.ics

        Apabila seluruh angka telah benar, tidak ada lagi yang perlu dilakukan.
        Apabila ada yang keliru, mohon membalas pesan ini paling lambat hari Jumat,
        9 Januari 2026 pukul 16.00 WIB, selama draf laporan belum disampaikan kepada
        Sekretaris, dengan kata berikut pada baris tersendiri; form akan kami buka
        kembali:

            SALAH

        Demikian disampaikan, atas perhatian dan kerja sama Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: mb1.b770a844e9d0976f
        """,
    )


def test_a_form_that_is_filled_in_part_is_kept_and_the_rest_is_asked_for() -> None:
    """The head lacks two figures and says so; what is there counts, what is missing is named."""
    office = requested()
    request = office.letter("kabid-piak", "request")
    gaps = (
        *(typed("IKK-11", header, None) for header in ("Realisasi", "Faktor Pendukung", "Data Dukung")),
        typed("2.12.05.2.01.0001", "Realisasi (Rp)", None),
    )
    words = "Kami kirim dahulu yang sudah ada.\nIKK-11 dan profil kependudukan menyusul minggu ini."
    office.answers("kabid-piak", request, words, ("form piak.xlsx", filled(office, request, *gaps)))
    reads(
        office.letter("kabid-piak", "partial"),
        "Form PIAK baru sebagian - batas 12 Jan",
        """
        Yth. Bapak/Ibu Kepala Bidang PIAK dan Pemanfaatan Data

        Dengan hormat,

        Form isian data kinerja Bidang Pengelolaan Informasi Administrasi
        Kependudukan dan Pemanfaatan Data Tahun 2025 telah kami terima sebagian: 5
        dari 7 isian. Mohon kiranya Bapak/Ibu berkenan melengkapi sisanya paling
        lambat hari Senin, 12 Januari 2026 pukul 16.00 WIB.

        Yang masih kami nantikan:

        1. IKK-11 Persentase data anomali/ganda
        2. 2.12.05.2.01.0001 Penyediaan Data Kependudukan Kabupaten/Kota

        Yang telah kami terima, sebagaimana terbaca oleh kami:

        IKU-06 Persentase aktivasi IKD
           Realisasi: 12,85 Persen, lembar Indikator, sel K8
           Target: 20,00; capaian: 64,25% - Rendah
           Tahun 2024: 9,20 (naik 3,65)

        IKU-08 Jumlah perangkat daerah yang memanfaatkan data kependudukan dengan
           PKS
           Realisasi: 19 Perangkat Daerah, lembar Indikator, sel K9
           Target: 18; capaian: 105,56% - Sangat Tinggi
           Tahun 2024: 15 (naik 4)

        IKK-15 Jumlah inovasi pelayanan
           Realisasi: 3 Inovasi, lembar Indikator, sel K11
           Target: 2; capaian: 150,00% - Sangat Tinggi
           Tahun 2024: 2 (naik 1)

        2.12.04.2.01.0001 Pengolahan dan Penyajian Data Kependudukan
           Realisasi: Rp93.005.000 dari pagu Rp95.000.000; serapan: 97,90%, lembar
           Anggaran, sel E8

        2.12.04.2.01.0002 Kerja Sama Pemanfaatan Data Kependudukan
           Realisasi: Rp49.350.000 dari pagu Rp57.500.000; serapan: 85,83%, lembar
           Anggaran, sel E9

        Lampiran:
        1. Form-Isian-PIAK-2025.xlsx
        2. Batas-Waktu-PIAK-2025.ics

        Sisanya dapat dikirim dengan melampirkan form yang telah dilengkapi pada
        balasan pesan ini; isian yang sudah kami terima tidak perlu diulang. Tanpa
        Excel, sisanya dapat ditulis langsung pada balasan, satu baris untuk setiap
        isian. Indikator yang memang tidak ada capaiannya dapat diisi NIHIL.

        Demikian disampaikan, atas perhatian dan kerja sama Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: mb1.a5defff870aa5c55
        """,
    )


def test_a_unit_that_asks_for_two_days_is_told_until_when_it_is_left_alone() -> None:
    """One word on a line of its own, below a greeting and above a signature; the deadline itself stays."""
    office = requested()
    words = "Selamat pagi,\n\nTUNDA 2 HARI\n\nHormat kami,\nKabid Dafduk"
    office.answers("kabid-dafduk", office.letter("kabid-dafduk", "request"), words)
    reads(
        office.letter("kabid-dafduk", "extended"),
        "Pengingat ditunda sampai 9 Jan",
        """
        Yth. Bapak/Ibu Kepala Bidang Pelayanan Pendaftaran Penduduk

        Dengan hormat,

        Sesuai permintaan, pengingat untuk Bidang Pelayanan Pendaftaran Penduduk
        Tahun 2025 kami tunda sampai dengan hari Jumat, 9 Januari 2026 pukul 16.00
        WIB. Batas waktu penyampaian form tidak berubah: 12 Jan 2026.

        Form yang telah terisi mohon dilampirkan pada balasan pesan ini.

        Demikian disampaikan, atas perhatian dan kerja sama Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: mb1.*
        """,
    )


def test_silence_brings_reminders_and_the_superior_is_told() -> None:
    """No mail at all causes these: three units have answered by Monday 12 January 2026, one has not by the 15th."""
    office = requested()
    for unit, key in (("SEKRETARIAT", "umum"), ("CAPIL", "kabid-capil"), ("PIAK", "kabid-piak")):
        office.sends_form(key, unit)
    office.days_pass(6)
    reads(
        office.letters_to("kabid-dafduk", "reminder")[-1],
        "Pengingat form isian - DAFDUK - batas 12 Jan",
        """
        Yth. Bapak/Ibu Kepala Bidang Pelayanan Pendaftaran Penduduk

        Dengan hormat,

        Mohon izin mengingatkan bahwa form isian data kinerja Bidang Pelayanan
        Pendaftaran Penduduk Tahun 2025 masih kami nantikan; batas waktunya hari
        Senin, 12 Januari 2026 pukul 16.00 WIB, telah lewat 3 (tiga) hari kerja.
        Apabila telah disampaikan, mohon abaikan pesan ini.

        Sampai dengan pesan ini disusun, belum ada isian yang kami terima.

        Lampiran:
        1. Form-Isian-DAFDUK-2025.xlsx

        Form yang telah terisi mohon dilampirkan pada balasan pesan ini. Apabila
        memerlukan waktu beberapa hari, mohon membalas dengan kata berikut pada
        baris tersendiri, dengan jumlah hari yang diperlukan:

            TUNDA 2 HARI

        Demikian disampaikan, atas perhatian dan kerja sama Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: mb1.*
        """,
    )
    reads(
        office.letter("sekretaris", "escalation"),
        "Mohon arahan: form isian - DAFDUK",
        """
        Yth. Bapak/Ibu Sekretaris Dinas Kependudukan dan Pencatatan Sipil

        Dengan hormat,

        Mohon arahan Bapak/Ibu berkenaan dengan hal berikut, yang sampai dengan hari
        Rabu, 14 Januari 2026 masih kami nantikan.

        Form isian data kinerja Bidang Pelayanan Pendaftaran Penduduk Tahun 2025

        Dinantikan dari: Kepala Bidang Pelayanan Pendaftaran Penduduk
        Diminta: Rabu, 7 Januari 2026
        Batas waktu: Senin, 12 Januari 2026 pukul 16.00 WIB, telah lewat 2 (dua)
           hari kerja
        Keadaan: belum mengirim form
        Telah diingatkan: 2 (dua) kali, terakhir Senin, 12 Januari 2026

        Apabila Bapak/Ibu berkenan memberikan waktu tambahan, Sub Bagian Perencanaan
        dan Keuangan dapat memperpanjang batas waktunya dengan kata PERPANJANG,
        misalnya "PERPANJANG DAFDUK" diikuti tanggalnya. Setelah diperpanjang, yang
        bersangkutan kami ingatkan kembali menurut batas waktu yang baru.

        Kiranya Bapak/Ibu berkenan menyampaikan arahan kepada yang bersangkutan.

        Pesan ini tidak perlu dibalas.

        Demikian disampaikan, atas perhatian dan perkenan Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: mb1.*
        """,
    )

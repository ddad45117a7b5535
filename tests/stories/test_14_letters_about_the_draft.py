"""Story 14: what is written about a draft, letter for letter, each beside the mail that caused it (SOP rows 6 to 7)."""

from __future__ import annotations

from tests.stories.test_03_secretary_sends_back import drafted
from tests.stories.test_11_code import SIGNED, code_in, ratifying
from tests.stories.verbatim import reads


def test_consent_with_a_reservation_is_asked_back() -> None:
    """What was read is shown, and that nothing has been noted; Subbag Program sees it at once, as the letter says."""
    office = drafted()
    review = office.letter("sekretaris", "review")
    office.answers("sekretaris", review, "Setuju dengan catatan, tabel 3 dicek lagi.\n\nTerima kasih.")
    assert "Setuju dengan catatan, tabel 3 dicek lagi." in office.letter("perencanaan", "heard").text
    reads(
        office.letter("sekretaris", "unclear"),
        "Mohon penegasan jawaban",
        """
        Yth. Bapak/Ibu Sekretaris Dinas Kependudukan dan Pencatatan Sipil

        Dengan hormat,

        Terima kasih atas balasan Bapak/Ibu mengenai Laporan Kinerja Tahun 2025.
        Catatan Bapak/Ibu telah kami simpan dan kami sampaikan kepada Sub Bagian
        Perencanaan dan Keuangan, telepon (0335) 4438894. Apabila catatan tersebut
        dimaksudkan sebagai perbaikan, mohon berkenan membalas pesan ini dengan kata
        PERBAIKI pada baris tersendiri; catatannya tidak perlu ditulis ulang.
        Apabila tidak, mohon dengan kata yang lain.

            SETUJU

            PERBAIKI

        Yang kami baca dari balasan Bapak/Ibu:

        1. Setuju dengan catatan, tabel 3 dicek lagi.
        2. Terima kasih.

        Sebelum ada penegasan, belum ada yang kami catat sebagai keputusan.

        Demikian disampaikan, atas perhatian dan perkenan Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: mb1.*
        """,
    )


def test_two_remarks_reach_subbag_program_numbered_and_the_sekretaris_hears_that_they_did() -> None:
    """The remarks stand below their word, as he typed them on his phone."""
    office = drafted()
    words = (
        "PERBAIKI\n"
        "- Ikhtisar eksekutif terlalu panjang, cukup satu halaman.\n"
        "- Tabel anggaran mohon dicek dengan DPA Perubahan.\n"
        "\n"
        "Dikirim dari iPhone saya"
    )
    office.answers("sekretaris", office.letter("sekretaris", "review"), words)
    reads(
        office.letter("perencanaan", "revision"),
        "Catatan atas Draf LKjIP - batas 9 Jan",
        """
        Yth. Bapak/Ibu Kepala Sub Bagian Perencanaan dan Keuangan

        Dengan hormat,

        Mohon berkenan menindaklanjuti catatan Sekretaris Dinas Kependudukan dan
        Pencatatan Sipil atas draf Laporan Kinerja Tahun 2025 versi 1, paling lambat
        hari Jumat, 9 Januari 2026 pukul 16.00 WIB.

        Catatan yang perlu ditindaklanjuti:

        1. Ikhtisar eksekutif terlalu panjang, cukup satu halaman.
        2. Tabel anggaran mohon dicek dengan DPA Perubahan.

        Naskah terlampir tetap bernomor versi 1; suntingan Bapak/Ibu menjadi versi
        berikutnya.

        Lampiran:
        1. LKjIP-2025-versi-1.docx
        2. Batas-Waktu-2025.ics

        Setelah diperbaiki, mohon membalas pesan ini dengan melampirkan berkas DOCX
        yang telah disunting, disertai kata berikut pada baris tersendiri agar draf
        kami sampaikan kembali:

            TERUSKAN

        Setiap catatan mohon dijawab dengan nomornya, satu baris untuk setiap
        catatan, pada balasan yang sama atau lebih dahulu; jawabannya kami cantumkan
        dalam surat berikutnya kepada Sekretaris Dinas Kependudukan dan Pencatatan
        Sipil. Contohnya:

            1: diperbaiki, hal. 12

        Demikian disampaikan, atas perhatian dan kerja sama Bapak/Ibu kami ucapkan
        terima kasih.

        Layanan Surel Laporan Kinerja

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Pranata Komputer, surel operator.disdukcapil@example.go.id
        Rujukan: mb1.*
        """,
    )
    sidik = office.cycle().verdicts[-1].docx_sha256[:12]
    reads(
        office.letter("sekretaris", "verdict_noted"),
        "Tercatat: PERBAIKI",
        f"""
        Yth. Bapak/Ibu Sekretaris Dinas Kependudukan dan Pencatatan Sipil

        Dengan hormat,

        Arahan perbaikan dari Bapak/Ibu atas Laporan Kinerja Tahun 2025 versi 1
        telah kami catat.

        Jawaban: PERBAIKI
        Dicatat pada: Rabu, 7 Januari 2026 pukul 11.30 WIB
        Sidik berkas (SHA-256): {sidik}

        Catatan yang kami teruskan:

        1. Ikhtisar eksekutif terlalu panjang, cukup satu halaman.
        2. Tabel anggaran mohon dicek dengan DPA Perubahan.

        Apabila jawaban tersebut bukan dari Bapak/Ibu, mohon segera menghubungi Sub
        Bagian Perencanaan dan Keuangan, telepon (0335) 4438894.

        Demikian disampaikan, atas perhatian dan perkenan Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: mb1.*
        """,
    )


def test_a_word_without_proof_is_asked_for_its_code_and_then_noted() -> None:
    """The Kepala Dinas ratifies with the signed report, and nothing proves that it is he; then the six digits."""
    office = ratifying()
    words = "Assalamualaikum,\n\nDISAHKAN\n\nLaporan bertanda tangan terlampir."
    office.answers("kadis", office.letter("kadis", "ratify"), words, SIGNED, proved=False)
    challenge = office.letter("kadis", "challenge")
    reads(
        challenge,
        "Mohon konfirmasi jawaban DISAHKAN",
        f"""
        Yth. Bapak/Ibu Kepala Dinas Kependudukan dan Pencatatan Sipil Kota
        Probolinggo

        Dengan hormat,

        Kami menerima jawaban DISAHKAN mengenai Laporan Kinerja Tahun 2025 atas nama
        Bapak/Ibu. Untuk memastikan bahwa hal tersebut benar dari Bapak/Ibu, mohon
        berkenan membalas pesan ini dengan kode berikut saja, pada baris tersendiri:

            {code_in(challenge)}

        Kode ini berlaku satu kali, sampai dengan hari Rabu, 14 Januari 2026 pukul
        11.30 WIB, dan hanya untuk jawaban DISAHKAN tersebut. Apabila bukan dari
        Bapak/Ibu, pesan ini mohon diabaikan; tanpa kode, tidak ada yang kami catat.

        Demikian disampaikan, atas perhatian dan perkenan Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: mb1.*
        """,
    )

    office.answers("kadis", challenge, code_in(challenge), proved=False)
    sidik = office.cycle().verdicts[-1].docx_sha256[:12]
    reads(
        office.letter("kadis", "verdict_noted"),
        "Tercatat: DISAHKAN",
        f"""
        Yth. Bapak/Ibu Kepala Dinas Kependudukan dan Pencatatan Sipil Kota
        Probolinggo

        Dengan hormat,

        Pengesahan Bapak/Ibu atas Laporan Kinerja Tahun 2025 versi 1 telah kami
        catat.

        Jawaban: DISAHKAN
        Dicatat pada: Rabu, 7 Januari 2026 pukul 11.30 WIB
        Sidik berkas (SHA-256): {sidik}

        Berkas LKjIP-bertanda-tangan.pdf yang menyertainya telah kami simpan dan
        kami tunjukkan kepada Sub Bagian Perencanaan dan Keuangan; tanda tangan di
        dalamnya belum kami periksa, sehingga berkas itu tidak kami teruskan.

        Apabila jawaban tersebut bukan dari Bapak/Ibu, mohon segera menghubungi Sub
        Bagian Perencanaan dan Keuangan, telepon (0335) 4438894.

        Demikian disampaikan, atas perhatian dan perkenan Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: mb1.*
        """,
    )


def test_a_word_from_somebody_else_is_answered_with_whose_word_it_is() -> None:
    """A Kepala Bidang who saw the draft means well; nothing moves."""
    office = ratifying()
    before = office.cycle()
    office.answers("kabid-capil", None, "DISAHKAN\n\nSemoga lancar.")
    assert office.cycle() == before
    reads(
        office.letter("kabid-capil", "not_yours"),
        "Jawaban DISAHKAN belum dapat dicatat",
        """
        Yth. Bapak/Ibu Kepala Bidang Pelayanan Pencatatan Sipil

        Dengan hormat,

        Terima kasih atas balasan Bapak/Ibu. Sesuai prosedur (SOP), jawaban DISAHKAN
        untuk Laporan Kinerja Tahun 2025 kami catat dari Kepala Dinas, sehingga
        balasan tersebut belum dapat kami catat dan tidak mengubah apa pun.

        Apabila Bapak/Ibu sedang menjadi Plt. atau Plh., mohon kiranya dapat
        disampaikan kepada Sub Bagian Perencanaan dan Keuangan, telepon (0335)
        4438894, agar daftar pejabat kami perbarui.

        Demikian disampaikan, atas perhatian dan kerja sama Bapak/Ibu kami ucapkan
        terima kasih.

        Sub Bagian Perencanaan dan Keuangan

        Pesan ini disusun dan dikirim secara otomatis; balasan Bapak/Ibu dibaca oleh
        sistem dan dapat dilihat oleh petugas kami.
        Narahubung: Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894
        Rujukan: mb1.4c77382cd9f832f9
        """,
    )

"""An invented office as Bab I and II tell it, full and long-winded: for the report's tests, like nobody's own."""

from __future__ import annotations

from datetime import date

from mailbot.core.model.profile import Action, Aim, Amount, FollowUpState, Post, Profile, Recommendation


def sample_profile(agreement: str = "") -> Profile:
    """Return the profile of the toy office; `agreement` is the path of its scanned Perjanjian Kinerja."""
    return Profile(
        planning_unit="Sub Bagian Perencanaan dan Keuangan",
        background=(
            (
                "Setiap perangkat daerah mempertanggungjawabkan pelaksanaan tugas, pencapaian sasaran, dan penggunaan "
                "anggarannya melalui laporan kinerja yang disusun secara berjenjang dan terukur."
            ),
            (
                "Laporan ini disusun dari data yang disampaikan setiap unit kerja dan telah diperiksa kesesuaiannya "
                "dengan dokumen perencanaan."
            ),
        ),
        purposes=(
            "Memberikan informasi kinerja yang terukur kepada pemberi mandat.",
            "Menyediakan dasar perbaikan berkesinambungan bagi peningkatan kinerja.",
        ),
        laws=(
            "Peraturan Pemerintah Nomor 8 Tahun 2006 tentang Pelaporan Keuangan dan Kinerja Instansi Pemerintah;",
            "Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah;",
            (
                "Peraturan Menteri PANRB Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja, Pelaporan "
                "Kinerja dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah;"
            ),
            "Peraturan Daerah Nomor 7 Tahun 2016 tentang Pembentukan dan Susunan Perangkat Daerah;",
            "Peraturan Kepala Daerah Nomor 21 Tahun 2025 tentang Rencana Strategis Perangkat Daerah Tahun 2025-2029.",
        ),
        task="membantu Kepala Daerah melaksanakan urusan pemerintahan yang menjadi kewenangannya.",
        functions=(
            "perumusan kebijakan teknis;",
            "pelaksanaan kebijakan dan pelayanan;",
            "pelaksanaan evaluasi dan pelaporan;",
            "pelaksanaan administrasi dinas.",
        ),
        overview=("Dinas melayani penduduk pada lima kecamatan dan dua puluh sembilan kelurahan.",),
        posts=(
            Post(title="Kepala Dinas"),
            Post(title="Sekretaris", under="Kepala Dinas"),
            Post(title="Kasubbag Perencanaan dan Keuangan", under="Sekretaris"),
            Post(title="Kasubbag Umum dan Kepegawaian", under="Sekretaris"),
            Post(title="Kepala Bidang Pelayanan Pendaftaran Penduduk", under="Kepala Dinas"),
            Post(title="Analis Kebijakan Identitas Penduduk", under="Kepala Bidang Pelayanan Pendaftaran Penduduk"),
            Post(title="Analis Kebijakan Pindah Datang", under="Kepala Bidang Pelayanan Pendaftaran Penduduk"),
            Post(title="Kepala Bidang Pelayanan Pencatatan Sipil", under="Kepala Dinas"),
            Post(title="Analis Kebijakan Kelahiran", under="Kepala Bidang Pelayanan Pencatatan Sipil"),
            Post(title="Kepala Bidang Pengelolaan Informasi", under="Kepala Dinas"),
        ),
        staff=(
            Amount(group="Golongan", name="Golongan IV", count=9),
            Amount(group="Golongan", name="Golongan III", count=31),
            Amount(group="Golongan", name="Golongan II", count=12),
            Amount(group="Pendidikan", name="Strata 2", count=7),
            Amount(group="Pendidikan", name="Strata 1 dan Diploma IV", count=28),
            Amount(group="Pendidikan", name="Diploma III dan SLTA", count=17),
        ),
        facilities=(
            Amount(group="Gedung dan kendaraan", name="Gedung pelayanan", count=1, note="baik"),
            Amount(group="Gedung dan kendaraan", name="Mobil pelayanan keliling", count=2, note="satu rusak ringan"),
            Amount(group="Peralatan", name="Alat perekam KTP-el", count=9, note="baik"),
        ),
        strategic_aspects=(
            "Pelayanan yang menjangkau kelompok rentan.",
            "Data yang dimanfaatkan perangkat daerah lain.",
        ),
        vision="Daerah yang tertib, maju, dan melayani.",
        missions=("Meningkatkan kualitas pelayanan publik.", "Mewujudkan tata kelola yang akuntabel."),
        aims=(
            Aim(code="T1", text="Meningkatnya kualitas pelayanan dan pemanfaatan data", objectives=("SS1", "SS2")),
            Aim(code="T2", text="Meningkatnya akuntabilitas kinerja perangkat daerah", objectives=("SS3",)),
        ),
        agreement=agreement,
        actions=(
            Action(
                objective="SS1",
                text="Jemput bola aktivasi identitas digital di sekolah dan kelurahan",
                owner="Bidang Pengelolaan Informasi",
                due="Triwulan II",
            ),
            Action(objective="SS2", text="Perjanjian kerja sama dengan tiga perangkat daerah baru", due="Triwulan III"),
            Action(objective="SS3", text="Pemantauan capaian setiap bulan", owner="Sekretariat", due="Setiap bulan"),
        ),
        evaluation="Laporan Hasil Evaluasi Inspektorat Tahun 2024",
        recommendations=(
            Recommendation(
                text="Menyempurnakan definisi operasional indikator kinerja.",
                step="Manual indikator disusun dan ditetapkan.",
                owner="Sekretariat",
                due=date(2025, 6, 30),
                state=FollowUpState.DONE,
                proof="Keputusan Kepala Dinas Nomor 12 Tahun 2025",
            ),
            Recommendation(
                text="Memanfaatkan hasil pengukuran triwulanan dalam pengambilan keputusan.",
                step="Rapat evaluasi triwulanan dilaksanakan.",
                state=FollowUpState.RUNNING,
                proof="Notula Triwulan III",
            ),
            Recommendation(text="Menautkan bukti dukung pada setiap klaim keberhasilan."),
        ),
    )

"""The front of the report's Word file: cover, kata pengantar, daftar isi, ikhtisar eksekutif, Bab I and Bab II."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm, Pt

from tests.writing.build_report_accountability import accountability
from tests.writing.build_report_chapters import annexes, closing
from tests.writing.docx_paper import name_logo, placeholder_logo, say, signature
from tests.writing.docx_report_paper import (
    bullets,
    control,
    data_table,
    front_heading,
    new_section,
    report_document,
    text,
)

if TYPE_CHECKING:
    from docx.document import Document


def report() -> Document:
    """Return the whole template of the Laporan Kinerja."""
    document = report_document()
    _cover(document)
    new_section(document, "lowerRoman")
    _foreword(document)
    _contents(document)
    _summary(document)
    new_section(document, "decimal")
    _introduction(document)
    _planning(document)
    accountability(document)
    closing(document)
    annexes(document)
    return document


def _cover(document: Document) -> None:
    """The cover: emblem's place, title, period, office, year; and the version, small, at the foot."""
    say(document, after=60)
    emblem = say(document, align=ALIGN.CENTER, after=40)
    emblem.add_run().add_picture(BytesIO(placeholder_logo()), width=Cm(3.6))
    name_logo(emblem)
    say(document, "LAPORAN KINERJA", align=ALIGN.CENTER, bold=True, size=26)
    say(document, "(LKjIP)", align=ALIGN.CENTER, bold=True, size=18, after=10)
    say(document, "{{ period|upper }}", align=ALIGN.CENTER, bold=True, size=18, after=170)
    say(document, "{{ kop.agency }}", align=ALIGN.CENTER, bold=True, size=15)
    say(document, "{{ kop.government }}", align=ALIGN.CENTER, bold=True, size=15, after=8)
    say(document, "{{ month }}", align=ALIGN.CENTER, size=13, after=60)
    say(
        document,
        "Naskah versi {{ version }}. Berlaku sebagai laporan resmi setelah disahkan oleh {{ head.title }}.",
        align=ALIGN.CENTER,
        size=9,
    )


def _foreword(document: Document) -> None:
    """Kata pengantar, with room for the signature of the Kepala Dinas."""
    front_heading(document, "KATA PENGANTAR")
    text(
        document,
        "Puji syukur kami panjatkan ke hadirat Tuhan Yang Maha Esa, karena atas rahmat-Nya Laporan Kinerja "
        "{{ agency_name }} "
        "{{ period }} dapat disusun.",
    )
    text(
        document,
        "Laporan ini merupakan wujud pertanggungjawaban atas pelaksanaan tugas dan fungsi serta penggunaan "
        "anggaran dalam "
        "mencapai sasaran strategis sebagaimana diperjanjikan. Penyusunannya berpedoman pada Peraturan Presiden "
        "Nomor 29 "
        "Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah dan Peraturan Menteri PANRB Nomor "
        "53 Tahun "
        "2014 tentang Petunjuk Teknis Perjanjian Kinerja, Pelaporan Kinerja dan Tata Cara Reviu atas Laporan Kinerja.",
    )
    text(
        document,
        "Kami menyampaikan terima kasih kepada seluruh pihak yang telah memberikan data dan masukan. Semoga "
        "laporan ini "
        "bermanfaat sebagai bahan evaluasi dan perbaikan kinerja pada masa mendatang.",
        after=24,
    )
    say(document, "{{ place }}," + "\u00a0" * 8 + "{{ month }}", after=4).paragraph_format.left_indent = Cm(8.25)
    signature(document, "head")


def _contents(document: Document) -> None:
    """Daftar isi: its entries are made when the report is filled."""
    front_heading(document, "DAFTAR ISI")
    document.add_paragraph("{{ contents }}", style="Daftar Isi")


def _summary(document: Document) -> None:
    """Ikhtisar eksekutif: the finding first, then the figures, then what needs attention."""
    front_heading(document, "IKHTISAR EKSEKUTIF")
    text(
        document,
        "Dari {{ summary.indicators }} indikator kinerja {{ period }}, {{ summary.reached }} indikator mencapai atau "
        "melampaui target{% if summary.below %}{{ ', ' if summary.unmeasured else ' dan ' }}{{ summary.below }} "
        "indikator belum mencapai target{% endif %}{% if summary.unmeasured %}, dan {{ summary.unmeasured }} "
        "indikator belum dapat dihitung{% endif %}. Rata-rata "
        "capaian kinerja sebesar {{ summary.achievement }}{% if summary.rating %} dengan predikat {{ summary.rating }}"
        "{% endif %}.",
    )
    text(
        document,
        "Realisasi anggaran sebesar {{ summary.spent }} dari pagu {{ summary.budget }}, atau serapan "
        "{{ summary.absorption }}.",
    )
    data_table(
        document,
        "Tabel 1 Ringkasan capaian sasaran strategis {{ period }}",
        ("No", "Sasaran Strategis", "Indikator", "Mencapai target", "Rata-rata capaian", "Predikat"),
        (1.0, 6.7, 1.9, 2.1, 2.3, 2.5),
        (
            ("{%tr for o in objectives %}",),
            (
                "{{ o.number }}",
                "{{ o.text }}",
                "{{ o.count }}",
                "{{ o.reached }}",
                "{{ o.achievement }}",
                "{{ o.rating }}",
            ),
            ("{%tr endfor %}",),
            (
                "",
                "Seluruh indikator",
                "{{ summary.indicators }}",
                "{{ summary.reached }}",
                "{{ summary.achievement }}",
                "{{ summary.rating }}",
            ),
        ),
        right=frozenset({2, 3, 4}),
        totals=frozenset({3}),
        source="Sumber: {{ agency_name }}, data diolah",
    )
    control(document, "{%p if below %}")
    text(document, "Indikator yang belum mencapai target dan memerlukan perhatian:", inset=False)
    bullets(document, "i in below", "{{ loop.index }}.\t{{ i.name }}: capaian {{ i.achievement }} ({{ i.rating }}).")
    control(document, "{%p endif %}")
    control(document, "{%p if missing %}")
    text(
        document,
        "Sebanyak {{ missing|length }} isian belum tersedia pada saat naskah ini disusun. Isian tersebut "
        "ditandai di dalam "
        "naskah dan didaftar pada Lampiran 5.",
    )
    control(document, "{%p endif %}")


def _introduction(document: Document) -> None:
    """Bab I: why, on what basis, to what end, who."""
    document.add_heading("BAB I PENDAHULUAN", 1)
    document.add_heading("A. Latar Belakang", 2)
    text(
        document,
        "Setiap perangkat daerah wajib menyusun laporan kinerja sebagai pertanggungjawaban atas perjanjian kinerja dan "
        "penggunaan anggaran. Laporan Kinerja {{ agency_name }} {{ period }} disusun untuk memenuhi kewajiban "
        "tersebut, "
        "berdasarkan data yang disampaikan oleh setiap unit kerja dan telah diteliti kesesuaiannya.",
    )
    document.add_heading("B. Dasar Hukum", 2)
    for number, words in enumerate(_LAWS, start=1):
        paragraph = say(document, f"{number}.\t{words}", align=ALIGN.JUSTIFY, spacing=1.15, after=3)
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.8), Cm(-0.8)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.8))
    document.add_heading("C. Maksud dan Tujuan", 2)
    text(
        document,
        "Laporan ini dimaksudkan untuk memberikan informasi kinerja yang terukur atas kinerja yang telah dan "
        "seharusnya "
        "dicapai. Tujuannya adalah menyediakan bahan evaluasi dan dasar perbaikan berkesinambungan bagi "
        "peningkatan kinerja.",
    )
    document.add_heading("D. Tugas, Fungsi, dan Struktur Organisasi", 2)
    text(
        document,
        "{{ agency_name }} melaksanakan urusan pemerintahan bidang administrasi kependudukan dan pencatatan "
        "sipil. Unit "
        "kerja yang menyampaikan data kinerja dalam laporan ini adalah:",
    )
    data_table(
        document,
        "Tabel 1.1 Unit kerja penyampai data kinerja",
        ("No", "Unit Kerja", "Pejabat", "Indikator", "Sub Kegiatan"),
        (1.0, 6.0, 5.7, 1.8, 2.0),
        (
            ("{%tr for u in units %}",),
            ("{{ loop.index }}", "{{ u.name }}", "{{ u.head }}", "{{ u.indicators }}", "{{ u.budget }}"),
            ("{%tr endfor %}",),
        ),
        right=frozenset({3, 4}),
        source="Sumber: {{ agency_name }}",
    )
    _issues(document)


def _issues(document: Document) -> None:
    """Bab I E: the isu strategis of the Renstra, and the obstacles of the period in the units' own words."""
    document.add_heading("E. Isu Strategis", 2)
    control(document, "{%p if issues %}")
    text(document, "Isu strategis yang dihadapi menurut Rencana Strategis adalah:", inset=False, keep=True)
    bullets(document, "s in issues", "{{ loop.index }}.\t{{ s }}")
    control(document, "{%p else %}")
    text(document, "", inset=False).add_run("{{r no_issues }}")
    control(document, "{%p endif %}")
    control(document, "{%p if problems %}")
    text(
        document,
        "Permasalahan yang disampaikan unit kerja atas indikator yang belum mencapai target pada {{ period }} adalah:",
        inset=False,
        keep=True,
    ).paragraph_format.space_before = Pt(8)
    bullets(document, "i in problems", "{{ loop.index }}.\t{{ i.name }} ({{ i.unit }}): ", "{{r i.obstacles }}")
    control(document, "{%p endif %}")


_LAWS = (
    (
        "Undang-Undang Nomor 24 Tahun 2013 tentang Perubahan atas Undang-Undang Nomor 23 Tahun 2006 tentang "
        "Administrasi Kependudukan;"
    ),
    "Peraturan Pemerintah Nomor 8 Tahun 2006 tentang Pelaporan Keuangan dan Kinerja Instansi Pemerintah;",
    "Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah;",
    (
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 53 Tahun 2014 tentang Petunjuk "
        "Teknis Perjanjian Kinerja, Pelaporan Kinerja dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah;"
    ),
    (
        "Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017 tentang Tata Cara Perencanaan, Pengendalian dan Evaluasi "
        "Pembangunan Daerah."
    ),
)


def _planning(document: Document) -> None:
    """Bab II: the Renstra, the indicators, and what was promised for the period."""
    document.add_heading("BAB II PERENCANAAN KINERJA", 1)
    document.add_heading("A. Rencana Strategis dan Indikator Kinerja", 2)
    text(
        document,
        "Rencana Strategis menetapkan {{ objectives|length }} sasaran strategis dengan {{ summary.indicators }} "
        "indikator "
        "yang dilaporkan pada {{ period }}. Target yang diperjanjikan dan target akhir periode Renstra adalah sebagai "
        "berikut.",
    )
    data_table(
        document,
        "Tabel 2.1 Sasaran strategis, indikator kinerja, dan target",
        ("Kode", "Indikator Kinerja", "Satuan", "Sifat", "Target {{ period }}", "Target akhir Renstra", "Unit Kerja"),
        (1.4, 4.9, 1.8, 1.3, 1.6, 1.6, 3.9),
        (
            ("{%tr for o in objectives %}",),
            ("{{ o.code }}", "{{ o.text }}"),
            ("{%tr for i in o.indicators %}",),
            (
                "{{ i.code }}",
                "{{ i.name }}",
                "{{ i.satuan }}",
                "{{ i.sort }}",
                "{{ i.target }}",
                "{{ i.plan_end }}",
                "{{ i.unit }}",
            ),
            ("{%tr endfor %}",),
            ("{%tr endfor %}",),
        ),
        right=frozenset({4, 5}),
        totals=frozenset({1}),
        source="Sumber: Rencana Strategis {{ agency_name }}",
    )
    document.add_heading("B. Perjanjian Kinerja {{ period }}", 2)
    text(
        document,
        "Target kinerja yang diperjanjikan untuk {{ period }} dimuat pada Tabel 2.1 dan Lampiran 2. "
        "Perjanjian tersebut didukung anggaran sebesar {{ summary.budget }} dengan rincian program sebagai berikut.",
    )
    data_table(
        document,
        "Tabel 2.2 Anggaran per program",
        ("Kode", "Program", "Pagu (Rp)"),
        (2.2, 10.8, 3.5),
        (
            ("{%tr for p in programs %}",),
            ("{{ p.code }}", "{{ p.name }}", "{{ p.budget }}"),
            ("{%tr endfor %}",),
            ("", "Jumlah", "{{ total.budget }}"),
        ),
        right=frozenset({2}),
        totals=frozenset({3}),
        source="Sumber: {{ agency_name }}",
    )

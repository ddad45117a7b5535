"""Bab I and Bab II of the report's Word file: the office as its profile tells it, and what it has promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Pt

from tests.writing.docx_paper import say
from tests.writing.docx_report_paper import control, data_table
from tests.writing.docx_report_words import item, paragraphs, points, runs, told

if TYPE_CHECKING:
    from docx.document import Document


def introduction(document: Document) -> None:
    """Bab I: why, on what basis, to what end, who the office is, and what it faces."""
    document.add_heading("BAB I PENDAHULUAN", 1).paragraph_format.space_before = Pt(0)
    document.add_heading("A. Latar Belakang", 2)
    paragraphs(document, "about.background")
    document.add_heading("B. Dasar Hukum", 2)
    points(document, "about.laws")
    document.add_heading("C. Maksud dan Tujuan", 2)
    points(document, "about.purposes")
    document.add_heading("D. Gambaran Umum Organisasi", 2)
    control(document, "{%p if about.overview['items'] %}")
    paragraphs(document, "about.overview")
    control(document, "{%p endif %}")
    _organisation(document)
    _resources(document)
    document.add_heading("E. Aspek Strategis dan Isu Strategis", 2)
    document.add_heading("1. Aspek strategis", 3)
    points(document, "about.aspects")
    document.add_heading("2. Isu strategis", 3)
    _issues(document)


def _organisation(document: Document) -> None:
    """Tugas, fungsi, structure, and the units that report."""
    document.add_heading("1. Tugas dan fungsi", 3)
    runs(told(document, "Tugas: ", inset=False), "{{r about.task }}")
    told(
        document,
        "Dalam melaksanakan tugas tersebut, {{ agency_name }} menyelenggarakan fungsi:",
        inset=False,
        keep=True,
    )
    points(document, "about.functions")
    document.add_heading("2. Struktur organisasi", 3)
    control(document, "{%p if about.structure %}")
    say(document, "{{p about.structure }}")
    caption = document.add_paragraph("Gambar 1.1 Struktur organisasi {{ agency_name }}", style="Judul Tabel")
    caption.paragraph_format.keep_with_next = False
    document.add_paragraph("Sumber: {{ agency_name }}", style="Sumber")
    control(document, "{%p else %}")
    told(document, "{{r empty }}", inset=False)
    control(document, "{%p endif %}")
    data_table(
        document,
        "Tabel {{ about.tables.units }} Unit kerja yang melaporkan kinerja",
        ("No", "Unit Kerja", "Pejabat", "Indikator", "Sub Kegiatan"),
        (1.0, 6.0, 5.7, 1.8, 2.0),
        (
            ("{%tr for u in about.units %}",),
            ("{{ loop.index }}", "{{ u.name }}", "{{r u.head }}", "{{ u.indicators }}", "{{ u.budget }}"),
            ("{%tr endfor %}",),
        ),
        right=frozenset({3, 4}),
        source="Sumber: {{ agency_name }}",
    )


_COUNTED = 4
"""The row that stays with the sum below it."""


def _resources(document: Document) -> None:
    """SDM by rank and education, sarana, and the budget."""
    for heading, name, words in (
        ("3. Sumber daya manusia", "staff", "Pegawai menurut golongan, pendidikan, dan kelompok lain"),
        ("4. Sarana dan prasarana", "facilities", "Sarana dan prasarana"),
    ):
        document.add_heading(heading, 3)
        control(document, f"{{%p if about.{name} %}}")
        made = data_table(
            document,
            f"Tabel {{{{ about.tables.{name} }}}} {words}",
            ("Uraian", "Jumlah", "Keterangan"),
            (8.0, 2.5, 6.0),
            (
                (f"{{%tr for g in about.{name} %}}",),
                ("{{ g.name }}",),
                ("{%tr for one in g.rows %}",),
                ("{{ one.name }}", "{{ one.count }}", "{{ one.note }}"),
                ("{%tr endfor %}",),
                ("Jumlah", "{{ g.total }}", ""),
                ("{%tr endfor %}",),
            ),
            right=frozenset({1}),
            totals=frozenset({1, 5}),
            source="Sumber: {{ agency_name }}",
        )
        for cell in made.rows[_COUNTED].cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        control(document, "{%p else %}")
        told(document, "{{r empty }}", inset=False)
        control(document, "{%p endif %}")
    document.add_heading("5. Anggaran", 3)
    told(
        document,
        "Pelaksanaan tugas dan fungsi tahun {{ year }} didukung anggaran "
        "{{r sums.budget }}{% if about.money.changed %}, "
        "setelah perubahan APBD dari pagu murni Rp{{r about.money.total.original }}{% endif %}, "
        "dengan rincian berikut.",
        keep=True,
    )
    data_table(
        document,
        "Tabel {{ about.tables.budget }} Anggaran menurut program tahun {{ year }}",
        ("Kode", "Program", "Pagu murni (Rp)", "Pagu akhir (Rp)"),
        (2.0, 8.3, 3.1, 3.1),
        (
            ("{%tr for p in about.money.programs %}",),
            ("{{ p.code }}", "{{ p.name }}", "{{r p.original }}", "{{r p.budget }}"),
            ("{%tr endfor %}",),
            ("", "Jumlah", "{{r about.money.total.original }}", "{{r about.money.total.budget }}"),
        ),
        right=frozenset({2, 3}),
        totals=frozenset({3}),
        source="Sumber: dokumen pelaksanaan anggaran",
    )


def _issues(document: Document) -> None:
    """The isu strategis of the Renstra, and the obstacles of the period in the units' own words."""
    control(document, "{%p if issues %}")
    control(document, "{%p for s in issues %}")
    item(document, "{{ loop.index }}.", "{{ s }}")
    control(document, "{%p endfor %}")
    control(document, "{%p else %}")
    told(document, "{{r no_issues }}", inset=False)
    control(document, "{%p endif %}")
    control(document, "{%p if improvements %}")
    told(
        document,
        "Permasalahan yang disampaikan unit kerja atas indikator yang belum mencapai target pada {{ period }} adalah:",
        inset=False,
        keep=True,
    )
    control(document, "{%p for one in improvements %}")
    item(document, "{{ loop.index }}.", "{{ one.name }} ({{ one.owner }}): {{r one.cause }}")
    control(document, "{%p endfor %}")
    control(document, "{%p endif %}")


def planning(document: Document) -> None:
    """Bab II: the Renstra, the indicators with their meaning, and the Perjanjian Kinerja of the year."""
    document.add_heading("BAB II PERENCANAAN KINERJA", 1)
    document.add_heading("A. Rencana Strategis", 2)
    document.add_heading("1. Visi dan misi", 3)
    runs(told(document, "Visi: ", inset=False), "{{r plan.vision }}")
    told(document, "Misi:", inset=False, after=3, keep=True)
    points(document, "plan.missions")
    document.add_heading("2. Tujuan dan sasaran", 3)
    control(document, "{%p if plan.aims %}")
    data_table(
        document,
        "Tabel 2.1 Tujuan dan sasaran strategis",
        ("No", "Tujuan / Sasaran Strategis", "Kode"),
        (1.0, 13.5, 2.0),
        (
            ("{%tr for a in plan.aims %}",),
            ("{{ loop.index }}", "{{ a.text }}"),
            ("{%tr for o in a.objectives %}",),
            ("", "{{ o.text }}", "{{ o.code }}"),
            ("{%tr endfor %}",),
            ("{%tr endfor %}",),
        ),
        totals=frozenset({1}),
        source="Sumber: Rencana Strategis {{ agency_name }}",
    )
    control(document, "{%p else %}")
    told(document, "Tujuan: {{r empty }}. Sasaran strategis:", inset=False)
    control(document, "{%p for o in plan.objectives %}")
    item(document, "{{ loop.index }}.", "{{ o.text }}")
    control(document, "{%p endfor %}")
    control(document, "{%p endif %}")
    _indicators(document)
    _agreement(document)


def _indicators(document: Document) -> None:
    """IKU with definition, formula, source; the path of targets over the Renstra."""
    document.add_heading("B. Indikator Kinerja", 2)
    for caption, headers, widths, row, right, source in (
        (
            "Tabel {{ 2.2 if plan.aims else 2.1 }} Indikator kinerja: definisi, formulasi, dan sumber data",
            ("Kode", "Indikator Kinerja", "Definisi operasional", "Formulasi", "Sumber data dan penanggung jawab"),
            (1.6, 3.5, 3.8, 3.5, 4.1),
            (
                "{{ i.code }}",
                "{{ i.name }}",
                "{{r i.definition }}",
                "{{r i.formula }}",
                "{{r i.source_and_unit }}",
            ),
            frozenset[int](),
            "Sumber: indikator kinerja yang ditetapkan {{ agency_name }}",
        ),
        (
            "Tabel {{ 2.3 if plan.aims else 2.2 }} Target indikator kinerja selama periode Renstra",
            ("Kode", "Indikator Kinerja", "Satuan", *(f"{{{{ plan.years[{at}] }}}}" for at in range(5))),
            (1.4, 5.6, 2.0, 1.5, 1.5, 1.5, 1.5, 1.5),
            ("{{ i.code }}", "{{ i.name }}", "{{ i.satuan }}", *(f"{{{{r i.path[{at}] }}}}" for at in range(5))),
            frozenset({3, 4, 5, 6, 7}),
            "Sumber: Rencana Strategis {{ agency_name }}",
        ),
    ):
        data_table(
            document,
            caption,
            headers,
            widths,
            (
                ("{%tr for o in plan.objectives %}",),
                ("{{ o.code }}", "{{ o.text }}"),
                ("{%tr for i in o.rows %}",),
                row,
                ("{%tr endfor %}",),
                ("{%tr endfor %}",),
            ),
            right=right,
            totals=frozenset({1}),
            source=source,
        )


def _agreement(document: Document) -> None:
    """The Perjanjian Kinerja, which is of the year in a quarter's report too, with its budget."""
    document.add_heading("C. Perjanjian Kinerja {{ plan.period }}", 2)
    told(
        document,
        "Target yang diperjanjikan untuk {{ plan.period }} beserta anggarannya adalah sebagai "
        "berikut. Naskah yang telah "
        "ditandatangani dimuat pada Lampiran 1.",
        keep=True,
    )
    for condition, headers, widths, cells, right in (
        (
            "{%p if not quarterly %}",
            ("Kode", "Sasaran Strategis / Indikator Kinerja", "Satuan", "Target {{ year }}"),
            (1.6, 9.4, 2.9, 2.6),
            ("{{ i.code }}", "{{ i.name }}", "{{ i.satuan }}", "{{r i.year_target }}"),
            frozenset({3}),
        ),
        (
            "{%p if quarterly %}",
            ("Kode", "Sasaran Strategis / Indikator Kinerja", "Satuan", "Target {{ year }}", "Target {{ quarter }}"),
            (1.6, 7.6, 2.5, 2.3, 2.5),
            ("{{ i.code }}", "{{ i.name }}", "{{ i.satuan }}", "{{r i.year_target }}", "{{r i.target }}"),
            frozenset({3, 4}),
        ),
    ):
        control(document, condition)
        data_table(
            document,
            "Tabel {{ 2.4 if plan.aims else 2.3 }} Perjanjian Kinerja {{ plan.period }}",
            headers,
            widths,
            (
                ("{%tr for o in plan.objectives %}",),
                ("{{ o.code }}", "{{ o.text }}"),
                ("{%tr for i in o.rows %}",),
                cells,
                ("{%tr endfor %}",),
                ("{%tr endfor %}",),
            ),
            right=right,
            totals=frozenset({1}),
            source="Sumber: Perjanjian Kinerja {{ agency_name }} {{ plan.period }}",
        )
        control(document, "{%p endif %}")
    data_table(
        document,
        "Tabel {{ 2.5 if plan.aims else 2.4 }} Anggaran yang mendukung Perjanjian Kinerja {{ plan.period }}",
        ("Kode", "Program", "Anggaran (Rp)"),
        (2.2, 10.8, 3.5),
        (
            ("{%tr for p in about.money.programs %}",),
            ("{{ p.code }}", "{{ p.name }}", "{{r p.budget }}"),
            ("{%tr endfor %}",),
            ("", "Jumlah", "{{r about.money.total.budget }}"),
        ),
        right=frozenset({2}),
        totals=frozenset({3}),
        source="Sumber: dokumen pelaksanaan anggaran",
    )

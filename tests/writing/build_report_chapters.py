"""The end of the report's Word file: Bab IV and the annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.writing.docx_report_paper import bullets, control, data_table, text

if TYPE_CHECKING:
    from docx.document import Document

_MEASURED = ("No", "Sasaran Strategis / Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian")


def closing(document: Document) -> None:
    """Bab IV: what came of it, and what follows, in the units' own words."""
    document.add_heading("BAB IV PENUTUP", 1)
    document.add_heading("A. Simpulan", 2)
    text(
        document,
        "{{ summary.reached }} dari {{ summary.indicators }} indikator kinerja {{ period }} mencapai atau "
        "melampaui target, "
        "dengan rata-rata capaian {{ summary.achievement }}{% if summary.rating %} "
        "({{ summary.rating }}){% endif %} dan "
        "serapan anggaran {{ summary.absorption }}.",
    )
    document.add_heading("B. Langkah Perbaikan", 2)
    control(document, "{%p if steps %}")
    text(
        document,
        "Unit kerja menyampaikan tindak lanjut atas indikator yang belum mencapai target sebagai berikut:",
        inset=False,
    )
    bullets(document, "s in steps", "{{ loop.index }}.\t{{ s.name }} ({{ s.unit }}): ", "{{r s.follow_up }}")
    control(document, "{%p else %}")
    text(document, "Seluruh indikator yang dapat dihitung telah mencapai target; kinerja dipertahankan.")
    control(document, "{%p endif %}")
    document.add_heading("C. Rekomendasi Unit Kerja", 2)
    control(document, "{%p if advice %}")
    bullets(document, "n in advice", "{{ loop.index }}.\t{{ n.unit }}: ", "{{r n.recommendation }}")
    control(document, "{%p else %}")
    text(document, "Belum ada rekomendasi yang disampaikan unit kerja.", inset=False)
    control(document, "{%p endif %}")


def annexes(document: Document) -> None:
    """Lampiran: pengukuran kinerja, perjanjian kinerja, formulas, origin of every figure, what is missing."""
    document.add_heading("LAMPIRAN 1 PENGUKURAN KINERJA", 1)
    data_table(
        document,
        "Tabel L1 Pengukuran kinerja {{ period }}",
        _MEASURED,
        (1.0, 7.7, 2.2, 1.7, 1.9, 2.0),
        (
            ("{%tr for o in objectives %}",),
            ("{{ o.code }}", "{{ o.text }}"),
            ("{%tr for i in o.indicators %}",),
            (
                "{{ i.number }}",
                "{{ i.name }}",
                "{{ i.satuan }}",
                "{{ i.target }}",
                "{{r i.actual }}",
                "{{ i.achievement }}",
            ),
            ("{%tr endfor %}",),
            ("{%tr endfor %}",),
        ),
        right=frozenset({3, 4, 5}),
        totals=frozenset({1}),
        source="Sumber: data unit kerja, diolah",
    )
    document.add_heading("LAMPIRAN 2 PERJANJIAN KINERJA", 1)
    data_table(
        document,
        "Tabel L2 Target kinerja yang diperjanjikan untuk {{ period }}",
        ("No", "Sasaran Strategis / Indikator Kinerja", "Satuan", "Target"),
        (1.0, 10.5, 2.8, 2.2),
        (
            ("{%tr for o in objectives %}",),
            ("{{ o.code }}", "{{ o.text }}"),
            ("{%tr for i in o.indicators %}",),
            ("{{ i.number }}", "{{ i.name }}", "{{ i.satuan }}", "{{ i.target }}"),
            ("{%tr endfor %}",),
            ("{%tr endfor %}",),
        ),
        right=frozenset({3}),
        totals=frozenset({1}),
        source="Sumber: Perjanjian Kinerja {{ agency_name }}",
    )
    _formulas(document)
    _origins(document)


def _formulas(document: Document) -> None:
    """Lampiran 3: the formulas as this office set them."""
    document.add_heading("LAMPIRAN 3 RUMUS PENGUKURAN", 1)
    text(document, "Indikator positif (semakin tinggi semakin baik): capaian = realisasi / target x 100%.", inset=False)
    control(document, "{%p if formulas.negative == 'a' %}")
    text(
        document,
        "Indikator negatif (semakin rendah semakin baik): capaian = (2 x target - realisasi) / target x 100%, "
        "paling rendah 0%.",
        inset=False,
    )
    control(document, "{%p else %}")
    text(document, "Indikator negatif (semakin rendah semakin baik): capaian = target / realisasi x 100%.", inset=False)
    control(document, "{%p endif %}")
    text(
        document,
        "Rata-rata capaian adalah rata-rata hitung capaian indikator yang dapat dihitung{% if formulas.cap %}; "
        "capaian satu "
        "indikator diperhitungkan paling tinggi {{ formulas.cap }}{% endif %}.",
        inset=False,
    )
    text(document, "Serapan = realisasi anggaran / pagu x 100%.", inset=False)
    text(
        document,
        "Efisiensi: selisih rata-rata capaian dan serapan{% if formulas.tolerance %}; selisih sampai dengan "
        "{{ formulas.tolerance }} poin dinilai cukup efisien{% endif %}.",
        inset=False,
    )


def _origins(document: Document) -> None:
    """Lampiran 4 and 5: where every figure comes from, and what nobody has supplied yet."""
    document.add_heading("LAMPIRAN 4 ASAL DATA", 1)
    data_table(
        document,
        "Tabel L4 Asal setiap angka: unit, pengirim, berkas, sidik berkas (12 digit pertama SHA-256), dan letak",
        ("Kode", "Indikator Kinerja / Sub Kegiatan", "Letak"),
        (3.0, 11.0, 2.5),
        (
            ("{%tr for g in origins %}",),
            ("{{ g.unit }}: {{ g.sender }}, {{ g.file }}, sidik {{ g.sha }}",),
            ("{%tr for f in g.figures %}",),
            ("{{ f.code }}", "{{ f.name }}", "{{ f.place }}"),
            ("{%tr endfor %}",),
            ("{%tr endfor %}",),
        ),
        totals=frozenset({1}),
        source="Sumber: form isian yang diterima",
    )
    document.add_heading("LAMPIRAN 5 ISIAN YANG BELUM LENGKAP", 1)
    control(document, "{%p if missing %}")
    data_table(
        document,
        "Tabel L5 Isian yang belum tersedia dan pihak yang dinantikan",
        ("No", "Isian", "Unit", "Dinantikan dari"),
        (1.0, 7.2, 4.0, 4.3),
        (
            ("{%tr for m in missing %}",),
            ("{{ loop.index }}", "{{ m.what }}", "{{ m.unit }}", "{{ m.who }}"),
            ("{%tr endfor %}",),
        ),
        source="Sumber: form isian yang diterima",
    )
    control(document, "{%p else %}")
    text(document, "Seluruh isian telah lengkap.", inset=False)
    control(document, "{%p endif %}")

"""The body of the report's Word file: Bab III with its tables and charts, Bab IV, and the annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.writing.docx_paper import say
from tests.writing.docx_report_paper import bullets, control, data_table, labelled, text

if TYPE_CHECKING:
    from docx.document import Document

_MEASURED = ("No", "Sasaran Strategis / Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian")


def accountability(document: Document) -> None:
    """Bab III: how it is measured, sasaran by sasaran and indicator by indicator, then budget and efficiency."""
    document.add_heading("BAB III AKUNTABILITAS KINERJA", 1)
    document.add_heading("A. Capaian Kinerja Organisasi", 2)
    text(
        document,
        "Capaian dihitung dengan membandingkan realisasi dan target menurut rumus pada Lampiran 3, dan dinilai "
        "dengan skala "
        "berikut.",
    )
    data_table(
        document,
        "Tabel 3.1 Skala nilai capaian kinerja",
        ("Interval capaian (%)", "Predikat"),
        (5.0, 5.0),
        (("{%tr for b in bands %}",), ("{{ b.interval }}", "{{ b.label }}"), ("{%tr endfor %}",)),
        source="Sumber: Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017",
    )
    control(document, "{%p for o in objectives %}")
    document.add_heading("{{ o.number }}. {{ o.text }}", 3)
    text(
        document,
        "{{ o.reached }} dari {{ o.count }} indikator sasaran ini mencapai atau melampaui target; rata-rata capaian "
        "{{ o.achievement }}{% if o.rating %} ({{ o.rating }}){% endif %}.",
    )
    data_table(
        document,
        "Tabel {{ o.table }} Target dan realisasi {{ period }}",
        ("Kode", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian", "Predikat"),
        (1.5, 5.1, 1.9, 1.6, 1.9, 1.9, 2.6),
        (
            ("{%tr for i in o.indicators %}",),
            (
                "{{ i.code }}",
                "{{ i.name }}",
                "{{ i.satuan }}",
                "{{ i.target }}",
                "{{r i.actual }}",
                "{{ i.achievement }}",
                "{{ i.rating }}",
            ),
            ("{%tr endfor %}",),
        ),
        right=frozenset({3, 4, 5}),
        source="Sumber: data unit kerja, diolah",
    )
    control(document, "{%p if o.drawn %}")
    say(document, "{{r charts[loop.index0] }}", keep=True)
    caption = document.add_paragraph("Gambar {{ o.figure }}: {{ o.chart_title }}", style="Judul Tabel")
    caption.paragraph_format.keep_with_next = False
    document.add_paragraph("Sumber: Tabel {{ o.table }}", style="Sumber")
    control(document, "{%p endif %}")
    _indicator(document)
    control(document, "{%p endfor %}")
    _budget(document)


def _indicator(document: Document) -> None:
    """One indicator: the finding, the comparisons, the causes in the unit's own words, and what follows."""
    control(document, "{%p for i in o.indicators %}")
    document.add_heading("{{ i.code }} {{ i.name }}", 4)
    control(document, "{%p if i.measured %}")
    text(
        document,
        "{% if i.reached %}Target tercapai{% else %}Target belum tercapai{% endif %}: realisasi "
        "{{ i.actual_in_words }} dari target {{ i.target_in_words }}, capaian {{ i.achievement }} ({{ i.rating }})."
        "{% if i.change %} Dibandingkan tahun {{ i.last_year }}, realisasi {{ i.change }}.{% endif %}"
        "{% if i.plan_end_pct %} Terhadap target akhir Renstra tahun {{ i.plan_end_year }}, capaiannya "
        "{{ i.plan_end_pct }}.{% endif %}{% if i.gap %} "
        "Dibandingkan angka nasional, realisasi {{ i.gap }}.{% endif %}",
        inset=False,
        keep=True,
    )
    control(document, "{%p else %}")
    paragraph = text(document, "Realisasi: ", inset=False)
    paragraph.add_run("{{r i.actual }}")
    paragraph.add_run(". Capaian {{ i.achievement }}.")
    control(document, "{%p endif %}")
    data_table(
        document,
        "Tabel {{ i.table }} Perbandingan {{ i.code }}",
        (
            "{{ years[0] }}",
            "{{ years[1] }}",
            "{{ years[2] }}",
            "{{ period }}",
            "Target {{ period }}",
            "Target Renstra",
            "Nasional",
        ),
        (2.1, 2.1, 2.1, 2.7, 2.7, 2.6, 2.2),
        (
            (
                "{{ i.history[0] }}",
                "{{ i.history[1] }}",
                "{{ i.history[2] }}",
                "{{r i.actual }}",
                "{{ i.target }}",
                "{{ i.plan_end }}",
                "{{ i.national }}",
            ),
        ),
        right=frozenset(range(7)),
        source="Sumber: {{ i.unit }}, {{ i.data_source }}",
    )
    labelled(document, "Faktor pendukung:", "{{r i.enabling }}")
    control(document, "{%p if i.explained %}")
    labelled(document, "Faktor penghambat:", "{{r i.obstacles }}")
    labelled(document, "Tindak lanjut:", "{{r i.follow_up }}")
    control(document, "{%p endif %}")
    control(document, "{%p endfor %}")


def _budget(document: Document) -> None:
    """Realisasi anggaran and efisiensi."""
    document.add_heading("B. Realisasi Anggaran", 2)
    text(
        document,
        "Serapan anggaran {{ period }} sebesar {{ summary.absorption }}: realisasi {{ summary.spent }} dari pagu "
        "{{ summary.budget }}.",
    )
    data_table(
        document,
        "Tabel {{ tables.budget }} Realisasi anggaran per program dan sub kegiatan",
        ("Kode", "Program / Sub Kegiatan", "Pagu (Rp)", "Realisasi (Rp)", "Serapan"),
        (3.2, 6.3, 2.6, 2.6, 1.8),
        (
            ("{%tr for p in programs %}",),
            ("{{ p.code }}", "{{ p.name }}", "{{ p.budget }}", "{{r p.spent }}", "{{ p.absorption }}"),
            ("{%tr for l in p.lines %}",),
            ("{{ l.code }}", "{{ l.name }}", "{{ l.budget }}", "{{r l.spent }}", "{{ l.absorption }}"),
            ("{%tr endfor %}",),
            ("{%tr endfor %}",),
            ("", "Jumlah", "{{ total.budget }}", "{{r total.spent }}", "{{ total.absorption }}"),
        ),
        right=frozenset({2, 3, 4}),
        totals=frozenset({1, 6}),
        source="Sumber: data unit kerja, diolah",
    )
    document.add_heading("C. Efisiensi Penggunaan Sumber Daya", 2)
    text(
        document,
        "Efisiensi dinilai dari selisih rata-rata capaian kinerja dan serapan anggaran setiap unit. Serapan yang "
        "rendah "
        "karena kinerja yang rendah tidak dinilai sebagai efisiensi.",
    )
    data_table(
        document,
        "Tabel {{ tables.efficiency }} Capaian kinerja dan serapan anggaran per unit",
        ("No", "Unit Kerja", "Rata-rata capaian", "Serapan", "Penilaian"),
        (1.0, 6.2, 2.7, 2.4, 4.2),
        (
            ("{%tr for e in efficiencies %}",),
            ("{{ loop.index }}", "{{ e.name }}", "{{ e.achievement }}", "{{ e.absorption }}", "{{ e.judged }}"),
            ("{%tr endfor %}",),
        ),
        right=frozenset({2, 3}),
        source="Sumber: data unit kerja, diolah",
    )
    document.add_heading("D. Analisis, Inovasi, dan Penghargaan", 2)
    control(document, "{%p for n in narratives %}")
    document.add_heading("{{ n.unit }}", 4)
    labelled(document, "Analisis:", "{{r n.analysis }}")
    control(document, "{%p if n.innovation %}")
    labelled(document, "Inovasi:", "{{r n.innovation }}")
    control(document, "{%p endif %}")
    control(document, "{%p if n.awards %}")
    labelled(document, "Penghargaan:", "{{r n.awards }}")
    control(document, "{%p endif %}")
    control(document, "{%p endfor %}")


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

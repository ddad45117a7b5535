"""Bab III of the report's Word file: how it is measured, each sasaran and indicator, budget and efficiency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.writing.docx_paper import say
from tests.writing.docx_report_paper import control, data_table, labelled, text

if TYPE_CHECKING:
    from docx.document import Document


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

"""The end of the report's Word file: Bab IV and the annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from tests.writing.docx_paper import say
from tests.writing.docx_report_paper import control, data_table, text
from tests.writing.docx_report_words import framed, item, told

if TYPE_CHECKING:
    from docx.document import Document


_REVIEW_CM = 10.4
"""With its heading less than half a page: neither this page nor the one before it stays more than half empty."""


def closing(document: Document) -> None:
    """Bab IV: what came of it, and what follows, with who does it and by when."""
    document.add_heading("BAB IV PENUTUP", 1)
    document.add_heading("A. Simpulan", 2)
    told(
        document,
        "{{r sums.reached }} dari {{r sums.indicators }} indikator kinerja {{ period }} mencapai "
        "atau melampaui target{% if some %}, "
        "dengan rata-rata capaian{% if unmeasured %} {{r sums.measured }} indikator yang dapat dihitung{% endif %} "
        "sebesar {{r sums.achievement }}{% if sums.rating.plain %} ({{r sums.rating }}){% endif %}{% endif %}. "
        "{{r absorbed }} Menurut sasaran:",
        inset=False,
        after=4,
        keep=True,
    )
    control(document, "{%p for o in objective_lines %}")
    item(
        document,
        "{{ o.number }}.",
        "{{ o.text }}: {{r o.reached }} dari {{r o.count }} indikator mencapai atau melampaui "
        "target, rata-rata capaian{% if o.measured.plain %} {{r o.measured }} indikator yang dapat dihitung{% endif %} "
        "{{r o.achievement }}.",
    )
    control(document, "{%p endfor %}")
    document.add_heading("B. Langkah Perbaikan", 2)
    control(document, "{%p if improvements %}")
    data_table(
        document,
        "Tabel 4.1 Langkah perbaikan atas indikator yang belum mencapai target",
        ("No", "Indikator", "Langkah menurut unit kerja", "Penanggung jawab", "Rencana aksi sasaran dan waktu"),
        (1.0, 3.8, 4.6, 3.2, 3.9),
        (
            ("{%tr for one in improvements %}",),
            ("{{ loop.index }}", "{{ one.name }}", "{{r one.step }}", "{{ one.owner }}", "{{r one.planned }}"),
            ("{%tr endfor %}",),
        ),
        source="Sumber: isian unit kerja dan rencana aksi",
    )
    control(document, "{%p else %}")
    told(
        document,
        "{% if some %}Seluruh indikator{% if unmeasured %} yang dapat dihitung{% endif %} telah mencapai target"
        "{% if advice %}; perbaikan selanjutnya mengikuti rekomendasi unit kerja pada huruf C{% endif %}."
        "{% else %}Belum ada indikator yang dapat dihitung, sehingga belum ada langkah perbaikan yang dapat disebutkan."
        "{% endif %}",
        inset=False,
    )
    control(document, "{%p endif %}")
    document.add_heading("C. Rekomendasi Unit Kerja", 2)
    control(document, "{%p if advice %}")
    control(document, "{%p for n in advice %}")
    item(document, "{{ loop.index }}.", "{{ n.unit }}: {{r n.recommendation }}")
    control(document, "{%p endfor %}")
    control(document, "{%p else %}")
    told(document, "Belum ada rekomendasi yang disampaikan unit kerja.", inset=False)
    control(document, "{%p endif %}")


def annex(document: Document, number: int, words: str, *, new_page: bool = False) -> None:
    """Begin an annex; without a break of its own it gets one where the page before is at least half full."""
    heading = document.add_heading(f"LAMPIRAN {number} {words}", 1)
    heading.paragraph_format.page_break_before = new_page or None


def annexes(document: Document) -> None:
    """Lampiran: the signed PK, pengukuran, formulas, rencana aksi, last year's recommendations, "
    "what is missing, reviu.
    """
    control(document, "{%p if agreement %}")
    annex(document, 1, "PERJANJIAN KINERJA {{ plan.period|upper }}", new_page=True)
    control(document, "{%p for page in agreement %}")
    say(document, "{{r page }}", align=ALIGN.CENTER)
    control(document, "{%p endfor %}")
    control(document, "{%p else %}")
    annex(document, 1, "PERJANJIAN KINERJA {{ plan.period|upper }}")
    told(document, "Salinan Perjanjian Kinerja yang telah ditandatangani: {{r empty }}", inset=False)
    control(document, "{%p endif %}")
    _measurement(document)
    _formulas(document)
    _actions(document)
    _recommendations(document)
    control(document, "{%p if missing %}")
    _missing(document)
    control(document, "{%p endif %}")
    document.add_heading("LAMPIRAN {{ 7 if missing else 6 }} PERNYATAAN TELAH DIREVIU", 1)
    framed(document, "Ruang ini disediakan bagi pernyataan reviu Aparat Pengawasan Intern Pemerintah", _REVIEW_CM)


def _measurement(document: Document) -> None:
    """Lampiran 2: the Pengukuran Kinerja, the year's target beside the quarter's in a quarter's report."""
    annex(document, 2, "PENGUKURAN KINERJA {{ period|upper }}")
    for condition, headers, widths, targets, right in (
        (
            "{%p if not quarterly %}",
            ("Target",),
            (0.9, 5.5, 1.9, 1.7, 1.8, 2.0, 2.7),
            ("{{r i.target }}",),
            frozenset({3, 4, 5}),
        ),
        (
            "{%p if quarterly %}",
            ("Target {{ year }}", "Target {{ quarter }}"),
            (0.9, 3.85, 1.7, 1.75, 1.9, 1.8, 1.9, 2.7),
            ("{{r i.year_target }}", "{{r i.target }}"),
            frozenset({3, 4, 5, 6}),
        ),
    ):
        control(document, condition)
        data_table(
            document,
            "",
            (
                "No",
                "Sasaran Strategis / Indikator Kinerja",
                "Satuan",
                *headers,
                "Realisasi",
                "Capaian",
                "Predikat",
            ),
            widths,
            (
                ("{%tr for o in measured_rows %}",),
                ("{{ o.code }}", "{{ o.text }}"),
                ("{%tr for i in o.rows %}",),
                (
                    "{{r i.place }}{{ i.number }}",
                    "{{ i.name }}",
                    "{{ i.satuan }}",
                    *targets,
                    "{{r i.actual }}",
                    "{{r i.achievement }}",
                    "{{r i.rating }}",
                ),
                ("{%tr endfor %}",),
                ("{%tr endfor %}",),
            ),
            right=right,
            totals=frozenset({1}),
            source="Sumber: data unit kerja, diolah",
        )
        control(document, "{%p endif %}")


def _formulas(document: Document) -> None:
    """Lampiran 3: the formulas as this office set them."""
    annex(document, 3, "RUMUS PENGUKURAN")
    control(document, "{%p for one in formulas %}")
    text(document, "{{ one }}", inset=False)
    control(document, "{%p endfor %}")


def _actions(document: Document) -> None:
    """Lampiran 4: the rencana aksi."""
    annex(document, 4, "RENCANA AKSI")
    control(document, "{%p if actions %}")
    data_table(
        document,
        "",
        ("No", "Sasaran Strategis", "Rencana aksi", "Penanggung jawab", "Waktu"),
        (1.0, 4.3, 5.5, 3.5, 2.2),
        (
            ("{%tr for one in actions %}",),
            ("{{ loop.index }}", "{{ one.objective }}", "{{ one.text }}", "{{r one.owner }}", "{{r one.due }}"),
            ("{%tr endfor %}",),
        ),
        source="Sumber: rencana aksi {{ agency_name }}",
    )
    control(document, "{%p else %}")
    told(document, "{{r empty }}", inset=False)
    control(document, "{%p endif %}")


def _recommendations(document: Document) -> None:
    """Lampiran 5: what became of last year's recommendations, and what shows it."""
    annex(document, 5, "TINDAK LANJUT REKOMENDASI HASIL EVALUASI")
    control(document, "{%p if recommendations %}")
    data_table(
        document,
        "",
        ("No", "Rekomendasi", "Tindak lanjut", "Penanggung jawab dan waktu", "Status", "Bukti"),
        (0.9, 4.0, 4.1, 2.9, 2.0, 2.6),
        (
            ("{%tr for one in recommendations %}",),
            (
                "{{ loop.index }}",
                "{{ one.text }}",
                "{{r one.step }}",
                "{{r one.by_when }}",
                "{{ one.state }}",
                "{{r one.proof }}",
            ),
            ("{%tr endfor %}",),
        ),
        source="Sumber: {{ evaluation or agency_name }}",
    )
    control(document, "{%p else %}")
    told(document, "{{r empty }}", inset=False)
    control(document, "{%p endif %}")


def _missing(document: Document) -> None:
    """The last annex while anything is missing: what nobody has supplied yet, and whose turn it is."""
    annex(document, 6, "ISIAN YANG BELUM LENGKAP")
    data_table(
        document,
        "",
        ("No", "Isian", "Unit", "Dinantikan dari"),
        (1.0, 7.2, 4.0, 4.3),
        (
            ("{%tr for m in missing %}",),
            ("{{ loop.index }}", "{{ m.what }}", "{{ m.unit }}", "{{ m.who }}"),
            ("{%tr endfor %}",),
        ),
        source="Sumber: form isian yang diterima",
    )

"""Bab III of the report's Word file: how it is measured, each sasaran and indicator, budget and efficiency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from tests.writing.docx_paper import FONT, say
from tests.writing.docx_report_paper import RUN, control, data_table, labelled, text
from tests.writing.report_theme import colour

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_SMALL = 8
"""Points of the budget's table, which has six columns of rupiah; nothing is printed smaller."""
_FIGURES = "Sumber: data unit kerja, diolah"


def accountability(document: Document) -> None:
    """Bab III: how it is measured, sasaran by sasaran and indicator by indicator, then budget and efficiency."""
    colour(document)
    _heading_styles(document)
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
        source="Sumber: skala penilaian yang ditetapkan {{ agency_name }}",
    )
    control(document, "{%p for o in chapter.objectives %}")
    _objective(document)
    control(document, "{%p for i in o.indicators %}")
    _indicator(document)
    control(document, "{%p endfor %}")
    control(document, "{%p endfor %}")
    _budget(document)
    _stories(document)


def _heading_styles(document: Document) -> None:
    """Give the comparisons a heading of their own, smaller than the indicator's."""
    style = document.styles["Heading 5"]
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(10), True, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
        fonts.attrib.pop(qn(f"{kind}Theme" if kind != "w:cs" else "w:cstheme"), None)
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(5), Pt(2), True


def told(document: Document, words: str, *, keep: bool = False, after: float = 3) -> Paragraph:
    """Add a paragraph in which each `{{r name }}` is a run of its own."""
    paragraph = say(document, "", align=ALIGN.JUSTIFY, spacing=1.08, after=after, keep=keep)
    for piece in RUN.split(words):
        if piece:
            paragraph.add_run(piece)
    return paragraph


def _each(document: Document, loop: str, tag: str) -> None:
    """Add a paragraph for each line of a loop."""
    control(document, f"{{%p for {loop} %}}")
    told(document, tag)
    control(document, "{%p endfor %}")


def _lists(document: Document, values: str) -> None:
    """Add what a unit wrote, each kind behind its label; a list stays a list when the file is finished."""
    control(document, f"{{%p for c in {values} %}}")
    paragraph = say(document, "{{ c.label }} ", bold=True, align=ALIGN.JUSTIFY, spacing=1.08, after=3)
    paragraph.add_run("{{r c.text }}")
    control(document, "{%p endfor %}")


def _picture(document: Document, name: str) -> None:
    """Add a picture with its finding and its source below, where there is one."""
    control(document, f"{{%p if {name}.number %}}")
    say(document, f"{{{{r pictures[{name}.number] }}}}", keep=True, align=ALIGN.CENTER)
    caption = document.add_paragraph(f"Gambar {{{{ {name}.number }}}} {{{{ {name}.title }}}}", style="Judul Tabel")
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(0), Pt(0)
    document.add_paragraph(f"Sumber: {{{{ {name}.source }}}}", style="Sumber").paragraph_format.space_before = Pt(0)
    control(document, "{%p endif %}")


def _objective(document: Document) -> None:
    """One sasaran: its indicators in one table and one picture, what was reached, what was not, how efficiently."""
    document.add_heading("{{ o.number }}. {{ o.text }}", 3)
    told(document, "{{r o.finding }}", after=6)
    data_table(
        document,
        "Tabel {{ o.table }} Target dan realisasi {{ period }}",
        ("Kode", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian", "Predikat"),
        (1.6, 4.9, 1.9, 1.7, 1.8, 1.9, 2.7),
        (
            ("{%tr for i in o.rows %}",),
            (
                "{{r i.link }}",
                "{{ i.name }}",
                "{{ i.satuan }}",
                "{{r i.target }}",
                "{{r i.actual }}",
                "{{r i.achievement }}",
                "{{ i.rating }}",
            ),
            ("{%tr endfor %}",),
        ),
        right=frozenset({3, 4, 5}),
        source=_FIGURES,
    )
    _picture(document, "o.picture")
    for name, heading in (
        ("won", "Indikator yang mencapai target"),
        ("lost", "Indikator yang belum mencapai target"),
        ("unknown", "Indikator yang capaiannya belum dapat dihitung"),
    ):
        control(document, f"{{%p if o.{name} %}}")
        document.add_heading(heading, 5)
        control(document, f"{{%p for i in o.{name} %}}")
        paragraph = told(document, "–\t{{r i.link }} {{ i.name }}: capaian {{r i.achievement }}", after=1)
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.6), Cm(-0.6)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.6))
        control(document, "{%p endfor %}")
        control(document, "{%p endif %}")
    document.add_heading("Efisiensi sasaran", 5)
    told(document, "{{r o.efficiency }}", after=6)


def _indicator(document: Document) -> None:
    """One indicator: the comparisons that PermenPANRB 53/2014 asks for, each under a heading that says which."""
    document.add_heading("{{ i.code }} {{ i.name }}", 4)
    document.add_heading("1. Membandingkan target dan realisasi {{ period }}", 5)
    told(document, "{{r i.verdict }} {{r i.reckoned }}")
    _each(document, "f in i.facts", "{{r f }}")
    _past(document)
    document.add_heading("3. Membandingkan realisasi dengan target akhir Renstra", 5)
    told(document, "{{r i.plan }}")
    document.add_heading("4. Membandingkan realisasi dengan standar nasional dan daerah lain", 5)
    _each(document, "l in i.benchmarks", "{{r l }}")
    document.add_heading("5. Penyebab keberhasilan atau kegagalan, hambatan, dan solusi yang dilakukan", 5)
    _lists(document, "i.causes")
    document.add_heading("6. Efisiensi penggunaan sumber daya", 5)
    told(document, "{{r i.efficiency }}")
    document.add_heading("7. Program dan kegiatan yang menunjang", 5)
    _behind(document)
    document.add_heading("8. Rekomendasi perbaikan", 5)
    told(document, "{{r i.advice }}")


def _past(document: Document) -> None:
    """The second comparison: periods in columns, the change in a sentence, the trend in a picture."""
    control(document, "{%p if chapter.quarterly %}")
    document.add_heading("2. Membandingkan realisasi dan capaian dengan triwulan sebelumnya dan tahun lalu", 5)
    _periods(document, 4, (2.5, 3.4, 3.4, 3.4, 3.8))
    control(document, "{%p else %}")
    document.add_heading("2. Membandingkan realisasi dan capaian dengan tahun-tahun sebelumnya", 5)
    _periods(document, 4, (4.5, 3.0, 3.0, 3.0, 3.0))
    control(document, "{%p endif %}")
    control(document, "{%p if i.changes %}")
    told(document, "{{r i.changes }}")
    control(document, "{%p endif %}")
    _picture(document, "i.picture")


def _periods(document: Document, columns: int, widths_cm: tuple[float, ...]) -> None:
    """The table of an indicator's periods."""
    heads = tuple(f"{{{{ chapter.columns[{at}] }}}}" for at in range(columns))
    cells = tuple(f"{{{{r row.cells[{at}] }}}}" for at in range(columns))
    made = data_table(
        document,
        "Tabel {{ i.table }} Perkembangan {{ i.name }} ({{ i.satuan }})",
        ("Uraian", *heads),
        widths_cm,
        (("{%tr for row in i.past_rows %}",), ("{{ row.name }}", *cells), ("{%tr endfor %}",)),
        right=frozenset(range(1, columns + 1)),
        source="Sumber: {{ i.source }}",
    )
    _hold(made)


def _hold(made: Table) -> None:
    """Keep a small table and its source on one page."""
    for row in made.rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _behind(document: Document) -> None:
    """The seventh comparison: what stands behind the indicator, with absorption and output."""
    control(document, "{%p if i.behind %}")
    made = data_table(
        document,
        "Tabel {{ i.behind_table }} Program dan kegiatan yang menunjang {{ i.name }}",
        ("Kode", "Program / Kegiatan / Sub Kegiatan", "Pagu (Rp)", "Realisasi (Rp)", "Serapan"),
        (2.9, 6.9, 2.5, 2.6, 1.6),
        (
            ("{%tr for l in i.behind %}",),
            ("{{ l.code }}", "{{ l.name }}{{r l.more }}", "{{r l.budget }}", "{{r l.spent }}", "{{r l.absorption }}"),
            ("{%tr endfor %}",),
        ),
        right=frozenset({2, 3, 4}),
        source=_FIGURES,
    )
    _hold(made)
    control(document, "{%p else %}")
    told(document, "{{r i.behind_missing }}")
    control(document, "{%p endif %}")


def _budget(document: Document) -> None:
    """Realisasi anggaran: program, kegiatan and sub kegiatan, with what is left, and absorption beside achievement."""
    document.add_heading("B. Realisasi Anggaran", 2)
    told(document, "{{r chapter.coverage }}", after=6)
    money = ("original", "budget", "spent", "left", "absorption")

    def line(name: str, more: str = "") -> tuple[str, ...]:
        figures = (f"{{{{r {name}.{one} }}}}" for one in money)
        return (f"{{{{ {name}.code }}}} {{{{ {name}.name }}}}{more}", *figures)

    made = data_table(
        document,
        "Tabel {{ chapter.budget_table }} Realisasi anggaran per program, kegiatan, dan sub kegiatan (Rp)",
        ("Program / Kegiatan / Sub Kegiatan", "Pagu murni", "Pagu perubahan", "Realisasi", "Sisa", "Serapan"),
        (5.4, 2.4, 2.4, 2.4, 2.3, 1.6),
        (
            ("{%tr for p in chapter.budget_rows %}",),
            line("p"),
            ("{%tr for a in p.activities %}",),
            line("a"),
            ("{%tr for l in a.lines %}",),
            line("l", "{{r l.more }}"),
            ("{%tr endfor %}",),
            ("{%tr endfor %}",),
            ("{%tr endfor %}",),
            ("Jumlah", *line("chapter.budget_total")[1:]),
        ),
        right=frozenset({1, 2, 3, 4, 5}),
        totals=frozenset({1, 9}),
        source=_FIGURES,
    )
    _small(document, made)
    for place, inset_cm in ((2, 0.0), (4, 0.25), (6, 0.5)):
        paragraph = made.rows[place].cells[0].paragraphs[0]
        paragraph.paragraph_format.left_indent = Cm(inset_cm)
        paragraph.paragraph_format.keep_with_next = place != 6 or None
    _picture(document, "chapter.program_chart")


def _small(document: Document, made: Table) -> None:
    """Set a table's text smaller by its styles, for a value that is a run of its own keeps no run's size."""
    for name in ("Tabel", "Tabel Tebal"):
        document.styles.add_style(f"{name} Kecil", WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[name]
        document.styles[f"{name} Kecil"].font.size = Pt(_SMALL)
    for row in made.rows:
        for cell in row.cells:
            paragraph = cell.paragraphs[0]
            if paragraph.style.name.startswith("Tabel"):
                paragraph.style = f"{paragraph.style.name} Kecil"


def _stories(document: Document) -> None:
    """What each unit wrote of the period as a whole."""
    document.add_heading("C. Analisis, Inovasi, dan Penghargaan", 2)
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

"""The front of the report's Word file: cover, pengesahan, kata pengantar, the lists of contents, ikhtisar eksekutif."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm, Pt

from tests.writing.build_report_accountability import accountability
from tests.writing.build_report_chapters import annexes, closing
from tests.writing.build_report_planning import introduction, planning
from tests.writing.docx_paper import name_logo, placeholder_logo, say
from tests.writing.docx_report_paper import control, data_table, front_heading, new_section, report_document
from tests.writing.docx_report_words import band, runs, signed, told

if TYPE_CHECKING:
    from docx.document import Document


def report() -> Document:
    """Return the whole template of the Laporan Kinerja."""
    document = report_document()
    _cover(document)
    new_section(document, "lowerRoman")
    _ratification(document)
    _foreword(document)
    _contents(document)
    _summary(document)
    new_section(document, "decimal")
    introduction(document)
    planning(document)
    accountability(document)
    closing(document)
    annexes(document)
    return document


def _cover(document: Document) -> None:
    """The cover: emblem's place, whose report, the title, a band with place and year; the version small at its foot."""
    say(document, after=20)
    emblem = say(document, align=ALIGN.CENTER, after=18)
    emblem.add_run().add_picture(BytesIO(placeholder_logo()), width=Cm(3.6))
    name_logo(emblem)
    say(document, "{{ kop.government }}", align=ALIGN.CENTER, bold=True, size=16, after=4)
    say(document, "{{ kop.agency }}", align=ALIGN.CENTER, bold=True, size=16, after=110)
    for words, size in (("", 9), ("LAPORAN KINERJA", 30), ("(LKjIP)", 16), ("{{ period|upper }}", 20), ("", 9)):
        band(document, words, size)
    foot = document.sections[0].footer
    foot.is_linked_to_previous = False
    say(foot, "{{ place|upper }}", align=ALIGN.CENTER, bold=True, size=16)
    say(foot, "{{ month }}", align=ALIGN.CENTER, size=13, after=28)
    say(foot, "{%p if draft %}")
    say(foot, "DRAF: berisi data sampai dengan saat ini", align=ALIGN.CENTER, size=9)
    say(foot, "{%p else %}")
    issue = runs(say(foot, align=ALIGN.CENTER), "Versi {{r issue.version }}, {{r issue.date }}")
    issue.style = "Versi"
    say(foot, "{%p endif %}")


def _ratification(document: Document) -> None:
    """Lembar pengesahan: which report, who had which part in it, and an empty place for the signature."""
    document.add_paragraph("LEMBAR PENGESAHAN", style="Judul Depan").paragraph_format.page_break_before = False
    told(
        document,
        "Laporan Kinerja {{ agency_name }} {{ period }} disusun sebagai pertanggungjawaban atas pelaksanaan tugas dan "
        "fungsi, pencapaian sasaran, dan penggunaan anggaran sebagaimana diperjanjikan. Laporan ini diperiksa secara "
        "berjenjang oleh pejabat berikut.",
    )
    data_table(
        document,
        "",
        ("Tahap", "Jabatan", "Paraf"),
        (2.9, 9.6, 4.0),
        (
            ("{%tr for one in stages %}",),
            ("{{ one.what }}", "{{r one.title }}", ""),
            ("{%tr endfor %}",),
        ),
    )
    told(
        document,
        "Berdasarkan pemeriksaan tersebut, laporan ini disahkan untuk disampaikan kepada pimpinan daerah dan pihak "
        "yang berkepentingan, serta dipublikasikan sebagai bentuk keterbukaan informasi kinerja.",
        after=150,
    )
    signed(document, "Disahkan di {{ place }}\npada tanggal ..............................")


def _foreword(document: Document) -> None:
    """Kata pengantar: what the period brought, what it did not, an invitation to comment; room for the signature."""
    front_heading(document, "KATA PENGANTAR")
    told(
        document,
        "Puji syukur kami panjatkan ke hadirat Tuhan Yang Maha Esa, karena atas rahmat-Nya Laporan Kinerja "
        "{{ agency_name }} {{ period }} dapat disusun. Laporan ini merupakan pertanggungjawaban atas pelaksanaan tugas "
        "dan fungsi serta penggunaan anggaran dalam mencapai sasaran yang diperjanjikan.",
    )
    told(
        document,
        "Pada {{ period }}, dari {{r sums.indicators }} indikator kinerja, {{r sums.reached }} indikator mencapai atau "
        "melampaui target. Rata-rata capaian kinerja{% if some and unmeasured %} dari {{r sums.measured }} indikator "
        "yang dapat dihitung{% endif %}{% if some %} sebesar{% endif %} {{r sums.achievement }}. {{r absorbed }}",
    )
    control(document, "{%p if lowest %}")
    told(
        document,
        "Kinerja yang belum mencapai target dan menjadi perhatian kami ialah {% for one in lowest %}"
        "{% if not loop.first %}{{ ' dan ' if loop.last and not more_below else ', ' }}{% endif %}{{ one }}{% endfor %}"
        "{% if more_below %}, serta {{ more_below }} indikator lainnya{% endif %}. Penyebab dan langkah perbaikannya "
        "dimuat dalam laporan ini sebagaimana disampaikan oleh unit kerja.",
    )
    control(document, "{%p endif %}")
    told(
        document,
        "Kami menyampaikan terima kasih kepada seluruh pihak yang telah memberikan data dan masukan. Kami mengharapkan "
        "saran dan tanggapan dari pembaca bagi perbaikan kinerja dan laporan pada masa mendatang, "
        "yang dapat disampaikan "
        "melalui surel {{ mailbox }}.",
    ).alignment = ALIGN.LEFT
    told(
        document,
        "Semoga laporan ini bermanfaat sebagai bahan evaluasi dan dasar pengambilan keputusan untuk meningkatkan "
        "kinerja.",
        after=24,
    )
    signed(document, "{{ place }}," + "\u00a0" * 8 + "{{ month }}")


def _contents(document: Document) -> None:
    """The lists: their entries are made when the report is filled."""
    front_heading(document, "DAFTAR ISI")
    document.add_paragraph("{{ contents }}", style="toc 1")
    for words, tag in (("TABEL", "tables_list"), ("GAMBAR", "pictures_list"), ("LAMPIRAN", "annexes_list")):
        document.add_paragraph(f"DAFTAR {words}", style="Judul Daftar")
        document.add_paragraph("{{ " + tag + " }}", style="table of figures")


def _summary(document: Document) -> None:
    """Ikhtisar eksekutif on one page: what was reached, one picture, what was not, why, what is done, by when."""
    front_heading(document, "IKHTISAR EKSEKUTIF")
    told(
        document,
        "Dari {{r sums.indicators }} indikator kinerja {{ period }}, {{r sums.reached }} indikator mencapai atau "
        "melampaui "
        "target{% if below %}{{ ', ' if unmeasured else ' dan ' }}{{r sums.below }} indikator "
        "belum mencapai target{% endif %}{% if unmeasured %}{{ ', dan ' if below else ' dan ' }}"
        "{{r sums.unmeasured }} indikator belum dapat "
        "dihitung{% endif %}. Rata-rata capaian{% if some and unmeasured %} dari {{r sums.measured }} indikator yang "
        "dapat dihitung{% endif %}{% if some %} sebesar{% endif %} {{r sums.achievement }}{% if sums.rating.plain %} "
        "dengan predikat {{r sums.rating }}{% endif %}. {{r absorbed }}",
        after=4,
    )
    control(document, "{%p if pictures.summary %}")
    say(document, "{{r pictures.summary }}", align=ALIGN.CENTER, keep=True)
    finding = "Sebanyak {{ sums.reached.plain }} dari {{ sums.indicators.plain }} indikator mencapai target"
    caption = document.add_paragraph(f"Gambar 1 {finding}", style="Judul Tabel")
    caption.paragraph_format.space_after, caption.paragraph_format.space_before = Pt(0), Pt(2)
    source = document.add_paragraph("Sumber: data unit kerja, diolah", style="Sumber")
    source.paragraph_format.space_before, source.paragraph_format.space_after = Pt(0), Pt(4)
    control(document, "{%p endif %}")
    _objectives(document)
    control(document, "{%p if attention %}")
    _attention(document)
    control(document, "{%p else %}")
    told(
        document,
        "{% if some %}Tidak ada indikator{% if unmeasured %} yang dapat dihitung{% endif %} di bawah target. "
        "Indikator yang mencapai target: "
        "{{ reached_names|join('; ') }}{% if more_reached %}; dan {{ more_reached }} indikator lainnya{% endif %}."
        "{% else %}Belum ada indikator yang dapat dihitung.{% endif %}",
        inset=False,
    ).alignment = ALIGN.LEFT
    control(document, "{%p endif %}")
    control(document, "{%p if missing %}")
    told(
        document,
        "Sebanyak {{ missing|length }} isian belum tersedia; isian tersebut ditandai di dalam naskah dan didaftar pada "
        "lampiran terakhir.",
        inset=False,
        after=0,
    )
    control(document, "{%p endif %}")


def _objectives(document: Document) -> None:
    """What was reached, sasaran by sasaran."""
    control(document, "{%p if lines_shown %}")
    data_table(
        document,
        "Tabel 1 Capaian sasaran strategis {{ period }}",
        ("No", "Sasaran Strategis", "Indikator", "Mencapai target", "Rata-rata capaian", "Predikat"),
        (1.0, 6.5, 1.9, 2.1, 2.3, 2.7),
        (
            ("{%tr for o in objective_lines %}",),
            (
                "{{ o.number }}",
                "{{ o.text }}",
                "{{r o.count }}",
                "{{r o.reached }}",
                "{{r o.achievement }}{% if o.measured.plain %} ({{r o.measured }} indikator){% endif %}",
                "{{r o.rating }}",
            ),
            ("{%tr endfor %}",),
        ),
        right=frozenset({2, 3, 4}),
        source="Sumber: {{ agency_name }}, data diolah",
    ).rows[0]
    control(document, "{%p endif %}")


def _attention(document: Document) -> None:
    """What was not reached: why in the units' words, what is done, by whom and when."""
    data_table(
        document,
        "Tabel {{ 2 if lines_shown else 1 }} Indikator yang belum mencapai target"
        "{% if more_attention %}, {{ attention|length }} terendah{% endif %}",
        ("Indikator", "Capaian", "Sebab menurut unit kerja", "Langkah dan penanggung jawab", "Rencana aksi sasaran"),
        (3.1, 1.6, 4.1, 4.6, 3.1),
        (
            ("{%tr for one in attention %}",),
            (
                "{{ one.name }}",
                "{{r one.achievement }}",
                "{{r one.cause }}",
                "{{r one.step_by }}",
                "{{r one.planned }}",
            ),
            ("{%tr endfor %}",),
        ),
        right=frozenset({1}),
        source="Sumber: isian unit kerja{% if more_attention %}; {{ more_attention }} indikator lainnya pada Bab IV"
        "{% endif %}",
    )

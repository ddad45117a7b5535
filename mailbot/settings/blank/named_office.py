"""A sample file made an office's own: its blocks, and every word of it that is another office's, replaced."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.settings.blank.answers import NO_CODE, ZONES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.blank.answers import Answers

_HERE = Path(__file__).parent
_BLOCK = re.compile(r"^(\w+):.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_FOR_EACH = re.compile(r"^ *#each unit\n(?P<body>.*?)^ *#end\n", re.MULTILINE | re.DOTALL)
_OF_THE_SAMPLE = (
    ("SOP/P.2.2.2/06/025/425.111/2023", "SOP ___"),
    ("425.111", "__CODE__"),
    ("DISDUKCAPIL Kota Probolinggo", "__AGENCY_NAME__"),
    ("DISDUKCAPIL", "__SHORT__"),
    ("BAPPEDA LITBANG", "badan perencanaan daerah"),
    ("Bappeda Litbang", "badan perencanaan daerah"),
    ("Hari Jadi Kota Probolinggo", "Hari jadi daerah"),
    (" (Perencanaan dan Keuangan)", ""),
    ("# Isi contoh ini bersifat ilustrasi; alamat surat memakai domain contoh example.go.id.\n", ""),
)
"""What the sample's comments and rows say of its own office, and what stands there for any other."""
_SECRETARIAT = "sekretariat"
_NOBODYS = "example.go.id"
_NEUTRAL = "Perangkat Daerah"
_STARTTLS = frozenset({"143", "587"})
_NEEDS_QUOTES = re.compile(r"[:#\"'\[\]{}&*!|>%@`]")
"""A name with one of these cannot stand in the sample's rows as it is; they speak of the office in general then."""
_FIRST_YEAR = 2025
"""Of the sample's cycles, where no year was answered."""


def for_office(name: str, sample: str, answers: Answers) -> str:
    """Return the text of one file of the sample as a new office gets it.

    Args:
        name: the file's name, e.g. `office.yaml`.
        sample: its text in the sample.
        answers: what the office says of itself.
    """
    own = _HERE / name
    blocks = own.read_text(encoding="utf-8") if own.is_file() else ""
    first = answers.year or _FIRST_YEAR
    targets, budgets = (
        "\n      ".join(f"{year}: [90, 90, 92, 95]" for year in (first, first + 1)),
        f"{{{first}: 50000000, {first + 1}: 50000000}}",
    )
    blocks = blocks.replace("__TARGET_YEARS__", targets).replace("__PAGU_YEARS__", budgets)
    blocks = _FOR_EACH.sub(lambda found: "".join(_for_each(found["body"], answers)), blocks)
    for mark, value in _said(answers).items():
        blocks = blocks.replace(mark, json.dumps(value, ensure_ascii=False))
    taken = {found[1]: found[0].rstrip("\n") for found in _BLOCK.finditer(blocks)}
    if name == "cycles.yaml" and answers.year is not None:
        starts_on = answers.starts_on or answers.usual_day
        taken["cycles"] = f'cycles:\n  - key: "{answers.year}"\n    year: {answers.year}\n    starts_on: {starts_on}'
    text = _BLOCK.sub(lambda found: _replaced(found, taken), sample)
    for of_the_sample, neutral in _OF_THE_SAMPLE:
        text = text.replace(of_the_sample, neutral)
    for mark, plain in (
        ("__CODE__", answers.office_code or NO_CODE),
        ("__AGENCY_NAME__", answers.agency),
        ("__SHORT__", answers.abbreviation),
    ):
        text = text.replace(mark, _NEUTRAL if _NEEDS_QUOTES.search(plain) else plain)
    return _own_servers(text, answers) if name != "recipients.yaml" else text


def _own_servers(text: str, answers: Answers) -> str:
    """Put the office's servers, zone and domain in the place of the sample's."""
    zone = {"zone: Asia/Jakarta  ": f"zone: {ZONES[answers.zone]}  ", "zone_label: WIB": f"zone_label: {answers.zone}"}
    for sample, own in zone.items():
        text = text.replace(sample, own)
    text = _own_server(text, "imap", answers.imap or f"imap.{answers.domain}")
    text = _own_server(text, "smtp", answers.smtp or f"smtp.{answers.domain}")
    return text.replace(_NOBODYS, answers.domain)


def _own_server(text: str, name: str, answered: str) -> str:
    """Put one server in the place of the sample's; a port that is known to be STARTTLS' is written down as that."""
    host, _, port = answered.partition(":")
    text = text.replace(f"host: {name}.{_NOBODYS}", f"host: {host}")
    if not port:
        return text
    security = "starttls" if port in _STARTTLS else "tls"
    own = rf"\g<1> {port}  \g<2>security: {security}"
    return re.sub(rf"(  host: {re.escape(host)}\n  port:) *(#[^\n]*\n  )security: tls", own, text, count=1)


def _for_each(body: str, answers: Answers) -> Iterator[str]:
    """Give a piece of a file once for every unit."""
    divisions = 0
    for number, unit in enumerate(answers.unit_names, 1):
        of_the_secretariat = unit.casefold() == _SECRETARIAT
        divisions += not of_the_secretariat
        said = {
            "__UNIT_KEY__": unit.upper() if of_the_secretariat else f"BIDANG-{divisions}",
            "__UNIT_NAME__": unit,
            "__HEAD_KEY__": "umum" if of_the_secretariat else f"kabid-{divisions}",
            "__HEAD_TITLE__": "Kepala Sub Bagian Umum" if of_the_secretariat else f"Kepala {unit}",
            "__HEAD_NAME__": f"{'Kepala Sub Bagian Umum' if of_the_secretariat else f'Kepala {unit}'} (contoh)",
            "__HEAD_ADDRESS__": f"{'umum' if of_the_secretariat else f'kabid.{divisions}'}@{_NOBODYS}",
            "__INDICATOR__": f"IKU-{number:02}",
            "__INDICATOR_NAME__": f"Indikator pertama {unit} (contoh)",
            "__LINE__": f"0.00.01.2.01.{number:04}",
            "__LINE_NAME__": f"Sub kegiatan pertama {unit} (contoh)",
        }
        piece = body
        for mark, value in said.items():
            piece = piece.replace(mark, json.dumps(value, ensure_ascii=False))
        yield piece


def _replaced(found: re.Match[str], taken: dict[str, str]) -> str:
    """Return the block that stands for one of the sample's, with the same blank lines after it."""
    if found[1] not in taken:
        return found[0]
    return taken[found[1]] + found[0][len(found[0].rstrip("\n")) :]


def _said(answers: Answers) -> dict[str, str]:
    """Return what the blocks print of an office."""
    mailbox = answers.mailbox or f"lkjip@{_NOBODYS}"
    return {
        "__GOVERNMENT__": f"Pemerintah {answers.region}".upper(),
        "__AGENCY__": answers.own.upper(),
        "__AGENCY_NAME__": answers.agency,
        "__AGENCY_SHORT__": answers.abbreviation,
        "__PLACE__": answers.place,
        "__HEAD__": f"Kepala {answers.agency}",
        "__ADDRESS_LINE__": answers.address_line or "Jalan, telepon, kode pos (contoh)",
        "__CONTACT__": "Sub Bagian Program, telepon (000) 000000 (contoh)",
        "__OFFICE_CODE__": answers.office_code or NO_CODE,
        "__MAILBOX__": mailbox,
    }

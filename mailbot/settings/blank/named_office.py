"""A sample file made an office's own: its blocks, and every word of it that is another office's, replaced."""

from __future__ import annotations

import json
import re
from pathlib import Path

_HERE = Path(__file__).parent
_BLOCK = re.compile(r"^(\w+):.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_REGION = re.compile(r"(?P<own>.+?)\s+(?P<kind>kota|kabupaten|kab\.|provinsi|prov\.)\s+(?P<place>.+)", re.IGNORECASE)
_KINDS = {"kab.": "kabupaten", "prov.": "provinsi"}
_SMALL = frozenset({"dan", "serta", "&"})
_OF_THE_SAMPLE = (
    ("SOP/P.2.2.2/06/025/425.111/2023", "SOP ___"),
    ("425.111", "000.000"),
    ("DISDUKCAPIL Kota Probolinggo", "Perangkat Daerah"),
    ("Sekretaris DISDUKCAPIL", "Sekretaris"),
    ("DISDUKCAPIL", "Perangkat Daerah"),
    ("BAPPEDA LITBANG", "badan perencanaan daerah"),
    ("Bappeda Litbang", "badan perencanaan daerah"),
    ("Hari Jadi Kota Probolinggo", "Hari jadi daerah"),
    (" (Perencanaan dan Keuangan)", ""),
)
"""What the sample's comments and rows say of its own office, and what stands there for any other."""


def for_agency(name: str, sample: str, agency: str) -> str:
    """Return the text of one file of the sample as a new office gets it.

    Args:
        name: the file's name, e.g. `office.yaml`.
        sample: its text in the sample.
        agency: the office's name as written in a sentence, e.g. `Dinas Pekerjaan Umum Kota Contoh`.
    """
    own = _HERE / name
    blocks = own.read_text(encoding="utf-8") if own.is_file() else ""
    for mark, value in _said(agency).items():
        blocks = blocks.replace(mark, json.dumps(value, ensure_ascii=False))
    taken = {found[1]: found[0].rstrip("\n") for found in _BLOCK.finditer(blocks)}
    text = _BLOCK.sub(lambda found: _replaced(found, taken), sample)
    for of_the_sample, neutral in _OF_THE_SAMPLE:
        text = text.replace(of_the_sample, neutral)
    return text


def _replaced(found: re.Match[str], taken: dict[str, str]) -> str:
    """Return the block that stands for one of the sample's, with the same blank lines after it."""
    if found[1] not in taken:
        return found[0]
    return taken[found[1]] + found[0][len(found[0].rstrip("\n")) :]


def _said(agency: str) -> dict[str, str]:
    """Return what the blocks print of an office, as far as its name tells it."""
    agency = " ".join(agency.split())
    found = _REGION.fullmatch(agency)
    own = found["own"] if found else agency
    kind = found["kind"].casefold() if found else ""
    region = f"{_KINDS.get(kind, kind)} {found['place']}" if found else "daerah"
    short = "".join(word[0] for word in own.split() if word.casefold() not in _SMALL)
    return {
        "__GOVERNMENT__": f"Pemerintah {region}".upper(),
        "__AGENCY__": own.upper(),
        "__AGENCY_NAME__": agency,
        "__AGENCY_SHORT__": (short if len(own.split()) > 1 else own).upper(),
        "__PLACE__": found["place"] if found else "Tempat",
        "__HEAD__": f"Kepala {agency}",
    }

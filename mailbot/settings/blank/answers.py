"""What a new office says of itself before its first file is written, and what follows from its answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_REGION = re.compile(r"(?P<own>.+?)\s+(?P<kind>kota|kabupaten|kab\.|provinsi|prov\.)\s+(?P<place>.+)", re.IGNORECASE)
_KINDS = {"kab.": "kabupaten", "prov.": "provinsi"}
_SMALL = frozenset({"dan", "serta", "&"})
_NOBODYS = "example.go.id"
FIRST_UNITS = ("Sekretariat", "Bidang Pertama")
NO_CODE = "000.000"
"""Stands for the office's code in letter numbers until it is known."""
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One office's answers; an empty one is filled in from the others where they tell it."""

    agency: str
    """As written in a sentence, e.g. `Dinas Pekerjaan Umum Kota Contoh`."""
    short: str = ""
    address_line: str = ""
    zone: str = "WIB"
    office_code: str = ""
    mailbox: str = ""
    imap: str = ""
    """Server, or server and port: `mail.contoh.go.id:143`; so `smtp`."""
    smtp: str = ""
    units: tuple[str, ...] = ()
    year: int | None = None
    """The first year reported on; None: the cycles of the sample."""
    starts_on: date | None = None

    @property
    def own(self) -> str:
        """The agency's name without its region."""
        found = _REGION.fullmatch(self.agency)
        return found["own"] if found else self.agency

    @property
    def region(self) -> str:
        """The region, e.g. `kota Contoh`; `daerah (contoh)` where the name tells none."""
        found = _REGION.fullmatch(self.agency)
        if found is None:
            return "daerah (contoh)"
        kind = found["kind"].casefold()
        return f"{_KINDS.get(kind, kind)} {found['place']}"

    @property
    def place(self) -> str:
        """Where letters are dated."""
        found = _REGION.fullmatch(self.agency)
        return found["place"] if found else "Tempat (contoh)"

    @property
    def abbreviation(self) -> str:
        """The short name: as answered, else the first letters of the name."""
        letters = "".join(word[0] for word in self.own.split() if word.casefold() not in _SMALL)
        return self.short or (letters if len(self.own.split()) > 1 else self.own).upper()

    @property
    def domain(self) -> str:
        """The domain of the mailbox; one that is nobody's where no mailbox was named."""
        return self.mailbox.rpartition("@")[2] or _NOBODYS

    @property
    def usual_day(self) -> date | None:
        """The day on which the first cycle opens if none was named: its year is over then; None without a year."""
        return None if self.year is None else date(self.year + 1, 1, 5)

    @property
    def unit_names(self) -> tuple[str, ...]:
        """The units; two to begin with where none was named."""
        return self.units or FIRST_UNITS

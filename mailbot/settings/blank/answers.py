"""What a new office says of itself before its first file is written: twelve answers, and what follows from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_REGION = re.compile(r"(?P<own>.+?)\s+(?P<kind>kota|kabupaten|kab\.|provinsi|prov\.)\s+(?P<place>.+)", re.IGNORECASE)
_KINDS = {"kab.": "kabupaten", "prov.": "provinsi"}
_SMALL = frozenset({"dan", "serta", "&"})
_NOBODYS = "example.go.id"
_FIRST_UNITS = ("Sekretariat", "Bidang Pertama")
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
        """The region, e.g. `kota Contoh`; `daerah` where the name tells none."""
        found = _REGION.fullmatch(self.agency)
        if found is None:
            return "daerah"
        kind = found["kind"].casefold()
        return f"{_KINDS.get(kind, kind)} {found['place']}"

    @property
    def place(self) -> str:
        """Where letters are dated."""
        found = _REGION.fullmatch(self.agency)
        return found["place"] if found else "Tempat"

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
    def unit_names(self) -> tuple[str, ...]:
        """The units; two to begin with where none was named."""
        return self.units or _FIRST_UNITS


def asked(ask: Callable[[str, str], str], today: date) -> Answers:
    """Put the twelve questions, each with an answer to begin with.

    Args:
        ask: takes the code of a question and the answer that holds if none is typed; returns the answer.
        today: the present day, for the first cycle.
    """
    agency = " ".join(ask("ask_agency", "").split())
    first = Answers(agency=agency)
    short, address_line = ask("ask_short", first.abbreviation), ask("ask_address_line", "")
    zone, office_code = ask("ask_zone", "WIB").strip().upper(), ask("ask_office_code", "000.000")
    mailbox = ask("ask_mailbox", "").strip()
    domain = mailbox.rpartition("@")[2]
    imap, smtp = ask("ask_imap", f"imap.{domain}").strip(), ask("ask_smtp", f"smtp.{domain}").strip()
    units = units_of(ask("ask_units", "; ".join(_FIRST_UNITS)))
    year = int(ask("ask_year", str(today.year - 1)))
    starts_on = today.fromisoformat(ask("ask_starts_on", today.isoformat()).strip())
    return Answers(
        agency=agency,
        short=short.strip(),
        address_line=address_line.strip(),
        zone=zone,
        office_code=office_code.strip(),
        mailbox=mailbox,
        imap=imap,
        smtp=smtp,
        units=units,
        year=year,
        starts_on=starts_on,
    )


def units_of(text: str) -> tuple[str, ...]:
    """Return the units of one line, parted by semicolons."""
    return tuple(" ".join(name.split()) for name in text.split(";") if name.strip())

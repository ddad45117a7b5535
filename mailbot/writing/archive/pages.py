"""The archive's two pages for a browser: where each printed figure comes from, and what proves the report's status."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mailbot.core.model.sop import Step
from mailbot.core.report.origin import reads
from mailbot.writing.archive.words import filled, verdict_rows
from mailbot.writing.values.form_values import place
from mailbot.writing.values.origin_values import read_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.report.origin import Read
    from mailbot.writing.archive.kept import KeptMessage
    from mailbot.writing.words.phrases import Phrases

_ID = re.compile(rb"^Message-ID:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_UP = "../"
"""Both pages lie in a folder of the archive; what they point at lies in the folders beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What both pages are made from."""

    cycle: Cycle
    office: Office
    phrases: Phrases
    folders: tuple[Path, ...]
    mails: Mapping[str, str]
    """Message-ID of every mail that came -> its place in the archive."""
    forms: Mapping[tuple[str, int], str]
    """Unit and number of every form -> its place in the archive."""

    def mail(self, message_id: str) -> str:
        """Return where a mail lies, from a page's own folder; empty where it is not among them."""
        return f"{_UP}{self.mails[message_id]}" if message_id in self.mails else ""


def places_of(mails: Iterable[tuple[str, KeptMessage]]) -> dict[str, str]:
    """Return the places of mails by their Message-IDs; of two copies the first."""
    found = [(head.group(1).decode("ascii", "replace"), name) for name, mail in mails if (head := _ID.search(mail.raw))]
    return dict(reversed(found))


def evidence_page(pages: Pages) -> bytes:
    """Return the annex of evidence: of each figure that a unit wrote its mail, file, cell, text and rule, with links.

    Raises:
        TemplateProblem: `archive/evidence.j2` is missing or broken.
    """
    rows = [_row(read, pages) for read in reads(pages.cycle, pages.office)]
    return filled(pages.folders, "evidence.j2", {**_head(pages), "rows": rows}, html=True)


def _row(read: Read, pages: Pages) -> dict[str, object]:
    """Return one figure with where its mail and its form lie."""
    sent = read.submission
    form = pages.forms.get((read.form.unit, sent.number), "")
    return {
        **read_values(read, pages.office, pages.phrases),
        "place": place(read.entry),
        "mail": pages.mail(sent.message_id),
        "form": f"{_UP}{form}" if form else "",
    }


def proof_page(pages: Pages, report: str) -> bytes:
    """Return what the report, being the very file that left, does not say of itself: who ratified it, when, on what.

    Args:
        pages: what the page is made from.
        report: where the report lies in the archive.

    Raises:
        TemplateProblem: `archive/proof.j2` is missing or broken.
    """
    cycle, draft = pages.cycle, pages.cycle.draft
    given = verdict_rows(cycle.verdicts, pages.office, pages.phrases)
    rows = [{**row, "mail": pages.mail(verdict.message_id)} for row, verdict in zip(given, cycle.verdicts, strict=True)]
    final = draft.docx_sha256 if draft is not None else ""
    ratified = [
        row
        for row, verdict in zip(rows, cycle.verdicts, strict=True)
        if verdict.step is Step.RATIFY and verdict.approved and verdict.docx_sha256 == final
    ]
    values = {
        **_head(pages),
        "ratified": ratified[-1] if ratified else None,
        "report": PurePosixPath(report).name,
        "report_place": f"{_UP}{report}",
        "version": draft.version if draft is not None else 0,
        "docx_sha256": final,
        "pdf_sha256": draft.pdf_sha256 if draft is not None else "",
        "verdicts": rows,
    }
    return filled(pages.folders, "proof.j2", values, html=True)


def _head(pages: Pages) -> dict[str, object]:
    """Return what stands above either page."""
    return {"period": pages.phrases.period(pages.cycle.period), "office": pages.office.letterhead}

"""Makes the files a letter carries, from state alone: forms, marked forms, cover letters, recap, draft and report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, assert_never

from mailbot.core.forms.known_explanations import known_explanation
from mailbot.core.model.form import Asked, FormData
from mailbot.core.model.letters import EnclosureKind
from mailbot.core.model.letters_of_rows import ReportSubmitted
from mailbot.core.procedure.addressing import unproved_form
from mailbot.core.remarks.listed import came_as
from mailbot.core.rollup.letters_of_rollup import RollUp
from mailbot.writing.covers import Cover
from mailbot.writing.edited.marking import marked_up
from mailbot.writing.form.form import fill_form, write_form
from mailbot.writing.letters.letter_context import addressee_of
from mailbot.writing.letters.mime import Attached
from mailbot.writing.recap.recap import write_recap
from mailbot.writing.report.report import write_report
from mailbot.writing.returned_form.mark import FreshForm, mark_form
from mailbot.writing.words.form_words import read_form_words
from mailbot.writing.words.phrases import (
    DOCX,
    MAIL,
    OTHER,
    PDF,
    XLSX,
    file_name,
    media_type_of,
    phrases_for,
    read_phrases,
    safe_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.form import Submission
    from mailbot.core.model.letters import Enclosure, Letter
    from mailbot.core.model.office import Office
    from mailbot.writing.words.form_words import FormWords
    from mailbot.writing.words.phrases import Phrases

_NAMED_FILES = frozenset(
    {
        *("shown_file", "marked_draft", "returned_paper", "paper_as_sent"),
        *("paper_to_sign", "cover_to_sign", "signed_cover", "signed_report", "binder"),
    }
)
"""Names a kept file may have; any other is a plain attachment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tray:
    """What every enclosure of one letter is made from."""

    letter: Letter
    cycle: Cycle
    office: Office
    files: Callable[[str], bytes]
    secret: bytes
    folders: tuple[Path, ...]
    cover: Cover | None
    mail: bytes

    @property
    def phrases(self) -> Phrases:
        """Return the office's way of writing dates, numbers and names."""
        return read_phrases(self.folders, self.office.calendar)

    @property
    def words(self) -> FormWords:
        """Return the words of its forms."""
        return read_form_words(self.folders, self.office.calendar)

    def named(self, code: str, media_type: str, content: bytes, **values: object) -> Attached:
        """Return a finished file under its name in words."""
        name = file_name(self.phrases, code, media_type, cycle=self.cycle.key, **values)
        return Attached(name=name, media_type=media_type, content=content)


def enclose(  # noqa: PLR0913 - what enclosures are made from, all named
    letter: Letter,
    cycle: Cycle | None,
    office: Office,
    *,
    files: Callable[[str], bytes],
    secret: bytes,
    template_folders: tuple[Path, ...],
    cover: Cover | None = None,
    mail: bytes = b"",
) -> tuple[Attached, ...]:
    """Return the files a letter carries, in the letter's order; a letter without a cycle carries none.

    Args:
        letter: the letter as the core means it.
        cycle: the cycle as it stands now.
        office: the office.
        files: returns a kept file by its SHA-256.
        secret: key of the forms' stamps.
        template_folders: folders of templates, the office's own first.
        cover: its Surat Pengantar, if it encloses one (`write_covers`).
        mail: the mail that brought a form, if it encloses that.

    Raises:
        TemplateProblem, KeyError: a template is missing or broken; it encloses the form of a unit we do not have.
    """
    if cycle is None or not letter.enclosures or isinstance(letter.about, RollUp):
        return _of_no_cycle(letter, office, template_folders)
    tray = _Tray(
        letter=letter,
        cycle=cycle,
        office=office,
        files=files,
        secret=secret,
        folders=template_folders,
        cover=cover,
        mail=mail,
    )
    return _named_apart(attached for enclosure in letter.enclosures for attached in _made(enclosure, tray))


def _of_no_cycle(letter: Letter, office: Office, folders: tuple[Path, ...]) -> tuple[Attached, ...]:
    """Return what a letter carries that belongs to no cycle: the workbook of many offices, in the reader's words."""
    about = letter.about
    if not isinstance(about, RollUp) or not letter.enclosures:
        return ()
    from mailbot.writing.rollup.rollup_workbook import write_rollup_workbook  # noqa: PLC0415 - once a week, in one office

    phrases = phrases_for(addressee_of(letter, office), office, folders)
    book = write_rollup_workbook(about, office, phrases)
    name = file_name(phrases, "rollup", XLSX, day=office.calendar.local(about.at).date().isoformat())
    return (Attached(name=name, media_type=XLSX, content=book),)


def _named_apart(files: Iterable[Attached]) -> tuple[Attached, ...]:
    """Return files with a number behind each name that another one has before it."""
    seen: Counter[str] = Counter()
    named: list[Attached] = []
    for file in files:
        seen[file.name] += 1
        path = PurePosixPath(file.name)
        again = f"{path.stem}-{seen[file.name]}{path.suffix}" if seen[file.name] > 1 else file.name
        named.append(replace(file, name=again))
    return tuple(named)


def _as_it_came(file: Attached, name: str) -> Attached:
    """Return a file with the name under which it came behind its own: a remark names it so."""
    if not name:
        return file
    path, came = PurePosixPath(file.name), PurePosixPath(safe_name(name)).stem
    return replace(file, name=f"{path.stem}-{came}{path.suffix}")


def _made(enclosure: Enclosure, tray: _Tray) -> Iterator[Attached]:
    """Yield the file or files of one enclosure."""
    match enclosure.kind:
        case EnclosureKind.FORM:
            form = write_form(tray.office, _asked(enclosure.unit, tray), tray.words, tray.secret)
            yield tray.named("form", XLSX, form, unit=enclosure.unit)
        case EnclosureKind.FILLED_FORM:
            yield tray.named("filled_form", XLSX, _filled(enclosure.unit, tray), unit=enclosure.unit)
        case EnclosureKind.RETURNED_FORM:
            yield tray.named("returned_form", XLSX, _returned(enclosure, tray), unit=enclosure.unit)
        case EnclosureKind.COVER_LETTER:
            yield from _cover_letter(enclosure, tray)
        case EnclosureKind.RECAP:
            recap = write_recap(tray.cycle, tray.office, template_folders=tray.folders)
            yield tray.named("recap", XLSX, recap)
        case EnclosureKind.DRAFT:
            yield from _draft(enclosure, tray)
        case EnclosureKind.COMPARED:
            yield _compared(enclosure, tray)
        case EnclosureKind.REPORT:
            yield from _kept_report("report", enclosure.sha256, tray, fixed=enclosure.fixed)
        case EnclosureKind.FILE:
            content = tray.files(enclosure.sha256)
            code = enclosure.name if enclosure.name in _NAMED_FILES else "attachment"
            yield _as_it_came(tray.named(code, media_type_of(content), content), came_as(tray.cycle, enclosure.sha256))
        case EnclosureKind.SOURCE:
            yield from _source(enclosure, tray)
        case EnclosureKind.ROLLUP:
            return  # of no cycle: `_of_no_cycle`
        case _ as unknown:
            assert_never(unknown)


def _asked(unit: str, tray: _Tray) -> Asked:
    """Return what a unit is asked in this cycle, with the values to be shown beside that it will be compared with."""
    cycle, office = tray.cycle, tray.office
    indicators = office.asked_indicators(unit, cycle.period)
    before = {one.code: office.past.before(one, cycle.period) for one in indicators}
    return Asked(
        cycle=cycle.key,
        period=cycle.period,
        unit=unit,
        due_at=cycle.unit(unit).due_at or cycle.due_at,
        asked_at=cycle.since,
        explained={one.code: text for one in indicators if (text := known_explanation(one.code, cycle.period, office))},
        indicators=tuple(indicator.code for indicator in indicators),
        budget=tuple(line.code for line in office.asked_budget(unit, cycle.period)),
        last={code: value for code, value in before.items() if value is not None},
    )


def _sent(unit: str, sha256: str, tray: _Tray) -> Submission | None:
    """Return the form of a unit with that digest: the letter's own, or one of the cycle's."""
    own = tray.letter.submission
    if own is not None and (not sha256 or own.file_sha256 == sha256):
        return own
    sent = [one for one in tray.cycle.unit(unit).submissions if not sha256 or one.file_sha256 == sha256]
    return sent[-1] if sent else None


def _filled(unit: str, tray: _Tray) -> bytes:
    """Return a form filled with what was read, to be confirmed."""
    sent = _sent(unit, "", tray)
    data = sent.data if sent is not None else FormData()
    return fill_form(tray.office, _asked(unit, tray), data, tray.words, tray.secret)


def _returned(enclosure: Enclosure, tray: _Tray) -> bytes:
    """Return the sender's own workbook, marked."""
    sent = _sent(enclosure.unit, enclosure.sha256, tray)
    fresh = FreshForm(
        office=tray.office,
        asked=_asked(enclosure.unit, tray),
        data=sent.data if sent is not None else FormData(),
        secret=tray.secret,
    )
    faults = tray.letter.faults or (sent.faults if sent is not None else ())
    name = sent.file_name if sent is not None else enclosure.name
    proved = sent is None or not unproved_form(sent, tray.office)
    return mark_form(tray.files(enclosure.sha256), name, faults, tray.words, fresh, proved=proved)


def _source(enclosure: Enclosure, tray: _Tray) -> Iterator[Attached]:
    """Yield the mail that brought a form, as it came, and the form out of it."""
    sent = _sent(enclosure.unit, enclosure.sha256, tray)
    if sent is None:
        return
    yield tray.named("source_mail", MAIL, tray.mail, unit=enclosure.unit, number=sent.number)
    form = tray.files(sent.file_sha256)
    named = tray.named("received_form", OTHER, form, unit=enclosure.unit, number=sent.number)
    suffix = PurePosixPath(safe_name(sent.file_name)).suffix
    yield Attached(name=f"{named.name}{suffix}", media_type=media_type_of(form), content=form)


def _cover_letter(enclosure: Enclosure, tray: _Tray) -> Iterator[Attached]:
    """Yield the Surat Pengantar as Word file, and as PDF where one was made."""
    if tray.cover is None:
        return
    code = "report_cover" if isinstance(tray.letter.about, ReportSubmitted) else "request_cover"
    unit = enclosure.unit or tray.letter.unit
    if not (enclosure.fixed and tray.cover.pdf is not None):
        yield tray.named(code, DOCX, tray.cover.docx, unit=unit)
    if tray.cover.pdf is not None:
        yield tray.named(code, PDF, tray.cover.pdf, unit=unit)


def _draft(enclosure: Enclosure, tray: _Tray) -> Iterator[Attached]:
    """Yield the draft of that digest; without one, the report as it stands today."""
    if enclosure.sha256:
        yield from _kept_report("draft", enclosure.sha256, tray)
        return
    docx = write_report(tray.cycle, tray.office, version=0, template_folders=tray.folders)
    yield tray.named("living_draft", DOCX, docx)


def _compared(enclosure: Enclosure, tray: _Tray) -> Attached:
    """Return the draft with what is new in it marked, as of when it was made."""
    draft = tray.cycle.draft
    made_at = draft.compiled_at if draft is not None else None
    docx = marked_up(
        tray.files(enclosure.sha256),
        tray.files(enclosure.former),
        author=tray.office.letterhead.agency_name,
        at=made_at or tray.cycle.since,
    )
    return tray.named("compared", DOCX, docx, version=draft.version if draft is not None else 0)


def _kept_report(code: str, sha256: str, tray: _Tray, *, fixed: bool = False) -> Iterator[Attached]:
    """Yield a kept report byte for byte, with its PDF where that was made of it, or (`fixed`) that PDF alone."""
    draft = tray.cycle.draft
    version = draft.version if draft else 0
    with_pdf = draft is not None and draft.docx_sha256 == sha256 and bool(draft.pdf_sha256)
    if not (fixed and with_pdf):
        yield tray.named(code, DOCX, tray.files(sha256), version=version)
    if draft is not None and with_pdf:
        yield tray.named(code, PDF, tray.files(draft.pdf_sha256), version=version)

"""Lays out the archive of a cycle for people and for machines: what came, what left, what was made of it (row 8)."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from mailbot.errors import TemplateProblem
from mailbot.writing.archive.binder import Binder
from mailbot.writing.archive.checking.spelling import spread
from mailbot.writing.archive.figures import tables
from mailbot.writing.archive.kept import Laid
from mailbot.writing.archive.messages import cover_letters, messages, named
from mailbot.writing.archive.pages import Pages, evidence_page, places_of, proof_page
from mailbot.writing.archive.printed import workbook
from mailbot.writing.archive.process import process_tables
from mailbot.writing.archive.program import program
from mailbot.writing.archive.remarks import remarks
from mailbot.writing.archive.settling import settled
from mailbot.writing.archive.signed import checks, signed_papers
from mailbot.writing.archive.words import guide, held_back, verdicts
from mailbot.writing.recap.recap import write_recap
from mailbot.writing.words.phrases import DOCX, XLSX, file_name, media_type_of, read_phrases, safe_name
from mailbot.writing.words.templates import find_template, read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path, PurePosixPath

    from mailbot.core.model.office import Office
    from mailbot.writing.archive.binder import Join
    from mailbot.writing.archive.kept import Kept
    from mailbot.writing.words.phrases import Phrases

_NOTE = ".txt"


def journal_path(office: Office, template_folders: tuple[Path, ...]) -> str:
    """Return where the journal lies in every archive of an office.

    Raises:
        TemplateProblem: the archive's words are missing.
    """
    phrases = read_phrases(template_folders, office.calendar)
    return f"{phrases.word('archive_folder', 'history')}/{phrases.word('archive_file', 'journal')}"


def binder_path(office: Office, template_folders: tuple[Path, ...]) -> str:
    """Return where the binder lies that is ready to be printed, in an archive that has one.

    Raises:
        TemplateProblem: the archive's words are missing.
    """
    return read_phrases(template_folders, office.calendar).word("archive_file", "binder")


def lay_out(kept: Kept, office: Office, template_folders: tuple[Path, ...], join: Join) -> tuple[Laid, ...]:
    """Return every file of the archive but its journal and its list; `join` joins PDFs, strangers' among them.

    Raises:
        TemplateProblem: the archive's words are missing or broken.
    """
    layout = _Layout(kept, office, template_folders)
    taken: set[str] = set()
    borne = tuple(_apart(layout.borne(), taken))
    made = tuple(_apart(layout.made(), taken))
    printed = tuple(layout.printed((*borne, *made), join))
    return (*borne, *made, *printed, layout.guide(len(borne) + len(made) + len(printed)))


def _apart(files: Iterable[Laid], taken: set[str]) -> Iterator[Laid]:
    """Yield files, each in a place of its own: names are cut, and an office may give two papers the same."""
    for file in files:
        place = next(one for one in _places_for(file.path) if one.casefold() not in taken)
        taken.add(place.casefold())
        yield replace(file, path=place)


def _places_for(path: str) -> Iterator[str]:
    """Yield a path, and those that a file may lie in where it is taken."""
    yield path
    suffix = suffix_of(path.rpartition("/")[2])
    for number in count(2):
        yield f"{path.removesuffix(suffix)}-{number}{suffix}"


class _Layout:
    """The archive of one cycle, while it is laid out."""

    def __init__(self, kept: Kept, office: Office, template_folders: tuple[Path, ...]) -> None:
        """Name the folders, and read the words that the archive is written in."""
        self.kept, self.office, self.folders = kept, office, template_folders
        self.phrases = read_phrases(template_folders, office.calendar)
        self.note = partial(held_back, template_folders, self.phrases)
        self.forms = dict(form_places(kept, self.phrases))

    def inside(self, group: str) -> str:
        """Return a folder's name."""
        return self.phrases.word("archive_folder", group)

    def borne(self) -> Iterator[Laid]:
        """Yield what mails have brought or carried, and the versions of the report."""
        kept, phrases = self.kept, self.phrases
        yield from _report(kept, phrases, self.inside("report"))
        yield from signed_papers(kept, phrases, self.inside("report"), self.note)
        handed_over = [letter for letter in kept.letters if letter.name.split("/", 1)[0] == "submission"]
        for letter in handed_over[-1:]:  # of a report that was corrected, the one before lies among the letters
            yield from cover_letters(letter.raw, phrases, kept.cycle.key, self.inside("report"))
        yield from messages(kept.letters, "letter", kept.holds_back, self.office, self.inside("sent"), self.note)
        yield from messages(kept.mails, "mail", kept.holds_back, self.office, self.inside("received"), self.note)
        yield from _forms(kept, self.forms, self.note)
        yield from _evidence(kept, phrases, self.note)

    def made(self) -> Iterator[Laid]:
        """Yield what is made out of the record: for people, for machines, and what proves it."""
        kept, office, phrases, folders = self.kept, self.office, self.phrases, self.folders
        mails = places_of(named(kept.mails, kept.holds_back, office, self.inside("received")))
        report = f"{self.inside('report')}/{file_name(phrases, 'report', DOCX, cycle=kept.cycle.key)}"
        pages = Pages(
            cycle=kept.cycle, office=office, phrases=phrases, folders=folders, mails=mails, forms=_places(self.forms)
        )
        recap = file_name(phrases, "recap", XLSX, cycle=kept.cycle.key)
        yield self.paper(self.inside("report"), recap, write_recap(kept.cycle, office, template_folders=folders))
        yield from settled(kept, office, phrases, folders, self.inside("asked"))
        history = self.inside("history")
        yield self.paper(
            history, self.named("verdicts"), verdicts(kept.cycle, office, phrases, folders), kind="decisions"
        )
        checked = checks(kept.cycle, office, phrases, folders)
        yield self.paper(history, self.named("checks"), checked, kind="checks")
        said = remarks(kept.cycle, office, phrases, folders)
        yield self.paper(history, self.named("remarks"), said, kind="remarks")
        yield self.paper(history, self.named("evidence"), evidence_page(pages))
        yield self.paper(history, self.named("proof"), proof_page(pages, report))
        yield self.paper(history, self.named("record"), spread(json.loads(kept.record)), kind="record")
        for name, content in tables(kept.cycle, office, phrases):
            yield self.paper(self.inside("data"), name, content, kind="data")
        yield Laid(path="verifikasi.py", kind="tool", content=program(folders))

    def printed(self, laid: tuple[Laid, ...], join: Join) -> Iterator[Laid]:
        """Yield the evidence pack, the binder that is ready to be printed, and what lies in it."""
        period = self.phrases.period(self.kept.cycle.period)
        words = read_words(find_template(self.folders, "archive.yaml"))
        try:
            binder = Binder(kept=self.kept, office=self.office, phrases=self.phrases, words=words, laid=laid, join=join)
            tables = process_tables(self.kept, self.office, self.phrases, words)
            footer = words["footer"].format(period=period, agency=self.office.letterhead.agency_short)
            head = (self.office.letterhead.agency_name, words["process"]["title"].format(period=period))
            pack = (*head, words["process"]["about"].format(zone=self.office.calendar.zone_label))
            whole = binder.pdf()
            listed = (head[0], words["register"]["title"], dict(binder.facts())[words["register"]["subject"]])
            for code, content in (
                ("process", workbook(pack, tables, footer, words["page"])),
                ("process_pdf", binder.pages("process").pdf()),
                ("register", workbook(listed, (binder.table(),), footer, words["page"])),
                ("binder", whole),
            ):
                path = self.phrases.word("archive_file", code)
                if content:
                    yield Laid(path=path, kind="paper", content=content)
        except (KeyError, TypeError, IndexError) as missing:
            raise TemplateProblem(f"archive.yaml lacks a word: {missing}") from missing

    def named(self, code: str) -> str:
        """Return the name of one of the papers."""
        return self.phrases.word("archive_file", code)

    @staticmethod
    def paper(folder: str, name: str, content: bytes, *, kind: str = "paper") -> Laid:
        """Return one paper in its folder."""
        return Laid(path=f"{folder}/{name}", kind=kind, content=content)

    def guide(self, files: int) -> Laid:
        """Return the first page."""
        counts = {
            "files": files,
            "sent": len(self.kept.letters),
            "received": len(self.kept.mails),
            "forms": len(self.forms),
        }
        content = guide(self.kept.cycle, self.office, self.phrases, self.folders, counts)
        return Laid(path=self.named("guide"), kind="guide", content=content)


def _report(kept: Kept, phrases: Phrases, folder: str) -> Iterator[Laid]:
    """Yield the report as it was ratified, what came with that, and every version before it."""
    cycle, draft = kept.cycle, kept.cycle.draft
    digests = [("report", draft.docx_sha256), ("report", draft.pdf_sha256)] if draft else []
    for code, sha256 in [*digests, ("shown_file", cycle.signed_pdf_sha256)]:
        if sha256:
            content = kept.files(sha256)
            name = file_name(phrases, code, media_type_of(content), cycle=cycle.key)
            yield Laid(path=f"{folder}/{name}", kind="report" if code == "report" else "signed", content=content)
    final = {sha256 for _, sha256 in digests}
    taken: dict[str, int] = {}
    for version in kept.versions:
        if version.sha256 in final:
            continue
        content = kept.files(version.sha256)
        name = file_name(phrases, "draft", media_type_of(content), cycle=cycle.key, version=version.version)
        taken[name] = taken.get(name, 0) + 1
        stem, dot, suffix = name.rpartition(".")
        written = name if taken[name] == 1 else f"{stem}-{taken[name]}{dot}{suffix}"
        yield Laid(
            path=f"{folder}/{phrases.word('archive_folder', 'versions')}/{written}", kind="draft", content=content
        )


def _forms(kept: Kept, places: dict[tuple[str, int], PurePosixPath], note: Callable[..., bytes]) -> Iterator[Laid]:
    """Yield every form as it was received, unit by unit; the one that counts says so in its name."""
    for form in kept.cycle.units:
        for sent in form.submissions:
            place = places[form.unit, sent.number]
            if sent.file_sha256 in kept.held:
                name = f"{place.stem}{suffix_of(sent.file_name)}"
                content = note(name=name, at=sent.received_at, sha256=sent.file_sha256)
                yield Laid(path=str(place), kind="note", content=content)
            else:
                yield Laid(path=str(place), kind="form", content=kept.files(sent.file_sha256))


def _evidence(kept: Kept, phrases: Phrases, note: Callable[..., bytes]) -> Iterator[Laid]:
    """Yield every file of evidence in a folder of its unit; of a held one a note."""
    for form in kept.cycle.units:
        folder = f"{_unit_folder(form.unit, phrases)}/{phrases.word('archive_folder', 'evidence')}"
        for number, file in enumerate(form.evidence, start=1):
            name = f"{number:02d}-{safe_name(file.file_name)}"
            if not file.file_sha256:
                continue
            if file.held or file.file_sha256 in kept.held:
                content = note(name=name, at=file.received_at, sha256=file.file_sha256)
                yield Laid(path=f"{folder}/{name}{_NOTE}", kind="note", content=content)
            else:
                yield Laid(path=f"{folder}/{name}", kind="evidence", content=kept.files(file.file_sha256))


def form_places(kept: Kept, phrases: Phrases) -> Iterator[tuple[tuple[str, int], PurePosixPath]]:
    """Yield unit and number of every form with its place; that of a note, for one that is held back."""
    from pathlib import PurePosixPath  # noqa: PLC0415 - only names are joined here

    counted = phrases.word("counted_form")
    for form in kept.cycle.units:
        for sent in form.submissions:
            name = file_name(phrases, "received_form", XLSX, unit=form.unit, number=sent.number).removesuffix(".xlsx")
            mark = f"-{counted}" if sent.number == form.counted else ""
            suffix = _NOTE if sent.file_sha256 in kept.held else suffix_of(sent.file_name)
            yield (
                (form.unit, sent.number),
                PurePosixPath(f"{_unit_folder(form.unit, phrases)}/{name}{mark}{suffix}"),
            )


def suffix_of(file_name: str) -> str:
    """Return how a file's name ends, with the dot."""
    dot, suffix = safe_name(file_name).rpartition(".")[1:]
    return f"{dot}{suffix}" if dot else ""


def _unit_folder(unit: str, phrases: Phrases) -> str:
    """Return the folder of a unit's forms."""
    return f"{phrases.word('archive_folder', 'forms')}/{safe_name(unit.upper())}"


def _places(forms: dict[tuple[str, int], PurePosixPath]) -> dict[tuple[str, int], str]:
    """Return the places as texts."""
    return {key: str(place) for key, place in forms.items()}

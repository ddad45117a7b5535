"""What mailbot would make of a file, and why: a mail is read, placed and sorted, a workbook read; nothing is moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mailbot.clerk.desk.kept_mail import form_files, too_large
from mailbot.clerk.desk.looking_into import kept_file
from mailbot.core.decide import decide
from mailbot.core.forms.checks import findings_of
from mailbot.core.forms.judging import wrong_form
from mailbot.core.model.facts import CycleOpened, FormArrived, LinesArrived, UnreadableArrived
from mailbot.core.model.form import ReadForm
from mailbot.core.model.letters import Answers
from mailbot.core.model.mail import Proof, Source
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.opening.plans import planned_near, promises
from mailbot.core.remarks.together import says_nothing
from mailbot.core.sorting.placing import Desk
from mailbot.core.sorting.sorting import sort
from mailbot.reading.lines.lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.form import Entry, FormData
    from mailbot.core.model.mail import Attachment, Mail
    from mailbot.core.model.office import Office
    from mailbot.core.papers.checked import PaperCheck
    from mailbot.core.remarks.returned import ReturnedFile
    from mailbot.reading.limits import MailLimits
    from mailbot.reading.workbook.unread import ReadApart
    from mailbot.settings.files.mailbox import Trust

_WORKBOOK_HEADS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".fods", ".numbers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What reads a file for an explanation."""

    form: Callable[[str, bytes], ReadApart]
    """By its name."""
    mail: Callable[..., Mail]
    paper: Callable[[str, bytes], PaperCheck | None]
    """Checks a signed paper; None: it is none."""
    returned: Callable[[Attachment], ReturnedFile | None]
    """Reads what is marked in a document; None: it is none."""


class Explainer:
    """Explains file after file, as if every cycle of `cycles.yaml` had just been opened: a form finds its own."""

    def __init__(self, *, at: datetime, office: Office, trust: Trust, limits: MailLimits, readers: Readers) -> None:
        """Take the present moment, what is known of the office, and what reads files."""
        self._check_paper = readers.paper
        self._read_returned = readers.returned
        self._at = at
        self._office = office
        self._trust = trust
        self._limits = limits
        self._read_form = readers.form
        self._read_mail = readers.mail
        keys = (plan.key for plan in planned_near(office.calendar.local(at).date(), office) if promises(plan, office))
        self._cycles = tuple(decide(None, CycleOpened(at=at, cycle=key), office).cycle for key in keys)

    def explain(self, content: bytes, name: str) -> dict[str, Any]:
        """Return what a file comes to, as the contract's JSON without its name and the figures of effort."""
        return self._mail(content) if is_mail(content, name) else self._workbook(content, name)

    def _mail(self, raw: bytes) -> dict[str, Any]:
        """Explain a mail."""
        oversize = len(raw) > self._limits.message_bytes
        mail = self._read_mail(
            raw.partition(b"\r\n\r\n")[0] if oversize else raw,
            received_at=self._at,
            own_addresses=self._office.own_addresses,
            authserv_ids=self._trust.authserv_ids,
        )
        read = [self._read_form(file.name, file.content) for file in form_files(mail)]
        mail = replace(mail, forms=tuple(file.form for file in read))
        if mail.automatic is None and oversize:
            mail = too_large(mail)
        elif mail.automatic is None:
            mail = replace(mail, lines=read_lines(mail.own_words, self._office))
        desk = Desk(
            mail=mail,
            at=self._at,
            office=self._office,
            about=(),
            bounced=tuple(None for _ in mail.bounces),
            cycles=self._cycles,
            last={},
        )
        found = sort(desk)
        said = desk.said
        return nothing("mail", (MailOutcome.OVERSIZE if oversize else found.outcome).value) | {
            "automatic": mail.automatic.value if mail.automatic else None,
            "bounces": [{"recipient": bounce.recipient, "status": bounce.status} for bounce in mail.bounces],
            "sender": {"address": mail.sender, "proof": mail.proof.value},
            "own_words": mail.own_words,
            # Whatever stands in it, a robot says nothing.
            "verdict": said.word.value if said.word and not mail.automatic else None,
            "forms": self._forms_of(mail, found.facts),
            "papers": self._papers((file.name, file.content) for file in mail.attachments),
            "marks": self._marks(mail.attachments),
            "defects": [*mail.defects, *(defect for file in read for defect in file.defects)],
        }

    def _papers(self, files: Iterable[tuple[str, bytes]]) -> list[dict[str, Any]]:
        """Explain the signed papers among files."""
        found = (self._check_paper(name, content) for name, content in files)
        return [_paper(check) for check in found if check is not None]

    def _marks(self, files: Iterable[Attachment]) -> list[dict[str, Any]]:
        """Explain the documents among files: what is marked in each."""
        found = (self._read_returned(file) for file in files if not file.name.casefold().endswith(_WORKBOOK_NAMES))
        return [_marked(file) for file in found if file is not None and (file.passages or not says_nothing(file))]

    def _forms_of(self, mail: Mail, facts: Iterable[tuple[str, Fact]]) -> list[dict[str, Any]]:
        """Explain each form of a mail by the fact that was made of it; one that is nobody's is only shown."""
        arrived = {fact.form.file_sha256: (key, fact) for key, fact in facts if isinstance(fact, FormArrived)}
        refused = {fact.file_name: (key, fact) for key, fact in facts if isinstance(fact, UnreadableArrived)}
        shown = []
        for form in mail.forms:
            if form.file_sha256 in arrived:
                shown.append(self._form(form, *arrived[form.file_sha256]))
            elif form.file_name in refused:
                key, fact = refused[form.file_name]
                shown.append(_shown(form, unit=fact.unit, cycle=key, unreadable=fact.reason))
            else:
                shown.append(_shown(form, unreadable=form.unreadable))
        return [*shown, *(self._lines(key, fact) for key, fact in facts if isinstance(fact, LinesArrived))]

    def _lines(self, key: str, fact: LinesArrived) -> dict[str, Any]:
        """Explain answers in lines as the form they would make alone, and everything found in them."""
        cycle = next(cycle for cycle in self._cycles if cycle.key == key)
        waiting = decide(cycle, fact, self._office).cycle.unit(fact.unit).waiting
        read = (
            fact.lines.form
            if waiting is None
            else replace(fact.lines.form, data=waiting.read.data, faults=waiting.read.faults)
        )
        return _shown(read, unit=fact.unit, cycle=key)

    def _workbook(self, content: bytes, name: str) -> dict[str, Any]:
        """Explain a workbook as if the head of its unit had sent it: the stamp's, else that of its codes."""
        read = self._read_form(name, content)
        form = read.form
        cycle, unit = self._place(form)
        head = self._office.roster.holder(Role.DIVISION_HEAD, self._office.calendar.local(self._at).date(), unit)
        if form.unreadable is not None or cycle is None or head is None:
            unreadable = form.unreadable or (Unreadable.UNFILLED if form.untouched else None)
            explained = _shown(form, unit=unit, cycle=cycle.key if cycle else "", unreadable=unreadable)
        else:
            source = Source(
                mail_sha256="",
                answers=Answers(message_id=""),
                address=head.addresses[0],
                person=head,
                proof=Proof.NONE,
                received_at=self._at,
            )
            fact = FormArrived(at=self._at, source=source, unit=unit, form=form, last={})
            explained = self._form(form, cycle.key, fact)
        outcome = explained["unreadable"] or MailOutcome.FORM.value
        return nothing("workbook", outcome) | {
            "forms": [explained],
            "papers": self._papers(((name, content),)),
            "marks": self._marks((kept_file(form.file_sha256, name, content),)),
            "defects": list(read.defects),
        }

    def _place(self, form: ReadForm) -> tuple[Cycle | None, str]:
        """Return the cycle and the unit a form belongs to, as far as it says so itself."""
        stamp = form.stamp
        cycle = next((cycle for cycle in self._cycles if stamp is None or cycle.key == stamp.cycle), None)
        if cycle is None or stamp is not None:
            return cycle, stamp.unit if stamp is not None else ""
        codes = form.data.codes
        shares = {asked.unit: len(codes & self._asked(cycle, asked.unit)) for asked in cycle.units}
        unit = max(shares, key=lambda key: shares[key], default="")
        return (cycle, unit) if shares.get(unit) else (None, "")

    def _asked(self, cycle: Cycle, unit: str) -> set[str]:
        """Return the codes a unit is asked for."""
        asked = {indicator.code for indicator in self._office.asked_indicators(unit, cycle.period)}
        return asked | {line.code for line in self._office.asked_budget(unit, cycle.period)}

    def _form(self, form: ReadForm, key: str, fact: FormArrived) -> dict[str, Any]:
        """Explain a form that would be judged: whether it is the one that was asked, and everything found in it."""
        cycle = next(cycle for cycle in self._cycles if cycle.key == key)
        wrong = wrong_form(cycle, fact, self._office)
        if wrong is not None:
            return _shown(form, unit=fact.unit, cycle=key, unreadable=wrong)
        findings = findings_of(cycle, fact, form.data, self._office)
        return _shown(replace(form, faults=findings), unit=fact.unit, cycle=key)


def nothing(kind: str, outcome: str, *defects: str) -> dict[str, Any]:
    """Return the shape of an explanation that found nothing but these defects."""
    return {
        "kind": kind,
        "outcome": outcome,
        "automatic": None,
        "bounces": [],
        "sender": {"address": "", "proof": Proof.NONE.value},
        "own_words": "",
        "verdict": None,
        "forms": [],
        "papers": [],
        "marks": [],
        "defects": list(defects),
    }


def _shown(form: ReadForm, *, unit: str = "", cycle: str = "", unreadable: Unreadable | None = None) -> dict[str, Any]:
    """Return one form: unit, cycle, every value read, every finding."""
    return {
        "file": form.file_name,
        "unit": unit or None,
        "cycle": cycle or None,
        "unreadable": unreadable.value if unreadable else None,
        "values": _values(form.data),
        "faults": [
            {"code": fault.code.value, "severity": fault.severity.value, "sheet": fault.sheet, "cell": fault.cell}
            for fault in form.faults
        ],
    }


def _marked(file: ReturnedFile) -> dict[str, Any]:
    """Return one document: every remark in it, and what could not be read."""
    return {
        "file": file.file_name,
        "kind": file.kind.value,
        "unread": file.unread,
        "remarks": [
            {"source": one.source.value}
            | {name: getattr(one, name) for name in ("text", "former", "author", "written_at", "around", "heading")}
            | {"page": one.page or None, "resolved": one.resolved}
            for one in file.marked.remarks
        ],
        "more": file.marked.more,
        "damaged": list(file.marked.damaged),
    }


def _paper(check: PaperCheck) -> dict[str, Any]:
    """Return one signed paper: what it is, by whom and when it was signed, everything found in it."""
    return {
        "file": check.file_name,
        "verdict": check.verdict.value,
        "pages": check.pages,
        "scan": check.scan,
        "against": check.against_sha256 or None,
        "signatures": [
            {
                "signer": one.signer,
                "issuer": one.issuer,
                "signed_at": one.signed_at.isoformat() if one.signed_at else None,
                "stamped_at": one.stamped_at.isoformat() if one.stamped_at else None,
                "holds": one.holds,
            }
            for one in check.signatures
        ],
        "reasons": [{"flaw": one.flaw.value, "page": one.page or None, "detail": one.detail} for one in check.reasons],
    }


def _values(data: FormData) -> dict[str, str]:
    """Return code -> value as read, as text, so that no digit is lost."""

    def text(entry: Entry) -> str:
        if entry.nil:
            return "NIHIL"
        return entry.text if entry.value is None else str(entry.value)

    rows = [(row.code, row.actual) for row in data.indicators]
    rows += [(row.code, row.spent_idr) for row in data.budget]
    return {code: text(entry) for code, entry in rows}


def is_mail(content: bytes, name: str) -> bool:
    """Say whether a file is a mail rather than a workbook, by its first bytes, then by its name."""
    return not content.startswith(_WORKBOOK_HEADS) and not name.lower().endswith(_WORKBOOK_NAMES)

"""`mailbot explain FILE...`: what mailbot would make of a mail or a workbook, why, and at what cost."""

from __future__ import annotations

import json
import os
import resource
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailbot.cli.options import DEFAULT_FOLDER, ConfigOption, JsonOption, environment, folder, now
from mailbot.errors import PagesAwaited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailbot.core.model.office import Office
    from mailbot.core.papers.checked import PaperCheck
    from mailbot.reading.signature.checking import PaperChecker
    from mailbot.settings.settings import Settings

    Explain = Callable[[bytes, str], dict[str, Any]]

_PROC = Path("/proc")
_KIB_PER_MIB = 1024
_NANOSECONDS = 1_000_000_000
_PDF, _SIGNED = b"%PDF-", b"/ByteRange"


def explain(
    files: Annotated[list[Path], typer.Argument(help="Mails (.eml) or workbooks; a folder means every file in it.")],
    config: ConfigOption = None,
    as_json: JsonOption = False,
    table: Annotated[bool, typer.Option("--table", help="Only count the outcomes.")] = False,
    against: Annotated[
        Path | None,
        typer.Option("--against", help="The PDF that was sent to be signed: is a signed one that document?"),
    ] = None,
) -> None:
    """Say what mailbot would make of mails, workbooks, signed PDFs and marked drafts; one bad file stops no other."""
    if against is not None and not against.is_file():
        typer.echo(f"{against}: there is no such file.", err=True)
        raise typer.Exit(1)
    counts: Counter[str] = Counter()
    slowest, largest = 0.0, 0.0
    with _explainer(_settings(config), against.read_bytes() if against is not None else b"") as make:
        for path in _every(files):
            found = _explained(path, make)
            counts[f"{found['kind']:<8} {found['outcome']}"] += 1
            slowest, largest = max(slowest, found["cpu_seconds"]), max(largest, found["peak_mb"])
            if as_json:
                typer.echo(json.dumps(found, ensure_ascii=True))
            elif not table:
                _tell(found)
    if table and not as_json:
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            typer.echo(f"{count:>6}  {name}")
        typer.echo(f"{counts.total():>6}  files; at most {slowest:.2f} s CPU and {largest:.0f} MB for one")
    absent = [path for path in files if not path.exists()]
    for path in absent:
        typer.echo(f"{path}: there is no such file.", err=True)
    if absent:
        raise typer.Exit(1)


def _settings(config: Path | None) -> Settings:
    """Load the configuration; the sample office's where none was named and there is no folder `config`."""
    from mailbot.settings.loading import load
    from mailbot.settings.packaged import sample_folder

    chosen = folder(config)
    return load(sample_folder() if chosen == DEFAULT_FOLDER and not chosen.is_dir() else chosen, environment())


def _every(files: list[Path]) -> Iterator[Path]:
    """Yield every file, folders looked into."""
    for path in files:
        if path.is_dir():
            yield from sorted(inside for inside in path.rglob("*") if inside.is_file())
        else:
            yield path


@contextmanager
def _explainer(settings: Settings, against: bytes) -> Iterator[Explain]:
    """Open what explaining needs, and give the function that explains a file's bytes and name."""
    from mailbot.clerk.explaining import Explainer, Readers
    from mailbot.cli.wiring import paper_checker
    from mailbot.reading.limits import mail_limits
    from mailbot.reading.workbook.reader_process import FormReader
    from mailbot.writing.words.beside_words import with_words

    office = with_words(settings.office(), settings.template_folders)
    with FormReader(office, settings.kept_key() or b"", settings.limits) as reader:
        explainer = Explainer(
            at=now(),
            office=office,
            trust=settings.trust,
            limits=mail_limits(settings.limits),
            readers=Readers(
                form=reader.read_one,
                mail=reader.read_mail,
                returned=reader.read_returned,
                paper=_paper_check(office, paper_checker(settings, lambda: reader), against),
            ),
        )
        # The reader's process is started here, lest the first file pay for it.
        reader.read_one("", b"")
        yield explainer.explain


def _paper_check(office: Office, papers: PaperChecker, against: bytes) -> Callable[[str, bytes], PaperCheck | None]:
    """Return what says of a PDF whether it is signed; of one without a signature only where it is held against ours."""
    from mailbot.clerk.desk.returned_papers import signers_of
    from mailbot.core.papers.checked import Ratified
    from mailbot.reading.signature.checking import Wanted

    at, wanted = now(), office.ratification.report
    as_what = Ratified.SIGNED_PDF if wanted is Ratified.BY_MAIL else wanted

    def check(name: str, content: bytes) -> PaperCheck | None:
        if not content.startswith(_PDF) or not (against or _SIGNED in content):
            return None
        of = Wanted(against=against, as_what=as_what, signers=signers_of(office, at), at=at)
        while True:
            with suppress(PagesAwaited):
                return papers.check(name, content, of)

    return check


def _explained(path: Path, make: Explain) -> dict[str, Any]:
    """Explain one file and say what it cost."""
    from mailbot.clerk.explaining import is_mail, nothing

    meter = Meter()
    kind = "mail" if is_mail(b"", path.name) else "workbook"
    try:
        found = make(path.read_bytes(), path.name)
    except OSError as error:
        found = nothing(kind, "no_file", error.strerror or str(error))
    except Exception as error:  # noqa: BLE001 - in the daemon this mail would be set aside; here it is said so
        found = nothing(kind, "set_aside", f"{type(error).__name__}: {error}")
    effort = meter.read()
    return {"file": str(path), **found, "cpu_seconds": effort.cpu_seconds, "peak_mb": effort.peak_mb}


def _tell(found: dict[str, Any]) -> None:
    """Print one explanation for a person."""
    typer.echo(f"{found['file']}: {found['kind']}, {found['outcome']}")
    if found["automatic"]:
        typer.echo(f"  written by a robot: {found['automatic']}")
    for bounce in found["bounces"]:
        typer.echo(f"  could not reach {bounce['recipient']} ({bounce['status'] or 'no status'})")
    if found["sender"]["address"]:
        typer.echo(f"  from {found['sender']['address']}, proof: {found['sender']['proof']}")
    if found["verdict"]:
        typer.echo(f"  says: {found['verdict']}")
    for form in found["forms"]:
        state = form["unreadable"] or f"{len(form['values'])} values, {len(form['faults'])} findings"
        typer.echo(f"  form {form['unit'] or '?'} / {form['cycle'] or '?'}: {state}")
        for fault in form["faults"]:
            typer.echo(f"    {fault['severity']}: {fault['code']} {fault['sheet']}!{fault['cell']}")
    for paper in found["papers"]:
        typer.echo(f"  signed paper: {paper['verdict']}, {paper['pages']} pages")
        for one in paper["signatures"]:
            at = one["stamped_at"] or one["signed_at"] or "without a date"
            typer.echo(f"    signed by {one['signer']} ({one['issuer']}), {at}{'' if one['holds'] else ', not valid'}")
        for reason in paper["reasons"]:
            place = f" page {reason['page']}" if reason["page"] else ""
            typer.echo(f"    {reason['flaw']}{place} {reason['detail']}".rstrip())
    for file in found["marks"]:
        _tell_marks(file)
    for defect in found["defects"]:
        typer.echo(f"  defect: {defect}")


def _tell_marks(file: dict[str, Any]) -> None:
    """Print what is marked in one document."""
    state = "cannot be read" if file["unread"] else f"{len(file['remarks']) + file['more']} remarks"
    typer.echo(f"  document {file['file']}: {state}")
    for one in file["remarks"]:
        page = f"page {one['page']}" if one["page"] else ""
        place = ", ".join(part for part in (one["heading"], page) if part)
        words = " ".join(part for part in (one["former"] and f"{one['former']!r} ->", repr(one["text"])) if part)
        typer.echo(f"    {one['source']} by {one['author'] or '?'}{f' ({place})' if place else ''}: {words}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What was spent."""

    cpu_seconds: float
    peak_mb: float
    """The highest memory of both processes, added up, in MiB: at no moment was it more."""


class Meter:
    """Measures from where it is made to `read`; on Linux by /proc, elsewhere of this process alone."""

    def __init__(self) -> None:
        """Begin."""
        self._children = {pid: _cpu_seconds(pid) for pid in _child_pids()}
        for pid in (os.getpid(), *self._children):
            _forget_peak(pid)
        self._own = time.process_time()
        self._ended = _ended_seconds()

    def read(self) -> Effort:
        """Return what was spent since the beginning; a child that was killed meanwhile counts as well."""
        now = {pid: _cpu_seconds(pid) for pid in _child_pids()}
        # A child that ended is accounted for as a whole, what it had spent before included.
        before = sum(spent for pid, spent in self._children.items() if pid not in now)
        ended = max(0.0, _ended_seconds() - self._ended - before)
        alive = sum(spent - self._children.get(pid, 0.0) for pid, spent in now.items())
        peak = sum(_peak_mb(pid) for pid in (os.getpid(), *now))
        return Effort(
            cpu_seconds=round(time.process_time() - self._own + alive + ended, 4),
            peak_mb=round(peak or _own_peak_mb(), 1),
        )


def _child_pids() -> tuple[int, ...]:
    """Return the processes we have started and that live."""
    try:
        lists = [task.read_text() for task in (_PROC / "self" / "task").glob("*/children")]
    except OSError:
        return ()
    return tuple(int(pid) for line in lists for pid in line.split())


def _cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process, all its threads together; 0 where it cannot be told."""
    try:
        threads = [thread.read_text() for thread in (_PROC / str(pid) / "task").glob("*/schedstat")]
    except OSError:
        return 0.0
    return sum(int(thread.split()[0]) for thread in threads) / _NANOSECONDS


def _ended_seconds() -> float:
    """Return the CPU time of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _forget_peak(pid: int) -> None:
    """Let the system count a process's peak of memory anew, where it can."""
    try:
        (_PROC / str(pid) / "clear_refs").write_text("5")
    except OSError:
        return


def _peak_mb(pid: int) -> float:
    """Return a process's peak of memory since it was last forgotten, in MiB; 0 where it cannot be told."""
    try:
        for line in (_PROC / str(pid) / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / _KIB_PER_MIB
    except OSError:
        return 0.0
    return 0.0


def _own_peak_mb() -> float:
    """Return this process's peak of memory since it began, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_MIB

"""The reader's own process: limits that hold, a crash that harms nobody else, and no way out of it."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import pytest

from mailbot.core.model.form import ReadForm
from mailbot.core.model.mail import Attachment
from mailbot.core.model.unreadable import Unreadable
from mailbot.errors import ReadingStalled
from mailbot.reading.limits import mail_limits
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.form_json import Task, dump_task, load_task
from mailbot.reading.workbook.read_form import read_form
from mailbot.reading.workbook.reader_process import FormReader, workbook_limits
from mailbot.reading.workbook.reader_worker import refuse
from mailbot.reading.workbook.unread import ReadApart
from mailbot.settings.files.limits import Limits
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.reading.pdfs import pdf
from tests.reading.workbook.binary import xlsb
from tests.reading.workbook.edits import form_with, repacked, typed
from tests.writing.form.paper import blank_form, good_form

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "workbooks"

LIMITS = Limits()


def narrower(**named: int) -> Limits:
    """Return limits that no office could set."""
    return LIMITS.model_copy(update=named)


def attached(*contents: bytes) -> tuple[Attachment, ...]:
    """Return files as a mail carries them."""
    return tuple(
        Attachment(
            sha256=hashlib.sha256(content).hexdigest(),
            name=f"form-{number}.xlsx",
            media_type="application/octet-stream",
            size_bytes=len(content),
            content=content,
        )
        for number, content in enumerate(contents, 1)
    )


def test_files_are_read_apart_as_they_are_read_here() -> None:
    """The process gives the very same values, in the order of the files."""
    contents = (good_form(), b"%PDF-1.7", form_with(typed("Indikator!K8", "1.234"))(), blank_form())
    with FormReader(office(), SECRET, LIMITS) as reader:
        forms = reader.read(attached(*contents))
    assert forms == tuple(
        read_form(file.content, file.name, known_rows(office()), SECRET) for file in attached(*contents)
    )


def test_a_stamp_is_read_apart_by_a_process_that_knows_no_key() -> None:
    """Who asks looks whose it is; what bears none, or kills the process, has none, and the next one is read."""
    deadly = xlsb("A", {(1, 1): "Kode", (1_048_576, 16_384): 1.0})
    with FormReader(None, b"", LIMITS) as reader:
        stamp = reader.read_stamp("data.xlsx", good_form())
        none = [reader.read_stamp("x.xlsx", content) for content in (b"", b"%PDF-1.7", deadly)]
        again = reader.read_stamp("data.xlsx", good_form())
    assert stamp is not None
    assert (stamp.made_with(SECRET), stamp.made_with(b"another")) == (True, False)
    assert not replace(stamp, unit="LAIN").made_with(SECRET)
    assert (none, again) == ([None] * 3, stamp)


def test_a_normal_form_takes_little_memory_and_time() -> None:
    """Well under a hundred megabytes, and a fraction of a second."""
    with FormReader(office(), SECRET, LIMITS) as reader:
        read = reader.read_one("form.xlsx", good_form())
    assert read.defects == ()
    assert 0 < read.peak_mb < 100
    assert 0 < read.cpu_seconds < 1


def test_a_file_that_kills_the_process_is_named_and_the_next_one_is_read() -> None:
    """A cell so far away that its reader aborts: an outcome, no exception, and a fresh process for the next file."""
    deadly = xlsb("A", {(1, 1): "Kode", (1_048_576, 16_384): 1.0})
    with FormReader(office(), SECRET, LIMITS) as reader:
        before = reader.read_one("form.xlsx", good_form())
        dead = reader.read_one("besar.xlsb", deadly)
        after = reader.read_one("form.xlsx", good_form())
    assert dead == ReadApart(
        form=ReadForm(
            file_sha256=hashlib.sha256(deadly).hexdigest(), file_name="besar.xlsb", unreadable=Unreadable.TOO_LARGE
        ),
        defects=("the reading process ended with -6",),
    )
    assert after.form == before.form


def test_a_process_that_stands_still_is_ended_and_its_file_is_not_blamed() -> None:
    """Whatever holds it up, the wait has an end; the same file is read by the next process."""
    form = good_form()
    with FormReader(office(), SECRET, LIMITS) as reader:
        before = reader.read_one("form.xlsx", form)
        # Only now: how long a busy machine takes to start a process is not what this is about.
        reader._wall_seconds = 1  # noqa: SLF001 - the backstop alone, after the start
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGSTOP)
        with pytest.raises(ReadingStalled, match=r"form\.xlsx was not read within 1 s"):
            reader.read_one("form.xlsx", form)
    with FormReader(office(), SECRET, LIMITS) as reader:
        assert reader.read_one("form.xlsx", form).form == before.form


def test_a_file_that_takes_too_much_computing_is_too_large_however_long_it_may_wait() -> None:
    """The kernel ends the process by its computing time; the next file finds a fresh one."""
    rows = b"<row r='1'><c r='A1'><v>1</v></c></row>" * 300_000
    dear = repacked(partial(with_rows, "xl/worksheets/sheet2.xml", rows))()
    endless = narrower(cpu_seconds=0, wall_seconds=600, unpack_ratio=1_000_000)
    with FormReader(office(), SECRET, endless) as reader:
        read = reader.read_one("form.xlsx", dear)
    assert read.form.unreadable is Unreadable.TOO_LARGE
    assert read.defects == (f"the reading process ended with {-signal.SIGXCPU}",)


def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    """The memory limit ends in an answer, and the next file finds a fresh process."""
    noise = Random(1).randbytes(4_000_000)  # noqa: S311 - bytes that do not pack, no secret
    padding = b"<!-- " + noise.hex().encode() + b" -->"
    large = repacked(partial(appended, "xl/worksheets/sheet2.xml", padding))()
    with FormReader(office(), SECRET, narrower(memory_mb=48)) as reader:
        read = reader.read_one("form.xlsx", large)
        after = reader.read_one("form.xlsx", good_form())
    assert read.form.unreadable is Unreadable.TOO_LARGE
    assert read.defects == ("over the memory limit",)
    assert after.form.unreadable is None


def test_a_pdf_is_searched_in_the_process_and_is_no_form_whatever_comes_of_it() -> None:
    """A number like a NIK is found; where the search is too dear, the file is still a PDF, and the next one is read."""
    dear = pdf(*((f"baris {number} " * 40,) for number in range(300)))
    with FormReader(office(), SECRET, LIMITS) as reader:
        found = reader.read_one("daftar.pdf", pdf(("NIK 3574016408900001",)))
        clean = reader.read_one("rekap.pdf", pdf(("1.250 pemohon",)))
    with FormReader(office(), SECRET, narrower(cpu_seconds=-1)) as reader:
        dead = reader.read_one("tebal.pdf", dear)
        after = reader.read_one("rekap.pdf", pdf(("1.250 pemohon",)))
    assert [read.form.unreadable for read in (found, clean, dead, after)] == [Unreadable.PDF] * 4
    assert [read.form.personal_data for read in (found, clean, dead)] == [True, False, False]
    assert dead.defects == (f"the reading process ended with {-signal.SIGXCPU}",)


def appended(part: str, content: bytes, parts: dict[str, bytes]) -> None:
    """Put bytes behind a part."""
    parts[part] += content


def with_rows(part: str, rows: bytes, parts: dict[str, bytes]) -> None:
    """Put rows behind those of a sheet."""
    parts[part] = parts[part].replace(b"</sheetData>", rows + b"</sheetData>")


def test_the_offices_own_limits_reach_the_reader() -> None:
    """A smaller file limit refuses what the usual one takes."""
    with FormReader(office(), SECRET, narrower(workbook_mb=0)) as reader:
        read = reader.read_one("form.xlsx", good_form())
    assert read.form.unreadable is Unreadable.TOO_LARGE


def test_a_reader_that_read_nothing_has_started_nothing() -> None:
    """No process without a file; closing twice does no harm."""
    reader = FormReader(office(), SECRET, LIMITS)
    assert reader.read(()) == ()
    reader.close()
    reader.close()


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("socket.connect", (None, ("127.0.0.1", 25))),
        ("socket.getaddrinfo", ("example.go.id", 25)),
        ("subprocess.Popen", ("sh", ["sh"], None, None)),
        ("os.system", (b"true",)),
        ("os.exec", ("sh", [], {})),
        ("open", ("x", "w", os.O_WRONLY | os.O_CREAT)),
    ],
)
def test_the_process_reaches_nothing_outside(event: str, arguments: tuple[object, ...]) -> None:
    """No network, no other program, no file written."""
    with pytest.raises(PermissionError):
        refuse(event, arguments)


def test_the_process_may_still_read_its_own_modules() -> None:
    """Opening a file for reading is allowed: Python loads its modules that way."""
    refuse("open", ("x", "r", os.O_RDONLY))
    refuse("import", ("json",))


@pytest.mark.slow
@pytest.mark.parametrize("each", [5, pytest.param(1, marks=pytest.mark.sweep)])
def test_the_workbooks_at_hand_have_one_outcome_and_none_stops_the_reader(each: int) -> None:
    """A thousand odd and hostile files, by default every fifth, one process after another, within the limits."""
    if not CORPUS.is_dir():
        pytest.skip(f"no workbooks beside the checkout ({CORPUS.name})")
    every = [path for path in sorted(CORPUS.rglob("*")) if path.is_file() and path.suffix != ".md"]
    assert len(every) > 1000
    files = every[::each]
    with FormReader(office(), SECRET, LIMITS) as reader:
        reads = [reader.read_one(path.name, path.read_bytes()) for path in files]
        alive = reader.read_one("form.xlsx", good_form())
    outcomes = Counter(read.form.unreadable for read in reads)
    assert len(reads) == len(files)
    assert None not in outcomes
    assert set(outcomes) <= {
        Unreadable.ARCHIVE,
        Unreadable.NOT_A_FORM,
        Unreadable.EMPTY_FILE,
        Unreadable.BROKEN,
        Unreadable.PASSWORD,
        Unreadable.TOO_LARGE,
        Unreadable.TEXT_DOCUMENT,
    }
    assert max(read.cpu_seconds for read in reads) < LIMITS.cpu_seconds
    assert alive.form.unreadable is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_stop_does_not_reach_the_reader(number: signal.Signals) -> None:
    """A service manager signals every process of a daemon; the beat under way still needs its reader."""
    form = good_form()
    with FormReader(office(), SECRET, LIMITS) as reader:
        reader.read_one("form.xlsx", form)
        child = reader.pid
        assert child is not None
        os.kill(child, number)
        assert reader.read_one("form.xlsx", form).form.unreadable is None
        assert reader.pid == child
    assert not Path(f"/proc/{child}").exists()


def test_a_program_that_forgets_its_reader_ends_all_the_same() -> None:
    """At its end Python waits for its children; the line is closed before that."""
    program = (
        "from tests.reading.workbook.test_child import LIMITS, FormReader, SECRET, office; "
        "reader = FormReader(office(), SECRET, LIMITS); reader.read_one('x', b'')"
    )
    done = subprocess.run(  # noqa: S603 - the words above, and nothing else
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[3],
        check=False,
        timeout=300,
    )
    assert done.returncode == 0


def test_one_process_reads_file_after_file() -> None:
    """It is started once, however many forms a pass brings."""
    with FormReader(office(), SECRET, LIMITS) as reader:
        reader.read(attached(good_form()))
        first = reader.pid
        reader.read(attached(*(form_with(typed("Indikator!K8", number))() for number in range(3))))
        assert reader.pid == first


def test_a_process_that_had_to_be_large_is_given_up_without_blame() -> None:
    """What it keeps of a large file's memory goes back; the next file is read by a fresh one."""
    noise = Random(1).randbytes(19_000_000).hex()  # noqa: S311 - bytes that do not pack, no secret
    cells = "".join(f"<c r='A{row}' t='str'><v>{noise[row::4]}</v></c>" for row in range(4))
    padding = f"<row r='900'>{cells}</row>".encode()
    large = repacked(partial(with_rows, "xl/worksheets/sheet2.xml", padding))()
    with FormReader(office(), SECRET, narrower(workbook_mb=96)) as reader:
        read = reader.read_one("form.xlsx", large)
        first = reader.pid
        after = reader.read_one("form.xlsx", good_form())
        assert reader.pid != first
    assert (read.form.unreadable, read.defects) == (None, ())
    assert read.peak_mb > 128
    assert after.form.unreadable is None


def test_a_process_that_ended_by_itself_between_two_files_is_no_files_fault() -> None:
    """One that nobody asked for long goes; here it is told to by closing its line, as it ends then."""
    form = good_form()
    with FormReader(office(), SECRET, LIMITS) as reader:
        reader.read_one("form.xlsx", form)
        first = reader.pid
        reader.close()
        assert reader.read_one("form.xlsx", form).form.unreadable is None
        assert reader.pid != first


def test_the_process_knows_no_person_and_nothing_of_the_environment() -> None:
    """A parser that is turned against us finds a key for stamps, codes of rows, and nothing else."""
    task = load_task(
        dump_task(
            Task(
                rows=known_rows(office()),
                secret=SECRET,
                limits=workbook_limits(LIMITS),
                mails=mail_limits(LIMITS),
                cpu_seconds=LIMITS.cpu_seconds,
                memory_bytes=LIMITS.memory_bytes,
            )
        )
    )
    assert task.rows == known_rows(office())
    assert (task.limits, task.mails) == (workbook_limits(LIMITS), mail_limits(LIMITS))
    assert not any(person.name in dump_task(task).decode() for person in office().roster.people)
    with FormReader(office(), SECRET, LIMITS) as reader:
        reader.read_one("form.xlsx", good_form())
        assert Path(f"/proc/{reader.pid}/environ").read_bytes() == b""

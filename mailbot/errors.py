"""The faults of the program and of the world as one tree; a user's fault is a value (`Fault`), never one of these.

MailbotError
├── ConfigProblem        the YAML is wrong: every problem at once, each with file and line
├── TemplateProblem      a template is missing, broken, or lost a value while rendering
│   └── PdfAwaited       LibreOffice does not work, and the office wants no letter without its PDF; later, then
├── LedgerProblem        the database cannot be opened, is of another version, or is damaged
│   ├── FileUnreadable   the bytes of one kept file cannot be had: what needs it waits, all else goes on
│   │   ├── FileSpoilt   they are not what was kept
│   │   └── FileAway     they lie in an object store that does not answer
│   └── StaleCycle       somebody else moved the cycle between our read and our write; read again and decide again
├── StoreUnavailable     the object store does not answer, refuses, or does not keep what it says
├── ReadingStalled       the process that reads a file did not get on with it; that says nothing about the file
├── PlaceTaken           the board cannot listen where its settings say
├── Refused              the mail server said no to one letter, for good or for now
└── PostUnavailable      the mail server could not be reached or would not let us in; nothing was handed over
    └── InDoubt          the line broke after the letter's first byte and before the answer: it may have arrived
"""

from __future__ import annotations

import errno
from dataclasses import dataclass

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_FOLDER = "No usable temporary directory"
"""How Python begins what it says where none of the folders for temporary files takes a file."""
_WAITS = "What waits for it is tried again."


class MailbotError(Exception):
    """Anything mailbot raises on purpose."""

    told: object | None = None
    """The same sentence as what the catalogue of `check` says, for whoever sits before it; None where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong in the configuration: where (line 0: no line of its own), what, and the way out."""

    file: str
    line: int
    what: str
    hint: str = ""

    def __str__(self) -> str:
        """Give the problem as one line, `file:line: what (hint)`."""
        hint = f" ({self.hint})" if self.hint else ""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}{hint}"


def nameable(error: BaseException) -> str:
    """Return what a log may say of an error: our own sentence, the system's; of any other no more than its kind.

    What a library says of an error may repeat what it was working on, such as somebody's answer in a form.
    """
    if isinstance(error, MailbotError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        said = f"{error.filename}: {error.strerror}" if error.filename is not None else error.strerror
        return f"{said}. {way}" if (way := _way_out(error)) else said
    return type(error).__name__


def _way_out(error: OSError) -> str:
    """Say what helps where a disk takes nothing; empty of any other trouble."""
    if error.errno in _FULL:
        return f"Make room on that disk. {_WAITS}"
    if error.errno == errno.EROFS:
        return f"That disk can be read and not written: have it looked at. {_WAITS}"
    if str(error.strerror).startswith(_NO_FOLDER):
        return f"Make room in one of them, or name a folder with room in TMPDIR. {_WAITS}"
    return ""


class ConfigProblem(MailbotError):
    """The configuration cannot be used; `problems` names every reason at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems and make the message from all of them."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class TemplateProblem(MailbotError):
    """A template is missing or broken, or a rendered document lost a value it was given."""


class PdfAwaited(TemplateProblem):
    """A PDF cannot be made now, because LibreOffice does not work, and the office wants no letter without it."""


class PagesAwaited(MailbotError):
    """The pages of a scan are recognised some at a time, so that nobody else waits; this mail waits for the rest."""


class LedgerProblem(MailbotError):
    """The database cannot be opened, has another schema version, or is damaged."""

    def __init__(self, what: str, *, told: object | None = None) -> None:
        """Keep the sentence for the log, and the same for whoever typed the command."""
        super().__init__(what)
        self.told = told


class PlaceTaken(MailbotError):
    """The board cannot listen where its settings say: another program does, or this user may not."""

    def __init__(self, what: str, *, told: object | None = None) -> None:
        """Keep the sentence for the log, and the same for whoever typed the command."""
        super().__init__(what)
        self.told = told


class FileUnreadable(LedgerProblem):
    """The bytes of one kept file cannot be had: what needs it waits, and all else goes on."""

    def __init__(self, what: str, *, of: str, sha256: str) -> None:
        """Keep the sentence, for what the file was wanted, and the digest that it was kept under."""
        super().__init__(what)
        self.of, self.sha256 = of, sha256


class FileSpoilt(FileUnreadable):
    """The bytes of one kept file are not what was kept: it is given to nobody."""


class FileAway(FileUnreadable):
    """One kept file lies in an object store that does not answer now; it is asked again."""


class StaleCycle(LedgerProblem):
    """The cycle was moved by somebody else since it was read; nothing was written."""


class StoreUnavailable(MailbotError):
    """The object store cannot be reached in time, refuses, or is seen not to keep what it says it keeps."""

    def __init__(self, what: str, *, told: object | None = None) -> None:
        """Keep the sentence for the log, and the same for whoever typed the command."""
        super().__init__(what)
        self.told = told


class ReadingStalled(MailbotError):
    """A file was given up by the clock before its reading had used its computing time: the machine was too busy."""


class Refused(MailbotError):
    """The mail server refused one letter: for good (`permanent`, 5xx) or for now (4xx)."""

    def __init__(self, *, permanent: bool, code: int, reply: str, command: str = "") -> None:
        """Keep the server's answer.

        Args:
            permanent: True for a 5xx answer, False for 4xx.
            code: the three-digit SMTP code.
            reply: the server's own words.
            command: what it answers: MAIL, RCPT, DATA (the letter itself included), or empty where nobody was asked.
        """
        super().__init__(f"{code} {reply}")
        self.command = command
        self.permanent = permanent
        self.code = code
        self.reply = reply


class PostUnavailable(MailbotError):
    """A mail server could not be reached, refused our credentials (`credentials`), or would not do it (`answered`)."""

    def __init__(
        self, what: str, *, credentials: bool = False, answered: bool = False, told: object | None = None
    ) -> None:
        """Keep the sentence for the operator, whether our login was the reason, and whether the server said no.

        `told` is the same sentence as what the catalogue of `check` says, for other languages; None where it has none.
        """
        super().__init__(what)
        self.told = told
        self.credentials = credentials
        self.answered = answered


class InDoubt(PostUnavailable):
    """The connection died between the first byte of a letter and the server's answer to it."""

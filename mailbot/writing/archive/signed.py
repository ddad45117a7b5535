"""The papers that came back signed, each as a file, and the report of what was found in them (rows 7 and 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.writing.archive.kept import Laid
from mailbot.writing.archive.words import filled
from mailbot.writing.values.cycle_values import role_words, title
from mailbot.writing.values.paper_values import paper_shown
from mailbot.writing.words.phrases import safe_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.papers.kept import KeptPaper
    from mailbot.writing.archive.kept import Kept
    from mailbot.writing.words.phrases import Phrases


def signed_papers(kept: Kept, phrases: Phrases, folder: str, note: Callable[..., bytes]) -> Iterator[Laid]:
    """Yield every paper that came back or was sealed; one that did not count says so in its name."""
    for number, paper in enumerate(kept.cycle.papers, start=1):
        path = f"{folder}/{phrases.word('archive_folder', 'signed')}/{_name(number, paper, phrases)}"
        sha256 = paper.check.file_sha256
        if sha256 in kept.held:
            content = note(name=path.rpartition("/")[2], at=paper.received_at, sha256=sha256)
            yield Laid(path=f"{path}.txt", kind="note", content=content)
        else:
            yield Laid(path=path, kind="signed", content=kept.files(sha256))


def counted(path: str, kind: str, phrases: Phrases) -> bool:
    """Say whether a file is a signed paper of that kind that counted, by its name."""
    name = path.rpartition("/")[2]
    return f"-{phrases.word('paper_file', kind)}-" in name and f"-{phrases.word('paper_file', 'void')}-" not in name


def _name(number: int, paper: KeptPaper, phrases: Phrases) -> str:
    """Return the name of a paper's file."""
    void = "" if paper.counts or paper.confirmed_by else f"-{phrases.word('paper_file', 'void')}"
    return f"{number:02d}-{phrases.word('paper_file', paper.kind.value)}{void}-{safe_name(paper.check.file_name)}"


def checks(cycle: Cycle, office: Office, phrases: Phrases, template_folders: tuple[Path, ...]) -> bytes:
    """Return what was found in each paper, and whether it counted.

    Raises:
        TemplateProblem: `archive/checks.j2` is missing or broken.
    """
    people = {person.key: title(person) for person in office.roster.people}
    planning = role_words(Role.PLANNING, office, phrases)
    rows = [
        {
            "name": _name(number, paper, phrases),
            "shown": paper_shown(paper.check, phrases, planning),
            "sha256": paper.check.file_sha256,
            "against": paper.check.against_sha256,
            "mail_sha256": paper.mail_sha256,
            "received": phrases.moment(paper.received_at),
            "person": people.get(paper.person, paper.person),
            "counts": paper.counts,
            "confirmed_by": people.get(paper.confirmed_by, paper.confirmed_by),
            "rejected_by": people.get(paper.rejected_by, paper.rejected_by),
        }
        for number, paper in enumerate(cycle.papers, start=1)
    ]
    values = {"period": phrases.period(cycle.period), "office": office.letterhead, "papers": rows}
    return filled(template_folders, "checks.j2", values)
